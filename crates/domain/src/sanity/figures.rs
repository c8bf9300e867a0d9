//! Amounts and dates of the past that cannot be right, whatever other jobs look like.
//!
//! A value is kept as it stood; this only says what is wrong with it. What is merely unusual is found by comparing jobs.

use jiff::civil::Date;

use super::{Severity, Warning};
use crate::Money;
use crate::job::{Job, JobStatus};
use crate::record::{Record, RecordKind, Value};

/// No sign costs as much: ten million dollars, or as many of another currency's smallest units.
const LARGEST: i64 = 1_000_000_000;

const PARTS: [&str; 7] =
    ["material_cost", "labour_cost", "burden_cost", "outplant_cost", "equipment_cost", "shipping_cost", "use_tax"];
const OTHER_AMOUNTS: [&str; 4] = ["total_cost", "estimated_cost", "quoted_price", "sale_price"];
/// Parts that books correct by small credits; worth a look only where they are large.
const CREDITED: [&str; 5] = ["burden_cost", "outplant_cost", "equipment_cost", "shipping_cost", "use_tax"];
/// Days on which something is said to have happened; a planned day may lie ahead.
const DAYS: [&str; 5] = ["quoted_on", "created_on", "started_on", "completed_on", "run_date"];

/// Under this name the findings are shown; they are arithmetic and cannot be changed.
const RULE: &str = "figures";

/// What cannot be right in a record of a quote, a work order or a cost summary, read on `today`.
pub fn check_record(record: &Record, today: Date) -> Vec<Warning> {
    match record.kind {
        RecordKind::Quote | RecordKind::WorkOrder | RecordKind::CostSummary => {}
        RecordKind::Customer
        | RecordKind::Opportunity
        | RecordKind::MaterialPrice
        | RecordKind::LineItem
        | RecordKind::VendorBill
        | RecordKind::Invoice
        | RecordKind::PurchaseOrder
        | RecordKind::PrintedQuote
        | RecordKind::BidTab => return Vec::new(),
    }
    let amount = |field: &str| record.money(field);
    let days = DAYS.iter().filter_map(|field| match record.value(field)? {
        Value::Date(date) => Some((*field, *date)),
        Value::Text(_) | Value::Number(_) | Value::Money(_) | Value::Flag(_) => None,
    });
    let mut found = amounts(&amount);
    found.extend(days.filter_map(|(field, day)| in_the_future(field, day, today, Severity::Error)));
    found.extend(total(&amount));
    found
}

/// The same for a job. The day of completion of work in progress may be a plan.
pub fn check_job(job: &Job, today: Date) -> Vec<Warning> {
    let actual = &job.actual;
    let amount = |field: &str| match field {
        "material_cost" => actual.material,
        "labour_cost" => actual.labour,
        "burden_cost" => actual.burden,
        "outplant_cost" => actual.outplant,
        "equipment_cost" => actual.equipment,
        "shipping_cost" => actual.shipping,
        "use_tax" => actual.use_tax,
        "total_cost" => actual.total,
        "estimated_cost" => job.estimated_cost,
        "quoted_price" => job.quoted_price,
        _ => job.sale_price,
    };
    let done = if job.status == JobStatus::Completed { Severity::Error } else { Severity::Info };
    let mut found = amounts(&amount);
    found.extend(job.quoted_on.and_then(|day| in_the_future("quoted_on", day, today, Severity::Error)));
    found.extend(job.completed_on.and_then(|day| in_the_future("completed_on", day, today, done)));
    found.extend(total(&amount));
    found
}

fn amounts(amount: &dyn Fn(&str) -> Option<Money>) -> Vec<Warning> {
    let wrong = |field: &&str| {
        let money = amount(field)?;
        let words = field.replace('_', " ");
        let below = || format!("{words}: {money} is below zero");
        let (severity, message) = match money.minor {
            minor if minor < 0 && !CREDITED.contains(field) => (Severity::Error, below()),
            minor if minor < 0 && is_large(money, amount("total_cost")) => (Severity::Warning, below()),
            minor if minor > LARGEST => (Severity::Error, format!("{words}: {money} is more than any sign costs")),
            _ => return None,
        };
        Some(Warning::new(RULE, severity, field, message))
    };
    PARTS.iter().chain(&OTHER_AMOUNTS).filter_map(wrong).collect()
}

/// More than a tenth of the total, as far as that is known.
fn is_large(credit: Money, total: Option<Money>) -> bool {
    total.is_none_or(|total| credit.minor.unsigned_abs() > total.minor.unsigned_abs() / 10)
}

fn in_the_future(field: &str, day: Date, today: Date, severity: Severity) -> Option<Warning> {
    let message = format!("{}: {day} is in the future", field.trim_end_matches("_on").replace('_', " "));
    (day > today).then(|| Warning::new(RULE, severity, field, message))
}

/// Parts above the total are always wrong; parts below it where at least material and labour are given. Half a per cent,
/// or a whole unit of the currency, is rounding.
fn total(amount: &dyn Fn(&str) -> Option<Money>) -> Option<Warning> {
    let total = amount("total_cost")?;
    let parts: Vec<i64> = PARTS.iter().filter_map(|part| amount(part)).map(|part| part.minor).collect();
    if parts.is_empty() {
        return None;
    }
    // Absurd parts may not even have a sum; they are told of one by one.
    let sum = parts.into_iter().try_fold(0_i64, i64::checked_add).map(|sum| Money::new(sum, total.currency))?;
    let whole = amount("material_cost").is_some() && amount("labour_cost").is_some();
    let off = sum.minor.checked_sub(total.minor)?;
    let rounding = (total.minor.abs() / 200).max(100);
    let wrong = off > rounding || (whole && off < -rounding);
    let message = format!("total cost: {total} is not the sum of its parts, {sum}");
    wrong.then(|| Warning::new(RULE, Severity::Warning, "total_cost", message))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Currency;
    use crate::job::CostRecord;

    fn job(material: i64, labour: i64, total: i64, completed_on: Date) -> Job {
        let usd = |minor| Some(Money::new(minor, Currency::USD));
        let actual =
            CostRecord { material: usd(material), labour: usd(labour), total: usd(total), ..CostRecord::default() };
        Job { actual, completed_on: Some(completed_on), status: JobStatus::Completed, ..Job::default() }
    }

    #[test]
    fn each_impossible_figure_is_said_with_its_field() {
        let (today, day) = (date(2026, 6, 1), date(2026, 5, 1));
        let check = |job: Job, expected: &[(&str, Severity)]| {
            let found = check_job(&job, today);
            let found: Vec<_> = found.iter().map(|warning| (warning.driver.as_str(), warning.severity)).collect();
            assert_eq!(found, expected);
        };
        check(job(60_000, 40_000, 100_000, day), &[]);
        check(job(60_000, 40_040, 100_000, day), &[]);
        check(job(60_000, 40_000, 150_000, day), &[("total_cost", Severity::Warning)]);
        check(job(60_000, 90_000, 100_000, day), &[("total_cost", Severity::Warning)]);
        check(job(-5_000, 105_000, 100_000, day), &[("material_cost", Severity::Error)]);
        check(
            job(900_000_000_000_000_000, 0, 900_000_000_000_000_000, day),
            &[("material_cost", Severity::Error), ("total_cost", Severity::Error)],
        );
        check(job(60_000, 40_000, 100_000, date(2029, 1, 1)), &[("completed_on", Severity::Error)]);
        let planned = Job { status: JobStatus::InProgress, ..job(60_000, 40_000, 100_000, date(2029, 1, 1)) };
        check(planned, &[("completed_on", Severity::Info)]);
    }

    #[test]
    fn a_small_credit_is_bookkeeping_and_a_large_one_worth_a_look() {
        let check = |shipping: i64, found: usize| {
            let mut credited = job(60_000, 40_000, 100_000, date(2026, 5, 1));
            credited.actual.shipping = Some(Money::new(shipping, Currency::USD));
            credited.actual.total = Some(Money::new(100_000 + shipping, Currency::USD));
            assert_eq!(check_job(&credited, date(2026, 6, 1)).len(), found, "{shipping}");
        };
        check(-1_030, 0);
        check(-40_000, 1);
    }

    #[test]
    fn a_total_with_only_some_of_its_parts_known_passes() {
        let mut known = job(60_000, 0, 100_000, date(2026, 5, 1));
        known.actual.labour = None;
        assert_eq!(check_job(&known, date(2026, 6, 1)), []);
    }
}
