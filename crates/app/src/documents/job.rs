//! A job on paper: what it cost against its estimate, and its work order.

use serde::{Deserialize, Serialize};
use signwright_domain::job::{Job, JobStatus};
use signwright_domain::record::Section;
use signwright_report::documents::{JobCosts, Manuscript, Worked, job_costs};
use signwright_store::jobs::{self, JobLine};
use signwright_store::settings;
use ts_rs::TS;

use super::{By, letterhead, printed, work_order};
use crate::jobs::JobRef;
use crate::shop::{FileWritten, target, written};
use crate::{Action, CallError, Code, rules};

/// What of a job is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobDocument {
    /// Estimate against actual, of a finished job. Stays in the shop.
    #[default]
    Costs,
    /// For the floor: no prices.
    WorkOrder,
}

/// Which job is written where, as what. The job by id or number.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WriteJobPdf {
    #[serde(default)]
    #[ts(type = "number | null")]
    pub id: Option<i64>,
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub kind: JobDocument,
    /// Without it a file in the exports folder beside the shop.
    #[serde(default)]
    pub path: Option<String>,
    /// By the template that comes with the program, even where the shop has its own.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub shipped: bool,
}

pub fn write_job_pdf(action: &Action, input: WriteJobPdf) -> Result<FileWritten, CallError> {
    let job = crate::jobs::find(action, &JobRef { id: input.id, number: input.number })?;
    let (manuscript, suffix) = match input.kind {
        JobDocument::Costs if job.status != JobStatus::Completed => {
            return Err(CallError::new(Code::Conflict, format!("job {} is not finished", job.number()))
                .hint("Its costs are compared when its actual costs are in."));
        }
        JobDocument::Costs => (costs(action, &job)?, "costs"),
        JobDocument::WorkOrder => (work_order::of_job(action, &job, &letterhead(action)?)?, "work-order"),
    };
    let bytes = printed(action, manuscript, By::asked(input.shipped))?;
    // A work order's number may hold what no file may be called.
    let number: String = job.number().chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
    written(action, &target(action, input.path.as_deref(), &format!("{number}-{suffix}.pdf")), &bytes)
}

pub(super) fn costs(action: &Action, job: &Job) -> Result<Manuscript, CallError> {
    let db = action.shop().read();
    let lines = jobs::lines(&db, job.id)?;
    let flags = rules::of_job(&db, job, &lines)?;
    let lines: Vec<Worked> = lines.iter().map(worked).collect();
    let remarks: Vec<String> = flags.into_iter().map(|flag| flag.message).collect();
    let currency = settings::currency(&db)?;
    let account = JobCosts { job, lines: &lines, remarks: &remarks, currency, today: action.today() };
    Ok(job_costs(&account, &letterhead(action)?)?)
}

fn worked(line: &JobLine) -> Worked {
    use rust_decimal::prelude::ToPrimitive;
    let of_labour = line.section == Section::Labour;
    let number = |decimal: Option<rust_decimal::Decimal>| decimal.and_then(|decimal| decimal.to_f64());
    Worked {
        section: line.section,
        work_code: line.work_code.clone().unwrap_or_default(),
        name: name(line),
        unit: line.unit.clone().unwrap_or_default(),
        estimated: if of_labour { line.estimated_hours } else { number(line.estimated_quantity) },
        actual: if of_labour { line.actual_hours } else { number(line.quantity) },
        estimated_cost: line.estimated_cost,
        cost: line.cost,
    }
}

/// What a line is called: its text, else its department or code.
pub(super) fn name(line: &JobLine) -> String {
    let names = [&line.description, &line.department, &line.work_code];
    names.into_iter().flatten().find(|text| !text.trim().is_empty()).cloned().unwrap_or_else(|| "without a name".into())
}
