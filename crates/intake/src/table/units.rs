//! Units of measure in headers, converted to the unit a driver is kept in.

use rust_decimal::Decimal;

use crate::numbers::{self, DecimalMark};

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

/// A size as people write it into a cell: `10 ft`, `120"`, `10'-6"`; the number in `to`. A bare number is in `bare`.
pub(super) fn size(text: &str, bare: Option<&str>, to: &str, mark: DecimalMark) -> Option<Decimal> {
    let text = text.trim().to_lowercase();
    if let Some(number) = numbers::parse(&text, mark) {
        return match bare {
            Some(from) => Conversion::between(from, to)?.apply(number),
            None => Some(number),
        };
    }
    if text.is_empty() {
        return None;
    }
    let mut sum = Decimal::ZERO;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let number = numbers::parse(&rest[..digits], mark)?;
        let after = rest[digits..].trim_start();
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let named = after[..end].trim().trim_end_matches(['-', ',']).trim();
        sum = sum.checked_add(Conversion::between(named, to)?.apply(number)?)?;
        rest = &after[end..];
    }
    Some(sum)
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
    fn sizes_are_read_with_the_unit_in_the_cell() {
        let check = |text: &str, bare, expected: Option<&str>| {
            let read = size(text, bare, "ft", DecimalMark::Point).map(|value| value.normalize().to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        };
        check("10", None, Some("10"));
        check("120", Some("in"), Some("10"));
        check("10 ft", Some("in"), Some("10"));
        check("10'-6\"", None, Some("10.5"));
        check("10' 6\"", None, Some("10.5"));
        check("3.5 Ft.", None, Some("3.5"));
        check("30\"", None, Some("2.5"));
        check("10 px", None, None);
        check("about 10", None, None);
        check("10 ft x 6 ft", None, None);
        check("", None, None);
    }

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
