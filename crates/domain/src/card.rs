//! The model card: what a model is, what it learned from, and how good it is, measured on the newest jobs.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a model stands in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Champion,
    Challenger,
    Retired,
}

/// How well one way of estimating did on the newest jobs, in the target's unit (dollars) and per cent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Score {
    /// "model", "median of type, 24 months", "your own estimates", "elastic net".
    pub method: String,
    /// How many of the test jobs it could estimate.
    pub n: u32,
    pub mae: f64,
    pub rmse: f64,
    /// Median of |error| / actual, per cent.
    pub median_error: f64,
    /// Mean of (predicted - actual) / actual, per cent; above 0 estimates too high.
    pub bias: f64,
}

/// How often a range held on the newest jobs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// Per cent asked for: 80, 90, 95.
    pub level: u8,
    /// Share of the test jobs whose actual cost fell inside, 0 to 1.
    pub held: f64,
    pub n: u32,
    /// Median width of the range relative to the prediction, 0 to 1.
    pub width: f64,
}

/// How often jobs cost no more than what so many per cent of them should cost at most, on the newest jobs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AtMostHeld {
    /// 70, 80 or 90: per cent asked for.
    pub percentile: u8,
    /// Share of the test jobs that cost no more, 0 to 1.
    pub held: f64,
    pub n: u32,
    /// Median of what it adds to the prediction, relative to that, 0 to 1.
    pub over: f64,
}

/// What a driver matters, as share of all contributions (absolute, mean over the test jobs).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Importance {
    pub driver: String,
    pub label: String,
    pub share: f64,
}

/// The scores of one group of test jobs, such as a sign type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct GroupScore {
    pub group: String,
    pub n: u32,
    pub median_error: f64,
    pub rule_median_error: Option<f64>,
    /// Share of the group's test jobs inside the 80 % range.
    pub held_80: f64,
    /// The same for the 90 % range; `None` in cards of older versions.
    #[serde(default)]
    pub held_90: Option<f64>,
}

/// A challenger and the model in use on the same newest jobs, none of which either had learned from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Trial {
    /// The model in use.
    #[ts(type = "number")]
    pub against: i64,
    /// How it was made sure that neither knew the jobs, in words.
    pub how: String,
    pub n: u32,
    /// Median of |error| / actual, per cent, of the challenger and of the model in use.
    pub median_error: f64,
    pub against_median_error: f64,
    /// Mean absolute error of both, in the target's unit.
    pub mae: f64,
    pub against_mae: f64,
    /// Share of the resamples of these jobs in which the challenger's errors are the smaller ones, 0 to 1.
    pub ahead: f64,
    /// Better beyond noise.
    pub clearly: bool,
}

/// What a model missed by on the test jobs when it had learned from so many.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LearningPoint {
    pub jobs: u32,
    /// Per cent.
    pub median_error: f64,
}

/// The verdict on a challenger, with its reason in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Verdict {
    pub promoted: bool,
    /// The model beats the simple rule clearly enough to be used for estimates.
    pub better_than_rule: bool,
    pub reason: String,
}

/// What is shown of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Card {
    /// What it predicts, such as `total_cost`.
    pub target: String,
    #[ts(type = "string")]
    pub created_at: Timestamp,
    pub learner: String,
    pub version: String,
    #[ts(type = "number")]
    pub seed: u64,
    #[ts(type = "string | null")]
    pub train_from: Option<Date>,
    #[ts(type = "string | null")]
    pub train_to: Option<Date>,
    #[ts(type = "string | null")]
    pub test_from: Option<Date>,
    #[ts(type = "string | null")]
    pub test_to: Option<Date>,
    pub n_train: u32,
    pub n_test: u32,
    /// The rows that the model has learned from in the end; more than the two together where some were finished during the test. 0
    /// in cards of older versions.
    #[serde(default)]
    pub n_all: u32,
    /// SHA-256 of the rows it was trained on.
    pub data_hash: String,
    /// The columns it was given to learn from.
    #[serde(default)]
    pub drivers: Vec<String>,
    /// Seconds the search was worth, as an amount of work; with rows and seed it makes the same model again. `None` in
    /// cards of older versions.
    #[serde(default)]
    pub budget: Option<f64>,
    /// Share of the rows it was tested on.
    #[serde(default)]
    pub test_share: Option<f64>,
    pub scores: Vec<Score>,
    pub coverage: Vec<Coverage>,
    /// The same for the amounts that jobs should cost at most; empty in cards of older versions.
    #[serde(default)]
    pub at_most: Vec<AtMostHeld>,
    pub by_type: Vec<GroupScore>,
    #[serde(default)]
    pub by_estimator: Vec<GroupScore>,
    /// Thirds of the test jobs by predicted cost, the smallest first.
    #[serde(default)]
    pub by_size: Vec<GroupScore>,
    pub importance: Vec<Importance>,
    /// The error with fewer jobs, and last with all; empty in a card of an older version.
    #[serde(default)]
    pub learning_curve: Vec<LearningPoint>,
    /// What it should not be used for, in sentences.
    pub limits: Vec<String>,
    /// How it did beside the model that was in use, where there was one to compare with.
    #[serde(default)]
    pub trial: Option<Trial>,
    pub verdict: Verdict,
}

impl Card {
    /// The rows that the model has learned from, after it was measured on the newest.
    pub fn learned_from(&self) -> u32 {
        self.n_all.max(self.n_train + self.n_test)
    }
}

/// A model in the registry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Model {
    #[ts(type = "number")]
    pub id: i64,
    pub standing: Standing,
    pub card: Card,
}
