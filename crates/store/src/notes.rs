//! Notes and tags that people put to quotes and jobs.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::db::moment;
use crate::{Db, StoreError};

/// What notes and tags can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "about", content = "id", rename_all = "snake_case")]
pub enum About {
    Quote(#[ts(type = "number")] i64),
    Job(#[ts(type = "number")] i64),
}

impl About {
    fn row(self) -> (&'static str, i64) {
        match self {
            Self::Quote(id) => ("quote", id),
            Self::Job(id) => ("job", id),
        }
    }
}

/// What somebody wrote about something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Note {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub who: String,
    pub note: String,
}

/// Adds a note; gives its id.
pub fn add(db: &Db<'_>, about: About, at: Timestamp, who: &str, note: &str) -> Result<i64, StoreError> {
    let (about, id) = about.row();
    db.insert(
        "INSERT INTO notes (about, about_id, at, who, note) VALUES (:about, :id, :at, :who, :note)",
        named_params! { ":about": about, ":id": id, ":at": moment(at), ":who": who, ":note": note },
    )
}

/// Takes a note away; whether it was there.
pub fn remove(db: &Db<'_>, about: About, note_id: i64) -> Result<bool, StoreError> {
    let (about, id) = about.row();
    let text = "DELETE FROM notes WHERE id = :note_id AND about = :about AND about_id = :id";
    Ok(db.run(text, named_params! { ":note_id": note_id, ":about": about, ":id": id })? > 0)
}

/// Oldest first.
pub fn of(db: &Db<'_>, about: About) -> Result<Vec<Note>, StoreError> {
    let (about, id) = about.row();
    let text = "SELECT id, at, who, note FROM notes WHERE about = :about AND about_id = :id ORDER BY id";
    db.rows(text, named_params! { ":about": about, ":id": id }, |cells| {
        Ok(Note { id: cells.get()?, at: cells.parse()?, who: cells.get()?, note: cells.get()? })
    })
}

/// In the order of the alphabet.
pub fn tags(db: &Db<'_>, about: About) -> Result<Vec<String>, StoreError> {
    let (about, id) = about.row();
    let text = "SELECT tag FROM tags WHERE about = :about AND about_id = :id ORDER BY tag";
    db.rows(text, named_params! { ":about": about, ":id": id }, |cells| cells.get())
}

/// Puts these tags in the place of those that are there.
pub fn set_tags(db: &Db<'_>, about: About, tags: &[String]) -> Result<(), StoreError> {
    let (about, id) = about.row();
    db.run("DELETE FROM tags WHERE about = :about AND about_id = :id", named_params! { ":about": about, ":id": id })?;
    for tag in tags {
        let text = "INSERT OR IGNORE INTO tags (about, about_id, tag) VALUES (:about, :id, :tag)";
        db.run(text, named_params! { ":about": about, ":id": id, ":tag": tag })?;
    }
    Ok(())
}
