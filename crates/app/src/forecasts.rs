//! Where a series may go, and what does not fit in it.

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::anomaly::SeriesAnomaly;
use signwright_domain::series::{Forecast, Series};
use signwright_forecast::anomalies::in_series;
use signwright_forecast::forecast;
use ts_rs::TS;

use crate::anomalies::undismissed;
use crate::series::find;
use crate::{Action, CallError};

/// What to forecast, how many periods ahead.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ForecastSeries {
    pub name: String,
    /// Periods; 12 when not given, at most 120.
    #[serde(default)]
    pub horizon: Option<u32>,
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
    let forecast = forecast(&Task::silent(), &series, horizon)?;
    // A series that is too short to be examined has no anomalies to show.
    let anomalies = undismissed(action, in_series(&series).unwrap_or_default())?;
    Ok(SeriesForecast { series, forecast, anomalies })
}
