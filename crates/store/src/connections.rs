//! What a shop is connected to, without the secrets, which are not kept in the shop file.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::named_params;
use serde::Serialize;
use serde::de::DeserializeOwned;
use signwright_domain::connection::Connection;

use crate::db::{Cells, json, moment};
use crate::{Db, StoreError};

/// A connection and how sending to it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept<B> {
    pub connection: Connection,
    /// How its circuit breaker stands, as the delivery loop keeps it.
    pub breaker: Option<B>,
    /// Why nothing is sent before a person has done something about it.
    pub held: Option<String>,
}

const COLUMNS: &str = "id, name, endpoint, sends, enabled, breaker, held";

/// Keeps a connection, as a new one where its id is 0; gives its id. `None` where there is none of this id. One that was
/// changed is held no more, and tried at once.
pub fn put(db: &Db<'_>, connection: &Connection) -> Result<Option<i64>, StoreError> {
    let Connection { id, name, endpoint, sends, enabled } = connection;
    let (endpoint, sends) = (json(endpoint)?, json(sends)?);
    if *id == 0 {
        let text =
            "INSERT INTO connections (name, endpoint, sends, enabled) VALUES (:name, :endpoint, :sends, :enabled)";
        let params = named_params! { ":name": name, ":endpoint": endpoint, ":sends": sends, ":enabled": enabled };
        return Ok(Some(db.insert(text, params)?));
    }
    let text = "UPDATE connections SET name = :name, endpoint = :endpoint, sends = :sends, enabled = :enabled, \
                breaker = NULL, held = NULL WHERE id = :id AND removed = 0";
    let params =
        named_params! { ":id": id, ":name": name, ":endpoint": endpoint, ":sends": sends, ":enabled": enabled };
    Ok((db.run(text, params)? > 0).then_some(*id))
}

/// Takes a connection away; what was sent there stays. Whether there was one.
pub fn remove(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(db.run("UPDATE connections SET removed = 1, enabled = 0 WHERE id = ?1 AND removed = 0", [id])? > 0)
}

/// Those that were not removed, in the order in which they were made.
pub fn list<B: DeserializeOwned>(db: &Db<'_>) -> Result<Vec<Kept<B>>, StoreError> {
    db.rows(&format!("SELECT {COLUMNS} FROM connections WHERE removed = 0 ORDER BY id"), [], read)
}

pub fn get<B: DeserializeOwned>(db: &Db<'_>, id: i64) -> Result<Option<Kept<B>>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM connections WHERE removed = 0 AND id = ?1"), [id], read)
}

/// Keeps how the circuit breaker of a connection stands.
pub fn set_breaker<B: Serialize>(db: &Db<'_>, id: i64, breaker: &B) -> Result<(), StoreError> {
    let text = "UPDATE connections SET breaker = :breaker WHERE id = :id";
    db.run(text, named_params! { ":id": id, ":breaker": json(breaker)? })?;
    Ok(())
}

/// Sends nothing there before a person has done something about it; `None` lets it go on.
pub fn hold(db: &Db<'_>, id: i64, why: Option<&str>) -> Result<(), StoreError> {
    db.run("UPDATE connections SET held = :why WHERE id = :id", named_params! { ":id": id, ":why": why })?;
    Ok(())
}

/// What the other system calls what was sent there about a subject.
pub fn known(db: &Db<'_>, connection_id: i64, subject: &str) -> Result<BTreeMap<String, String>, StoreError> {
    let text = "SELECT known FROM sent_refs WHERE connection_id = :connection AND subject = :subject";
    let params = named_params! { ":connection": connection_id, ":subject": subject };
    Ok(db.row(text, params, |cells| cells.json())?.unwrap_or_default())
}

/// Keeps what the other system calls it.
pub fn set_known(
    db: &Db<'_>,
    connection_id: i64,
    subject: &str,
    known: &BTreeMap<String, String>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let text = "INSERT INTO sent_refs (connection_id, subject, known, at) VALUES (:connection, :subject, :known, :at) \
                ON CONFLICT (connection_id, subject) DO UPDATE SET known = excluded.known, at = excluded.at";
    db.run(
        text,
        named_params! { ":connection": connection_id, ":subject": subject, ":known": json(known)?, ":at": moment(at) },
    )?;
    Ok(())
}

fn read<B: DeserializeOwned>(cells: &mut Cells<'_>) -> Result<Kept<B>, StoreError> {
    let connection = Connection {
        id: cells.get()?,
        name: cells.get()?,
        endpoint: cells.json()?,
        sends: cells.json()?,
        enabled: cells.get()?,
    };
    Ok(Kept { connection, breaker: cells.json_opt()?, held: cells.get()? })
}
