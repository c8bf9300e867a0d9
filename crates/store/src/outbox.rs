//! What waits to be delivered. A message is written in the transaction that caused it and carries a key that makes a
//! second delivery harmless; the delivery loop decides when to try again and when to give up.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::db::{Cells, json, limit, moment, word};
use crate::{Change, Db, StoreError};

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    Waiting,
    Sent,
    /// Given up; waits for a person.
    Dead,
}

/// A message as it enters.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// What is to be done with it: "quote".
    pub kind: &'a str,
    /// What it is about: "quote:7".
    pub subject: &'a str,
    pub payload: &'a serde_json::Value,
    pub idempotency_key: &'a str,
    pub at: Timestamp,
}

/// A message in the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Message {
    #[ts(type = "number")]
    pub id: i64,
    pub kind: String,
    pub subject: String,
    #[ts(type = "unknown")]
    pub payload: serde_json::Value,
    pub idempotency_key: String,
    pub state: OutboxState,
    pub attempts: u32,
    #[ts(type = "string")]
    pub created_at: Timestamp,
    /// Not before this moment.
    #[ts(type = "string")]
    pub next_at: Timestamp,
    #[ts(type = "string | null")]
    pub sent_at: Option<Timestamp>,
    pub last_error: Option<String>,
}

const COLUMNS: &str =
    "id, kind, subject, payload, idempotency_key, state, attempts, created_at, next_at, sent_at, last_error";

/// Puts a message in; gives its id. One with the same key is `Unchanged`, and the first stays.
pub fn insert(db: &Db<'_>, message: &NewMessage<'_>) -> Result<(i64, Change), StoreError> {
    let key = message.idempotency_key;
    let known: Option<i64> = db.row("SELECT id FROM outbox WHERE idempotency_key = ?1", [key], |cells| cells.get())?;
    if let Some(id) = known {
        return Ok((id, Change::Unchanged));
    }
    let id = db.insert(
        "INSERT INTO outbox (kind, subject, payload, idempotency_key, created_at, next_at) \
         VALUES (:kind, :subject, :payload, :key, :at, :at)",
        named_params! {
            ":kind": message.kind, ":subject": message.subject, ":payload": json(message.payload)?, ":key": key,
            ":at": moment(message.at),
        },
    )?;
    Ok((id, Change::Created))
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Message>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1"), [id], read)
}

/// Newest first; `None` for every state.
pub fn list(db: &Db<'_>, state: Option<OutboxState>, rows: u32) -> Result<Vec<Message>, StoreError> {
    let state = state.as_ref().map(word).transpose()?;
    let text =
        format!("SELECT {COLUMNS} FROM outbox WHERE :state IS NULL OR state = :state ORDER BY id DESC LIMIT :rows");
    db.rows(&text, named_params! { ":state": state, ":rows": limit(rows) }, read)
}

/// What waits and may be tried now, the oldest first.
pub fn due(db: &Db<'_>, now: Timestamp, rows: u32) -> Result<Vec<Message>, StoreError> {
    let text = format!(
        "SELECT {COLUMNS} FROM outbox WHERE state = 'waiting' AND next_at <= :now ORDER BY next_at, id LIMIT :rows"
    );
    db.rows(&text, named_params! { ":now": moment(now), ":rows": limit(rows) }, read)
}

/// Notes a delivery.
pub fn mark_sent(db: &Db<'_>, id: i64, at: Timestamp) -> Result<(), StoreError> {
    let text =
        "UPDATE outbox SET state = 'sent', attempts = attempts + 1, sent_at = :at, last_error = NULL WHERE id = :id";
    changed(id, db.run(text, named_params! { ":id": id, ":at": moment(at) })?)
}

/// Notes a failed attempt: to be tried again at `next_at`, or given up with `None`.
pub fn mark_failed(db: &Db<'_>, id: i64, error: &str, next_at: Option<Timestamp>) -> Result<(), StoreError> {
    let state = if next_at.is_some() { OutboxState::Waiting } else { OutboxState::Dead };
    let text = "UPDATE outbox SET state = :state, attempts = attempts + 1, last_error = :error, \
                next_at = coalesce(:next_at, next_at) WHERE id = :id";
    let params = named_params! {
        ":id": id, ":state": word(&state)?, ":error": error, ":next_at": next_at.map(moment),
    };
    changed(id, db.run(text, params)?)
}

/// Gives up what still waits about a subject, with the reason; gives how many messages that were.
pub fn withdraw(db: &Db<'_>, subject: &str, reason: &str) -> Result<usize, StoreError> {
    let text = "UPDATE outbox SET state = 'dead', last_error = :reason WHERE subject = :subject AND state = 'waiting'";
    db.run(text, named_params! { ":subject": subject, ":reason": reason })
}

/// Lets one that was given up wait again, from `now`.
pub fn retry(db: &Db<'_>, id: i64, now: Timestamp) -> Result<(), StoreError> {
    let text = "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = :now WHERE id = :id AND state <> 'sent'";
    changed(id, db.run(text, named_params! { ":id": id, ":now": moment(now) })?)
}

/// How many wait, were sent, were given up.
pub fn count(db: &Db<'_>, state: OutboxState) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM outbox WHERE state = ?1", [word(&state)?])
}

fn changed(id: i64, rows: usize) -> Result<(), StoreError> {
    if rows == 0 { Err(StoreError::NoSuch { what: "message to send", id }) } else { Ok(()) }
}

fn read(cells: &mut Cells<'_>) -> Result<Message, StoreError> {
    Ok(Message {
        id: cells.get()?,
        kind: cells.get()?,
        subject: cells.get()?,
        payload: cells.json()?,
        idempotency_key: cells.get()?,
        state: cells.word()?,
        attempts: cells.get()?,
        created_at: cells.parse()?,
        next_at: cells.parse()?,
        sent_at: cells.parse_opt()?,
        last_error: cells.get()?,
    })
}
