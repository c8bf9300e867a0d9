//! What a shop is connected to. Nothing is sent anywhere before somebody has saved a connection here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signwright_connect::breaker::Breaker;
use signwright_connect::{check, probe, takes};
use signwright_domain::connection::Connection;
use signwright_store::connections;
use signwright_store::outbox::{self, OutboxState};
use ts_rs::TS;

use super::deliver::{Kept, blocking};
use super::enqueue::kind_word;
use super::saving::{NextSecret, Saving};
use super::secrets;
use crate::commands::Nothing;
use crate::{Action, CallError, audit};

/// A connection.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ConnectionRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// A connection to keep.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SaveConnection {
    pub connection: Connection,
    /// Goes into the keychain of the system; nothing leaves it as it is, an empty one is forgotten.
    #[serde(default)]
    pub secret: Option<String>,
    /// Send there as well what has waited for a connection until now.
    #[serde(default)]
    pub take_waiting: bool,
}

impl std::fmt::Debug for SaveConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SaveConnection").field("connection", &self.connection).finish_non_exhaustive()
    }
}

/// A connection and how sending to it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ConnectionStanding {
    #[serde(flatten)]
    pub connection: Connection,
    pub has_secret: bool,
    pub breaker: Breaker,
    /// Why nothing is sent before a person has done something about it.
    pub held: Option<String>,
    pub waiting: u32,
    pub sent: u32,
    /// Given up.
    pub dead: u32,
    #[ts(type = "string | null")]
    pub last_sent_at: Option<Timestamp>,
}

/// What a connected system says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Probed {
    pub said: String,
}

pub fn list_connections(action: &Action, _: Nothing) -> Result<Vec<ConnectionStanding>, CallError> {
    let kept: Vec<Kept> = connections::list(&action.shop().read())?;
    kept.into_iter().map(|kept| standing(action, kept)).collect()
}

/// Keeps a connection, as a new one without an id. One that waited for a person is tried again.
///
/// # Errors
/// `InvalidInput` for a name that another has, an address that must not be sent to, what the system takes nothing of, and a
/// secret that would go to another system than the one it was entered for.
pub fn save_connection(action: &Action, input: SaveConnection) -> Result<ConnectionStanding, CallError> {
    let connection = Connection { name: input.connection.name.trim().to_owned(), ..input.connection };
    possible(&connection)?;
    // Its secret comes first: what should be signed never goes out unsigned, whatever fails here.
    let secret = NextSecret::keep(action, input.secret.as_deref())?;
    let saving = Saving { connection, secret, take_waiting: input.take_waiting };
    let (saved, useless) = match action.shop().write(|db| saving.write(db, action)) {
        Ok((id, replaced)) => (Ok(id), replaced),
        Err(error) => (Err(error), saving.secret.named()),
    };
    if let Some(name) = useless {
        secrets::forget(action, &name)?;
    }
    let id = saved?;
    action.changed("outbox");
    standing(action, get(action, id)?)
}

/// Takes a connection away with its secret and gives it back; what still waited for it is withdrawn.
pub fn remove_connection(action: &Action, input: ConnectionRef) -> Result<Connection, CallError> {
    let kept = get(action, input.id)?;
    let connection = kept.connection;
    action.shop().write(|db| {
        connections::remove(db, connection.id)?;
        outbox::withdraw_of(db, connection.id, "its connection was removed")?;
        audit::record(db, action, &subject(connection.id), Some(said(&connection)), &"removed")
    })?;
    action.changed("outbox");
    if let Some(name) = &kept.secret {
        secrets::forget(action, name)?;
    }
    Ok(connection)
}

/// Asks a connected system who it is, without sending anything of the shop. One that answers is sent to again.
pub fn probe_connection(action: &Action, input: ConnectionRef) -> Result<Probed, CallError> {
    let kept = get(action, input.id)?;
    let secret = secrets::get(action, &kept)?;
    let said = blocking(probe(&kept.connection.endpoint, secret.as_ref()))??;
    action.shop().write(|db| connections::wake(db, kept.connection.id))?;
    action.changed("outbox");
    Ok(Probed { said })
}

pub(super) fn get(action: &Action, id: i64) -> Result<Kept, CallError> {
    connections::get(&action.shop().read(), id)?.ok_or_else(|| CallError::not_found(format!("connection {id}")))
}

pub(super) fn subject(id: i64) -> String {
    format!("connection {id}")
}

/// What the log says of a connection: it is kept for good, and what stands behind the host of an address may be secret.
pub(super) fn said(connection: &Connection) -> serde_json::Value {
    let Connection { id, name, endpoint, sends, enabled } = connection;
    serde_json::json!({
        "id": id, "name": name, "kind": endpoint.kind(), "to": endpoint.origin(), "sends": sends, "enabled": enabled,
    })
}

fn standing(action: &Action, kept: Kept) -> Result<ConnectionStanding, CallError> {
    let db = action.shop().read();
    let count = |state| outbox::count_of(&db, kept.connection.id, state);
    Ok(ConnectionStanding {
        has_secret: kept.secret.is_some(),
        breaker: kept.breaker.unwrap_or_default(),
        held: kept.held,
        waiting: count(OutboxState::Waiting)?,
        sent: count(OutboxState::Sent)?,
        dead: count(OutboxState::Dead)?,
        last_sent_at: outbox::last_sent(&db, kept.connection.id)?,
        connection: kept.connection,
    })
}

fn possible(connection: &Connection) -> Result<(), CallError> {
    if connection.name.is_empty() {
        return Err(CallError::invalid("the connection needs a name"));
    }
    check(&connection.endpoint)?;
    match connection.sends.iter().find(|kind| !takes(&connection.endpoint).contains(kind)) {
        Some(kind) => Err(CallError::invalid(format!("{} takes no {}s", connection.name, kind_word(*kind)))),
        None => Ok(()),
    }
}
