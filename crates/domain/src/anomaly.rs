//! What does not fit.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of misfit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnomalyKind {
    /// In a series.
    Point,
    Contextual,
    Collective,
    Level,
    Trend,
    /// Among records.
    DecimalSlip,
    SwappedColumns,
    WrongUnit,
    MissingDepartment,
    Duplicate,
    Unusual,
    /// Below zero, beyond any sign, in the future, or a total that is not the sum of its parts.
    Impossible,
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnomalySeverity {
    Low,
    Medium,
    High,
}

/// What does not fit in one series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SeriesAnomaly {
    pub series: String,
    #[ts(type = "string")]
    pub start: Date,
    #[ts(type = "string")]
    pub end: Date,
    pub kind: AnomalyKind,
    pub score: f64,
    pub severity: AnomalySeverity,
    pub expected: f64,
    pub detectors: Vec<String>,
    pub explanation: String,
}

/// What does not fit in one row of a table or one job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RowAnomaly {
    /// From 0, in the order given.
    pub row: u32,
    pub kind: AnomalyKind,
    /// 0 to 1, higher is stranger.
    pub score: f64,
    pub severity: AnomalySeverity,
    /// The field that is off the most.
    pub field: String,
    /// The likely right value, as text with its unit.
    pub expected: String,
    pub detectors: Vec<String>,
    pub explanation: String,
}
