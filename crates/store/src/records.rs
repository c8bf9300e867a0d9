//! Source records: what each file said about each thing, with the place of every value.
//!
//! Sources that disagree stand side by side. Whether a record changes anything is judged by its values alone, against what
//! was known of the same kind and key when its document first came in, so that reading an old document again cannot make
//! it the newest. A document that a person reviews keeps its own record ([`upsert`]); a row of a table that says nothing
//! new is only noted ([`keep_row`]).

mod compact;
mod form;
mod items;
mod once_more;
mod page;
mod withdraw;
mod written;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signwright_domain::record::{Record, RecordKind};
use ts_rs::TS;

use crate::db::Cells;
use crate::{Change, Db, StoreError};

pub use form::Forms;
pub use items::items_of;
use once_more::{leave_to_another, says_otherwise, take_out};
pub use withdraw::{corrected, take_back, unsaid};
pub use written::{Names, Written, written};

/// How a value that a person put right was found: these words and who it was.
pub const CORRECTED_BY: &str = "corrected by";

/// Where a record comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    pub import_id: i64,
    pub sha256: &'a str,
}

/// A record with the import and document it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceRecord {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(type = "number")]
    pub import_id: i64,
    pub sha256: String,
    pub file_name: String,
    #[ts(type = "string")]
    pub imported_at: Timestamp,
    pub record: Record,
}

/// What became of one row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub change: Change,
    /// The record that now stands for the row.
    pub id: i64,
}

const SELECT: &str = "SELECT r.id, r.import_id, i.sha256, i.file_name, i.started_at, r.key, f.form, r.record \
                      FROM records r JOIN imports i ON i.id = r.import_id LEFT JOIN record_forms f ON f.id = r.form_id";

/// The quote that said last that it became this work order.
pub fn quote_of(db: &Db<'_>, work_order: &str) -> Result<Option<String>, StoreError> {
    let text =
        "SELECT key FROM records WHERE work_order = ?1 AND kind = 'quote' ORDER BY import_id DESC, id DESC LIMIT 1";
    db.row(text, [work_order], |cells| cells.get())
}

/// Whether more than one record speaks of a job.
pub fn several_speak_of(db: &Db<'_>, work_order: Option<&str>, quote_number: Option<&str>) -> Result<bool, StoreError> {
    let text = "SELECT count(*) > 1 FROM (SELECT 1 FROM (\
                SELECT id FROM records WHERE key = ?1 AND kind IN ('work_order', 'cost_summary') \
                UNION ALL SELECT id FROM records WHERE work_order = ?1 \
                UNION ALL SELECT id FROM records WHERE key = ?2 AND kind = 'quote' \
                UNION ALL SELECT id FROM records WHERE quote_number = ?2) GROUP BY id LIMIT 2)";
    db.value(text, [work_order, quote_number])
}

/// Whether an account of this work order, or a quote that became it, is known.
pub fn speak_of_work_order(db: &Db<'_>, work_order: &str) -> Result<bool, StoreError> {
    let text = "SELECT EXISTS (SELECT 1 FROM records WHERE key = ?1 AND kind IN ('work_order', 'cost_summary')) \
                OR EXISTS (SELECT 1 FROM records WHERE work_order = ?1 AND kind = 'quote')";
    db.value(text, [work_order])
}

/// Keeps one record of a document that has its own, whatever others say.
pub fn upsert(db: &Db<'_>, origin: Origin<'_>, record: &Record) -> Result<Change, StoreError> {
    let written = written(record, &mut Forms::default())?;
    let (mine, before) = known(db, origin, &written)?;
    match &mine {
        Some(mine) => revise(db, origin, mine, &written)?,
        None => insert_own(db, origin, before.as_ref(), &written)?,
    };
    Ok(compared(mine.as_ref().or(before.as_ref()), &written))
}

/// Keeps one row of a table. Where an earlier file gave the same values, that record stands for it.
pub fn keep_row(db: &Db<'_>, origin: Origin<'_>, written: &Written) -> Result<Kept, StoreError> {
    let (mine, before) = known(db, origin, written)?;
    let change = compared(mine.as_ref().or(before.as_ref()), written);
    let id = match (mine, before) {
        (Some(mine), _) => revise(db, origin, &mine, written)?,
        (None, Some(before)) if change == Change::Unchanged => {
            let text = "INSERT OR IGNORE INTO records_again (import_id, record_id) VALUES (?1, ?2)";
            db.run(text, [origin.import_id, before.id])?;
            before.id
        }
        (None, before) => insert_own(db, origin, before.as_ref(), written)?,
    };
    Ok(Kept { change, id })
}

/// Everything that was said about one thing, the newest import last.
pub fn by_key(db: &Db<'_>, kind: RecordKind, key: &str) -> Result<Vec<SourceRecord>, StoreError> {
    let text = format!("{SELECT} WHERE r.kind = ?1 AND r.key = ?2 ORDER BY r.import_id, r.id");
    db.rows(&text, [kind.word(), key], read)
}

/// Every record that speaks of a job, by its work order or its quote, the newest import last.
pub fn for_job(
    db: &Db<'_>,
    work_order: Option<&str>,
    quote_number: Option<&str>,
) -> Result<Vec<SourceRecord>, StoreError> {
    let text = format!(
        "{SELECT} WHERE r.id IN (SELECT id FROM records WHERE key = ?1 AND kind IN ('work_order', 'cost_summary') \
         UNION ALL SELECT id FROM records WHERE work_order = ?1 \
         UNION ALL SELECT id FROM records WHERE key = ?2 AND kind = 'quote' \
         UNION ALL SELECT id FROM records WHERE quote_number = ?2) ORDER BY r.import_id, r.id"
    );
    db.rows(&text, [work_order, quote_number], read)
}

/// What the file of one import says, in its order; after it, records of earlier files that it says once more.
pub fn list_by_import(db: &Db<'_>, import_id: i64, offset: u32, rows: u32) -> Result<Vec<SourceRecord>, StoreError> {
    let text = "SELECT sha256 FROM imports WHERE id = ?1";
    let document: Option<String> = db.row(text, [import_id], |cells| cells.get())?.flatten();
    let Some(document) = document else { return Ok(Vec::new()) };
    list_by_document(db, &document, offset, rows)
}

/// What one document says, in its order; after it, records of earlier documents that it says once more.
pub fn list_by_document(db: &Db<'_>, sha256: &str, offset: u32, rows: u32) -> Result<Vec<SourceRecord>, StoreError> {
    let imports: Vec<i64> =
        db.rows("SELECT id FROM imports WHERE sha256 = ?1 ORDER BY id", [sha256], |cells| cells.get())?;
    let mut ids = page::OWN.of(db, &imports, offset, rows)?;
    let left = rows.saturating_sub(u32::try_from(ids.len()).unwrap_or(rows));
    if left > 0 {
        let skipped = u64::from(offset).saturating_sub(page::OWN.count(db, &imports)?);
        ids.extend(page::AGAIN.of(db, &imports, u32::try_from(skipped).unwrap_or(u32::MAX), left)?);
    }
    let text = format!("{SELECT} WHERE r.id = ?1");
    ids.into_iter().filter_map(|id| db.row(&text, [id], read).transpose()).collect()
}

/// Takes back what one document said under a key, because the key was read wrongly; whether there was such a record.
pub fn remove(db: &Db<'_>, kind: RecordKind, key: &str, sha256: &str) -> Result<bool, StoreError> {
    let text = "SELECT id FROM records WHERE kind = ?1 AND key = ?2 \
                AND import_id IN (SELECT id FROM imports WHERE sha256 = ?3)";
    let said: Vec<i64> = db.rows(text, [kind.word(), key, sha256], |cells| cells.get())?;
    said.iter().try_for_each(|id| take_out(db, *id).map(drop))?;
    Ok(!said.is_empty())
}

pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM records", [])
}

/// Changes a record where it stands, key and all.
pub(crate) fn rewrite(
    db: &Db<'_>,
    id: i64,
    forms: &mut Forms,
    change: impl FnOnce(&mut Record),
) -> Result<(), StoreError> {
    let text =
        "SELECT r.key, f.form, r.record FROM records r LEFT JOIN record_forms f ON f.id = r.form_id WHERE r.id = ?1";
    let Some(mut record) = db.row(text, [id], compact::of_row)? else { return Ok(()) };
    change(&mut record);
    let written = written(&record, forms)?;
    db.run("UPDATE records SET key = ?2 WHERE id = ?1", (id, &written.key))?;
    replace(db, id, &written)
}

/// A stored record of the same kind and key.
struct Known {
    id: i64,
    digest: Vec<u8>,
}

/// The record of the same document, and the newest of those that were there before it.
fn known(db: &Db<'_>, origin: Origin<'_>, record: &Written) -> Result<(Option<Known>, Option<Known>), StoreError> {
    let text = "SELECT r.id, r.digest, i.sha256 = ?3, r.import_id FROM records r JOIN imports i ON i.id = r.import_id \
                WHERE r.key = ?1 AND r.kind = ?2 ORDER BY r.import_id DESC, r.id DESC";
    let found: Vec<(Known, bool, i64)> = db.rows(text, [&record.key, record.kind.word(), origin.sha256], |cells| {
        Ok((Known { id: cells.get()?, digest: cells.get()? }, cells.get()?, cells.get()?))
    })?;
    let (mut mine, mut before) = (None, None);
    for (one, is_mine, import_id) in found {
        if is_mine {
            mine = mine.or(Some(one));
        } else if import_id < origin.import_id {
            before = before.or(Some(one));
        }
    }
    Ok((mine, before))
}

fn compared(known: Option<&Known>, written: &Written) -> Change {
    match known {
        None => Change::Created,
        Some(known) if known.digest == written.digest => Change::Unchanged,
        Some(_) => Change::Updated,
    }
}

/// Puts new values in the place of what the document said; gives the record that holds them.
fn revise(db: &Db<'_>, origin: Origin<'_>, mine: &Known, written: &Written) -> Result<i64, StoreError> {
    if mine.digest != written.digest && leave_to_another(db, mine.id)? {
        return insert(db, origin, written);
    }
    replace(db, mine.id, written)?;
    Ok(mine.id)
}

/// The first record of the document under its key, which may have said before what another one says.
fn insert_own(db: &Db<'_>, origin: Origin<'_>, before: Option<&Known>, written: &Written) -> Result<i64, StoreError> {
    if before.is_some() {
        says_otherwise(db, origin, written)?;
    }
    insert(db, origin, written)
}

fn insert(db: &Db<'_>, origin: Origin<'_>, written: &Written) -> Result<i64, StoreError> {
    let names = written.own_names();
    db.insert(
        "INSERT INTO records (import_id, kind, key, work_order, quote_number, opportunity, external_id, digest, form_id, \
         record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        (
            origin.import_id,
            written.kind.word(),
            &written.key,
            names.work_order,
            names.quote_number,
            names.opportunity,
            names.external_id,
            written.digest.as_slice(),
            form::id(db, written)?,
            &written.text,
        ),
    )
}

fn replace(db: &Db<'_>, id: i64, written: &Written) -> Result<(), StoreError> {
    let names = written.own_names();
    db.run(
        "UPDATE records SET work_order = ?2, quote_number = ?3, opportunity = ?4, external_id = ?5, digest = ?6, \
         form_id = ?7, record = ?8 WHERE id = ?1 AND (record <> ?8 OR form_id IS NOT ?7)",
        (
            id,
            names.work_order,
            names.quote_number,
            names.opportunity,
            names.external_id,
            written.digest.as_slice(),
            form::id(db, written)?,
            &written.text,
        ),
    )?;
    Ok(())
}

fn read(cells: &mut Cells<'_>) -> Result<SourceRecord, StoreError> {
    Ok(SourceRecord {
        id: cells.get()?,
        import_id: cells.get()?,
        sha256: cells.get()?,
        file_name: cells.get()?,
        imported_at: cells.parse()?,
        record: compact::of_row(cells)?,
    })
}
