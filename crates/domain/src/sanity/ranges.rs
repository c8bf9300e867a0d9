//! Each driver by itself: is it of its kind, inside the catalogue's range, one of its choices?

use super::{Severity, Warning};
use crate::driver::{self, Driver, DriverKind};
use crate::{DriverValue, Specification};

/// Drivers whose value outside the range cannot be a sign, as against an unusual one.
const IMPOSSIBLE_OUTSIDE: &[&str] = &["width", "height", "letter_height", "wind_speed", "faces", "quantity"];

pub(super) fn check(spec: &Specification) -> Vec<Warning> {
    let known = driver::catalogue().iter().filter_map(|driver| Some((driver, spec.get(driver.name)?)));
    known.filter_map(|(driver, value)| check_one(driver, value)).collect()
}

fn check_one(driver: &Driver, value: &DriverValue) -> Option<Warning> {
    match (&driver.kind, value) {
        (DriverKind::Number { unit, min, max, .. }, DriverValue::Number(number)) => {
            (!(*min..=*max).contains(number)).then(|| out_of_range(driver, *number, (*min, *max), unit))
        }
        (DriverKind::Choice { choices }, DriverValue::Text(text)) => {
            let known = choices.iter().any(|choice| choice.value == text);
            (!known).then(|| warn(driver, Severity::Warning, format!("\"{text}\" is not a known choice")))
        }
        (DriverKind::Text, DriverValue::Text(_)) | (DriverKind::Flag, DriverValue::Flag(_)) => None,
        (DriverKind::Number { .. }, DriverValue::Text(_) | DriverValue::Flag(_)) => {
            Some(warn(driver, Severity::Error, format!("\"{value}\" is not a number")))
        }
        (DriverKind::Choice { .. } | DriverKind::Text, DriverValue::Number(_) | DriverValue::Flag(_)) => {
            Some(warn(driver, Severity::Error, format!("\"{value}\" is not a text")))
        }
        (DriverKind::Flag, DriverValue::Number(_) | DriverValue::Text(_)) => {
            Some(warn(driver, Severity::Error, format!("\"{value}\" is not yes or no")))
        }
    }
}

fn out_of_range(driver: &Driver, number: f64, (min, max): (f64, f64), unit: &str) -> Warning {
    let impossible = !number.is_finite() || IMPOSSIBLE_OUTSIDE.contains(&driver.name);
    let severity = if impossible { Severity::Error } else { Severity::Warning };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    warn(driver, severity, format!("{number}{unit} is outside {min} to {max}{unit}"))
}

fn warn(driver: &Driver, severity: Severity, message: String) -> Warning {
    Warning::new(severity, driver.name, format!("{}: {message}", driver.label.to_lowercase()))
}
