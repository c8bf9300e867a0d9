//! Source records: what each file said about each thing, with the place of every value.
//!
//! A record is kept once per kind, key and document, so sources that disagree stand side by side. Whether a record
//! changes anything is judged by its values alone, against the newest record of the same kind and key: the same export
//! saved again under other bytes is `Unchanged`, though it is kept with its own places.

mod compact;

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::record::{Record, RecordKind, Section, Value};
use ts_rs::TS;

use crate::db::{Cells, json, limit, word};
use crate::{Change, Db, StoreError, sha256};

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

const SELECT: &str = "SELECT r.id, r.import_id, r.sha256, i.file_name, i.started_at, r.record \
                      FROM records r JOIN imports i ON i.id = r.import_id";

/// The quote that said last that it became this work order.
pub fn quote_of(db: &Db<'_>, work_order: &str) -> Result<Option<String>, StoreError> {
    let text = "SELECT key FROM records WHERE work_order = ?1 AND kind = 'quote' ORDER BY id DESC LIMIT 1";
    db.row(text, [work_order], |cells| cells.get())
}

/// How many records speak of a job.
pub fn count_for_job(db: &Db<'_>, work_order: Option<&str>, quote_number: Option<&str>) -> Result<u64, StoreError> {
    let text = "SELECT count(*) FROM (SELECT id FROM records WHERE work_order = ?1 \
                UNION SELECT id FROM records WHERE quote_number = ?2)";
    db.count(text, [work_order, quote_number])
}

/// Keeps one record.
pub fn upsert(db: &Db<'_>, origin: Origin<'_>, record: &Record) -> Result<Change, StoreError> {
    let kind = word(&record.kind)?;
    let digest = digest(record)?;
    let text = "SELECT id, sha256, digest FROM records WHERE kind = ?1 AND key = ?2 ORDER BY id DESC";
    let known: Vec<(i64, String, String)> =
        db.rows(text, [&kind, &record.key], |cells| Ok((cells.get()?, cells.get()?, cells.get()?)))?;
    let mine = known.iter().find(|(_, document, _)| document == origin.sha256);
    let compared = mine.or(known.first());
    match mine {
        Some((id, ..)) => replace(db, *id, &digest, record)?,
        None => insert(db, origin, &kind, &digest, record)?,
    }
    Ok(match compared {
        None => Change::Created,
        Some((_, _, before)) if *before == digest => Change::Unchanged,
        Some(_) => Change::Updated,
    })
}

/// Everything that was said about one thing, the newest import last.
pub fn by_key(db: &Db<'_>, kind: RecordKind, key: &str) -> Result<Vec<SourceRecord>, StoreError> {
    let text = format!("{SELECT} WHERE r.kind = ?1 AND r.key = ?2 ORDER BY r.id");
    db.rows(&text, [word(&kind)?.as_str(), key], read)
}

/// Every record that speaks of a job, by its work order or its quote, the newest import last.
pub fn for_job(
    db: &Db<'_>,
    work_order: Option<&str>,
    quote_number: Option<&str>,
) -> Result<Vec<SourceRecord>, StoreError> {
    let text = format!(
        "{SELECT} WHERE r.id IN (SELECT id FROM records WHERE work_order = ?1 \
         UNION SELECT id FROM records WHERE quote_number = ?2) ORDER BY r.id"
    );
    db.rows(&text, [work_order, quote_number], read)
}

/// The records of one import in the order of its file. Records that an earlier import of the same file brought count as
/// that import's.
pub fn list_by_import(db: &Db<'_>, import_id: i64, offset: u32, rows: u32) -> Result<Vec<SourceRecord>, StoreError> {
    let text = format!("{SELECT} WHERE r.import_id = ?1 ORDER BY r.id LIMIT ?2 OFFSET ?3");
    db.rows(&text, [import_id, limit(rows), limit(offset)], read)
}

/// The records of one document in the order of its file.
pub fn list_by_document(db: &Db<'_>, sha256: &str, offset: u32, rows: u32) -> Result<Vec<SourceRecord>, StoreError> {
    let text = format!("{SELECT} WHERE r.sha256 = :sha256 ORDER BY r.id LIMIT :rows OFFSET :offset");
    db.rows(&text, named_params! { ":sha256": sha256, ":rows": limit(rows), ":offset": limit(offset) }, read)
}

/// Takes back what one document said under a key, because the key was read wrongly; whether there was such a record.
pub fn remove(db: &Db<'_>, kind: RecordKind, key: &str, sha256: &str) -> Result<bool, StoreError> {
    let text = "DELETE FROM records WHERE kind = ?1 AND key = ?2 AND sha256 = ?3";
    Ok(db.run(text, [word(&kind)?.as_str(), key, sha256])? > 0)
}

pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM records", [])
}

fn insert(db: &Db<'_>, origin: Origin<'_>, kind: &str, digest: &str, record: &Record) -> Result<(), StoreError> {
    let (work_order, quote_number) = numbers(record);
    db.run(
        "INSERT INTO records (import_id, sha256, kind, key, work_order, quote_number, digest, record) \
         VALUES (:import_id, :sha256, :kind, :key, :work_order, :quote_number, :digest, :record)",
        named_params! {
            ":import_id": origin.import_id, ":sha256": origin.sha256, ":kind": kind, ":key": record.key,
            ":work_order": work_order, ":quote_number": quote_number, ":digest": digest, ":record": stored(record)?,
        },
    )?;
    Ok(())
}

/// A row of a table is written short.
fn stored(record: &Record) -> Result<String, StoreError> {
    compact::write(record).map_or_else(|| json(record), Ok)
}

fn replace(db: &Db<'_>, id: i64, digest: &str, record: &Record) -> Result<(), StoreError> {
    let (work_order, quote_number) = numbers(record);
    db.run(
        "UPDATE records SET work_order = :work_order, quote_number = :quote_number, digest = :digest, record = :record \
         WHERE id = :id AND record <> :record",
        named_params! {
            ":id": id, ":work_order": work_order, ":quote_number": quote_number, ":digest": digest,
            ":record": stored(record)?,
        },
    )?;
    Ok(())
}

/// The work order and the quote a record speaks of: its key where it is about one, else its field.
fn numbers(record: &Record) -> (Option<String>, Option<String>) {
    let field = |name| record.value(name).map(Value::to_string);
    let key = || Some(record.key.clone());
    match record.kind {
        RecordKind::WorkOrder | RecordKind::CostSummary => (key(), field("quote_number")),
        RecordKind::Quote => (field("work_order"), key()),
        RecordKind::Customer
        | RecordKind::Opportunity
        | RecordKind::MaterialPrice
        | RecordKind::VendorBill
        | RecordKind::LineItem
        | RecordKind::Invoice
        | RecordKind::PurchaseOrder
        | RecordKind::PrintedQuote
        | RecordKind::BidTab => (field("work_order"), field("quote_number")),
    }
}

/// Covers the values without places, raw text and confidence.
fn digest(record: &Record) -> Result<String, StoreError> {
    let values: Vec<(&String, &Value)> = record.fields.iter().map(|(name, field)| (name, &field.value)).collect();
    let lines: Vec<(Section, Vec<(&String, &Value)>)> = record
        .lines
        .iter()
        .map(|line| (line.section, line.fields.iter().map(|(name, field)| (name, &field.value)).collect()))
        .collect();
    json(&(values, lines)).map(|text| sha256(text.as_bytes()))
}

fn read(cells: &mut Cells<'_>) -> Result<SourceRecord, StoreError> {
    Ok(SourceRecord {
        id: cells.get()?,
        import_id: cells.get()?,
        sha256: cells.get()?,
        file_name: cells.get()?,
        imported_at: cells.parse()?,
        record: cells.text_as(compact::read)?,
    })
}
