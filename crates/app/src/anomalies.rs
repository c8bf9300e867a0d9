//! What does not fit: among the finished jobs, and in the shop's series.

use serde::{Deserialize, Serialize};
use signwright_domain::anomaly::{RowAnomaly, SeriesAnomaly};
use signwright_domain::job::Job;
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
    let mut series = Vec::new();
    for one in forecasts::all(action)? {
        // A series that is too short to be examined has no anomalies to show.
        series.extend(in_series(&one).unwrap_or_default());
    }
    series.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(Anomalies { jobs: among_jobs(action, experience)?, series })
}

fn among_jobs(action: &Action, experience: &Experience) -> Result<Vec<JobAnomaly>, CallError> {
    let jobs = jobs::all_completed(&action.shop().read())?;
    let expected = expected_costs(experience, &jobs)?;
    let found = in_jobs(&jobs, &expected);
    Ok(found.into_iter().map(|anomaly| of(&jobs[anomaly.row as usize], anomaly)).collect())
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
