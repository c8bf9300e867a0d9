//! The cost lines of a job: labour by work code, material, outplant, with the place each was read at.

use std::collections::BTreeMap;

use rusqlite::{named_params, params};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::record::{Place, Section};
use signwright_domain::{Currency, Money};
use ts_rs::TS;

use crate::db::{Cells, json, minor, word};
use crate::settings::currency;
use crate::{Db, StoreError};

/// One cost line. What its source did not give is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobLine {
    pub section: Section,
    pub department: Option<String>,
    pub work_code: Option<String>,
    pub description: Option<String>,
    pub unit: Option<String>,
    pub estimated_hours: Option<f64>,
    pub actual_hours: Option<f64>,
    #[ts(type = "string | null")]
    pub estimated_quantity: Option<Decimal>,
    #[ts(type = "string | null")]
    pub quantity: Option<Decimal>,
    pub estimated_cost: Option<Money>,
    pub cost: Option<Money>,
    /// The document it was read from.
    pub sha256: Option<String>,
    pub place: Option<Place>,
}

impl JobLine {
    /// One of which nothing is known but where it stands.
    pub fn of(section: Section) -> Self {
        Self {
            section,
            department: None,
            work_code: None,
            description: None,
            unit: None,
            estimated_hours: None,
            actual_hours: None,
            estimated_quantity: None,
            quantity: None,
            estimated_cost: None,
            cost: None,
            sha256: None,
            place: None,
        }
    }
}

const COLUMNS: &str = "section, department, work_code, description, unit, estimated_hours, actual_hours, \
                       estimated_quantity, quantity, estimated_cost, cost, sha256, place";

/// The finished jobs that have lines of labour or material.
pub fn with_lines(db: &Db<'_>) -> Result<Vec<i64>, StoreError> {
    let text = "SELECT DISTINCT l.job_id FROM job_lines l JOIN jobs j ON j.id = l.job_id \
                WHERE l.section IN ('labour', 'material') AND j.status = 'completed' ORDER BY l.job_id";
    db.rows(text, [], |cells| cells.get())
}

/// Keeps these lines in place of the job's earlier ones.
pub fn replace_lines(db: &Db<'_>, job_id: i64, lines: &[JobLine]) -> Result<(), StoreError> {
    db.run("DELETE FROM job_lines WHERE job_id = ?1", [job_id])?;
    lines.iter().try_for_each(|line| insert(db, job_id, line))
}

/// The lines of a job in the order they were given.
pub fn lines(db: &Db<'_>, job_id: i64) -> Result<Vec<JobLine>, StoreError> {
    let currency = currency(db)?;
    let text = format!("SELECT {COLUMNS} FROM job_lines WHERE job_id = ?1 ORDER BY id");
    db.rows(&text, params![job_id], |cells| read(cells, currency))
}

/// The lines of each of these jobs that has some, as [`lines`] gives them, asked once.
pub fn lines_of(db: &Db<'_>, job_ids: &[i64]) -> Result<BTreeMap<i64, Vec<JobLine>>, StoreError> {
    let currency = currency(db)?;
    let text = format!(
        "SELECT job_id, {COLUMNS} FROM job_lines WHERE job_id IN (SELECT value FROM json_each(?1)) ORDER BY job_id, id"
    );
    let found = db.rows(&text, [json(&job_ids)?], |cells| Ok((cells.get::<i64>()?, read(cells, currency)?)))?;
    let mut by_job: BTreeMap<i64, Vec<JobLine>> = BTreeMap::new();
    for (job_id, line) in found {
        by_job.entry(job_id).or_default().push(line);
    }
    Ok(by_job)
}

fn read(cells: &mut Cells<'_>, currency: Currency) -> Result<JobLine, StoreError> {
    Ok(JobLine {
        section: cells.word()?,
        department: cells.get()?,
        work_code: cells.get()?,
        description: cells.get()?,
        unit: cells.get()?,
        estimated_hours: cells.get()?,
        actual_hours: cells.get()?,
        estimated_quantity: cells.parse_opt()?,
        quantity: cells.parse_opt()?,
        estimated_cost: cells.money_opt(currency)?,
        cost: cells.money_opt(currency)?,
        sha256: cells.get()?,
        place: cells.json_opt()?,
    })
}

fn insert(db: &Db<'_>, job_id: i64, line: &JobLine) -> Result<(), StoreError> {
    let currency = currency(db)?;
    let text = format!(
        "INSERT INTO job_lines (job_id, {COLUMNS}) VALUES (:job_id, :section, :department, :work_code, :description, \
         :unit, :estimated_hours, :actual_hours, :estimated_quantity, :quantity, :estimated_cost, :cost, :sha256, :place)"
    );
    db.run(
        &text,
        named_params! {
            ":job_id": job_id, ":section": word(&line.section)?, ":department": line.department,
            ":work_code": line.work_code, ":description": line.description, ":unit": line.unit,
            ":estimated_hours": line.estimated_hours, ":actual_hours": line.actual_hours,
            ":estimated_quantity": line.estimated_quantity.map(|x| x.to_string()),
            ":quantity": line.quantity.map(|x| x.to_string()),
            ":estimated_cost": minor(line.estimated_cost, currency)?, ":cost": minor(line.cost, currency)?,
            ":sha256": line.sha256, ":place": line.place.as_ref().map(json).transpose()?,
        },
    )?;
    Ok(())
}
