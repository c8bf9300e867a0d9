//! Measures the job list with 100,000 jobs: how long a page takes, searched, filtered and sorted.
//!
//! `cargo run -p signwright-store --example job_list [JOBS]`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use signwright_domain::driver::{DriverKind, catalogue};
use signwright_domain::job::{CostRecord, Job, JobStatus};
use signwright_domain::{Currency, DriverValue, Money, Specification};
use signwright_store::jobs::{self, JobQuery, JobSort};
use signwright_store::{Shop, StoreError, ledger};

const TYPES: [&str; 6] = ["monument", "channel_letters", "pole", "cabinet", "ada", "banner"];
const NAMES: [&str; 8] = ["Harbor", "Lakeview", "North Pine", "Cedar", "Juniper", "Granite", "Maple", "Orchard"];
const TRADES: [&str; 5] = ["Dental", "Bakery", "Motors", "Clinic", "Hardware"];

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let shop = Shop::open(&folder.path().join("large.signwright"), Timestamp::UNIX_EPOCH)?;
    let begun = Instant::now();
    shop.write(|db| (0..count).try_for_each(|n| jobs::upsert(db, &job(n)).map(drop)))?;
    println!("{count} jobs stored in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    shop.write(|db| (0..count).try_for_each(|n| jobs::upsert(db, &job(n)).map(drop)))?;
    println!("{count} jobs found unchanged in {:.1} s", begun.elapsed().as_secs_f64());
    queries(&shop, count)?;
    whole(&shop)?;
    Ok(())
}

fn queries(shop: &Shop, count: u32) -> Result<(), StoreError> {
    let all = JobQuery::default();
    let searched = |words: &str| JobQuery { search: words.to_owned(), ..all.clone() };
    let cases = [
        ("first page", all.clone()),
        ("last page", JobQuery { offset: count - 100, ..all.clone() }),
        ("oldest first", JobQuery { descending: false, ..all.clone() }),
        ("by overrun", JobQuery { sort: JobSort::Overrun, ..all.clone() }),
        ("by customer, middle", JobQuery { sort: JobSort::Customer, offset: count / 2, ..all.clone() }),
        ("one type, one estimator", JobQuery { sign_type: some("ada"), estimator: some("E3"), ..all.clone() }),
        ("nobody's jobs", JobQuery { estimator: some("nobody"), ..all.clone() }),
        ("search a number", searched("50431")),
        ("search one letter", searched("h")),
        ("search a common word", searched("sign")),
        ("search customer and type", searched("harbor dental monument")),
        (
            "common word by cost, one type",
            JobQuery { sort: JobSort::ActualCost, sign_type: some("pole"), ..searched("sign") },
        ),
    ];
    for (name, query) in cases {
        let mut times = Vec::new();
        let mut total = 0;
        for _ in 0..20 {
            let begun = Instant::now();
            total = jobs::page(&shop.read(), &query)?.0;
            times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        times.sort_by(f64::total_cmp);
        println!("{name:32} {total:>8} found  median {:6.1} ms  slowest {:6.1} ms", times[10], times[19]);
    }
    Ok(())
}

fn whole(shop: &Shop) -> Result<(), StoreError> {
    let db = shop.read();
    let timed = |name: &str, begun: Instant| println!("{name:32} {:6.1} ms", begun.elapsed().as_secs_f64() * 1_000.0);
    let begun = Instant::now();
    jobs::all_completed(&db)?;
    timed("all completed jobs", begun);
    let begun = Instant::now();
    let mut lines = 0;
    ledger::lines(&db, |_| lines += 1)?;
    timed(&format!("{lines} lines of jobs"), begun);
    let begun = Instant::now();
    ledger::offers(&db)?;
    timed("offers", begun);
    let begun = Instant::now();
    jobs::sign_types(&db)?;
    jobs::estimators(&db)?;
    timed("values to filter by", begun);
    Ok(())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn job(n: u32) -> Job {
    let pick = |from: usize, factor: u32| (n.wrapping_mul(factor) >> 7) as usize % from;
    let day: Date = date(2010, 1, 1).saturating_add(jiff::Span::new().days(pick(5_800, 2_654_435_761) as i64));
    let cost = 100_000 + i64::from(n.wrapping_mul(40_503) % 3_000_000);
    let money = |minor| Some(Money::new(minor, Currency::USD));
    Job {
        work_order: Some(format!("{}", 10_000 + n)),
        quote_number: Some(format!("Q-{n}")),
        customer_id: Some(format!("C-{}", n % 900)),
        customer: Some(format!("{} {} {}", NAMES[pick(8, 31)], TRADES[pick(5, 97)], n % 900)),
        description: Some(format!("Illuminated sign for suite {}", n % 400)),
        location: Some(format!("{} Main Street", n % 2_000)),
        sign_type: Some(TYPES[pick(6, 7_919)].to_owned()),
        estimator: Some(format!("E{}", n % 7)),
        status: if n.is_multiple_of(9) { JobStatus::InProgress } else { JobStatus::Completed },
        outcome: Some(signwright_domain::job::Outcome::Won),
        quoted_on: Some(day),
        completed_on: (!n.is_multiple_of(9)).then_some(day),
        estimated_cost: money(cost),
        actual_hours: Some(f64::from(n % 90)),
        actual: CostRecord { total: money(cost + i64::from(n % 1_000) * 100), ..CostRecord::default() },
        sale_price: money(cost * 2),
        specification: specification(n),
        ..Job::default()
    }
}

/// Every driver of the catalogue, so that a row is as wide as a real one.
fn specification(n: u32) -> Specification {
    let mut specification = Specification::default();
    for driver in catalogue() {
        let value = match &driver.kind {
            DriverKind::Number { min, .. } => DriverValue::Number(min + f64::from(n % 13)),
            DriverKind::Choice { choices } => DriverValue::Text(choices[n as usize % choices.len()].value.to_owned()),
            DriverKind::Flag => DriverValue::Flag(n.is_multiple_of(2)),
            DriverKind::Text => DriverValue::Text("E1".to_owned()),
        };
        specification.set(driver.name, value);
    }
    specification
}
