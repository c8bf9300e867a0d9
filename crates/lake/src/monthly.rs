//! Roll-ups of many rows to one value a month.

use jiff::civil::Date;
use polars::prelude::{IntoLazy, SortMultipleOptions, col};

use crate::LakeError;
use crate::columns::{Column, Columns, Frame, from_polars, to_polars};

/// How the rows of a month become one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    Sum,
    Mean,
    Median,
    Count,
}

/// One value for every month that has rows, oldest first, dated on the month's first day. `rows` are dates and values.
pub fn monthly(rows: &[(Date, f64)], how: Aggregate) -> Result<Vec<(Date, f64)>, LakeError> {
    let months = rows.iter().map(|(date, _)| Some(date.first_of_month())).collect();
    let values = rows.iter().map(|(_, value)| Some(*value)).collect();
    let frame =
        Frame::new(vec![Column::new("month", Columns::Date(months)), Column::new("value", Columns::Number(values))])?;
    let value = match how {
        Aggregate::Sum => col("value").sum(),
        Aggregate::Mean => col("value").mean(),
        Aggregate::Median => col("value").median(),
        Aggregate::Count => col("value").count(),
    };
    let grouped = to_polars(&frame)?
        .lazy()
        .group_by([col("month")])
        .agg([value.cast(polars::prelude::DataType::Float64)])
        .sort(["month"], SortMultipleOptions::default())
        .collect()
        .map_err(|error| LakeError::Aggregation(error.to_string()))?;
    pairs(&from_polars(&grouped)?)
}

fn pairs(frame: &Frame) -> Result<Vec<(Date, f64)>, LakeError> {
    match (frame.column("month"), frame.column("value")) {
        (Some(Columns::Date(months)), Some(Columns::Number(values))) => {
            Ok(months.iter().zip(values).filter_map(|(month, value)| Some(((*month)?, (*value)?))).collect())
        }
        _ => Err(LakeError::Missing("value".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(how: Aggregate, expected: &[(Date, f64)]) {
        let day = Date::constant;
        let rows = [(day(2025, 2, 9), 5.0), (day(2025, 1, 31), 1.0), (day(2025, 1, 1), 2.0), (day(2025, 1, 7), 6.0)];
        assert_eq!(monthly(&rows, how).expect("roll-up"), expected, "{how:?}");
    }

    #[test]
    fn rows_of_a_month_become_one_value() {
        let (january, february) = (Date::constant(2025, 1, 1), Date::constant(2025, 2, 1));
        check(Aggregate::Sum, &[(january, 9.0), (february, 5.0)]);
        check(Aggregate::Mean, &[(january, 3.0), (february, 5.0)]);
        check(Aggregate::Median, &[(january, 2.0), (february, 5.0)]);
        check(Aggregate::Count, &[(january, 3.0), (february, 1.0)]);
    }

    #[test]
    fn no_rows_make_no_months() {
        assert_eq!(monthly(&[], Aggregate::Sum).expect("roll-up"), []);
    }
}
