//! Values of drivers with a closed set of choices, written as the catalogue's value or as its label, in any case.

use std::collections::HashMap;
use std::sync::LazyLock;

use signwright_domain::driver::{self, Choice, Driver, DriverKind};
use signwright_domain::record::{Field, Value};

/// A value outside the catalogue is kept as it stands and waits for a person.
const UNKNOWN: f64 = 0.6;

/// The catalogue's value for a text, `None` where the driver has no such choice.
pub(crate) fn value_of(driver: &str, text: &str) -> Option<&'static str> {
    KNOWN.get(driver)?.get(&plain(text)).copied()
}

/// Of every driver with a closed set: the plain forms of values and labels, and the value that each means.
static KNOWN: LazyLock<HashMap<&str, HashMap<String, &str>>> = LazyLock::new(|| {
    let closed = driver::catalogue().iter().filter_map(|driver| Some((driver.name, choices(driver)?)));
    closed.map(|(name, choices)| (name, by_plain_form(choices))).collect()
});

fn by_plain_form(choices: &[Choice]) -> HashMap<String, &str> {
    let mut known = HashMap::new();
    for one in choices {
        for text in [one.value, one.label] {
            known.entry(plain(text)).or_insert(one.value);
        }
    }
    known
}

/// Turns a text field into the catalogue's value, or lowers its confidence.
pub(crate) fn settle(driver: &str, field: &mut Field) {
    let known = match &field.value {
        Value::Text(text) => value_of(driver, text),
        Value::Number(_) | Value::Money(_) | Value::Date(_) | Value::Flag(_) => None,
    };
    match known {
        Some(value) => field.value = Value::Text(value.to_owned()),
        None => field.confidence = field.confidence.min(UNKNOWN),
    }
}

fn choices(driver: &Driver) -> Option<&'static [Choice]> {
    match &driver.kind {
        DriverKind::Choice { choices } => Some(choices),
        DriverKind::Number { .. } | DriverKind::Flag | DriverKind::Text => None,
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_known_by_its_value_or_its_label() {
        assert_eq!(value_of("sign_type", "Channel letters, lit"), Some("channel_letters"));
        assert_eq!(value_of("sign_type", "MONUMENT"), Some("monument"));
        assert_eq!(value_of("sign_type", "channel_letters_unlit"), Some("channel_letters_unlit"));
        assert_eq!(value_of("sign_type", "Neon window"), None);
        assert_eq!(value_of("width", "Monument"), None);
    }
}
