//! The versions of a quote: the last one is active, a locked one stays as it is.

use rusqlite::named_params;
use signwright_domain::quote::{Quote, QuoteVersion};

use super::existing;
use crate::db::{Cells, json, minor};
use crate::settings::currency;
use crate::{Db, StoreError};

/// Replaces the active version; [`StoreError::Locked`] once it is locked.
pub fn update_draft(db: &Db<'_>, quote_id: i64, version: &QuoteVersion) -> Result<(), StoreError> {
    let quote = existing(db, quote_id)?;
    let active = quote.active();
    if active.locked {
        return Err(StoreError::Locked { number: quote.number.clone(), version: active.version });
    }
    db.run(
        "DELETE FROM quote_versions WHERE quote_id = :quote_id AND version = :version",
        named_params! { ":quote_id": quote_id, ":version": active.version },
    )?;
    insert(db, quote_id, active.version, version)
}

/// Locks the active version: from here it never changes. Locking it again changes nothing.
pub fn lock(db: &Db<'_>, quote_id: i64) -> Result<(), StoreError> {
    lock_active(db, &existing(db, quote_id)?)
}

/// Adds a version, which becomes the active one; gives its number. The one before it is locked.
pub fn add_version(db: &Db<'_>, quote_id: i64, version: &QuoteVersion) -> Result<u32, StoreError> {
    let quote = existing(db, quote_id)?;
    lock_active(db, &quote)?;
    let number = quote.active().version + 1;
    insert(db, quote_id, number, version)?;
    Ok(number)
}

fn lock_active(db: &Db<'_>, quote: &Quote) -> Result<(), StoreError> {
    db.run(
        "UPDATE quote_versions SET locked = 1 WHERE quote_id = :quote_id AND version = :version AND locked = 0",
        named_params! { ":quote_id": quote.id, ":version": quote.active().version },
    )?;
    Ok(())
}

pub(super) fn insert(db: &Db<'_>, quote_id: i64, number: u32, version: &QuoteVersion) -> Result<(), StoreError> {
    let currency = currency(db)?;
    db.run(
        "INSERT INTO quote_versions (quote_id, version, locked, cost, total, valid_until, content) \
         VALUES (:quote_id, :version, 0, :cost, :total, :valid_until, :content)",
        named_params! {
            ":quote_id": quote_id, ":version": number, ":cost": minor(Some(version.totals.cost), currency)?,
            ":total": minor(Some(version.totals.total), currency)?, ":valid_until": version.valid_until.to_string(),
            ":content": json(version)?,
        },
    )?;
    Ok(())
}

/// Oldest first. Number and lock are the columns'.
pub(super) fn of(db: &Db<'_>, quote_id: i64) -> Result<Vec<QuoteVersion>, StoreError> {
    let text = "SELECT version, locked, content FROM quote_versions WHERE quote_id = ?1 ORDER BY version";
    db.rows(text, [quote_id], |cells: &mut Cells<'_>| {
        let (version, locked) = (cells.get()?, cells.get()?);
        Ok(QuoteVersion { version, locked, ..cells.json()? })
    })
}
