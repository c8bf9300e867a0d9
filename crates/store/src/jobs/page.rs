//! One page of the job list: searched, filtered, sorted, counted, in well under 100 ms with 100,000 jobs.
//!
//! The page is found on an index that carries the sorted column and everything the list filters by; only the rows that
//! are shown are then read. Words are matched by their beginnings in number, customer, description, location and type.

use rusqlite::{ToSql, named_params};
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
    let words = search_words(&query.search);
    let search = match &words {
        Some(words) => Search::Of { matches: matches(db, words)? },
        None => Search::None,
    };
    let filter = Filter::new(query, search);
    let (status, rows, offset) =
        (query.status.as_ref().map(word).transpose()?, limit(query.limit), limit(query.offset));
    let params = named_params! {
        ":search": words, ":sign_type": query.sign_type, ":status": status, ":estimator": query.estimator,
        ":rows": rows, ":offset": offset,
    };
    let used = |text: &str| -> Vec<(&str, &dyn ToSql)> {
        params.iter().filter(|(name, _)| text.contains(name)).copied().collect()
    };
    let total = match search {
        Search::Of { matches } if filter.only_searches => matches,
        Search::Of { .. } | Search::None => {
            let text = format!("SELECT count(*) FROM jobs WHERE {}", filter.condition);
            db.count(&text, used(&text).as_slice())?
        }
    };
    let text = format!("SELECT id FROM jobs WHERE {} {} LIMIT :rows OFFSET :offset", filter.condition, filter.order);
    let ids: Vec<i64> = db.rows(&text, used(&text).as_slice(), |cells| cells.get())?;
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

#[derive(Clone, Copy, Debug)]
enum Search {
    None,
    /// So many jobs have the words.
    Of {
        matches: u64,
    },
}

/// Up to here, looking up each found job and sorting them is quicker than walking the index of the order.
const FEW: u64 = 2_000;

/// The query's fixed text; what was typed is bound.
#[derive(Debug)]
struct Filter {
    condition: String,
    order: String,
    only_searches: bool,
}

impl Filter {
    /// A unary `+` keeps SQLite from using an index for that column, so that it goes the way that is chosen here.
    fn new(query: &JobQuery, search: Search) -> Self {
        let found = "id IN (SELECT rowid FROM jobs_search WHERE jobs_search MATCH :search)";
        let (search, sorted) = match search {
            Search::None => (None, ""),
            Search::Of { matches } if matches <= FEW => (Some(found.to_owned()), "+"),
            Search::Of { .. } => (Some(format!("+{found}")), ""),
        };
        let fields = [
            (query.sign_type.is_some(), "+sign_type = :sign_type"),
            (query.status.is_some(), "+status = :status"),
            (query.estimator.is_some(), "+estimator = :estimator"),
            (query.flagged, "id IN (SELECT job_id FROM job_flags WHERE severity <> 'info')"),
        ];
        let mut conditions: Vec<String> =
            fields.into_iter().filter(|(asked, _)| *asked).map(|(_, text)| text.to_owned()).collect();
        let only_searches = conditions.is_empty();
        conditions.extend(search);
        let condition = if conditions.is_empty() { "true".to_owned() } else { conditions.join(" AND ") };
        let (column, way) = (query.sort.column(), if query.descending { "DESC" } else { "ASC" });
        let order = format!("ORDER BY {sorted}{column} {way} NULLS LAST, id {way}");
        Self { condition, order, only_searches }
    }
}

fn matches(db: &Db<'_>, words: &str) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM jobs_search WHERE jobs_search MATCH ?1", [words])
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
