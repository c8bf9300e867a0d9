//! By how much estimators' own estimates are usually off, by estimator, sign type and work code, and what of it a person
//! has accepted as a correction. A correction changes no stored estimate: it is what an own estimate is multiplied by when
//! somebody asks ([`correct_own_estimate`]).

use std::collections::BTreeMap;

use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_learn::{Bias, biases};
use signwright_store::bias;
use ts_rs::TS;

use crate::commands::Nothing;
use crate::{Action, CallError, audit, money};

pub use signwright_store::bias::{BiasCorrection, BiasOf};

/// Older jobs say little about the habits of now.
const MONTHS: i32 = 36;
/// A factor closer to 1 is not worth a correction.
const WORTH_IT: f64 = 0.03;
/// Where less of what is believed comes from the jobs themselves, it is a habit of everybody, not of one.
const OWN: f64 = 0.25;

/// How far somebody's estimates of one kind are usually off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EstimatorBias {
    pub of: BiasOf,
    pub jobs: u32,
    /// Actual by estimated, of these jobs alone.
    pub raw: f64,
    /// The same, shrunk towards everybody's; this is what a correction multiplies by.
    pub factor: f64,
    /// 95 % interval of the factor.
    pub low: f64,
    pub high: f64,
    /// Sure enough and large enough to be worth a correction.
    pub suggested: bool,
    /// The correction in force.
    pub accepted: Option<BiasCorrection>,
}

/// An own estimate of the cost of a job.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OwnEstimate {
    pub estimator: String,
    pub sign_type: String,
    pub cost: Money,
}

/// The same with the accepted correction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CorrectedEstimate {
    pub cost: Money,
    /// `None` where none was accepted: the cost is as it was given.
    pub correction: Option<BiasCorrection>,
    /// What was done, in a sentence.
    pub words: String,
}

/// The suggested ones first, costs before hours, the largest first.
pub fn list_biases(action: &Action, _: Nothing) -> Result<Vec<EstimatorBias>, CallError> {
    let db = action.shop().read();
    let since = action.today().saturating_sub(MONTHS.months());
    let mut cells: BTreeMap<BiasOf, Vec<f64>> = BTreeMap::new();
    for one in bias::ratios(&db, since)? {
        cells.entry(one.of).or_default().push(one.ratio);
    }
    let accepted = bias::in_force(&db)?;
    // Costs and hours are different habits: each is compared with its own kind.
    let (costs, hours): (Vec<_>, Vec<_>) = cells.into_iter().partition(|(of, _)| of.work_code.is_none());
    let mut all = of_kind(costs, &accepted);
    all.extend(of_kind(hours, &accepted));
    let size = |one: &EstimatorBias| one.factor.ln().abs();
    let first = |one: &EstimatorBias| (!one.suggested, one.of.work_code.is_some());
    all.sort_by(|a, b| first(a).cmp(&first(b)).then(size(b).total_cmp(&size(a))));
    Ok(all)
}

fn of_kind(cells: Vec<(BiasOf, Vec<f64>)>, accepted: &[BiasCorrection]) -> Vec<EstimatorBias> {
    let (of, ratios): (Vec<BiasOf>, Vec<Vec<f64>>) = cells.into_iter().unzip();
    let found = biases(&ratios);
    let row = |(of, bias): (BiasOf, Option<Bias>)| {
        let bias = bias?;
        Some(EstimatorBias {
            accepted: accepted.iter().find(|one| one.of == of).cloned(),
            of,
            jobs: u32::try_from(bias.n).unwrap_or(u32::MAX),
            raw: bias.raw,
            factor: bias.factor,
            low: bias.low,
            high: bias.high,
            suggested: bias.is_clear() && bias.own >= OWN && (bias.factor - 1.0).abs() >= WORTH_IT,
        })
    };
    of.into_iter().zip(found).filter_map(row).collect()
}

pub fn accept_bias(action: &Action, input: BiasOf) -> Result<EstimatorBias, CallError> {
    let found = find(action, &input)?;
    let correction = BiasCorrection {
        of: input,
        factor: found.factor,
        low: found.low,
        high: found.high,
        jobs: found.jobs,
        who: action.options().user.clone(),
        at: action.now,
    };
    action.shop().write(|db| {
        bias::accept(db, &correction)?;
        audit::record(db, action, &subject(&correction.of), found.accepted.as_ref(), &correction)
    })?;
    action.changed("models");
    find(action, &correction.of)
}

pub fn take_back_bias(action: &Action, input: BiasOf) -> Result<Vec<EstimatorBias>, CallError> {
    action.shop().write(|db| {
        if !bias::take_back(db, &input, action.now)? {
            return Err(CallError::not_found(format!("correction in force for the {}", subject(&input))));
        }
        audit::record(db, action, &subject(&input), Some("in force"), &"taken back")
    })?;
    action.changed("models");
    list_biases(action, Nothing {})
}

fn find(action: &Action, of: &BiasOf) -> Result<EstimatorBias, CallError> {
    let found = list_biases(action, Nothing {})?.into_iter().find(|one| one.of == *of);
    found.ok_or_else(|| {
        CallError::not_found(format!("three finished jobs or more that say by how much the {} are off", subject(of)))
    })
}

fn subject(of: &BiasOf) -> String {
    let what = of.work_code.as_ref().map_or("costs".to_owned(), |code| format!("hours of {code}"));
    format!("{what} estimated by {} for {}", of.estimator, of.sign_type)
}

pub fn correct_own_estimate(action: &Action, input: OwnEstimate) -> Result<CorrectedEstimate, CallError> {
    let of = BiasOf { estimator: input.estimator, sign_type: input.sign_type, work_code: None };
    let Some(correction) = bias::in_force(&action.shop().read())?.into_iter().find(|one| one.of == of) else {
        let words = "as estimated: no correction was accepted".to_owned();
        return Ok(CorrectedEstimate { cost: input.cost, correction: None, words });
    };
    let cost = money::from_statistics(money::to_statistics(input.cost) * correction.factor, input.cost.currency)?;
    let words = format!(
        "{:+.0} %, as the {} were usually off by on {} jobs; accepted by {}",
        100.0 * (correction.factor - 1.0),
        subject(&of),
        correction.jobs,
        correction.who
    );
    Ok(CorrectedEstimate { cost, correction: Some(correction), words })
}
