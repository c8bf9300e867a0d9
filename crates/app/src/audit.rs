//! The append-only event log: who, when, what, before and after, in the transaction of the change itself.

use serde::Serialize;
use signwright_store::{Db, events};

use crate::{Action, CallError, Code};

/// Appends one event. `before` is `None` for what did not exist.
pub(crate) fn record(
    db: &Db<'_>,
    action: &Action,
    subject: &str,
    before: Option<impl Serialize>,
    after: &impl Serialize,
) -> Result<(), CallError> {
    let json = |value: Result<serde_json::Value, serde_json::Error>| {
        value.map_err(|error| CallError::new(Code::Internal, error.to_string()))
    };
    let before = before.map(|before| json(serde_json::to_value(before))).transpose()?;
    let after = json(serde_json::to_value(after))?;
    let event = events::NewEvent {
        at: action.now,
        who: &action.options().user,
        action_id: &action.id,
        command: &action.command,
        subject,
        before: before.as_ref(),
        after: Some(&after),
    };
    events::append(db, &event)?;
    Ok(())
}
