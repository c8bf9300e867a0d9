//! How each column of one table is read: decimal mark and date order per column, with the whole table to fall back on, and
//! which unknown columns of a quotes list are drivers of the shop's own.

use std::collections::HashSet;

use signwright_domain::Currency;
use signwright_domain::record::RecordKind;

use super::cells::{is_absent, is_blank, is_flag};
use super::columns::snake_case;
use super::fields::Reads;
use super::grid::{Cell, Grid};
use super::headers::{Headers, NamedColumn};
use super::units::Conversion;
use super::{ColumnUse, Understood};
use crate::dates::{self, DateOrder};
use crate::numbers::{self, DecimalMark};

/// One column that is read.
#[derive(Clone, Debug)]
pub(super) struct PlannedColumn {
    /// From 0.
    pub(super) column: usize,
    pub(super) field: String,
    pub(super) header: String,
    pub(super) reads: Reads,
    pub(super) conversion: Option<Conversion>,
    pub(super) mark: DecimalMark,
    pub(super) order: DateOrder,
    /// The column's way of saying nothing is a word such as `n/a`. A word that stands there once or twice may hide a
    /// value, so it is refused and a person looks.
    pub(super) writes_absence: bool,
}

/// How the whole table is read.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) currency: Currency,
    pub(super) columns: Vec<PlannedColumn>,
    pub(super) understood: Understood,
}

/// So many words such as `n/a` in one column are a habit, not a slip.
const HABIT: usize = 3;

/// Decides how a table is read, from its headers and all its cells.
pub(super) fn of_table(grid: &Grid, headers: &Headers, currency: Currency) -> Plan {
    let mut columns: Vec<PlannedColumn> = Vec::new();
    let mut uses: Vec<ColumnUse> = Vec::new();
    for (index, column) in headers.columns.iter().enumerate() {
        let planned = known(index, column, headers).or_else(|| own_driver(grid, headers, index, column));
        uses.push(column_use(index, column, planned.as_ref()));
        columns.extend(planned);
    }
    uses.retain(|one| !one.header.is_empty());
    for column in &mut columns {
        let words = cells(grid, headers, column.column).into_iter().filter(|cell| is_absent(cell) && !is_blank(cell));
        column.writes_absence = words.count() >= HABIT;
    }
    let (mark, order) = settle(grid, headers, &mut columns, &mut uses);
    let understood = Understood {
        kind: Some(headers.kind.kind),
        encoding: grid.encoding.clone(),
        delimiter: grid.delimiter,
        sheet: grid.sheet.clone(),
        header_row: grid.rows[headers.row].number,
        columns: uses,
        date_order: order,
        decimal_comma: mark == DecimalMark::Comma,
        set_aside: Vec::new(),
    };
    Plan { currency, columns, understood }
}

fn known(index: usize, column: &NamedColumn, headers: &Headers) -> Option<PlannedColumn> {
    let field = &headers.kind.fields[column.field?];
    let conversion = match (field.reads, column.text.unit.as_deref()) {
        (Reads::Measure(unit), Some(header)) => Conversion::between(header, unit),
        _ => None,
    };
    Some(planned(index, field.field.to_owned(), column, field.reads, conversion))
}

fn planned(
    column: usize,
    field: String,
    named: &NamedColumn,
    reads: Reads,
    conversion: Option<Conversion>,
) -> PlannedColumn {
    let header = named.header.trim().to_owned();
    let (mark, order) = (DecimalMark::Point, DateOrder::MonthFirst);
    PlannedColumn { column, field, header, reads, conversion, mark, order, writes_absence: false }
}

/// A column of a quotes list that nobody knows becomes a driver, where its values are numbers, flags or categories.
fn own_driver(grid: &Grid, headers: &Headers, index: usize, column: &NamedColumn) -> Option<PlannedColumn> {
    let name = snake_case(&column.header);
    let is_known = headers.kind.fields.iter().any(|field| field.field == name);
    if headers.kind.kind != RecordKind::Quote || name.is_empty() || is_known {
        return None;
    }
    let reads = nature(&cells(grid, headers, index))?;
    Some(planned(index, name, column, reads, None))
}

/// What a column of unknown meaning holds; `None` for free text, dates and empty columns.
fn nature(cells: &[&Cell]) -> Option<Reads> {
    let filled: Vec<&Cell> = cells.iter().copied().filter(|cell| !is_absent(cell)).collect();
    let texts: Vec<String> = filled.iter().map(|cell| cell.raw()).collect();
    let mark = numbers::decimal_mark(texts.iter().map(String::as_str)).unwrap_or(DecimalMark::Point);
    let is_date =
        |cell: &&Cell| matches!(cell, Cell::Date(_)) || dates::parse(&cell.raw(), DateOrder::MonthFirst).is_some();
    let numeric = texts.iter().filter(|text| numbers::parse(text, mark).is_some() && !has_leading_zero(text)).count();
    let distinct: HashSet<&String> = texts.iter().collect();
    if filled.is_empty() || filled.iter().all(is_date) {
        None
    } else if filled.iter().all(|cell| is_flag(cell)) {
        Some(Reads::Flag)
    } else if numeric * 10 >= filled.len() * 9 {
        Some(Reads::Number)
    } else {
        let repeats = filled.len() < 10 || distinct.len() * 2 <= filled.len();
        (repeats && texts.iter().all(|text| text.len() <= 60)).then_some(Reads::Text)
    }
}

/// `00123` is a code, not a number.
fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

fn cells<'g>(grid: &'g Grid, headers: &Headers, column: usize) -> Vec<&'g Cell> {
    grid.rows[headers.row + 1..].iter().map(|row| row.cell(column)).collect()
}

fn column_use(index: usize, column: &NamedColumn, planned: Option<&PlannedColumn>) -> ColumnUse {
    let note = match planned {
        Some(planned) if column.field.is_none() => Some(match planned.reads {
            Reads::Number => "a driver of your own, a number".to_owned(),
            Reads::Flag => "a driver of your own, yes or no".to_owned(),
            _ => "a driver of your own, a category".to_owned(),
        }),
        Some(planned) => planned.conversion.filter(|c| !c.is_identity()).map(|_| {
            let unit = column.text.unit.as_deref().unwrap_or_default();
            match planned.reads {
                Reads::Measure(own) => format!("{unit}, converted to {own}"),
                _ => unit.to_owned(),
            }
        }),
        None => Some("not used".to_owned()),
    };
    ColumnUse {
        column: index as u32 + 1,
        header: column.header.trim().to_owned(),
        field: planned.map(|planned| planned.field.clone()),
        note,
    }
}

/// Settles decimal marks and date orders; the answer is the table's own, for columns that say nothing.
fn settle(
    grid: &Grid,
    headers: &Headers,
    columns: &mut [PlannedColumn],
    uses: &mut [ColumnUse],
) -> (DecimalMark, Option<DateOrder>) {
    let texts = |column: &PlannedColumn| -> Vec<&str> {
        cells(grid, headers, column.column).into_iter().filter_map(Cell::text).collect()
    };
    let numeric: Vec<usize> = (0..columns.len()).filter(|i| is_numeric(columns[*i].reads)).collect();
    let dated: Vec<usize> = (0..columns.len()).filter(|i| is_dated(columns[*i].reads)).collect();
    let marks: Vec<Option<DecimalMark>> = numeric.iter().map(|i| numbers::decimal_mark(texts(&columns[*i]))).collect();
    let orders: Vec<Option<DateOrder>> = dated.iter().map(|i| dates::order(texts(&columns[*i]))).collect();
    let commas = marks.iter().filter(|mark| **mark == Some(DecimalMark::Comma)).count();
    let points = marks.iter().filter(|mark| **mark == Some(DecimalMark::Point)).count();
    let mark = if commas > points { DecimalMark::Comma } else { DecimalMark::Point };
    let days = orders.iter().filter(|order| **order == Some(DateOrder::DayFirst)).count();
    let months = orders.iter().filter(|order| **order == Some(DateOrder::MonthFirst)).count();
    let order = if days > months { DateOrder::DayFirst } else { DateOrder::MonthFirst };
    let ambiguous = dated.iter().any(|i| texts(&columns[*i]).iter().any(|text| is_ambiguous(text)));
    for (index, own) in numeric.into_iter().zip(marks) {
        columns[index].mark = own.unwrap_or(mark);
        if columns[index].mark != mark {
            note(uses, columns[index].column, "another decimal mark than the rest of the table");
        }
    }
    for (index, own) in dated.into_iter().zip(orders) {
        columns[index].order = own.unwrap_or(order);
        if own.is_none() && days + months == 0 && texts(&columns[index]).iter().any(|text| is_ambiguous(text)) {
            note(uses, columns[index].column, "the month is assumed to come first");
        }
    }
    (mark, (days + months > 0 || ambiguous).then_some(order))
}

fn note(uses: &mut [ColumnUse], column: usize, text: &str) {
    if let Some(one) = uses.iter_mut().find(|one| one.column as usize == column + 1) {
        one.note = Some(text.to_owned());
    }
}

/// A date that reads differently in the two orders.
fn is_ambiguous(text: &str) -> bool {
    dates::parse(text, DateOrder::MonthFirst) != dates::parse(text, DateOrder::DayFirst)
}

fn is_numeric(reads: Reads) -> bool {
    match reads {
        Reads::Money | Reads::Number | Reads::Measure(_) => true,
        Reads::Id
        | Reads::Text
        | Reads::Date
        | Reads::Month
        | Reads::Flag
        | Reads::Outcome
        | Reads::JobStatus
        | Reads::Choice(_) => false,
    }
}

fn is_dated(reads: Reads) -> bool {
    matches!(reads, Reads::Date | Reads::Month)
}
