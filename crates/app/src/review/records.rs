//! The records of one document, in the order in which a person goes through them: most have one, a bid tab one per bidder.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, Place, Record};
use signwright_store::{Db, records, reviews};

use super::{ReviewRecord, edit};
use crate::{CallError, Code};

/// More than any document holds.
const MOST: u32 = 1000;

/// Those with a number, as they are kept.
pub(super) fn kept(db: &Db<'_>, document: &str) -> Result<Vec<Record>, CallError> {
    let kept = records::list_by_document(db, document, 0, MOST)?;
    Ok(kept.into_iter().map(|source| source.record).collect())
}

/// All of them, those with a number and the one that has none yet, from left to right and page by page.
pub(super) fn of(db: &Db<'_>, review: &reviews::Review) -> Result<Vec<Record>, CallError> {
    let mut all: Vec<Record> = review.draft.iter().cloned().chain(kept(db, &review.sha256)?).collect();
    all.sort_by(|a, b| stands(a).partial_cmp(&stands(b)).unwrap_or(std::cmp::Ordering::Equal));
    Ok(all)
}

/// Where the record of this key stands among them. Without a key there must be one alone.
pub(super) fn named(all: &[Record], key: Option<&str>) -> Result<Option<usize>, CallError> {
    match key {
        Some(key) => {
            let found = all.iter().position(|record| record.key == key);
            found.map(Some).ok_or_else(|| CallError::not_found(format!("record {key} of the document")))
        }
        None if all.len() > 1 => {
            let error = CallError::new(Code::Conflict, format!("the document holds {} records", all.len()));
            Err(error.hint("Say which one by its key."))
        }
        None => Ok((!all.is_empty()).then_some(0)),
    }
}

pub(super) fn in_short(all: &[Record], missing: &[String], is_confirmed: bool) -> Vec<ReviewRecord> {
    let short = |(record, waiting): (&Record, u32)| ReviewRecord {
        key: record.key.clone(),
        name: name(record),
        waiting: if is_confirmed { 0 } else { waiting },
        confirmed: is_confirmed || is_seen(record),
    };
    all.iter().zip(waiting_in_each(all, missing)).map(short).collect()
}

/// How many values wait in all of them.
pub(super) fn waiting<'r>(all: impl IntoIterator<Item = &'r Record>, missing: &[String]) -> u32 {
    waiting_in_each(all, missing).sum()
}

/// Fields that the layout should have are missing in the first.
fn waiting_in_each<'r>(all: impl IntoIterator<Item = &'r Record>, missing: &[String]) -> impl Iterator<Item = u32> {
    let missing = std::iter::once(missing).chain(std::iter::repeat(&[][..]));
    all.into_iter().zip(missing).map(|(record, missing)| edit::waiting(record, missing))
}

/// Whether a person has confirmed or set every value.
pub(super) fn is_seen(record: &Record) -> bool {
    let lines = record.lines.iter().flat_map(|line| line.fields.values());
    record.fields.values().chain(lines).all(|field| field.confidence >= 1.0)
}

pub(super) fn name(record: &Record) -> String {
    let named = record.text("vendor").unwrap_or(&record.key);
    if named.is_empty() { "no name yet".to_owned() } else { named.to_owned() }
}

/// Page, left edge and top of the last column of its lines: bidders stand side by side.
fn stands(record: &Record) -> (u32, f64, f64) {
    let last = |fields: &BTreeMap<String, Field>| {
        let places = fields.values().filter_map(|field| match &field.at {
            Place::Page { page, bbox } if bbox[2] > 0.0 => Some((*page, bbox[0], bbox[1])),
            Place::Page { .. } | Place::Cell { .. } => None,
        });
        places.max_by(|a, b| a.1.total_cmp(&b.1))
    };
    let of_lines = record.lines.iter().find_map(|line| last(&line.fields));
    of_lines.or_else(|| last(&record.fields)).unwrap_or((u32::MAX, 0.0, 0.0))
}

#[cfg(test)]
mod tests {
    use signwright_domain::record::{RecordKind, RecordLine, Section, Value};

    use super::*;

    fn bid(key: &str, page: u32, left: f64) -> Record {
        let at = |left: f64| Field {
            value: Value::Text("1".to_owned()),
            raw: "1".to_owned(),
            at: Place::Page { page, bbox: [left, 100.0, left + 20.0, 110.0] },
            confidence: 1.0,
            found_by: "column".to_owned(),
        };
        let fields = BTreeMap::from([("quantity".to_owned(), at(40.0)), ("amount".to_owned(), at(left))]);
        let lines = vec![RecordLine { section: Section::Item, fields }];
        Record { kind: RecordKind::BidTab, key: key.to_owned(), fields: BTreeMap::new(), lines }
    }

    #[test]
    fn bidders_come_from_left_to_right_and_page_by_page() {
        let mut all = [bid("c", 2, 200.0), bid("b", 1, 400.0), bid("a", 1, 200.0)];
        all.sort_by(|a, b| stands(a).partial_cmp(&stands(b)).expect("numbers"));
        assert_eq!(all.map(|one| one.key), ["a", "b", "c"]);
    }

    #[test]
    fn of_several_records_one_is_named() {
        let all = [bid("a", 1, 200.0), bid("b", 1, 400.0)];
        assert_eq!(named(&all, Some("b")), Ok(Some(1)));
        assert_eq!(named(&all[..1], None), Ok(Some(0)));
        assert_eq!(named(&[], None), Ok(None));
        assert_eq!(named(&all, None).expect_err("which?").code, Code::Conflict);
        assert_eq!(named(&all, Some("z")).expect_err("none").code, Code::NotFound);
    }
}
