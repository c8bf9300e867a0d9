//! Training on the shop's finished jobs: a challenger, its card, and the verdict.

mod against;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::anomaly::AnomalySeverity;
use signwright_domain::card::{Model, Standing};
use signwright_domain::job::{Job, JobStatus};
use signwright_domain::sanity::{self, Severity, Warning};
use signwright_forecast::anomalies::in_jobs;
use signwright_learn::{CostModel, LearnError, TrainParams, Trained, TrainingSet, promote};
use signwright_store::predictions::{self, How};
use signwright_store::{Db, jobs, models, settings, training_data};
use ts_rs::TS;

use crate::anomalies::dismissed_jobs;
use crate::estimates::{Champion, PriceLevels, Priced};
use crate::models::snapshot;
use crate::tasks::{self, TaskStarted};
use crate::{Action, CallError, Code, audit, money, rules};

/// One seed for every training, so that the same jobs give the same model.
pub const SEED: u64 = 20_251;
/// The newest fifth of the jobs is the test.
pub const TEST_SHARE: f64 = 0.2;
pub(crate) const TARGET: &str = "total_cost";
/// Whose medians are the simple rule.
pub(crate) const CLASS: &str = "sign_type";
const FEWEST_JOBS: usize = 40;

/// How long the search may take.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct StartTraining {
    /// Seconds; 60 when not given.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub budget: Option<u64>,
}

pub fn start_training(action: &Action, input: StartTraining) -> Result<TaskStarted, CallError> {
    let action = action.clone();
    let budget = Duration::from_secs(input.budget.unwrap_or(60));
    let (app, now) = (action.app.clone(), action.now);
    Ok(tasks::start(&app, "Training the cost model", now, move |task| train_shop(&action, task, budget)))
}

/// What becomes of a challenger that is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wins {
    /// It is used at once.
    Promoted,
    /// It waits for a person.
    Proposed,
}

/// Trains, stores the challenger with its card, and promotes it when `learn::promote` says so.
pub fn train_shop(action: &Action, task: &Task, budget: Duration) -> Result<Model, CallError> {
    train_challenger(action, task, budget, Wins::Promoted)
}

pub(crate) fn train_challenger(action: &Action, task: &Task, budget: Duration, wins: Wins) -> Result<Model, CallError> {
    task.step(0, 0, "gathering finished jobs")?;
    rules::settle(action, task)?;
    let (jobs, left_out) = learnable(action)?;
    if jobs.len() < FEWEST_JOBS {
        let have = jobs.len();
        return Err(CallError::new(
            Code::NotEnoughData,
            format!("a model needs {FEWEST_JOBS} finished jobs, there are {have}"),
        )
        .hint("Import work orders or cost summaries of finished jobs first."));
    }
    let levels = PriceLevels::chosen(&action.shop().read())?;
    let set = training_set(&jobs, &levels);
    let params = params(action.now, budget, SEED, TEST_SHARE);
    let mut trained = signwright_learn::train(task, &set, &params)?;
    if left_out > 0 {
        trained
            .card
            .limits
            .push(format!("{left_out} finished jobs were left out because their figures do not fit together"));
    }
    let champion = rival(&action.shop().read())?;
    if let Some(champion) = &champion {
        trained.card.trial = against::champion(action, task, champion, &Lesson { jobs: &jobs, set: &set }, &trained)?;
    }
    task.step(1, 1, "storing the model")?;
    store(action, trained, &Lesson { jobs: &jobs, set: &set }, champion.map(|champion| champion.id), wins)
}

/// The finished jobs that can be learned from, and how many were left out because their figures do not fit together.
pub(crate) fn learnable(action: &Action) -> Result<(Vec<Job>, usize), CallError> {
    let db = action.shop().read();
    let refused = jobs::flags::errors(&db)?;
    Ok(usable(jobs::all_completed(&db)?, &refused, &dismissed_jobs(&db)?, action.today()))
}

pub(crate) fn params(now: Timestamp, budget: Duration, seed: u64, test_share: f64) -> TrainParams {
    TrainParams {
        target: TARGET.to_owned(),
        seed,
        created_at: now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        budget,
        test_share,
    }
}

/// Jobs and the rows they make, in the same order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lesson<'a> {
    pub(crate) jobs: &'a [Job],
    pub(crate) set: &'a TrainingSet,
}

/// The model in use. One that another version of the program wrote cannot be asked anything: it counts as none.
pub(crate) fn champion(db: &Db<'_>) -> Result<Option<Champion>, CallError> {
    match models::champion(db, TARGET)? {
        Some(model) => readable(db, model),
        None => Ok(None),
    }
}

pub(crate) fn readable(db: &Db<'_>, found: Model) -> Result<Option<Champion>, CallError> {
    match kept(db, found.id)? {
        Ok(model) => Ok(Some(Champion { id: found.id, card: found.card, model })),
        Err(LearnError::ModelFormat { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The model that a new one has to beat. A damaged one counts as none too: training anew is the remedy.
fn rival(db: &Db<'_>) -> Result<Option<Champion>, CallError> {
    let Some(found) = models::champion(db, TARGET)? else { return Ok(None) };
    match kept(db, found.id)? {
        Ok(model) => Ok(Some(Champion { id: found.id, card: found.card, model })),
        Err(LearnError::ModelFormat { .. } | LearnError::DamagedModel { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn kept(db: &Db<'_>, id: i64) -> Result<Result<CostModel, LearnError>, CallError> {
    let bytes = models::bytes(db, id)?.ok_or_else(|| CallError::not_found(format!("stored model with id {id}")))?;
    Ok(CostModel::from_bytes(&bytes))
}

fn store(
    action: &Action,
    mut trained: Trained,
    lesson: &Lesson<'_>,
    tried: Option<i64>,
    wins: Wins,
) -> Result<Model, CallError> {
    let bytes = trained.model.to_bytes();
    let parquet = snapshot::parquet(lesson)?;
    let said = tested(action, lesson, &trained)?;
    let model = action.shop().write(|db| {
        let before = models::champion(db, TARGET)?.map(|model| model.id);
        let champion = rival(db)?;
        if champion.as_ref().map(|champion| champion.id) != tried {
            // Another model came into use meanwhile: the trial was against the one before.
            trained.card.trial = None;
        }
        // The verdict keeps what training found about the simple rule; only the promotion is decided here.
        let mut verdict = promote(champion.as_ref().map(|champion| &champion.card), &trained.card);
        let reason = verdict.reason.clone();
        verdict.promoted &= wins == Wins::Promoted || champion.is_none();
        trained.card.verdict = verdict;
        let standing = if trained.card.verdict.promoted { Standing::Champion } else { Standing::Challenger };
        let new = models::NewModel { card: &trained.card, bytes: &bytes, standing, reason: &reason, at: action.now };
        let id = models::insert(db, &new)?;
        training_data::keep(db, &trained.card.data_hash, lesson.jobs.len(), &parquet)?;
        predictions::replace(db, id, How::Tested, &said)?;
        let model = models::get(db, id)?.ok_or_else(|| CallError::not_found(format!("model with id {id}")))?;
        audit::record(db, action, &format!("model {id}"), before, &model.card.verdict)?;
        Ok::<_, CallError>(model)
    })?;
    action.forget_experience();
    action.changed("models");
    Ok(model)
}

/// What the fit that the card measures said of the newest jobs.
fn tested(action: &Action, lesson: &Lesson<'_>, trained: &Trained) -> Result<Vec<predictions::Prediction>, CallError> {
    let currency = settings::shop(&action.shop().read())?.currency;
    let one = |tested: &signwright_learn::Tested| {
        Ok(predictions::Prediction {
            job_id: lesson.jobs[tested.row].id,
            how: How::Tested,
            at: action.now,
            value: money::from_statistics(tested.value, currency)?,
            ranges: money::ranges(&tested.ranges, currency)?,
        })
    };
    trained.tested.iter().map(one).collect()
}

/// Finished jobs with a cost, a date and figures that fit together; and how many were left out for the last reason.
/// `refused` are those that a rule of the shop says cannot be.
/// Slips that a person has dismissed count as none.
pub(crate) fn usable(
    jobs: Vec<Job>,
    refused: &BTreeMap<i64, Warning>,
    dismissed: &[i64],
    today: Date,
) -> (Vec<Job>, usize) {
    let all = jobs.len();
    let is_error = |warning: &Warning| warning.severity == Severity::Error;
    let cannot_be = |job: &Job| refused.contains_key(&job.id) || sanity::check_job(job, today).iter().any(is_error);
    let jobs: Vec<Job> = jobs.into_iter().filter(|job| !cannot_be(job)).collect();
    let impossible = all - jobs.len();
    let jobs: Vec<Job> = jobs
        .into_iter()
        .filter(|job| job.status == JobStatus::Completed && job.actual.total.is_some_and(|total| total.minor > 0))
        .collect();
    let unknown = vec![None; jobs.len()];
    let mut strange = vec![false; jobs.len()];
    for anomaly in in_jobs(&jobs, &unknown) {
        // Only what is arithmetically wrong; an unusual job is still a job.
        if anomaly.severity == AnomalySeverity::High && anomaly.kind != signwright_domain::anomaly::AnomalyKind::Unusual
        {
            let row = anomaly.row as usize;
            strange[row] = dismissed.binary_search(&jobs[row].id).is_err();
        }
    }
    let left_out = impossible + strange.iter().filter(|strange| **strange).count();
    let kept = jobs.into_iter().zip(strange).filter(|(_, strange)| !strange).map(|(job, _)| job);
    (kept.collect(), left_out)
}

/// When a job was offered; where nobody said, when it was done.
pub(crate) fn offered(job: &Job) -> Option<Date> {
    job.quoted_on.or(job.completed_on)
}

pub(crate) fn table(jobs: &[Job], levels: &PriceLevels) -> signwright_learn::Table {
    let priced: Vec<Priced> = jobs.iter().map(|job| levels.priced(known_at_quote(job), offered(job))).collect();
    levels.table(&priced)
}

/// The drivers with those the job's header carries.
pub(crate) fn known_at_quote(job: &Job) -> signwright_domain::Specification {
    let mut specification = job.specification.clone();
    for (name, value) in [("sign_type", &job.sign_type), ("estimator", &job.estimator)] {
        if let Some(value) = value.as_ref().filter(|_| specification.get(name).is_none()) {
            specification.set(name, signwright_domain::DriverValue::Text(value.clone()));
        }
    }
    specification
}

pub(crate) fn training_set(jobs: &[Job], levels: &PriceLevels) -> TrainingSet {
    let amount = |amount: Option<signwright_domain::Money>| amount.map_or(f64::NAN, money::to_statistics);
    TrainingSet {
        table: table(jobs, levels),
        target: jobs.iter().map(|job| amount(job.actual.total)).collect(),
        known_from: jobs.iter().map(offered).collect(),
        known_to: jobs.iter().map(|job| job.completed_on).collect(),
        group: None,
        time_column: None,
        group_column: None,
        class_column: Some(CLASS.to_owned()),
        insisted: Vec::new(),
        own_estimate: Some(jobs.iter().map(|job| amount(job.estimated_cost)).collect()),
    }
}
