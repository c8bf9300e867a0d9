//! Rules that watch a shop's figures, what they have fired, and how that reaches people outside the window.

mod channels;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::anomaly::AnomalySeverity;

pub use channels::{AlertChannels, MailDraft, QuietHours};

/// On which side of a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Above,
    Below,
}

/// A figure of the model in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ModelFigure {
    /// Median error on jobs finished since it was trained, per cent.
    Error,
    /// That over the error on its card.
    ErrorOverCard,
    /// Per cent of these jobs inside the 80 % range.
    Held80,
    /// Drivers whose distribution has changed.
    DriversDrifted,
}

/// Something that can hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Condition {
    /// The last `periods` values of a series all lie beyond a threshold.
    Series {
        name: String,
        side: Side,
        threshold: f64,
        periods: u8,
    },
    /// A series rose (or fell) by more than so many per cent within so many periods.
    Change {
        name: String,
        side: Side,
        percent: f64,
        periods: u8,
    },
    /// The newest three periods of a series, or of any of the shop's, hold an anomaly at least so severe.
    SeriesAnomaly {
        name: Option<String>,
        severity: AnomalySeverity,
    },
    /// At least `at_least` finished jobs do not fit, are this severe, and nobody has judged them.
    JobAnomalies {
        severity: AnomalySeverity,
        at_least: u32,
    },
    /// Within so many periods a series will lie beyond a threshold with at least this probability, 0 to 1.
    Forecast {
        name: String,
        side: Side,
        threshold: f64,
        within: u8,
        probability: f64,
    },
    Model {
        figure: ModelFigure,
        side: Side,
        threshold: f64,
    },
    /// At least `at_least` jobs finished in the last `days` cost more than so many per cent over their estimate.
    Overruns {
        percent: f64,
        days: u16,
        at_least: u32,
    },
    /// At least `at_least` quotes were sent so many days ago or more and have no answer.
    Unanswered {
        days: u16,
        at_least: u32,
    },
}

/// A rule: fires when its conditions begin to hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AlertRule {
    /// 0 until stored.
    #[serde(default)]
    #[ts(type = "number")]
    pub id: i64,
    pub title: String,
    pub severity: AnomalySeverity,
    /// One condition suffices; else all must hold.
    #[serde(default)]
    pub any: bool,
    pub conditions: Vec<Condition>,
    pub enabled: bool,
    /// After so many days without anybody acknowledging it, it counts as high.
    #[serde(default)]
    pub escalate_after: Option<u16>,
}

/// A rule, and how asking it went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WatchedRule {
    #[serde(flatten)]
    pub rule: AlertRule,
    /// When it was asked last.
    #[ts(type = "string | null")]
    pub asked_at: Option<Timestamp>,
    /// Why it could not be asked then.
    pub trouble: Option<String>,
}

/// Where an alert stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    Open,
    Acknowledged,
    Resolved,
}

/// A rule has fired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Alert {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(type = "number")]
    pub rule_id: i64,
    pub title: String,
    pub severity: AnomalySeverity,
    pub state: AlertState,
    /// What holds, in sentences.
    pub message: String,
    #[ts(type = "string")]
    pub opened_at: Timestamp,
    /// When it was last looked at.
    #[ts(type = "string")]
    pub seen_at: Timestamp,
    /// Whether it held then.
    pub holds: bool,
    #[ts(type = "string | null")]
    pub snoozed_until: Option<Timestamp>,
    #[ts(type = "string | null")]
    pub escalated_at: Option<Timestamp>,
}

/// What happened to an alert, or what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlertEvent {
    #[ts(type = "string")]
    pub at: Timestamp,
    pub who: String,
    /// "fired", "acknowledged", "snoozed", "escalated", "resolved", "reopened", "holds no more".
    pub what: String,
    pub note: String,
}
