//! Which sheet, which row and which kind of record: the header row that names the most known columns of one kind.
//!
//! A table that has its own `Id` beside, say, an `OpportunityId` is about something that belongs to an opportunity, not
//! about opportunities: the number it refers to is not taken for its own.

use signwright_domain::record::RecordKind;

use super::IntakeError;
use super::columns::HeaderText;
use super::fields::{FieldColumn, Reads, TableKind, kinds};
use super::grid::{Grid, GridRow};
use super::units::Conversion;

/// How far down a header row is looked for.
const DEPTH: usize = 30;

/// The header row of a table and what its columns mean.
#[derive(Debug)]
pub(super) struct Headers {
    pub(super) kind: TableKind,
    /// Index of the header row in the grid.
    pub(super) row: usize,
    pub(super) columns: Vec<NamedColumn>,
}

/// One column under the header row.
#[derive(Clone, Debug)]
pub(super) struct NamedColumn {
    /// As it stood in the file.
    pub(super) header: String,
    pub(super) text: HeaderText,
    /// Index into the kind's fields.
    pub(super) field: Option<usize>,
}

/// Finds the best header row in the best sheet (or under the best delimiter).
pub(super) fn best<'g>(file: &str, grids: &'g [Grid]) -> Result<(&'g Grid, Headers), IntakeError> {
    let kinds = kinds();
    let mut candidates: Vec<(&Grid, Match)> = Vec::new();
    for grid in grids {
        for row in 0..grid.rows.len().min(DEPTH) {
            candidates.extend(kinds.iter().filter_map(|kind| Some((grid, Match::of(grid, row, kind)?))));
        }
    }
    // The first of the best ones: `max_by_key` would return the last.
    let found = candidates.iter().filter(|(_, one)| one.missing.is_empty()).min_by_key(|(_, one)| -one.score);
    match found {
        Some((grid, one)) => Ok((grid, Headers { kind: one.kind.clone(), row: one.row, columns: one.columns.clone() })),
        None => Err(refusal(file, grids, &candidates)),
    }
}

/// One row read as the header of one kind of table.
struct Match<'k> {
    kind: &'k TableKind,
    row: usize,
    columns: Vec<NamedColumn>,
    /// Fields of the key without a column.
    missing: Vec<&'static str>,
    score: i32,
}

impl<'k> Match<'k> {
    /// `None` where nothing in the row tells this kind from others.
    fn of(grid: &Grid, row: usize, kind: &'k TableKind) -> Option<Self> {
        let mut columns = named(&grid.rows[row]);
        assign(&mut columns, &kind.fields);
        let used: Vec<&FieldColumn> = columns.iter().filter_map(|column| Some(&kind.fields[column.field?])).collect();
        let telling = used.iter().filter(|field| field.telling && !kind.key.contains(&field.field)).count();
        let missing: Vec<&'static str> =
            kind.key.iter().copied().filter(|key| used.iter().all(|field| field.field != *key)).collect();
        let score = used.len() as i32 + telling as i32;
        let about_another = refers_by_its_key(&columns, kind);
        // Two cells of a wide row may be headers by accident.
        let enough = used.len() >= 3 || used.len() * 2 >= grid.rows[row].filled();
        (telling > 0 && used.len() >= 2 && enough && !about_another).then_some(Self {
            kind,
            row,
            columns,
            missing,
            score,
        })
    }

    fn names(&self) -> String {
        let used = self.columns.iter().filter(|column| column.field.is_some());
        used.take(4).map(|column| column.header.trim()).collect::<Vec<_>>().join(", ")
    }
}

fn refers_by_its_key(columns: &[NamedColumn], kind: &TableKind) -> bool {
    let own_id = columns.iter().any(|column| matches!(column.text.plain.as_str(), "id" | "guid"));
    let key =
        columns.iter().find(|column| column.field.is_some_and(|field| kind.key.contains(&kind.fields[field].field)));
    own_id
        && key.is_some_and(|column| {
            !matches!(column.text.plain.as_str(), "id" | "guid") && column.text.plain.ends_with(" id")
        })
}

fn named(row: &GridRow) -> Vec<NamedColumn> {
    let name = |cell: &super::grid::Cell| {
        let header = cell.text().unwrap_or_default().to_owned();
        NamedColumn { text: HeaderText::of(&header), header, field: None }
    };
    row.cells.iter().map(name).collect()
}

/// Gives every field its most certain column; a column serves one field, a field has one column.
fn assign(columns: &mut [NamedColumn], fields: &[FieldColumn]) {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        for (field, one) in fields.iter().enumerate() {
            let rank = one.names.iter().position(|name| *name == column.text.plain);
            pairs.extend(rank.filter(|_| fits(one.reads, &column.text)).map(|rank| (rank, field, index)));
        }
    }
    pairs.sort_unstable();
    let mut taken = vec![false; fields.len()];
    for (_, field, column) in pairs {
        if !taken[field] && columns[column].field.is_none() {
            taken[field] = true;
            columns[column].field = Some(field);
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

fn refusal(file: &str, grids: &[Grid], candidates: &[(&Grid, Match)]) -> IntakeError {
    let file = file.to_owned();
    // A near miss is named only where enough fits to be no accident.
    let near = candidates.iter().map(|(_, one)| one).filter(|one| one.score >= 5).min_by_key(|one| -one.score);
    if let Some(near) = near {
        let missing = near.missing.iter().map(|field| field.replace('_', " ")).collect::<Vec<_>>().join(" and ");
        let kind: RecordKind = near.kind.kind;
        return IntakeError::NoKey { file, kind, seen: near.names(), missing, example: near.kind.example };
    }
    let first = grids.iter().flat_map(|grid| &grid.rows).find(|row| row.filled() > 1);
    match first.or_else(|| grids.iter().flat_map(|grid| &grid.rows).next()) {
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
