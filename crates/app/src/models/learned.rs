//! Which jobs a model has learned from, and until when.

use std::collections::HashSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use signwright_domain::job::Job;
use signwright_learn::Table;

use super::snapshot;
use crate::estimates::Champion;
use crate::{Action, CallError};

/// What a model knows.
#[derive(Clone, Debug)]
pub(crate) struct Learned {
    /// `None` for a model of an older version, whose rows were not kept.
    jobs: Option<HashSet<i64>>,
    /// Their drivers.
    pub(crate) table: Option<Table>,
    /// The last day on which one of its jobs was finished; of a model whose rows were not kept, the day of its training.
    pub(crate) until: Date,
}

impl Learned {
    pub(crate) fn of(action: &Action, model: &Champion) -> Result<Self, CallError> {
        let trained = model.card.created_at.to_zoned(TimeZone::system()).date();
        Ok(match snapshot::read(action, &model.card.data_hash)? {
            Some(data) => {
                let until = data.set.known_to.iter().flatten().max().copied().unwrap_or(trained);
                Self { jobs: Some(data.jobs.into_iter().collect()), table: Some(data.set.table), until }
            }
            None => Self { jobs: None, table: None, until: trained },
        })
    }

    /// Whether a job was finished after everything that the model has learned from.
    pub(crate) fn is_fresh(&self, job: &Job) -> bool {
        let is_known = self.jobs.as_ref().is_some_and(|jobs| jobs.contains(&job.id));
        !is_known && job.completed_on.is_some_and(|done| done > self.until)
    }
}
