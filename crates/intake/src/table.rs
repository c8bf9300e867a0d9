//! Tables: CSV files and spreadsheets to records, with a statement of how they were understood.
//!
//! Which kind of record a table holds is decided by its headers. A table whose kind or key column cannot be told is
//! refused with a sentence that says what was seen and what to do; nothing is taken from it.

use serde::Serialize;
use signwright_domain::Currency;
use signwright_domain::record::{Parsed, RecordKind, Reject, RejectReason};

use crate::dates::DateOrder;
use crate::pdf::isolated;

mod cells;
mod columns;
mod fields;
mod grid;
mod headers;
mod plan;
mod rows;
mod text;
mod units;
mod workbook;

/// The records and rejects of one table, and how it was understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableReading {
    pub parsed: Parsed,
    pub understood: Understood,
}

/// How a table was understood: shown to a person before anything is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Understood {
    pub kind: Option<RecordKind>,
    /// Of a text file: `UTF-8`, `windows-1252`.
    pub encoding: Option<String>,
    /// Of a text file.
    pub delimiter: Option<char>,
    /// Of a workbook.
    pub sheet: Option<String>,
    /// From 1, as a spreadsheet counts.
    pub header_row: u32,
    pub columns: Vec<ColumnUse>,
    /// How dates written as numbers are read, where the table has such dates.
    pub date_order: Option<DateOrder>,
    /// Whether most number columns write `1.234,50`.
    pub decimal_comma: bool,
    /// Rows that are no records and no errors: totals, repeated headers, remarks below the table, exact repetitions.
    pub set_aside: Vec<SetAside>,
}

/// What one column is used for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnUse {
    /// From 1.
    pub column: u32,
    pub header: String,
    /// The field it fills; `None` where it is not used.
    pub field: Option<String>,
    /// What a person should know: "inches, converted to feet".
    pub note: Option<String>,
}

/// A row that was deliberately not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetAside {
    pub row: u32,
    pub raw: String,
    pub why: String,
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
            Self::NotATable { .. } | Self::OneColumn { .. } | Self::NoKey { .. } | Self::UnknownHeaders { .. } => {
                RejectReason::WrongShape
            }
        }
    }

    /// The whole file as one reject.
    pub fn to_reject(&self) -> Reject {
        crate::pdf::reject(self.reason(), self.to_string())
    }
}

/// Reads a CSV file (`,` `;` tab or `|`, any common encoding) or a workbook (XLSX, XLSM, XLSB, XLS, ODS). What it is, is
/// decided by its bytes; `file_name` is only for messages. Amounts without a sign are in `currency`.
pub fn read_table(file_name: &str, bytes: &[u8], currency: Currency) -> Result<TableReading, IntakeError> {
    let damaged = || IntakeError::Damaged { file: file_name.to_owned(), detail: "reading it failed".to_owned() };
    isolated::catch(|| read(file_name, bytes, currency)).unwrap_or_else(|| Err(damaged()))
}

fn read(file: &str, bytes: &[u8], currency: Currency) -> Result<TableReading, IntakeError> {
    let grids = match kind_of_file(file, bytes)? {
        FileKind::Text => text::grids(file, bytes)?,
        FileKind::Workbook => workbook::grids(file, bytes)?,
    };
    let (grid, headers) = headers::best(file, &grids)?;
    let plan = plan::of_table(grid, &headers, currency);
    Ok(rows::read(grid, &headers, plan))
}

enum FileKind {
    Text,
    Workbook,
}

fn kind_of_file(file: &str, bytes: &[u8]) -> Result<FileKind, IntakeError> {
    let not_a_table = |what| Err(IntakeError::NotATable { file: file.to_owned(), what });
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start().to_ascii_lowercase();
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
    } else {
        Ok(FileKind::Text)
    }
}

#[cfg(test)]
mod tests;
