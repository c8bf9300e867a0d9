//! The rows that series are rolled up from: offers by the day they were made, and the lines of finished jobs by the day
//! the work was done. They are handed over one by one; a large shop has a million.

use std::ops::ControlFlow;

use jiff::civil::Date;
use signwright_domain::Money;
use signwright_domain::job::Outcome;

use crate::settings::currency;
use crate::{Db, StoreError};

/// An offer, whatever became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub quoted_on: Date,
    pub sign_type: Option<String>,
    pub estimator: Option<String>,
    pub outcome: Option<Outcome>,
    pub price: Option<Money>,
    pub estimated_hours: Option<f64>,
    pub completed_on: Option<Date>,
}

/// A line of the account of a finished job.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub job_id: i64,
    pub day: Date,
    /// Of labour, or else of material.
    pub labour: bool,
    pub department: Option<String>,
    pub work_code: Option<String>,
    pub description: Option<String>,
    pub unit: Option<String>,
    pub quantity: Option<f64>,
    pub actual_hours: Option<f64>,
    pub estimated_hours: Option<f64>,
    pub cost: Option<Money>,
}

/// Every offer with a day.
pub fn offers(db: &Db<'_>) -> Result<Vec<Offer>, StoreError> {
    let currency = currency(db)?;
    let text = "SELECT quoted_on, sign_type, estimator, outcome, quoted_price, estimated_hours, completed_on FROM jobs \
                WHERE quoted_on IS NOT NULL";
    db.rows(text, [], |cells| {
        Ok(Offer {
            quoted_on: cells.parse()?,
            sign_type: cells.get()?,
            estimator: cells.get()?,
            outcome: cells.word_opt()?,
            price: cells.money_opt(currency)?,
            estimated_hours: cells.get()?,
            completed_on: cells.parse_opt()?,
        })
    })
}

/// The lines of labour and of material of all finished jobs with a day.
pub fn lines(db: &Db<'_>, mut with: impl FnMut(Line)) -> Result<(), StoreError> {
    let currency = currency(db)?;
    let text = "SELECT l.job_id, j.completed_on, l.section = 'labour', l.department, l.work_code, l.description, l.unit, \
                CAST(l.quantity AS REAL), l.actual_hours, l.estimated_hours, l.cost \
                FROM job_lines l JOIN jobs j ON j.id = l.job_id \
                WHERE l.section IN ('labour', 'material') AND j.status = 'completed' AND j.completed_on IS NOT NULL";
    db.each(text, [], |cells| {
        with(Line {
            job_id: cells.get()?,
            day: cells.parse()?,
            labour: cells.get()?,
            department: cells.get()?,
            work_code: cells.get()?,
            description: cells.get()?,
            unit: cells.get()?,
            quantity: cells.get()?,
            actual_hours: cells.get()?,
            estimated_hours: cells.get()?,
            cost: cells.money_opt(currency)?,
        });
        Ok(ControlFlow::Continue(()))
    })
}
