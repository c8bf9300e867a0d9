//! Training, from rows to a model with its card.
//!
//! First the model is trained on older jobs and tested on the newest, beside the simple rules; what the card says was
//! measured there. Then the model that will be used is trained on everything with the parameters found. Everything that
//! looks at a target (the choice of columns, the scale, the parameters, the ranges) is done anew inside `learn`, so that
//! the test is a test of all of it.

mod card;
mod curve;
mod evaluate;
mod learn;
mod refitted;

use signwright_domain::Task;
use signwright_domain::card::Card;

use crate::context::Context;
use crate::search::{Blend, Effort, TRIED};
use crate::split::{FEWEST_LEARNED, holdout};
use crate::stages::Stages;
use crate::training_set::{TrainParams, TrainingSet};
use crate::{CostModel, LearnError};

/// A model with its card.
#[derive(Clone, Debug)]
pub struct Trained {
    pub model: CostModel,
    pub card: Card,
    /// What the card is measured by, in the order of the test rows.
    pub tested: Vec<Tested>,
    blend: Blend,
}

/// What was predicted of a test row by a model that had not seen it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// In the set that was given.
    pub row: usize,
    pub value: f64,
    /// Per cent, low, high.
    pub ranges: Vec<(u8, f64, f64)>,
}

/// Share of the budget for choosing parameters; the rest is for growing, calibrating and doing it again on all rows.
const SEARCH: f64 = 0.35;
/// Stages of a training in which everything is tried, mixed and measured again.
const STAGES: u64 = TRIED + 16;

/// Trains a model and measures it.
///
/// The same set and parameters give the same model and card, bit for bit. The card's verdict says whether the model is
/// clearly better than the simple rule; whether it is used is decided by `promote`.
///
/// # Errors
/// Where the rows cannot be learned from: see `LearnError`. `Cancelled` where the task was.
pub fn train(task: &Task, set: &TrainingSet, params: &TrainParams) -> Result<Trained, LearnError> {
    set.check(params)?;
    let context = Context::fit(&set.table, set.time_column.as_ref(), set.group_column.as_ref());
    let data = set.fingerprint();
    let known = known(set);
    let set = &set.select_with(&*context.extend(&set.table)?, &known);
    let split = holdout(set, params.test_share, params.seed);
    if split.train.len() < FEWEST_LEARNED || split.test.is_empty() {
        return Err(LearnError::CannotSplit { train: split.train.len(), test: split.test.len() });
    }
    let stages = Stages::new(task, STAGES);
    let effort = Effort { seconds: SEARCH * params.budget.as_secs_f64(), seed: params.seed };
    let tested = learn::learn(&stages, &set.select(&split.train), &params.target, &learn::Choice::Search(effort))?;
    stages.next(if split.from.is_some() { "testing on the newest jobs" } else { "testing on jobs drawn at random" })?;
    let evaluation = evaluate::evaluate(&tested, set, &split, params.seed)?;
    let curve = curve::curve(&stages, set, &split, &tested, &evaluation, params.seed)?;
    let blend = tested.blend;
    let again = learn::Choice::Known { blend: blend.clone(), seed: params.seed };
    let mut learned = learn::learn(&stages, set, &params.target, &again)?;
    let card = card::card(set, params, &split, &evaluation, &learned, (data, curve));
    learned.model.fitted.verdict = Some(card.verdict.clone());
    learned.model.fitted.rule_answers = evaluation.against_fallback.is_some_and(|against| !against.closer);
    learned.model.fitted.context = context;
    let rows = split.test.iter().zip(&evaluation.predictions);
    let tested = rows.map(|(&row, said)| Tested { row: known[row], value: said.value, ranges: said.ranges.clone() });
    Ok(Trained { model: learned.model, card, tested: tested.collect(), blend })
}

/// The rows that have a target.
fn known(set: &TrainingSet) -> Vec<usize> {
    (0..set.rows()).filter(|&row| !set.target[row].is_nan()).collect()
}

#[cfg(test)]
pub(crate) mod tests;
