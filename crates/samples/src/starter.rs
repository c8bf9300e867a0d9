//! The jobs that the starter model is made from: every sign type as often as any other, sizes, places and ground far
//! wider than those of one shop, at one level of prices and wages.
//!
//! They are made by the same recipe as the sample shop. Two in three keep only what a hurried person would give, so that
//! a model of them knows what to make of a driver that is not given.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use signwright_domain::job::{CostRecord, Job, JobStatus};
use signwright_domain::{Currency, DriverValue, Money, Specification, driver};

use crate::files::{File, SampleError};
use crate::history::{Ledger, LedgerTerms, Parts};
use crate::people::Town;
use crate::prices::Prices;
use crate::recipe::costing;
use crate::rng::Rng;
use crate::signs::{self, Enquiry};

/// Jobs of each sign type.
const OF_A_TYPE: usize = 360;
/// How much wider than in one shop sizes are drawn.
const SPREAD: f64 = 1.5;
/// The day whose wages and prices are meant: those that the recipe was fitted to.
const DAY: Date = date(2025, 1, 15);
/// Jobs outside these costs in cents are outside what is published.
const COSTS: std::ops::Range<i64> = 6_000..15_000_000;
const CUSTOMERS: [&str; 4] = ["retail", "national", "contractor", "municipal"];
/// Chance of a choice that has nothing to do with the rest of the sign.
const ODD: f64 = 0.2;
/// Chance that a sign which is usually single is wanted several times.
const SEVERAL: f64 = 0.15;
/// Drivers whose choices the recipe prices whatever the sign is.
const FREE: [&str; 5] = ["finish", "access", "soil", "exposure", "font"];

/// `starter-jobs.json`: finished jobs as the product keeps them.
pub(crate) fn files(seed: u64) -> Result<Vec<File>, SampleError> {
    let bytes = serde_json::to_vec(&jobs(seed, OF_A_TYPE))?;
    Ok(vec![File { path: "starter-jobs.json".to_owned(), bytes }])
}

/// As many of each type as are asked for.
fn jobs(seed: u64, of_a_type: usize) -> Vec<Job> {
    let mut rng = Rng::stream(seed, "starter");
    let prices = Prices::level_one();
    let mut jobs = Vec::new();
    for place in 0..of_a_type {
        for (sign_type, _) in signs::TYPES {
            let mut job = job(&mut rng, sign_type, &prices);
            job.work_order = Some(format!("G{}", jobs.len() + 1));
            if place % 3 > 0 {
                hide(&mut rng, &mut job.specification);
            }
            jobs.push(job);
        }
    }
    jobs
}

fn job(rng: &mut Rng, sign_type: &'static str, prices: &Prices) -> Job {
    loop {
        let town = Town::anywhere(rng);
        let enquiry = Enquiry { sign_type, customer: rng.pick(&CUSTOMERS), town: &town, spread: SPREAD };
        let mut specification = signs::specification(rng, &enquiry);
        vary(rng, &mut specification);
        let completed_on = DAY.saturating_add(rng.whole(0, 364).days());
        let terms = LedgerTerms { quoted_on: DAY, started_on: DAY, completed_on, habit: 0.0, prices };
        let parts = Ledger::of(rng, &specification, &costing(&specification), &terms).actual;
        if COSTS.contains(&parts.total()) {
            let sign_type = Some(sign_type.to_owned());
            let status = JobStatus::Completed;
            return Job { sign_type, status, actual: actual(&parts), specification, ..Job::default() };
        }
    }
}

/// Choices that do not follow from the type, so that each shows what it costs by itself, and several of what a shop makes
/// one by one.
fn vary(rng: &mut Rng, specification: &mut Specification) {
    if specification.number("quantity") == Some(1.0) && rng.chance(SEVERAL) {
        let quantity = rng.lognormal(3.0, 0.6).round().clamp(2.0, 20.0);
        specification.set("quantity", DriverValue::Number(quantity));
    }
    for name in FREE {
        let Some(driver::DriverKind::Choice { choices }) = driver::find(name).map(|driver| &driver.kind) else {
            continue;
        };
        if specification.get(name).is_some() && rng.chance(ODD) {
            specification.set(name, DriverValue::Text(rng.pick(choices).value.to_owned()));
        }
    }
}

/// Leaves out drivers: of some jobs a few, of others nearly all. The type stays, with one way of saying how large it is and a
/// quantity above one.
fn hide(rng: &mut Rng, specification: &mut Specification) {
    let share = rng.between(0.2, 1.0);
    let letters = specification.get("letter_count").is_some();
    let unsaid: &[&str] = match rng.unit() {
        ..0.4 if letters => &["width", "height"],
        ..0.7 if letters => &["letter_height", "letter_count"],
        _ => &[],
    };
    specification.drivers.retain(|name, value| match name.as_str() {
        "sign_type" => true,
        "width" | "height" | "letter_height" | "letter_count" => !unsaid.contains(&name.as_str()),
        // Nobody writes a one.
        "quantity" => value.number() != Some(1.0) || !rng.chance(share),
        _ => !rng.chance(share),
    });
}

fn actual(parts: &Parts) -> CostRecord {
    let money = |minor: i64| Some(Money::new(minor, Currency::USD));
    CostRecord {
        material: money(parts.material),
        labour: money(parts.labour),
        burden: money(parts.burden),
        outplant: money(parts.outplant),
        equipment: money(parts.equipment),
        shipping: money(parts.shipping),
        use_tax: money(parts.use_tax),
        total: money(parts.total()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_comes_as_often_and_most_of_the_jobs_say_little() {
        let jobs = jobs(7, 21);
        for (sign_type, _) in signs::TYPES {
            assert_eq!(
                jobs.iter().filter(|job| job.sign_type.as_deref() == Some(sign_type)).count(),
                21,
                "{sign_type}"
            );
        }
        // Types come in turn: one whole round, then two with drivers hidden.
        let given = |round: usize| -> usize {
            let rounds = jobs.chunks(signs::TYPES.len()).skip(round).step_by(3);
            rounds.flatten().map(|job| job.specification.drivers.len()).sum()
        };
        assert!(3 * given(1) < 2 * given(0), "{} {}", given(1), given(0));
        assert!(jobs.iter().all(|job| job.actual.total == job.actual.sum()), "the parts are the whole");
    }

    #[test]
    fn the_same_seed_gives_the_same_jobs() {
        assert_eq!(jobs(3, 4), jobs(3, 4));
        assert_ne!(jobs(3, 4), jobs(4, 4));
    }
}
