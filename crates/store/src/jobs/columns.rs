//! A job as a row: one list of columns, and its writer and reader in the same order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rusqlite::types::Value;
use signwright_domain::job::{CostRecord, Job};
use signwright_domain::{Currency, DriverValue, Specification};

use crate::StoreError;
use crate::db::{Cells, cell, json, minor, real, word};

const COLUMNS: &[&str] = &[
    "work_order",
    "quote_number",
    "opportunity",
    "customer_id",
    "customer",
    "description",
    "location",
    "sign_type",
    "estimator",
    "status",
    "outcome",
    "lost_reason",
    "competitor_price",
    "quoted_on",
    "completed_on",
    "estimated_cost",
    "estimated_hours",
    "actual_hours",
    "material_cost",
    "labour_cost",
    "burden_cost",
    "outplant_cost",
    "equipment_cost",
    "shipping_cost",
    "use_tax",
    "total_cost",
    "quoted_price",
    "sale_price",
    "overrun_cause",
    "specification",
    "square_feet",
];

pub(super) static SELECT: LazyLock<String> = LazyLock::new(|| format!("SELECT id, {} FROM jobs", COLUMNS.join(", ")));
pub(super) static SELECT_BY_ID: LazyLock<String> = LazyLock::new(|| format!("{} WHERE id = ?1", *SELECT));
/// The columns as [`row`] writes them.
pub(super) static SELECT_STORED: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {} FROM jobs WHERE id = ?1", COLUMNS.join(", ")));
pub(super) static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("INSERT INTO jobs ({}) VALUES ({})", COLUMNS.join(", "), places()));
/// The id comes last.
pub(super) static UPDATE: LazyLock<String> =
    LazyLock::new(|| format!("UPDATE jobs SET ({}) = ({}) WHERE id = ?", COLUMNS.join(", "), places()));

fn places() -> String {
    vec!["?"; COLUMNS.len()].join(", ")
}

/// The values of a job in the order of the columns.
pub(super) fn row(job: &Job, currency: Currency) -> Result<Vec<Value>, StoreError> {
    let Job { actual, specification, .. } = job;
    let money = |amount| minor(amount, currency).map(cell);
    Ok(vec![
        cell(job.work_order.clone()),
        cell(job.quote_number.clone()),
        cell(job.opportunity.clone()),
        cell(job.customer_id.clone()),
        cell(job.customer.clone()),
        cell(job.description.clone()),
        cell(job.location.clone()),
        cell(job.sign_type.clone()),
        cell(job.estimator.clone()),
        word(&job.status)?.into(),
        cell(job.outcome.as_ref().map(word).transpose()?),
        cell(job.lost_reason.clone()),
        money(job.competitor_price)?,
        cell(job.quoted_on.map(|date| date.to_string())),
        cell(job.completed_on.map(|date| date.to_string())),
        money(job.estimated_cost)?,
        real(job.estimated_hours),
        real(job.actual_hours),
        money(actual.material)?,
        money(actual.labour)?,
        money(actual.burden)?,
        money(actual.outplant)?,
        money(actual.equipment)?,
        money(actual.shipping)?,
        money(actual.use_tax)?,
        money(actual.total)?,
        money(job.quoted_price)?,
        money(job.sale_price)?,
        cell(job.overrun_cause.clone()),
        json(specification)?.into(),
        real(square_feet(specification)),
    ])
}

/// Reads what [`SELECT`] gives: the id, then the columns.
pub(super) fn read(cells: &mut Cells<'_>, currency: Currency) -> Result<Job, StoreError> {
    Ok(Job {
        id: cells.get()?,
        work_order: cells.get()?,
        quote_number: cells.get()?,
        opportunity: cells.get()?,
        customer_id: cells.get()?,
        customer: cells.get()?,
        description: cells.get()?,
        location: cells.get()?,
        sign_type: cells.get()?,
        estimator: cells.get()?,
        status: cells.word()?,
        outcome: cells.word_opt()?,
        lost_reason: cells.get()?,
        competitor_price: cells.money_opt(currency)?,
        quoted_on: cells.parse_opt()?,
        completed_on: cells.parse_opt()?,
        estimated_cost: cells.money_opt(currency)?,
        estimated_hours: cells.get()?,
        actual_hours: cells.get()?,
        actual: CostRecord {
            material: cells.money_opt(currency)?,
            labour: cells.money_opt(currency)?,
            burden: cells.money_opt(currency)?,
            outplant: cells.money_opt(currency)?,
            equipment: cells.money_opt(currency)?,
            shipping: cells.money_opt(currency)?,
            use_tax: cells.money_opt(currency)?,
            total: cells.money_opt(currency)?,
        },
        quoted_price: cells.money_opt(currency)?,
        sale_price: cells.money_opt(currency)?,
        overrun_cause: cells.get()?,
        specification: specification(cells)?,
    })
}

/// The drivers, read by what stands there: several times faster than trying one form after the other, and every training
/// reads every job.
fn specification(cells: &mut Cells<'_>) -> Result<Specification, StoreError> {
    let written: BTreeMap<String, serde_json::Value> = cells.json()?;
    let driver = |(name, value)| match value {
        serde_json::Value::Bool(flag) => Ok((name, DriverValue::Flag(flag))),
        serde_json::Value::String(text) => Ok((name, DriverValue::Text(text))),
        serde_json::Value::Number(number) => {
            Ok((name, DriverValue::Number(number.as_f64().expect("a number of JSON has a float beside it"))))
        }
        serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
            Err(StoreError::Content { column: "specification".to_owned(), detail: format!("{name} is {value}") })
        }
    };
    Ok(Specification { drivers: written.into_iter().map(driver).collect::<Result<_, _>>()? })
}

/// Area of all faces of all pieces; one face and one piece where the specification does not say.
fn square_feet(specification: &Specification) -> Option<f64> {
    let times = |driver| specification.number(driver).unwrap_or(1.0);
    Some(specification.face_area()? * times("faces") * times("quantity")).filter(|area| *area > 0.0)
}
