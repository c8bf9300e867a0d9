//! What is known of a quote that is out: when the customer looked at it, and when somebody wants to ask how it stands.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::changed;
use crate::db::{Cells, moment};
use crate::{Db, StoreError};

/// A day on which somebody wants to ask the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FollowUp {
    #[ts(type = "string")]
    pub on: Date,
    /// Empty where nothing was said.
    pub note: String,
}

/// A quote that is to be followed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FollowUpDue {
    #[ts(type = "number")]
    pub quote_id: i64,
    pub number: String,
    pub customer: String,
    pub follow_up: FollowUp,
}

pub fn viewed_at(db: &Db<'_>, id: i64) -> Result<Option<Timestamp>, StoreError> {
    Ok(db.row("SELECT viewed_at FROM quotes WHERE id = ?1", [id], |cells| cells.parse_opt())?.flatten())
}

/// Notes when the customer first looked at it; `None` where another version took its place.
pub fn set_viewed(db: &Db<'_>, id: i64, at: Option<Timestamp>) -> Result<(), StoreError> {
    let text = "UPDATE quotes SET viewed_at = :at WHERE id = :id";
    changed(id, db.run(text, named_params! { ":id": id, ":at": at.map(moment) })?)
}

pub fn follow_up(db: &Db<'_>, id: i64) -> Result<Option<FollowUp>, StoreError> {
    let text = "SELECT follow_up_on, follow_up_note FROM quotes WHERE id = ?1 AND follow_up_on IS NOT NULL";
    db.row(text, [id], |cells| Ok(FollowUp { on: cells.parse()?, note: cells.get()? }))
}

/// Sets or takes away the day.
pub fn set_follow_up(db: &Db<'_>, id: i64, follow_up: Option<&FollowUp>) -> Result<(), StoreError> {
    let text = "UPDATE quotes SET follow_up_on = :on, follow_up_note = :note WHERE id = :id";
    let params = named_params! {
        ":id": id, ":on": follow_up.map(|one| one.on.to_string()), ":note": follow_up.map_or("", |one| &one.note),
    };
    changed(id, db.run(text, params)?)
}

/// Open quotes of which the day has come, the oldest day first.
pub fn due(db: &Db<'_>, today: Date) -> Result<Vec<FollowUpDue>, StoreError> {
    let text = "SELECT id, number, customer, follow_up_on, follow_up_note FROM quotes \
                WHERE follow_up_on <= :today AND status IN ('draft', 'approved', 'sent', 'expired') \
                ORDER BY follow_up_on, id";
    db.rows(text, named_params! { ":today": today.to_string() }, |cells: &mut Cells<'_>| {
        Ok(FollowUpDue {
            quote_id: cells.get()?,
            number: cells.get()?,
            customer: cells.get()?,
            follow_up: FollowUp { on: cells.parse()?, note: cells.get()? },
        })
    })
}
