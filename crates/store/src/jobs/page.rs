//! One page of the job list: searched, filtered, sorted, counted, in well under 100 ms with 100,000 jobs.
//!
//! The page is found on an index that carries the sorted column and everything the list filters by; only the rows that
//! are shown are then read. Words are matched by their beginnings in number, customer, description, location and type.

use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::job::{Job, JobStatus};
use ts_rs::TS;

use super::columns;
use crate::db::{limit, word};
use crate::settings::currency;
use crate::{Db, StoreError};

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
    let search = search_words(&query.search);
    let status = query.status.as_ref().map(word).transpose()?;
    let filter = filter(query, search.is_some());
    let found = named_params! {
        ":search": search, ":sign_type": query.sign_type, ":status": status, ":estimator": query.estimator,
    };
    let used = |name: &str| filter.contains(name);
    let found: Vec<_> = found.iter().filter(|(name, _)| used(name)).copied().collect();
    let total = db.count(&format!("SELECT count(*) FROM jobs WHERE {filter}"), found.as_slice())?;

    let (column, way) = (query.sort.column(), if query.descending { "DESC" } else { "ASC" });
    let text = format!(
        "SELECT id FROM jobs WHERE {filter} ORDER BY {column} {way} NULLS LAST, id {way} LIMIT :rows OFFSET :offset"
    );
    let (rows, offset) = (limit(query.limit), limit(query.offset));
    let mut params = found;
    params.push((":rows", &rows));
    params.push((":offset", &offset));
    let ids: Vec<i64> = db.rows(&text, params.as_slice(), |cells| cells.get())?;
    Ok((total, read_in_order(db, &ids)?))
}

/// The sign types that occur, the most frequent first.
pub fn sign_types(db: &Db<'_>) -> Result<Vec<Facet>, StoreError> {
    facets(db, "SELECT sign_type, count(*) FROM jobs WHERE sign_type IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
}

/// The estimators that occur, the most frequent first.
pub fn estimators(db: &Db<'_>) -> Result<Vec<Facet>, StoreError> {
    facets(db, "SELECT estimator, count(*) FROM jobs WHERE estimator IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
}

fn facets(db: &Db<'_>, text: &str) -> Result<Vec<Facet>, StoreError> {
    db.rows(text, [], |cells| Ok(Facet { value: cells.get()?, jobs: cells.count()? }))
}

/// The conditions of a query. Each is fixed text; what was typed is bound. The unary `+` keeps SQLite from looking up
/// every found job by its id: it walks the index of the order instead and keeps those that were found.
fn filter(query: &JobQuery, searching: bool) -> String {
    let conditions = [
        (searching, "+id IN (SELECT rowid FROM jobs_search WHERE jobs_search MATCH :search)"),
        (query.sign_type.is_some(), "+sign_type = :sign_type"),
        (query.status.is_some(), "+status = :status"),
        (query.estimator.is_some(), "+estimator = :estimator"),
    ];
    let asked: Vec<&str> = conditions.into_iter().filter_map(|(asked, text)| asked.then_some(text)).collect();
    if asked.is_empty() { "true".to_owned() } else { asked.join(" AND ") }
}

/// What was typed as an FTS5 query: every word quoted, as a beginning. `None` without any letter or digit.
fn search_words(typed: &str) -> Option<String> {
    let words: Vec<String> =
        typed.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| format!("\"{w}\"*")).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn read_in_order(db: &Db<'_>, ids: &[i64]) -> Result<Vec<Job>, StoreError> {
    let currency = currency(db)?;
    let mut jobs = Vec::with_capacity(ids.len());
    for id in ids {
        jobs.extend(db.row(&columns::SELECT_BY_ID, [id], |cells| columns::read(cells, currency))?);
    }
    Ok(jobs)
}
