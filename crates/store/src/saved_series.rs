//! Series that a shop makes of others by a formula.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::db::{Cells, moment};
use crate::{Db, StoreError};

/// A formula over series, under a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedSeries {
    /// 0 until stored.
    #[ts(type = "number")]
    pub id: i64,
    pub title: String,
    /// What stands behind its numbers, such as `$/hour`; may be empty.
    pub unit: String,
    pub formula: String,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// Keeps a series; gives its id. Its title must be free.
pub fn insert(db: &Db<'_>, series: &SavedSeries) -> Result<i64, StoreError> {
    let SavedSeries { title, unit, formula, who, at, .. } = series;
    db.insert(
        "INSERT INTO saved_series (title, unit, formula, who, at) VALUES (:title, :unit, :formula, :who, :at)",
        named_params! { ":title": title, ":unit": unit, ":formula": formula, ":who": who, ":at": moment(*at) },
    )
}

/// Changes what a series says; whether there is one with this id.
pub fn update(db: &Db<'_>, series: &SavedSeries) -> Result<bool, StoreError> {
    let SavedSeries { id, title, unit, formula, who, at } = series;
    let changed = db.run(
        "UPDATE saved_series SET title = :title, unit = :unit, formula = :formula, who = :who, at = :at WHERE id = :id",
        named_params! {
            ":id": id, ":title": title, ":unit": unit, ":formula": formula, ":who": who, ":at": moment(*at),
        },
    )?;
    Ok(changed > 0)
}

/// By title.
pub fn list(db: &Db<'_>) -> Result<Vec<SavedSeries>, StoreError> {
    db.rows("SELECT id, title, unit, formula, who, at FROM saved_series ORDER BY title", [], read)
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<SavedSeries>, StoreError> {
    db.row("SELECT id, title, unit, formula, who, at FROM saved_series WHERE id = ?1", [id], read)
}

/// Forgets a series; whether there was one.
pub fn delete(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM saved_series WHERE id = ?1", [id])? > 0)
}

fn read(cells: &mut Cells<'_>) -> Result<SavedSeries, StoreError> {
    Ok(SavedSeries {
        id: cells.get()?,
        title: cells.get()?,
        unit: cells.get()?,
        formula: cells.get()?,
        who: cells.get()?,
        at: cells.parse()?,
    })
}
