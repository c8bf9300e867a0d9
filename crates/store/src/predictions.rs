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

/// Puts what a model says in this way in the place of what it said before. Of a job that is gone, nothing is kept.
pub fn replace(db: &Db<'_>, model_id: i64, how: How, said: &[Prediction]) -> Result<(), StoreError> {
    let currency = currency(db)?;
    let word = word(&how)?;
    let of = named_params! { ":model": model_id, ":how": word };
    db.run("DELETE FROM predictions WHERE model_id = :model AND how = :how", of)?;
    for one in said {
        db.run(
            "INSERT OR REPLACE INTO predictions (model_id, job_id, how, at, value, ranges) \
             SELECT :model, :job, :how, :at, :value, :ranges WHERE EXISTS (SELECT 1 FROM jobs WHERE id = :job)",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shop;

    #[test]
    fn of_a_job_that_is_gone_nothing_is_kept() {
        let shop = Shop::in_memory().expect("shop");
        let model =
            "INSERT INTO models (id, target, standing, card, bytes) VALUES (1, 'cost', 'challenger', '{}', x'00')";
        shop.write(|db| db.run(model, []).map(drop)).expect("a model");
        let value = Money::new(100, currency(&shop.read()).expect("a currency"));
        let said = [Prediction { job_id: 7, how: How::Later, at: Timestamp::UNIX_EPOCH, value, ranges: Vec::new() }];
        shop.write(|db| replace(db, 1, How::Later, &said)).expect("written");
        assert_eq!(of_model(&shop.read(), 1), Ok(Vec::new()));
    }
}
