//! What is wrong, with its place and, where it can be computed, the value of each part of the formula.

use signwright_domain::assembly::{AssemblyProblem, FormulaPart};
use signwright_domain::formula::{FormulaError, Kind, Value, Values};

use super::Written;

pub(super) fn problem(place: &str, message: impl Into<String>) -> AssemblyProblem {
    AssemblyProblem {
        place: place.to_owned(),
        message: message.into(),
        formula: None,
        near: None,
        start: 0,
        end: 0,
        parts: Vec::new(),
    }
}

/// A text that is no formula.
pub(super) fn misread(place: &str, text: &str, error: FormulaError) -> AssemblyProblem {
    let near = text.get(error.at.clone()).filter(|near| !near.trim().is_empty());
    AssemblyProblem {
        formula: Some(text.to_owned()),
        near: near.map(str::to_owned),
        start: place_of(error.at.start),
        end: place_of(error.at.end),
        ..problem(place, error.message)
    }
}

/// A formula that has no value here.
pub(super) fn valueless(written: &Written, values: &dyn Values) -> AssemblyProblem {
    match written.formula.lack(values) {
        Some(lack) => AssemblyProblem {
            near: written.text.get(lack.at.clone()).map(str::to_owned),
            start: place_of(lack.at.start),
            end: place_of(lack.at.end),
            ..about(written, lack.message, values)
        },
        None => about(written, "this is no number", values),
    }
}

/// A formula whose value will not do.
pub(super) fn about(written: &Written, message: impl Into<String>, values: &dyn Values) -> AssemblyProblem {
    AssemblyProblem {
        formula: Some(written.text.clone()),
        end: place_of(written.text.len()),
        parts: parts(written, values),
        ..problem(&written.place, message)
    }
}

/// What each part of a formula comes to, in words.
pub(super) fn parts(written: &Written, values: &dyn Values) -> Vec<FormulaPart> {
    let shown = |part: signwright_domain::formula::Part<'_>| FormulaPart {
        text: written.text.get(part.at.clone()).unwrap_or_default().to_owned(),
        value: part.value.map(|value| shown(value, part.kind)),
        start: place_of(part.at.start),
        end: place_of(part.at.end),
    };
    written.formula.parts(values).into_iter().map(shown).collect()
}

/// "21.5 sq ft", "yes", "block".
pub(super) fn shown(value: Value<'_>, kind: Kind) -> String {
    match value {
        Value::Text(text) => text.to_owned(),
        Value::Flag(flag) => (if flag { "yes" } else { "no" }).to_owned(),
        Value::Number(number) => {
            with_unit(number, &kind.dimension().map(|dimension| dimension.to_string()).unwrap_or_default())
        }
    }
}

/// A number to three places with its unit.
pub(super) fn with_unit(number: f64, unit: &str) -> String {
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if text == "-0" { "0" } else { text };
    if unit.is_empty() { text.to_owned() } else { format!("{text} {unit}") }
}

fn place_of(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
