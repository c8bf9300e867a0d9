//! A typed specification into the words of the catalogue: labels into values, and what nobody knows refused.
//!
//! A shop's own drivers and types are those its jobs have. Anything else is a slip of the pen, and an estimate that ignored
//! it would be a confident answer to another question.

use signwright_domain::driver::{self, DriverKind};
use signwright_domain::job::Job;
use signwright_domain::{DriverValue, Specification};

use crate::CallError;

/// The specification with every choice as its catalogue value, letters in either case.
pub(super) fn understood(typed: &Specification, history: &[Job]) -> Result<Specification, CallError> {
    let mut specification = Specification::default();
    for (name, value) in &typed.drivers {
        specification.set(name, one(name, value, history)?);
    }
    Ok(specification)
}

fn one(name: &str, value: &DriverValue, history: &[Job]) -> Result<DriverValue, CallError> {
    let Some(known) = driver::find(name) else {
        let is_own = history.iter().any(|job| job.specification.get(name).is_some());
        return if is_own { Ok(value.clone()) } else { Err(unknown_driver(name)) };
    };
    let (DriverKind::Choice { choices }, DriverValue::Text(text)) = (&known.kind, value) else {
        return Ok(value.clone());
    };
    let typed = text.trim();
    let same = |word: &str| word.eq_ignore_ascii_case(typed);
    if let Some(choice) = choices.iter().find(|choice| same(choice.value) || same(choice.label)) {
        return Ok(DriverValue::Text(choice.value.to_owned()));
    }
    if history.iter().any(|job| {
        job.specification.text(name) == Some(typed) || (name == "sign_type" && job.sign_type.as_deref() == Some(typed))
    }) {
        return Ok(DriverValue::Text(typed.to_owned()));
    }
    let values: Vec<_> = choices.iter().map(|choice| choice.value).collect();
    Err(CallError::invalid(format!("\"{typed}\" is not a {}", known.label.to_lowercase()))
        .hint(format!("Give one of: {}.", values.join(", "))))
}

fn unknown_driver(name: &str) -> CallError {
    let near = driver::catalogue().iter().map(|known| known.name).max_by_key(|known| shared(known, name));
    CallError::invalid(format!("no driver is named \"{name}\", in the catalogue or in your jobs")).hint(
        near.map_or(String::new(), |near| format!("Perhaps {near}; `signwright call list_drivers` names them all.")),
    )
}

/// Letters that two names share at the beginning and the end.
fn shared(a: &str, b: &str) -> usize {
    let from_start = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let from_end = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    from_start + from_end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: Option<&str>) {
        let job = Job { sign_type: Some("obelisk".to_owned()), ..Job::default() };
        let mut typed = Specification::default();
        typed.set(name, DriverValue::Text(text.to_owned()));
        let understood = understood(&typed, &[job]).ok();
        assert_eq!(understood.as_ref().and_then(|spec| spec.text(name)), expected, "{name} {text}");
    }

    #[test]
    fn labels_are_understood_and_what_nobody_knows_is_refused() {
        check("sign_type", "Monument", Some("monument"));
        check("sign_type", "channel letters, lit", Some("channel_letters"));
        check("sign_type", "obelisk", Some("obelisk"));
        check("sign_type", "spaceship", None);
        check("lighting", "plasma", None);
        check("widht", "10", None);
        check("estimator", "KM", Some("KM"));
    }
}
