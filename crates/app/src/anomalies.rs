//! What does not fit: among the finished jobs, and in the shop's series.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::anomaly::{AnomalyKind, AnomalySeverity, RowAnomaly, SeriesAnomaly};
use signwright_domain::job::Job;
use signwright_domain::sanity::{self, Severity, Warning};
use signwright_forecast::anomalies::{in_jobs, in_series};
use signwright_learn::features;
use signwright_store::jobs;
use ts_rs::TS;

use crate::commands::Nothing;
use crate::estimates::Experience;
use crate::train::{known_at_quote, offered};
use crate::{Action, CallError, forecasts};

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
}

/// Everything that does not fit, strongest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Anomalies {
    pub jobs: Vec<JobAnomaly>,
    pub series: Vec<SeriesAnomaly>,
    /// Finished jobs that were looked at: with none, no finding says nothing.
    pub jobs_examined: u32,
    /// Series that were long enough to be looked at.
    pub series_examined: u32,
}

pub fn find_anomalies(action: &Action, _: Nothing) -> Result<Anomalies, CallError> {
    found(action, &*action.experience()?)
}

pub(crate) fn of_job(action: &Action, job_id: i64) -> Result<Vec<RowAnomaly>, CallError> {
    let all = find_anomalies(action, Nothing {})?;
    Ok(all.jobs.into_iter().filter(|found| found.job_id == job_id).map(|found| found.anomaly).collect())
}

/// Searched once for one state of the shop; who asks meanwhile waits for that one search.
fn found(action: &Action, experience: &Experience) -> Result<Anomalies, CallError> {
    let mut known = experience.anomalies.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(anomalies) = known.as_ref() {
        return Ok(anomalies.clone());
    }
    let anomalies = search(action, experience)?;
    *known = Some(anomalies.clone());
    Ok(anomalies)
}

fn search(action: &Action, experience: &Experience) -> Result<Anomalies, CallError> {
    let mut found = Anomalies::default();
    for one in forecasts::all(action)? {
        // A series that is too short to be examined has no anomalies to show.
        if let Ok(anomalies) = in_series(&one) {
            found.series_examined += 1;
            found.series.extend(anomalies);
        }
    }
    found.series.sort_by(|a, b| b.score.total_cmp(&a.score));
    let refused = jobs::flags::errors(&action.shop().read())?;
    let jobs = jobs::all_completed(&action.shop().read())?;
    found.jobs_examined = u32::try_from(jobs.len()).unwrap_or(u32::MAX);
    found.jobs = among_jobs(experience, &jobs, &refused, action.today())?;
    Ok(found)
}

fn among_jobs(
    experience: &Experience,
    jobs: &[Job],
    refused: &BTreeMap<i64, Warning>,
    today: Date,
) -> Result<Vec<JobAnomaly>, CallError> {
    let expected = expected_costs(experience, jobs)?;
    let mut found = impossible(jobs, refused, today);
    // One finding per job: what cannot be needs no comparison with other jobs.
    let known: BTreeSet<u32> = found.iter().map(|anomaly| anomaly.row).collect();
    found.extend(in_jobs(jobs, &expected).into_iter().filter(|anomaly| !known.contains(&anomaly.row)));
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
    }
}

/// What the champion would have said of each job; nothing where there is none.
fn expected_costs(experience: &Experience, jobs: &[Job]) -> Result<Vec<Option<f64>>, CallError> {
    let Some(champion) = experience.champion.as_ref().filter(|_| !jobs.is_empty()) else {
        return Ok(vec![None; jobs.len()]);
    };
    let specifications: Vec<_> = jobs.iter().map(known_at_quote).collect();
    let rows: Vec<_> = jobs
        .iter()
        .zip(&specifications)
        .map(|(job, specification)| features::Row {
            specification,
            quoted_on: offered(job),
            price_level: offered(job).and_then(|date| experience.levels.at(date)),
        })
        .collect();
    let predictions = champion.model.predict(&features::table(&rows))?;
    Ok(predictions.into_iter().map(|prediction| Some(prediction.value)).collect())
}
