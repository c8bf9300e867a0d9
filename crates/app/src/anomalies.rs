//! What does not fit: among the finished jobs, and in the shop's series.

mod looking;
mod verdicts;
mod why;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::anomaly::{AnomalyKind, AnomalySeverity, RowAnomaly};
use signwright_domain::job::Job;
use signwright_domain::sanity::{self, Severity, Warning};
use signwright_forecast::anomalies::{in_series, look_in_jobs};
use signwright_store::jobs;
use ts_rs::TS;

use crate::commands::Nothing;
use crate::estimates::Experience;
use crate::train;
use crate::{Action, CallError, series};

pub use looking::{AnomaliesSoFar, anomalies_so_far, start_finding_anomalies};
pub(crate) use looking::{Looking, known, takes_long};
pub use verdicts::{AnomalyStanding, FindingKey, JudgeAnomaly, SeriesFinding, judge_anomaly, list_anomaly_verdicts};
pub(crate) use verdicts::{dismissed_jobs, undismissed};
pub use why::{OverrunCauses, SeriesChange, job_overrun, overrun_causes};

/// So many expectations are asked of the model at once.
const PIECE: usize = 2000;

/// A job that does not fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobAnomaly {
    #[ts(type = "number")]
    pub job_id: i64,
    pub number: String,
    pub customer: Option<String>,
    pub sign_type: Option<String>,
    #[ts(type = "string | null")]
    pub completed_on: Option<jiff::civil::Date>,
    pub anomaly: RowAnomaly,
    /// What people say of it; absent where it was not asked for.
    #[serde(default)]
    pub standing: Option<AnomalyStanding>,
}

/// Everything that does not fit, strongest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Anomalies {
    pub jobs: Vec<JobAnomaly>,
    pub series: Vec<SeriesFinding>,
    /// Finished jobs that were looked at: with none, no finding says nothing.
    pub jobs_examined: u32,
    /// Series that were long enough to be looked at.
    pub series_examined: u32,
}

/// Everything; where it is not known yet, whoever asks waits for it.
pub fn find_anomalies(action: &Action, _: Nothing) -> Result<Anomalies, CallError> {
    look_for_anomalies(action, &Task::silent())
}

impl JobAnomaly {
    /// Neither judged nor set aside.
    pub fn is_open(&self) -> bool {
        self.standing.as_ref().is_none_or(AnomalyStanding::is_open)
    }
}

impl Anomalies {
    /// Jobs with a finding that nobody has judged and nothing has set aside.
    pub(crate) fn open_jobs(&self) -> usize {
        self.jobs.iter().filter(|found| found.is_open()).count()
    }
}

/// The same with progress.
pub fn look_for_anomalies(action: &Action, task: &Task) -> Result<Anomalies, CallError> {
    task.step(0, 0, "reading the finished jobs")?;
    let mut all = found(action, &*action.experience()?, task)?;
    verdicts::standing(action, &mut all)?;
    Ok(all)
}

/// Those of one job; in a window nothing while they are being looked for.
pub(crate) fn of_job(action: &Action, job_id: i64) -> Result<Vec<RowAnomaly>, CallError> {
    let all = anomalies_so_far(action, Nothing {})?.found.unwrap_or_default();
    let open = all.jobs.into_iter().filter(|found| found.job_id == job_id && found.is_open());
    Ok(open.map(|found| found.anomaly).collect())
}

/// Searched once for one state of the shop; who asks meanwhile waits for that one search.
fn found(action: &Action, experience: &Experience, task: &Task) -> Result<Anomalies, CallError> {
    let mut known = experience.anomalies.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(anomalies) = known.as_ref() {
        return Ok(anomalies.clone());
    }
    let anomalies = match looking::kept(action, &looking::state(action)?)? {
        Some(kept) => kept,
        None => search(action, experience, task)?,
    };
    *known = Some(anomalies.clone());
    Ok(anomalies)
}

fn search(action: &Action, experience: &Experience, task: &Task) -> Result<Anomalies, CallError> {
    let mut found = Anomalies::default();
    let series = series::all(action)?;
    for (done, one) in series.iter().enumerate() {
        task.step(done as u64, series.len() as u64, "looking through the series")?;
        // A series that is too short to be examined has no anomalies to show.
        if let Ok(anomalies) = in_series(one) {
            found.series_examined += 1;
            found.series.extend(anomalies.into_iter().map(|anomaly| SeriesFinding { anomaly, standing: None }));
        }
    }
    found.series.sort_by(|a, b| b.anomaly.score.total_cmp(&a.anomaly.score));
    let refused = jobs::flags::errors(&action.shop().read())?;
    let jobs = jobs::all_completed(&action.shop().read())?;
    found.jobs_examined = u32::try_from(jobs.len()).unwrap_or(u32::MAX);
    found.jobs = among_jobs(task, experience, &jobs, &refused, action.today())?;
    Ok(found)
}

fn among_jobs(
    task: &Task,
    experience: &Experience,
    jobs: &[Job],
    refused: &BTreeMap<i64, Warning>,
    today: Date,
) -> Result<Vec<JobAnomaly>, CallError> {
    let expected = expected_costs(task, experience, jobs)?;
    let mut found = impossible(jobs, refused, today);
    // One finding per job: what cannot be needs no comparison with other jobs.
    let known: BTreeSet<u32> = found.iter().map(|anomaly| anomaly.row).collect();
    let strange = look_in_jobs(task, jobs, &expected)?;
    found.extend(strange.into_iter().filter(|anomaly| !known.contains(&anomaly.row)));
    Ok(found.into_iter().map(|anomaly| of(&jobs[anomaly.row as usize], anomaly)).collect())
}

/// Jobs with a figure that cannot be, which are not learned from.
fn impossible(jobs: &[Job], refused: &BTreeMap<i64, Warning>, today: Date) -> Vec<RowAnomaly> {
    let told = |(row, job): (usize, &Job)| {
        let figures = sanity::check_job(job, today).into_iter().find(|warning| warning.severity == Severity::Error);
        let wrong = figures.or_else(|| refused.get(&job.id).cloned())?;
        Some(RowAnomaly {
            row: row as u32,
            kind: AnomalyKind::Impossible,
            score: 1.0,
            severity: AnomalySeverity::High,
            field: wrong.driver,
            expected: String::new(),
            detectors: vec!["sanity rules".to_owned()],
            explanation: format!("{}: {}; the job is not learned from", job.number(), wrong.message),
        })
    };
    jobs.iter().enumerate().filter_map(told).collect()
}

fn of(job: &Job, anomaly: RowAnomaly) -> JobAnomaly {
    JobAnomaly {
        job_id: job.id,
        number: job.number().to_owned(),
        customer: job.customer.clone(),
        sign_type: job.sign_type.clone(),
        completed_on: job.completed_on,
        anomaly,
        standing: None,
    }
}

/// What the champion would have said of each job; nothing where there is none.
fn expected_costs(task: &Task, experience: &Experience, jobs: &[Job]) -> Result<Vec<Option<f64>>, CallError> {
    let Some(champion) = experience.champion.as_ref().filter(|_| !jobs.is_empty()) else {
        return Ok(vec![None; jobs.len()]);
    };
    let table = champion.model.aligned(train::table(jobs, &experience.levels));
    let all: Vec<usize> = (0..jobs.len()).collect();
    let mut expected = Vec::with_capacity(all.len());
    for piece in all.chunks(PIECE) {
        task.step(expected.len() as u64, all.len() as u64, "asking the model what each job should have cost")?;
        expected.extend(champion.model.values(&table.select(piece))?.into_iter().map(Some));
    }
    Ok(expected)
}
