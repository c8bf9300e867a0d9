//! Each driver by itself: is it of its kind, inside its range, one of its choices?

use std::collections::BTreeMap;

use super::rules::DriverRange;
use super::{Severity, Warning};
use crate::driver::{self, Driver, DriverKind};
use crate::{DriverValue, Specification};

/// Under this name a finding is shown; a shop changes it under `[ranges]`.
const RULE: &str = "ranges";

pub(super) fn check(spec: &Specification, ranges: &BTreeMap<String, DriverRange>) -> Vec<Warning> {
    let known = driver::catalogue().iter().filter_map(|driver| Some((driver, spec.get(driver.name)?)));
    let found = known.filter_map(|(driver, value)| check_one(driver, value, ranges.get(driver.name)));
    found.chain(owned(spec, ranges)).collect()
}

fn check_one(driver: &Driver, value: &DriverValue, range: Option<&DriverRange>) -> Option<Warning> {
    match (&driver.kind, value) {
        (DriverKind::Number { unit, min, max, .. }, DriverValue::Number(number)) => {
            let own = DriverRange { min: *min, max: *max, severity: Some(Severity::Warning) };
            out_of_range(driver.name, *number, range.unwrap_or(&own), unit)
        }
        (DriverKind::Choice { choices }, DriverValue::Text(text)) => {
            let known = choices.iter().any(|choice| choice.value == text);
            (!known).then(|| warn(driver.name, Severity::Warning, format!("\"{text}\" is not a known choice")))
        }
        (DriverKind::Text, DriverValue::Text(_)) | (DriverKind::Flag, DriverValue::Flag(_)) => None,
        (DriverKind::Number { .. }, DriverValue::Text(_) | DriverValue::Flag(_)) => {
            Some(warn(driver.name, Severity::Error, format!("\"{value}\" is not a number")))
        }
        (DriverKind::Choice { .. } | DriverKind::Text, DriverValue::Number(_) | DriverValue::Flag(_)) => {
            Some(warn(driver.name, Severity::Error, format!("\"{value}\" is not a text")))
        }
        (DriverKind::Flag, DriverValue::Number(_) | DriverValue::Text(_)) => {
            Some(warn(driver.name, Severity::Error, format!("\"{value}\" is not yes or no")))
        }
    }
}

/// Drivers that only the shop knows and has given a range.
fn owned(spec: &Specification, ranges: &BTreeMap<String, DriverRange>) -> Vec<Warning> {
    let own = ranges.iter().filter(|(name, _)| driver::find(name).is_none());
    own.filter_map(|(name, range)| out_of_range(name, spec.number(name)?, range, "")).collect()
}

fn out_of_range(name: &str, number: f64, range: &DriverRange, unit: &str) -> Option<Warning> {
    let severity = range.severity?;
    let severity = if number.is_finite() { severity } else { Severity::Error };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let message = || format!("{number}{unit} is outside {} to {}{unit}", range.min, range.max);
    (!(range.min..=range.max).contains(&number)).then(|| warn(name, severity, message()))
}

fn warn(name: &str, severity: Severity, message: String) -> Warning {
    Warning::new(RULE, severity, name, format!("{}: {message}", driver::label(name).to_lowercase()))
}
