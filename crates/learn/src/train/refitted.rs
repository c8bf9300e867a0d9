//! What a model would have said of newer jobs, had it been fitted anew as they came in.
//!
//! The model in use knows nothing of the jobs that were finished since it was trained. A challenger that has learned from them
//! cannot be asked about them; what it is made of can, fitted on what was known before them. This is how both are compared
//! on the same newest jobs without either having seen them, and with the newer jobs counting for the challenger as they
//! would have counted.

use jiff::civil::Date;
use signwright_domain::Task;

use super::{Trained, known};
use crate::columns::usable;
use crate::context::Context;
use crate::search::{Ground, said_of};
use crate::stages::Stages;
use crate::target::Scale;
use crate::{LearnError, TrainingSet};

/// Fits at most: each is on what was finished before its block of new jobs.
const BLOCKS: usize = 6;
/// Fewest new jobs of a block.
const FEWEST_OF_BLOCK: usize = 10;
/// Fewest rows to fit on.
const FEWEST: usize = 20;

impl Trained {
    /// What fits of this model's recipe say of the rows `fresh` of the set it was trained on, in their order. Each is fitted
    /// on rows finished before `since` (what the other model has learned from ends there) or before its own rows were
    /// quoted, whichever is later. `None` for a row without a date, and where there is too little to fit on or nothing can
    /// be learned from it.
    pub fn refitted(
        &self,
        task: &Task,
        set: &TrainingSet,
        fresh: &[usize],
        since: Date,
    ) -> Result<Vec<Option<f64>>, LearnError> {
        let context = Context::fit(&set.table, set.time_column.as_ref(), set.group_column.as_ref());
        let known = known(set);
        let learned = set.select_with(&*context.extend(&set.table)?, &known);
        let mut order: Vec<(Date, usize, usize)> = Vec::new();
        for (place, row) in fresh.iter().enumerate() {
            if let (Some(day), Ok(row)) = (set.known_from[*row], known.binary_search(row)) {
                order.push((day, place, row));
            }
        }
        order.sort_unstable();
        let mut said = vec![None; fresh.len()];
        let size = order.len().div_ceil(BLOCKS).max(FEWEST_OF_BLOCK);
        for (number, block) in order.chunks(size).enumerate() {
            task.step(number as u64, BLOCKS as u64, "comparing with the model in use")?;
            let rows: Vec<usize> = block.iter().map(|(_, _, row)| *row).collect();
            let before = before(&learned, &rows, block[0].0.max(since));
            if before.len() < FEWEST {
                continue;
            }
            let values = match self.fitted_on(task, &learned.select(&before), &learned.select(&rows)) {
                Ok(values) => values,
                Err(
                    LearnError::TooFewRows { .. }
                    | LearnError::ConstantTarget { .. }
                    | LearnError::NothingToLearnFrom { .. }
                    | LearnError::CannotSplit { .. },
                ) => continue,
                Err(error) => return Err(error),
            };
            block.iter().zip(values).for_each(|((_, place, _), value)| said[*place] = Some(value));
        }
        Ok(said)
    }

    fn fitted_on(&self, task: &Task, set: &TrainingSet, asked: &TrainingSet) -> Result<Vec<f64>, LearnError> {
        let stages = Stages::new(task, 1);
        let usable = usable(&set.table, &set.target, &set.known_from, &set.insisted);
        let none = || LearnError::NothingToLearnFrom { target: self.card.target.clone() };
        let scale = Scale::known(&set.target, self.blend.log).filter(|_| !usable.names.is_empty()).ok_or_else(none)?;
        let columns = &usable.names;
        let ground = Ground { set, columns, class: set.class_column.as_deref(), folds: &[], seed: self.card.seed };
        said_of(&stages, &ground, &scale, &self.blend, &asked.table)
    }
}

/// Rows that were finished before a day, without those asked about and their groups.
fn before(set: &TrainingSet, asked: &[usize], day: Date) -> Vec<usize> {
    let keys = set.keys();
    let finished = |row: &usize| set.known_from[*row].and(set.completed(*row)).is_some_and(|done| done < day);
    let apart = |row: &usize| asked.iter().all(|other| keys[*other] != keys[*row]);
    (0..set.rows()).filter(finished).filter(apart).collect()
}
