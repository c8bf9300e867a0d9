//! The quarantine: what was refused, and how it is repaired.

mod export;
mod reopen;
mod repair;

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::record::{Field, Place, Record, RecordKind};
use signwright_store::records::{Origin, SourceRecord};
use signwright_store::{Db, imports, records, rejects, settings};
use ts_rs::TS;

use crate::import::{self, of_records};
use crate::{Action, CallError, Code, audit};

pub use export::{ExportRejects, RejectSheet, export_rejects};
pub use reopen::reopen_reject;
pub use signwright_store::rejects::{RejectQuery, RejectStatus, StoredReject};

/// How a value was found that a person has put in.
pub(crate) use signwright_store::records::CORRECTED_BY;

/// The value as it should have stood.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FixReject {
    #[ts(type = "number")]
    pub id: i64,
    pub value: String,
}

/// Names a reject.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct RejectRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// Closes a reject without its value.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DiscardReject {
    #[ts(type = "number")]
    pub id: i64,
    #[serde(default)]
    pub note: String,
}

pub fn list_rejects(action: &Action, query: RejectQuery) -> Result<Vec<StoredReject>, CallError> {
    listed(&action.shop().read(), &query)
}

/// Rejects, each with whether it can be reopened.
pub(crate) fn listed(db: &Db<'_>, query: &RejectQuery) -> Result<Vec<StoredReject>, CallError> {
    let stored = rejects::list(db, query)?.into_iter();
    Ok(stored.map(|one| StoredReject { reopenable: reopen::is_reopenable(db, &one), ..one }).collect())
}

pub fn discard_reject(action: &Action, input: DiscardReject) -> Result<StoredReject, CallError> {
    let reject = open_reject(action, input.id)?;
    action.shop().write(|db| {
        rejects::set_status(db, reject.id, RejectStatus::Discarded, Some(&input.note))?;
        audit::record(db, action, &format!("reject {}", reject.id), Some("open"), &"discarded")
    })?;
    action.changed("imports");
    get(action, input.id)
}

/// Reads the corrected value as the importer would have, puts it into the record it was missing from, and makes the job
/// anew. A value that still cannot be read changes nothing.
pub fn fix_reject(action: &Action, input: FixReject) -> Result<StoredReject, CallError> {
    let stored = open_reject(action, input.id)?;
    let whole = || {
        CallError::new(Code::Conflict, format!("reject {} is about a whole row or document, not one value", stored.id))
            .hint("Correct the file and import it again; what was read before stays unchanged.")
    };
    let (kind, key, name) = match (stored.reject.kind, &stored.reject.key, &stored.reject.field) {
        (Some(kind), Some(key), Some(name)) => (kind, key.clone(), name.clone()),
        _ => return Err(whole()),
    };
    let currency = settings::currency(&action.shop().read())?;
    let value = repair::value(&stored.reject, &name, &input.value, currency)?;
    let at = stored.reject.place.clone().unwrap_or(Place::Cell { sheet: None, row: 0, column: 0 });
    let found_by = format!("{CORRECTED_BY} {}", action.options().user);
    let field = Field { value, raw: stored.reject.raw.clone(), at, confidence: 1.0, found_by };
    action.shop().write(|db| {
        let mut source = record_of(db, &stored, kind, &key)?;
        let before = source.record.fields.insert(name.clone(), field);
        let sha256 = stored.sha256.as_deref().unwrap_or(&source.sha256);
        let import_id = imports::first_of_document(db, sha256)?.unwrap_or(stored.import_id);
        records::upsert(db, Origin { import_id, sha256 }, &source.record)?;
        let record: Record = source.record;
        of_records(db, [&record])?;
        rejects::set_status(db, stored.id, RejectStatus::Fixed, Some(&input.value))?;
        audit::record(db, action, &format!("reject {}", stored.id), before, &input.value)
    })?;
    action.forget_experience();
    action.changed("imports");
    action.changed("jobs");
    get(action, input.id)
}

/// As [`retry_reject`], without progress.
pub fn retry(action: &Action, input: RejectRef) -> Result<StoredReject, CallError> {
    retry_reject(action, &Task::silent(), input.id)
}

/// Reads the document of a reject again with the reader of today, and files what that gives beside what was there.
/// A reject that does not come up again is closed as fixed, unless nothing can be read at all.
pub fn retry_reject(action: &Action, task: &Task, id: i64) -> Result<StoredReject, CallError> {
    let stored = open_reject(action, id)?;
    let Some(document) = &stored.sha256 else {
        return Err(
            CallError::new(Code::Conflict, format!("the file of reject {id} was not kept")).hint("Import it again.")
        );
    };
    let again = import::read_again(action, task, document)?;
    if again.is_some_and(|again| !again.contains(&stored.reject)) {
        action.shop().write(|db| {
            rejects::set_status(db, id, RejectStatus::Fixed, Some("read again"))?;
            audit::record(db, action, &format!("reject {id}"), Some("open"), &"fixed")
        })?;
    }
    action.forget_experience();
    action.changed("imports");
    action.changed("jobs");
    get(action, id)
}

/// The record that a refused value belongs to: that of its document, else the one that the document says once more.
fn record_of(db: &Db<'_>, stored: &StoredReject, kind: RecordKind, key: &str) -> Result<SourceRecord, CallError> {
    let mut known = records::by_key(db, kind, key)?;
    let own = known.iter().rposition(|source| stored.sha256.as_deref() == Some(source.sha256.as_str()));
    match own {
        Some(own) => Ok(known.swap_remove(own)),
        None => known.pop().ok_or_else(|| missing(kind, key)),
    }
}

fn missing(kind: RecordKind, key: &str) -> CallError {
    CallError::not_found(format!("{} {key} that this value belongs to", kind.label()))
}

fn get(action: &Action, id: i64) -> Result<StoredReject, CallError> {
    let db = action.shop().read();
    let stored = rejects::get(&db, id)?.ok_or_else(|| CallError::not_found(format!("reject with id {id}")))?;
    Ok(StoredReject { reopenable: reopen::is_reopenable(&db, &stored), ..stored })
}

fn open_reject(action: &Action, id: i64) -> Result<StoredReject, CallError> {
    let reject = get(action, id)?;
    if reject.status == RejectStatus::Open {
        Ok(reject)
    } else {
        Err(CallError::new(Code::Conflict, format!("reject {id} is closed already")))
    }
}
