//! Values of drivers with a closed set of choices, written as the catalogue's value or as its label, in any case.

use signwright_domain::driver::{self, Choice, DriverKind};
use signwright_domain::record::{Field, Value};

/// A value outside the catalogue is kept as it stands and waits for a person.
const UNKNOWN: f64 = 0.6;

/// The catalogue's value for a text, `None` where the driver has no such choice.
pub(crate) fn value_of(driver: &str, text: &str) -> Option<&'static str> {
    let choices = choices(driver)?;
    let wanted = plain(text);
    choices.iter().find(|one| plain(one.value) == wanted || plain(one.label) == wanted).map(|one| one.value)
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

fn choices(driver: &str) -> Option<&'static [Choice]> {
    match &driver::find(driver)?.kind {
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
