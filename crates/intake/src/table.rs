//! Tables: CSV files, spreadsheets, JSON and plain columns to records, with a statement of how they were understood.
//!
//! Which kind of record a table holds is decided by what a person or a profile said, else by its headers. A table whose
//! kind or key column cannot be told is refused with a sentence that says what was seen and what to do; nothing is taken
//! from it. [`open`] understands a file, [`Tables::next`] reads it piece by piece.

use std::collections::{BTreeMap, HashSet};

use signwright_domain::Currency;
use signwright_domain::record::{Parsed, RecordKind, Reject, RejectReason};

use crate::pdf::isolated;

mod bids;
mod cells;
mod columns;
mod fields;
mod grid;
mod headers;
mod identity;
mod json;
mod lines;
mod mapping;
mod plan;
mod ready;
mod rows;
mod suggest;
mod survey;
mod text;
mod understood;
mod units;
mod wide;
mod workbook;

pub use grid::Cell;
pub use mapping::{ColumnMapping, ColumnRule, DecimalStyle, Mapping, SignRule, Split};
pub use ready::ready_profiles;
pub use understood::{ColumnRole, ColumnUse, SetAside, Suggestion, Understood};

use grid::{Grid, GridRow};
use headers::{Found, Headers};
use rows::Reader;

/// The records and rejects of a whole file, and how it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct TableReading {
    pub parsed: Parsed,
    pub understood: Understood,
    /// Further sheets that hold a table.
    pub others: Vec<Understood>,
}

/// What is known before a file is opened.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// Of amounts that name none.
    pub currency: Currency,
    /// What a person said about this file.
    pub mapping: Option<&'a Mapping>,
    /// The shop's own profiles, which come before those that are ready.
    pub profiles: &'a [Mapping],
    /// Show a table also where its key has no column yet. None of its rows can be taken.
    pub sketch: bool,
}

/// A file that was understood, ready to be read.
#[derive(Debug)]
pub struct Tables<'b> {
    /// One per sheet that holds a table.
    readers: Vec<Reader<'b>>,
    /// Which one is being read.
    at: usize,
    broken: bool,
}

/// Why a file gives no table at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    #[error("\"{file}\" is empty")]
    Empty { file: String },
    #[error("\"{file}\" is {what}, not a table; save it as CSV or XLSX")]
    NotATable { file: String, what: &'static str },
    #[error("\"{file}\" is locked with a password; save a copy without it")]
    NeedsPassword { file: String },
    #[error("\"{file}\" has no sheet \"{sheet}\"; it has {names}")]
    NoSheet { file: String, sheet: String, names: String },
    #[error("the mapping does not fit \"{file}\": {why}")]
    MappingDoesNotFit { file: String, why: String },
    #[error("\"{file}\" is damaged and cannot be opened: {detail}")]
    Damaged { file: String, detail: String },
    #[error(
        "every row of \"{file}\" is one cell, whether split at comma, semicolon, tab or |; save it with one of these between the columns"
    )]
    OneColumn { file: String },
    #[error("\"{file}\" looks like a list of {kind}s ({seen}) but has no column for {missing}; add one, for example \"{example}\"", kind = kind.label())]
    NoKey { file: String, kind: RecordKind, seen: String, missing: String, example: &'static str },
    #[error(
        "\"{file}\" has no header row that is known: the first row with several cells is row {row}: {seen}; expected a list of customers, opportunities, quotes, work orders, material prices or vendor bills with its number column, for example \"Quote No\" or \"WO #\""
    )]
    UnknownHeaders { file: String, row: u32, seen: String },
}

impl IntakeError {
    /// The reason under which the file is kept among the rejects.
    pub fn reason(&self) -> RejectReason {
        match self {
            Self::Empty { .. } | Self::Damaged { .. } => RejectReason::Damaged,
            Self::NeedsPassword { .. } => RejectReason::NeedsPassword,
            Self::NotATable { .. }
            | Self::NoSheet { .. }
            | Self::MappingDoesNotFit { .. }
            | Self::OneColumn { .. }
            | Self::NoKey { .. }
            | Self::UnknownHeaders { .. } => RejectReason::WrongShape,
        }
    }

    /// The whole file as one reject.
    pub fn to_reject(&self) -> Reject {
        crate::pdf::reject(self.reason(), self.to_string())
    }
}

/// Reads a whole file at once, as [`open`] understands it without anything said.
pub fn read_table(file_name: &str, bytes: &[u8], currency: Currency) -> Result<TableReading, IntakeError> {
    read_table_as(file_name, bytes, &Options { currency, mapping: None, profiles: &[], sketch: false })
}

/// Reads a whole file at once.
pub fn read_table_as(file_name: &str, bytes: &[u8], options: &Options<'_>) -> Result<TableReading, IntakeError> {
    let mut tables = open(file_name, bytes, options)?;
    let mut parsed = Parsed::default();
    while let Some(next) = tables.next(4096) {
        parsed.records.extend(next.records);
        parsed.rejects.extend(next.rejects);
    }
    if tables.broken {
        return Err(damaged(file_name));
    }
    let mut understood = tables.understood();
    let first = understood.remove(0);
    Ok(TableReading { parsed, understood: first, others: understood })
}

/// Understands a CSV file (`,` `;` tab or `|`, any common encoding), a workbook (XLSX, XLSM, XLSB, XLS, ODS) or JSON.
/// What it is, is decided by its bytes; `file_name` is only for messages.
pub fn open<'b>(file_name: &str, bytes: &'b [u8], options: &Options<'_>) -> Result<Tables<'b>, IntakeError> {
    isolated::catch(|| opened(file_name, bytes, options)).unwrap_or_else(|| Err(damaged(file_name)))
}

/// The fields of a kind, in order.
pub fn fields_of(kind: RecordKind) -> Vec<&'static str> {
    fields::of(kind).map(|kind| kind.fields.iter().map(|field| field.field).collect()).unwrap_or_default()
}

/// Understands columns that were read elsewhere, such as those of a Parquet file: names, then rows of cells.
pub fn open_cells<'b>(
    file_name: &str,
    names: Vec<String>,
    rows: impl Iterator<Item = Vec<Cell>>,
    options: &Options<'_>,
) -> Result<Tables<'b>, IntakeError> {
    let header = GridRow { number: 1, cells: names.into_iter().map(Cell::Text).collect() };
    let rows = rows.zip(2_u32..).map(|(cells, number)| GridRow { number, cells });
    understand(file_name, vec![Grid::of_cells(None, std::iter::once(header).chain(rows).collect())], options)
}

impl Tables<'_> {
    /// How each table of the file is understood; what was set aside is complete when everything is read.
    pub fn understood(&self) -> Vec<Understood> {
        self.readers.iter().map(|reader| reader.understood().clone()).collect()
    }

    /// Records and rejects of the next rows, `None` at the end.
    pub fn next(&mut self, rows: usize) -> Option<Parsed> {
        while let Some(reader) = self.readers.get_mut(self.at).filter(|_| !self.broken) {
            match isolated::catch(std::panic::AssertUnwindSafe(|| reader.next(rows))) {
                Some(Some(parsed)) => return Some(parsed),
                Some(None) => self.at += 1,
                None => self.broken = true,
            }
        }
        None
    }

    /// Whether reading ended before the end of the file, by a fault of the reader.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// The rejects that rows which came back whole say they settle.
    pub fn settled(&self) -> Vec<i64> {
        self.readers.iter().flat_map(|reader| reader.settled()).copied().collect()
    }

    /// The cells of rows as they stand in the file, by the row's number, and the header above them.
    pub fn rows_as_they_stand(
        &self,
        sheet: Option<&str>,
        rows: &HashSet<u32>,
    ) -> (Vec<String>, BTreeMap<u32, Vec<String>>) {
        let reader = self.readers.iter().find(|reader| reader.understood().sheet.as_deref() == sheet);
        reader.map(|reader| (reader.header(), reader.cells_of(rows))).unwrap_or_default()
    }
}

/// How the column is called that names the rejects a corrected row settles.
pub const SETTLES: &str = "Signwright rejects";

fn damaged(file: &str) -> IntakeError {
    IntakeError::Damaged { file: file.to_owned(), detail: "reading it failed".to_owned() }
}

fn opened<'b>(file: &str, bytes: &'b [u8], options: &Options<'_>) -> Result<Tables<'b>, IntakeError> {
    let grids = match kind_of_file(file, bytes)? {
        FileKind::Text => text::grids(file, bytes, options.mapping)?,
        FileKind::Json => vec![json::grid(file, &String::from_utf8_lossy(bytes))?],
        FileKind::Workbook => workbook::grids(file, bytes, options.mapping.and_then(|said| said.sheet.as_deref()))?,
    };
    understand(file, grids, options)
}

/// A header that was found, and the mapping it was found with.
struct Candidate {
    grid: usize,
    headers: Headers,
    mapping: Option<Mapping>,
}

fn understand<'b>(file: &str, grids: Vec<Grid<'b>>, options: &Options<'_>) -> Result<Tables<'b>, IntakeError> {
    if let Some(why) = options.mapping.and_then(|mapping| mapping.check().err()) {
        return Err(IntakeError::MappingDoesNotFit { file: file.to_owned(), why });
    }
    let mut found: Vec<Found> = Vec::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    for (index, grid) in grids.iter().enumerate() {
        let mapping = options.mapping.cloned().or_else(|| ready::recognised(grid, options.profiles));
        match headers::find(grid, mapping.as_ref()) {
            Found::Table(mut headers) => {
                bids::settle(grid, &mut headers, mapping.as_ref());
                candidates.push(Candidate { grid: index, headers, mapping });
            }
            Found::Near { headers, .. } if options.sketch => {
                candidates.push(Candidate { grid: index, headers: *headers, mapping });
            }
            other => match wide::find(grid, mapping.as_ref()) {
                Some(headers) => candidates.push(Candidate { grid: index, headers, mapping }),
                None => found.push(other),
            },
        }
    }
    // The same text under several delimiters is one table.
    if grids.iter().all(|grid| grid.delimiter.is_some()) {
        candidates.sort_by_key(|one| -one.headers.score);
        candidates.truncate(1);
    }
    candidates.sort_by_key(|one| -one.headers.score);
    if candidates.is_empty() {
        return Err(headers::refusal(file, &grids, &found));
    }
    let unread = (0..grids.len()).filter(|index| candidates.iter().all(|one| one.grid != *index));
    let unread: Vec<String> =
        unread.filter(|i| !grids[*i].head.is_empty()).filter_map(|i| grids[i].sheet.clone()).collect();
    let mut grids: Vec<Option<Grid<'b>>> = grids.into_iter().map(Some).collect();
    let mut readers: Vec<Reader<'b>> = Vec::new();
    for one in candidates {
        let Some(grid) = grids[one.grid].take() else { continue };
        let plan = plan::of_table(&grid, &one.headers, one.mapping.as_ref(), options.currency);
        readers.push(Reader::new(grid, one.headers, plan));
    }
    if let Some(first) = readers.first_mut() {
        first.understood_mut().sheets_not_read = unread;
    }
    Ok(Tables { readers, at: 0, broken: false })
}

enum FileKind {
    Text,
    Json,
    Workbook,
}

fn kind_of_file(file: &str, bytes: &[u8]) -> Result<FileKind, IntakeError> {
    let not_a_table = |what| Err(IntakeError::NotATable { file: file.to_owned(), what });
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start().to_ascii_lowercase();
    let first = head.trim_start_matches('\u{feff}').chars().next();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        Err(IntakeError::Empty { file: file.to_owned() })
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Ok(FileKind::Workbook)
    } else if bytes.starts_with(b"%PDF-") {
        not_a_table("a PDF")
    } else if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<table") {
        not_a_table("a web page")
    } else if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xff\xd8\xff") {
        not_a_table("a picture")
    } else if matches!(first, Some('[' | '{')) {
        Ok(FileKind::Json)
    } else {
        Ok(FileKind::Text)
    }
}

#[cfg(test)]
mod tests;
