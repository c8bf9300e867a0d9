//! What was found against what was planted in the sample data.
//!
//! The answer key is read after the search and only to count; nothing in the search sees it.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use signwright_domain::anomaly::AnomalyKind;

use crate::anomalies::Anomalies;
use crate::rejects::{RejectQuery, StoredReject, list_rejects};
use crate::{Action, CallError, Code, files};

/// Found against planted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerCheck {
    /// Data errors that were planted in jobs.
    pub planted: usize,
    /// Of these: named as an anomaly, or refused at import with a reason.
    pub found: usize,
    pub missed: Vec<String>,
    /// Jobs said to hold a wrong value (without the merely unusual ones).
    pub flagged: usize,
    /// Of these: planted, or missing the value that could not be read.
    pub flagged_rightly: usize,
    /// Jobs said to be unusual, and how many of them are overruns that the answer key explains.
    pub unusual: usize,
    pub unusual_explained: usize,
    /// Cells that cannot be read, planted and refused.
    pub unreadable_planted: usize,
    pub unreadable_refused: usize,
}

#[derive(Deserialize)]
struct Key {
    planted_errors: Vec<Slip>,
    must_be_rejected: Vec<Cell>,
    overruns: Vec<Overrun>,
}

#[derive(Deserialize)]
struct Slip {
    work_order: Option<String>,
    quote_number: Option<String>,
    kind: String,
}

#[derive(Deserialize)]
struct Cell {
    key: String,
    raw: String,
    row: u32,
}

#[derive(Deserialize)]
struct Overrun {
    work_order: String,
}

pub(super) fn check(action: &Action, path: &Path, anomalies: &Anomalies) -> Result<AnswerCheck, CallError> {
    let key: Key = serde_json::from_slice(&files::read(path)?)
        .map_err(|error| CallError::new(Code::UnreadableFile, format!("cannot read {}: {error}", path.display())))?;
    let query = RejectQuery { status: None, limit: 10_000, ..RejectQuery::default() };
    Ok(count(&key, anomalies, &list_rejects(action, query)?))
}

fn count(key: &Key, anomalies: &Anomalies, rejects: &[StoredReject]) -> AnswerCheck {
    let wrong = |unusual: bool| {
        let jobs = anomalies.jobs.iter().filter(move |found| (found.anomaly.kind == AnomalyKind::Unusual) == unusual);
        jobs.map(|found| found.number.as_str()).collect::<BTreeSet<_>>()
    };
    let (flagged, unusual) = (wrong(false), wrong(true));
    let refused: BTreeSet<&str> = rejects.iter().filter_map(|reject| reject.reject.key.as_deref()).collect();
    let seen = |slip: &Slip| {
        let names = slip.work_order.iter().chain(&slip.quote_number);
        names.map(String::as_str).any(|name| flagged.contains(name) || unusual.contains(name) || refused.contains(name))
    };
    let planted: BTreeSet<&str> = key
        .planted_errors
        .iter()
        .flat_map(|slip| slip.work_order.iter().chain(&slip.quote_number))
        .map(String::as_str)
        .chain(key.must_be_rejected.iter().map(|cell| cell.key.as_str()))
        .collect();
    let overran: BTreeSet<&str> = key.overruns.iter().map(|overrun| overrun.work_order.as_str()).collect();
    let missed: Vec<String> = key
        .planted_errors
        .iter()
        .filter(|slip| !seen(slip))
        .map(|slip| {
            let name = slip.work_order.as_ref().or(slip.quote_number.as_ref());
            format!("{} ({})", name.map_or("without number", String::as_str), slip.kind.replace('_', " "))
        })
        .collect();
    AnswerCheck {
        planted: key.planted_errors.len(),
        found: key.planted_errors.len() - missed.len(),
        missed,
        flagged: flagged.len(),
        flagged_rightly: flagged.intersection(&planted).count(),
        unusual: unusual.len(),
        unusual_explained: unusual.iter().filter(|name| overran.contains(*name) || planted.contains(*name)).count(),
        unreadable_planted: key.must_be_rejected.len(),
        unreadable_refused: key.must_be_rejected.iter().filter(|cell| refused_cell(cell, rejects)).count(),
    }
}

/// The same row, and what stood there is part of what was kept of it.
fn refused_cell(cell: &Cell, rejects: &[StoredReject]) -> bool {
    use signwright_domain::record::Place;
    rejects.iter().any(|reject| match &reject.reject.place {
        Some(Place::Cell { row, .. }) => *row == cell.row && reject.reject.raw.contains(&cell.raw),
        Some(Place::Page { .. }) | None => false,
    })
}
