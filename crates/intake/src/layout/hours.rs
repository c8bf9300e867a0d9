//! Hours of a job: as printed in a total, checked against the labour lines, or summed over them.

use rust_decimal::Decimal;
use signwright_domain::record::{Field, Place, RecordLine, Reject, RejectReason, Section, Value};

use super::checks::{DOUBTED, PROVEN};
use super::lines::union;
use crate::pdf::reject;

/// The hours of a job with the confidence that the lines give them. A printed total that is not the lines' sum is kept, waits
/// for a person, and the difference is a reject. Without a printed total the sum is taken if every line has its hours.
pub(super) fn settled(
    printed: Option<Field>,
    lines: &[RecordLine],
    name: &str,
    words: &str,
) -> (Option<Field>, Option<Reject>) {
    let summed = sum(lines, name, words);
    let (Some(mut printed), Some(summed)) = (printed.clone(), summed.clone()) else {
        return (printed.or(summed), None);
    };
    if printed.value == summed.value || number(&printed.value) == number(&summed.value) {
        printed.confidence = printed.confidence.max(PROVEN);
        return (Some(printed), None);
    }
    printed.confidence = printed.confidence.min(DOUBTED);
    let message = format!("labour lines sum to {} {words}, but {} are printed", summed.value, printed.value);
    let refused = Reject {
        field: Some(name.to_owned()),
        place: Some(printed.at.clone()),
        raw: printed.raw.clone(),
        ..reject(RejectReason::DoesNotAddUp, message)
    };
    (Some(printed), Some(refused))
}

fn sum(all: &[RecordLine], name: &str, words: &str) -> Option<Field> {
    let lines: Vec<&RecordLine> = all.iter().filter(|line| line.section == Section::Labour).collect();
    let fields: Option<Vec<&Field>> = lines.iter().map(|line| line.fields.get(name)).collect();
    let fields = fields.filter(|fields| !fields.is_empty())?;
    let numbers: Option<Vec<Decimal>> = fields.iter().map(|field| number(&field.value)).collect();
    Some(Field {
        value: Value::Number(numbers?.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)?),
        raw: fields.iter().map(|field| field.raw.as_str()).collect::<Vec<_>>().join(" + "),
        at: around(&fields)?,
        confidence: fields.iter().map(|field| field.confidence).fold(1.0, f64::min),
        found_by: format!("sum of the {words} of {} labour lines", fields.len()),
    })
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(_) | Value::Money(_) | Value::Date(_) | Value::Flag(_) => None,
    }
}

/// The box around the fields on the first one's page.
fn around(fields: &[&Field]) -> Option<Place> {
    let boxes: Vec<(u32, [f64; 4])> = fields
        .iter()
        .filter_map(|field| match field.at {
            Place::Page { page, bbox } => Some((page, bbox)),
            Place::Cell { .. } => None,
        })
        .collect();
    let (page, _) = *boxes.first()?;
    let bbox = boxes.iter().filter(|(p, _)| *p == page).map(|(_, bbox)| *bbox).reduce(union)?;
    Some(Place::Page { page, bbox })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn labour(hours: Decimal) -> RecordLine {
        let at = Place::Page { page: 1, bbox: [0.0; 4] };
        let (value, raw) = (Value::Number(hours), hours.to_string());
        let field = Field { value, raw, at, confidence: 0.95, found_by: "column hours".to_owned() };
        RecordLine { section: Section::Labour, fields: BTreeMap::from([("hours".to_owned(), field)]) }
    }

    #[test]
    fn hours_that_no_sum_can_hold_have_none() {
        let summed =
            |hours: [Decimal; 2]| settled(None, &hours.map(labour), "hours", "hours").0.map(|field| field.value);
        assert_eq!(summed([Decimal::ONE, Decimal::TWO]), Some(Value::Number(Decimal::from(3))));
        assert_eq!(summed([Decimal::MAX, Decimal::ONE]), None);
    }
}
