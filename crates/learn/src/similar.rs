//! Finished jobs that are like one job in what moves its cost.

use crate::space::Points;
use crate::{CostModel, LearnError, Table};

/// Finished jobs as one model sees them, laid out to be searched: made once, asked often.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    points: Points,
}

impl CostModel {
    /// Lays out the rows of a history.
    ///
    /// # Errors
    /// `NotANumber` where a column of numbers holds text.
    pub fn neighbours(&self, history: &Table) -> Result<Neighbours, LearnError> {
        Ok(Neighbours { points: self.fitted.space.points(&*self.fitted.context.extend(history)?)? })
    }

    /// The `k` neighbours nearest to the first row of `one`, nearest first: their rows in the history and their distance, 0
    /// the same, growing with the difference in what the model found to matter. What `one` does not say yet tells no job
    /// from another: a form that is being filled in is not nearest to the jobs that say as little. Fewer where the history
    /// is shorter; none where `one` is empty. The neighbours must be this model's.
    ///
    /// # Errors
    /// `NotANumber` where a column of numbers holds text.
    pub fn similar(&self, among: &Neighbours, one: &Table, k: usize) -> Result<Vec<(usize, f64)>, LearnError> {
        let asked = self.fitted.space.points(&*self.fitted.context.extend(one)?)?;
        Ok(self.fitted.space.nearest(&among.points, &asked, k).into_iter().next().unwrap_or_default())
    }
}
