//! Units of measure in headers, converted to the unit a driver is kept in.

use rust_decimal::Decimal;

/// From the unit in a header to a driver's unit. Kept as two numbers, so that 120 inches are 10 feet exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Conversion {
    from: Decimal,
    to: Decimal,
}

impl Conversion {
    /// `None` where the two units do not measure the same.
    pub(super) fn between(header: &str, driver: &str) -> Option<Self> {
        let (from, to) = (unit(header)?, unit(driver)?);
        (from.0 == to.0).then_some(Self { from: from.1, to: to.1 })
    }

    pub(super) fn is_identity(self) -> bool {
        self.from == self.to
    }

    /// Converts and rounds to six decimals.
    pub(super) fn apply(self, value: Decimal) -> Option<Decimal> {
        if self.is_identity() {
            return Some(value);
        }
        Some(value.checked_mul(self.from)?.checked_div(self.to)?.round_dp(6).normalize())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// In inches.
    Length,
    /// In square inches.
    Area,
    /// In miles per hour.
    Speed,
    /// In miles.
    Distance,
}

fn unit(name: &str) -> Option<(Measure, Decimal)> {
    let name = name.trim_end_matches('.').replace(['.', '\u{b2}'], "");
    let (measure, mantissa, scale) = match name.as_str() {
        "in" | "inch" | "inches" | "\"" => (Measure::Length, 1, 0),
        "ft" | "foot" | "feet" | "'" => (Measure::Length, 12, 0),
        "yd" | "yards" => (Measure::Length, 36, 0),
        "mm" => (Measure::Length, 3_937_007_874, 11),
        "cm" => (Measure::Length, 3_937_007_874, 10),
        "m" | "meters" | "metres" => (Measure::Length, 3_937_007_874, 8),
        "sq in" | "sqin" | "in2" => (Measure::Area, 1, 0),
        "sq ft" | "sqft" | "sf" | "ft2" => (Measure::Area, 144, 0),
        "sq m" | "sqm" | "m2" => (Measure::Area, 15_500_031, 4),
        "mph" => (Measure::Speed, 1, 0),
        "km/h" | "kmh" | "kph" => (Measure::Speed, 621_371_192, 9),
        "mi" | "mile" | "miles" => (Measure::Distance, 1, 0),
        "km" => (Measure::Distance, 621_371_192, 9),
        _ => return None,
    };
    Some((measure, Decimal::new(mantissa, scale)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_areas_are_converted() {
        let check = |value: &str, from, to, expected: Option<&str>| {
            let value = value.parse().expect("decimal");
            let converted = Conversion::between(from, to).and_then(|c| c.apply(value)).map(|v| v.to_string());
            assert_eq!(converted.as_deref(), expected, "{value} {from} to {to}");
        };
        check("7.5", "ft", "ft", Some("7.5"));
        check("120", "in", "ft", Some("10"));
        check("8", "inches", "in", Some("8"));
        check("2", "ft", "in", Some("24"));
        check("1", "m", "ft", Some("3.28084"));
        check("32", "sq. ft.", "sq ft", Some("32"));
        check("144", "sq in", "sq ft", Some("1"));
        check("100", "km", "miles", Some("62.137119"));
        check("1", "px", "ft", None);
        check("1", "ft", "sq ft", None);
    }
}
