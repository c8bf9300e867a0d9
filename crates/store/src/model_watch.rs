//! The newest look at how each model does on the jobs that come.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::{json, moment};
use crate::{Db, StoreError};

/// Keeps what a look found, in place of the one before.
pub fn set(db: &Db<'_>, model_id: i64, at: Timestamp, report: &impl Serialize) -> Result<(), StoreError> {
    db.run(
        "REPLACE INTO model_watch (model_id, at, report) VALUES (:model, :at, :report)",
        named_params! { ":model": model_id, ":at": moment(at), ":report": json(report)? },
    )?;
    Ok(())
}

/// What the newest look found; `None` where nobody has looked.
pub fn get<T: DeserializeOwned>(db: &Db<'_>, model_id: i64) -> Result<Option<T>, StoreError> {
    db.row("SELECT report FROM model_watch WHERE model_id = ?1", [model_id], |cells| cells.json())
}
