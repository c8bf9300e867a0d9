//! The starter model: what a shop without a model of its own is told, and how far that can be from the shop.
//!
//! It was learned from generated jobs, so its card says two things apart: what was measured on such jobs, and what was
//! assumed about shops. Neither says how often its ranges hold in a given shop.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Currency;
use crate::card::Card;

/// What the starter model is, ships beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StarterCard {
    pub title: String,
    /// What it was made of, in sentences.
    pub made_of: Vec<String>,
    /// What was assumed where nothing could be measured, in sentences.
    pub assumed: Vec<String>,
    /// What it must not be used for, in sentences.
    pub not_for: Vec<String>,
    pub currency: Currency,
    /// The day whose prices and wages it speaks of.
    #[ts(type = "string")]
    pub price_level: Date,
    /// The sign types it was made for.
    pub types: Vec<String>,
    /// How far shops lie apart in prices and rates, in everything they make alike: standard deviation of the logarithm of
    /// what a job costs. Assumed.
    pub rate_spread: f64,
    /// How far they lie apart in the hours of one kind of work, beyond that, the same way. Assumed.
    pub hours_spread: f64,
    /// How far one generated job lies from what is said of it, the same way. Measured on generated jobs.
    pub job_spread: f64,
    /// Jobs whose cost, or hours and material, were published, beside what it says of them.
    pub published: Vec<PublishedJob>,
    /// SHA-256 of the model's file.
    pub sha256: String,
    /// What was measured on generated jobs that it had not seen.
    pub measured: Card,
}

impl StarterCard {
    /// How far a shop of which nothing is known can lie away.
    pub fn shop_spread(&self) -> f64 {
        self.rate_spread.hypot(self.hours_spread)
    }
}

/// A job out of the trade's press beside the starter's answer, in dollars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PublishedJob {
    pub job: String,
    /// Whether the recipe of the generated jobs was fitted to it; else it is an independent one.
    pub fitted: bool,
    pub cost: f64,
    pub starter: f64,
    /// The 80 % range, shops included.
    pub low: f64,
    pub high: f64,
}

impl PublishedJob {
    pub fn is_inside(&self) -> bool {
        (self.low..=self.high).contains(&self.cost)
    }
}

/// What the shop's own finished jobs say of the starter model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StarterCorrection {
    /// Finished jobs that it could be asked about.
    pub jobs: u32,
    /// Median of actual over starter.
    pub measured: f64,
    /// What its answers are multiplied by: the median, drawn towards 1 where the jobs are few, scatter, or are of few types.
    pub factor: f64,
    /// How far the jobs lie from their own median: standard deviation of the logarithm.
    pub scatter: f64,
    /// What is still not known about the shop's cost of another type, the same way.
    pub unknown: f64,
}
