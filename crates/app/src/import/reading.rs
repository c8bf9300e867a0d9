//! One file's bytes into records and rejects, whatever kind of file it is.

use std::path::Path;

use serde_json::Value;
use signwright_domain::record::{DocumentKind, Extraction, Parsed, ReadState, Reject, RejectReason};
use signwright_domain::{Cancelled, Currency, Task};
use signwright_intake::Mapping;
use signwright_store::imports::ImportState;

use super::table;
use crate::worker::{Password, Reader};
use crate::{CallError, files, review};

/// How the reading of a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingState {
    Document(ReadState),
    Table,
    /// Nothing of it could be taken.
    Refused,
}

impl ReadingState {
    /// One word for the outcome of a file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Document(ReadState::Read) | Self::Table => "read",
            Self::Document(ReadState::PartlyRead) => "partly_read",
            Self::Document(ReadState::NoTextLayer) => "no_text_layer",
            Self::Document(ReadState::NeedsPassword) => "needs_password",
            Self::Document(ReadState::Damaged) => "damaged",
            Self::Document(ReadState::TooLarge) => "too_large",
            Self::Refused => "refused",
        }
    }

    pub(super) fn stored(self, parsed: &Parsed) -> ImportState {
        match self {
            Self::Document(state) => state.into(),
            Self::Table if parsed.rejects.is_empty() => ImportState::Read,
            Self::Table => ImportState::PartlyRead,
            Self::Refused => ImportState::Refused,
        }
    }
}

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub state: ReadingState,
    pub kind: Option<String>,
    pub media_type: &'static str,
    pub parsed: Parsed,
    /// How a table was understood.
    pub understood: Option<Value>,
    /// Words and boxes of a PDF.
    pub extraction: Option<Extraction>,
    pub message: Option<String>,
    /// What a learned layout made of it.
    pub(crate) found: review::Found,
}

/// Reads what is in one PDF, all tables and labelled values included, without keeping it.
pub fn extract(executable: &Path, path: &Path, password: Option<Password>) -> Result<Extraction, CallError> {
    let bytes = files::read(path)?;
    Ok(Reader::new(executable, password).with_structure().read(&Task::silent(), Currency::USD, &bytes)?)
}

/// Reads one file by what it is: its first bytes say PDF, else its name says what table.
pub fn read_file(
    reader: &Reader,
    task: &Task,
    path: &Path,
    bytes: &[u8],
    currency: Currency,
) -> Result<Reading, Cancelled> {
    let name = files::name(path);
    let is_pdf = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
    match table::media_type(path) {
        _ if is_pdf || looks_like_pdf(bytes) => pdf(reader, task, bytes, currency),
        Some(media_type) => Ok(table(path, bytes, media_type, currency, None, &[])),
        None => Ok(unknown_kind(format!(
            "{name} is not a kind of file that is read; PDF, CSV, XLSX, XLS, ODS, JSON and Parquet are"
        ))),
    }
}

pub(super) fn looks_like_pdf(bytes: &[u8]) -> bool {
    bytes.get(..1024).unwrap_or(bytes).windows(5).any(|window| window == b"%PDF-")
}

fn pdf(reader: &Reader, task: &Task, bytes: &[u8], currency: Currency) -> Result<Reading, Cancelled> {
    let extraction = reader.read(task, currency, bytes)?;
    Ok(Reading {
        state: ReadingState::Document(extraction.state),
        kind: kind_word(extraction.kind).map(str::to_owned),
        media_type: "application/pdf",
        parsed: extraction.parsed.clone(),
        understood: None,
        message: extraction.message.clone(),
        extraction: Some(extraction),
        found: review::Found::default(),
    })
}

/// A whole table at once.
pub(super) fn table(
    path: &Path,
    bytes: &[u8],
    media_type: &'static str,
    currency: Currency,
    mapping: Option<&Mapping>,
    profiles: &[Mapping],
) -> Reading {
    let mut tables = match table::open(path, bytes, currency, mapping, profiles, false) {
        Ok(tables) => tables,
        Err(error) => return refused(error.to_reject()),
    };
    let mut parsed = Parsed::default();
    while let Some(next) = tables.next(usize::MAX) {
        parsed.records.extend(next.records);
        parsed.rejects.extend(next.rejects);
    }
    let understood = tables.understood();
    Reading {
        state: if parsed.records.is_empty() { ReadingState::Refused } else { ReadingState::Table },
        kind: understood.first().and_then(|first| first.kind).map(|kind| kind.label().to_owned()),
        media_type,
        understood: serde_json::to_value(&understood).ok(),
        message: parsed.records.is_empty().then(|| first_reason(&parsed)),
        parsed,
        extraction: None,
        found: review::Found::default(),
    }
}

fn first_reason(parsed: &Parsed) -> String {
    parsed.rejects.first().map_or_else(|| "the file holds no rows".to_owned(), |reject| reject.message.clone())
}

pub(super) fn refused(reject: Reject) -> Reading {
    Reading {
        state: ReadingState::Refused,
        kind: None,
        media_type: "application/octet-stream",
        message: Some(reject.message.clone()),
        parsed: Parsed { rejects: vec![reject], ..Parsed::default() },
        understood: None,
        extraction: None,
        found: review::Found::default(),
    }
}

/// A file that is refused before anything in it is looked at.
fn unknown_kind(message: String) -> Reading {
    refused(Reject {
        kind: None,
        key: None,
        field: None,
        place: None,
        raw: String::new(),
        reason: RejectReason::WrongShape,
        message,
    })
}

fn kind_word(kind: DocumentKind) -> Option<&'static str> {
    match kind {
        DocumentKind::CostSummary => Some("cost summary"),
        DocumentKind::Quote => Some("quote"),
        DocumentKind::Invoice => Some("invoice"),
        DocumentKind::VendorBill => Some("vendor bill"),
        DocumentKind::PurchaseOrder => Some("purchase order"),
        DocumentKind::BidTab => Some("bid tab"),
        DocumentKind::Other => None,
    }
}
