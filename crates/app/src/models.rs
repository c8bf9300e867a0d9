//! The registry of models: list, card, promote by hand, roll back.

pub mod bias;
mod data;
pub(crate) mod learned;
mod rebuild;
pub(crate) mod snapshot;
#[cfg(test)]
pub(crate) mod tests;
pub mod watch;

use serde::{Deserialize, Serialize};
use signwright_domain::card::{Model, Standing};
use signwright_store::models;
use ts_rs::TS;

use crate::commands::Nothing;
use crate::train::{TARGET, readable};
use crate::{Action, CallError, Code, audit};

pub use data::{WriteModelData, write_model_data};
pub use rebuild::{Rebuilt, rebuild_model, start_rebuilding};

/// Names a model.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ModelRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// A promotion by hand; the reason goes into the event log.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PromoteModel {
    #[ts(type = "number")]
    pub id: i64,
    pub reason: String,
}

/// A step back; the reason goes into the event log.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RollbackModel {
    pub reason: String,
}

pub fn list_models(action: &Action, _: Nothing) -> Result<Vec<Model>, CallError> {
    Ok(models::list(&action.shop().read())?)
}

pub fn show_model(action: &Action, input: ModelRef) -> Result<Model, CallError> {
    get(action, input.id)
}

fn get(action: &Action, id: i64) -> Result<Model, CallError> {
    models::get(&action.shop().read(), id)?.ok_or_else(|| CallError::not_found(format!("model with id {id}")))
}

pub fn promote_model(action: &Action, input: PromoteModel) -> Result<Model, CallError> {
    let reason = given(&input.reason, "a promotion by hand")?;
    if get(action, input.id)?.standing == Standing::Champion {
        return Err(CallError::new(Code::Conflict, format!("model {} is the champion already", input.id)));
    }
    make_champion(action, input.id, reason)
}

pub fn rollback_model(action: &Action, input: RollbackModel) -> Result<Model, CallError> {
    let reason = given(&input.reason, "a rollback")?;
    let previous = previous_champion(action)?
        .ok_or_else(|| CallError::new(Code::Conflict, "there was no other champion before this one"))?;
    make_champion(action, previous, &format!("rolled back: {reason}"))
}

fn given<'a>(reason: &'a str, what: &str) -> Result<&'a str, CallError> {
    match reason.trim() {
        "" => Err(CallError::invalid(format!("{what} needs a reason"))),
        reason => Ok(reason),
    }
}

/// The newest model that was champion, is not now, and has not been rolled back from since.
fn previous_champion(action: &Action) -> Result<Option<i64>, CallError> {
    let db = action.shop().read();
    let Some(champion) = models::champion(&db, TARGET)? else { return Ok(None) };
    let crowned: Vec<i64> = models::history(&db)?
        .into_iter()
        .filter(|change| change.standing == Standing::Champion)
        .map(|change| change.model_id)
        .collect();
    // The history is newest first: what stands behind the champion's first coronation was champion before it.
    let first = crowned.iter().rposition(|id| *id == champion.id);
    Ok(first.and_then(|place| crowned.get(place + 1)).copied())
}

fn make_champion(action: &Action, id: i64, reason: &str) -> Result<Model, CallError> {
    if readable(&action.shop().read(), get(action, id)?)?.is_none() {
        return Err(CallError::new(Code::Conflict, format!("another version of the program wrote model {id}"))
            .hint("Train a new one: signwright train."));
    }
    action.shop().write(|db| {
        let before = models::champion(db, TARGET)?.map(|model| model.id);
        models::set_standing(db, id, Standing::Champion, action.now, reason)?;
        audit::record(db, action, &format!("model {id}"), before, &reason)
    })?;
    action.forget_experience();
    action.changed("models");
    get(action, id)
}
