//! Finished jobs that are like one job in what moves its cost.

use crate::{CostModel, LearnError, Table};

/// The `k` rows of `history` nearest to the first row of `one`, nearest first, with their distance: 0 the same, growing
/// with the difference in what the model found to matter. What `one` does not say yet tells no job from another: a form
/// that is being filled in is not nearest to the jobs that say as little. Fewer where the history is shorter; none where
/// `one` is empty.
///
/// # Errors
/// `NotANumber` where a column of numbers holds text.
pub fn similar(model: &CostModel, history: &Table, one: &Table, k: usize) -> Result<Vec<(usize, f64)>, LearnError> {
    let (space, context) = (&model.fitted.space, &model.fitted.context);
    let points = |table: &Table| space.points(&*context.extend(table)?);
    let mut found = space.nearest(points(history)?, &points(one)?, k)?;
    Ok(if found.is_empty() { Vec::new() } else { found.swap_remove(0) })
}
