//! From a specification to the columns a model learns from.
//!
//! Every known driver is a column, in the order of the form; a shop's own drivers follow; then come sizes and physics
//! that the trade reckons with (areas, outlines, wind moment, concrete), so that the trees need not find products of
//! columns by themselves; last the date and the price level. What is not known is missing, never zero, and
//! a flag that is not given is not a no.

mod derived;
mod words;

use std::collections::BTreeSet;

use jiff::civil::Date;
use signwright_domain::driver::{self, DriverKind};
use signwright_domain::{DriverValue, Specification};

use crate::{Column, ColumnData, Table};

pub use words::{describe, label};

/// One job as known on the day of its quote.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub specification: &'a Specification,
    pub quoted_on: Option<Date>,
    /// Level of material prices on that day, 1 at the base date.
    pub price_level: Option<f64>,
}

/// The table of these jobs, one row each in their order. The shop's own drivers become columns where any row has one:
/// numbers where every value is a number, else categories.
pub fn table(rows: &[Row<'_>]) -> Table {
    let mut columns: Vec<Column> = driver::catalogue().iter().map(|driver| known(driver, rows)).collect();
    columns.extend(own_names(rows).into_iter().map(|name| own(name, rows)));
    let taken: BTreeSet<String> = columns.iter().map(|column| column.name.clone()).collect();
    columns.extend(derived::columns(rows).into_iter().filter(|column| !taken.contains(&column.name)));
    Table::new(columns).expect("names differ, lengths are the number of rows, numbers are finite or missing")
}

fn known(driver: &driver::Driver, rows: &[Row<'_>]) -> Column {
    let data = match driver.kind {
        DriverKind::Number { .. } | DriverKind::Flag => numbers(rows, |row| number(row.specification.get(driver.name))),
        DriverKind::Choice { .. } | DriverKind::Text => categories(rows, driver.name),
    };
    Column { name: driver.name.to_owned(), data }
}

fn own_names<'a>(rows: &[Row<'a>]) -> BTreeSet<&'a str> {
    let names = rows.iter().flat_map(|row| row.specification.drivers.keys());
    names.map(String::as_str).filter(|name| driver::find(name).is_none()).collect()
}

fn own(name: &str, rows: &[Row<'_>]) -> Column {
    let mut values = rows.iter().filter_map(|row| row.specification.get(name));
    let data = if values.all(|value| number(Some(value)).is_some()) {
        numbers(rows, |row| number(row.specification.get(name)))
    } else {
        categories(rows, name)
    };
    Column { name: name.to_owned(), data }
}

/// A flag counts as 1 or 0.
fn number(value: Option<&DriverValue>) -> Option<f64> {
    match value? {
        DriverValue::Number(x) => Some(*x),
        DriverValue::Flag(flag) => Some(f64::from(*flag)),
        DriverValue::Text(text) => text.trim().parse().ok(),
    }
}

fn numbers(rows: &[Row<'_>], of: impl Fn(&Row<'_>) -> Option<f64>) -> ColumnData {
    ColumnData::Number(rows.iter().map(|row| of(row).filter(|x| x.is_finite()).unwrap_or(f64::NAN)).collect())
}

fn categories(rows: &[Row<'_>], name: &str) -> ColumnData {
    let text = |row: &Row<'_>| row.specification.get(name).map(|value| value.to_string().trim().to_owned());
    ColumnData::Category(rows.iter().map(|row| text(row).filter(|text| !text.is_empty())).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use signwright_domain::driver::Cause;

    use super::*;
    use crate::Cell;

    fn spec(drivers: &[(&str, DriverValue)]) -> Specification {
        let mut spec = Specification::default();
        drivers.iter().for_each(|(name, value)| spec.set(*name, value.clone()));
        spec
    }

    #[test]
    fn sizes_follow_from_the_specification_and_own_drivers_pass_through() {
        let one = spec(&[
            ("width", DriverValue::Number(10.0)),
            ("height", DriverValue::Number(6.0)),
            ("faces", DriverValue::Number(2.0)),
            ("sign_type", DriverValue::Text("monument".into())),
            ("permit", DriverValue::Flag(false)),
            ("removal", DriverValue::Flag(true)),
            ("our_grade", DriverValue::Number(3.0)),
            ("dock", DriverValue::Text("north".into())),
        ]);
        let row = Row { specification: &one, quoted_on: Some(date(2025, 4, 10)), price_level: Some(1.2) };
        let empty = Specification::default();
        let table = table(&[row, Row { specification: &empty, quoted_on: None, price_level: None }]);
        for (column, expected) in [
            ("face_area", Cell::Number(60.0)),
            ("total_area", Cell::Number(120.0)),
            ("perimeter", Cell::Number(32.0)),
            ("quote_month", Cell::Number(4.0)),
            ("price_level", Cell::Number(1.2)),
            ("rush", Cell::Missing),
            ("permit", Cell::Number(0.0)),
            ("removal", Cell::Number(1.0)),
            ("sign_type", Cell::Category("monument")),
            ("our_grade", Cell::Number(3.0)),
            ("dock", Cell::Category("north")),
            ("letter_count", Cell::Missing),
        ] {
            assert_eq!(table.cell(column, 0), expected, "{column}");
        }
        for column in
            ["face_area", "total_area", "quote_month", "price_level", "our_grade", "dock", "sign_type", "rush"]
        {
            assert_eq!(table.cell(column, 1), Cell::Missing, "{column}");
        }
    }

    #[test]
    fn every_column_that_is_made_has_a_cause() {
        let empty = Specification::default();
        let table = table(&[Row { specification: &empty, quoted_on: None, price_level: None }]);
        let homeless: Vec<&str> = table.columns().iter().map(|column| column.name.as_str()).collect();
        let homeless: Vec<&str> = homeless.into_iter().filter(|name| Cause::of(name) == Cause::Own).collect();
        assert!(homeless.is_empty(), "{homeless:?}");
    }

    #[test]
    fn every_column_and_value_has_words() {
        let check = |column: &str, value, words: (&str, &str)| {
            assert_eq!((label(column).as_str(), describe(column, value).as_str()), words, "{column}");
        };
        check("face_area", Cell::Number(60.0), ("Face area", "60 sq ft"));
        check("wind_moment", Cell::Number(6_640.0), ("Wind moment at grade", "6.6 k-ft"));
        check("letter_height", Cell::Number(12.5), ("Letter height", "12.5 in"));
        check("sign_type", Cell::Category("pole"), ("Type", "Pole sign"));
        check("rush", Cell::Number(1.0), ("Rush", "yes"));
        check("quote_month", Cell::Number(3.0), ("Month of the quote", "March"));
        check("price_level", Cell::Number(1.083), ("Material price level", "108 %"));
        check("our_grade", Cell::Number(1_250.0), ("our grade", "1,250"));
        check("removal", Cell::Number(0.0), ("Removal", "no"));
        check("removal", Cell::Missing, ("Removal", "not given"));
        check("soil", Cell::Missing, ("Soil", "not given"));
    }
}
