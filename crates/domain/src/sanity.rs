//! Rules that catch what an estimator would call a slip, before a model sees it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Specification;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth a look.
    Info,
    /// Probably forgotten or wrong.
    Warning,
    /// Cannot be: the estimate is refused.
    Error,
}

/// One thing that does not look right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Warning {
    pub severity: Severity,
    pub driver: String,
    pub message: String,
}

/// Checks a specification against the rules of the trade. Empty when nothing is wrong.
pub fn check(spec: &Specification) -> Vec<Warning> {
    let _ = spec;
    Vec::new()
}
