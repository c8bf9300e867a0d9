//! Jobs from records: several sources speak of one piece of work, and for each field one of them counts.
//!
//! The cost summary wins for actual costs, the CRM for the outcome, the quote for the specification. Values that are not
//! chosen are kept in their records with their place. A value below the bar of confidence waits for a person and is
//! never chosen.

use rust_decimal::prelude::ToPrimitive;
use signwright_domain::job::{CostRecord, Job, JobStatus, Outcome};
use signwright_domain::record::{ACCEPT, Field, Record, RecordKind, Value};
use signwright_domain::{DriverValue, Money, Specification};

/// Fields of records that are not drivers, sorted.
const HEADER: &[&str] = &[
    "actual_hours",
    "amount",
    "billed",
    "burden_cost",
    "city",
    "closed_on",
    "competitor_price",
    "completed_on",
    "contact",
    "created_on",
    "customer",
    "customer_id",
    "description",
    "email",
    "equipment_cost",
    "estimated_cost",
    "estimated_hours",
    "external_id",
    "labour_cost",
    "location",
    "lost_reason",
    "material_cost",
    "opportunity",
    "outcome",
    "outplant_cost",
    "overrun_cause",
    "owner",
    "part_number",
    "quote_number",
    "quoted_on",
    "quoted_price",
    "run_date",
    "sale_price",
    "shipping_cost",
    "stage",
    "started_on",
    "status",
    "title",
    "total_cost",
    "use_tax",
    "valid_until",
    "work_order",
];

/// Which kinds of record are believed for a field, the most believed first.
fn believed(field: &str) -> &'static [RecordKind] {
    use RecordKind::{CostSummary, Opportunity, Quote, WorkOrder};
    match field {
        "material_cost" | "labour_cost" | "burden_cost" | "outplant_cost" | "equipment_cost" | "shipping_cost"
        | "use_tax" | "total_cost" | "actual_hours" | "completed_on" => &[CostSummary, WorkOrder],
        "outcome" | "lost_reason" | "competitor_price" => &[Opportunity, Quote],
        "status" => &[WorkOrder],
        "sale_price" | "billed" | "overrun_cause" | "location" => &[WorkOrder, CostSummary, Quote],
        _ => &[Quote, WorkOrder, CostSummary, Opportunity],
    }
}

/// The record whose value of `field` counts; among records of one kind the last one given (the newest import).
pub(crate) fn chosen<'a>(records: &'a [Record], field: &str) -> Option<(usize, &'a Field)> {
    believed(field).iter().find_map(|kind| {
        let of_kind = records.iter().enumerate().rev().filter(|(_, record)| record.kind == *kind);
        of_kind.filter_map(|(i, record)| Some((i, record.fields.get(field)?))).find(|(_, f)| f.confidence >= ACCEPT)
    })
}

/// The job with this work order, or none yet, that the records speak of. Records of one kind are ordered oldest import
/// first.
pub(crate) fn job(records: &[Record], work_order: Option<String>) -> Job {
    let text = |field: &str| match &chosen(records, field)?.1.value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Money(_) | Value::Date(_) | Value::Flag(_) => None,
    };
    let money = |field: &str| match chosen(records, field)?.1.value {
        Value::Money(money) => Some(money),
        Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Flag(_) => None,
    };
    let date = |field: &str| match chosen(records, field)?.1.value {
        Value::Date(date) => Some(date),
        Value::Text(_) | Value::Number(_) | Value::Money(_) | Value::Flag(_) => None,
    };
    let number = |field: &str| match chosen(records, field)?.1.value {
        Value::Number(number) => number.to_f64(),
        Value::Text(_) | Value::Date(_) | Value::Money(_) | Value::Flag(_) => None,
    };
    let outcome = text("outcome").and_then(|word| outcome(&word));
    Job {
        id: 0,
        quote_number: text("quote_number"),
        opportunity: text("opportunity"),
        customer_id: text("customer_id"),
        customer: text("customer"),
        description: text("description"),
        location: text("location"),
        sign_type: text("sign_type"),
        estimator: text("estimator"),
        status: status(work_order.is_some(), text("status").as_deref(), date("completed_on").is_some()),
        outcome: outcome.or(work_order.as_ref().map(|_| Outcome::Won)),
        lost_reason: text("lost_reason"),
        competitor_price: money("competitor_price"),
        quoted_on: date("quoted_on"),
        completed_on: date("completed_on"),
        estimated_cost: money("estimated_cost"),
        estimated_hours: number("estimated_hours"),
        actual_hours: number("actual_hours"),
        actual: actual(&money),
        quoted_price: money("quoted_price"),
        sale_price: money("sale_price").or_else(|| money("billed")),
        overrun_cause: text("overrun_cause"),
        specification: specification(records),
        work_order,
    }
}

fn actual(money: &dyn Fn(&str) -> Option<Money>) -> CostRecord {
    CostRecord {
        material: money("material_cost"),
        labour: money("labour_cost"),
        burden: money("burden_cost"),
        outplant: money("outplant_cost"),
        equipment: money("equipment_cost"),
        shipping: money("shipping_cost"),
        use_tax: money("use_tax"),
        total: money("total_cost"),
    }
}

/// A work order that is said to be completed, or, where nothing is said, has a date of completion.
fn status(has_work_order: bool, word: Option<&str>, has_completion: bool) -> JobStatus {
    match word.map(str::to_ascii_lowercase).as_deref() {
        _ if !has_work_order => JobStatus::Quoted,
        Some("completed" | "complete" | "closed" | "done") => JobStatus::Completed,
        None if has_completion => JobStatus::Completed,
        _ => JobStatus::InProgress,
    }
}

fn outcome(word: &str) -> Option<Outcome> {
    match word.to_ascii_lowercase().as_str() {
        "won" => Some(Outcome::Won),
        "lost" => Some(Outcome::Lost),
        "open" => Some(Outcome::Open),
        _ => None,
    }
}

fn specification(records: &[Record]) -> Specification {
    let mut names: Vec<&String> = records
        .iter()
        .filter(|record| matches!(record.kind, RecordKind::Quote | RecordKind::WorkOrder | RecordKind::CostSummary))
        .flat_map(|record| record.fields.keys())
        .filter(|name| HEADER.binary_search(&name.as_str()).is_err())
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut specification = Specification::default();
    for name in names {
        if let Some(value) = chosen(records, name).and_then(|(_, field)| driver(&field.value)) {
            specification.set(name, value);
        }
    }
    specification
}

fn driver(value: &Value) -> Option<DriverValue> {
    match value {
        Value::Text(text) => Some(DriverValue::Text(text.clone())),
        Value::Number(number) => number.to_f64().map(DriverValue::Number),
        Value::Money(money) => Some(DriverValue::Number(money.to_f64())),
        Value::Flag(flag) => Some(DriverValue::Flag(*flag)),
        Value::Date(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use signwright_domain::Currency;
    use signwright_domain::record::Place;

    use super::*;

    fn field(value: Value, confidence: f64) -> Field {
        let at = Place::Cell { sheet: None, row: 2, column: 1 };
        Field { raw: value.to_string(), value, at, confidence, found_by: "column".to_owned() }
    }

    fn record(kind: RecordKind, fields: &[(&str, Value, f64)]) -> Record {
        let fields = fields.iter().map(|(name, value, sure)| ((*name).to_owned(), field(value.clone(), *sure)));
        Record { kind, key: "1".to_owned(), fields: fields.collect::<BTreeMap<_, _>>(), lines: Vec::new() }
    }

    fn usd(minor: i64) -> Value {
        Value::Money(Money::new(minor, Currency::USD))
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn the_fields_that_are_no_drivers_are_sorted() {
        assert!(HEADER.is_sorted());
    }

    #[test]
    fn the_cost_summary_wins_for_costs_and_the_crm_for_the_outcome() {
        let records = [
            record(RecordKind::WorkOrder, &[("work_order", text("7"), 1.0), ("total_cost", usd(100), 1.0)]),
            record(RecordKind::CostSummary, &[("work_order", text("7"), 1.0), ("total_cost", usd(90), 1.0)]),
            record(RecordKind::Quote, &[("outcome", text("open"), 1.0), ("width", Value::Number(10.into()), 1.0)]),
            record(RecordKind::Opportunity, &[("outcome", text("won"), 1.0)]),
        ];
        let job = job(&records, Some("7".to_owned()));
        assert_eq!(job.actual.total.map(|m| m.minor), Some(90));
        assert_eq!(job.outcome, Some(Outcome::Won));
        assert_eq!(job.specification.number("width"), Some(10.0));
        assert_eq!(job.specification.drivers.len(), 1);
    }

    #[test]
    fn a_doubtful_value_is_not_used_even_when_its_source_would_win() {
        let records = [
            record(RecordKind::WorkOrder, &[("total_cost", usd(100), 1.0)]),
            record(RecordKind::CostSummary, &[("total_cost", usd(90), 0.5)]),
        ];
        assert_eq!(job(&records, None).actual.total.map(|m| m.minor), Some(100));
    }

    #[test]
    fn the_newest_of_one_kind_counts_and_what_nobody_says_stays_absent() {
        let records = [
            record(RecordKind::Quote, &[("estimator", text("KM"), 1.0)]),
            record(RecordKind::Quote, &[("estimator", text("RT"), 1.0)]),
        ];
        let job = job(&records, None);
        assert_eq!(job.estimator.as_deref(), Some("RT"));
        assert_eq!(job.actual, CostRecord::default());
        assert_eq!(job.status, JobStatus::Quoted);
    }
}
