//! What is in the outbox: looked at exactly as it would go out, repaired, sent again, taken back.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use signwright_connect::breaker::Breaker;
use signwright_connect::{delivery, preview};
use signwright_domain::connection::{Connection, Outgoing, Parcel, ParcelKind};
use signwright_store::outbox::{self, Message, OutboxState};
use signwright_store::quotes::{self, QuoteQuery};
use signwright_store::{alerts, connections, estimates};
use ts_rs::TS;

use super::deliver::{Kept, parcel};
use super::enqueue::kind_word;
use super::estimate;
use crate::alerts::payload;
use crate::{Action, CallError, Code, audit};

const LISTED: u32 = 500;

/// Which messages to list.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct MessageQuery {
    /// All where it is left out.
    #[serde(default)]
    pub state: Option<OutboxState>,
}

/// A message of the outbox.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct MessageRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// A message with what goes out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MessageShown {
    pub message: Message,
    pub connection: Option<Connection>,
    /// Exactly what goes over the network, with what is secret in it blanked; empty while it waits for a connection.
    pub outgoing: Vec<Outgoing>,
    /// Why nothing can go out as it is.
    pub unsendable: Option<String>,
}

/// A payload put right.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RepairMessage {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(type = "unknown")]
    pub payload: Value,
}

pub fn list_outbox(action: &Action, input: MessageQuery) -> Result<Vec<Message>, CallError> {
    Ok(outbox::list(&action.shop().read(), input.state, LISTED)?)
}

pub fn show_message(action: &Action, input: MessageRef) -> Result<MessageShown, CallError> {
    let message = get(action, input.id)?;
    let kept: Option<Kept> = match message.connection_id {
        Some(id) => connections::once(&action.shop().read(), id)?,
        None => None,
    };
    let connection = kept.map(|kept| kept.connection);
    let (outgoing, unsendable) = match &connection {
        Some(connection) => match parcel(action, connection, &message)? {
            Some(parcel) => match preview(&connection.endpoint, &parcel) {
                Ok(outgoing) => (outgoing, None),
                Err(error) => (Vec::new(), Some(error.to_string())),
            },
            None => (Vec::new(), Some(format!("nothing is known of messages of the kind {:?}", message.kind))),
        },
        None => (Vec::new(), None),
    };
    Ok(MessageShown { message, connection, outgoing, unsendable })
}

/// What would go over a connection, kept or not: the newest quote, estimate and alert of the shop, as far as they are sent
/// there. Nothing is sent.
///
/// # Errors
/// `NotFound` where the shop has nothing yet of what would be sent.
pub fn preview_connection(action: &Action, input: Connection) -> Result<Vec<Outgoing>, CallError> {
    if input.sends.is_empty() {
        return Err(CallError::invalid("nothing is sent there yet").hint("Choose what is sent."));
    }
    let (mut all, mut lacking) = (Vec::new(), None);
    for kind in &input.sends {
        match newest(action, *kind) {
            Ok((subject, payload, idempotency_key)) => {
                let known = connections::known(&action.shop().read(), input.id, &subject)?;
                let parcel = Parcel { kind: *kind, subject, payload, idempotency_key, known, at: action.now };
                let preview = preview(&input.endpoint, &parcel);
                all.extend(preview.map_err(|error| CallError::invalid(error.to_string()))?);
            }
            // A shop may have quotes and no alert yet.
            Err(error) => lacking = Some(error),
        }
    }
    lacking.filter(|_| all.is_empty()).map_or(Ok(all), Err)
}

fn newest(action: &Action, kind: ParcelKind) -> Result<(String, Value, String), CallError> {
    let none = || CallError::not_found(format!("{} that could be shown", kind_word(kind)));
    match kind {
        ParcelKind::Quote => {
            let query = QuoteQuery { limit: 1, ..QuoteQuery::default() };
            let (_, found) = quotes::list(&action.shop().read(), &query)?;
            let quote = crate::quotes::get(action, found.first().ok_or_else(none)?.id)?;
            let delivery = delivery(&quote)?;
            Ok((format!("quote {}", quote.number), delivery.payload, delivery.idempotency_key))
        }
        ParcelKind::Alert => {
            let found = alerts::list(&action.shop().read(), true, 1)?;
            let alert = found.first().ok_or_else(none)?;
            Ok((
                format!("alert {}", alert.id),
                payload(alert, "fired", alert.opened_at),
                format!("alert:{}:0", alert.id),
            ))
        }
        ParcelKind::Estimate => {
            let found = estimates::list(&action.shop().read(), 0, 1)?;
            let estimate = crate::estimates::get(action, found.first().ok_or_else(none)?.id)?;
            Ok((estimate::subject(&estimate), estimate::payload(&estimate), estimate::key(&estimate)))
        }
    }
}

/// Lets one that was given up wait again, from now.
///
/// # Errors
/// `Conflict` where something newer about its subject was sent: that would be taken back over there.
pub fn retry_message(action: &Action, input: MessageRef) -> Result<Message, CallError> {
    not_outdated(action, &get(action, input.id)?)?;
    change(action, input.id, &"tried again", |db| outbox::retry(db, input.id, action.now))
}

/// Puts the payload of one that was not sent right, and lets it wait again.
///
/// # Errors
/// `InvalidInput` where its connection cannot send that.
pub fn repair_message(action: &Action, input: RepairMessage) -> Result<Message, CallError> {
    let repaired = Message { payload: input.payload.clone(), ..get(action, input.id)? };
    not_outdated(action, &repaired)?;
    if let Some(id) = repaired.connection_id
        && let Some(kept) = connections::get::<Breaker>(&action.shop().read(), id)?
        && let Some(parcel) = parcel(action, &kept.connection, &repaired)?
    {
        preview(&kept.connection.endpoint, &parcel).map_err(|error| {
            CallError::invalid(error.to_string()).hint("signwright outbox show ID --json has the payload as it stands.")
        })?;
    }
    change(action, input.id, &input.payload, |db| outbox::repair(db, input.id, &input.payload, action.now))
}

/// Takes one back that waits or was given up: it is never sent.
pub fn discard_message(action: &Action, input: MessageRef) -> Result<Message, CallError> {
    let who = format!("taken back by {}", action.options().user);
    change(action, input.id, &who, |db| outbox::discard(db, input.id, &who))
}

fn not_outdated(action: &Action, message: &Message) -> Result<(), CallError> {
    if outbox::is_outdated(&action.shop().read(), message)? {
        return Err(CallError::new(Code::Conflict, format!("something newer about {} was sent", message.subject))
            .hint("Take this one back: signwright outbox discard, or the button beside it."));
    }
    Ok(())
}

fn change(
    action: &Action,
    id: i64,
    what: &impl Serialize,
    work: impl FnOnce(&signwright_store::Db<'_>) -> Result<(), signwright_store::StoreError>,
) -> Result<Message, CallError> {
    action.shop().write(|db| {
        let before = outbox::get(db, id)?.ok_or_else(|| CallError::not_found(format!("message {id} in the outbox")))?;
        let over = match before.state {
            OutboxState::Sent => Some("was sent already"),
            OutboxState::Withdrawn => Some("was taken back"),
            OutboxState::Waiting | OutboxState::Dead => None,
        };
        if let Some(over) = over {
            return Err(CallError::new(Code::Conflict, format!("message {id} {over}")));
        }
        work(db)?;
        audit::record(db, action, &before.subject, Some(before.state), what)
    })?;
    action.changed("outbox");
    get(action, id)
}

fn get(action: &Action, id: i64) -> Result<Message, CallError> {
    outbox::get(&action.shop().read(), id)?.ok_or_else(|| CallError::not_found(format!("message {id} in the outbox")))
}
