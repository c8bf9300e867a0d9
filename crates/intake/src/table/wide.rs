//! Series side by side: one row per month, one column per series, as statistical offices and price lists write them.
//!
//! Told by contents, not by names: the first filled column holds a different month or day in every row, everything else
//! is numbers. A list of transactions repeats its days.

use std::collections::HashSet;

use super::columns::HeaderText;
use super::fields;
use super::grid::{Cell, Grid};
use super::headers::{Headers, NamedColumn};
use super::mapping::Mapping;
use crate::dates::{self, DateOrder};
use crate::numbers::{self, DecimalMark};
use signwright_domain::record::RecordKind;

/// So many rows are looked at.
const LOOKED_AT: usize = 400;

/// The header of such a table, `None` where it is none.
pub(super) fn find(grid: &Grid<'_>, mapping: Option<&Mapping>) -> Option<Headers> {
    let said = mapping.and_then(|mapping| mapping.kind);
    if said.is_some_and(|kind| kind != RecordKind::MaterialPrice) {
        return None;
    }
    let at = mapping.and_then(|mapping| mapping.header_row);
    let starts = (0..grid.head.len().min(10)).filter(|row| at.is_none_or(|at| grid.head[*row].number == at));
    starts.filter(|row| grid.head[*row].filled() >= 2).find_map(|row| header(grid, row))
}

fn header(grid: &Grid<'_>, row: usize) -> Option<Headers> {
    let cells = &grid.head[row].cells;
    let first = cells.iter().position(|cell| !cell.is_blank())?;
    let rows = grid.take(&mut grid.below(row + 1), LOOKED_AT);
    let days: Vec<String> = rows.iter().map(|row| row.cell(first).raw()).filter(|day| !day.is_empty()).collect();
    let is_day = |day: &&String| dates::parse_month(day, DateOrder::MonthFirst).is_some();
    let different: HashSet<&String> = days.iter().collect();
    if days.len() < 6 || different.len() < days.len() || days.iter().filter(is_day).count() < days.len() - 1 {
        return None;
    }
    let width = cells.len();
    let is_series = |column: usize| {
        let named = cells[column].text().is_some_and(|name| !name.trim().is_empty() && name.parse::<f64>().is_err());
        let filled: Vec<&Cell> = rows.iter().map(|row| row.cell(column)).filter(|cell| !is_missing(cell)).collect();
        let numbers = filled.iter().filter(|cell| is_number(cell)).count();
        (named && numbers * 20 >= filled.len() * 19).then_some(numbers)
    };
    let others: Vec<usize> = (0..width).filter(|column| *column != first && !cells[*column].is_blank()).collect();
    // A series that has not begun yet is one as well, beside others.
    let numbers: usize = others.iter().map(|column| is_series(*column)).sum::<Option<usize>>()?;
    if numbers == 0 {
        return None;
    }
    let kind = fields::of(RecordKind::MaterialPrice)?;
    let date = kind.field("date");
    let column = |column: usize| {
        let header = cells[column].raw().trim().to_owned();
        let field = date.filter(|_| column == first);
        NamedColumn::found(header.clone(), HeaderText::of(&header), field)
    };
    Some(Headers {
        kind,
        row,
        rows: 1,
        columns: (0..width).map(column).collect(),
        key: kind.keys[0],
        score: 3,
        wide: true,
        bids: Vec::new(),
        missing: Vec::new(),
    })
}

/// FRED writes `.` where a month has no value.
fn is_missing(cell: &Cell) -> bool {
    super::cells::is_absent(cell)
}

fn is_number(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => {
            numbers::parse(text, DecimalMark::Point).is_some() || numbers::parse(text, DecimalMark::Comma).is_some()
        }
        Cell::Blank | Cell::Date(_) | Cell::Flag(_) => false,
    }
}
