//! Workbooks to cells, every sheet. Dates and numbers keep their type; error cells keep their text.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader, Sheets, open_workbook_auto_from_rs};
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::IntakeError;
use super::grid::{Cell, Grid, GridRow};
use crate::dates::{self, DateOrder};

pub(super) fn grids<'b>(file: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Vec<Grid<'b>>, IntakeError> {
    let mut book: Sheets<Cursor<&[u8]>> = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| {
        let detail = error.to_string();
        if is_locked(bytes) || detail.contains("password") {
            IntakeError::NeedsPassword { file: file.to_owned() }
        } else {
            IntakeError::Damaged { file: file.to_owned(), detail: "it is no workbook that can be read".to_owned() }
        }
    })?;
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        // A sheet without cells (a chart) has no range; the others still count.
        if sheet.is_none_or(|sheet| sheet == name)
            && let Ok(range) = book.worksheet_range(&name)
        {
            grids.push(Grid::of_cells(Some(name), rows(&range)));
        }
    }
    if let (Some(sheet), true) = (sheet, grids.is_empty()) {
        let names = book.sheet_names().join(", ");
        return Err(IntakeError::NoSheet { file: file.to_owned(), sheet: sheet.to_owned(), names });
    }
    if grids.iter().all(|grid| grid.head.is_empty()) {
        return Err(IntakeError::Empty { file: file.to_owned() });
    }
    Ok(grids)
}

/// An encrypted workbook is an OLE container with a stream `EncryptedPackage`.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0") && bytes.windows(name.len()).any(|window| window == name)
}

fn rows(range: &Range<Data>) -> Vec<GridRow> {
    let Some((top, left)) = range.start() else { return Vec::new() };
    let row = |(number, cells): (u32, &[Data])| GridRow {
        number,
        cells: std::iter::repeat_n(Cell::Blank, left as usize).chain(cells.iter().map(cell)).collect(),
    };
    (top + 1..).zip(range.rows()).map(row).filter(|row| row.filled() > 0).collect()
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Blank,
        Data::String(text) => text_cell(text),
        Data::Int(number) => Cell::Number(Decimal::from(*number)),
        Data::Float(number) => float(*number),
        Data::Bool(flag) => Cell::Flag(*flag),
        Data::DateTime(moment) => date(moment).map_or_else(|| float(moment.as_f64()), Cell::Date),
        Data::DateTimeIso(text) => {
            dates::parse(text, DateOrder::MonthFirst).map_or_else(|| text_cell(text), Cell::Date)
        }
        Data::DurationIso(text) => text_cell(text),
        Data::Error(error) => Cell::Text(error.to_string()),
    }
}

fn text_cell(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) }
}

/// The shortest decimal that is the same number, as the sheet shows it; a number out of reach stays text.
fn float(number: f64) -> Cell {
    match Decimal::from_f64(number) {
        Some(decimal) => Cell::Number(decimal.normalize()),
        None => Cell::Text(number.to_string()),
    }
}

fn date(moment: &ExcelDateTime) -> Option<Date> {
    if !moment.is_datetime() {
        return None;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
