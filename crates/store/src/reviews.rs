//! How far the review of each document is.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::record::Record;
use ts_rs::TS;

use crate::db::{Cells, json, limit, moment, word};
use crate::{Db, StoreError};

/// How a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// It has words, and nobody knows yet what they mean.
    Unknown,
    /// Some of its values wait for a person, or a person has begun with it.
    Waiting,
    /// All of it is certain, and no person has looked.
    Certain,
    /// A person has confirmed it.
    Confirmed,
}

/// The review of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    pub sha256: String,
    pub state: ReviewState,
    /// Values below the bar, and fields that the layout should have and that were not found.
    pub waiting: u32,
    pub profile_id: Option<i64>,
    /// The profile that this document taught.
    pub taught_id: Option<i64>,
    /// A record that has no key yet.
    pub draft: Option<Record>,
    pub missing: Vec<String>,
    pub confirmed_by: Option<String>,
    pub confirmed_at: Option<Timestamp>,
}

/// A review with its document's name.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedReview {
    pub review: Review,
    pub file_name: String,
    pub imported_at: Timestamp,
}

const COLUMNS: &str = "r.sha256, r.state, r.waiting, r.profile_id, r.taught_id, r.draft, r.missing, r.confirmed_by, \
                       r.confirmed_at";

/// Keeps a review in place of what was known.
pub fn set(db: &Db<'_>, review: &Review) -> Result<(), StoreError> {
    db.run(
        "REPLACE INTO reviews (sha256, state, waiting, profile_id, taught_id, draft, missing, confirmed_by, \
         confirmed_at) VALUES (:sha256, :state, :waiting, :profile_id, :taught_id, :draft, :missing, :by, :at)",
        named_params! {
            ":sha256": review.sha256, ":state": word(&review.state)?, ":waiting": review.waiting,
            ":profile_id": review.profile_id, ":taught_id": review.taught_id,
            ":draft": review.draft.as_ref().map(json).transpose()?, ":missing": json(&review.missing)?,
            ":by": review.confirmed_by, ":at": review.confirmed_at.map(moment),
        },
    )?;
    Ok(())
}

pub fn get(db: &Db<'_>, sha256: &str) -> Result<Option<Review>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM reviews r WHERE r.sha256 = ?1"), [sha256], read)
}

/// What waits for a person, or all of it; the newest document first, those that nobody knows last.
pub fn list(db: &Db<'_>, all: bool, rows: u32) -> Result<Vec<ListedReview>, StoreError> {
    let text = format!(
        "SELECT {COLUMNS}, d.name, d.imported_at FROM reviews r JOIN documents d ON d.sha256 = r.sha256 \
         WHERE :all OR r.state IN ('waiting', 'unknown') ORDER BY r.state = 'unknown', d.rowid DESC LIMIT :rows"
    );
    db.rows(&text, named_params! { ":all": all, ":rows": limit(rows) }, |cells| {
        Ok(ListedReview { review: read(cells)?, file_name: cells.get()?, imported_at: cells.parse()? })
    })
}

/// How many documents are in a state.
pub fn count(db: &Db<'_>, state: ReviewState) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM reviews WHERE state = ?1", [word(&state)?])
}

/// The documents in a state.
pub fn in_state(db: &Db<'_>, state: ReviewState) -> Result<Vec<String>, StoreError> {
    db.rows("SELECT sha256 FROM reviews WHERE state = ?1 ORDER BY sha256", [word(&state)?], |cells| cells.get())
}

/// How many documents a profile read.
pub fn read_by(db: &Db<'_>, profile_id: i64) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM reviews WHERE profile_id = ?1", [profile_id])
}

fn read(cells: &mut Cells<'_>) -> Result<Review, StoreError> {
    Ok(Review {
        sha256: cells.get()?,
        state: cells.word()?,
        waiting: cells.get()?,
        profile_id: cells.get()?,
        taught_id: cells.get()?,
        draft: cells.json_opt()?,
        missing: cells.json()?,
        confirmed_by: cells.get()?,
        confirmed_at: cells.parse_opt()?,
    })
}
