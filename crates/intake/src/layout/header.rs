//! The labelled fields around a document's tables.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, Reject};

use super::columns::Holds;
use super::labels::{self, Found, Label};
use super::lines::Line;
use super::values::{Printed, Values};

/// Two pages that contradict each other leave a value in doubt.
const CONTRADICTED: f64 = 0.6;

/// All labels of a document with their values, in reading order.
pub(super) fn found(lines: &[Line], labels: &[Label]) -> Vec<Found> {
    lines.iter().flat_map(|line| labels::in_line(line, labels)).collect()
}

/// Reads one field from its first label; later pages repeat it. An amount label without a digit behind it is a title.
pub(super) fn field(
    found: &[Found],
    name: &'static str,
    holds: Holds,
    values: &Values<'_>,
) -> Option<Result<Field, Box<Reject>>> {
    let mut candidates = found.iter().filter(|one| one.field == name && is_plausible(one, holds));
    let first = candidates.next()?;
    let result = read(first, holds, values).map(|mut field| {
        let contradicted =
            candidates.filter_map(|one| read(one, holds, values).ok()).any(|one| one.value != field.value);
        if contradicted {
            field.confidence = field.confidence.min(CONTRADICTED);
        }
        field
    });
    Some(result)
}

fn read(found: &Found, holds: Holds, values: &Values<'_>) -> Result<Field, Box<Reject>> {
    let words = match holds {
        Holds::Text | Holds::Date => found.first(),
        Holds::Code => found.code(),
        Holds::Number | Holds::Amount => found.last_number(),
    };
    let found_by = format!("label {}", found.label);
    values.read(&Printed { field: found.field, page: found.page, words, found_by }, holds)
}

fn is_plausible(found: &Found, holds: Holds) -> bool {
    let digits =
        |words: &[crate::pdf::words::Token]| words.iter().any(|word| word.text.bytes().any(|b| b.is_ascii_digit()));
    match holds {
        Holds::Text => !found.first().is_empty(),
        Holds::Date => digits(found.first()),
        Holds::Code => digits(found.code()),
        Holds::Number | Holds::Amount => digits(found.last_number()) && !found.is_title(),
    }
}

/// Reads several fields; those that cannot be read become rejects, those that are not printed are absent.
pub(super) fn fields(
    found: &[Found],
    wanted: &[(&'static str, Holds)],
    values: &Values<'_>,
) -> (BTreeMap<String, Field>, Vec<Reject>) {
    let (mut fields, mut rejects) = (BTreeMap::new(), Vec::new());
    for (name, holds) in wanted {
        match field(found, name, *holds, values) {
            Some(Ok(field)) => {
                fields.insert((*name).to_owned(), field);
            }
            Some(Err(reject)) => rejects.push(*reject),
            None => {}
        }
    }
    (fields, rejects)
}
