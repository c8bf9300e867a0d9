//! Series from files in the long format: `unique_id, ds, y`.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use signwright_domain::series::{Frequency, Point, Series};
use signwright_lake::{Columns, Frame};

use super::{column, dates, numbers, open};
use crate::CallError;

/// Every series of a file by name, points in the order of their dates, with the frequency its dates show. Points
/// without a value are left out, which makes them gaps. Notes say what was done.
pub(super) fn read(path: &Path) -> Result<(Vec<Series>, Vec<String>), CallError> {
    let (frame, mut notes) = open(path)?;
    let ids = ids(&frame)?;
    let days = days(&frame)?;
    let values = numbers(&frame, "y")?;
    let without = values.iter().filter(|y| !y.is_finite()).count();
    if without > 0 {
        notes.push(format!("{without} of {} rows have no value in \"y\" and count as gaps", values.len()));
    }
    let mut points: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    for ((id, ds), y) in ids.into_iter().zip(days).zip(values) {
        let series = points.entry(id).or_default();
        if y.is_finite() {
            series.push(Point { ds, y });
        }
    }
    Ok((points.into_iter().map(|(name, points)| series(name, points)).collect(), notes))
}

fn series(name: String, mut points: Vec<Point>) -> Series {
    points.sort_by_key(|point| point.ds);
    let dates: Vec<Date> = points.iter().map(|point| point.ds).collect();
    // What has too few points to show its frequency is taken as monthly; the forecast says that it is too short.
    let frequency = signwright_forecast::frequency_of(&dates).unwrap_or(Frequency::Monthly);
    Series { label: name.clone(), name, unit: String::new(), frequency, points }
}

fn ids(frame: &Frame) -> Result<Vec<String>, CallError> {
    Ok(match column(frame, "unique_id")? {
        Columns::Text(values) => values.iter().map(|value| value.clone().unwrap_or_default()).collect(),
        Columns::Integer(values) => values.iter().map(|value| value.map_or(String::new(), |v| v.to_string())).collect(),
        Columns::Number(_) | Columns::Date(_) | Columns::Flag(_) => {
            return Err(CallError::invalid("column \"unique_id\" holds neither names nor whole numbers"));
        }
    })
}

fn days(frame: &Frame) -> Result<Vec<Date>, CallError> {
    match column(frame, "ds")? {
        Columns::Date(values) => {
            let missing = |row: usize| CallError::invalid(format!("row {} has no date in column \"ds\"", row + 2));
            values.iter().enumerate().map(|(row, value)| value.ok_or_else(|| missing(row))).collect()
        }
        Columns::Text(values) => Err(dates::refused("ds", values)),
        Columns::Integer(_) | Columns::Number(_) | Columns::Flag(_) => {
            Err(CallError::invalid("column \"ds\" holds no dates").hint("Dates are written as 2026-01-31."))
        }
    }
}
