//! A shop whose costs follow a rule with a little noise, job after job.

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use signwright_domain::card::Model;
use signwright_domain::estimate::Estimate;
use signwright_domain::job::{CostRecord, Job, JobStatus};
use signwright_domain::quote::Quote;
use signwright_domain::{Currency, DriverValue, Money, Specification, Task};
use signwright_store::jobs;

use crate::estimates::{CreateEstimate, create_estimate};
use crate::quotes::{CreateQuote, create_quote};
use crate::{Action, App, train};

/// Jobs of the first training.
pub(crate) const JOBS: u32 = 240;

/// An open shop in a folder of its own.
pub(crate) struct Shop {
    _dir: tempfile::TempDir,
    pub(crate) app: App,
}

impl Shop {
    /// With jobs `0..JOBS`.
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().expect("dir");
        let app = App::in_folder(dir.path());
        let shop = Self { _dir: dir, app };
        shop.add(0..JOBS, 1.0);
        shop
    }

    /// More jobs, dearer by a factor.
    pub(crate) fn add(&self, numbers: std::ops::Range<u32>, factor: f64) {
        let add = |db: &signwright_store::Db<'_>| {
            numbers.clone().try_for_each(|number| jobs::upsert(db, &job(number, factor)).map(drop))
        };
        self.app.shop().write(add).expect("jobs");
        self.app.forget_experience();
    }

    pub(crate) fn action(&self) -> Action {
        self.app.action("test")
    }

    pub(crate) fn train(&self) -> Model {
        train::train_shop(&self.action(), &Task::silent(), Duration::from_secs(2)).expect("a model")
    }

    /// What a pole sign costs, kept so that a quote can be made of it.
    pub(crate) fn estimate(&self) -> Estimate {
        let mut specification = Specification::default();
        specification.set("sign_type", DriverValue::Text("pole".to_owned()));
        specification.set("width", DriverValue::Number(10.0));
        specification.set("height", DriverValue::Number(8.0));
        let input = CreateEstimate { specification, save: true, ..CreateEstimate::default() };
        create_estimate(&self.action(), input).expect("an estimate")
    }

    /// A draft of that pole sign for Alder Bank.
    pub(crate) fn quote(&self) -> Quote {
        let quote = serde_json::json!({ "customer": "Alder Bank", "estimate_ids": [self.estimate().id] });
        let quote: CreateQuote = serde_json::from_value(quote).expect("a quote");
        create_quote(&self.action(), quote).expect("a quote")
    }
}

/// A number between 0 and 1 that looks drawn.
fn drawn(number: u32, which: u32) -> f64 {
    let mixed = (number.wrapping_mul(2_654_435_761) ^ which.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    f64::from((mixed ^ (mixed >> 15)).wrapping_mul(0xc2b2_ae35) >> 8) / f64::from(1 << 24)
}

fn quoted(number: u32) -> Date {
    date(2023, 1, 2).saturating_add((i64::from(number) * 3).days())
}

pub(in crate::models) fn job(number: u32, factor: f64) -> Job {
    let (sign_type, rate) = [("monument", 90.0), ("pole", 60.0), ("cabinet", 30.0)][number as usize % 3];
    let (width, height) = (2.0 + (18.0 * drawn(number, 1)).round(), 2.0 + (10.0 * drawn(number, 2)).round());
    let noise = (0.5 * (drawn(number, 3) + drawn(number, 4) + drawn(number, 5) - 1.5)).exp();
    let dollars = factor * rate * (width * height).powf(0.8) * noise;
    let total = Money::new((100.0 * dollars) as i64, Currency::USD);
    let mut specification = Specification::default();
    specification.set("width", DriverValue::Number(width));
    specification.set("height", DriverValue::Number(height));
    Job {
        work_order: Some(format!("{}", 10_000 + number)),
        status: JobStatus::Completed,
        sign_type: Some(sign_type.to_owned()),
        estimator: Some(["Ada", "Ben"][number as usize % 2].to_owned()),
        quoted_on: Some(quoted(number)),
        completed_on: Some(quoted(number).saturating_add(20.days())),
        actual: CostRecord { total: Some(total), ..CostRecord::default() },
        specification,
        ..Job::default()
    }
}
