//! What waits to be delivered. A message is written in the transaction that caused it and carries a key that makes a
//! second delivery harmless; the delivery loop decides when to try again and when to give up.
//!
//! A message is for one connection. One for none waits until a connection takes its kind.

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
    /// Its cause was taken back before it was delivered.
    Withdrawn,
}

/// A message as it enters.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// What is to be done with it: "quote".
    pub kind: &'a str,
    /// What it is about: "quote Q-2026-0007".
    pub subject: &'a str,
    pub payload: &'a serde_json::Value,
    pub idempotency_key: &'a str,
    pub connection_id: Option<i64>,
    pub at: Timestamp,
    /// Not before this moment.
    pub next_at: Timestamp,
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
    #[ts(type = "number | null")]
    pub connection_id: Option<i64>,
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
    /// What the other system answered, in a few words.
    pub receipt: Option<String>,
}

const COLUMNS: &str = "id, kind, subject, payload, idempotency_key, connection_id, state, attempts, created_at, next_at, \
                       sent_at, last_error, receipt";

/// Puts a message in; gives its id. One with the same key for the same connection is `Unchanged`, and the first stays.
pub fn insert(db: &Db<'_>, message: &NewMessage<'_>) -> Result<(i64, Change), StoreError> {
    let key = message.idempotency_key;
    let text = "SELECT id FROM outbox WHERE idempotency_key = :key AND connection_id IS :connection";
    let of_key = named_params! { ":key": key, ":connection": message.connection_id };
    if let Some(id) = db.row(text, of_key, |cells| cells.get())? {
        return Ok((id, Change::Unchanged));
    }
    let id = db.insert(
        "INSERT INTO outbox (kind, subject, payload, idempotency_key, connection_id, created_at, next_at) \
         VALUES (:kind, :subject, :payload, :key, :connection, :at, :next_at)",
        named_params! {
            ":kind": message.kind, ":subject": message.subject, ":payload": json(message.payload)?, ":key": key,
            ":connection": message.connection_id, ":at": moment(message.at), ":next_at": moment(message.next_at),
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

/// What waits for a connection and may be tried now, the oldest first; of one subject only the oldest that waits, so that
/// what came later never arrives earlier.
pub fn due(db: &Db<'_>, connection_id: i64, now: Timestamp, rows: u32) -> Result<Vec<Message>, StoreError> {
    let text = format!(
        "SELECT {COLUMNS} FROM outbox AS this WHERE state = 'waiting' AND connection_id = :connection \
         AND next_at <= :now AND NOT EXISTS (SELECT 1 FROM outbox AS before WHERE before.subject = this.subject \
         AND before.id < this.id AND before.connection_id = this.connection_id AND before.state = 'waiting') \
         ORDER BY id LIMIT :rows"
    );
    db.rows(&text, named_params! { ":connection": connection_id, ":now": moment(now), ":rows": limit(rows) }, read)
}

/// Gives what waits for no connection in particular to this one; gives how many messages that were.
pub fn assign(db: &Db<'_>, kind: &str, connection_id: i64, now: Timestamp) -> Result<usize, StoreError> {
    let text = "UPDATE OR IGNORE outbox SET connection_id = :connection, next_at = :now \
                WHERE kind = :kind AND state = 'waiting' AND connection_id IS NULL";
    db.run(text, named_params! { ":connection": connection_id, ":now": moment(now), ":kind": kind })
}

/// Whether something newer about its subject was sent over the same connection.
pub fn is_outdated(db: &Db<'_>, message: &Message) -> Result<bool, StoreError> {
    let text = "SELECT EXISTS (SELECT 1 FROM outbox WHERE subject = :subject AND connection_id IS :connection \
                AND id > :id AND state = 'sent')";
    let params = named_params! {
        ":subject": message.subject, ":connection": message.connection_id, ":id": message.id,
    };
    db.value(text, params)
}

/// Lets what waits about a subject wait no longer than until then: what came earlier goes out earlier.
pub fn hasten(db: &Db<'_>, subject: &str, until: Timestamp) -> Result<(), StoreError> {
    let text = "UPDATE outbox SET next_at = :until \
                WHERE subject = :subject AND state = 'waiting' AND attempts = 0 AND next_at > :until";
    db.run(text, named_params! { ":subject": subject, ":until": moment(until) })?;
    Ok(())
}

/// Notes a delivery. A message that was repaired while it was on its way waits again, as it is now.
pub fn mark_sent(db: &Db<'_>, message: &Message, receipt: &str, at: Timestamp) -> Result<(), StoreError> {
    let text = "UPDATE outbox SET state = iif(payload = :payload, 'sent', state), attempts = attempts + 1, \
                sent_at = iif(payload = :payload, :at, sent_at), last_error = NULL, receipt = :receipt WHERE id = :id";
    let params = named_params! {
        ":id": message.id, ":payload": json(&message.payload)?, ":receipt": receipt, ":at": moment(at),
    };
    changed(message.id, db.run(text, params)?)
}

/// Notes a failed attempt: to be tried again at `next_at`, or given up with `None`. One that does not count is noted only.
pub fn mark_failed(
    db: &Db<'_>,
    id: i64,
    error: &str,
    next_at: Option<Timestamp>,
    counts: bool,
) -> Result<(), StoreError> {
    let state = if next_at.is_some() { OutboxState::Waiting } else { OutboxState::Dead };
    // What was taken back while it was on its way stays that.
    let text = "UPDATE outbox SET state = iif(state = 'waiting', :state, state), attempts = attempts + :counts, \
                last_error = :error, next_at = coalesce(:next_at, next_at) WHERE id = :id";
    let params = named_params! {
        ":id": id, ":state": word(&state)?, ":error": error, ":next_at": next_at.map(moment), ":counts": counts,
    };
    changed(id, db.run(text, params)?)
}

/// Notes why one waits for a person who puts its connection right.
pub fn note_held(db: &Db<'_>, id: i64, error: &str) -> Result<(), StoreError> {
    let text = "UPDATE outbox SET last_error = :error WHERE id = :id";
    changed(id, db.run(text, named_params! { ":id": id, ":error": error })?)
}

/// Takes back what still waits for a connection, or was given up; gives how many messages that were.
pub fn withdraw_of(db: &Db<'_>, connection_id: i64, reason: &str) -> Result<usize, StoreError> {
    let text = "UPDATE outbox SET state = 'withdrawn', last_error = :reason \
                WHERE connection_id = :connection AND state IN ('waiting', 'dead')";
    db.run(text, named_params! { ":connection": connection_id, ":reason": reason })
}

/// How many messages for a connection stand so.
pub fn count_of(db: &Db<'_>, connection_id: i64, state: OutboxState) -> Result<u32, StoreError> {
    let text = "SELECT count(*) FROM outbox WHERE connection_id = :connection AND state = :state";
    db.value(text, named_params! { ":connection": connection_id, ":state": word(&state)? })
}

/// When something was last delivered over a connection.
pub fn last_sent(db: &Db<'_>, connection_id: i64) -> Result<Option<Timestamp>, StoreError> {
    let text = "SELECT max(sent_at) FROM outbox WHERE connection_id = ?1";
    Ok(db.row(text, [connection_id], |cells| cells.parse_opt())?.flatten())
}

/// Takes back what was not sent about a subject, with the reason; gives how many messages that were.
pub fn withdraw(db: &Db<'_>, subject: &str, reason: &str) -> Result<usize, StoreError> {
    let text = "UPDATE outbox SET state = 'withdrawn', last_error = :reason \
                WHERE subject = :subject AND state IN ('waiting', 'dead')";
    db.run(text, named_params! { ":subject": subject, ":reason": reason })
}

/// Takes back what waits for a connection of kinds that it does not take any more, with the reason.
pub fn withdraw_kinds_but(db: &Db<'_>, connection_id: i64, kept: &[&str], reason: &str) -> Result<usize, StoreError> {
    let text = "UPDATE outbox SET state = 'withdrawn', last_error = :reason WHERE connection_id = :connection \
                AND state IN ('waiting', 'dead') AND kind NOT IN (SELECT value FROM json_each(:kept))";
    let params = named_params! { ":connection": connection_id, ":kept": json(&kept)?, ":reason": reason };
    db.run(text, params)
}

/// Lets one that was taken back wait again, with this payload.
pub fn put_back(db: &Db<'_>, id: i64, payload: &serde_json::Value, now: Timestamp) -> Result<(), StoreError> {
    let text = "UPDATE outbox SET payload = :payload, state = 'waiting', attempts = 0, next_at = :now, last_error = NULL \
                WHERE id = :id AND state = 'withdrawn'";
    changed(id, db.run(text, named_params! { ":id": id, ":payload": json(payload)?, ":now": moment(now) })?)
}

/// Takes one back that waits or was given up, with the reason.
pub fn discard(db: &Db<'_>, id: i64, reason: &str) -> Result<(), StoreError> {
    let text =
        "UPDATE outbox SET state = 'withdrawn', last_error = :reason WHERE id = :id AND state IN ('waiting', 'dead')";
    changed(id, db.run(text, named_params! { ":id": id, ":reason": reason })?)
}

/// Puts the payload of one that was not sent right, and lets it wait again from `now`.
pub fn repair(db: &Db<'_>, id: i64, payload: &serde_json::Value, now: Timestamp) -> Result<(), StoreError> {
    let text = "UPDATE outbox SET payload = :payload, state = 'waiting', attempts = 0, next_at = :now \
                WHERE id = :id AND state IN ('waiting', 'dead')";
    changed(id, db.run(text, named_params! { ":id": id, ":payload": json(payload)?, ":now": moment(now) })?)
}

/// Lets one that was given up wait again, from `now`.
pub fn retry(db: &Db<'_>, id: i64, now: Timestamp) -> Result<(), StoreError> {
    // What was taken back stays that: something newer may have gone out since.
    let text = "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = :now \
                WHERE id = :id AND state IN ('waiting', 'dead')";
    changed(id, db.run(text, named_params! { ":id": id, ":now": moment(now) })?)
}

/// How many wait, were sent, were given up, were taken back.
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
        connection_id: cells.get()?,
        state: cells.word()?,
        attempts: cells.get()?,
        created_at: cells.parse()?,
        next_at: cells.parse()?,
        sent_at: cells.parse_opt()?,
        last_error: cells.get()?,
        receipt: cells.get()?,
    })
}
