//! The shop's own series and the imported material prices, with forecasts.

use std::sync::PoisonError;

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::anomaly::SeriesAnomaly;
use signwright_domain::job::Job;
use signwright_domain::series::{Forecast, Frequency, Point, Series};
use signwright_forecast::anomalies::in_series;
use signwright_forecast::forecast;
use signwright_lake::{Aggregate, monthly as roll_up};
use signwright_store::{Db, prices, rollup, settings};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::estimates::Experience;
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

/// Months that have ended; the running one would look like a collapse. Jobs whose figures do not fit together are left
/// out: one slipped decimal point would be the whole month.
fn own(db: &Db<'_>, action: &Action, symbol: &str) -> Result<Vec<Series>, CallError> {
    let this_month = action.today().first_of_month();
    let experience = action.experience()?;
    let mut known = experience.series.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, series)) = known.as_ref().filter(|(until, _)| *until == this_month) {
        return Ok(series.clone());
    }
    let series = summed(db, &experience, this_month, symbol)?;
    *known = Some((this_month, series.clone()));
    Ok(series)
}

fn summed(db: &Db<'_>, experience: &Experience, this_month: Date, symbol: &str) -> Result<Vec<Series>, CallError> {
    let done = Done::of(&experience.history);
    let mut all = Vec::new();
    for (name, label, unit, points) in [
        (
            "booked_revenue",
            "Revenue of finished jobs",
            symbol.to_owned(),
            done.sums(|job| Some(job.sale_price?.to_f64()))?,
        ),
        ("cost_per_square_foot", "Cost per square foot", format!("{symbol}/sq ft"), done.medians(per_square_foot)?),
        ("finished_jobs", "Finished jobs", "jobs".to_owned(), done.sums(|_| Some(1.0))?),
        ("labour_hours", "Hours worked", "hours".to_owned(), done.sums(|job| job.actual_hours)?),
        ("labour_rate", "Labour cost per hour", format!("{symbol}/hour"), done.medians(per_hour)?),
        ("quotes", "Quotes made", "quotes".to_owned(), rollup::quotes(db)?),
        ("win_rate", "Quotes won", "%".to_owned(), per_cent(rollup::win_rate(db)?)),
    ] {
        let ended = points.into_iter().filter(|(month, _)| *month < this_month).collect();
        all.push(monthly(name, label, &unit, ended));
    }
    Ok(all)
}

/// Cost of one square foot of all faces of all pieces.
fn per_square_foot(job: &Job) -> Option<f64> {
    let spec = &job.specification;
    let area = spec.face_area()? * spec.number("faces").unwrap_or(1.0) * spec.number("quantity").unwrap_or(1.0);
    (area > 0.0).then(|| job.actual.total.map(|total| total.to_f64() / area))?
}

fn per_hour(job: &Job) -> Option<f64> {
    let hours = job.actual_hours.filter(|hours| *hours > 0.0)?;
    Some(job.actual.labour?.to_f64() / hours)
}

/// Finished jobs with their day, to be rolled up by month.
struct Done<'a> {
    jobs: Vec<(Date, &'a Job)>,
}

impl<'a> Done<'a> {
    fn of(jobs: &'a [Job]) -> Self {
        Self { jobs: jobs.iter().filter_map(|job| Some((job.completed_on?, job))).collect() }
    }

    /// A month without jobs between two with some has a sum of 0.
    fn sums(&self, value: impl Fn(&Job) -> Option<f64>) -> Result<Vec<(Date, f64)>, CallError> {
        let points = self.rolled(value, Aggregate::Sum)?;
        let mut filled: Vec<(Date, f64)> = Vec::new();
        for (month, sum) in points {
            while let Some((last, _)) = filled.last() {
                let next = last.saturating_add(jiff::Span::new().months(1));
                if next >= month {
                    break;
                }
                filled.push((next, 0.0));
            }
            filled.push((month, sum));
        }
        Ok(filled)
    }

    fn medians(&self, value: impl Fn(&Job) -> Option<f64>) -> Result<Vec<(Date, f64)>, CallError> {
        self.rolled(value, Aggregate::Median)
    }

    fn rolled(&self, value: impl Fn(&Job) -> Option<f64>, how: Aggregate) -> Result<Vec<(Date, f64)>, CallError> {
        let rows: Vec<(Date, f64)> = self.jobs.iter().filter_map(|(day, job)| Some((*day, value(job)?))).collect();
        Ok(roll_up(&rows, how)?)
    }
}

/// The store gives shares; people read per cent.
fn per_cent(points: rollup::Points) -> rollup::Points {
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
