//! What models said of finished jobs that they had not learned from.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_domain::estimate::Range;

use crate::db::{json, minor, moment, word};
use crate::settings::currency;
use crate::{Db, StoreError};

/// How it is known that the model had not seen the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The job is one of the newest of the training; a fit on the older ones was asked.
    Tested,
    /// The job was finished after everything that the model has learned from.
    Later,
}

/// What a model said of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    pub job_id: i64,
    pub how: How,
    pub at: Timestamp,
    pub value: Money,
    pub ranges: Vec<Range>,
}

/// Puts what a model says in this way in the place of what it said before.
pub fn replace(db: &Db<'_>, model_id: i64, how: How, said: &[Prediction]) -> Result<(), StoreError> {
    let currency = currency(db)?;
    let word = word(&how)?;
    let of = named_params! { ":model": model_id, ":how": word };
    db.run("DELETE FROM predictions WHERE model_id = :model AND how = :how", of)?;
    for one in said {
        db.run(
            "INSERT INTO predictions (model_id, job_id, how, at, value, ranges) \
             VALUES (:model, :job, :how, :at, :value, :ranges)",
            named_params! {
                ":model": model_id, ":job": one.job_id, ":how": word, ":at": moment(one.at),
                ":value": minor(Some(one.value), currency)?, ":ranges": json(&one.ranges)?,
            },
        )?;
    }
    Ok(())
}

/// Everything that a model said, by job.
pub fn of_model(db: &Db<'_>, model_id: i64) -> Result<Vec<Prediction>, StoreError> {
    let currency = currency(db)?;
    let text = "SELECT job_id, how, at, value, ranges FROM predictions WHERE model_id = ?1 ORDER BY job_id";
    db.rows(text, [model_id], |cells| {
        Ok(Prediction {
            job_id: cells.get()?,
            how: cells.word()?,
            at: cells.parse()?,
            value: cells.money(currency)?,
            ranges: cells.json()?,
        })
    })
}
