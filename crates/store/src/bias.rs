//! What jobs took beside what was estimated, and the corrections that a person has accepted.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::db::{Cells, moment};
use crate::{Db, StoreError};

/// Whose estimates of what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct BiasOf {
    pub estimator: String,
    pub sign_type: String,
    /// The hours of one work code; `None` for the cost of the whole job.
    #[serde(default)]
    pub work_code: Option<String>,
}

/// What a job took by what was estimated for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratio {
    pub of: BiasOf,
    pub ratio: f64,
}

/// A factor that own estimates are multiplied by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BiasCorrection {
    pub of: BiasOf,
    pub factor: f64,
    /// 95 % interval of the factor.
    pub low: f64,
    pub high: f64,
    pub jobs: u32,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}

const FINISHED: &str = "j.status = 'completed' AND j.completed_on >= :since AND j.estimator IS NOT NULL \
    AND j.sign_type IS NOT NULL \
    AND NOT EXISTS (SELECT 1 FROM job_flags f WHERE f.job_id = j.id AND f.severity = 'error')";

/// The cost of every job finished since a day by its own estimate, and the hours of each of its work codes by theirs.
pub fn ratios(db: &Db<'_>, since: Date) -> Result<Vec<Ratio>, StoreError> {
    let since = since.to_string();
    let costs = format!(
        "SELECT j.estimator, j.sign_type, NULL, j.total_cost * 1.0 / j.estimated_cost FROM jobs j \
         WHERE {FINISHED} AND j.estimated_cost > 0 AND j.total_cost > 0 ORDER BY j.id"
    );
    let hours = format!(
        "SELECT j.estimator, j.sign_type, l.work_code, sum(l.actual_hours) / sum(l.estimated_hours) \
         FROM jobs j JOIN job_lines l ON l.job_id = j.id \
         WHERE {FINISHED} AND l.section = 'labour' AND l.work_code IS NOT NULL GROUP BY j.id, l.work_code \
         HAVING count(l.estimated_hours) = count(*) AND count(l.actual_hours) = count(*) \
             AND sum(l.estimated_hours) > 0 AND sum(l.actual_hours) > 0 \
         ORDER BY j.id, l.work_code"
    );
    let mut found = db.rows(&costs, named_params! { ":since": since }, ratio)?;
    found.extend(db.rows(&hours, named_params! { ":since": since }, ratio)?);
    Ok(found)
}

fn ratio(cells: &mut Cells<'_>) -> Result<Ratio, StoreError> {
    Ok(Ratio { of: of(cells)?, ratio: cells.get()? })
}

fn of(cells: &mut Cells<'_>) -> Result<BiasOf, StoreError> {
    Ok(BiasOf { estimator: cells.get()?, sign_type: cells.get()?, work_code: cells.get()? })
}

/// Puts a correction into force in the place of the one before.
pub fn accept(db: &Db<'_>, correction: &BiasCorrection) -> Result<(), StoreError> {
    take_back(db, &correction.of, correction.at)?;
    let BiasCorrection { of, factor, low, high, jobs, who, at } = correction;
    db.run(
        "INSERT INTO bias_corrections (estimator, sign_type, work_code, factor, low, high, jobs, who, at) \
         VALUES (:estimator, :sign_type, :work_code, :factor, :low, :high, :jobs, :who, :at)",
        named_params! {
            ":estimator": of.estimator, ":sign_type": of.sign_type, ":work_code": of.work_code, ":factor": factor,
            ":low": low, ":high": high, ":jobs": jobs, ":who": who, ":at": moment(*at),
        },
    )?;
    Ok(())
}

/// Takes a correction out of force; whether there was one.
pub fn take_back(db: &Db<'_>, of: &BiasOf, at: Timestamp) -> Result<bool, StoreError> {
    let changed = db.run(
        "UPDATE bias_corrections SET taken_back_at = :at \
         WHERE estimator = :estimator AND sign_type = :sign_type AND work_code IS :work_code AND taken_back_at IS NULL",
        named_params! {
            ":estimator": of.estimator, ":sign_type": of.sign_type, ":work_code": of.work_code, ":at": moment(at),
        },
    )?;
    Ok(changed > 0)
}

/// Those in force.
pub fn in_force(db: &Db<'_>) -> Result<Vec<BiasCorrection>, StoreError> {
    let text = "SELECT estimator, sign_type, work_code, factor, low, high, jobs, who, at FROM bias_corrections \
                WHERE taken_back_at IS NULL ORDER BY estimator, sign_type, work_code";
    db.rows(text, [], |cells| {
        Ok(BiasCorrection {
            of: of(cells)?,
            factor: cells.get()?,
            low: cells.get()?,
            high: cells.get()?,
            jobs: cells.get()?,
            who: cells.get()?,
            at: cells.parse()?,
        })
    })
}
