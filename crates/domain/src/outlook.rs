//! What may become of prices, wages, demand and people.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that is assumed to be otherwise than forecast, from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Assumption {
    /// An imported price (`material:...`) is so many per cent above (or below) its forecast.
    Price {
        series: String,
        percent: f64,
        #[ts(type = "string")]
        from: Date,
    },
    /// The same of what an hour of labour costs.
    Wage {
        percent: f64,
        #[ts(type = "string")]
        from: Date,
    },
    /// The same of hours that are sold.
    Demand {
        percent: f64,
        #[ts(type = "string")]
        from: Date,
    },
    /// So many more people (fewer: below 0), each with so many hours a month.
    People {
        more: f64,
        hours: f64,
        #[ts(type = "string")]
        from: Date,
    },
}

/// Assumptions under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SavedOutlook {
    /// 0 until stored.
    #[ts(type = "number")]
    pub id: i64,
    pub name: String,
    pub assumptions: Vec<Assumption>,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}
