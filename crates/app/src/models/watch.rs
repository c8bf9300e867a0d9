//! How the model in use does on jobs that it has not learned from, as their actual costs arrive.
//!
//! A look asks the model about every job that was finished after what it learned from, unless it was asked in this shop
//! before the job was done: then that answer counts. It is compared with the card: errors, ranges, the drivers of the
//! jobs. Where the error is more than [`TOO_MUCH`] times the card's, a challenger is trained and tried beside it; one that
//! is better beyond noise is proposed, or promoted where the shop has said so. A look is a task after an import, or when
//! somebody asks; reading what the last one found looks at nothing anew.

mod challenger;
mod error;
mod open;
mod words;

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::card::Standing;
use signwright_domain::drift::DriverChange;
use signwright_learn::{Stretch, drift};
use signwright_store::predictions::{self, How};
use signwright_store::{Db, StoreError, imports, model_watch, models, settings};
use ts_rs::TS;

use super::learned::Learned;
use super::{ModelRef, get, given, make_champion};
use crate::commands::Nothing;
use crate::lease::Lease;
use crate::tasks::{self, NewTask, TaskStarted};
use crate::train::TARGET;
use crate::{Action, CallError, Code, audit};

pub use error::{CoverageNow, GroupNow, MonthError};
pub use open::OpenQuotes;

/// From so many times the card's median error a challenger is trained.
pub const TOO_MUCH: f64 = 1.2;
/// Fewest jobs before anything is made of their error.
const FEWEST: usize = 20;
const TITLE: &str = "Watching the model";
const LEASE: &str = "watching the model";
/// What a look may take beside the training of a challenger.
const LEASE_SECONDS: u32 = 900;
/// Seconds for a challenger where nobody said.
const BUDGET: u64 = 60;
const BY_RULE: &str = "promote_by_rule";
/// What moves with the calendar is not a change of the jobs.
const CALENDAR: [&str; 2] = ["quote_date", "quote_month"];
const DRIVERS_SHOWN: usize = 12;

/// A challenger that did better.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Proposal {
    #[ts(type = "number")]
    pub model_id: i64,
    pub reason: String,
}

/// What the last look at a model found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ModelWatch {
    #[ts(type = "number")]
    pub model_id: i64,
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The newest import that it knew.
    #[ts(type = "number | null")]
    pub newest_import: Option<i64>,
    /// Jobs that were finished after what the model has learned from.
    pub jobs: u32,
    /// Of these, estimated in this shop by this model before they were done.
    pub estimated: u32,
    /// Median errors, per cent: on its card, and of the newest of these jobs.
    pub card_error: Option<f64>,
    pub error: Option<f64>,
    /// The second by the first, where there are jobs enough.
    pub ratio: Option<f64>,
    pub coverage: Vec<CoverageNow>,
    /// By month of completion, the card's test jobs first.
    pub months: Vec<MonthError>,
    pub types: Vec<GroupNow>,
    pub drivers: Vec<DriverChange>,
    pub open: Option<OpenQuotes>,
    /// What these jobs say of the model's ranges, which estimates follow.
    #[serde(default)]
    #[ts(skip)]
    pub stretch: Stretch,
    /// When estimates began to follow.
    #[serde(default)]
    #[ts(skip)]
    pub stretched_since: Option<Timestamp>,
    /// What it comes to, in sentences.
    pub words: Vec<String>,
    pub proposal: Option<Proposal>,
}

/// The watching of the model in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Watching {
    /// `None` while there is no model, or nobody has looked at it yet.
    pub watch: Option<ModelWatch>,
    /// Files were imported since.
    pub stale: bool,
    /// A challenger that is better is promoted without asking.
    pub by_rule: bool,
}

/// How long a challenger may be trained, should one be needed.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct StartWatching {
    /// Seconds; 60 when not given.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub budget: Option<u64>,
}

/// Whether a challenger that is better is promoted without asking.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SetPromotion {
    pub by_rule: bool,
}

/// A challenger that is not to be proposed any more; the reason goes into the event log.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RetireModel {
    #[ts(type = "number")]
    pub id: i64,
    pub reason: String,
}

pub fn show_watching(action: &Action, _: Nothing) -> Result<Watching, CallError> {
    let db = action.shop().read();
    let by_rule = settings::get(&db, BY_RULE)?.unwrap_or(false);
    let champion = models::champion(&db, TARGET)?;
    let mut watch: Option<ModelWatch> = match &champion {
        Some(champion) => last(&db, champion.id)?,
        None => None,
    };
    // A proposal stands as long as the model is a challenger.
    if let Some(watch) = &mut watch
        && let Some(proposal) = &watch.proposal
        && models::get(&db, proposal.model_id)?.is_none_or(|model| model.standing != Standing::Challenger)
    {
        watch.proposal = None;
    }
    let stale =
        watch.as_ref().is_some_and(|watch| newest_import(&db).is_ok_and(|import| import != watch.newest_import));
    Ok(Watching { watch, stale, by_rule })
}

/// What the last look found. A report of another shape, which another version of the program wrote, counts as none until
/// the next look.
fn last(db: &Db<'_>, model_id: i64) -> Result<Option<ModelWatch>, CallError> {
    match model_watch::get(db, model_id) {
        Ok(watch) => Ok(watch),
        Err(StoreError::Content { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What the jobs since its training say of a model's ranges.
pub(crate) fn stretch(action: &Action, model_id: i64) -> Result<Stretch, CallError> {
    Ok(last(&action.shop().read(), model_id)?.map_or_else(Stretch::default, |watch| watch.stretch))
}

fn newest_import(db: &Db<'_>) -> Result<Option<i64>, CallError> {
    Ok(imports::list(db, 0, 1)?.first().map(|import| import.id))
}

pub fn set_promotion(action: &Action, input: SetPromotion) -> Result<Watching, CallError> {
    action.shop().write(|db| {
        let before: Option<bool> = settings::get(db, BY_RULE)?;
        settings::set(db, BY_RULE, &input.by_rule)?;
        audit::record(db, action, "promotion by rule", before, &input.by_rule)
    })?;
    action.changed("models");
    show_watching(action, Nothing {})
}

pub fn retire_model(action: &Action, input: RetireModel) -> Result<signwright_domain::card::Model, CallError> {
    let reason = given(&input.reason, "retiring a model")?;
    let model = get(action, input.id)?;
    if model.standing != Standing::Challenger {
        return Err(CallError::new(Code::Conflict, format!("model {} is no challenger", input.id)));
    }
    action.shop().write(|db| {
        models::set_standing(db, input.id, Standing::Retired, action.now, reason)?;
        audit::record(db, action, &format!("model {}", input.id), Some("challenger"), &reason)
    })?;
    action.changed("models");
    get(action, input.id)
}

pub fn start_watching(action: &Action, input: StartWatching) -> Result<TaskStarted, CallError> {
    let action = action.clone();
    let (app, now) = (action.app.clone(), action.now);
    Ok(tasks::start(&app, TITLE, now, move |task| watch_model(&action, task, input)))
}

/// Begins a look after an import, where there is a model.
pub(crate) fn after_import(action: &Action) -> Result<(), CallError> {
    if models::champion(&action.shop().read(), TARGET)?.is_some() {
        let action = Action::new(&action.app, "watch_model", Timestamp::now());
        let (app, now) = (action.app.clone(), action.now);
        let new = NewTask { title: TITLE, unasked: true, changes: None, now };
        tasks::begin(&app, new, move |task| match lease(&action, BUDGET)? {
            Some(_ours) => looked(&action, task, BUDGET),
            None => show_watching(&action, Nothing {}),
        });
    }
    Ok(())
}

/// Looks at the model in use. One look at a time, whichever process it is in: who asks for a second one is refused.
pub fn watch_model(action: &Action, task: &Task, input: StartWatching) -> Result<Watching, CallError> {
    let budget = input.budget.unwrap_or(BUDGET);
    let _ours = lease(action, budget)?.ok_or_else(|| {
        CallError::new(Code::Conflict, "another look is under way").hint("Wait for it to end, then try again.")
    })?;
    looked(action, task, budget)
}

fn looked(action: &Action, task: &Task, budget: u64) -> Result<Watching, CallError> {
    // Files that came in during the look are looked at as well: their own look found this one under way.
    loop {
        let before = newest_import(&action.shop().read())?;
        look(action, task, Duration::from_secs(budget))?;
        if newest_import(&action.shop().read())? == before {
            break;
        }
    }
    action.changed("models");
    show_watching(action, Nothing {})
}

/// The right to look; `None` while somebody else does.
fn lease(action: &Action, budget: u64) -> Result<Option<Lease<'_>>, CallError> {
    Lease::take(action, LEASE, u32::try_from(budget).unwrap_or(u32::MAX).saturating_add(LEASE_SECONDS))
}

fn look(action: &Action, task: &Task, budget: Duration) -> Result<(), CallError> {
    task.step(0, 3, "asking the model about the newest jobs")?;
    let newest_import = newest_import(&action.shop().read())?;
    let experience = action.experience()?;
    let Some(champion) = &experience.champion else { return Ok(()) };
    let learned = Learned::of(action, champion)?;
    let later = error::later(action, &experience, champion, &learned)?;
    action.shop().write(|db| predictions::replace(db, champion.id, How::Later, &later.said))?;
    let seen = error::seen(action, &experience, champion)?;
    task.step(1, 3, "comparing with its card")?;
    let fresh = experience.table.select(&later.rows);
    let mut drivers = learned.table.as_ref().map(|before| drift(before, &fresh)).unwrap_or_default();
    drivers.retain(|drift| !CALENDAR.contains(&drift.driver.as_str()));
    drivers.truncate(DRIVERS_SHOWN);
    let (card_error, error) = (error::of_card(&champion.card), error::newest(&seen));
    let before = last(&action.shop().read(), champion.id)?.and_then(|watch| watch.stretched_since);
    let stretched_since = before.or_else(|| (later.stretch.jobs > 0).then_some(action.now));
    let ratio = error.zip(card_error).map(|(error, card)| error / card).filter(|ratio| ratio.is_finite());
    let mut watch = ModelWatch {
        model_id: champion.id,
        at: action.now,
        newest_import,
        jobs: u32::try_from(later.rows.len()).unwrap_or(u32::MAX),
        estimated: later.estimated,
        card_error,
        error,
        ratio,
        coverage: error::coverage(&seen, &champion.card),
        months: error::months(&seen),
        types: error::types(&seen, &champion.card),
        drivers,
        open: open::quotes(action, champion, ratio, before)?,
        stretch: later.stretch,
        stretched_since,
        words: Vec::new(),
        proposal: None,
    };
    task.step(2, 3, "looking for a better one")?;
    let looked = match challenger::look(action, task, &experience, (champion, &learned), (watch.ratio, budget)) {
        // What was found of the model in use holds without a challenger.
        Err(error) if error.code != Code::Cancelled => {
            challenger::Looked { proposal: None, words: vec![format!("No challenger: {}.", error.message)] }
        }
        looked => looked?,
    };
    watch.words = words::of(&watch, looked.words);
    watch.proposal = looked.proposal;
    action.shop().write(|db| model_watch::set(db, champion.id, action.now, &watch))?;
    if let Some(proposal) = watch.proposal.filter(|_| settings_by_rule(action).unwrap_or(false)) {
        make_champion(action, proposal.model_id, &format!("by rule: {}", proposal.reason))?;
    }
    Ok(())
}

fn settings_by_rule(action: &Action) -> Result<bool, CallError> {
    Ok(settings::get(&action.shop().read(), BY_RULE)?.unwrap_or(false))
}

/// The model that a person accepted a proposal for.
pub fn accept_proposal(action: &Action, input: ModelRef) -> Result<signwright_domain::card::Model, CallError> {
    let watching = show_watching(action, Nothing {})?;
    let proposal = watching.watch.and_then(|watch| watch.proposal).filter(|proposal| proposal.model_id == input.id);
    let proposal = proposal.ok_or_else(|| {
        CallError::new(Code::Conflict, format!("model {} is not proposed", input.id))
            .hint("`signwright models promote` takes any challenger, with a reason.")
    })?;
    make_champion(action, input.id, &format!("accepted: {}", proposal.reason))
}
