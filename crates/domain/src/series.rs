//! A measure over time and where it may go.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far apart the points are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
}

impl Frequency {
    /// Points in one season.
    pub fn period(self) -> usize {
        match self {
            Self::Daily => 7,
            Self::Weekly => 52,
            Self::Monthly => 12,
            Self::Quarterly => 4,
            Self::Yearly => 1,
        }
    }
}

/// One observation, at the first day of its period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Point {
    #[ts(type = "string")]
    pub ds: Date,
    pub y: f64,
}

/// A measure over time, oldest first, dates ascending and without doubles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Series {
    /// `unique_id` of the long format; `material:aluminium sheet`, `booked_revenue`.
    pub name: String,
    pub label: String,
    /// "$", "$/sq ft", "hours", "index"; empty without one.
    pub unit: String,
    pub frequency: Frequency,
    pub points: Vec<Point>,
}

/// One future point with its ranges.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ForecastPoint {
    #[ts(type = "string")]
    pub ds: Date,
    pub yhat: f64,
    pub lo_80: f64,
    pub hi_80: f64,
    pub lo_95: f64,
    pub hi_95: f64,
}

/// How well a method would have done from past origins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BacktestScore {
    pub method: String,
    /// Share of the combination, 0 to 1; 0 for one that is only compared.
    pub weight: f64,
    /// Per cent; `None` where an actual is zero.
    pub mape: Option<f64>,
    /// Error relative to the seasonal naive's in sample (Hyndman and Koehler 2006); `None` where that is zero.
    pub mase: Option<f64>,
    /// Shares of actuals inside the ranges, `None` where the method makes none.
    pub held_80: Option<f64>,
    pub held_95: Option<f64>,
}

/// A forecast of one series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Forecast {
    pub name: String,
    pub method: String,
    pub points: Vec<ForecastPoint>,
    /// The chosen one first.
    pub backtest: Vec<BacktestScore>,
    /// Past origins that the backtest used.
    pub origins: u32,
    /// What was done about gaps, short history and the like, in sentences.
    pub notes: Vec<String>,
}
