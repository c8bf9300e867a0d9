//! Puts what happened into the outbox, for everybody who takes it.

use jiff::Timestamp;
use serde_json::Value;
use signwright_domain::connection::ParcelKind;
use signwright_store::outbox::{self, Message};
use signwright_store::{Db, connections};

use super::deliver::Kept;
use crate::{Action, CallError};

/// What is to be sent.
pub(crate) struct New<'a> {
    pub(crate) kind: ParcelKind,
    pub(crate) subject: &'a str,
    pub(crate) payload: &'a Value,
    pub(crate) idempotency_key: &'a str,
    /// Not before this moment.
    pub(crate) next_at: Timestamp,
}

/// In the transaction of the change; gives the messages, also those that were there already. A quote without a connection
/// that takes quotes waits for the first; anything else is of the moment, and nobody asked for it.
pub(crate) fn enqueue(db: &Db<'_>, action: &Action, new: &New<'_>) -> Result<Vec<Message>, CallError> {
    // An offer waits for a connection that is off for now; what is of the moment does not.
    let waits = new.kind != ParcelKind::Alert;
    let takes = |kept: &Kept| (kept.connection.enabled || waits) && kept.connection.sends.contains(&new.kind);
    let connections = connections::list(db)?.into_iter().filter(takes).map(|kept| Some(kept.connection.id));
    let mut to: Vec<Option<i64>> = connections.collect();
    if to.is_empty() && new.kind == ParcelKind::Quote {
        to.push(None);
    }
    let mut messages = Vec::new();
    for connection_id in to {
        let message = outbox::NewMessage {
            kind: kind_word(new.kind),
            subject: new.subject,
            payload: new.payload,
            idempotency_key: new.idempotency_key,
            connection_id,
            at: action.now,
            next_at: new.next_at,
        };
        let (id, _) = outbox::insert(db, &message)?;
        messages.extend(outbox::get(db, id)?);
    }
    outbox::hasten(db, new.subject, new.next_at)?;
    Ok(messages)
}

/// What the outbox calls it.
pub(super) fn kind_word(kind: ParcelKind) -> &'static str {
    match kind {
        ParcelKind::Quote => "quote",
        ParcelKind::Estimate => "estimate",
        ParcelKind::Alert => "alert",
    }
}

pub(super) fn kind_of(word: &str) -> Option<ParcelKind> {
    [ParcelKind::Quote, ParcelKind::Estimate, ParcelKind::Alert].into_iter().find(|kind| kind_word(*kind) == word)
}
