//! What models said, as a table: of finished jobs that they had not learned from, and in the estimates that were saved.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use signwright_domain::Money;
use signwright_domain::estimate::Range;
use signwright_domain::job::Job;
use signwright_lake::{Column, Columns, Frame};
use signwright_store::predictions::{How, of_model};
use signwright_store::{estimates, models};

use crate::{Action, CallError};

/// One answer of a model.
struct Said {
    model_id: Option<i64>,
    how: &'static str,
    work_order: Option<String>,
    estimate_id: Option<i64>,
    /// The month it belongs to: of the completion of the job, of the day of the estimate.
    day: Option<Date>,
    said_on: Date,
    value: Money,
    ranges: Vec<Range>,
    actual: Option<Money>,
}

/// `None` where no model has said anything.
pub(super) fn frame(action: &Action, jobs: &[Job]) -> Result<Option<Frame>, CallError> {
    let said = all(action, jobs)?;
    if said.is_empty() {
        return Ok(None);
    }
    let minor = |pick: &dyn Fn(&Said) -> Option<Money>| {
        Columns::Integer(said.iter().map(|one| pick(one).map(|amount| amount.minor)).collect())
    };
    let mut columns = vec![
        Column::new("model_id", Columns::Integer(said.iter().map(|one| one.model_id).collect())),
        Column::new("how", Columns::Text(said.iter().map(|one| Some(one.how.to_owned())).collect())),
        Column::new("work_order", Columns::Text(said.iter().map(|one| one.work_order.clone()).collect())),
        Column::new("estimate_id", Columns::Integer(said.iter().map(|one| one.estimate_id).collect())),
        Column::new("day", Columns::Date(said.iter().map(|one| one.day).collect())),
        Column::new("said_on", Columns::Date(said.iter().map(|one| Some(one.said_on)).collect())),
        Column::new("currency", Columns::Text(said.iter().map(|one| Some(one.value.currency.to_string())).collect())),
        Column::new("predicted_minor", minor(&|one| Some(one.value))),
        Column::new("actual_minor", minor(&|one| one.actual)),
    ];
    for level in [80, 90, 95] {
        let of = move |one: &Said| one.ranges.iter().find(|range| range.level == level).copied();
        columns.push(Column::new(format!("lo_{level}_minor"), minor(&|one| Some(of(one)?.low))));
        columns.push(Column::new(format!("hi_{level}_minor"), minor(&|one| Some(of(one)?.high))));
    }
    Ok(Some(Frame::new(columns)?))
}

fn all(action: &Action, jobs: &[Job]) -> Result<Vec<Said>, CallError> {
    let db = action.shop().read();
    let by_id: BTreeMap<i64, &Job> = jobs.iter().map(|job| (job.id, job)).collect();
    let mut said = Vec::new();
    for model in models::list(&db)? {
        for one in of_model(&db, model.id)? {
            let Some(job) = by_id.get(&one.job_id) else { continue };
            said.push(Said {
                model_id: Some(model.id),
                how: match one.how {
                    How::Tested => "tested",
                    How::Later => "later",
                },
                work_order: job.work_order.clone(),
                estimate_id: None,
                day: job.completed_on,
                said_on: one.at.to_zoned(TimeZone::system()).date(),
                value: one.value,
                ranges: one.ranges,
                actual: job.actual.total,
            });
        }
    }
    for summary in estimates::list(&db, 0, u32::MAX)? {
        let Some(estimate) = estimates::get(&db, summary.id)? else { continue };
        said.push(Said {
            model_id: estimate.model_id,
            how: "estimate",
            work_order: None,
            estimate_id: Some(estimate.id),
            day: Some(estimate.quoted_on),
            said_on: estimate.created_at.to_zoned(TimeZone::system()).date(),
            value: estimate.cost,
            ranges: estimate.ranges,
            actual: None,
        });
    }
    Ok(said)
}
