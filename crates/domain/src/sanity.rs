//! Rules that catch what an estimator would call a slip, before a model sees it.
//!
//! Three layers: [`check_record`] and [`check_job`] are arithmetic and always hold; [`Rules`] are read from a file that a
//! shop changes, for estimates and for imported jobs; [`peers`] compares a job with others of its type. An absent driver
//! is never an error: an enquiry starts with little.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod figures;
mod names;
pub mod peers;
mod ranges;
mod rules;
mod subject;

pub use figures::{check_job, check_record};
pub use rules::{Peers, Rules, RulesError, STANDARD};
pub use subject::CostLine;

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
    /// The rule that found it, by which a shop changes or silences it.
    pub rule: String,
    pub severity: Severity,
    pub driver: String,
    pub message: String,
}

impl Warning {
    fn new(rule: &str, severity: Severity, driver: &str, message: impl Into<String>) -> Self {
        Self { rule: rule.to_owned(), severity, driver: driver.to_owned(), message: message.into() }
    }
}
