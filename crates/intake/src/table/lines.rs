//! Tables whose rows are lines of one record: the labour of work orders by department and work code. The record is the one
//! that a printed cost summary gives. Rows of one work order need not stand together, so that all are read before the
//! first record is given out.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use signwright_domain::record::{Field, Record, RecordKind, RecordLine, Section, Value};

/// Fields of the record; all others are a line's.
const OF_RECORD: [&str; 4] = ["work_order", "quote_number", "customer_id", "customer"];

/// The records as their lines come in.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    order: Vec<Record>,
    by_key: HashMap<String, usize>,
}

impl Gathered {
    /// Adds one row to the record it belongs to. What the record says of itself is taken from its first row.
    pub(super) fn add(&mut self, kind: RecordKind, key: String, fields: BTreeMap<String, Field>) {
        let at = *self.by_key.entry(key).or_insert_with_key(|key| {
            self.order.push(Record { kind, key: key.clone(), fields: BTreeMap::new(), lines: Vec::new() });
            self.order.len() - 1
        });
        let record = &mut self.order[at];
        let mut line = BTreeMap::new();
        for (name, field) in fields {
            if OF_RECORD.contains(&name.as_str()) {
                record.fields.entry(name).or_insert(field);
            } else {
                line.insert(name, field);
            }
        }
        record.lines.push(RecordLine { section: Section::Labour, fields: line });
    }

    /// Every record, in the order of its first line.
    pub(super) fn take(&mut self) -> Vec<Record> {
        self.by_key.clear();
        let mut records = std::mem::take(&mut self.order);
        for record in &mut records {
            // Rows by day are those of a period: the hours of other periods stand in other files.
            let of_a_period = record.lines.iter().any(|line| line.fields.contains_key("date"));
            let whole: &[&str] = if of_a_period { &["estimated_hours"] } else { &["estimated_hours", "actual_hours"] };
            for name in whole.iter().copied() {
                let sum = sum(&record.lines, name);
                record.fields.extend(sum.map(|field| (name.to_owned(), field)));
            }
        }
        records
    }
}

/// The hours of all lines, where every line has its own.
fn sum(lines: &[RecordLine], name: &str) -> Option<Field> {
    let fields: Vec<&Field> = lines.iter().map(|line| line.fields.get(name)).collect::<Option<_>>()?;
    let number = |field: &&Field| match field.value {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Money(_) | Value::Date(_) | Value::Flag(_) => None,
    };
    let numbers: Vec<Decimal> = fields.iter().map(number).collect::<Option<_>>()?;
    let total = numbers.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)?;
    let raw = fields.iter().take(20).map(|field| field.raw.trim()).collect::<Vec<_>>().join(" + ");
    Some(Field {
        value: Value::Number(total),
        raw: if fields.len() > 20 { format!("{raw} + …") } else { raw },
        at: fields.first()?.at.clone(),
        confidence: fields.iter().map(|field| field.confidence).fold(1.0, f64::min),
        found_by: format!("sum over {} labour lines", fields.len()),
    })
}
