//! Estimates: specification in, cost with ranges, reasons in money, similar jobs and warnings out.

mod by_assembly;
mod by_starter;
mod create;
mod decision;
mod experience;
mod explore;
mod levels;
mod rule;
mod understood;

use serde::{Deserialize, Serialize};
use signwright_domain::bottom_up::{AssemblyChoice, CostSource};
use signwright_domain::estimate::Estimate;
use signwright_domain::{Money, Specification};
use signwright_store::estimates;
use ts_rs::TS;

use crate::{Action, CallError};

pub use create::create_estimate;
pub(crate) use experience::{Champion, Experience};
pub use explore::{
    Dependence, ExploreDriver, ExplorePair, FindWays, GridAxis, GridCell, GridValue, PairGrid, Ways, explore_driver,
    explore_pair, find_ways,
};
pub(crate) use levels::{PriceLevels, Priced};
pub(crate) use rule::quantile;
pub use signwright_store::estimates::EstimateSummary;

/// What is to be estimated.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct CreateEstimate {
    #[serde(default)]
    pub title: String,
    pub specification: Specification,
    /// The prediction uses what was known on this day; today when not given.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub quoted_on: Option<jiff::civil::Date>,
    /// Keep it, so that a quote can be made from it. A live form does not.
    #[serde(default)]
    pub save: bool,
    /// What the cost is built up from beside.
    #[serde(default)]
    pub assembly: AssemblyChoice,
    /// Whose cost to go by; the answer's own where nobody says.
    #[serde(default)]
    pub decide: Option<DecideCost>,
}

/// Whose cost a person goes by, and why.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DecideCost {
    pub by: CostSource,
    /// The estimator's own figure; else the cost that was looked at, refused where it is another by now.
    #[serde(default)]
    pub cost: Option<Money>,
    #[serde(default)]
    pub why: String,
}

/// How many estimates to list.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ListEstimates {
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Names an estimate.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct EstimateRef {
    #[ts(type = "number")]
    pub id: i64,
}

pub fn list_estimates(action: &Action, input: ListEstimates) -> Result<Vec<EstimateSummary>, CallError> {
    Ok(estimates::list(&action.shop().read(), 0, input.limit.unwrap_or(100))?)
}

pub fn show_estimate(action: &Action, input: EstimateRef) -> Result<Estimate, CallError> {
    get(action, input.id)
}

pub(crate) fn get(action: &Action, id: i64) -> Result<Estimate, CallError> {
    estimates::get(&action.shop().read(), id)?.ok_or_else(|| CallError::not_found(format!("estimate with id {id}")))
}
