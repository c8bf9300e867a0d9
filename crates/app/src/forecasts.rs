//! Where a series may go, and what does not fit in it.

mod leads;
mod passing;

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::anomaly::SeriesAnomaly;
use signwright_domain::series::{Forecast, Series};
use signwright_forecast::anomalies::in_series;
use signwright_forecast::forecast_with;
use ts_rs::TS;

use crate::anomalies::undismissed;
use crate::series::find;
use crate::{Action, CallError};

pub use leads::{Lead, Leads, series_leads};
pub use passing::{PassAnswer, PassQuery, series_passes};

/// What to forecast, how many periods ahead.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ForecastSeries {
    pub name: String,
    /// Periods; 12 when not given, at most 120.
    #[serde(default)]
    pub horizon: Option<u32>,
    /// Other series that may run ahead of it; used where forecasts from past dates were closer with them.
    #[serde(default)]
    pub with: Vec<String>,
}

/// A series, where it may go, and what does not fit in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SeriesForecast {
    pub series: Series,
    pub forecast: Forecast,
    pub anomalies: Vec<SeriesAnomaly>,
}

pub fn forecast_series(action: &Action, input: ForecastSeries) -> Result<SeriesForecast, CallError> {
    let series = find(action, &input.name)?;
    let horizon = input.horizon.unwrap_or(12).clamp(1, 120) as usize;
    let with = input.with.iter().map(|name| find(action, name)).collect::<Result<Vec<_>, _>>()?;
    let forecast = forecast_with(&Task::silent(), &series, &with, horizon)?;
    // A series that is too short to be examined has no anomalies to show.
    let anomalies = undismissed(action, in_series(&series).unwrap_or_default())?;
    Ok(SeriesForecast { series, forecast, anomalies })
}
