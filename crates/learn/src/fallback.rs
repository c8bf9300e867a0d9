//! The simple rule as a stand-in: what a model answers where it was not clearly better than the rule.

use serde::{Deserialize, Serialize};

use crate::boost::Matrix;
use crate::ranges::{Around, Ranges};
use crate::recent::{self, Middle, Recent};
use crate::target::Scale;
use crate::{LearnError, Table, TrainingSet};

/// The median of every class, with ranges from what the rule missed by on rows that it had not seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Fallback {
    recent: Recent,
    ranges: Ranges,
}

/// What the rule says of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ruled {
    pub(crate) median: Middle,
    /// In scaled units around the median.
    pub(crate) around: Around,
}

impl Fallback {
    /// Learns the rule for the levels of a column, or for all rows alike.
    pub(crate) fn fit(set: &TrainingSet, class: Option<&str>, scale: &Scale, seed: u64) -> Self {
        let unseen = recent::unseen(set, class, seed);
        let rows: Vec<(usize, f64)> =
            unseen.iter().enumerate().filter_map(|(row, said)| said.map(|said| (row, said))).collect();
        let miss: Vec<f64> =
            rows.iter().map(|(row, said)| scale.scaled(set.target[*row]) - scale.scaled(*said)).collect();
        let days: Vec<_> = rows.iter().map(|(row, _)| set.known_from[*row]).collect();
        Self { recent: Recent::fit(set, class), ranges: Ranges::alike(&miss, &days) }
    }

    /// The column whose levels have a rule each.
    pub(crate) fn class(&self) -> Option<&str> {
        self.recent.class()
    }

    /// The median of all rows.
    pub(crate) fn base(&self) -> f64 {
        self.recent.all().value
    }

    /// What the rule says; `None` of rows whose class has no past.
    pub(crate) fn of(&self, table: &Table) -> Result<Vec<Option<Ruled>>, LearnError> {
        let rows = Matrix { values: vec![0.0; table.rows()], rows: table.rows(), width: 1 };
        let medians = self.recent.of(table).into_iter().zip(self.ranges.around(&rows, &[])?);
        Ok(medians.map(|(median, around)| median.map(|median| Ruled { median, around })).collect())
    }

    pub(crate) fn check(&self) -> Result<(), LearnError> {
        if !self.ranges.is_whole() {
            return Err(LearnError::DamagedModel { reason: "the ranges of its rule are not whole".to_owned() });
        }
        recent::check(&self.recent)
    }
}
