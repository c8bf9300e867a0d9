//! The model in use in words: three lines that say what makes jobs dear, by its own predictions for the newest finished jobs,
//! and which drivers act together.

mod together;

use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_learn::surrogate;
use ts_rs::TS;

use crate::commands::Nothing;
use crate::estimates::Experience;
use crate::{Action, CallError, money, train};

pub use together::Together;

/// The newest jobs that are looked at: enough for three lines, few enough to be quick.
const NEWEST: usize = 2000;

/// A picture of the model, which is not the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ModelWords {
    /// The dearest kind of jobs first.
    pub lines: Vec<ModelLine>,
    /// Share of the differences between the model's predictions that the picture shows, 0 to 1.
    pub explained: f64,
    pub jobs: u32,
    /// Pairs of drivers that act together, the largest effect first; empty where none do.
    pub together: Vec<Together>,
}

/// One kind of jobs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ModelLine {
    /// "Face area above 48 sq ft and Sign type Pole sign".
    pub when: String,
    pub jobs: u32,
    /// The middle of what the model says of them.
    pub cost: Money,
}

pub fn describe_model(action: &Action, _: Nothing) -> Result<ModelWords, CallError> {
    let experience = action.experience()?;
    // Held while they are made: who asks meanwhile waits for the same answer.
    let mut known = experience.words.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(words) = known.as_ref() {
        return Ok(words.clone());
    }
    let words = describe(&experience)?;
    *known = Some(words.clone());
    Ok(words)
}

fn describe(experience: &Experience) -> Result<ModelWords, CallError> {
    let champion = experience
        .champion
        .as_ref()
        .ok_or_else(|| CallError::not_found("champion yet").hint("Train a model on your finished jobs first."))?;
    let newest = &experience.history[experience.history.len().saturating_sub(NEWEST)..];
    let table = champion.model.aligned(train::table(newest, &experience.levels));
    let said = surrogate(&table, &champion.model.values(&table)?)?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let line = |line: signwright_learn::Line| {
        let cost = money::from_statistics(line.median, experience.currency)?;
        Ok::<_, CallError>(ModelLine { when: line.when, jobs: count(line.jobs), cost })
    };
    let lines = said.lines.into_iter().map(line).collect::<Result<_, _>>()?;
    let together = together::together(experience, champion)?;
    Ok(ModelWords { lines, explained: said.explained, jobs: count(newest.len()), together })
}
