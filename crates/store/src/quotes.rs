//! Quotes: a number that is never given twice, and versions of which the last is active. The schema refuses to change
//! a locked version.

pub mod edits;
pub mod life;
mod list;
mod versions;

use jiff::Timestamp;
use rusqlite::named_params;
use signwright_domain::Money;
use signwright_domain::quote::{Quote, QuoteStatus, QuoteVersion};

use crate::db::{Cells, minor, moment, word};
use crate::settings::currency;
use crate::{Db, StoreError};

pub use list::{QuoteQuery, QuoteSummary, list};
pub use versions::{add_version, lock, update_draft};

/// A quote as it begins: a draft with one version.
#[derive(Clone, Copy, Debug)]
pub struct NewQuote<'a> {
    /// The year of the number, of the local day.
    pub year: i16,
    pub title: &'a str,
    pub customer: &'a str,
    pub contact: &'a str,
    pub external_id: Option<&'a str>,
    pub created_at: Timestamp,
    /// Its number and lock do not matter: it becomes version 1, open.
    pub version: &'a QuoteVersion,
}

/// What stands above the versions and may change at any time.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    pub title: &'a str,
    pub customer: &'a str,
    pub contact: &'a str,
}

/// What became of a quote.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub status: QuoteStatus,
    pub lost_reason: Option<&'a str>,
    pub competitor_price: Option<Money>,
}

/// Makes a quote with the next number of its year (`Q-2026-0001`).
pub fn create(db: &Db<'_>, quote: &NewQuote<'_>) -> Result<Quote, StoreError> {
    let id = db.insert(
        "INSERT INTO quotes (number, title, customer, contact, status, created_at, external_id) \
         VALUES (:number, :title, :customer, :contact, 'draft', :created_at, :external_id)",
        named_params! {
            ":number": next_number(db, quote.year)?, ":title": quote.title, ":customer": quote.customer,
            ":contact": quote.contact, ":created_at": moment(quote.created_at), ":external_id": quote.external_id,
        },
    )?;
    versions::insert(db, id, 1, quote.version)?;
    existing(db, id)
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Quote>, StoreError> {
    find(db, "id = ?1", id)
}

pub fn find_by_number(db: &Db<'_>, number: &str) -> Result<Option<Quote>, StoreError> {
    find(db, "number = ?1", number)
}

/// The quote that is this record in a CRM.
pub fn find_by_external_id(db: &Db<'_>, external_id: &str) -> Result<Option<Quote>, StoreError> {
    find(db, "external_id = ?1", external_id)
}

pub fn set_heading(db: &Db<'_>, id: i64, heading: &Heading<'_>) -> Result<(), StoreError> {
    let text = "UPDATE quotes SET title = :title, customer = :customer, contact = :contact WHERE id = :id";
    let Heading { title, customer, contact } = heading;
    changed(id, db.run(text, named_params! { ":id": id, ":title": title, ":customer": customer, ":contact": contact })?)
}

/// An earlier decision goes when the quote is open again; the event log keeps it.
pub fn set_status(db: &Db<'_>, id: i64, status: QuoteStatus) -> Result<(), StoreError> {
    let text = "UPDATE quotes SET status = :status, lost_reason = iif(:decided, lost_reason, NULL), \
                competitor_price = iif(:decided, competitor_price, NULL) WHERE id = :id";
    changed(id, db.run(text, named_params! { ":id": id, ":status": word(&status)?, ":decided": decided(status) })?)
}

/// Notes how a quote was decided, in place of an earlier decision. An open quote has neither reason nor competitor.
pub fn decide(db: &Db<'_>, id: i64, decision: &Decision<'_>) -> Result<(), StoreError> {
    let text = "UPDATE quotes SET status = :status, lost_reason = :lost_reason, competitor_price = :competitor_price \
                WHERE id = :id";
    let decided = decided(decision.status);
    let params = named_params! {
        ":id": id, ":status": word(&decision.status)?, ":lost_reason": decision.lost_reason.filter(|_| decided),
        ":competitor_price": minor(decision.competitor_price.filter(|_| decided), currency(db)?)?,
    };
    changed(id, db.run(text, params)?)
}

/// Notes the record this quote is in a CRM: source and id there.
pub fn set_external_id(db: &Db<'_>, id: i64, external_id: Option<&str>) -> Result<(), StoreError> {
    let text = "UPDATE quotes SET external_id = :external_id WHERE id = :id";
    changed(id, db.run(text, named_params! { ":id": id, ":external_id": external_id })?)
}

fn decided(status: QuoteStatus) -> bool {
    match status {
        QuoteStatus::Draft | QuoteStatus::Approved | QuoteStatus::Sent => false,
        QuoteStatus::Won | QuoteStatus::Lost | QuoteStatus::Expired => true,
    }
}

fn next_number(db: &Db<'_>, year: i16) -> Result<String, StoreError> {
    let text = "INSERT INTO quote_numbers (year, last) VALUES (?1, 1) \
                ON CONFLICT (year) DO UPDATE SET last = last + 1";
    db.run(text, [year])?;
    let last: i64 = db.value("SELECT last FROM quote_numbers WHERE year = ?1", [year])?;
    Ok(format!("Q-{year:04}-{last:04}"))
}

fn existing(db: &Db<'_>, id: i64) -> Result<Quote, StoreError> {
    get(db, id)?.ok_or(StoreError::NoSuch { what: "quote", id })
}

fn changed(id: i64, rows: usize) -> Result<(), StoreError> {
    if rows == 0 { Err(StoreError::NoSuch { what: "quote", id }) } else { Ok(()) }
}

fn find(db: &Db<'_>, condition: &'static str, key: impl rusqlite::ToSql) -> Result<Option<Quote>, StoreError> {
    let currency = currency(db)?;
    let text = format!(
        "SELECT id, number, title, customer, contact, status, created_at, lost_reason, competitor_price, external_id \
         FROM quotes WHERE {condition} ORDER BY id"
    );
    let read = |cells: &mut Cells<'_>| {
        Ok(Quote {
            id: cells.get()?,
            number: cells.get()?,
            title: cells.get()?,
            customer: cells.get()?,
            contact: cells.get()?,
            status: cells.word()?,
            created_at: cells.parse()?,
            lost_reason: cells.get()?,
            competitor_price: cells.money_opt(currency)?,
            external_id: cells.get()?,
            versions: Vec::new(),
        })
    };
    let Some(quote) = db.row(&text, [key], read)? else { return Ok(None) };
    Ok(Some(Quote { versions: versions::of(db, quote.id)?, ..quote }))
}
