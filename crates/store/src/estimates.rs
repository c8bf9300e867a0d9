//! Estimates, each kept as it was made. The schema refuses to change or delete one.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_domain::estimate::{Basis, Estimate};
use ts_rs::TS;

use crate::db::{json, limit, minor, moment, word};
use crate::settings::currency;
use crate::{Db, StoreError};

/// An estimate in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EstimateSummary {
    #[ts(type = "number")]
    pub id: i64,
    pub title: String,
    #[ts(type = "string")]
    pub created_at: Timestamp,
    #[ts(type = "string")]
    pub quoted_on: Date,
    pub sign_type: Option<String>,
    pub basis: Basis,
    pub cost: Money,
}

/// Keeps an estimate; gives its id, which takes the place of the one it came with.
pub fn insert(db: &Db<'_>, estimate: &Estimate) -> Result<i64, StoreError> {
    let cost = minor(Some(estimate.cost), currency(db)?)?;
    db.insert(
        "INSERT INTO estimates (title, created_at, quoted_on, sign_type, basis, model_id, cost, estimate) \
         VALUES (:title, :created_at, :quoted_on, :sign_type, :basis, :model_id, :cost, :estimate)",
        named_params! {
            ":title": estimate.title, ":created_at": moment(estimate.created_at),
            ":quoted_on": estimate.quoted_on.to_string(), ":sign_type": estimate.specification.text("sign_type"),
            ":basis": word(&estimate.basis)?, ":model_id": estimate.model_id, ":cost": cost,
            ":estimate": json(estimate)?,
        },
    )
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Estimate>, StoreError> {
    let found: Option<Estimate> = db.row("SELECT estimate FROM estimates WHERE id = ?1", [id], |cells| cells.json())?;
    Ok(found.map(|estimate| Estimate { id, ..estimate }))
}

/// Newest first.
pub fn list(db: &Db<'_>, offset: u32, rows: u32) -> Result<Vec<EstimateSummary>, StoreError> {
    let currency = currency(db)?;
    let text = "SELECT id, title, created_at, quoted_on, sign_type, basis, cost FROM estimates ORDER BY id DESC \
                LIMIT ?1 OFFSET ?2";
    db.rows(text, [limit(rows), limit(offset)], |cells| {
        Ok(EstimateSummary {
            id: cells.get()?,
            title: cells.get()?,
            created_at: cells.parse()?,
            quoted_on: cells.parse()?,
            sign_type: cells.get()?,
            basis: cells.word()?,
            cost: cells.money(currency)?,
        })
    })
}

pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM estimates", [])
}
