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
    /// The name under which its secret is kept outside of the shop; `None` where it has none.
    pub secret: Option<String>,
    /// Grows with every change of the connection.
    pub revision: i64,
    /// How its circuit breaker stands, as the delivery loop keeps it.
    pub breaker: Option<B>,
    /// Why nothing is sent before a person has done something about it.
    pub held: Option<String>,
}

const COLUMNS: &str = "id, name, endpoint, sends, enabled, secret, revision, breaker, held";

/// Keeps a connection, as a new one where its id is 0; gives its id. `None` where there is none of this id. One that was
/// changed is held no more, and tried at once. `secret` is the name under which its secret is kept.
pub fn put(db: &Db<'_>, connection: &Connection, secret: Option<&str>) -> Result<Option<i64>, StoreError> {
    let Connection { id, name, endpoint, sends, enabled } = connection;
    let (endpoint, sends) = (json(endpoint)?, json(sends)?);
    if *id == 0 {
        let text = "INSERT INTO connections (name, endpoint, sends, enabled, secret) \
                    VALUES (:name, :endpoint, :sends, :enabled, :secret)";
        let params = named_params! {
            ":name": name, ":endpoint": endpoint, ":sends": sends, ":enabled": enabled, ":secret": secret,
        };
        return Ok(Some(db.insert(text, params)?));
    }
    let text = "UPDATE connections SET name = :name, endpoint = :endpoint, sends = :sends, enabled = :enabled, \
                secret = :secret, revision = revision + 1, breaker = NULL, held = NULL WHERE id = :id AND removed = 0";
    let params = named_params! {
        ":id": id, ":name": name, ":endpoint": endpoint, ":sends": sends, ":enabled": enabled, ":secret": secret,
    };
    Ok((db.run(text, params)? > 0).then_some(*id))
}

/// Takes a connection away; what was sent there stays. Whether there was one.
pub fn remove(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    let text = "UPDATE connections SET removed = 1, enabled = 0, secret = NULL, revision = revision + 1 \
                WHERE id = ?1 AND removed = 0";
    Ok(db.run(text, [id])? > 0)
}

/// Those that were not removed, in the order in which they were made.
pub fn list<B: DeserializeOwned>(db: &Db<'_>) -> Result<Vec<Kept<B>>, StoreError> {
    db.rows(&format!("SELECT {COLUMNS} FROM connections WHERE removed = 0 ORDER BY id"), [], read)
}

pub fn get<B: DeserializeOwned>(db: &Db<'_>, id: i64) -> Result<Option<Kept<B>>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM connections WHERE removed = 0 AND id = ?1"), [id], read)
}

/// One that may have been removed since.
pub fn once<B: DeserializeOwned>(db: &Db<'_>, id: i64) -> Result<Option<Kept<B>>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM connections WHERE id = ?1"), [id], read)
}

/// Keeps how the circuit breaker of a connection stands, unless it was changed since it had this revision.
pub fn set_breaker<B: Serialize>(db: &Db<'_>, id: i64, revision: i64, breaker: &B) -> Result<(), StoreError> {
    let text = "UPDATE connections SET breaker = :breaker WHERE id = :id AND revision = :revision";
    db.run(text, named_params! { ":id": id, ":revision": revision, ":breaker": json(breaker)? })?;
    Ok(())
}

/// Sends nothing there before a person has done something about it, unless it was changed since it had this revision.
pub fn hold(db: &Db<'_>, id: i64, revision: i64, why: &str) -> Result<(), StoreError> {
    let text = "UPDATE connections SET held = :why WHERE id = :id AND revision = :revision";
    db.run(text, named_params! { ":id": id, ":revision": revision, ":why": why })?;
    Ok(())
}

/// Lets one go on that was held or rested.
pub fn wake(db: &Db<'_>, id: i64) -> Result<(), StoreError> {
    db.run("UPDATE connections SET held = NULL, breaker = NULL WHERE id = ?1", [id])?;
    Ok(())
}

/// What the other system calls what was sent there about a subject.
pub fn known(db: &Db<'_>, connection_id: i64, subject: &str) -> Result<BTreeMap<String, String>, StoreError> {
    let text = "SELECT known FROM sent_refs WHERE connection_id = :connection AND subject = :subject";
    let params = named_params! { ":connection": connection_id, ":subject": subject };
    Ok(db.row(text, params, |cells| cells.json())?.unwrap_or_default())
}

/// What another system calls the things that were made there of one subject: "Opportunity" to its id.
pub type Known = BTreeMap<String, String>;

/// What the other system calls everything that was sent there, by subject.
pub fn all_known(db: &Db<'_>, connection_id: i64) -> Result<BTreeMap<String, Known>, StoreError> {
    let text = "SELECT subject, known FROM sent_refs WHERE connection_id = ?1 ORDER BY subject";
    Ok(db.rows(text, [connection_id], |cells| Ok((cells.get()?, cells.json()?)))?.into_iter().collect())
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
    Ok(Kept {
        connection,
        secret: cells.get()?,
        revision: cells.get()?,
        breaker: cells.json_opt()?,
        held: cells.get()?,
    })
}
