//! How many jobs there are of each type, status and estimator. Triggers keep the counts right, so that no list counts its
//! jobs one by one.

use rusqlite::params;

use super::{Facet, JobQuery};
use crate::db::word;
use crate::{Db, StoreError};

/// Jobs that the query finds without its words and findings.
pub(super) fn of(db: &Db<'_>, query: &JobQuery) -> Result<u64, StoreError> {
    let text = "SELECT coalesce(sum(jobs), 0) FROM job_counts WHERE (?1 IS NULL OR sign_type = ?1) \
                AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR estimator = ?3)";
    let status = query.status.as_ref().map(word).transpose()?;
    db.count(text, params![query.sign_type, status, query.estimator])
}

/// The sign types that occur, the most frequent first.
pub fn sign_types(db: &Db<'_>) -> Result<Vec<Facet>, StoreError> {
    facets(db, "SELECT sign_type, sum(jobs) FROM job_counts WHERE sign_type IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
}

/// The estimators that occur, the most frequent first.
pub fn estimators(db: &Db<'_>) -> Result<Vec<Facet>, StoreError> {
    facets(db, "SELECT estimator, sum(jobs) FROM job_counts WHERE estimator IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
}

fn facets(db: &Db<'_>, text: &str) -> Result<Vec<Facet>, StoreError> {
    db.rows(text, [], |cells| Ok(Facet { value: cells.get()?, jobs: cells.count()? }))
}

/// Counts every job, after many came in without being counted.
pub(in crate::jobs) fn renew(db: &Db<'_>) -> Result<(), StoreError> {
    db.run("DELETE FROM job_counts", [])?;
    db.run(
        "INSERT INTO job_counts (sign_type, status, estimator, jobs) \
         SELECT sign_type, status, estimator, count(*) FROM jobs GROUP BY sign_type, status, estimator",
        [],
    )?;
    Ok(())
}
