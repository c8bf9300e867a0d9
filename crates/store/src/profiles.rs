//! How the shop's own sources are read: a mapping of columns to fields, by name. What is in a mapping is for who reads
//! tables; here it is JSON.

use jiff::Timestamp;
use rusqlite::named_params;
use serde_json::Value;

use crate::db::{json, moment};
use crate::{Change, Db, StoreError};

/// Keeps a profile in place of what had its name.
pub fn save(db: &Db<'_>, name: &str, mapping: &Value, at: Timestamp) -> Result<Change, StoreError> {
    let before = get(db, name)?;
    if before.as_ref() == Some(mapping) {
        return Ok(Change::Unchanged);
    }
    db.run(
        "INSERT INTO table_profiles (name, mapping, saved_at) VALUES (:name, :mapping, :at) \
         ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at",
        named_params! { ":name": name, ":mapping": json(mapping)?, ":at": moment(at) },
    )?;
    Ok(if before.is_some() { Change::Updated } else { Change::Created })
}

pub fn get(db: &Db<'_>, name: &str) -> Result<Option<Value>, StoreError> {
    db.row("SELECT mapping FROM table_profiles WHERE name = ?1", [name], |cells| cells.json())
}

/// Name and mapping, by name.
pub fn list(db: &Db<'_>) -> Result<Vec<(String, Value)>, StoreError> {
    db.rows("SELECT name, mapping FROM table_profiles ORDER BY name", [], |cells| Ok((cells.get()?, cells.json()?)))
}

/// Whether there was one.
pub fn remove(db: &Db<'_>, name: &str) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM table_profiles WHERE name = ?1", [name])? > 0)
}
