//! Which rows are the header and which kind of record stands below: the header that names the most known columns of one
//! kind, in one row or in two.
//!
//! A table that has its own `Id` beside, say, an `OpportunityId` is about something that belongs to an opportunity, not
//! about opportunities: the number it refers to is not taken for its own.

use signwright_domain::record::RecordKind;

use super::IntakeError;
use super::bids::Bid;
use super::columns::HeaderText;
use super::fields::{FieldColumn, Reads, TableKind, kinds};
use super::grid::{Cell, Grid, GridRow};
use super::mapping::{CURRENCY, ColumnMapping, Mapping};
use super::units::Conversion;

/// The header of a table and what its columns mean.
#[derive(Clone, Debug)]
pub(super) struct Headers {
    pub(super) kind: &'static TableKind,
    /// Index of the first header row in the grid's head.
    pub(super) row: usize,
    /// 1 or 2.
    pub(super) rows: usize,
    pub(super) columns: Vec<NamedColumn>,
    /// The fields of the key; empty where a row stands for itself.
    pub(super) key: &'static [&'static str],
    pub(super) score: i32,
    /// One series per column.
    pub(super) wide: bool,
    /// Of a bid tab: each bidder's columns.
    pub(super) bids: Vec<Bid>,
    /// Fields of the key without a column: such a table can be shown, and none of its rows be taken.
    pub(super) missing: Vec<&'static str>,
}

/// One column under the header.
#[derive(Clone, Debug)]
pub(super) struct NamedColumn {
    /// As it stood in the file; upper and lower name separated by a space where there are two.
    pub(super) header: String,
    pub(super) text: HeaderText,
    /// The lower of two names alone.
    lower: Option<HeaderText>,
    /// Index into the kind's fields.
    pub(super) field: Option<usize>,
    /// How certain the name is; 0 is best.
    pub(super) rank: usize,
    /// A person or a profile said what this column is.
    pub(super) said: Option<ColumnMapping>,
}

impl NamedColumn {
    /// A column that is known by its contents.
    pub(super) fn found(header: String, text: HeaderText, field: Option<usize>) -> Self {
        Self { header, text, lower: None, field, rank: 0, said: None }
    }
}

/// The best header of one grid.
#[derive(Debug)]
pub(super) enum Found {
    Table(Headers),
    /// What fits, and what is missing for it to be a table.
    Near {
        headers: Box<Headers>,
        seen: String,
    },
    Nothing,
}

/// Finds the best header of a grid. `mapping` is what a person or a profile said.
pub(super) fn find(grid: &Grid<'_>, mapping: Option<&Mapping>) -> Found {
    let mut candidates: Vec<Match> = Vec::new();
    for (row, rows) in positions(grid, mapping) {
        let columns = named(&grid.head[row..row + rows], mapping);
        let filled = grid.head[row].filled();
        let kinds = kinds().iter().filter(|kind| allowed(kind, mapping));
        candidates.extend(kinds.filter_map(|kind| Match::of(kind, row, rows, filled, columns.clone(), mapping)));
    }
    // The first of the best ones, one row before two: `max_by_key` would return the last.
    let whole = candidates.iter().filter(|one| one.missing.is_empty());
    match whole.min_by_key(|one| (-one.score, one.rows)) {
        Some(one) => Found::Table(one.headers()),
        None => near(&candidates, mapping.is_some_and(|mapping| mapping.kind.is_some())),
    }
}

/// A near miss is named only where its kind was `said` or enough fits to be no accident.
fn near(candidates: &[Match], said: bool) -> Found {
    match candidates.iter().filter(|one| said || one.score >= 5).min_by_key(|one| -one.score) {
        Some(one) => Found::Near { headers: Box::new(one.headers()), seen: one.names() },
        None => Found::Nothing,
    }
}

fn allowed(kind: &TableKind, mapping: Option<&Mapping>) -> bool {
    let said = mapping.and_then(|mapping| mapping.kind);
    // A bid tab is a list of items until its bidders are found.
    if kind.kind == RecordKind::BidTab || (said == Some(RecordKind::BidTab) && kind.kind == RecordKind::LineItem) {
        return said.is_some() && kind.kind == RecordKind::LineItem;
    }
    // The head of cost summaries is a table of work orders.
    said.is_none_or(|said| said == kind.kind || (said == RecordKind::CostSummary && kind.kind == RecordKind::WorkOrder))
}

/// Where a header may stand: each row alone, and each pair of rows that could be one header.
fn positions(grid: &Grid<'_>, mapping: Option<&Mapping>) -> Vec<(usize, usize)> {
    let rows = mapping.and_then(|mapping| mapping.header_rows).map(|rows| rows.clamp(1, 2) as usize);
    let at = mapping.and_then(|mapping| mapping.header_row);
    let starts = (0..grid.head.len()).filter(|row| at.is_none_or(|at| grid.head[*row].number == at));
    starts
        .flat_map(|row| {
            let pair = grid.head.get(row + 1).is_some_and(|lower| rows == Some(2) || is_pair(&grid.head[row], lower));
            let one = (rows != Some(2)).then_some((row, 1));
            one.into_iter().chain((rows != Some(1) && pair).then_some((row, 2)))
        })
        .collect()
}

/// Two rows of words, the upper with gaps or with names that span several columns.
fn is_pair(upper: &GridRow, lower: &GridRow) -> bool {
    let words = |row: &GridRow| row.cells.iter().all(|cell| matches!(cell, Cell::Blank | Cell::Text(_)));
    let numbers =
        |row: &GridRow| row.cells.iter().filter_map(Cell::text).any(|text| text.trim().parse::<f64>().is_ok());
    let both = upper.cells.iter().zip(&lower.cells).any(|(a, b)| !a.is_blank() && !b.is_blank());
    words(upper) && words(lower) && !numbers(lower) && both && upper.filled() >= 2 && lower.filled() >= 2
}

/// One header read as that of one kind of table.
struct Match {
    kind: &'static TableKind,
    row: usize,
    rows: usize,
    columns: Vec<NamedColumn>,
    key: &'static [&'static str],
    /// Fields of the key without a column.
    missing: Vec<&'static str>,
    score: i32,
}

impl Match {
    /// `None` where nothing in the row tells this kind from others.
    fn of(
        kind: &'static TableKind,
        row: usize,
        rows: usize,
        filled: usize,
        mut columns: Vec<NamedColumn>,
        mapping: Option<&Mapping>,
    ) -> Option<Self> {
        let said = columns.iter().filter(|column| column.said.is_some()).count();
        let forced =
            mapping.is_some_and(|mapping| mapping.kind.is_some() && (said > 0 || mapping.header_row.is_some()));
        assign(&mut columns, kind);
        let mut used: Vec<&FieldColumn> = columns.iter().filter_map(|one| Some(&kind.fields[one.field?])).collect();
        used.extend(columns.iter().flat_map(|column| also_filled(column, kind)));
        let telling = used.iter().filter(|field| field.telling && !kind.is_key(field.field)).count();
        let lacking = |key: &&'static [&'static str]| -> Vec<&'static str> {
            key.iter().copied().filter(|name| used.iter().all(|field| field.field != *name)).collect()
        };
        let key = kind.keys.iter().copied().find(|key| lacking(key).is_empty());
        let missing = if key.is_some() || kind.keyless { Vec::new() } else { lacking(&kind.keys[0]) };
        let score = used.len() as i32 + telling as i32 + 2 * said as i32;
        let about_another = said == 0 && refers_by_its_key(&columns, kind);
        // Two cells of a wide row may be headers by accident, and what stands for itself must be told by more.
        let least = if key.is_none() && kind.keyless { 4 } else { 2 };
        let enough = used.len() >= 3 || used.len() * 2 >= filled;
        // Lines of a job are told by what they are lines of, not by hours alone.
        let lined = !kind.lines || used.iter().any(|field| matches!(field.field, "department" | "work_code"));
        let fits = lined && telling > 0 && used.len() >= least && enough && !about_another;
        (fits || forced).then(|| Self { kind, row, rows, columns, key: key.unwrap_or(&[]), missing, score })
    }

    fn headers(&self) -> Headers {
        Headers {
            kind: self.kind,
            row: self.row,
            rows: self.rows,
            columns: self.columns.clone(),
            key: self.key,
            score: self.score,
            wide: false,
            bids: Vec::new(),
            missing: self.missing.clone(),
        }
    }

    fn names(&self) -> String {
        let used = self.columns.iter().filter(|column| column.field.is_some());
        used.take(4).map(|column| column.header.trim()).collect::<Vec<_>>().join(", ")
    }
}

/// The further fields of a column that is split.
fn also_filled<'k>(column: &NamedColumn, kind: &'k TableKind) -> Vec<&'k FieldColumn> {
    let split = column.said.as_ref().and_then(ColumnMapping::rule).and_then(|rule| rule.split);
    let names = split.map(|split| split.into).unwrap_or_default();
    names.iter().filter_map(|name| kind.field(name)).map(|index| &kind.fields[index]).collect()
}

fn refers_by_its_key(columns: &[NamedColumn], kind: &TableKind) -> bool {
    let is_id = |column: &NamedColumn| matches!(column.text.plain.as_str(), "id" | "guid" | "record id");
    let own_id = columns.iter().any(is_id);
    let keys = columns.iter().filter(|one| one.field.is_some_and(|field| kind.is_key(kind.fields[field].field)));
    let keys: Vec<&NamedColumn> = keys.collect();
    own_id && !keys.is_empty() && keys.iter().all(|column| !is_id(column) && column.text.plain.ends_with(" id"))
}

fn named(rows: &[GridRow], mapping: Option<&Mapping>) -> Vec<NamedColumn> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut above = String::new();
    let name = |column: usize| {
        let words = |row: &GridRow| match row.cell(column) {
            // A year or a month above a column is its name as well.
            Cell::Number(_) | Cell::Date(_) if rows.len() == 1 => row.cell(column).raw(),
            cell => cell.text().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
        };
        let (header, lower) = match rows {
            [upper, lower] => {
                let (over, under) = (words(upper), words(lower));
                if !over.is_empty() {
                    above = over.clone();
                }
                match (over.is_empty() && above.is_empty(), under.is_empty()) {
                    (_, true) => (over, None),
                    (true, false) => (under.clone(), None),
                    (false, false) => (format!("{above} {under}"), Some(HeaderText::of(&under))),
                }
            }
            rows => (rows.first().map(words).unwrap_or_default(), None),
        };
        let said = mapping.filter(|_| !header.is_empty()).and_then(|mapping| mapping.column(&header)).cloned();
        NamedColumn { text: HeaderText::of(&header), header, lower, field: None, rank: 0, said }
    };
    (0..width).map(name).collect()
}

/// Gives every field its most certain column; a column serves one field, a field has one column. What was said goes first.
fn assign(columns: &mut [NamedColumn], kind: &TableKind) {
    let mut taken = vec![false; kind.fields.len()];
    for column in columns.iter_mut() {
        let rule = column.said.as_ref().and_then(ColumnMapping::rule);
        let split = rule.iter().flat_map(|rule| &rule.split).flat_map(|split| &split.into);
        for name in split.clone().filter_map(|name| kind.field(name)) {
            taken[name] = true;
        }
        column.field = rule.as_ref().and_then(|rule| rule.field.as_deref()).and_then(|name| kind.field(name));
        if let Some(field) = column.field {
            taken[field] = true;
        }
    }
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        if !matches!(column.said, None | Some(ColumnMapping::Used(true))) {
            continue;
        }
        for (text, penalty) in [(Some(&column.text), 0), (column.lower.as_ref(), 20)] {
            let Some(text) = text else { continue };
            let known = kind.known(&text.plain).iter().filter(|(field, _)| fits(kind.fields[*field].reads, text));
            pairs.extend(known.map(|(field, rank)| (rank + penalty, *field, index)));
        }
    }
    pairs.sort_unstable();
    for (rank, field, column) in pairs {
        if !taken[field] && columns[column].field.is_none() {
            taken[field] = true;
            columns[column].field = Some(field);
            columns[column].rank = rank;
        }
    }
}

/// Whether a column holds the currency of its row.
pub(super) fn is_currency(column: &NamedColumn) -> bool {
    match &column.said {
        Some(ColumnMapping::Field(field)) => field == CURRENCY,
        Some(ColumnMapping::Rule(rule)) => rule.field.as_deref() == Some(CURRENCY),
        Some(ColumnMapping::Used(false)) => false,
        Some(ColumnMapping::Used(true)) | None => {
            column.field.is_none()
                && matches!(
                    column.text.plain.as_str(),
                    "currency" | "currency iso code" | "currency code" | "deal currency code"
                )
        }
    }
}

/// A size whose header names a unit that does not measure it is another thing.
fn fits(reads: Reads, text: &HeaderText) -> bool {
    match (reads, text.unit.as_deref()) {
        (Reads::Measure(unit), Some(header)) => unit.is_empty() || Conversion::between(header, unit).is_some(),
        _ => true,
    }
}

/// Why nothing could be read, from the nearest miss or the first row with several cells.
pub(super) fn refusal(file: &str, grids: &[Grid<'_>], found: &[Found]) -> IntakeError {
    let file = file.to_owned();
    let near = found.iter().filter_map(|one| match one {
        Found::Near { headers, seen } => Some((headers, seen)),
        Found::Table(_) | Found::Nothing => None,
    });
    if let Some((headers, seen)) = near.min_by_key(|(headers, _)| -headers.score) {
        let kind = headers.kind;
        let missing = headers.missing.iter().map(|field| field.replace('_', " ")).collect::<Vec<_>>().join(" and ");
        return IntakeError::NoKey { file, kind: kind.kind, seen: seen.clone(), missing, example: kind.example };
    }
    // Of a text that could be cut in several ways, the way that gives the most cells.
    let first = |grid: &'_ Grid<'_>| grid.head.iter().position(|row| row.filled() > 1);
    let several = grids.iter().filter_map(|grid| Some(&grid.head[first(grid)?])).rev().max_by_key(|row| row.filled());
    match several.or_else(|| grids.iter().find_map(|grid| grid.head.first())) {
        Some(row) => {
            let cells = row.cells.iter().filter(|cell| !cell.is_blank()).take(6);
            let seen = cells.map(|cell| format!("\"{}\"", short(&cell.raw()))).collect::<Vec<_>>().join(", ");
            IntakeError::UnknownHeaders { file, row: row.number, seen }
        }
        None => IntakeError::Empty { file },
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
