//! A challenger in the shadow of the model in use: trained when that one has become worse, asked about the same jobs,
//! proposed when it is better beyond noise.

use std::time::Duration;

use signwright_domain::Task;
use signwright_domain::card::{Card, Standing};
use signwright_learn::{Said, promote, trial};
use signwright_store::models;
use signwright_store::predictions::{self, How};

use super::{Learned, Proposal, TOO_MUCH, error};
use crate::estimates::{Champion, Experience};
use crate::train::{SEED, TARGET, Wins, readable, train_challenger};
use crate::{Action, CallError, Code, money};

/// A challenger is fresh enough as long as fewer jobs were finished since it was trained: this many for the first one,
/// twice as many after each that did not win, because every one of them and its rows are kept.
const GROWN_OLD: usize = 10;
const DOUBLED_AT_MOST: usize = 8;
const IN_THE_SHADOW: &str = "finished since both were trained";

/// What came of it.
pub(super) struct Looked {
    pub(super) proposal: Option<Proposal>,
    pub(super) words: Vec<String>,
}

/// The newest model since the one in use.
struct Newest {
    model: Champion,
    standing: Standing,
    /// Jobs that were finished since it was trained.
    fresh: usize,
    /// Models trained since the one in use.
    tried: usize,
}

pub(super) fn look(
    action: &Action,
    task: &Task,
    experience: &Experience,
    (champion, learned): (&Champion, &Learned),
    (ratio, budget): (Option<f64>, Duration),
) -> Result<Looked, CallError> {
    let mut words = Vec::new();
    let mut candidate = newest(action, experience, champion)?;
    let is_old = candidate.as_ref().is_none_or(|newest| newest.fresh >= old(newest.tried));
    if is_old && ratio.is_some_and(|ratio| ratio > TOO_MUCH) {
        match train_challenger(action, task, budget, Wins::Proposed) {
            Ok(model) => words.push(format!("Model {} was trained to challenge it.", model.id)),
            Err(error) if error.code == Code::Cancelled => return Err(error),
            Err(error) => words.push(format!("No challenger: {}.", error.message)),
        }
        candidate = newest(action, experience, champion)?;
    }
    let Some(Newest { model: challenger, standing: Standing::Challenger, .. }) = candidate else {
        return Ok(Looked { proposal: None, words });
    };
    let card = tried(action, experience, (champion, learned), &challenger)?;
    let verdict = promote(Some(&champion.card), &card);
    words.push(format!("Model {} beside it: {}", challenger.id, verdict.reason));
    let proposal = verdict.promoted.then_some(Proposal { model_id: challenger.id, reason: verdict.reason });
    Ok(Looked { proposal, words })
}

/// The newest model trained after the one in use, whatever it stands as: what a person has retired is neither trained once
/// more from the same jobs, nor is an older one proposed in its place.
fn newest(action: &Action, experience: &Experience, champion: &Champion) -> Result<Option<Newest>, CallError> {
    let newer = |model: &signwright_domain::card::Model| model.id > champion.id && model.card.target == TARGET;
    let since: Vec<_> = models::list(&action.shop().read())?.into_iter().filter(newer).collect();
    let tried = since.len();
    let Some(found) = since.into_iter().next() else { return Ok(None) };
    let standing = found.standing;
    let Some(model) = readable(&action.shop().read(), found)? else { return Ok(None) };
    let learned = Learned::of(action, &model)?;
    let fresh = experience.history.iter().filter(|job| learned.is_fresh(job)).count();
    Ok(Some(Newest { model, standing, fresh, tried }))
}

/// From how many jobs on the newest of so many challengers is old.
fn old(tried: usize) -> usize {
    GROWN_OLD << tried.saturating_sub(1).min(DOUBLED_AT_MOST)
}

/// The challenger's card, with a trial in the shadow where enough jobs were finished since both were trained.
fn tried(
    action: &Action,
    experience: &Experience,
    (champion, known): (&Champion, &Learned),
    challenger: &Champion,
) -> Result<Card, CallError> {
    let learned = Learned::of(action, challenger)?;
    let later = error::later(action, experience, challenger, &learned)?;
    action.shop().write(|db| predictions::replace(db, challenger.id, How::Later, &later.said))?;
    let rows: Vec<(usize, f64)> = later
        .rows
        .iter()
        .zip(&later.said)
        .filter(|(row, _)| known.is_fresh(&experience.history[**row]))
        .map(|(row, said)| (*row, money::to_statistics(said.value)))
        .collect();
    let mut card = challenger.card.clone();
    card.trial = card.trial.filter(|trial| trial.against == champion.id);
    if rows.is_empty() {
        return Ok(card);
    }
    let table = experience.table.select(&rows.iter().map(|(row, _)| *row).collect::<Vec<_>>());
    let in_use: Vec<Option<f64>> = champion.model.values(&table)?.into_iter().map(Some).collect();
    let beside: Vec<Option<f64>> = rows.iter().map(|(_, value)| Some(*value)).collect();
    let cost = |row: usize| experience.history[row].actual.total.map_or(f64::NAN, money::to_statistics);
    let actual: Vec<f64> = rows.iter().map(|(row, _)| cost(*row)).collect();
    let said = Said { challenger: &beside, champion: &in_use, actual: &actual };
    card.trial = trial(champion.id, IN_THE_SHADOW, &said, SEED).or(card.trial);
    Ok(card)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_challenger_that_does_not_win_doubles_the_jobs_until_the_next() {
        assert_eq!([0, 1, 2, 3, 20].map(old), [10, 10, 20, 40, 2560]);
    }
}
