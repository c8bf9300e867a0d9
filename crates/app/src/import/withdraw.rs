//! A table that is read in another way takes back what it was read to say before: those records, the jobs that nothing else
//! speaks of, and the customers and prices that stood beside them.

use std::collections::HashSet;

use signwright_domain::record::{JobPart, Record, RecordKind};
use signwright_store::{Db, customers, jobs, prices, records};

use super::keep::{Keeping, side_tables};
use super::work::{of_quote, of_records, remade, sources};
use crate::CallError;

/// Takes back the records that are not given any more; how many there were.
pub(super) fn unsaid(db: &Db<'_>, keeping: &Keeping<'_>) -> Result<usize, CallError> {
    let nothing = HashSet::new();
    let given = keeping.given.as_ref().unwrap_or(&nothing);
    let gone = records::unsaid(db, keeping.origin.sha256, given)?;
    for id in &gone {
        if let Some(record) = records::take_back(db, *id)? {
            forget(db, &record)?;
        }
    }
    Ok(gone.len())
}

fn forget(db: &Db<'_>, record: &Record) -> Result<(), CallError> {
    match record.kind.job_part() {
        JobPart::Account => {
            let quote = record.value("quote_number").map(ToString::to_string);
            work_order(db, &record.key)?;
            if let Some(quote) = quote {
                remade(db, of_quote(db, &quote, None)?)?;
            }
            Ok(())
        }
        JobPart::Quote => {
            if let Some(own) = record.value("work_order").map(ToString::to_string) {
                work_order(db, &own)?;
            }
            if sources(db, None, Some(&record.key))?.is_empty() {
                jobs::remove_quote(db, &record.key)?;
            }
            remade(db, of_quote(db, &record.key, None)?)
        }
        JobPart::Opportunity => of_records(db, [record]),
        JobPart::None => beside(db, record),
    }
}

fn work_order(db: &Db<'_>, number: &str) -> Result<(), CallError> {
    if records::speak_of_work_order(db, number)? {
        return of_records(db, records::for_job(db, Some(number), None)?.iter().map(|source| &source.record));
    }
    jobs::remove_work_order(db, number)?;
    Ok(())
}

/// Customers and prices: what the newest record says that is left, or nothing.
fn beside(db: &Db<'_>, record: &Record) -> Result<(), CallError> {
    if !matches!(record.kind, RecordKind::Customer | RecordKind::MaterialPrice) {
        return Ok(());
    }
    if side_tables(db, record.kind, &record.key)? {
        return Ok(());
    }
    if record.kind == RecordKind::Customer {
        customers::remove(db, &record.key)?;
    } else if let (Some(series), Some(date)) = (record.text("series"), record.date("date")) {
        prices::remove(db, series, date)?;
    }
    Ok(())
}
