//! Parquet by way of the lake, which gives plain columns.

use std::path::Path;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use signwright_intake::table::Cell;
use signwright_intake::{IntakeError, Options, Tables};
use signwright_lake::{Columns, Frame, read_parquet_bytes};

/// Understands a Parquet file; its names are counted as row 1.
pub(super) fn open<'b>(name: &str, bytes: &[u8], options: &Options<'_>) -> Result<Tables<'b>, IntakeError> {
    let damaged = |detail: String| IntakeError::Damaged { file: name.to_owned(), detail };
    let frame: Frame = read_parquet_bytes(Path::new(name), bytes).map_err(|error| damaged(error.to_string()))?;
    let names = frame.columns().iter().map(|column| column.name.clone()).collect();
    let row = |row: usize| frame.columns().iter().map(|column| cell(&column.values, row)).collect();
    signwright_intake::open_cells(name, names, (0..frame.rows()).map(row), options)
}

fn cell(values: &Columns, row: usize) -> Cell {
    match values {
        Columns::Number(values) => values[row].map_or(Cell::Blank, number),
        Columns::Integer(values) => values[row].map_or(Cell::Blank, |whole| Cell::Number(whole.into())),
        Columns::Text(values) => values[row].clone().map_or(Cell::Blank, Cell::Text),
        Columns::Date(values) => values[row].map_or(Cell::Blank, Cell::Date),
        Columns::Flag(values) => values[row].map_or(Cell::Blank, Cell::Flag),
    }
}

/// The shortest decimal that is the same number; one out of reach stays text and is refused where a number is wanted.
fn number(number: f64) -> Cell {
    Decimal::from_f64(number).map_or_else(|| Cell::Text(number.to_string()), Cell::Number)
}
