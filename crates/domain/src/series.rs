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
    pub const ALL: [Self; 5] = [Self::Daily, Self::Weekly, Self::Monthly, Self::Quarterly, Self::Yearly];

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

    /// "monthly", as it is written in names and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
        }
    }

    /// One period in a sentence: "in this month".
    pub fn period_word(self) -> &'static str {
        match self {
            Self::Daily => "day",
            Self::Weekly => "week",
            Self::Monthly => "month",
            Self::Quarterly => "quarter",
            Self::Yearly => "year",
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

/// Whether a method can serve a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MethodUse {
    pub method: String,
    /// What it needs of any series, in words.
    pub needs: String,
    pub serves: bool,
    /// What it found in this series: why it serves or why not, in words.
    pub why: String,
    /// What it says by itself along the horizon, in the unit of the series; empty where it does not serve.
    #[serde(default)]
    pub path: Vec<f64>,
}

/// One point of the history in parts, in the unit of the series: trend + season + remainder is its value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ComponentPoint {
    #[ts(type = "string")]
    pub ds: Date,
    pub trend: f64,
    pub season: f64,
    pub remainder: f64,
}

/// What would have been said at a past date about a later one, beside what came.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PastForecast {
    /// The last date that was known then.
    #[ts(type = "string")]
    pub origin: Date,
    /// The date that was forecast.
    #[ts(type = "string")]
    pub ds: Date,
    pub yhat: f64,
    pub lo_80: f64,
    pub hi_80: f64,
    pub actual: f64,
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
    /// Every method, those that serve first.
    #[serde(default)]
    pub methods: Vec<MethodUse>,
    /// The history in parts, oldest first; empty where it is too short for that.
    #[serde(default)]
    pub components: Vec<ComponentPoint>,
    /// How much of what is not trend is season (Wang, Smith and Hyndman 2006), 0 to 1; `None` without two whole seasons.
    #[serde(default)]
    pub season_strength: Option<f64>,
    /// The last few past origins, oldest first, each along its horizon.
    #[serde(default)]
    pub past: Vec<PastForecast>,
    /// Dates between the first and the last point that had no value and were filled.
    #[serde(default)]
    #[ts(type = "Array<string>")]
    pub repaired: Vec<Date>,
    /// By how much forecasts from each past origin missed along the horizon (actual less forecast), oldest first, in the
    /// unit of the series at its present level. What comes together in them comes together in the future.
    #[serde(default)]
    pub misses: Vec<Vec<f64>>,
}

/// How the changes of one series go together with those of another some periods later.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LagCorrelation {
    /// Periods by which the leading series is ahead.
    pub lag: u32,
    /// -1 to 1, between what in both changes cannot be foreseen from their own past.
    pub r: f64,
    /// Pairs of periods.
    pub n: u32,
}

/// Whether one series runs ahead of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LeadLag {
    pub leading: String,
    pub following: String,
    /// Lag 0 first.
    pub lags: Vec<LagCorrelation>,
    /// The one that stands out most.
    pub best: LagCorrelation,
    /// How often chance alone would have made some lag stand out as much, 0 to 1; all lags that were looked at are counted.
    pub chance: f64,
    /// At most one time in twenty.
    pub beyond_chance: bool,
    pub sentence: String,
}

/// How likely a period of a forecast lies above a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PeriodChance {
    #[ts(type = "string")]
    pub ds: Date,
    /// 0 to 1; the rest lies below.
    pub above: f64,
}

/// When a forecast series, or what it adds up to, reaches a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Passing {
    /// It already had before the first period of the forecast.
    pub already: bool,
    /// How likely it does within the horizon, 0 to 1.
    pub within: f64,
    /// The period by which it has in half of all cases; `None` beyond the horizon.
    #[ts(type = "string | null")]
    pub median: Option<Date>,
    /// The period by which it has in one case of ten, and in nine of ten.
    #[ts(type = "string | null")]
    pub early: Option<Date>,
    #[ts(type = "string | null")]
    pub late: Option<Date>,
}
