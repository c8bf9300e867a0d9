//! A model once more, from the rows it was trained on: an audit that nothing but these rows made it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::card::Card;
use signwright_store::{models, sha256};
use ts_rs::TS;

use super::{ModelRef, data, get, snapshot};
use crate::tasks::{self, TaskStarted};
use crate::train::params;
use crate::{Action, CallError, Code};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rebuilt {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(type = "number")]
    pub rows: usize,
    /// Of the rows, as the card has it; they were checked against it.
    pub data_hash: String,
    /// The same model, bit for bit.
    pub identical: bool,
    /// The same measurements on its card.
    pub measured_the_same: bool,
    /// SHA-256 of the model as it is kept, and as it was made again.
    pub kept: String,
    pub made: String,
    /// What it means, in a sentence.
    pub note: String,
}

pub fn start_rebuilding(action: &Action, input: ModelRef) -> Result<TaskStarted, CallError> {
    get(action, input.id)?;
    let action = action.clone();
    let (app, now) = (action.app.clone(), action.now);
    Ok(tasks::start(&app, &format!("Making model {} again", input.id), now, move |task| {
        rebuild_model(&action, task, input)
    }))
}

/// Trains on the kept rows with the seed and budget of the card, and compares. The model stays as it is.
pub fn rebuild_model(action: &Action, task: &Task, input: ModelRef) -> Result<Rebuilt, CallError> {
    let model = get(action, input.id)?;
    let Card { seed, budget, test_share, version, .. } = &model.card;
    let not_kept = || data::not_kept(input.id, version);
    let data = snapshot::read(action, &model.card.data_hash)?.ok_or_else(not_kept)?;
    let (budget, test_share) = budget.zip(*test_share).ok_or_else(not_kept)?;
    let bytes = models::bytes(&action.shop().read(), input.id)?.ok_or_else(not_kept)?;
    let budget = Duration::try_from_secs_f64(budget).map_err(|_| {
        CallError::new(Code::Conflict, format!("the card of model {} has a budget of {budget} seconds", input.id))
    })?;
    let params = params(model.card.created_at, budget, *seed, test_share);
    let trained = signwright_learn::train(task, &data.set, &params)?;
    let (kept, made) = (sha256(&bytes), sha256(&trained.model.to_bytes()));
    let identical = kept == made;
    Ok(Rebuilt {
        id: input.id,
        rows: data.jobs.len(),
        data_hash: model.card.data_hash.clone(),
        identical,
        measured_the_same: measured(&model.card) == measured(&trained.card),
        kept,
        made,
        note: note(identical, version),
    })
}

/// What is measured, without when it was and what became of it.
fn measured(card: &Card) -> impl PartialEq {
    let Card { scores, coverage, by_type, by_estimator, by_size, importance, n_train, n_test, learner, .. } =
        card.clone();
    (scores, coverage, (by_type, by_estimator, by_size), importance, (n_train, n_test), learner)
}

fn note(identical: bool, version: &str) -> String {
    let this = env!("CARGO_PKG_VERSION");
    match (identical, version == this) {
        (true, _) => "The rows, the seed and the budget on its card make the same model, bit for bit.".to_owned(),
        (false, true) => {
            "These rows do not make the same model. Another processor, or another build of this version, may learn \
             otherwise; else the model or its rows were changed."
                .to_owned()
        }
        (false, false) => format!("Another model: version {version} trained it, this is version {this}."),
    }
}
