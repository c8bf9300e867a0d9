//! The history: each job as merged from every source that spoke of it.
//!
//! Merging is the application's; here a job is found by its work order, then by its quote, and replaced whole.

pub mod bulk;
mod columns;
pub mod flags;
mod lines;
mod page;

use rusqlite::params_from_iter;
use signwright_domain::job::Job;

use crate::settings::currency;
use crate::{Change, Db, StoreError};

pub use lines::{JobLine, lines, lines_of, replace_lines, with_lines};
pub use page::{Facet, JobQuery, JobSort, estimators, page, sign_types};

/// Keeps a job; gives its id. One with an id is stored under it; one without (0) replaces the job with the same work
/// order, else one with the same quote that has no other work order. `Unchanged` when nothing differs.
pub fn upsert(db: &Db<'_>, job: &Job) -> Result<(i64, Change), StoreError> {
    let row = columns::row(job, currency(db)?)?;
    let Some(id) = find(db, job)? else {
        return Ok((db.insert(&columns::INSERT, params_from_iter(row))?, Change::Created));
    };
    let before =
        db.row(&columns::SELECT_STORED, [id], |cells| cells.rest())?.ok_or(StoreError::NoSuch { what: "job", id })?;
    if before == row {
        return Ok((id, Change::Unchanged));
    }
    db.run(&columns::UPDATE, params_from_iter(row.into_iter().chain([id.into()])))?;
    Ok((id, Change::Updated))
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Job>, StoreError> {
    let currency = currency(db)?;
    db.row(&columns::SELECT_BY_ID, [id], |cells| columns::read(cells, currency))
}

/// The job with this work order, else the first with this quote number.
pub fn find_by_number(db: &Db<'_>, number: &str) -> Result<Option<Job>, StoreError> {
    let id = match by_work_order(db, number)? {
        Some(id) => Some(id),
        None => db.row("SELECT id FROM jobs WHERE quote_number = ?1 ORDER BY id", [number], |cells| cells.get())?,
    };
    id.map_or(Ok(None), |id| get(db, id))
}

/// The jobs quoted for an opportunity of the CRM, in the order they were first stored.
pub fn of_opportunity(db: &Db<'_>, opportunity: &str) -> Result<Vec<Job>, StoreError> {
    let currency = currency(db)?;
    let text = format!("{} WHERE opportunity = ?1 ORDER BY id", *columns::SELECT);
    db.rows(&text, [opportunity], |cells| columns::read(cells, currency))
}

/// The completed jobs, the earliest completion first, those without a day last.
pub fn all_completed(db: &Db<'_>) -> Result<Vec<Job>, StoreError> {
    let currency = currency(db)?;
    let text = format!("{} WHERE +status = 'completed'", *columns::SELECT);
    let mut jobs = db.rows(&text, [], |cells| columns::read(cells, currency))?;
    // Sorted here: SQLite would write the wide rows to a temporary file.
    jobs.sort_by_key(|job| (job.completed_on.is_none(), job.completed_on, job.id));
    Ok(jobs)
}

/// The jobs whose offer was won or lost, in the order they were first stored.
pub fn decided(db: &Db<'_>) -> Result<Vec<Job>, StoreError> {
    let currency = currency(db)?;
    db.rows(&format!("{} WHERE outcome IN ('won', 'lost') ORDER BY id", *columns::SELECT), [], |cells| {
        columns::read(cells, currency)
    })
}

/// Every job in the order it was first stored.
pub fn all(db: &Db<'_>) -> Result<Vec<Job>, StoreError> {
    let currency = currency(db)?;
    db.rows(&format!("{} ORDER BY id", *columns::SELECT), [], |cells| columns::read(cells, currency))
}

/// Takes back a job that no record speaks of any more; whether there was one.
pub fn remove_work_order(db: &Db<'_>, work_order: &str) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM jobs WHERE work_order = ?1", [work_order])? > 0)
}

/// The same for a quote that became no work order.
pub fn remove_quote(db: &Db<'_>, quote_number: &str) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM jobs WHERE quote_number = ?1 AND work_order IS NULL", [quote_number])? > 0)
}

/// Whether there is any.
pub fn any(db: &Db<'_>) -> Result<bool, StoreError> {
    db.value("SELECT EXISTS (SELECT 1 FROM jobs)", [])
}

pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT coalesce(sum(jobs), 0) FROM job_counts", [])
}

fn find(db: &Db<'_>, job: &Job) -> Result<Option<i64>, StoreError> {
    if job.id != 0 {
        return Ok(Some(job.id));
    }
    match (&job.work_order, &job.quote_number) {
        (Some(work_order), quote) => match (by_work_order(db, work_order)?, quote) {
            (Some(id), _) => Ok(Some(id)),
            (None, Some(quote)) => by_quote_alone(db, quote),
            (None, None) => Ok(None),
        },
        (None, Some(quote)) => {
            db.row("SELECT id FROM jobs WHERE quote_number = ?1 ORDER BY id", [quote], |cells| cells.get())
        }
        (None, None) => Ok(None),
    }
}

fn by_work_order(db: &Db<'_>, work_order: &str) -> Result<Option<i64>, StoreError> {
    db.row("SELECT id FROM jobs WHERE work_order = ?1", [work_order], |cells| cells.get())
}

/// A job that was quoted and has no work order yet.
fn by_quote_alone(db: &Db<'_>, quote: &str) -> Result<Option<i64>, StoreError> {
    let text = "SELECT id FROM jobs WHERE quote_number = ?1 AND work_order IS NULL ORDER BY id";
    db.row(text, [quote], |cells| cells.get())
}
