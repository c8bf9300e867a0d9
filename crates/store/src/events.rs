//! The log of who did what, when, to what. Append-only: the schema refuses to change or delete an entry.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::db::{Cells, json, limit, moment};
use crate::{Db, StoreError};

/// An entry as it is written.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    pub at: Timestamp,
    pub who: &'a str,
    /// One per command given; the log of the program carries the same.
    pub action_id: &'a str,
    pub command: &'a str,
    /// What it was done to: "quote:7".
    pub subject: &'a str,
    pub before: Option<&'a serde_json::Value>,
    pub after: Option<&'a serde_json::Value>,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Event {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub who: String,
    pub action_id: String,
    pub command: String,
    pub subject: String,
    #[ts(type = "unknown")]
    pub before: Option<serde_json::Value>,
    #[ts(type = "unknown")]
    pub after: Option<serde_json::Value>,
}

/// Which entries to list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct EventQuery {
    pub subject: Option<String>,
    /// Only entries older than this one, for the next page.
    #[ts(type = "number | null")]
    pub before_id: Option<i64>,
    pub limit: u32,
}

impl Default for EventQuery {
    fn default() -> Self {
        Self { subject: None, before_id: None, limit: 100 }
    }
}

/// Writes an entry; gives its id.
pub fn append(db: &Db<'_>, event: &NewEvent<'_>) -> Result<i64, StoreError> {
    db.insert(
        "INSERT INTO events (at, who, action_id, command, subject, before, after) \
         VALUES (:at, :who, :action_id, :command, :subject, :before, :after)",
        named_params! {
            ":at": moment(event.at), ":who": event.who, ":action_id": event.action_id, ":command": event.command,
            ":subject": event.subject, ":before": event.before.map(json).transpose()?,
            ":after": event.after.map(json).transpose()?,
        },
    )
}

/// Newest first.
pub fn list(db: &Db<'_>, query: &EventQuery) -> Result<Vec<Event>, StoreError> {
    let text = "SELECT id, at, who, action_id, command, subject, before, after FROM events \
                WHERE (:subject IS NULL OR subject = :subject) AND (:before_id IS NULL OR id < :before_id) \
                ORDER BY id DESC LIMIT :rows";
    let params = named_params! {
        ":subject": query.subject, ":before_id": query.before_id, ":rows": limit(query.limit),
    };
    db.rows(text, params, read)
}

/// The newest entry about anything but these: "quote" stands for "quote Q-7" as well.
pub fn newest_but_of(db: &Db<'_>, subjects: &[&str]) -> Result<Option<i64>, StoreError> {
    let text = "SELECT id FROM events WHERE NOT EXISTS (\
                    SELECT 1 FROM json_each(?1) WHERE subject = value OR subject LIKE value || ' %'\
                ) ORDER BY id DESC LIMIT 1";
    db.row(text, [json(&subjects)?], |cells| cells.get())
}

pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM events", [])
}

fn read(cells: &mut Cells<'_>) -> Result<Event, StoreError> {
    Ok(Event {
        id: cells.get()?,
        at: cells.parse()?,
        who: cells.get()?,
        action_id: cells.get()?,
        command: cells.get()?,
        subject: cells.get()?,
        before: cells.json_opt()?,
        after: cells.json_opt()?,
    })
}
