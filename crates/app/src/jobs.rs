//! The history of jobs, and where each of its values came from.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_domain::anomaly::RowAnomaly;
use signwright_domain::job::Job;
use signwright_domain::record::{Place, Record, RecordKind, Word};
use signwright_domain::sanity::Warning;
use signwright_store::{documents, jobs, records};
use ts_rs::TS;

use crate::{Action, CallError, anomalies, import, rules};

pub use signwright_store::jobs::{Facet, JobLine, JobQuery, JobSort};

/// Some of the jobs that match, and how many do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobPage {
    #[ts(type = "number")]
    pub total: u64,
    /// Sign types and estimators to filter by, with how many jobs each has.
    pub sign_types: Vec<Facet>,
    pub estimators: Vec<Facet>,
    pub jobs: Vec<Job>,
}

/// Names a job, by id or by its work-order or quote number.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct JobRef {
    #[serde(default)]
    #[ts(type = "number | null")]
    pub id: Option<i64>,
    #[serde(default)]
    pub number: Option<String>,
}

/// One value of one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FieldSource {
    pub field: String,
    /// As understood, for people.
    pub value: String,
    /// As it stood in the file.
    pub raw: String,
    /// SHA-256 of the document.
    pub document: String,
    pub file: String,
    pub kind: RecordKind,
    pub place: Place,
    pub confidence: f64,
    pub found_by: String,
    /// This value is the one that the job shows.
    pub chosen: bool,
}

/// One job in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobDetail {
    pub job: Job,
    pub lines: Vec<JobLine>,
    pub sources: Vec<FieldSource>,
    /// What was sold: the line items that a CRM exports beside its quotes and opportunities.
    pub items: Vec<JobItem>,
    /// What the sanity rules and the comparison with its peers found.
    pub flags: Vec<Warning>,
}

/// One line of what was sold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobItem {
    pub product: Option<String>,
    pub description: Option<String>,
    #[ts(type = "string | null")]
    pub quantity: Option<Decimal>,
    pub unit: Option<String>,
    pub unit_price: Option<Money>,
    pub amount: Option<Money>,
    pub file: String,
    /// SHA-256 of the document.
    pub document: String,
    pub place: Option<Place>,
}

/// Names a document by its SHA-256.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DocumentRef {
    pub sha256: String,
}

/// A document and what was read in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DocumentView {
    pub sha256: String,
    pub file: String,
    pub media_type: String,
    #[ts(type = "number")]
    pub size: u64,
    pub page_sizes: Vec<[f64; 2]>,
    pub words: Vec<Word>,
}

/// At most 1,000 at a time.
pub fn list_jobs(action: &Action, mut query: JobQuery) -> Result<JobPage, CallError> {
    query.limit = query.limit.min(1000);
    let db = action.shop().read();
    let (total, jobs) = jobs::page(&db, &query)?;
    Ok(JobPage { total, jobs, sign_types: jobs::sign_types(&db)?, estimators: jobs::estimators(&db)? })
}

pub fn show_job(action: &Action, input: JobRef) -> Result<JobDetail, CallError> {
    let job = find(action, &input)?;
    let db = action.shop().read();
    let sources = import::sources(&db, job.work_order.as_deref(), job.quote_number.as_deref())?;
    let lines = jobs::lines(&db, job.id)?;
    let items = records::items_of(&db, &job)?.iter().map(item).collect();
    let sources = field_sources(&sources);
    let flags = rules::of_job(&db, &job, &lines)?;
    Ok(JobDetail { job, lines, sources, items, flags })
}

/// What does not fit in one job. The search behind it looks at all finished jobs, once for one state of the shop.
pub fn job_anomalies(action: &Action, input: JobRef) -> Result<Vec<RowAnomaly>, CallError> {
    let job = find(action, &input)?;
    anomalies::of_job(action, job.id)
}

fn item(source: &records::SourceRecord) -> JobItem {
    let record = &source.record;
    let text = |field: &str| record.value(field).map(ToString::to_string);
    JobItem {
        product: text("product"),
        description: text("description"),
        quantity: record.number("quantity"),
        unit: text("unit"),
        unit_price: record.money("unit_price"),
        amount: record.money("amount"),
        file: source.file_name.clone(),
        document: source.sha256.clone(),
        place: record.fields.values().next().map(|field| field.at.clone()),
    }
}

pub(crate) fn find(action: &Action, input: &JobRef) -> Result<Job, CallError> {
    let db = action.shop().read();
    match (input.id, &input.number) {
        (Some(id), _) => jobs::get(&db, id)?.ok_or_else(|| CallError::not_found(format!("job with id {id}"))),
        (None, Some(number)) => {
            jobs::find_by_number(&db, number)?.ok_or_else(|| CallError::not_found(format!("job with number {number}")))
        }
        (None, None) => Err(CallError::invalid("give the id or the number of the job")),
    }
}

fn field_sources(sources: &[records::SourceRecord]) -> Vec<FieldSource> {
    let all: Vec<Record> = sources.iter().map(|source| source.record.clone()).collect();
    let mut out = Vec::new();
    for (i, source) in sources.iter().enumerate() {
        let file = &source.file_name;
        for (name, field) in &source.record.fields {
            let chosen = import::chosen(&all, name).is_some_and(|(best, _)| best == i);
            out.push(FieldSource {
                field: name.clone(),
                value: field.value.to_string(),
                raw: field.raw.clone(),
                document: source.sha256.clone(),
                file: file.clone(),
                kind: source.record.kind,
                place: field.at.clone(),
                confidence: field.confidence,
                found_by: field.found_by.clone(),
                chosen,
            });
        }
    }
    out.sort_by(|a, b| a.field.cmp(&b.field).then(b.chosen.cmp(&a.chosen)));
    out
}

pub fn show_document(action: &Action, input: DocumentRef) -> Result<DocumentView, CallError> {
    let db = action.shop().read();
    let document = documents::info(&db, &input.sha256)?
        .ok_or_else(|| CallError::not_found(format!("document with SHA-256 {}", input.sha256)))?;
    let extraction = documents::extraction(&db, &input.sha256)?;
    let (page_sizes, words) = extraction.map(|e| (e.page_sizes, e.words)).unwrap_or_default();
    Ok(DocumentView {
        sha256: document.sha256,
        file: document.name,
        media_type: document.media_type,
        size: document.size,
        page_sizes,
        words,
    })
}
