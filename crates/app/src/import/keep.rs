//! What was read goes into the shop in one transaction: document, import, records, rejects, and the jobs they make.

use std::collections::HashSet;
use std::path::Path;

use signwright_domain::record::{Extraction, Parsed, Record, RecordKind, Reject, RejectReason};
use signwright_domain::sanity::Rules;
use signwright_store::customers::Customer;
use signwright_store::prices::PricePoint;
use signwright_store::records::{Forms, Origin, Written};
use signwright_store::rejects::{RejectQuery, RejectStatus};
use signwright_store::{Change, Db, StoreError, customers, documents, imports, prices, records, rejects};

use super::Counts;
use super::corrected::Corrected;
use super::reading::{Reading, ReadingState};
use super::withdraw;
use super::work::{self, Alone, of_records};
use crate::{Action, CallError, Code, audit, files, review, rules};

/// A file that was read.
pub(super) struct Seen<'a> {
    pub(super) path: &'a Path,
    pub(super) bytes: &'a [u8],
    pub(super) sha256: &'a str,
    /// Files done before it, and files in all.
    pub(super) progress: (u64, u64),
}

/// Keeps a reading; a dry run counts the same changes and leaves none.
pub(super) fn keep(
    action: &Action,
    seen: &Seen<'_>,
    reading: &Reading,
    dry_run: bool,
) -> Result<(Option<i64>, Counts), CallError> {
    let (id, counts) = written(action, |_| dry_run, |db| write(db, action, seen, reading))?;
    Ok(((!dry_run).then_some(id), counts))
}

/// What a write gives, done in one transaction, which is let go of again where that is said of what it gives, such as
/// for a dry run.
pub(super) fn written<T>(
    action: &Action,
    is_let_go: impl FnOnce(&T) -> bool,
    write: impl FnOnce(&Db<'_>) -> Result<T, CallError>,
) -> Result<T, CallError> {
    let mut done = None;
    let kept = action.shop().write(|db| {
        let gives = done.insert(write(db)?);
        if is_let_go(gives) { Err(CallError::new(Code::Cancelled, LET_GO)) } else { Ok(()) }
    });
    match (kept, done) {
        (Err(error), Some(done)) if error.message == LET_GO => Ok(done),
        (Err(error), _) => Err(error),
        (Ok(()), done) => done.ok_or_else(|| CallError::new(Code::Internal, "an import ended without an outcome")),
    }
}

/// Stores another reading of a document that is kept already, under its first import.
pub(super) fn keep_again(
    action: &Action,
    import: &imports::Import,
    document: &str,
    reading: &Reading,
) -> Result<(), CallError> {
    action.shop().write(|db| {
        let mut keeping = Keeping::of(db, import.id, document)?;
        if reading.state == ReadingState::Table {
            keeping.reads_otherwise(db)?;
            let mut parsed = reading.parsed.clone();
            keeping.corrected.keep_in(&mut parsed.records);
            let rules = rules::in_force(db)?;
            let rows = Rows::of(parsed, &mut Forms::default(), &rules)?;
            keep_rows(db, &mut keeping, &rules, &rows)?;
            withdraw::unsaid(db, &keeping)?;
        } else {
            keep_records(db, &mut keeping, &reading.parsed, Some(reading))?;
        }
        audit::record(db, action, &format!("import {}", import.id), Some(import.counts), &keeping.counts)
    })
}

/// Closes what was refused for want of a password, now that the document has been read with it.
pub(super) fn unlocked(action: &Action, locked: &imports::Import) -> Result<(), CallError> {
    let of_import = RejectQuery { import_id: Some(locked.id), limit: 10, ..RejectQuery::default() };
    let refused = rejects::list(&action.shop().read(), &of_import)?;
    action.shop().write(|db| {
        for stored in refused.iter().filter(|stored| stored.reject.reason == RejectReason::NeedsPassword) {
            rejects::set_status(db, stored.id, RejectStatus::Fixed, Some("read with its password"))?;
        }
        Ok(())
    })
}

/// Closes what was refused of a file of which nothing came in then, and more now.
pub(super) fn read_since(action: &Action, failed: &imports::Import, reading: &Reading) -> Result<(), CallError> {
    action.shop().write(|db| close_rejects(db, failed.id, &reading.parsed, "read again"))
}

const LET_GO: &str = "let go of what was written";

fn write(db: &Db<'_>, action: &Action, seen: &Seen<'_>, reading: &Reading) -> Result<(i64, Counts), CallError> {
    let name = files::name(seen.path);
    let document = documents::NewDocument {
        name: &name,
        media_type: reading.media_type,
        bytes: seen.bytes,
        imported_at: action.now,
    };
    documents::put(db, &document)?;
    if let Some(extraction) = &reading.extraction {
        documents::set_extraction(db, seen.sha256, extraction)?;
    }
    let user = &action.options().user;
    let new = imports::NewImport { sha256: Some(seen.sha256), file_name: &name, at: action.now, user };
    let import = imports::start(db, &new)?;
    let mut keeping = Keeping::of(db, import, seen.sha256)?;
    keep_records(db, &mut keeping, &reading.parsed, Some(reading))?;
    let counts = keeping.counts;
    imports::finish(db, import, action.now, &ended(reading, counts))?;
    audit::record(db, action, &format!("import {import}"), None::<()>, &counts)?;
    Ok((import, counts))
}

/// A file whose records are being kept.
pub(super) struct Keeping<'k> {
    /// Where the records stand: the document's first import, so that reading it again cannot make it the newest.
    pub(super) origin: Origin<'k>,
    /// Where rejects are filed.
    import_id: i64,
    pub(super) counts: Counts,
    /// The records that it gives, where it was read before and another way of reading may give others.
    pub(super) given: Option<HashSet<i64>>,
    /// What a person has corrected in its records.
    pub(super) corrected: Corrected,
}

impl<'k> Keeping<'k> {
    pub(super) fn of(db: &Db<'_>, import_id: i64, sha256: &'k str) -> Result<Self, CallError> {
        rules::begin(db)?;
        let first = imports::first_of_document(db, sha256)?.unwrap_or(import_id);
        let origin = Origin { import_id: first, sha256 };
        let (counts, corrected) = (Counts::default(), Corrected::default());
        let mut keeping = Self { origin, import_id, counts, given: None, corrected };
        if first != import_id {
            keeping.reads_otherwise(db)?;
        }
        Ok(keeping)
    }

    fn reads_otherwise(&mut self, db: &Db<'_>) -> Result<(), CallError> {
        self.given.get_or_insert_with(HashSet::new);
        self.corrected = Corrected::of(db, self.origin.sha256)?;
        Ok(())
    }

    fn count(&mut self, change: Change) {
        match change {
            Change::Created => self.counts.created += 1,
            Change::Updated => self.counts.updated += 1,
            Change::Unchanged => self.counts.unchanged += 1,
        }
    }
}

/// Rows of a table, read and ready to be stored.
pub(super) struct Rows {
    written: Vec<Written>,
    /// The jobs that they make where nothing else speaks of them.
    alone: Vec<Option<Alone>>,
    rejects: Vec<Reject>,
}

impl Rows {
    pub(super) fn of(parsed: Parsed, forms: &mut Forms, rules: &Rules) -> Result<Self, StoreError> {
        let Parsed { records, rejects, .. } = parsed;
        let written = records.iter().map(|record| records::written(record, forms)).collect::<Result<_, _>>()?;
        let alone = records.iter().map(|record| Alone::of(record, rules)).collect();
        Ok(Self { written, alone, rejects })
    }
}

/// Stores rows and rejects of a table, and makes the jobs that they change.
pub(super) fn keep_rows(db: &Db<'_>, keeping: &mut Keeping<'_>, rules: &Rules, rows: &Rows) -> Result<(), CallError> {
    let mut telling: Vec<(&Written, Option<&Alone>)> = Vec::with_capacity(rows.written.len());
    for (written, alone) in rows.written.iter().zip(&rows.alone) {
        let kept = records::keep_row(db, keeping.origin, written)?;
        keeping.count(kept.change);
        if let Some(given) = &mut keeping.given {
            given.insert(kept.id);
        }
        if kept.change != Change::Unchanged {
            side_tables(db, written.kind, &written.key)?;
            telling.push((written, alone.as_ref()));
        }
    }
    keep_rejects(db, keeping, &rows.rejects)?;
    work::of_rows(db, rules, telling)
}

/// Stores the records and rejects of a document, and makes the jobs that they change.
pub(super) fn keep_records(
    db: &Db<'_>,
    keeping: &mut Keeping<'_>,
    parsed: &Parsed,
    reading: Option<&Reading>,
) -> Result<(), CallError> {
    for record in &parsed.records {
        let change = records::upsert(db, keeping.origin, record)?;
        keeping.count(change);
        side_tables(db, record.kind, &record.key)?;
    }
    keep_rejects(db, keeping, &parsed.rejects)?;
    // What waits for a person is noted before the jobs are made.
    if let Some(reading) = reading {
        review::note(db, keeping.origin.sha256, reading)?;
    }
    of_records(db, &parsed.records)
}

fn keep_rejects(db: &Db<'_>, keeping: &mut Keeping<'_>, refused: &[Reject]) -> Result<(), CallError> {
    keeping.counts.rejected += count(refused.len());
    for reject in refused {
        rejects::insert(db, keeping.import_id, Some(keeping.origin.sha256), reject)?;
    }
    Ok(())
}

/// Stores what a learned layout makes of a document that is kept already.
pub(crate) fn keep_learned(
    db: &Db<'_>,
    document: &str,
    extraction: Extraction,
    parsed: Parsed,
    found: review::Found,
) -> Result<(), CallError> {
    let Some(import) = imports::find_by_document(db, document)?.into_iter().next_back() else { return Ok(()) };
    let kind = parsed.records.first().map(|record| record.kind.label());
    if let Some(kind) = kind {
        imports::set_checks(db, import.id, kind, &parsed.checks)?;
        close_rejects(db, import.id, &parsed, "read by a learned layout")?;
    }
    let reading = Reading {
        state: ReadingState::Document(extraction.state),
        kind: kind.map(str::to_owned),
        media_type: "application/pdf",
        parsed,
        understood: None,
        extraction: Some(extraction),
        message: None,
        found,
    };
    let mut keeping = Keeping::of(db, import.id, document)?;
    keep_records(db, &mut keeping, &reading.parsed, Some(&reading))
}

/// Rejects of an earlier reading that do not come up again are settled.
fn close_rejects(db: &Db<'_>, import_id: i64, parsed: &Parsed, note: &str) -> Result<(), CallError> {
    let of_import = RejectQuery { import_id: Some(import_id), limit: 1000, ..RejectQuery::default() };
    for stored in rejects::list(db, &of_import)? {
        if !parsed.rejects.contains(&stored.reject) {
            rejects::set_status(db, stored.id, RejectStatus::Fixed, Some(note))?;
        }
    }
    Ok(())
}

fn ended(reading: &Reading, counts: Counts) -> imports::Outcome {
    imports::Outcome {
        state: reading.state.stored(&reading.parsed),
        kind: reading.kind.clone(),
        counts,
        checks: reading.parsed.checks.clone(),
        understood: reading.understood.clone(),
        message: reading.message.clone(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Customers and prices have tables of their own beside the record, which hold what the newest file says; whether any does.
pub(super) fn side_tables(db: &Db<'_>, kind: RecordKind, key: &str) -> Result<bool, CallError> {
    match kind {
        RecordKind::Customer | RecordKind::MaterialPrice => {
            let newest = records::by_key(db, kind, key)?.pop();
            newest.map_or(Ok(false), |newest| beside(db, &newest.record).map(|()| true))
        }
        RecordKind::Opportunity
        | RecordKind::Quote
        | RecordKind::WorkOrder
        | RecordKind::CostSummary
        | RecordKind::VendorBill
        | RecordKind::LineItem
        | RecordKind::Invoice
        | RecordKind::PurchaseOrder
        | RecordKind::PrintedQuote
        | RecordKind::BidTab => Ok(false),
    }
}

fn beside(db: &Db<'_>, record: &Record) -> Result<(), CallError> {
    if record.kind == RecordKind::Customer {
        customers::upsert(db, &customer(record))?;
    } else if let (Some(series), Some(point)) = (record.text("series"), price(record)) {
        prices::upsert(db, series, &point)?;
    }
    Ok(())
}

fn customer(record: &Record) -> Customer {
    let text = |field: &str| record.text(field).map(str::to_owned);
    Customer {
        customer_id: record.key.clone(),
        customer: text("customer").unwrap_or_else(|| record.key.clone()),
        customer_type: text("customer_type"),
        city: text("city"),
        contact: text("contact"),
        email: text("email"),
    }
}

fn price(record: &Record) -> Option<PricePoint> {
    let unit = record.text("unit").unwrap_or_default().to_owned();
    Some(PricePoint { date: record.date("date")?, price: record.number("price")?, unit })
}
