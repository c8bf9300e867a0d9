//! Each change of a draft with what stood before and after, so that it can be taken back and made again.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::quote::{Quote, QuoteVersion};

use crate::db::{Cells, json, moment};
use crate::{Db, StoreError};

/// What of a draft a person writes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub title: String,
    pub customer: String,
    pub contact: String,
    pub version: QuoteVersion,
}

impl Draft {
    /// What a person has written of the active version.
    pub fn of(quote: &Quote) -> Self {
        Self {
            title: quote.title.clone(),
            customer: quote.customer.clone(),
            contact: quote.contact.clone(),
            version: quote.active().clone(),
        }
    }
}

/// A change of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pub id: i64,
    pub at: Timestamp,
    pub who: String,
    pub before: Draft,
    pub after: Draft,
}

/// A change as it is made.
#[derive(Clone, Copy, Debug)]
pub struct NewEdit<'a> {
    pub quote_id: i64,
    pub at: Timestamp,
    pub who: &'a str,
    pub before: &'a Draft,
    pub after: &'a Draft,
}

/// Keeps a change; what was taken back before it can no longer be made again.
pub fn push(db: &Db<'_>, edit: &NewEdit<'_>) -> Result<(), StoreError> {
    let NewEdit { quote_id, at, who, before, after } = edit;
    let version = before.version.version;
    let params = named_params! { ":quote_id": quote_id, ":version": version };
    db.run("DELETE FROM quote_edits WHERE quote_id = :quote_id AND version = :version AND undone = 1", params)?;
    db.insert(
        "INSERT INTO quote_edits (quote_id, version, at, who, before, after) \
         VALUES (:quote_id, :version, :at, :who, :before, :after)",
        named_params! {
            ":quote_id": quote_id, ":version": version, ":at": moment(*at), ":who": who,
            ":before": json(before)?, ":after": json(after)?,
        },
    )?;
    Ok(())
}

/// The last change of a version that was not taken back.
pub fn last_made(db: &Db<'_>, quote_id: i64, version: u32) -> Result<Option<Edit>, StoreError> {
    let text = "SELECT id, at, who, before, after FROM quote_edits \
                WHERE quote_id = :quote_id AND version = :version AND undone = 0 ORDER BY id DESC LIMIT 1";
    db.row(text, named_params! { ":quote_id": quote_id, ":version": version }, read)
}

/// The change of a version that was taken back last.
pub fn last_undone(db: &Db<'_>, quote_id: i64, version: u32) -> Result<Option<Edit>, StoreError> {
    let text = "SELECT id, at, who, before, after FROM quote_edits \
                WHERE quote_id = :quote_id AND version = :version AND undone = 1 ORDER BY id LIMIT 1";
    db.row(text, named_params! { ":quote_id": quote_id, ":version": version }, read)
}

/// Notes that a change was taken back, or made again.
pub fn mark(db: &Db<'_>, id: i64, undone: bool) -> Result<(), StoreError> {
    db.run("UPDATE quote_edits SET undone = :undone WHERE id = :id", named_params! { ":id": id, ":undone": undone })?;
    Ok(())
}

fn read(cells: &mut Cells<'_>) -> Result<Edit, StoreError> {
    Ok(Edit { id: cells.get()?, at: cells.parse()?, who: cells.get()?, before: cells.json()?, after: cells.json()? })
}
