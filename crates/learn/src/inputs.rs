//! The features that a model reads: the coding of its columns and, where a member starts from it, what the class of a row
//! cost lately, as the last one.

use serde::{Deserialize, Serialize};

use crate::boost::Matrix;
use crate::encoding::{Encoder, Rows};
use crate::recent::{self, Recent};
use crate::target::Scale;
use crate::{LearnError, Table, TrainingSet};

/// How the rows of a table become features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Inputs {
    encoder: Encoder,
    scale: Scale,
    recent: Option<(usize, Recent)>,
}

impl Inputs {
    /// Learns the coding of these columns, which must exist. `class` is one of them.
    pub(crate) fn fit(set: &TrainingSet, names: &[String], scale: &Scale, class: Option<&str>) -> Self {
        let encoder = Encoder::fit(&set.table, names, &scaled(set, scale));
        let owner = class.and_then(|class| encoder.names().position(|name| name == class));
        let recent = owner.map(|owner| (owner, Recent::fit(set, class)));
        Self { encoder, scale: *scale, recent }
    }

    /// Features of the rows it was fitted on: what looks at targets looks at those of other rows. Folds follow from the
    /// seed.
    pub(crate) fn training(&self, set: &TrainingSet, seed: u64) -> Result<Matrix, LearnError> {
        let (y, keys) = (scaled(set, &self.scale), set.keys());
        let x = self.encoder.training(&set.table, Rows { y: &y, keys: &keys }, seed)?;
        let Some((_, recent)) = &self.recent else { return Ok(x) };
        Ok(x.with(&self.level(recent::unseen(set, recent.class(), seed))))
    }

    /// Features for prediction. A column that the table lacks is missing in every row.
    pub(crate) fn transform(&self, table: &Table) -> Result<Matrix, LearnError> {
        let x = self.encoder.transform(table)?;
        let Some((_, recent)) = &self.recent else { return Ok(x) };
        Ok(x.with(&self.level(recent.of(table).iter().map(|middle| middle.map(|middle| middle.value)))))
    }

    /// Without what the class cost lately.
    pub(crate) fn plain(self) -> Self {
        Self { recent: None, ..self }
    }

    /// Whether the last feature is what the class cost lately.
    pub(crate) fn knows_recent(&self) -> bool {
        self.recent.is_some()
    }

    /// The names of the columns, in the order of `owners`.
    pub(crate) fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.encoder.names()
    }

    /// The columns that are read as numbers.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.encoder.numbers()
    }

    /// The words that tell most in a column that is text.
    pub(crate) fn words(&self, name: &str) -> &[String] {
        self.encoder.words(name)
    }

    /// For every feature the number of the column it comes from.
    pub(crate) fn owners(&self) -> Vec<usize> {
        let mut owners = self.encoder.owners();
        owners.extend(self.recent.as_ref().map(|(owner, _)| *owner));
        owners
    }

    /// Whether each column is given in this row of features.
    pub(crate) fn given(&self, x: &Matrix, row: usize) -> Vec<bool> {
        self.encoder.given(x, row)
    }

    /// Makes these columns missing in all rows of features.
    pub(crate) fn hide(&self, x: &mut Matrix, columns: &[usize]) {
        self.encoder.hide(x, columns);
        if self.recent.as_ref().is_some_and(|(owner, _)| columns.contains(owner)) {
            x.values.chunks_mut(x.width).for_each(|row| row[row.len() - 1] = f32::NAN);
        }
    }

    /// Refuses what no training writes.
    pub(crate) fn check(&self) -> Result<(), LearnError> {
        if !self.encoder.is_whole() {
            return Err(LearnError::DamagedModel { reason: "the coding of its categories is not whole".to_owned() });
        }
        match &self.recent {
            Some((owner, _)) if *owner >= self.encoder.names().len() => {
                Err(LearnError::DamagedModel { reason: "its rule does not fit its columns".to_owned() })
            }
            Some((_, recent)) => recent::check(recent),
            None => Ok(()),
        }
    }

    fn level(&self, costs: impl IntoIterator<Item = Option<f64>>) -> Vec<f64> {
        costs.into_iter().map(|cost| cost.map_or(f64::NAN, |cost| self.scale.scaled(cost))).collect()
    }
}

fn scaled(set: &TrainingSet, scale: &Scale) -> Vec<f64> {
    set.target.iter().map(|&y| scale.scaled(y)).collect()
}
