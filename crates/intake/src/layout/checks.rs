//! Arithmetic over a document: lines against printed totals. What adds up is certain, what does not waits for a person.

use signwright_domain::Money;
use signwright_domain::record::{Check, Parsed, Record, RecordLine, Reject, RejectReason, Section, Value};

/// What a check leaves a field with at least when it passes, and at most when it fails.
pub(super) const PROVEN: f64 = 0.99;
pub(super) const DOUBTED: f64 = 0.6;

/// A field of the record, or of one of its lines.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Header(&'static str),
    Line(usize, &'static str),
}

/// One check with the fields it speaks about.
pub(super) struct Sum {
    pub(super) name: String,
    /// The field that holds the printed amount.
    pub(super) printed: Part,
    pub(super) computed: Money,
    pub(super) parts: Vec<Part>,
}

/// The sum of one field over the lines of a section; `None` where the section has no lines.
pub(super) fn of_lines(
    record: &Record,
    section: Section,
    field: &'static str,
    name: &str,
    total: &'static str,
) -> Option<Sum> {
    let lines: Vec<usize> = (0..record.lines.len()).filter(|line| record.lines[*line].section == section).collect();
    let printed = record.money(total)?;
    // Where no line has an amount, there is nothing to sum up.
    lines.iter().find_map(|line| money(&record.lines[*line], field))?;
    let mut amounts = lines.iter().filter_map(|line| money(&record.lines[*line], field));
    let computed = amounts.try_fold(Money::zero(printed.currency), added)?;
    let parts = lines.iter().map(|line| Part::Line(*line, field)).collect();
    (!lines.is_empty()).then(|| Sum { name: name.to_owned(), printed: Part::Header(total), computed, parts })
}

/// The sum of header fields; those that are not printed count as nothing. `None` where none is printed.
pub(super) fn of_fields(record: &Record, fields: &[&'static str], name: &str, total: &'static str) -> Option<Sum> {
    let printed = record.money(total)?;
    let present: Vec<&'static str> = fields.iter().copied().filter(|field| record.money(field).is_some()).collect();
    let mut amounts = present.iter().filter_map(|field| record.money(field));
    let computed = amounts.try_fold(Money::zero(printed.currency), added)?;
    let parts = present.iter().map(|field| Part::Header(field)).collect();
    (!present.is_empty()).then(|| Sum { name: name.to_owned(), printed: Part::Header(total), computed, parts })
}

/// Two amounts together; `None` where the sum is out of reach: paper may print any number.
pub(super) fn added(a: Money, b: Money) -> Option<Money> {
    let minor = a.minor.checked_add(b.minor).filter(|_| a.currency == b.currency)?;
    Some(Money::new(minor, a.currency))
}

/// The amount that is printed where a check says.
pub(super) fn printed(record: &Record, sum: &Sum) -> Option<Money> {
    value(record, &sum.printed)
}

/// Writes the checks down, first all that pass and then all that fail, since one that fails outweighs one that passes.
pub(super) fn apply(sums: Vec<Sum>, record: &mut Record, parsed: &mut Parsed) {
    let mut failed = Vec::new();
    for sum in sums {
        let Some(printed) = value(record, &sum.printed) else { continue };
        // Nothing can be said of a difference that is out of reach.
        if printed.minor.checked_neg().and_then(|minor| sum.computed.minor.checked_add(minor)).is_none() {
            continue;
        }
        let check = Check { name: sum.name.clone(), printed, computed: sum.computed };
        if check.passed() {
            settle(record, &sum, |confidence| confidence.max(PROVEN));
        } else {
            parsed.rejects.push(reject(record, &sum, &check));
            failed.push(sum);
        }
        parsed.checks.push(check);
    }
    for sum in failed {
        settle(record, &sum, |confidence| confidence.min(DOUBTED));
    }
}

fn reject(record: &Record, sum: &Sum, check: &Check) -> Reject {
    let (field, found) = match &sum.printed {
        Part::Header(field) => (*field, record.fields.get(*field)),
        Part::Line(line, field) => (*field, record.lines.get(*line).and_then(|line| line.fields.get(*field))),
    };
    let message = format!(
        "{}: {} are printed and {} computed, a difference of {}",
        check.name,
        check.printed,
        check.computed,
        check.difference()
    );
    Reject {
        kind: Some(record.kind),
        key: Some(record.key.clone()),
        field: Some(field.to_owned()),
        place: found.map(|field| field.at.clone()),
        raw: found.map(|field| field.raw.clone()).unwrap_or_default(),
        reason: RejectReason::DoesNotAddUp,
        message,
    }
}

fn settle(record: &mut Record, sum: &Sum, confidence: impl Fn(f64) -> f64) {
    for part in sum.parts.iter().chain([&sum.printed]) {
        let field = match part {
            Part::Header(field) => record.fields.get_mut(*field),
            Part::Line(line, field) => record.lines.get_mut(*line).and_then(|line| line.fields.get_mut(*field)),
        };
        if let Some(field) = field {
            field.confidence = confidence(field.confidence);
        }
    }
}

fn value(record: &Record, part: &Part) -> Option<Money> {
    match part {
        Part::Header(field) => record.money(field),
        Part::Line(line, field) => money(record.lines.get(*line)?, field),
    }
}

/// The amount in a line's field.
pub(super) fn money(line: &RecordLine, field: &str) -> Option<Money> {
    match &line.fields.get(field)?.value {
        Value::Money(money) => Some(*money),
        Value::Number(_) | Value::Text(_) | Value::Date(_) | Value::Flag(_) => None,
    }
}
