//! Quotes kept under a name, to begin new ones from.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::quote::QuoteVersion;
use ts_rs::TS;

use crate::db::{Cells, json, moment};
use crate::{Db, StoreError};

/// A quote as it is begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct QuoteTemplate {
    /// 0 until stored.
    #[ts(type = "number")]
    pub id: i64,
    pub name: String,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub who: String,
    pub title: String,
    /// Its number, days and lock do not count.
    pub content: QuoteVersion,
}

/// Keeps a template in place of one of the same name; gives its id.
pub fn put(db: &Db<'_>, template: &QuoteTemplate) -> Result<i64, StoreError> {
    let QuoteTemplate { name, at, who, title, content, .. } = template;
    db.run(
        "INSERT INTO quote_templates (name, at, who, title, content) VALUES (:name, :at, :who, :title, :content) \
         ON CONFLICT (name) DO UPDATE SET at = excluded.at, who = excluded.who, title = excluded.title, \
         content = excluded.content",
        named_params! {
            ":name": name, ":at": moment(*at), ":who": who, ":title": title, ":content": json(content)?,
        },
    )?;
    db.value("SELECT id FROM quote_templates WHERE name = ?1", [name])
}

/// By name.
pub fn list(db: &Db<'_>) -> Result<Vec<QuoteTemplate>, StoreError> {
    db.rows("SELECT id, name, at, who, title, content FROM quote_templates ORDER BY name", [], read)
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<QuoteTemplate>, StoreError> {
    db.row("SELECT id, name, at, who, title, content FROM quote_templates WHERE id = ?1", [id], read)
}

/// Forgets a template; whether there was one.
pub fn delete(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM quote_templates WHERE id = ?1", [id])? > 0)
}

fn read(cells: &mut Cells<'_>) -> Result<QuoteTemplate, StoreError> {
    Ok(QuoteTemplate {
        id: cells.get()?,
        name: cells.get()?,
        at: cells.parse()?,
        who: cells.get()?,
        title: cells.get()?,
        content: cells.json()?,
    })
}
