//! One page of the job list: searched, filtered, sorted, counted, with 100,000 jobs in about the time that
//! docs/benchmarks.md says.
//!
//! The page is found on an index that carries the sorted column and everything the list filters by, from whichever end is
//! nearer; only the rows that are shown are then read. How many there are in all stands in a table of counts. Words are
//! matched by their beginnings in number, customer, description, location and type; the jobs that have them are gathered
//! first, and looked up one by one where they are few.

mod among;
mod count;
mod words;

use std::ops::ControlFlow;

use rusqlite::{ToSql, named_params};
use serde::{Deserialize, Serialize};
use signwright_domain::job::{Job, JobStatus};
use ts_rs::TS;

use super::columns;
use crate::db::{json, word};
use crate::settings::currency;
use crate::{Db, StoreError};

use among::Among;

pub(super) use count::renew;
pub use count::{estimators, sign_types};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobSort {
    #[default]
    Completed,
    Quoted,
    Number,
    Customer,
    SignType,
    EstimatedCost,
    ActualCost,
    /// Actual over estimated cost.
    Overrun,
}

impl JobSort {
    fn column(self) -> &'static str {
        match self {
            Self::Completed => "completed_on",
            Self::Quoted => "quoted_on",
            Self::Number => "number",
            Self::Customer => "customer",
            Self::SignType => "sign_type",
            Self::EstimatedCost => "estimated_cost",
            Self::ActualCost => "total_cost",
            Self::Overrun => "overrun",
        }
    }
}

/// Which jobs, in which order. Jobs without a value in the sorted column come last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct JobQuery {
    /// Words, or beginnings of words, that must all occur; empty for all jobs.
    pub search: String,
    pub sign_type: Option<String>,
    pub status: Option<JobStatus>,
    pub estimator: Option<String>,
    /// Only jobs that a rule or the comparison with their peers warns of.
    pub flagged: bool,
    pub sort: JobSort,
    pub descending: bool,
    pub offset: u32,
    pub limit: u32,
}

impl Default for JobQuery {
    fn default() -> Self {
        Self {
            search: String::new(),
            sign_type: None,
            status: None,
            estimator: None,
            flagged: false,
            sort: JobSort::Completed,
            descending: true,
            offset: 0,
            limit: 100,
        }
    }
}

/// One value that the list can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Facet {
    pub value: String,
    #[ts(type = "number")]
    pub jobs: u64,
}

/// How many jobs the query finds in all, and those of the asked page.
pub fn page(db: &Db<'_>, query: &JobQuery) -> Result<(u64, Vec<Job>), StoreError> {
    db.at_once(|| {
        let (total, ids) = match Among::of(db, &words::of(&query.search), query.flagged)? {
            Some(among) => some(db, query, &among)?,
            None => whole(db, query)?,
        };
        Ok((total, read_in_order(db, &ids)?))
    })
}

/// A page of all jobs.
fn whole(db: &Db<'_>, query: &JobQuery) -> Result<(u64, Vec<i64>), StoreError> {
    let total = count::of(db, query)?;
    let (offset, rows) = (u64::from(query.offset), u64::from(query.limit));
    let rows = rows.min(total.saturating_sub(offset));
    if rows == 0 {
        return Ok((total, Vec::new()));
    }
    let behind = total - offset - rows;
    let backwards = behind < offset;
    let text =
        format!("SELECT id FROM jobs WHERE {} {} LIMIT :rows OFFSET :offset", fields(query), order(query, backwards));
    let mut ids: Vec<i64> = with_fields(query, |fields| {
        let (rows, skipped) = (number(rows), number(if backwards { behind } else { offset }));
        let page = named_params! { ":rows": rows, ":offset": skipped };
        let params: Vec<_> = fields.iter().chain(page).copied().collect();
        db.rows(&text, params.as_slice(), |cells| cells.get())
    })?;
    if backwards {
        ids.reverse();
    }
    Ok((total, ids))
}

/// A page of some of the jobs.
fn some(db: &Db<'_>, query: &JobQuery, among: &Among) -> Result<(u64, Vec<i64>), StoreError> {
    if among.count() <= FEW {
        return few(db, query, among);
    }
    let text = format!("SELECT id FROM jobs WHERE {} {}", fields(query), order(query, false));
    let filtered = query.sign_type.is_some() || query.status.is_some() || query.estimator.is_some();
    let end = u64::from(query.offset) + u64::from(query.limit);
    let (mut found, mut ids) = (0_u64, Vec::new());
    with_fields(query, |fields| {
        db.each(&text, fields, |cells| {
            let id = cells.get()?;
            if among.has(id) {
                if (u64::from(query.offset)..end).contains(&found) {
                    ids.push(id);
                }
                found += 1;
            }
            // Where nothing is filtered the total is known, and what comes behind the page is of no interest.
            Ok(if found >= end && !filtered { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
    })?;
    Ok((if filtered { found } else { among.count() }, ids))
}

/// The same where looking up each of them and sorting is quicker than walking the index of the order.
fn few(db: &Db<'_>, query: &JobQuery, among: &Among) -> Result<(u64, Vec<i64>), StoreError> {
    let ids = json(&among.ids())?;
    let text = format!(
        "SELECT id FROM jobs WHERE id IN (SELECT value FROM json_each(:ids)) AND {} {}",
        fields(query),
        order_of("+", query, false)
    );
    let found: Vec<i64> = with_fields(query, |fields| {
        let params: Vec<_> = fields.iter().chain(named_params! { ":ids": ids }).copied().collect();
        db.rows(&text, params.as_slice(), |cells| cells.get())
    })?;
    let total = found.len() as u64;
    Ok((total, found.into_iter().skip(query.offset as usize).take(query.limit as usize).collect()))
}

/// Up to here, looking up each found job and sorting them is quicker than walking the index of the order.
const FEW: u64 = 2_000;

/// What the list is filtered by, beside words and findings. A unary `+` keeps SQLite from using an index for that column,
/// so that it goes the way that is chosen here.
fn fields(query: &JobQuery) -> String {
    let asked = [
        (query.sign_type.is_some(), "+sign_type = :sign_type"),
        (query.status.is_some(), "+status = :status"),
        (query.estimator.is_some(), "+estimator = :estimator"),
    ];
    let asked: Vec<&str> = asked.into_iter().filter(|(asked, _)| *asked).map(|(_, text)| text).collect();
    if asked.is_empty() { "true".to_owned() } else { asked.join(" AND ") }
}

/// Calls with the values of what [`fields`] asks.
fn with_fields<T>(
    query: &JobQuery,
    run: impl FnOnce(&[(&str, &dyn ToSql)]) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let status = query.status.as_ref().map(word).transpose()?;
    let params = named_params! { ":sign_type": query.sign_type, ":status": status, ":estimator": query.estimator };
    let asked = [query.sign_type.is_some(), status.is_some(), query.estimator.is_some()];
    let params: Vec<_> = params.iter().zip(asked).filter(|(_, asked)| *asked).map(|(param, _)| *param).collect();
    run(&params)
}

fn order(query: &JobQuery, backwards: bool) -> String {
    order_of("", query, backwards)
}

fn order_of(sorted: &str, query: &JobQuery, backwards: bool) -> String {
    let column = query.sort.column();
    let (way, nulls) = match (query.descending != backwards, backwards) {
        (true, false) => ("DESC", "LAST"),
        (true, true) => ("DESC", "FIRST"),
        (false, false) => ("ASC", "LAST"),
        (false, true) => ("ASC", "FIRST"),
    };
    format!("ORDER BY {sorted}{column} {way} NULLS {nulls}, id {way}")
}

fn number(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn read_in_order(db: &Db<'_>, ids: &[i64]) -> Result<Vec<Job>, StoreError> {
    let currency = currency(db)?;
    let mut jobs = Vec::with_capacity(ids.len());
    for id in ids {
        jobs.extend(db.row(&columns::SELECT_BY_ID, [id], |cells| columns::read(cells, currency))?);
    }
    Ok(jobs)
}
