//! `jobs list | search | show`.

use serde::Serialize;
use signwright_app::jobs::{JobDetail, JobPage, JobQuery, JobRef, JobSort, job_anomalies, list_jobs, show_job};
use signwright_app::{Action, App, CallError};
use signwright_domain::Money;
use signwright_domain::anomaly::RowAnomaly;
use signwright_domain::job::{Job, JobStatus};

use super::{action, documents};
use crate::arguments::{JobFilter, Jobs};
use crate::output::{Output, table, word};

pub(super) fn jobs(app: &App, input: &Jobs, output: &Output) -> Result<(), CallError> {
    let action = action(app, "jobs");
    match input {
        Jobs::List(filter) => output.result(&list_jobs(&action, query(filter, ""))?, page_text),
        Jobs::Search { words, filter } => {
            output.result(&list_jobs(&action, query(filter, &words.join(" ")))?, page_text)
        }
        Jobs::Show { number } => {
            let job = JobRef { id: None, number: Some(number.clone()) };
            let detail = show_job(&action, job.clone())?;
            let anomalies = if is_searched(&action)? { job_anomalies(&action, job)? } else { Vec::new() };
            output.result(&Shown { detail, anomalies }, detail_text);
        }
        Jobs::Pdf { number, kind, printing } => documents::job_pdf(&action, number, kind, printing, output)?,
    }
    Ok(())
}

/// One job with what does not fit in it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    detail: JobDetail,
    anomalies: Vec<RowAnomaly>,
}

/// In a shop with more jobs the search takes too long to be made for one of them; `anomalies` makes it for all.
const SEARCHED: u64 = 20_000;

fn is_searched(action: &Action) -> Result<bool, CallError> {
    let one = JobQuery { status: Some(JobStatus::Completed), limit: 1, ..JobQuery::default() };
    Ok(list_jobs(action, one)?.total <= SEARCHED)
}

fn query(filter: &JobFilter, words: &str) -> JobQuery {
    let status = filter.status.as_deref().map(|status| match status {
        "quoted" => JobStatus::Quoted,
        "in_progress" => JobStatus::InProgress,
        _ => JobStatus::Completed,
    });
    JobQuery {
        search: words.to_owned(),
        sign_type: filter.sign_type.clone(),
        status,
        flagged: filter.flagged,
        sort: JobSort::default(),
        descending: true,
        offset: filter.offset,
        limit: filter.limit,
        ..JobQuery::default()
    }
}

fn amount(amount: Option<Money>) -> String {
    amount.map_or(String::new(), |amount| amount.to_string())
}

fn page_text(page: &JobPage) -> String {
    let row = |job: &Job| {
        vec![
            job.number().to_owned(),
            job.customer.clone().unwrap_or_default(),
            job.sign_type.clone().unwrap_or_default().replace('_', " "),
            job.completed_on.map_or(String::new(), |date| date.to_string()),
            amount(job.estimated_cost),
            amount(job.actual.total),
        ]
    };
    let rows: Vec<_> = page.jobs.iter().map(row).collect();
    let table = table(&["job", "customer", "type", "completed", "estimated", "actual"], &rows, &[4, 5]);
    format!("{table}\n\n{} of {} jobs", page.jobs.len(), page.total)
}

fn detail_text(shown: &Shown) -> String {
    let Shown { detail, anomalies } = shown;
    let job = &detail.job;
    let mut text = vec![format!(
        "{} {} {}",
        job.number(),
        job.customer.as_deref().unwrap_or(""),
        job.description.as_deref().unwrap_or("")
    )];
    let parts =
        job.actual.parts().into_iter().filter_map(|(name, part)| Some(vec![name.to_owned(), part?.to_string()]));
    let mut rows: Vec<_> = parts.collect();
    rows.push(vec!["total".to_owned(), amount(job.actual.total)]);
    rows.push(vec!["estimated".to_owned(), amount(job.estimated_cost)]);
    text.push(table(&["cost", "amount"], &rows, &[1]));
    let sources = detail.sources.iter().map(|source| {
        let chosen = if source.chosen { "*" } else { "" };
        vec![
            source.field.clone(),
            source.value.clone(),
            chosen.to_owned(),
            source.file.clone(),
            source.place.to_string(),
        ]
    });
    text.push(table(&["field", "value", "used", "file", "where"], &sources.collect::<Vec<_>>(), &[]));
    for anomaly in anomalies {
        text.push(format!("does not fit: {}", anomaly.explanation));
    }
    for flag in &detail.flags {
        text.push(format!("{} ({}): {}", word(&flag.severity), flag.rule, flag.message));
    }
    text.join("\n\n")
}
