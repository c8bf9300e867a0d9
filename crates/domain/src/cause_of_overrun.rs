//! Why jobs cost more than was estimated: what an overrun is made of, and what the jobs with overruns have in common.
//!
//! Amounts are minor units of the shop's currency. What is found in common goes together with the overruns; whether it is
//! their cause nobody can see in the figures.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Actual minus estimated cost, in parts that add up to it exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OverrunParts {
    /// More or fewer hours than estimated, at the estimated rate.
    #[ts(type = "number")]
    pub hours: i64,
    /// The hours worked at another rate.
    #[ts(type = "number")]
    pub rate: i64,
    /// More or less material than estimated, at the estimated price.
    #[ts(type = "number")]
    pub quantity: i64,
    /// The material used at another price.
    #[ts(type = "number")]
    pub price: i64,
    /// Quantity and price together, where the quantities are not known.
    #[ts(type = "number")]
    pub material: i64,
    /// What was never estimated.
    #[ts(type = "number")]
    pub omission: i64,
}

/// The overrun of one work code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeOverrun {
    pub code: String,
    pub parts: OverrunParts,
    #[ts(type = "number")]
    pub total: i64,
}

/// The overrun of a job or of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OverrunSplit {
    #[ts(type = "number")]
    pub total: i64,
    pub parts: OverrunParts,
    /// The largest overrun or saving first.
    pub codes: Vec<CodeOverrun>,
    pub sentence: String,
}

/// A name and a value, such as crew and B.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Attribute {
    pub name: String,
    pub value: String,
}

/// A value that is commoner among flagged jobs than chance explains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OverrunCluster {
    pub attribute: Attribute,
    /// The flagged jobs with the value: the evidence.
    pub jobs: Vec<String>,
    /// Jobs with the value, flagged or not.
    pub of: u32,
    /// Share of the other jobs that is flagged.
    pub elsewhere: f64,
    /// Chance of as many by chance alone, and the share of false findings among all with one as small (Benjamini and Hochberg).
    pub p: f64,
    pub q: f64,
    /// What the flagged jobs lost.
    #[ts(type = "number")]
    pub lost: i64,
    pub sentence: String,
}

/// Two or three attributes that together go with overruns, and not one of them alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OverrunSignature {
    pub attributes: Vec<Attribute>,
    pub jobs: Vec<String>,
    /// Typical overrun as a share of the estimate, drawn towards that of all jobs because the jobs are few.
    pub overrun: f64,
    /// The same of the other jobs.
    pub elsewhere: f64,
    pub p: f64,
    pub q: f64,
    /// Actual minus estimated cost of the jobs.
    #[ts(type = "number")]
    pub lost: i64,
    pub sentence: String,
}

/// What changed among the jobs when the level of a series changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeEvent {
    #[ts(type = "string")]
    pub date: Date,
    pub attribute: Attribute,
    /// Share of the jobs in the window before and after.
    pub before: f64,
    pub after: f64,
    /// The jobs with the value in the window after (or, where it went away, before).
    pub jobs: Vec<String>,
    /// Share of other dates at which any attribute changed as much.
    pub p: f64,
    pub sentence: String,
}
