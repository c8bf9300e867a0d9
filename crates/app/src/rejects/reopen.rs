//! Taking back what was decided about a reject.

use signwright_domain::record::{Field, Record};
use signwright_store::records::{self, Origin, SourceRecord};
use signwright_store::{Db, events, rejects, settings};

use super::{RejectRef, RejectStatus, StoredReject, get, missing, repair};
use crate::import::of_records;
use crate::{Action, CallError, Code, audit};

/// Opens a reject again. A value that `fix_reject` put into a record is taken out, and the job made anew, as long as it is
/// still the one that was put there; when something has changed it since, nothing is touched.
pub fn reopen_reject(action: &Action, input: RejectRef) -> Result<StoredReject, CallError> {
    let stored = get(action, input.id)?;
    action.shop().write(|db| {
        match stored.status {
            RejectStatus::Open => {
                return Err(CallError::new(Code::Conflict, format!("reject {} is open", stored.id)));
            }
            RejectStatus::Discarded => {}
            RejectStatus::Fixed => {
                let (source, record) = without_the_fix(db, &stored)?;
                records::upsert(db, Origin { import_id: stored.import_id, sha256: &source.sha256 }, &record)?;
                of_records(db, [&record])?;
            }
        }
        rejects::set_status(db, stored.id, RejectStatus::Open, None)?;
        let before = serde_json::json!({ "status": stored.status, "note": stored.note });
        audit::record(db, action, &format!("reject {}", stored.id), Some(before), &"open")
    })?;
    action.forget_experience();
    action.changed("imports");
    action.changed("jobs");
    get(action, input.id)
}

/// Whether [`reopen_reject`] would open it as things stand.
pub(super) fn is_reopenable(db: &Db<'_>, stored: &StoredReject) -> bool {
    match stored.status {
        RejectStatus::Open => false,
        RejectStatus::Discarded => true,
        RejectStatus::Fixed => without_the_fix(db, stored).is_ok(),
    }
}

/// The record that the fix went into, and the same as it was before.
fn without_the_fix(db: &Db<'_>, stored: &StoredReject) -> Result<(SourceRecord, Record), CallError> {
    let id = stored.id;
    let conflict = |message: String| CallError::new(Code::Conflict, message);
    let fix = last_fix(db, id)?.ok_or_else(|| {
        conflict(format!("reject {id} was settled by reading its file again: there is no correction to take back"))
    })?;
    let (Some(kind), Some(key), Some(name)) = (stored.reject.kind, &stored.reject.key, &stored.reject.field) else {
        return Err(conflict(format!("reject {id} is about a whole row or document, not one value")));
    };
    let source = records::by_key(db, kind, key)?
        .into_iter()
        .rfind(|source| stored.sha256.as_deref() == Some(source.sha256.as_str()))
        .ok_or_else(|| missing(kind, key))?;
    let value = repair::value(&stored.reject, name, &fix.value, settings::currency(db)?)?;
    let ours = |field: &Field| field.value == value && field.found_by.starts_with(super::CORRECTED_BY);
    match source.record.fields.get(name) {
        Some(field) if ours(field) => {}
        Some(field) => {
            return Err(conflict(format!(
                "{} {key} has changed since: its {name} is now {} and no longer the corrected {value}",
                kind.label(),
                field.value
            ))
            .hint("Nothing was taken back."));
        }
        None => {
            return Err(conflict(format!("{} {key} has changed since: it has no {name} any more", kind.label()))
                .hint("Nothing was taken back."));
        }
    }
    let mut record = source.record.clone();
    match fix.before {
        Some(before) => record.fields.insert(name.clone(), before),
        None => record.fields.remove(name),
    };
    Ok((source, record))
}

/// What the last fix of a reject did, as the event log keeps it.
struct Fix {
    value: String,
    before: Option<Field>,
}

fn last_fix(db: &Db<'_>, id: i64) -> Result<Option<Fix>, CallError> {
    let query = events::EventQuery { subject: Some(format!("reject {id}")), limit: 1, ..events::EventQuery::default() };
    let Some(event) = events::list(db, &query)?.into_iter().next() else { return Ok(None) };
    // Reading again leaves the status, a fix the field that was there before, if there was one.
    let before = match event.before {
        None | Some(serde_json::Value::Null) => None,
        Some(before) => match serde_json::from_value::<Field>(before) {
            Ok(field) => Some(field),
            Err(_) => return Ok(None),
        },
    };
    let value = event.after.as_ref().and_then(|after| after.as_str()).map(str::to_owned);
    Ok(value.map(|value| Fix { value, before }))
}
