//! Documents beside a person: what waits, corrections with who and when, and the layouts learned from them.

mod canonical;
mod confirm;
mod correct;
mod edit;
mod layouts;
mod lines;
mod records;
mod show;

use serde::{Deserialize, Serialize};
use signwright_domain::record::{ACCEPT, Check, Field, Record, RecordKind, RecordLine, Section, Word};
use signwright_store::reviews;
use ts_rs::TS;

use crate::{Action, CallError};

pub use signwright_store::corrections::Correction;
pub use signwright_store::layouts::LayoutOrigin;
pub use signwright_store::reviews::ReviewState;

pub use confirm::{ConfirmDocument, ConfirmedAll, confirm_document, start_confirming};
pub use correct::{CorrectField, CorrectTable, SetDocumentKind, correct_field, correct_table, set_document_kind};
pub use layouts::{ExportProfile, ImportProfile, ProfileInfo, export_profile, import_profile, list_profiles};
pub(crate) use layouts::{Found, by_layout, keep_corrections, note};
pub use lines::{CorrectLine, LineEdit, correct_line};

/// Which reviews to list.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ReviewQuery {
    /// Also those that nothing waits in.
    pub all: bool,
    /// 200 where nothing is said.
    pub limit: Option<u32>,
}

/// What waits for a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewPage {
    /// Documents with values that wait.
    #[ts(type = "number")]
    pub waiting: u64,
    /// Documents of a layout that nobody knows.
    #[ts(type = "number")]
    pub unknown: u64,
    /// Documents in which nothing waits and that nobody has confirmed yet.
    #[ts(type = "number")]
    pub certain: u64,
    pub documents: Vec<ReviewSummary>,
}

/// A document to look at and, where it holds several records, which of them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShowReview {
    pub sha256: String,
    /// A record's key; without it, or where the document has none of that key any more, the first that waits.
    #[serde(default)]
    pub record: Option<String>,
}

/// One document of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewSummary {
    pub sha256: String,
    pub file: String,
    #[ts(type = "string")]
    pub imported_at: jiff::Timestamp,
    pub state: ReviewState,
    /// Values that wait.
    pub waiting: u32,
    pub kind: Option<RecordKind>,
    pub key: Option<String>,
}

/// A document with everything that was read in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Review {
    pub sha256: String,
    pub file: String,
    pub state: ReviewState,
    /// In all its records.
    pub waiting: u32,
    /// What it holds: a record, or one for each bidder of a bid tab, in the order of the page.
    pub records: Vec<ReviewRecord>,
    /// Which of them is shown, counted from 0.
    pub shown: u32,
    pub page_sizes: Vec<[f64; 2]>,
    pub words: Vec<Word>,
    /// `None` while nobody has said what the document is.
    pub kind: Option<RecordKind>,
    pub key: Option<String>,
    /// Those that the kind usually has, found or not, and any other that was found.
    pub fields: Vec<ReviewField>,
    pub lines: Vec<RecordLine>,
    pub tables: Vec<ReviewTable>,
    /// The columns that the lines of each section may have.
    pub sections: Vec<SectionColumns>,
    pub checks: Vec<Check>,
    /// The learned layout that it was recognised by.
    pub layout: Option<ReviewLayout>,
    pub corrections: Vec<Correction>,
    pub confirmed_by: Option<String>,
    #[ts(type = "string | null")]
    pub confirmed_at: Option<jiff::Timestamp>,
}

/// One record of a document under review, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewRecord {
    /// Names it in corrections; empty while it has no number.
    pub key: String,
    /// The bidder of a bid tab, else its number.
    pub name: String,
    /// Values that wait.
    pub waiting: u32,
    /// A person has seen all of it.
    pub confirmed: bool,
}

/// One field of a document under review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewField {
    pub name: String,
    pub field: Option<Field>,
    /// It is below the bar, or the layout should have it and it was not found.
    pub waiting: bool,
}

/// The columns of some lines on one page, from left to right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewTable {
    pub section: Section,
    pub page: u32,
    /// Points from the top of the page.
    pub top: f64,
    pub bottom: f64,
    pub columns: Vec<TableColumn>,
}

/// One column with its edges in points from the left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TableColumn {
    pub field: String,
    pub left: f64,
    pub right: f64,
}

/// A section and the columns that its lines may have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SectionColumns {
    pub section: Section,
    pub columns: Vec<String>,
}

/// A learned layout in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewLayout {
    #[ts(type = "number")]
    pub id: i64,
    pub name: String,
    /// How many confirmed documents it was learned from.
    pub examples: u32,
}

pub fn list_reviews(action: &Action, query: ReviewQuery) -> Result<ReviewPage, CallError> {
    let db = action.shop().read();
    let listed = reviews::list(&db, query.all, query.limit.unwrap_or(200).min(1000))?;
    let documents = listed.into_iter().map(|one| show::summary(&db, one)).collect::<Result<_, _>>()?;
    let count = |state| reviews::count(&db, state);
    Ok(ReviewPage {
        waiting: count(ReviewState::Waiting)?,
        unknown: count(ReviewState::Unknown)?,
        certain: count(ReviewState::Certain)?,
        documents,
    })
}

pub fn show_review(action: &Action, input: ShowReview) -> Result<Review, CallError> {
    show::review(action, &input.sha256, input.record.as_deref())
}

/// How many of a record's values wait.
fn doubtful(record: &Record) -> usize {
    let lines = record.lines.iter().flat_map(|line| line.fields.values());
    record.fields.values().chain(lines).filter(|field| field.confidence < ACCEPT).count()
}
