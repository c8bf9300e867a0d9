//! Why jobs cost more than was estimated: one job by its lines, all jobs by what they have in common, and what changed among
//! the jobs when the level of a series did.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::anomaly::AnomalyKind;
use signwright_domain::cause_of_overrun::{ChangeEvent, OverrunCluster, OverrunSignature, OverrunSplit};
use signwright_domain::driver::{self, DriverKind};
use signwright_domain::job::Job;
use signwright_domain::record::Section;
use signwright_domain::{Currency, DriverValue};
use signwright_forecast::anomalies::why::{Case, CodeCosts, Material, Window, changes_at, clusters, signatures, split};
use signwright_store::jobs::{self, JobLine};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::jobs::JobRef;
use crate::series::{is_formula, is_imported};
use crate::{Action, CallError, Code};

/// From so much over its estimate a job counts as one that went wrong.
const OVERRUN: f64 = 0.3;
/// Around a shift of a level, on each side.
const WINDOW: Window = Window { days: 120 };
/// Jobs whose lines are read together.
const AT_ONCE: usize = 2000;
/// Of what a job's lines do not tell.
const REST: &str = "cost that no line tells";

/// What goes together with overruns. It need not be their cause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct OverrunCauses {
    /// Finished jobs with an estimate, and those of them that went wrong: 30 % over the estimate, or with a finding.
    pub jobs: u32,
    pub wrong: u32,
    /// Of all jobs whose lines tell, by work code.
    pub split: Option<OverrunSplit>,
    pub split_of: u32,
    pub clusters: Vec<OverrunCluster>,
    pub signatures: Vec<OverrunSignature>,
    pub changes: Vec<SeriesChange>,
}

/// What changed among the jobs when the level of a series did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SeriesChange {
    pub series: String,
    pub change: ChangeEvent,
}

/// Why one job cost more or less than was estimated, by its lines.
///
/// # Errors
/// `NotEnoughData` where the job has no estimate, no actual cost or no lines.
pub fn job_overrun(action: &Action, input: JobRef) -> Result<OverrunSplit, CallError> {
    let detail = crate::jobs::show_job(action, input)?;
    of_job(&detail.job, &detail.lines, action.experience()?.currency).ok_or_else(|| {
        CallError::new(Code::NotEnoughData, format!("job {} cannot be taken apart", detail.job.number()))
            .hint("It takes an estimate, the actual cost, and lines of its account.")
    })
}

/// What jobs that went wrong have in common, and what the overruns of all jobs are made of.
pub fn overrun_causes(action: &Action, _: Nothing) -> Result<OverrunCauses, CallError> {
    let experience = action.experience()?;
    let currency = experience.currency;
    let found = super::find_anomalies(action, Nothing {})?;
    let flagged: BTreeSet<i64> = found.jobs.iter().filter(|job| job.is_open()).map(|job| job.job_id).collect();
    let cases: Vec<Case> = experience.history.iter().filter_map(|job| case(job, &flagged)).collect();
    let (split, split_of) = of_all(action, &experience.history, currency)?;
    let mut changes = Vec::new();
    for series in found.series.iter().filter(|found| found.anomaly.kind == AnomalyKind::Level) {
        let name = &series.anomaly.series;
        if !is_imported(name) && !is_formula(name) {
            let told = changes_at(&cases, series.anomaly.start, WINDOW);
            changes.extend(told.into_iter().map(|change| SeriesChange { series: name.clone(), change }));
        }
    }
    Ok(OverrunCauses {
        jobs: count(cases.len()),
        wrong: count(cases.iter().filter(|case| case.flagged).count()),
        split,
        split_of,
        clusters: clusters(&cases, currency),
        signatures: signatures(&cases, currency),
        changes,
    })
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn case(job: &Job, flagged: &BTreeSet<i64>) -> Option<Case> {
    let (estimated, actual) = (job.estimated_cost?.minor, job.actual.total?.minor);
    let over = estimated > 0 && actual as f64 > (1.0 + OVERRUN) * estimated as f64;
    Some(Case {
        job: job.number().to_owned(),
        attributes: attributes(job),
        estimated,
        actual,
        date: job.completed_on,
        flagged: over || flagged.contains(&job.id),
    })
}

/// Who, for whom, what, when, and the choices and flags of its specification.
fn attributes(job: &Job) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            all.push((name.to_owned(), value.replace('_', " ")));
        }
    };
    add("sign type", job.sign_type.as_deref());
    add("estimator", job.estimator.as_deref());
    add("customer", job.customer.as_deref());
    add("season", job.completed_on.map(season));
    for known in driver::catalogue().iter().filter(|known| !matches!(known.name, "sign_type" | "estimator")) {
        let label = known.label.to_lowercase();
        match (&known.kind, job.specification.get(known.name)) {
            (DriverKind::Choice { .. }, Some(DriverValue::Text(value))) => add(&label, Some(value)),
            (DriverKind::Flag, Some(DriverValue::Flag(true))) => add(&label, Some("yes")),
            _ => {}
        }
    }
    all
}

fn season(day: Date) -> &'static str {
    match day.month() {
        12 | 1 | 2 => "winter",
        3..=5 => "spring",
        6..=8 => "summer",
        _ => "autumn",
    }
}

/// Sums by work code over all jobs whose lines tell.
fn of_all(action: &Action, history: &[Job], currency: Currency) -> Result<(Option<OverrunSplit>, u32), CallError> {
    let known: BTreeMap<i64, &Job> = history.iter().map(|job| (job.id, job)).collect();
    let db = action.shop().read();
    let mut ids = jobs::with_lines(&db)?;
    ids.retain(|id| known.contains_key(id));
    let mut codes: Vec<CodeCosts> = Vec::new();
    let mut jobs = 0;
    for some in ids.chunks(AT_ONCE) {
        for (id, lines) in jobs::lines_of(&db, some)? {
            if let Some(costs) = costs(known[&id], &lines) {
                jobs += 1;
                codes.extend(costs);
            }
        }
    }
    drop(db);
    if jobs == 0 {
        return Ok((None, 0));
    }
    Ok((Some(split(&codes, currency)), jobs))
}

fn of_job(job: &Job, lines: &[JobLine], currency: Currency) -> Option<OverrunSplit> {
    Some(split(&costs(job, lines)?, currency))
}

/// Labour by work code and material by what it is; what the lines do not tell of the estimate and of the cost is one more, so
/// that all adds up to the overrun of the job. `None` where the lines say nothing that was estimated.
fn costs(job: &Job, lines: &[JobLine]) -> Option<Vec<CodeCosts>> {
    let (estimated, actual) = (job.estimated_cost?.minor, job.actual.total?.minor);
    let mut labour: BTreeMap<String, Labour> = BTreeMap::new();
    let mut materials: BTreeMap<String, Stuff> = BTreeMap::new();
    for line in lines {
        match line.section {
            Section::Labour => {
                let code = line.work_code.as_deref().or(line.department.as_deref()).unwrap_or("labour");
                labour.entry(format!("code {code}")).or_default().add(line);
            }
            Section::Material => {
                let what = line.description.as_deref().unwrap_or("material").trim().to_lowercase();
                materials.entry(what).or_default().add(line);
            }
            Section::Outplant | Section::Item => {}
        }
    }
    let mut codes: Vec<CodeCosts> = labour.into_iter().filter_map(|(code, sum)| sum.costs(code)).collect();
    codes.extend(materials.into_iter().filter_map(|(code, sum)| sum.costs(code)));
    if codes.is_empty() {
        return None;
    }
    let told = |hours: f64, rate: f64, material: i64| (hours * rate).round() as i64 + material;
    let sum = |of: fn(&CodeCosts) -> (f64, f64, i64)| -> i64 {
        codes
            .iter()
            .map(|code| {
                let (hours, rate, material) = of(code);
                told(hours, rate, material)
            })
            .sum()
    };
    let rest = (
        estimated - sum(|code| (code.estimated_hours, code.estimated_rate, code.estimated_material.cost)),
        actual - sum(|code| (code.actual_hours, code.actual_rate, code.actual_material.cost)),
    );
    if rest.0 != rest.1 {
        let material = |cost: i64| Material { cost, quantity: None };
        let (estimated_material, actual_material) = (material(rest.0), material(rest.1));
        codes.push(CodeCosts { code: REST.to_owned(), estimated_material, actual_material, ..CodeCosts::default() });
    }
    Some(codes)
}

#[derive(Default)]
struct Labour {
    estimated_hours: f64,
    actual_hours: f64,
    estimated: i64,
    actual: i64,
}

impl Labour {
    fn add(&mut self, line: &JobLine) {
        self.estimated_hours += line.estimated_hours.unwrap_or(0.0);
        self.actual_hours += line.actual_hours.unwrap_or(0.0);
        self.estimated += line.estimated_cost.map_or(0, |cost| cost.minor);
        self.actual += line.cost.map_or(0, |cost| cost.minor);
    }

    /// `None` where the account says no cost of it. An estimate in hours alone is one at the rate that was paid.
    fn costs(self, code: String) -> Option<CodeCosts> {
        if self.actual_hours <= 0.0 || self.actual <= 0 {
            return None;
        }
        let actual_rate = self.actual as f64 / self.actual_hours;
        let estimated_rate = match self.estimated_hours {
            hours if hours > 0.0 && self.estimated > 0 => self.estimated as f64 / hours,
            _ => actual_rate,
        };
        let (estimated_hours, actual_hours) = (self.estimated_hours, self.actual_hours);
        Some(CodeCosts { code, estimated_hours, actual_hours, estimated_rate, actual_rate, ..CodeCosts::default() })
    }
}

#[derive(Default)]
struct Stuff {
    estimated_quantity: Option<f64>,
    quantity: Option<f64>,
    estimated: Option<i64>,
    actual: i64,
}

impl Stuff {
    fn add(&mut self, line: &JobLine) {
        let number = |of: Option<rust_decimal::Decimal>| of.and_then(|of| f64::try_from(of).ok());
        let sum = |into: &mut Option<f64>, more: Option<f64>| {
            if let Some(more) = more {
                *into = Some(into.unwrap_or(0.0) + more);
            }
        };
        sum(&mut self.estimated_quantity, number(line.estimated_quantity));
        sum(&mut self.quantity, number(line.quantity));
        if let Some(cost) = line.estimated_cost {
            self.estimated = Some(self.estimated.unwrap_or(0) + cost.minor);
        }
        self.actual += line.cost.map_or(0, |cost| cost.minor);
    }

    /// `None` where nobody said what was estimated. An estimate in quantities alone is one at the price that was paid.
    fn costs(self, code: String) -> Option<CodeCosts> {
        let price = self.quantity.filter(|quantity| *quantity > 0.0).map(|quantity| self.actual as f64 / quantity);
        let by_quantity = self.estimated_quantity.zip(price).map(|(quantity, price)| (quantity * price).round() as i64);
        let estimated = self.estimated.or(by_quantity)?;
        Some(CodeCosts {
            code,
            estimated_material: Material { cost: estimated, quantity: self.estimated_quantity },
            actual_material: Material { cost: self.actual, quantity: self.quantity },
            ..CodeCosts::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use signwright_domain::Money;
    use signwright_domain::job::CostRecord;

    use super::*;

    fn usd(dollars: i64) -> Money {
        Money::new(100 * dollars, Currency::USD)
    }

    fn line(section: Section, text: &str) -> JobLine {
        let work_code = (section == Section::Labour).then(|| text.to_owned());
        let description = (section == Section::Material).then(|| text.to_owned());
        JobLine { work_code, description, ..JobLine::of(section) }
    }

    #[test]
    fn a_job_is_taken_apart_by_its_lines_and_adds_up() {
        let total = Some(usd(1_900));
        let job = Job {
            estimated_cost: Some(usd(1_500)),
            actual: CostRecord { total, ..CostRecord::default() },
            ..Job::default()
        };
        let hours = |estimated, actual, cost| JobLine {
            estimated_hours: Some(estimated),
            actual_hours: Some(actual),
            estimated_cost: Some(usd(500)),
            cost: Some(usd(cost)),
            ..line(Section::Labour, "620")
        };
        let steel = |estimated: i64, quantity: i64, cost: i64| JobLine {
            estimated_quantity: Some(estimated.into()),
            quantity: Some(quantity.into()),
            cost: Some(usd(cost)),
            ..line(Section::Material, "STEEL PIPE")
        };
        // Ten hours for 500, twelve for 720; 100 lb, then 60 and 60 lb for 240 in all; the rest 800 of 1500 and 940 of 1900.
        let lines = [hours(10.0, 12.0, 720), steel(100, 60, 120), steel(0, 60, 120)];
        let split = of_job(&job, &lines, Currency::USD).expect("a split");
        assert_eq!(split.total, 40_000);
        let parts = |code: &str| split.codes.iter().find(|one| one.code == code).expect("a code").parts;
        assert_eq!((parts("code 620").hours, parts("code 620").rate), (10_000, 12_000));
        assert_eq!((parts("steel pipe").quantity, parts("steel pipe").price), (4_000, 0));
        assert_eq!(parts(REST).material, 14_000);
        assert_eq!(of_job(&job, &[], Currency::USD), None);
    }
}
