//! The answer of the starter model, where the shop has nothing of its own to be asked.

use signwright_domain::driver::Cause;
use signwright_domain::estimate::{Basis, Contribution, Novelty};
use signwright_learn::Table;

use super::create::{Answer, Asked, contributions, no_history};
use super::experience::Experience;
use crate::{CallError, money};

/// What its own jobs add has no driver of its own.
const OWN_JOBS: &str = "own_jobs";

/// # Errors
/// `NotEnoughData` where the starter does not answer such a question, with its reason.
pub(super) fn answer(experience: &Experience, asked: &Asked<'_>, one: Table, why: &str) -> Result<Answer, CallError> {
    let Some(starter) = &experience.starter else { return Err(no_history(asked, None)) };
    if let Some(refused) = starter.refuses(asked.currency, asked.sign_type) {
        return Err(no_history(asked, Some(&refused)));
    }
    let (one, said) = starter.says(one)?;
    let money = |amount: f64| money::from_statistics(amount, asked.currency);
    let (cost, plain, base) = (money(said.value)?, money(said.prediction.value)?, money(said.prediction.base)?);
    let mut parts = contributions(&one, &said.prediction, plain, base, asked)?;
    if let Some(correction) = starter.correction.filter(|_| cost != plain) {
        let label = format!("Your first {} jobs", correction.jobs);
        let value = format!("{:+.0} %", 100.0 * (correction.factor - 1.0));
        parts.push(Contribution {
            driver: OWN_JOBS.to_owned(),
            label,
            value,
            cause: Cause::of(OWN_JOBS),
            amount: cost - plain,
        });
        parts.sort_by_key(|part| std::cmp::Reverse(part.amount.minor.abs()));
    }
    let of_generated = |reason: &String| format!("for the starter: {reason}");
    Ok(Answer {
        basis: Basis::Starter,
        note: format!("{}; it stands in because {why}", starter.note()),
        model_id: None,
        cost,
        ranges: money::ranges(&said.ranges, asked.currency)?,
        at_most: money::at_most(&said.ranges, cost)?,
        base,
        contributions: parts,
        novelty: Novelty {
            score: said.prediction.novelty.score,
            reasons: said.prediction.novelty.reasons.iter().map(of_generated).collect(),
        },
        similar: Vec::new(),
    })
}
