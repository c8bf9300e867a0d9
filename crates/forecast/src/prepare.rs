//! Raw series in, regular values out: every period from the first to the last has one finite value.
//!
//! What can be repaired without inventing a fact (order, exact doubles, gaps by interpolation) is repaired and said in the
//! notes; what cannot is an error.

use signwright_domain::series::{Frequency, Point, Series};

use crate::ForecastError;
use crate::calendar::Calendar;

/// Larger values are a defect of the source, and their squares would leave the range of f64's exactness.
const LARGEST: f64 = 1e15;

/// A series without gaps.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) values: Vec<f64>,
    /// Which of them were filled in, ascending.
    pub(crate) filled: Vec<usize>,
    pub(crate) calendar: Calendar,
    pub(crate) frequency: Frequency,
    /// Points in one season, 1 without one.
    pub(crate) season: usize,
    /// Points in a year, where that is a second season and the history holds two of it.
    pub(crate) year: Option<usize>,
    pub(crate) notes: Vec<String>,
}

pub(crate) fn prepare(series: &Series, needed: usize) -> Result<Prepared, ForecastError> {
    let name = || series.name.clone();
    let mut notes = Vec::new();
    let points = in_order(series, &mut notes)?;
    let dates: Vec<_> = points.iter().map(|point| point.ds).collect();
    let calendar = Calendar::of(series.frequency, &dates).ok_or_else(|| ForecastError::Empty { series: name() })?;
    if points.len() < needed {
        return Err(ForecastError::TooShort { series: name(), points: points.len(), needed });
    }
    let slots = on_calendar(series, &points, calendar)?;
    let gaps: Vec<usize> = (0..slots.len()).filter(|at| slots[*at].is_none()).collect();
    let missing = gaps.len();
    if missing * 2 > slots.len() {
        return Err(ForecastError::TooManyGaps { series: name(), missing, periods: slots.len() });
    }
    if missing > 0 {
        notes.push(format!("{missing} missing of {} periods were filled by straight lines", slots.len()));
    }
    let season = calendar.season(series.frequency);
    let year = calendar.year().filter(|year| slots.len() >= 2 * year);
    Ok(Prepared { values: filled(&slots), filled: gaps, calendar, frequency: series.frequency, season, year, notes })
}

impl Prepared {
    /// The season and, where there is one, the year.
    pub(crate) fn seasons(&self) -> Vec<usize> {
        std::iter::once(self.season).chain(self.year).collect()
    }
}

/// Usable points in order; NaN counts as missing.
fn in_order(series: &Series, notes: &mut Vec<String>) -> Result<Vec<Point>, ForecastError> {
    if series.points.is_empty() {
        return Err(ForecastError::Empty { series: series.name.clone() });
    }
    if let Some(bad) = series.points.iter().find(|p| p.y.abs() > LARGEST) {
        return Err(ForecastError::NotFinite { series: series.name.clone(), date: bad.ds });
    }
    let mut points: Vec<Point> = series.points.iter().copied().filter(|p| !p.y.is_nan()).collect();
    if !points.is_sorted_by_key(|p| p.ds) {
        points.sort_by_key(|p| p.ds);
        notes.push("the dates were out of order and have been sorted".to_owned());
    }
    let before = points.len();
    if let Some(pair) = points.windows(2).find(|p| p[0].ds == p[1].ds && p[0].y != p[1].y) {
        return Err(ForecastError::DuplicateDate { series: series.name.clone(), date: pair[0].ds });
    }
    points.dedup_by_key(|p| p.ds);
    if points.len() < before {
        notes.push(format!("{} points stood twice with the same value and count once", before - points.len()));
    }
    Ok(points)
}

fn on_calendar(series: &Series, points: &[Point], calendar: Calendar) -> Result<Vec<Option<f64>>, ForecastError> {
    let mixed =
        |date| ForecastError::MixedFrequency { series: series.name.clone(), date, frequency: series.frequency.word() };
    let mut slots: Vec<Option<f64>> = Vec::new();
    for point in points {
        let position = calendar.position(point.ds).ok_or_else(|| mixed(point.ds))?;
        let position = usize::try_from(position).ok().filter(|p| *p >= slots.len()).ok_or_else(|| mixed(point.ds))?;
        if position > 3 * points.len() + 3 {
            let missing = position + 1 - points.len();
            return Err(ForecastError::TooManyGaps { series: series.name.clone(), missing, periods: position + 1 });
        }
        slots.resize(position, None);
        slots.push(Some(point.y));
    }
    Ok(slots)
}

/// The first and the last slot are never empty, because the calendar starts at the first point.
fn filled(slots: &[Option<f64>]) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::with_capacity(slots.len());
    for (i, slot) in slots.iter().enumerate() {
        let value = slot.unwrap_or_else(|| {
            let before = values.last().copied().unwrap_or_default();
            let ahead = slots[i..].iter().enumerate().find_map(|(steps, s)| s.map(|y| (steps, y)));
            ahead.map_or(before, |(steps, y)| before + (y - before) / (steps + 1) as f64)
        });
        values.push(value);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    fn monthly(points: &[(Date, f64)]) -> Series {
        let points = points.iter().map(|&(ds, y)| Point { ds, y }).collect();
        Series { name: "s".into(), label: "s".into(), unit: String::new(), frequency: Frequency::Monthly, points }
    }

    #[test]
    fn what_can_be_repaired_is_repaired_and_said() {
        let check = |points: &[(Date, f64)], values: &[f64], note: &str| {
            let prepared = prepare(&monthly(points), 2).expect("usable");
            assert_eq!(prepared.values, values);
            assert!(prepared.notes.iter().any(|n| n.contains(note)), "{:?}", prepared.notes);
        };
        let [jan, feb, mar, apr] = [1, 2, 3, 4].map(|month| date(2024, month, 1));
        check(&[(jan, 1.0), (apr, 4.0), (feb, 2.0)], &[1.0, 2.0, 3.0, 4.0], "out of order");
        check(&[(jan, 1.0), (feb, f64::NAN), (mar, 3.0)], &[1.0, 2.0, 3.0], "1 missing of 3");
        check(&[(jan, 1.0), (jan, 1.0), (feb, 2.0)], &[1.0, 2.0], "twice");
    }

    #[test]
    fn what_cannot_be_repaired_is_refused_by_name() {
        let check = |points: &[(Date, f64)], text: &str| {
            let error = prepare(&monthly(points), 2).expect_err("refused").to_string();
            assert!(error.contains(text), "{error}");
        };
        let [jan, feb] = [1, 2].map(|month| date(2024, month, 1));
        check(&[], "no points");
        check(&[(jan, 1.0)], "1 usable points, 2 are needed");
        check(&[(jan, f64::NAN), (feb, f64::NAN)], "no points");
        check(&[(jan, 1.0), (feb, f64::INFINITY)], "2024-02-01");
        check(&[(jan, 1.0), (jan, 2.0), (feb, 2.0)], "two different values for 2024-01-01");
        check(&[(jan, 1.0), (date(2024, 1, 15), 2.0), (feb, 2.0)], "mixes frequencies: 2024-01-15");
        check(&[(jan, 1.0), (date(9000, 1, 1), 2.0)], "gaps");
    }
}
