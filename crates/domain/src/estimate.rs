//! The answer to "what will it cost us, how sure is that, and why".

mod contribution;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::bottom_up::{BottomUp, CostDecision};
use crate::physics::Structure;
use crate::sanity::Warning;
use crate::{Money, Specification};

pub use contribution::{CauseSum, Contribution, by_cause};

/// What an estimate rests on; always shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The champion model.
    Model,
    /// Built up from an assembly whose figures and prices the shop has confirmed, because no model is better than the simple rule.
    Assembly,
    /// Median cost of the same sign type over the last 24 months, because no model is better.
    MedianOfType,
    /// Median cost of the most similar jobs, because there is neither.
    SimilarJobs,
    /// The starter model, made from published figures and not from the shop's jobs, because there is nothing of its own.
    Starter,
}

/// A range that should hold the actual cost in `level` percent of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Range {
    /// 80, 90 or 95.
    pub level: u8,
    pub low: Money,
    pub high: Money,
}

/// What `percentile` of 100 such jobs cost at most: the usual way of choosing a contingency.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AtMost {
    /// 70, 80 or 90.
    pub percentile: u8,
    pub cost: Money,
    /// What that is above the expected cost: the contingency.
    pub over: Money,
}

impl AtMost {
    /// Where costs are skewed so far that the bound lies below the expected cost, that is the bound.
    pub fn new(percentile: u8, bound: Money, expected: Money) -> Self {
        let cost = if bound.minor < expected.minor { expected } else { bound };
        Self { percentile, cost, over: cost - expected }
    }
}

/// A finished job that is like this one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SimilarJob {
    #[ts(type = "number")]
    pub job_id: i64,
    pub number: String,
    pub customer: Option<String>,
    #[ts(type = "string | null")]
    pub completed_on: Option<Date>,
    /// "9 x 5 ft, one face": in what it differs.
    pub differs: String,
    pub estimated: Option<Money>,
    pub actual: Money,
    /// 0 the same, growing with the difference in what moves cost.
    pub distance: f64,
}

/// How far a specification is from what the model has learned from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Novelty {
    /// 0 in the middle of experience, 1 at its edge, more outside.
    pub score: f64,
    /// What is unusual, in words; empty inside experience.
    pub reasons: Vec<String>,
}

/// One estimate, stored as made and never changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Estimate {
    /// 0 until stored.
    #[ts(type = "number")]
    pub id: i64,
    pub title: String,
    #[ts(type = "string")]
    pub created_at: Timestamp,
    /// The prediction uses what was known on this day.
    #[ts(type = "string")]
    pub quoted_on: Date,
    pub specification: Specification,
    pub basis: Basis,
    /// Why this basis, in a sentence.
    pub basis_note: String,
    #[ts(type = "number | null")]
    pub model_id: Option<i64>,
    pub cost: Money,
    pub ranges: Vec<Range>,
    /// P70, P80 and P90; empty in estimates of older versions.
    #[serde(default)]
    pub at_most: Vec<AtMost>,
    /// Where the contributions start: the average job.
    pub base: Money,
    pub contributions: Vec<Contribution>,
    pub novelty: Novelty,
    pub similar: Vec<SimilarJob>,
    /// Median of the same sign type over the last 24 months, with the number of jobs it rests on.
    pub median_of_type: Option<Money>,
    pub median_count: u32,
    /// Wind and footing, for costing only, where the sign stands on its own.
    pub structure: Option<Structure>,
    pub warnings: Vec<Warning>,
    /// What an assembly says beside it; `None` where none serves, and in estimates of older versions.
    #[serde(default)]
    pub bottom_up: Option<BottomUp>,
    /// The cost that a person decided on; `None` where nobody did, so that `cost` counts.
    #[serde(default)]
    pub decision: Option<CostDecision>,
}

impl Estimate {
    /// What counts as the cost from here on: what was decided, else what is expected.
    pub fn decided_cost(&self) -> Money {
        self.decision.as_ref().map_or(self.cost, |decision| decision.cost)
    }
}
