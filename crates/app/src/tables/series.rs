//! Series from files in the long format: `unique_id, ds, y`.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use signwright_domain::series::{Frequency, Point, Series};
use signwright_lake::{Columns, Frame, read_table};

use super::{column, numbers};
use crate::CallError;

/// Every series of a file by name, points in the order of their dates, with the frequency its dates show. Points
/// without a value are left out, which makes them gaps.
pub(super) fn read(path: &Path) -> Result<Vec<Series>, CallError> {
    let frame = read_table(path)?;
    let ids = ids(&frame)?;
    let dates = dates(&frame)?;
    let values = numbers(&frame, "y")?;
    let mut points: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    for ((id, ds), y) in ids.into_iter().zip(dates).zip(values) {
        let series = points.entry(id).or_default();
        if y.is_finite() {
            series.push(Point { ds, y });
        }
    }
    Ok(points.into_iter().map(|(name, points)| series(name, points)).collect())
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

fn dates(frame: &Frame) -> Result<Vec<Date>, CallError> {
    let wrong = |row: usize, text: &str| {
        CallError::invalid(format!("\"{text}\" in column \"ds\", row {}, is not a date", row + 2))
            .hint("Dates are written as 2026-01-31.")
    };
    match column(frame, "ds")? {
        Columns::Date(values) => {
            values.iter().enumerate().map(|(row, value)| value.ok_or_else(|| wrong(row, ""))).collect()
        }
        Columns::Text(values) => {
            let parse = |(row, value): (usize, &Option<String>)| {
                let text = value.as_deref().unwrap_or_default();
                text.get(..10).unwrap_or(text).parse().map_err(|_| wrong(row, text))
            };
            values.iter().enumerate().map(parse).collect()
        }
        Columns::Integer(_) | Columns::Number(_) | Columns::Flag(_) => {
            Err(CallError::invalid("column \"ds\" holds no dates").hint("Dates are written as 2026-01-31."))
        }
    }
}
