//! Out of the shop: quotes for a CRM, history as Parquet.

mod predictions;
mod quotes;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_domain::job::Job;
use signwright_lake::{Column, Columns, Frame, write_partitioned};
use signwright_store::jobs;
use ts_rs::TS;

use crate::{Action, CallError, Code, files};

pub use quotes::{ExportQuotes, QuoteFormat, QuotesExported, export_quotes};

/// The folder for the history.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportLake {
    pub dir: String,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LakeWritten {
    pub dir: String,
    pub files: u32,
    pub jobs: u32,
    pub lines: u32,
    pub predictions: u32,
}

/// `DIR/jobs/year=YYYY/month=MM/` by the month of completion, `DIR/lines/` by that of their job, and `DIR/predictions/`, what
/// models said, by that of the job or of the estimate.
pub fn export_lake(action: &Action, input: ExportLake) -> Result<LakeWritten, CallError> {
    let dir = PathBuf::from(&input.dir);
    clear(&dir)?;
    let jobs = jobs::all(&action.shop().read())?;
    let mut files = write_partitioned(&job_frame(&jobs)?, "completed_on", &dir.join("jobs"))?.len();
    let lines = line_rows(action, &jobs)?;
    if !lines.is_empty() {
        files += write_partitioned(&line_frame(&lines)?, "completed_on", &dir.join("lines"))?.len();
    }
    let said = predictions::frame(action, &jobs)?;
    if let Some(said) = &said {
        files += write_partitioned(said, "day", &dir.join("predictions"))?.len();
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let said = said.as_ref().map_or(0, Frame::rows);
    Ok(LakeWritten {
        dir: input.dir,
        files: count(files),
        jobs: count(jobs.len()),
        lines: count(lines.len()),
        predictions: count(said),
    })
}

/// What says that a folder was made by an earlier export and may be made anew.
const MARK: &str = "signwright-lake.txt";

/// Months that are no longer there must not stay behind from an earlier export. A folder that holds anything else is
/// refused.
fn clear(dir: &Path) -> Result<(), CallError> {
    let failed = |cause: std::io::Error| files::unwritable(dir, cause);
    fs::create_dir_all(dir).map_err(failed)?;
    if dir.join(MARK).is_file() {
        for part in ["jobs", "lines", "predictions"].map(|part| dir.join(part)).iter().filter(|part| part.is_dir()) {
            fs::remove_dir_all(part).map_err(failed)?;
        }
    } else if fs::read_dir(dir).map_err(failed)?.next().is_some() {
        return Err(CallError::new(Code::Conflict, format!("the folder {} holds other files", dir.display()))
            .hint("Name an empty or a new folder."));
    }
    fs::write(
        dir.join(MARK),
        "Jobs, cost lines and predictions of a Signwright shop. The next export here replaces them.\n",
    )
    .map_err(failed)
}

fn job_frame(jobs: &[Job]) -> Result<Frame, CallError> {
    let text = |pick: &dyn Fn(&Job) -> Option<String>| Columns::Text(jobs.iter().map(pick).collect());
    let date = |pick: fn(&Job) -> Option<Date>| Columns::Date(jobs.iter().map(pick).collect());
    let minor = |pick: fn(&Job) -> Option<Money>| {
        Columns::Integer(jobs.iter().map(|job| pick(job).map(|amount| amount.minor)).collect())
    };
    let word = |value: Option<serde_json::Value>| value.and_then(|value| value.as_str().map(str::to_owned));
    let mut columns = vec![
        Column::new("work_order", text(&|job| job.work_order.clone())),
        Column::new("quote_number", text(&|job| job.quote_number.clone())),
        Column::new("customer", text(&|job| job.customer.clone())),
        Column::new("sign_type", text(&|job| job.sign_type.clone())),
        Column::new("estimator", text(&|job| job.estimator.clone())),
        Column::new("status", text(&|job| word(serde_json::to_value(job.status).ok()))),
        Column::new("outcome", text(&|job| word(serde_json::to_value(job.outcome).ok()))),
        Column::new("quoted_on", date(|job| job.quoted_on)),
        Column::new("completed_on", date(|job| job.completed_on)),
        Column::new("currency", text(&|job| job.actual.total.or(job.quoted_price).map(|m| m.currency.to_string()))),
        Column::new("estimated_cost_minor", minor(|job| job.estimated_cost)),
        Column::new("material_minor", minor(|job| job.actual.material)),
        Column::new("labour_minor", minor(|job| job.actual.labour)),
        Column::new("burden_minor", minor(|job| job.actual.burden)),
        Column::new("outplant_minor", minor(|job| job.actual.outplant)),
        Column::new("equipment_minor", minor(|job| job.actual.equipment)),
        Column::new("shipping_minor", minor(|job| job.actual.shipping)),
        Column::new("use_tax_minor", minor(|job| job.actual.use_tax)),
        Column::new("total_cost_minor", minor(|job| job.actual.total)),
        Column::new("quoted_price_minor", minor(|job| job.quoted_price)),
        Column::new("sale_price_minor", minor(|job| job.sale_price)),
        Column::new("actual_hours", Columns::Number(jobs.iter().map(|job| job.actual_hours).collect())),
    ];
    columns.push(Column::new("specification", text(&|job| serde_json::to_string(&job.specification).ok())));
    Ok(Frame::new(columns)?)
}

type LineRow<'a> = (&'a Job, jobs::JobLine);

fn line_rows<'a>(action: &Action, jobs: &'a [Job]) -> Result<Vec<LineRow<'a>>, CallError> {
    let db = action.shop().read();
    let mut rows = Vec::new();
    for job in jobs {
        rows.extend(jobs::lines(&db, job.id)?.into_iter().map(|line| (job, line)));
    }
    Ok(rows)
}

fn line_frame(rows: &[LineRow<'_>]) -> Result<Frame, CallError> {
    let text = |pick: &dyn Fn(&LineRow<'_>) -> Option<String>| Columns::Text(rows.iter().map(pick).collect());
    let number =
        |pick: fn(&jobs::JobLine) -> Option<f64>| Columns::Number(rows.iter().map(|row| pick(&row.1)).collect());
    let minor = |pick: fn(&jobs::JobLine) -> Option<Money>| {
        Columns::Integer(rows.iter().map(|row| pick(&row.1).map(|amount| amount.minor)).collect())
    };
    Ok(Frame::new(vec![
        Column::new("work_order", text(&|row| row.0.work_order.clone())),
        Column::new("completed_on", Columns::Date(rows.iter().map(|row| row.0.completed_on).collect())),
        Column::new(
            "section",
            text(&|row| serde_json::to_value(row.1.section).ok().and_then(|value| value.as_str().map(str::to_owned))),
        ),
        Column::new("department", text(&|row| row.1.department.clone())),
        Column::new("work_code", text(&|row| row.1.work_code.clone())),
        Column::new("description", text(&|row| row.1.description.clone())),
        Column::new("estimated_hours", number(|line| line.estimated_hours)),
        Column::new("actual_hours", number(|line| line.actual_hours)),
        Column::new("estimated_cost_minor", minor(|line| line.estimated_cost)),
        Column::new("cost_minor", minor(|line| line.cost)),
    ])?)
}
