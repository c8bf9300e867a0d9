//! Layout profiles, learned here or brought from another machine. What is in one is `intake`'s to say.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::db::{Cells, moment, word};
use crate::{Db, StoreError};

/// Where a profile comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LayoutOrigin {
    Learned,
    Imported,
}

/// A kept profile.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredLayout {
    pub id: i64,
    pub origin: LayoutOrigin,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// JSON.
    pub profile: String,
}

/// A profile to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewLayout<'a> {
    /// The kind of record it gives, as a word.
    pub kind: &'a str,
    pub examples: u32,
    pub origin: LayoutOrigin,
    /// SHA-256 of the file it was imported from.
    pub digest: Option<&'a str>,
    pub at: Timestamp,
    /// JSON.
    pub profile: &'a str,
}

const SELECT: &str = "SELECT id, origin, created_at, updated_at, profile FROM layout_profiles";

/// Keeps a new profile; gives its id.
pub fn insert(db: &Db<'_>, new: &NewLayout<'_>) -> Result<i64, StoreError> {
    db.insert(
        "INSERT INTO layout_profiles (kind, examples, origin, digest, created_at, updated_at, profile) \
         VALUES (:kind, :examples, :origin, :digest, :at, :at, :profile)",
        named_params! {
            ":kind": new.kind, ":examples": new.examples, ":origin": word(&new.origin)?, ":digest": new.digest,
            ":at": moment(new.at), ":profile": new.profile,
        },
    )
}

/// Keeps what a profile has become.
pub fn update(db: &Db<'_>, id: i64, examples: u32, at: Timestamp, profile: &str) -> Result<(), StoreError> {
    let text = "UPDATE layout_profiles SET examples = :examples, updated_at = :at, profile = :profile WHERE id = :id";
    let params = named_params! { ":examples": examples, ":at": moment(at), ":profile": profile, ":id": id };
    if db.run(text, params)? == 0 { Err(StoreError::NoSuch { what: "layout profile", id }) } else { Ok(()) }
}

/// In the order they were first kept.
pub fn list(db: &Db<'_>) -> Result<Vec<StoredLayout>, StoreError> {
    db.rows(&format!("{SELECT} ORDER BY id"), [], read)
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<StoredLayout>, StoreError> {
    db.row(&format!("{SELECT} WHERE id = ?1"), [id], read)
}

/// The profile that came from a file with this hash.
pub fn by_digest(db: &Db<'_>, digest: &str) -> Result<Option<StoredLayout>, StoreError> {
    db.row(&format!("{SELECT} WHERE digest = ?1"), [digest], read)
}

fn read(cells: &mut Cells<'_>) -> Result<StoredLayout, StoreError> {
    Ok(StoredLayout {
        id: cells.get()?,
        origin: cells.word()?,
        created_at: cells.parse()?,
        updated_at: cells.parse()?,
        profile: cells.get()?,
    })
}
