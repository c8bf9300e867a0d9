//! Rules that catch what an estimator would call a slip, before a model sees it.
//!
//! Only what a specification itself can show. Hours, lines and margins are checked where they are known. An absent
//! driver is never an error: an enquiry starts with little.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Specification;

mod figures;
mod ranges;
mod trade;

pub use figures::{check_job, check_record};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth a look.
    Info,
    /// Probably forgotten or wrong.
    Warning,
    /// Cannot be: the estimate is refused.
    Error,
}

/// One thing that does not look right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Warning {
    pub severity: Severity,
    pub driver: String,
    pub message: String,
}

impl Warning {
    fn new(severity: Severity, driver: &str, message: impl Into<String>) -> Self {
        Self { severity, driver: driver.to_owned(), message: message.into() }
    }
}

/// Checks a specification against the rules of the trade, worst first. Empty when nothing is wrong.
pub fn check(spec: &Specification) -> Vec<Warning> {
    let mut found = ranges::check(spec);
    found.extend(trade::check(spec));
    found.sort_by_key(|warning| std::cmp::Reverse(warning.severity));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DriverValue;

    fn sound() -> Specification {
        let mut spec = Specification::default();
        for (name, value) in [("sign_type", "pole"), ("foundation", "pier"), ("access", "crane"), ("lighting", "led")] {
            spec.set(name, DriverValue::Text(value.to_owned()));
        }
        for (name, value) in [("width", 10.0), ("height", 6.0), ("overall_height", 25.0), ("travel_miles", 12.0)] {
            spec.set(name, DriverValue::Number(value));
        }
        spec.set("permit", DriverValue::Flag(true));
        spec.set("engineering", DriverValue::Flag(true));
        spec
    }

    fn changed(name: &str, value: DriverValue) -> Vec<Warning> {
        let mut spec = sound();
        spec.set(name, value);
        check(&spec)
    }

    #[test]
    fn a_sound_specification_and_an_empty_one_pass() {
        assert_eq!(check(&sound()), []);
        assert_eq!(check(&Specification::default()), []);
    }

    #[test]
    fn each_slip_is_found_with_its_driver_and_severity() {
        let number = DriverValue::Number;
        let text = |value: &str| DriverValue::Text(value.to_owned());
        let check = |name: &str, value: DriverValue, driver: &str, severity: Severity| {
            let found = changed(name, value.clone());
            assert!(
                found.iter().any(|warning| warning.driver == driver && warning.severity == severity),
                "{name} = {value}: {found:?}"
            );
        };
        check("width", number(0.0), "width", Severity::Error);
        check("width", number(f64::NAN), "width", Severity::Error);
        check("width", number(200.0), "width", Severity::Error);
        check("wind_speed", number(80.0), "wind_speed", Severity::Error);
        check("wind_speed", number(210.0), "wind_speed", Severity::Error);
        check("letter_height", number(2.0), "letter_height", Severity::Error);
        check("letter_height", number(144.0), "letter_height", Severity::Error);
        check("travel_miles", number(900.0), "travel_miles", Severity::Warning);
        check("overall_height", number(4.0), "overall_height", Severity::Error);
        check("emc_area", number(80.0), "emc_area", Severity::Warning);
        check("access", text("ground"), "access", Severity::Warning);
        check("foundation", text("none"), "foundation", Severity::Warning);
        check("permit", DriverValue::Flag(false), "permit", Severity::Warning);
        check("engineering", DriverValue::Flag(false), "engineering", Severity::Info);
        check("sign_type", text("obelisk"), "sign_type", Severity::Warning);
        check("sign_type", text("channel_letters"), "letter_height", Severity::Warning);
        check("sign_type", text("emc"), "emc_area", Severity::Warning);
        check("lighting", text("none"), "lighting", Severity::Info);
        check("mounting", text("pickup"), "mounting", Severity::Warning);
        check("faces", text("two"), "faces", Severity::Error);
    }

    #[test]
    fn area_above_a_thousand_square_feet_is_refused_and_large_ones_in_storm_regions_reviewed() {
        let mut spec = sound();
        spec.set("width", DriverValue::Number(30.0));
        spec.set("height", DriverValue::Number(20.0));
        spec.set("wind_speed", DriverValue::Number(160.0));
        assert!(check(&spec).iter().any(|warning| warning.message.contains("engineer")));
        spec.set("width", DriverValue::Number(60.0));
        assert_eq!(check(&spec)[0].severity, Severity::Error);
    }

    #[test]
    fn the_worst_comes_first() {
        let mut spec = sound();
        spec.set("engineering", DriverValue::Flag(false));
        spec.set("wind_speed", DriverValue::Number(20.0));
        let severities: Vec<_> = check(&spec).into_iter().map(|warning| warning.severity).collect();
        assert_eq!(severities, [Severity::Error, Severity::Info]);
    }
}
