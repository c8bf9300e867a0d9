//! Looking through the finished jobs in the background, because a shop of a hundred thousand takes seconds: nobody waits for
//! the page that only tells how many do not fit.
//!
//! A process looks once at a time; what it does for an older state of the shop it gives up. What was found is kept in the
//! shop file with the state it was found in, and counts for as long as that stays the same. Where a person cancelled it,
//! nothing begins again by itself until something changes. A process that ends with its answer has no background, and few jobs
//! take a moment: there whoever asks waits.

use std::sync::{Arc, MutexGuard, PoisonError, TryLockError};

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::job::JobStatus;
use signwright_store::jobs::JobQuery;
use signwright_store::{events, imports, jobs, models, settings};
use ts_rs::TS;

use super::{Anomalies, found, verdicts};
use crate::commands::Nothing;
use crate::estimates::Experience;
use crate::tasks::{self, NewTask, TaskRunState, TaskStarted};
use crate::train::TARGET;
use crate::{Action, CallError, rules, series};

const KEPT: &str = "anomalies_found";
/// Among so few finished jobs it takes a moment, for which a task would only be in the way.
const FEW: u64 = 2000;
/// What the log says of these changes no finished job.
const WITHOUT_JOBS: [&str; 9] =
    ["quote", "estimate", "scenario", "settings", "watched folder", "rejects", "alert", "anomaly", "outlook"];

/// What is known of what does not fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AnomaliesSoFar {
    /// Absent while it is being looked for, and where that was cancelled.
    pub found: Option<Anomalies>,
    /// The task that looks for it.
    #[ts(type = "number | null")]
    pub task_id: Option<u64>,
}

/// The last search of this process, and what state of the shop it was of.
#[derive(Debug)]
pub(crate) struct Looking {
    state: String,
    task_id: u64,
}

/// What was found, in what state of the shop.
#[derive(Serialize, Deserialize)]
struct Kept {
    state: String,
    anomalies: Anomalies,
}

/// What the page of today can say without waiting.
pub(crate) struct Known {
    /// Whether the finished jobs are in memory, of which its figures are made.
    pub(crate) is_read: bool,
    pub(crate) so_far: AnomaliesSoFar,
}

/// What is known; where it is not, looking for it begins in the background.
pub fn anomalies_so_far(action: &Action, _: Nothing) -> Result<AnomaliesSoFar, CallError> {
    if takes_long(action)? {
        return Ok(known(action)?.so_far);
    }
    Ok(AnomaliesSoFar { found: Some(super::find_anomalies(action, Nothing {})?), task_id: None })
}

/// Looks now, also where it was cancelled before; joins the search that is under way.
pub fn start_finding_anomalies(action: &Action, _: Nothing) -> Result<TaskStarted, CallError> {
    let state = state(action)?;
    let mut last = last(action);
    let task_id = match under_way(action, &last, &state) {
        Some(task_id) => task_id,
        None => begin(action, &mut last, state, false),
    };
    Ok(TaskStarted { task_id })
}

/// Whether whoever asks is answered with what is known, and the rest is left to a task.
pub(crate) fn takes_long(action: &Action) -> Result<bool, CallError> {
    let finished = JobQuery { status: Some(JobStatus::Completed), limit: 1, ..JobQuery::default() };
    Ok(action.stays() && jobs::page(&action.shop().read(), &finished)?.0 > FEW)
}

/// What is known in this process or kept in the file. Begins to look for what is not.
pub(crate) fn known(action: &Action) -> Result<Known, CallError> {
    let state = state(action)?;
    let experience = read(action, &state);
    let mut found = match experience.as_ref().and_then(|experience| experience.anomalies.try_lock().ok()?.clone()) {
        Some(found) => Some(found),
        None => kept(action, &state)?,
    };
    if let Some(found) = &mut found {
        verdicts::standing(action, found)?;
    }
    let is_read = experience.is_some();
    let task_id = if is_read && found.is_some() { None } else { begin_unless_cancelled(action, state) };
    Ok(Known { is_read, so_far: AnomaliesSoFar { found, task_id } })
}

/// The finished jobs where they were read in this state; nobody waits for those who are reading them.
fn read(action: &Action, state: &str) -> Option<Arc<Experience>> {
    let last = last(action).as_ref().filter(|last| last.state == state).map(|last| last.task_id)?;
    action.tasks().get(last).filter(|task| task.state == TaskRunState::Done)?;
    match action.experience_cache().try_lock() {
        Ok(experience) => experience.clone(),
        Err(TryLockError::Poisoned(experience)) => experience.into_inner().clone(),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// What was found in this very state of the shop, by whatever process.
pub(super) fn kept(action: &Action, state: &str) -> Result<Option<Anomalies>, CallError> {
    let kept: Option<Kept> = settings::get(&action.shop().read(), KEPT)?;
    Ok(kept.filter(|kept| kept.state == state).map(|kept| kept.anomalies))
}

/// Everything that what does not fit depends on, in words. The day, because one that lies ahead cannot be a day of completion.
pub(super) fn state(action: &Action) -> Result<String, CallError> {
    let db = action.shop().read();
    let champion = models::champion(&db, TARGET)?.map(|model| model.id);
    let newest = imports::list(&db, 0, 1)?.first().map(|import| import.id);
    let change = events::newest_but_of(&db, &WITHOUT_JOBS)?;
    let (version, day, rules) = (env!("CARGO_PKG_VERSION"), action.today(), rules::asked(&db)?);
    Ok(format!("{version} {day} model {champion:?} import {newest:?} change {change:?} rules {rules:?}"))
}

fn begin_unless_cancelled(action: &Action, state: String) -> Option<u64> {
    let mut last = last(action);
    if let Some(task_id) = under_way(action, &last, &state) {
        return Some(task_id);
    }
    let outcome = last.as_ref().filter(|last| last.state == state).and_then(|last| action.tasks().get(last.task_id));
    match outcome.map(|task| task.state) {
        Some(TaskRunState::Cancelled | TaskRunState::Failed) => None,
        Some(TaskRunState::Running | TaskRunState::Done) | None => Some(begin(action, &mut last, state, true)),
    }
}

fn under_way(action: &Action, last: &Option<Looking>, state: &str) -> Option<u64> {
    let last = last.as_ref().filter(|last| last.state == state)?;
    is_running(action, last).then_some(last.task_id)
}

fn is_running(action: &Action, looking: &Looking) -> bool {
    action.tasks().get(looking.task_id).is_some_and(|task| task.state == TaskRunState::Running)
}

/// Begins a search in place of the last one.
fn begin(action: &Action, last: &mut Option<Looking>, state: String, unasked: bool) -> u64 {
    if let Some(older) = last.as_ref().filter(|older| is_running(action, older)) {
        action.tasks().cancel(older.task_id);
    }
    let (looking, of) = (action.clone(), state.clone());
    let changes = Some("anomalies");
    let new = NewTask { title: "Looking for jobs that do not fit", unasked, changes, now: action.now };
    let started = tasks::begin(action, new, move |task| look(&looking, task, &of));
    *last = Some(Looking { state, task_id: started.task_id });
    started.task_id
}

/// How many jobs do not fit.
fn look(action: &Action, task: &Task, of: &str) -> Result<usize, CallError> {
    task.step(0, 0, "reading the finished jobs")?;
    // What is in memory may have been read before another process changed something.
    action.forget_experience();
    let experience = action.experience()?;
    series::all(action)?;
    let anomalies = found(action, &experience, task)?;
    // Jobs that came in meanwhile are of another state, in which they will be looked through as well.
    if state(action)? == of && kept(action, of)?.is_none() {
        let kept = Kept { state: of.to_owned(), anomalies: anomalies.clone() };
        if let Err(error) = action.shop().write(|db| settings::set(db, KEPT, &kept)) {
            tracing::warn!(%error, "what does not fit is not kept: it is looked for again next time");
        }
    }
    Ok(anomalies.jobs.len())
}

fn last(action: &Action) -> MutexGuard<'_, Option<Looking>> {
    action.looking().lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use signwright_domain::job::Job;
    use signwright_domain::{Currency, Money};
    use signwright_store::jobs;

    use super::*;
    use crate::App;
    use crate::shop::{ShopSummary, shop_summary};

    /// A shop with so many jobs that looking through them is left to a task.
    fn shop() -> (tempfile::TempDir, App) {
        let dir = tempfile::tempdir().expect("dir");
        let app = App::in_folder(dir.path());
        let job = |n: u64| {
            // One of them cost less than nothing.
            let estimated_cost = Some(Money::new(if n == 7 { -100_000 } else { 100_000 }, Currency::USD));
            Job { work_order: Some(n.to_string()), status: JobStatus::Completed, estimated_cost, ..Job::default() }
        };
        app.shop().write(|db| (0..FEW + 10).try_for_each(|n| jobs::upsert(db, &job(n)).map(drop))).expect("jobs");
        (dir, app)
    }

    fn summary(app: &App) -> ShopSummary {
        shop_summary(&app.action("shop_summary"), Nothing {}).expect("a summary")
    }

    /// Waits for the end of a task by asking, as a window does.
    fn ended(app: &App, task_id: u64) -> TaskRunState {
        let begun = Instant::now();
        loop {
            let state = app.tasks().get(task_id).expect("a task").state;
            if state != TaskRunState::Running || begun.elapsed() > Duration::from_secs(60) {
                return state;
            }
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_process_that_ends_with_its_answer_tells_the_number() {
        let (_dir, app) = shop();
        let told = summary(&app);
        let all = super::super::find_anomalies(&app.action("find"), Nothing {}).expect("anomalies");
        assert_eq!((told.anomalies, told.looking), (Some(all.jobs.len() as u32), None));
        assert!(!all.jobs.is_empty(), "no estimate is below zero");
    }

    #[test]
    fn a_window_is_answered_at_once_and_the_number_comes_later_and_stays() {
        let (dir, app) = shop();
        app.stay();
        // While the jobs are being read nobody waits for them.
        let reading = app.experience_cache().lock().expect("nobody else");
        let first = summary(&app);
        assert_eq!((first.anomalies, first.figures.len()), (None, 0));
        assert!(first.attention.iter().any(|one| one.title.contains("are being looked for")), "{:?}", first.attention);
        let task = first.looking.expect("a task");
        assert_eq!(summary(&app).looking, Some(task), "one search for all who ask");
        drop(reading);
        assert_eq!(ended(&app, task), TaskRunState::Done);
        let then = summary(&app);
        assert_eq!((then.anomalies.is_some_and(|found| found > 0), then.looking), (true, None));
        // Another process finds what this one has kept, and one that changes nothing does not look again.
        let other = App::in_folder(dir.path());
        let state = state(&other.action("look")).expect("a state");
        let known = kept(&other.action("look"), &state).expect("kept").expect("of this state");
        assert_eq!(Some(known.jobs.len() as u32), then.anomalies);
        // A change of what jobs are made of is another state.
        app.shop()
            .write(|db| crate::audit::record(db, &app.action("fix"), "reject 7", Some("open"), &"fixed"))
            .expect("log");
        assert_ne!(super::state(&app.action("look")).expect("a state"), state);
    }

    #[test]
    fn what_changes_no_job_is_the_same_state() {
        let (_dir, app) = shop();
        let action = app.action("look");
        let before = state(&action);
        for subject in ["quote Q-7", "estimate 9", "settings"] {
            app.shop().write(|db| crate::audit::record(db, &action, subject, None::<()>, &1)).expect("log");
        }
        assert_eq!(state(&action), before);
    }

    #[test]
    fn what_is_cancelled_begins_again_only_when_somebody_asks_for_it() {
        let (_dir, app) = shop();
        app.stay();
        let reading = app.experience_cache().lock().expect("nobody else");
        let task = summary(&app).looking.expect("a task");
        app.tasks().cancel(task);
        drop(reading);
        assert_eq!(ended(&app, task), TaskRunState::Cancelled);
        let told = summary(&app);
        assert_eq!((told.anomalies, told.looking), (None, None));
        assert!(told.attention.iter().any(|one| one.title.contains("were not looked for")), "{:?}", told.attention);
        let again = start_finding_anomalies(&app.action("again"), Nothing {}).expect("a task");
        assert_eq!(ended(&app, again.task_id), TaskRunState::Done);
        assert!(summary(&app).anomalies.is_some());
    }
}
