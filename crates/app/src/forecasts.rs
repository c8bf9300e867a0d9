//! The shop's own series and the imported material prices, with forecasts.

use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::anomaly::SeriesAnomaly;
use signwright_domain::series::{Forecast, Frequency, Point, Series};
use signwright_forecast::anomalies::in_series;
use signwright_forecast::forecast;
use signwright_store::{Db, prices, rollup, settings};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::{Action, CallError};

/// A series as listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SeriesInfo {
    pub name: String,
    pub label: String,
    pub unit: String,
    pub frequency: Frequency,
    pub points: u32,
    pub last: Option<f64>,
}

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

pub fn list_series(action: &Action, _: Nothing) -> Result<Vec<SeriesInfo>, CallError> {
    Ok(all(action)?.into_iter().map(info).collect())
}

fn info(series: Series) -> SeriesInfo {
    SeriesInfo {
        points: u32::try_from(series.points.len()).unwrap_or(u32::MAX),
        last: series.points.last().map(|point| point.y),
        name: series.name,
        label: series.label,
        unit: series.unit,
        frequency: series.frequency,
    }
}

pub fn forecast_series(action: &Action, input: ForecastSeries) -> Result<SeriesForecast, CallError> {
    let series = find(action, &input.name)?;
    let horizon = input.horizon.unwrap_or(12).clamp(1, 120) as usize;
    let forecast = forecast(&Task::silent(), &series, horizon)?;
    let anomalies = in_series(&series).unwrap_or_default();
    Ok(SeriesForecast { series, forecast, anomalies })
}

fn find(action: &Action, name: &str) -> Result<Series, CallError> {
    let all = all(action)?;
    let names: Vec<_> = all.iter().map(|series| series.name.clone()).collect();
    all.into_iter().find(|series| series.name == name).ok_or_else(|| {
        let error = CallError::not_found(format!("series named \"{name}\""));
        if names.is_empty() {
            error.hint("Import finished jobs or material prices first.")
        } else {
            error.hint(format!("There are: {}.", names.join(", ")))
        }
    })
}

/// Every series of the shop that has points, the shop's own first.
pub(crate) fn all(action: &Action) -> Result<Vec<Series>, CallError> {
    let db = action.shop().read();
    let currency = settings::shop(&db)?.currency;
    let mut all = own(&db, action, currency.symbol())?;
    for material in prices::series(&db)? {
        let points = prices::points(&db, &material.series)?.into_iter();
        let points = points.filter_map(|point| Some((point.date, point.price.to_f64()?))).collect();
        let label = material.series.clone();
        // A price list says `$/sq ft` or just `sq ft`.
        let unit = if material.unit.contains('/') {
            material.unit.clone()
        } else {
            format!("{}/{}", currency.symbol(), material.unit)
        };
        all.push(monthly(&format!("material:{}", material.series), &label, &unit, points));
    }
    all.retain(|series| !series.points.is_empty());
    Ok(all)
}

/// Months that have ended; the running one would look like a collapse.
fn own(db: &Db<'_>, action: &Action, symbol: &str) -> Result<Vec<Series>, CallError> {
    let this_month = action.today().first_of_month();
    let mut all = Vec::new();
    for (name, label, unit, points) in [
        ("booked_revenue", "Revenue of finished jobs", symbol.to_owned(), rollup::booked_revenue(db)?),
        (
            "cost_per_square_foot",
            "Cost per square foot",
            format!("{symbol}/sq ft"),
            rollup::cost_per_square_foot(db, None)?,
        ),
        ("finished_jobs", "Finished jobs", "jobs".to_owned(), rollup::completed_jobs(db)?),
        ("labour_hours", "Hours worked", "hours".to_owned(), rollup::hours(db)?),
        ("labour_rate", "Labour cost per hour", format!("{symbol}/hour"), rollup::labour_rate(db)?),
        ("quotes", "Quotes made", "quotes".to_owned(), rollup::quotes(db)?),
        ("win_rate", "Quotes won", "%".to_owned(), per_cent(rollup::win_rate(db)?)),
    ] {
        let ended = points.into_iter().filter(|(month, _)| *month < this_month).collect();
        all.push(monthly(name, label, &unit, ended));
    }
    Ok(all)
}

/// The store gives shares; people read per cent.
pub(crate) fn per_cent(points: rollup::Points) -> rollup::Points {
    points.into_iter().map(|(month, share)| (month, share * 100.0)).collect()
}

fn monthly(name: &str, label: &str, unit: &str, points: Vec<(jiff::civil::Date, f64)>) -> Series {
    Series {
        name: name.to_owned(),
        label: label.to_owned(),
        unit: unit.to_owned(),
        frequency: Frequency::Monthly,
        points: points.into_iter().map(|(ds, y)| Point { ds, y }).collect(),
    }
}
