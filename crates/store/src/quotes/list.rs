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
    /// The customer has looked at it.
    pub viewed: bool,
    #[ts(type = "string | null")]
    pub follow_up_on: Option<Date>,
    pub tags: Vec<String>,
}

/// Which quotes to list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct QuoteQuery {
    /// Part of the number, title, customer, a tag or a note; empty for all. Letters A to Z match in either case.
    pub search: String,
    pub status: Option<QuoteStatus>,
    /// Offers that nobody answered count as expired from the day after their last; without a day, as they stand.
    #[ts(type = "string | null")]
    pub as_of: Option<Date>,
    /// Only open ones of which the day to follow up has come.
    pub due: bool,
    pub offset: u32,
    pub limit: u32,
}

impl Default for QuoteQuery {
    fn default() -> Self {
        Self { search: String::new(), status: None, as_of: None, due: false, offset: 0, limit: 200 }
    }
}

/// How many quotes the query finds in all, and those of the asked page, newest first.
pub fn list(db: &Db<'_>, query: &QuoteQuery) -> Result<(u64, Vec<QuoteSummary>), StoreError> {
    const STATUS: &str = "iif(q.status IN ('approved', 'sent') AND v.valid_until < :as_of, 'expired', q.status)";
    const ACTIVE: &str = "quotes q JOIN quote_versions v ON v.quote_id = q.id \
                          AND v.version = (SELECT max(version) FROM quote_versions WHERE quote_id = q.id)";
    const DUE: &str = "(NOT :due OR q.follow_up_on <= :as_of AND q.status NOT IN ('won', 'lost'))";
    // Notes and tags are read only where there is something to look for.
    const FOUND: &str = "(:search = '' OR instr(lower(concat_ws(' ', q.number, q.title, q.customer, \
        (SELECT group_concat(tag, ' ') FROM tags WHERE about = 'quote' AND about_id = q.id), \
        (SELECT group_concat(note, ' ') FROM notes WHERE about = 'quote' AND about_id = q.id))), lower(:search)) > 0)";
    let as_of = query.as_of.map(|day| day.to_string());
    let status = query.status.as_ref().map(word).transpose()?;
    let search = query.search.trim();
    let total = db.count(
        &format!("SELECT count(*) FROM {ACTIVE} WHERE (:status IS NULL OR {STATUS} = :status) AND {DUE} AND {FOUND}"),
        named_params! { ":status": status, ":search": search, ":as_of": as_of, ":due": query.due },
    )?;
    let text = format!(
        "SELECT q.id, q.number, q.title, q.customer, {STATUS}, q.created_at, v.version, v.valid_until, v.cost, v.total, \
         q.viewed_at IS NOT NULL, q.follow_up_on, \
         (SELECT json_group_array(tag) FROM (SELECT tag FROM tags WHERE about = 'quote' AND about_id = q.id ORDER BY tag)) \
         FROM {ACTIVE} WHERE (:status IS NULL OR {STATUS} = :status) AND {DUE} AND {FOUND} ORDER BY q.id DESC LIMIT :rows OFFSET :offset"
    );
    let params = named_params! {
        ":status": status, ":search": search, ":as_of": as_of, ":due": query.due, ":rows": limit(query.limit), ":offset": limit(query.offset),
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
            viewed: cells.get()?,
            follow_up_on: cells.parse_opt()?,
            tags: cells.json()?,
        })
    })?;
    Ok((total, quotes))
}
