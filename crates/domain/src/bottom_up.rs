//! What an assembly says of a job beside what finished jobs say, and which of the two a person went by.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::assembly::AssemblyProblem;
use crate::build_up::BuildUp;
use crate::estimate::Range;
use crate::forgotten::ForgottenLine;
use crate::two_estimates::TwoEstimates;
use crate::{DriverValue, Money};

/// Which assembly to build a cost up from, and what it is told beyond the specification.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct AssemblyChoice {
    /// The first that serves the specification where it is not said.
    #[serde(default)]
    pub id: Option<String>,
    /// Inputs that a person gave, in the units of the inputs.
    #[serde(default)]
    pub given: BTreeMap<String, DriverValue>,
}

/// The cost built up from an assembly, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BottomUp {
    pub assembly: String,
    pub name: String,
    pub version: u32,
    /// What it was told beyond the specification.
    pub given: BTreeMap<String, DriverValue>,
    /// `None` where something is missing: then `problems` says what.
    pub built: Option<BuildUp>,
    pub problems: Vec<AssemblyProblem>,
    /// Beside what finished jobs say; `None` where they say nothing.
    pub beside: Option<TwoEstimates>,
    /// Lines that similar jobs have and this one lacks.
    pub forgotten: Vec<ForgottenLine>,
    /// Similar jobs whose lines are known; fewer than three say nothing of what is forgotten.
    #[serde(default)]
    pub compared_jobs: u32,
    /// What finished jobs cost against what this assembly says of them.
    pub proof: Option<AssemblyProof>,
}

/// Finished jobs against what an assembly says of them at today's prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AssemblyProof {
    /// Finished jobs of the last 24 months that say enough to be built up.
    pub jobs: u32,
    /// Those that do not, such as where no size is known.
    pub left_out: u32,
    /// Actual over built-up cost of the middle job.
    pub median: f64,
    /// The same of one job in ten and nine in ten.
    pub low: f64,
    pub high: f64,
    /// Of this job, where there are ten or more: what the spread of those jobs makes of the built-up cost.
    pub ranges: Vec<Range>,
}

/// Whose cost a person goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CostSource {
    /// What finished jobs say.
    Learned,
    BuiltUp,
    /// The estimator's own figure.
    Own,
}

/// The cost that a person decided on, kept with the estimate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CostDecision {
    pub by: CostSource,
    pub cost: Money,
    pub why: String,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}
