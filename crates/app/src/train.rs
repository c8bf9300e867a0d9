//! Training on the shop's finished jobs: a challenger, its card, and the verdict.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::anomaly::AnomalySeverity;
use signwright_domain::card::{Model, Standing};
use signwright_domain::job::{Job, JobStatus};
use signwright_domain::sanity::{self, Severity, Warning};
use signwright_forecast::anomalies::in_jobs;
use signwright_learn::{TrainParams, TrainingSet, features, promote};
use signwright_store::{jobs, models};
use ts_rs::TS;

use crate::estimates::PriceLevels;
use crate::tasks::{self, TaskStarted};
use crate::{Action, CallError, Code, audit, money, rules};

/// One seed for every training, so that the same jobs give the same model.
pub const SEED: u64 = 20_251;
/// The newest fifth of the jobs is the test.
pub const TEST_SHARE: f64 = 0.2;
pub(crate) const TARGET: &str = "total_cost";
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

/// Trains, stores the challenger with its card, and promotes it when `learn::promote` says so.
pub fn train_shop(action: &Action, task: &Task, budget: Duration) -> Result<Model, CallError> {
    task.step(0, 0, "gathering finished jobs")?;
    let jobs = jobs::all_completed(&action.shop().read())?;
    rules::settle(action, task)?;
    let refused = jobs::flags::errors(&action.shop().read())?;
    let (usable, left_out) = usable(jobs, &refused, action.today());
    if usable.len() < FEWEST_JOBS {
        let have = usable.len();
        return Err(CallError::new(
            Code::NotEnoughData,
            format!("a model needs {FEWEST_JOBS} finished jobs, there are {have}"),
        )
        .hint("Import work orders or cost summaries of finished jobs first."));
    }
    let levels = PriceLevels::load(&action.shop().read())?;
    let set = training_set(&usable, &levels);
    let params = TrainParams {
        target: TARGET.to_owned(),
        seed: SEED,
        created_at: action.now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        budget,
        test_share: TEST_SHARE,
    };
    let mut trained = signwright_learn::train(task, &set, &params)?;
    if left_out > 0 {
        trained
            .card
            .limits
            .push(format!("{left_out} finished jobs were left out because their figures do not fit together"));
    }
    task.step(1, 1, "storing the model")?;
    store(action, trained)
}

fn store(action: &Action, mut trained: signwright_learn::Trained) -> Result<Model, CallError> {
    let bytes = trained.model.to_bytes();
    let model = action.shop().write(|db| {
        let champion = models::champion(db, TARGET)?;
        // The verdict keeps what training found about the simple rule; only the promotion is decided here.
        let verdict = promote(champion.as_ref().map(|model| &model.card), &trained.card);
        trained.card.verdict = verdict;
        let verdict = trained.card.verdict.clone();
        let standing = if verdict.promoted { Standing::Champion } else { Standing::Challenger };
        let new =
            models::NewModel { card: &trained.card, bytes: &bytes, standing, reason: &verdict.reason, at: action.now };
        let id = models::insert(db, &new)?;
        let model = models::get(db, id)?.ok_or_else(|| CallError::not_found(format!("model with id {id}")))?;
        audit::record(db, action, &format!("model {id}"), champion.map(|model| model.id), &model.card.verdict)?;
        Ok::<_, CallError>(model)
    })?;
    action.forget_experience();
    action.changed("models");
    Ok(model)
}

/// Finished jobs with a cost, a date and figures that fit together; and how many were left out for the last reason.
/// `refused` are those that a rule of the shop says cannot be.
pub(crate) fn usable(jobs: Vec<Job>, refused: &BTreeMap<i64, Warning>, today: Date) -> (Vec<Job>, usize) {
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
            strange[anomaly.row as usize] = true;
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
    let specifications: Vec<_> = jobs.iter().map(known_at_quote).collect();
    let rows: Vec<features::Row<'_>> = jobs
        .iter()
        .zip(&specifications)
        .map(|(job, specification)| features::Row {
            specification,
            quoted_on: offered(job),
            price_level: offered(job).and_then(|date| levels.at(date)),
        })
        .collect();
    features::table(&rows)
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

fn training_set(jobs: &[Job], levels: &PriceLevels) -> TrainingSet {
    let amount = |amount: Option<signwright_domain::Money>| amount.map_or(f64::NAN, money::to_statistics);
    TrainingSet {
        table: table(jobs, levels),
        target: jobs.iter().map(|job| amount(job.actual.total)).collect(),
        known_from: jobs.iter().map(offered).collect(),
        known_to: jobs.iter().map(|job| job.completed_on).collect(),
        group: None,
        time_column: None,
        group_column: None,
        class_column: Some("sign_type".to_owned()),
        insisted: Vec::new(),
        own_estimate: Some(jobs.iter().map(|job| amount(job.estimated_cost)).collect()),
    }
}
