//! What became of each file that was imported.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::record::{Check, ReadState};
use ts_rs::TS;

use crate::db::{Cells, json, limit, moment, word};
use crate::{Db, StoreError};

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Not finished; seen only inside the transaction that imports.
    Started,
    Read,
    /// Some of it was rejected.
    PartlyRead,
    NoTextLayer,
    NeedsPassword,
    Damaged,
    TooLarge,
    /// Nothing of it was taken, for the reason in `message`.
    Refused,
}

impl ImportState {
    /// Nothing of the file came in; another reading may bring more.
    pub fn is_failed(self) -> bool {
        matches!(self, Self::NeedsPassword | Self::Damaged | Self::TooLarge | Self::Refused)
    }
}

impl From<ReadState> for ImportState {
    fn from(state: ReadState) -> Self {
        match state {
            ReadState::Read => Self::Read,
            ReadState::PartlyRead => Self::PartlyRead,
            ReadState::NoTextLayer => Self::NoTextLayer,
            ReadState::NeedsPassword => Self::NeedsPassword,
            ReadState::Damaged => Self::Damaged,
            ReadState::TooLarge => Self::TooLarge,
        }
    }
}

/// An import as it begins.
#[derive(Clone, Copy, Debug)]
pub struct NewImport<'a> {
    /// The kept document, `None` for a file that could not be kept.
    pub sha256: Option<&'a str>,
    pub file_name: &'a str,
    pub at: Timestamp,
    pub user: &'a str,
}

/// How an import ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub state: ImportState,
    /// What the file was taken for: "cost summary", "quotes".
    pub kind: Option<String>,
    pub counts: Counts,
    pub checks: Vec<Check>,
    /// How the file was understood (mapping, dialect, layout), for the import page.
    pub understood: Option<serde_json::Value>,
    pub message: Option<String>,
}

/// What an import changed, in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counts {
    pub created: u32,
    pub updated: u32,
    pub unchanged: u32,
    pub rejected: u32,
}

impl Counts {
    /// Records that are not as they were.
    pub fn changed(self) -> u64 {
        u64::from(self.created) + u64::from(self.updated)
    }
}

/// One import of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Import {
    #[ts(type = "number")]
    pub id: i64,
    pub sha256: Option<String>,
    pub file_name: String,
    #[ts(type = "string")]
    pub started_at: Timestamp,
    #[ts(type = "string | null")]
    pub finished_at: Option<Timestamp>,
    pub user: String,
    pub state: ImportState,
    pub kind: Option<String>,
    pub counts: Counts,
    pub checks: Vec<Check>,
    #[ts(type = "unknown")]
    pub understood: Option<serde_json::Value>,
    pub message: Option<String>,
}

const COLUMNS: &str = "id, sha256, file_name, started_at, finished_at, user, state, kind, created, updated, unchanged, \
                       rejected, checks, understood, message";

/// Notes that an import begins; gives its id.
pub fn start(db: &Db<'_>, import: &NewImport<'_>) -> Result<i64, StoreError> {
    db.insert(
        "INSERT INTO imports (sha256, file_name, started_at, user, state) \
         VALUES (:sha256, :file_name, :started_at, :user, 'started')",
        named_params! {
            ":sha256": import.sha256, ":file_name": import.file_name, ":started_at": moment(import.at),
            ":user": import.user,
        },
    )
}

/// Notes how it ended.
pub fn finish(db: &Db<'_>, id: i64, at: Timestamp, outcome: &Outcome) -> Result<(), StoreError> {
    let Counts { created, updated, unchanged, rejected } = outcome.counts;
    let understood = outcome.understood.as_ref().map(json).transpose()?;
    let changed = db.run(
        "UPDATE imports SET finished_at = :at, state = :state, kind = :kind, created = :created, updated = :updated, \
         unchanged = :unchanged, rejected = :rejected, checks = :checks, understood = :understood, message = :message \
         WHERE id = :id",
        named_params! {
            ":id": id, ":at": moment(at), ":state": word(&outcome.state)?, ":kind": outcome.kind, ":created": created,
            ":updated": updated, ":unchanged": unchanged, ":rejected": rejected, ":checks": json(&outcome.checks)?,
            ":understood": understood, ":message": outcome.message,
        },
    )?;
    if changed == 0 { Err(StoreError::NoSuch { what: "import", id }) } else { Ok(()) }
}

/// Notes the checks of a document that was corrected.
pub fn set_checks(db: &Db<'_>, id: i64, kind: &str, checks: &[Check]) -> Result<(), StoreError> {
    let text = "UPDATE imports SET checks = :checks, kind = :kind, message = NULL WHERE id = :id";
    db.run(text, named_params! { ":checks": json(&checks)?, ":kind": kind, ":id": id })?;
    Ok(())
}

/// Newest first.
pub fn list(db: &Db<'_>, offset: u32, rows: u32) -> Result<Vec<Import>, StoreError> {
    let text = format!("SELECT {COLUMNS} FROM imports ORDER BY id DESC LIMIT ?1 OFFSET ?2");
    db.rows(&text, [limit(rows), limit(offset)], read)
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Import>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM imports WHERE id = ?1"), [id], read)
}

/// The imports of one document, newest first.
pub fn find_by_document(db: &Db<'_>, sha256: &str) -> Result<Vec<Import>, StoreError> {
    db.rows(&format!("SELECT {COLUMNS} FROM imports WHERE sha256 = ?1 ORDER BY id DESC"), [sha256], read)
}

/// The import under which the records of a document are kept: its first one, however often it is read again.
pub fn first_of_document(db: &Db<'_>, sha256: &str) -> Result<Option<i64>, StoreError> {
    db.value("SELECT min(id) FROM imports WHERE sha256 = ?1", [sha256])
}

pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM imports", [])
}

fn read(cells: &mut Cells<'_>) -> Result<Import, StoreError> {
    Ok(Import {
        id: cells.get()?,
        sha256: cells.get()?,
        file_name: cells.get()?,
        started_at: cells.parse()?,
        finished_at: cells.parse_opt()?,
        user: cells.get()?,
        state: cells.word()?,
        kind: cells.get()?,
        counts: Counts {
            created: cells.get()?,
            updated: cells.get()?,
            unchanged: cells.get()?,
            rejected: cells.get()?,
        },
        checks: cells.json()?,
        understood: cells.json_opt()?,
        message: cells.get()?,
    })
}
