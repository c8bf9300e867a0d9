//! Whether a condition holds, now or as of an earlier day.
//!
//! As of an earlier day, only what was known then is looked at: series end before that day, and are forecast and searched for
//! anomalies anew. Figures of models, jobs to be judged and quotes have no past that was kept; they hold now or not.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use signwright_domain::Task;
use signwright_domain::alert::{Condition, ModelFigure, Side};
use signwright_domain::anomaly::AnomalySeverity;
use signwright_domain::quote::QuoteStatus;
use signwright_domain::series::{Frequency, PeriodChance, Point, Series};
use signwright_forecast::anomalies::in_series;
use signwright_forecast::{beyond as beyond_in, forecast};
use signwright_lake::next_begin;
use signwright_store::quotes::{QuoteQuery, list as list_quotes};

use super::words;
use crate::commands::Nothing;
use crate::models::watch::show_watching;
use crate::{Action, CallError, anomalies, series};

/// Of how many periods an anomaly may be to be news.
const NEWS: usize = 3;

/// The series that conditions look at, found once, by the names that they are asked by.
pub(super) struct Seen {
    series: BTreeMap<String, Series>,
}

impl Seen {
    pub(super) fn of(action: &Action, conditions: &[Condition]) -> Result<Self, CallError> {
        let mut seen: BTreeMap<String, Series> = BTreeMap::new();
        for condition in conditions {
            match condition {
                Condition::Series { name, .. }
                | Condition::Change { name, .. }
                | Condition::Forecast { name, .. }
                | Condition::SeriesAnomaly { name: Some(name), .. } => {
                    seen.insert(name.clone(), series::find(action, name)?);
                }
                Condition::SeriesAnomaly { name: None, .. } => {
                    seen.extend(series::all(action)?.into_iter().map(|series| (series.name.clone(), series)));
                }
                Condition::JobAnomalies { .. }
                | Condition::Model { .. }
                | Condition::Overruns { .. }
                | Condition::Unanswered { .. } => {}
            }
        }
        Ok(Self { series: seen })
    }

    /// Of a series that a condition names.
    pub(super) fn frequency(&self, name: &str) -> Option<Frequency> {
        self.series.get(name).map(|series| series.frequency)
    }

    /// Without the periods that had not ended before this day; an imported price is known on its own day.
    fn until(&self, name: &str, day: Date) -> Option<Series> {
        self.series.get(name).map(|series| known_before(series, day))
    }
}

fn known_before(of: &Series, day: Date) -> Series {
    // How long a period is does not depend on where the year begins.
    let every = series::every(of.frequency, 1);
    let known = |point: &&Point| match next_begin(point.ds, every) {
        _ if series::is_imported(&of.name) => point.ds < day,
        end => end.is_some_and(|end| end <= day),
    };
    Series { points: of.points.iter().filter(known).copied().collect(), ..of.clone() }
}

/// Whether a condition can be asked as of an earlier day.
pub(super) fn has_past(condition: &Condition) -> bool {
    match condition {
        Condition::Series { .. }
        | Condition::Change { .. }
        | Condition::SeriesAnomaly { .. }
        | Condition::Forecast { .. }
        | Condition::Overruns { .. } => true,
        Condition::JobAnomalies { .. } | Condition::Model { .. } | Condition::Unanswered { .. } => false,
    }
}

/// What is to be said of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// In a sentence.
    Holds(String),
    DoesNot,
    /// It is still being looked for, or nobody has looked yet: neither fires nor ends anything.
    Unknown,
}

impl Answer {
    /// What holds, where anything is known to.
    pub(super) fn said(self) -> Option<String> {
        match self {
            Self::Holds(said) => Some(said),
            Self::DoesNot | Self::Unknown => None,
        }
    }
}

impl From<Option<String>> for Answer {
    fn from(said: Option<String>) -> Self {
        said.map_or(Self::DoesNot, Self::Holds)
    }
}

pub(super) fn holds(action: &Action, seen: &Seen, condition: &Condition, day: Date) -> Result<Answer, CallError> {
    let said = match condition {
        Condition::Series { name, side, threshold, periods } => {
            seen.until(name, day).and_then(|series| beyond(&series, *side, *threshold, usize::from(*periods)))
        }
        Condition::Change { name, side, percent, periods } => {
            seen.until(name, day).and_then(|series| change(&series, *side, *percent, usize::from(*periods)))
        }
        Condition::SeriesAnomaly { name, severity } => strange(action, seen, name.as_deref(), *severity, day)?,
        Condition::Forecast { name, side, threshold, within, probability } => seen
            .until(name, day)
            .and_then(|series| will_pass(&series, *side, *threshold, usize::from(*within), *probability)),
        Condition::JobAnomalies { severity, at_least } => return unjudged(action, *severity, *at_least),
        Condition::Model { figure, side, threshold } => return of_model(action, *figure, *side, *threshold),
        Condition::Overruns { percent, days, at_least } => overruns(action, *percent, *days, *at_least, day)?,
        Condition::Unanswered { days, at_least } => unanswered(action, *days, *at_least, day)?,
    };
    Ok(said.into())
}

fn is_beyond(value: f64, side: Side, threshold: f64) -> bool {
    match side {
        Side::Above => value > threshold,
        Side::Below => value < threshold,
    }
}

fn beyond(series: &Series, side: Side, threshold: f64, periods: usize) -> Option<String> {
    let periods = periods.max(1);
    let last = series.points.get(series.points.len().checked_sub(periods)?..)?;
    let all = last.iter().all(|point| is_beyond(point.y, side, threshold));
    all.then(|| words::beyond(series, last, side, threshold))
}

fn change(series: &Series, side: Side, percent: f64, periods: usize) -> Option<String> {
    let last = series.points.last()?;
    let before = series.points.get(series.points.len().checked_sub(1 + periods.max(1))?)?;
    let moved = 100.0 * (last.y - before.y) / before.y.abs();
    let moved_so = match side {
        Side::Above => moved > percent,
        Side::Below => moved < -percent,
    };
    (moved.is_finite() && moved_so).then(|| words::change(series, before, last, moved))
}

fn strange(
    action: &Action,
    seen: &Seen,
    name: Option<&str>,
    severity: AnomalySeverity,
    day: Date,
) -> Result<Option<String>, CallError> {
    let mut said = Vec::new();
    for known in seen.series.iter().filter(|(known, _)| name.is_none_or(|name| name == *known)).map(|(_, known)| known)
    {
        let series = known_before(known, day);
        let Some(news) = series.points.get(series.points.len().saturating_sub(NEWS)) else { continue };
        let since = news.ds;
        // A series that is too short to be examined holds no anomaly.
        let found = anomalies::undismissed(action, in_series(&series).unwrap_or_default())?;
        let fresh = found.iter().filter(|found| found.end >= since && found.severity >= severity);
        said.extend(fresh.map(|found| words::strange(&series, found)));
    }
    Ok((!said.is_empty()).then(|| said.join(" ")))
}

fn will_pass(series: &Series, side: Side, threshold: f64, within: usize, least: f64) -> Option<String> {
    let within = within.max(1);
    // Too few points say nothing about what is to come.
    let said = forecast(&Task::silent(), series, within).ok()?;
    let sure = |chance: PeriodChance| match side {
        Side::Above => (chance.ds, chance.above),
        Side::Below => (chance.ds, 1.0 - chance.above),
    };
    let (day, chance) = beyond_in(&said, threshold).into_iter().map(sure).find(|(_, chance)| *chance >= least)?;
    Some(words::will_pass(series, day, chance, side, threshold))
}

fn unjudged(action: &Action, severity: AnomalySeverity, at_least: u32) -> Result<Answer, CallError> {
    // In a window it is looked for in the background.
    let Some(found) = anomalies::anomalies_so_far(action, Nothing {})?.found else { return Ok(Answer::Unknown) };
    let jobs: Vec<&str> = found
        .jobs
        .iter()
        .filter(|job| job.is_open() && job.anomaly.severity >= severity)
        .map(|job| job.number.as_str())
        .collect();
    let enough = !jobs.is_empty() && jobs.len() >= at_least as usize;
    Ok(enough.then(|| words::jobs("does not fit", "do not fit", &jobs)).into())
}

fn of_model(action: &Action, figure: ModelFigure, side: Side, threshold: f64) -> Result<Answer, CallError> {
    let Some(watch) = show_watching(action, Nothing {})?.watch else { return Ok(Answer::Unknown) };
    let value = match figure {
        ModelFigure::Error => watch.error,
        ModelFigure::ErrorOverCard => watch.ratio,
        ModelFigure::Held80 => watch.coverage.iter().find(|one| one.level == 80).map(|one| 100.0 * one.held),
        ModelFigure::DriversDrifted => Some(watch.drivers.iter().filter(|driver| driver.changed).count() as f64),
    };
    let Some(value) = value else { return Ok(Answer::Unknown) };
    Ok(is_beyond(value, side, threshold).then(|| words::of_model(figure, value, threshold)).into())
}

fn overruns(action: &Action, percent: f64, days: u16, at_least: u32, day: Date) -> Result<Option<String>, CallError> {
    let since = day.saturating_sub(i64::from(days).days());
    let experience = action.experience()?;
    let over = experience.history.iter().filter(|job| {
        let overrun = job.actual.total.zip(job.estimated_cost).filter(|(_, estimated)| estimated.minor > 0);
        let overrun = overrun.map(|(actual, estimated)| 100.0 * (actual.to_f64() / estimated.to_f64() - 1.0));
        job.completed_on.is_some_and(|done| (since..day).contains(&done)) && overrun.is_some_and(|over| over > percent)
    });
    let jobs: Vec<&str> = over.map(|job| job.number()).collect();
    let over = format!("cost more than {percent} % over the estimate in the last {days} days");
    Ok((!jobs.is_empty() && jobs.len() >= at_least as usize).then(|| words::jobs(&over, &over, &jobs)))
}

fn unanswered(action: &Action, days: u16, at_least: u32, day: Date) -> Result<Option<String>, CallError> {
    let query = QuoteQuery { status: Some(QuoteStatus::Sent), limit: 10_000, ..QuoteQuery::default() };
    let (_, sent) = list_quotes(&action.shop().read(), &query)?;
    let made = |at: jiff::Timestamp| at.to_zoned(TimeZone::system()).date();
    let old = sent.iter().filter(|quote| (day - made(quote.created_at)).get_days() >= i32::from(days));
    let numbers: Vec<&str> = old.map(|quote| quote.number.as_str()).collect();
    let has = format!("has had no answer for {days} days or more");
    let have = format!("have had no answer for {days} days or more");
    let enough = !numbers.is_empty() && numbers.len() >= at_least as usize;
    Ok(enough.then(|| words::listed("quote", "quotes", &has, &have, &numbers)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn series(values: &[f64]) -> Series {
        let point = |(at, y): (usize, &f64)| Point { ds: date(2025, 1, 1).saturating_add((at as i64).months()), y: *y };
        let points = values.iter().enumerate().map(point).collect();
        Series { name: "s".into(), label: "Margin".into(), unit: "%".into(), frequency: Frequency::Monthly, points }
    }

    #[test]
    fn a_threshold_holds_where_all_of_the_last_periods_are_beyond() {
        let low = series(&[40.0, 29.0, 28.0]);
        assert!(beyond(&low, Side::Below, 30.0, 2).is_some());
        assert_eq!(beyond(&low, Side::Below, 30.0, 3), None);
        assert_eq!(beyond(&low, Side::Below, 30.0, 4), None, "there are not so many");
        assert_eq!(beyond(&low, Side::Above, 28.0, 1), None);
    }

    #[test]
    fn a_change_is_seen_over_its_periods_in_its_direction() {
        let prices = series(&[100.0, 104.0, 111.0]);
        assert!(change(&prices, Side::Above, 10.0, 2).is_some_and(|words| words.contains("11.0 %")));
        assert_eq!(change(&prices, Side::Above, 10.0, 1), None);
        assert_eq!(change(&prices, Side::Below, 1.0, 2), None);
        assert_eq!(change(&series(&[0.0, 5.0]), Side::Above, 1.0, 1), None, "from nothing there is no per cent");
    }
}
