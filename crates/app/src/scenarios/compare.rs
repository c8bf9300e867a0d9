//! Two to four variants side by side: in what they differ, what each costs, and by which drivers the difference comes.
//!
//! Every figure that is compared comes from the model in use, asked now: contributions of one model start from the same
//! average job, so that their differences add up to the difference of the costs, to the cent. What was said when a variant
//! was kept is shown beside it where it is another figure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signwright_domain::driver::Cause;
use signwright_domain::estimate::{Basis, Estimate, Range};
use signwright_domain::{Money, Specification};
use signwright_learn::features;
use signwright_store::scenarios;
use ts_rs::TS;

use super::{Scenario, ask, changes};
use crate::{Action, CallError, estimates};

/// Fewest and most that stand side by side.
const SIDE_BY_SIDE: std::ops::RangeInclusive<usize> = 2..=4;

/// What is to be compared.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CompareScenarios {
    #[ts(type = "number")]
    pub estimate_id: i64,
    /// Variants by id, in the order in which they are to stand; the others are compared with the first.
    #[ts(type = "number[]")]
    pub scenarios: Vec<i64>,
    /// The estimate itself stands before them.
    #[serde(default = "yes")]
    pub estimate: bool,
}

fn yes() -> bool {
    true
}

/// Variants side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Comparison {
    #[ts(type = "number")]
    pub estimate_id: i64,
    /// The first is what the others are compared with.
    pub columns: Vec<Compared>,
    /// The drivers that are not the same in all.
    pub drivers: Vec<ComparedDriver>,
}

/// One of the variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Compared {
    /// `None` for the estimate itself.
    #[ts(type = "number | null")]
    pub scenario_id: Option<i64>,
    pub name: String,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub specification: Specification,
    /// By the model in use, now.
    pub now: Figures,
    /// When it was kept, where that was another figure or another model.
    pub said: Option<Figures>,
    /// What of it no finished job of its type had.
    pub unseen: Vec<String>,
    /// Its cost without that of the first.
    pub difference: Money,
    /// By what it comes, the largest first. Where the start is the same, these add up to the difference; else together with
    /// `start`.
    pub causes: Vec<CauseDifference>,
    /// By how much the average job that it starts from is dearer; 0 where one model answered both.
    pub start: Money,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Figures {
    pub basis: Basis,
    pub basis_note: String,
    #[ts(type = "number | null")]
    pub model_id: Option<i64>,
    pub cost: Money,
    pub ranges: Vec<Range>,
}

/// What the drivers of one cause add to the difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CauseDifference {
    pub cause: Cause,
    pub amount: Money,
    /// The largest first.
    pub drivers: Vec<DriverDifference>,
}

/// What one driver adds to the difference. One that stays can add as well, where it acts together with one that changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DriverDifference {
    pub driver: String,
    pub label: String,
    pub amount: Money,
}

/// A driver over the variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ComparedDriver {
    pub driver: String,
    pub label: String,
    /// One per column, in words; `None` where it is not given.
    pub values: Vec<Option<String>>,
}

/// Variants of one estimate side by side.
///
/// # Errors
/// `InvalidInput` for fewer than two or more than four, or one of another estimate; what asking anew refuses.
pub fn compare_scenarios(action: &Action, input: CompareScenarios) -> Result<Comparison, CallError> {
    let estimate = estimates::get(action, input.estimate_id)?;
    let chosen = chosen(action, &estimate, &input)?;
    let answers = chosen
        .iter()
        .map(|one| ask(action, &estimate, one.said.specification.clone()))
        .collect::<Result<Vec<_>, _>>()?;
    let history = &action.experience()?.history;
    let column = |(one, answer): (&Scenario, &Estimate)| {
        let (first, said) = (&answers[0], figures(&one.said));
        let now = figures(answer);
        Compared {
            scenario_id: Some(one.id).filter(|id| *id != 0),
            name: one.name.clone(),
            at: one.at,
            specification: one.said.specification.clone(),
            said: Some(said).filter(|said| (said.model_id, said.cost) != (now.model_id, now.cost)),
            unseen: changes::unseen(history, &estimate.specification, &one.said.specification),
            difference: answer.cost - first.cost,
            causes: causes(first, answer),
            start: answer.base - first.base,
            now,
        }
    };
    let columns = chosen.iter().zip(&answers).map(column).collect();
    let specifications: Vec<&Specification> = chosen.iter().map(|one| &one.said.specification).collect();
    Ok(Comparison { estimate_id: input.estimate_id, columns, drivers: drivers(&specifications) })
}

fn chosen(action: &Action, estimate: &Estimate, input: &CompareScenarios) -> Result<Vec<Scenario>, CallError> {
    let known = scenarios::of_estimate(&action.shop().read(), input.estimate_id)?;
    let itself = Scenario {
        id: 0,
        estimate_id: input.estimate_id,
        name: estimate.title.clone(),
        who: String::new(),
        at: estimate.created_at,
        said: estimate.clone(),
    };
    let mut chosen: Vec<Scenario> = Some(itself).filter(|_| input.estimate).into_iter().collect();
    for id in &input.scenarios {
        let found = known.iter().find(|one| one.id == *id).ok_or_else(|| {
            CallError::invalid(format!("estimate {} has no scenario with id {id}", input.estimate_id))
        })?;
        chosen.push(found.clone());
    }
    if SIDE_BY_SIDE.contains(&chosen.len()) {
        Ok(chosen)
    } else {
        Err(CallError::invalid(format!("two to four can be compared, not {}", chosen.len()))
            .hint("The estimate itself counts as one, unless it is left out."))
    }
}

fn figures(answer: &Estimate) -> Figures {
    Figures {
        basis: answer.basis,
        basis_note: answer.basis_note.clone(),
        model_id: answer.model_id,
        cost: answer.cost,
        ranges: answer.ranges.clone(),
    }
}

fn drivers(specifications: &[&Specification]) -> Vec<ComparedDriver> {
    let one = |name: String| {
        let value = |of: &&Specification| of.get(&name).map(|value| changes::written(&name, value));
        ComparedDriver {
            label: features::label(&name),
            values: specifications.iter().map(value).collect(),
            driver: name,
        }
    };
    changes::differing(specifications).into_iter().map(one).collect()
}

/// The contributions of one answer without those of the other.
fn causes(first: &Estimate, other: &Estimate) -> Vec<CauseDifference> {
    let zero = Money::zero(first.cost.currency);
    let amount = |answer: &Estimate, driver: &str| {
        let found = answer.contributions.iter().filter(|one| one.driver == driver).map(|one| one.amount);
        found.fold(zero, |sum, amount| sum + amount)
    };
    let all = first.contributions.iter().chain(&other.contributions);
    let mut causes: BTreeMap<Cause, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for one in all {
        causes.entry(one.cause).or_default().insert((&one.driver, &one.label));
    }
    let difference = |(cause, drivers): (Cause, BTreeSet<(&str, &str)>)| {
        let one = |(driver, label): (&str, &str)| DriverDifference {
            driver: driver.to_owned(),
            label: label.to_owned(),
            amount: amount(other, driver) - amount(first, driver),
        };
        let mut drivers: Vec<_> = drivers.into_iter().map(one).filter(|one| one.amount != zero).collect();
        drivers.sort_by_key(|one| std::cmp::Reverse(one.amount.minor.abs()));
        CauseDifference { cause, amount: drivers.iter().fold(zero, |sum, one| sum + one.amount), drivers }
    };
    let mut causes: Vec<_> = causes.into_iter().map(difference).filter(|one| !one.drivers.is_empty()).collect();
    causes.sort_by_key(|one| std::cmp::Reverse(one.amount.minor.abs()));
    causes
}
