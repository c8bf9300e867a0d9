//! The list of quotes with what its active version comes to.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_domain::quote::QuoteStatus;
use ts_rs::TS;

use crate::db::{limit, word};
use crate::settings::currency;
use crate::{Db, StoreError};

/// A quote in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuoteSummary {
    #[ts(type = "number")]
    pub id: i64,
    pub number: String,
    pub title: String,
    pub customer: String,
    pub status: QuoteStatus,
    #[ts(type = "string")]
    pub created_at: Timestamp,
    /// The active one.
    pub version: u32,
    #[ts(type = "string")]
    pub valid_until: Date,
    pub cost: Money,
    /// With tax.
    pub total: Money,
}

/// Which quotes to list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct QuoteQuery {
    /// Part of the number, title or customer; empty for all. Letters A to Z match in either case.
    pub search: String,
    pub status: Option<QuoteStatus>,
    pub offset: u32,
    pub limit: u32,
}

impl Default for QuoteQuery {
    fn default() -> Self {
        Self { search: String::new(), status: None, offset: 0, limit: 200 }
    }
}

/// How many quotes the query finds in all, and those of the asked page, newest first.
pub fn list(db: &Db<'_>, query: &QuoteQuery) -> Result<(u64, Vec<QuoteSummary>), StoreError> {
    const FOUND: &str = "(:status IS NULL OR q.status = :status) \
                         AND instr(lower(concat_ws(' ', q.number, q.title, q.customer)), lower(:search)) > 0";
    let status = query.status.as_ref().map(word).transpose()?;
    let search = query.search.trim();
    let total = db.count(
        &format!("SELECT count(*) FROM quotes q WHERE {FOUND}"),
        named_params! { ":status": status, ":search": search },
    )?;
    let text = format!(
        "SELECT q.id, q.number, q.title, q.customer, q.status, q.created_at, v.version, v.valid_until, v.cost, v.total \
         FROM quotes q JOIN quote_versions v ON v.quote_id = q.id \
         AND v.version = (SELECT max(version) FROM quote_versions WHERE quote_id = q.id) \
         WHERE {FOUND} ORDER BY q.id DESC LIMIT :rows OFFSET :offset"
    );
    let params = named_params! {
        ":status": status, ":search": search, ":rows": limit(query.limit), ":offset": limit(query.offset),
    };
    let currency = currency(db)?;
    let quotes = db.rows(&text, params, |cells| {
        Ok(QuoteSummary {
            id: cells.get()?,
            number: cells.get()?,
            title: cells.get()?,
            customer: cells.get()?,
            status: cells.word()?,
            created_at: cells.parse()?,
            version: cells.get()?,
            valid_until: cells.parse()?,
            cost: cells.money(currency)?,
            total: cells.money(currency)?,
        })
    })?;
    Ok((total, quotes))
}
