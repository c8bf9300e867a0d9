//! How a driver of the jobs of now differs from that of the jobs a model has learned from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A driver before and now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DriverChange {
    pub driver: String,
    /// Population stability index, and what chance alone exceeds once in a thousand times.
    pub psi: f64,
    pub chance: f64,
    /// Kolmogorov and Smirnov's largest distance with its probability by chance (asymptotic), of numbers.
    pub ks: Option<f64>,
    pub p: Option<f64>,
    pub changed: bool,
    /// What has changed, in words.
    pub words: String,
}
