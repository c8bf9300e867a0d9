//! The shop's rows in columns, made once for one state of the shop and rolled up as often as somebody asks.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use signwright_domain::Money;
use signwright_domain::job::{Job, Outcome};
use signwright_lake::{Column, Columns, DAY, Frame, LakeError, Ledger};
use signwright_store::ledger::{self, Line, Offer};

use super::measures::Rows;
use crate::estimates::Experience;
use crate::{Action, CallError};

/// The rows of every kind.
#[derive(Debug)]
pub(crate) struct Ledgers {
    jobs: Ledger,
    offers: Ledger,
    labour: Ledger,
    material: Ledger,
    /// Offers that were won, for what stood in the books at the end of a period.
    pub(super) won: Vec<Offer>,
    /// The last days that finished jobs and offers are of: what comes in later is not nothing.
    newest_job: Option<Date>,
    newest_offer: Option<Date>,
    /// What a material is counted in.
    pub(super) units: HashMap<String, String>,
}

impl Ledgers {
    /// Jobs whose figures do not fit together are left out, with their lines: one slipped decimal point would be the whole
    /// month.
    pub(super) fn load(action: &Action, experience: &Experience) -> Result<Self, CallError> {
        let db = action.shop().read();
        let jobs = &experience.history;
        let offers = ledger::offers(&db)?;
        let known: BTreeSet<i64> = jobs.iter().map(|job| job.id).collect();
        let (mut labour, mut material) = (Lines::default(), Lines::default());
        ledger::lines(&db, |line| {
            if known.contains(&line.job_id) {
                if line.labour { labour.push(line) } else { material.push(line) }
            }
        })?;
        let newest_job = jobs.iter().filter_map(|job| job.completed_on).max();
        let newest_offer = offers.iter().map(|offer| offer.quoted_on).max();
        let units = std::mem::take(&mut material.units);
        Ok(Self {
            jobs: of_jobs(jobs)?,
            labour: labour.ledger()?,
            material: material.ledger()?,
            offers: of_offers(&offers)?,
            won: offers.into_iter().filter(|offer| offer.outcome == Some(Outcome::Won)).collect(),
            newest_job,
            newest_offer,
            units,
        })
    }

    /// The last day that rows of a kind are of.
    pub(super) fn newest(&self, rows: Rows) -> Option<Date> {
        match rows {
            Rows::Jobs | Rows::Labour | Rows::Material => self.newest_job,
            Rows::Offers | Rows::Backlog => self.newest_offer,
        }
    }

    /// Those of a kind; of the backlog the offers, whose types and estimators are its own.
    pub(super) fn of(&self, rows: Rows) -> &Ledger {
        match rows {
            Rows::Jobs => &self.jobs,
            Rows::Offers | Rows::Backlog => &self.offers,
            Rows::Labour => &self.labour,
            Rows::Material => &self.material,
        }
    }
}

fn major(amount: Option<Money>) -> Option<f64> {
    amount.map(|amount| amount.to_f64())
}

fn number<T>(name: &str, rows: &[T], value: impl Fn(&T) -> Option<f64>) -> Column {
    Column::new(name, Columns::Number(rows.iter().map(value).collect()))
}

fn text<T>(name: &str, rows: &[T], value: impl Fn(&T) -> Option<String>) -> Column {
    Column::new(name, Columns::Text(rows.iter().map(value).collect()))
}

fn days<T>(rows: &[T], day: impl Fn(&T) -> Option<Date>) -> Column {
    Column::new(DAY, Columns::Date(rows.iter().map(day).collect()))
}

fn of_jobs(jobs: &[Job]) -> Result<Ledger, LakeError> {
    let cost = |job: &Job| major(job.actual.total);
    let over = |actual: Option<f64>, estimated: Option<f64>| Some(actual? - estimated?);
    Ledger::new(&Frame::new(vec![
        days(jobs, |job| job.completed_on),
        text("sign_type", jobs, |job| job.sign_type.clone()),
        text("estimator", jobs, |job| job.estimator.clone()),
        text("customer", jobs, |job| job.customer.clone()),
        number("revenue", jobs, |job| major(job.sale_price)),
        number("cost", jobs, cost),
        number("profit", jobs, |job| over(major(job.sale_price), cost(job))),
        number("estimated_cost", jobs, |job| major(job.estimated_cost)),
        number("cost_over", jobs, |job| over(cost(job), major(job.estimated_cost))),
        number("labour", jobs, |job| major(job.actual.labour)),
        number("hours", jobs, |job| job.actual_hours),
        number("estimated_hours", jobs, |job| job.estimated_hours),
        number("hours_over", jobs, |job| over(job.actual_hours, job.estimated_hours)),
        number("area", jobs, area),
    ])?)
}

/// Square feet of all faces of all pieces.
fn area(job: &Job) -> Option<f64> {
    let spec = &job.specification;
    Some(spec.face_area()? * spec.number("faces").unwrap_or(1.0) * spec.number("quantity").unwrap_or(1.0))
}

fn of_offers(offers: &[Offer]) -> Result<Ledger, LakeError> {
    let decided = |offer: &Offer| match offer.outcome {
        Some(Outcome::Won) => Some(1.0),
        Some(Outcome::Lost) => Some(0.0),
        Some(Outcome::Open) | None => None,
    };
    Ledger::new(&Frame::new(vec![
        days(offers, |offer| Some(offer.quoted_on)),
        text("sign_type", offers, |offer| offer.sign_type.clone()),
        text("estimator", offers, |offer| offer.estimator.clone()),
        number("price", offers, |offer| major(offer.price)),
        number("won", offers, decided),
        number("won_hours", offers, |offer| offer.estimated_hours.filter(|_| decided(offer) == Some(1.0))),
        number("decided", offers, |offer| decided(offer).map(|_| 1.0)),
    ])?)
}

/// Lines as columns from the beginning: a large shop has a million.
#[derive(Default)]
struct Lines {
    days: Vec<Option<Date>>,
    department: Vec<Option<String>>,
    work_code: Vec<Option<String>>,
    material: Vec<Option<String>>,
    numbers: [Vec<Option<f64>>; 5],
    units: HashMap<String, String>,
}

const NUMBERS: [&str; 5] = ["hours", "estimated_hours", "hours_over", "cost", "quantity"];

impl Lines {
    fn push(&mut self, line: Line) {
        let material = line.description.as_deref().map(|description| {
            // One material is counted in one unit: another unit is another price.
            let unit = line.unit.as_deref().unwrap_or_default().trim().to_lowercase();
            let words = description.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let name = if unit.is_empty() { words } else { format!("{words}, {unit}") };
            self.units.entry(name.clone()).or_insert(unit);
            name
        });
        self.days.push(Some(line.day));
        self.department.push(line.department);
        self.work_code.push(line.work_code);
        self.material.push(if line.labour { None } else { material });
        let over = line.actual_hours.zip(line.estimated_hours).map(|(actual, estimated)| actual - estimated);
        let numbers = [line.actual_hours, line.estimated_hours, over, major(line.cost), line.quantity];
        self.numbers.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
    }

    fn ledger(self) -> Result<Ledger, LakeError> {
        let mut columns = vec![
            Column::new(DAY, Columns::Date(self.days)),
            Column::new("department", Columns::Text(self.department)),
            Column::new("work_code", Columns::Text(self.work_code)),
            Column::new("material", Columns::Text(self.material)),
        ];
        let numbers = NUMBERS.into_iter().zip(self.numbers);
        columns.extend(numbers.map(|(name, values)| Column::new(name, Columns::Number(values))));
        Ledger::new(&Frame::new(columns)?)
    }
}
