//! Units of measure: what a quantity is of, and how it becomes one in another unit.
//!
//! Lengths are counted in feet, weights in pounds, times in hours, power in watts, amounts in the shop's currency; what is
//! only counted (sheets, letters, trips) has no dimension. A force is written in pounds, as the trade does.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// The powers of length, weight, time, power and money in a quantity: square feet are length to the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dimension {
    pub length: i8,
    pub weight: i8,
    pub time: i8,
    pub power: i8,
    pub money: i8,
}

impl Dimension {
    pub const PLAIN: Self = Self { length: 0, weight: 0, time: 0, power: 0, money: 0 };
    pub const LENGTH: Self = Self { length: 1, ..Self::PLAIN };
    pub const AREA: Self = Self { length: 2, ..Self::PLAIN };
    pub const VOLUME: Self = Self { length: 3, ..Self::PLAIN };
    pub const WEIGHT: Self = Self { weight: 1, ..Self::PLAIN };
    pub const TIME: Self = Self { time: 1, ..Self::PLAIN };
    pub const POWER: Self = Self { power: 1, ..Self::PLAIN };
    pub const MONEY: Self = Self { money: 1, ..Self::PLAIN };

    pub fn is_plain(self) -> bool {
        self == Self::PLAIN
    }

    pub(crate) fn times(self, other: Self) -> Self {
        self.with(other, i8::saturating_add)
    }

    pub(crate) fn over(self, other: Self) -> Self {
        self.with(other, i8::saturating_sub)
    }

    /// `None` where a power is odd: there is no root of a foot.
    pub(crate) fn root(self) -> Option<Self> {
        let powers = [self.length, self.weight, self.time, self.power, self.money];
        powers.iter().all(|power| power % 2 == 0).then_some(Self {
            length: self.length / 2,
            weight: self.weight / 2,
            time: self.time / 2,
            power: self.power / 2,
            money: self.money / 2,
        })
    }

    fn with(self, other: Self, of: fn(i8, i8) -> i8) -> Self {
        Self {
            length: of(self.length, other.length),
            weight: of(self.weight, other.weight),
            time: of(self.time, other.time),
            power: of(self.power, other.power),
            money: of(self.money, other.money),
        }
    }
}

impl fmt::Display for Dimension {
    /// `sq ft`, `h/sq ft`, `money/ft`; nothing for a plain number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = match self.length.abs() {
            1 => "ft".to_owned(),
            2 => "sq ft".to_owned(),
            3 => "cu ft".to_owned(),
            more => format!("ft^{more}"),
        };
        let written = |name: &str, power: i8| match power.abs() {
            1 => name.to_owned(),
            more => format!("{name}^{more}"),
        };
        let all = [
            (self.money, written("money", self.money)),
            (self.weight, written("lb", self.weight)),
            (self.power, written("W", self.power)),
            (self.time, written("h", self.time)),
            (self.length, length),
        ];
        let joined = |above: bool| {
            let names = all.iter().filter(|(power, _)| *power != 0 && (*power > 0) == above);
            names.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" ")
        };
        match (joined(true), joined(false)) {
            (above, below) if below.is_empty() => f.write_str(&above),
            (above, below) if above.is_empty() => write!(f, "1/{below}"),
            (above, below) => write!(f, "{above}/{below}"),
        }
    }
}

/// A unit by the name that it is written with.
#[derive(Clone, Copy, Debug, TS)]
#[ts(type = "string")]
pub struct Unit {
    name: &'static str,
    dimension: Dimension,
    /// How many of the units that are counted in, in one.
    factor: f64,
}

/// What is no unit that is known here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a unit that is known, such as ft, sq ft, lb, h or each")]
pub struct UnitError(String);

const fn unit(name: &'static str, dimension: Dimension, factor: f64) -> Unit {
    Unit { name, dimension, factor }
}

/// Feet in a metre; the foot is 0.3048 m since 1959.
const METRE: f64 = 1.0 / 0.3048;
/// US liquid gallon: 231 cubic inches.
const GALLON: f64 = 231.0 / 1728.0;
/// Pounds in a kilogram; the pound is 0.45359237 kg since 1959.
const KILOGRAM: f64 = 1.0 / 0.453_592_37;

const UNITS: &[Unit] = &[
    unit("ft", Dimension::LENGTH, 1.0),
    unit("in", Dimension::LENGTH, 1.0 / 12.0),
    unit("yd", Dimension::LENGTH, 3.0),
    unit("mile", Dimension::LENGTH, 5280.0),
    unit("mm", Dimension::LENGTH, METRE / 1000.0),
    unit("cm", Dimension::LENGTH, METRE / 100.0),
    unit("m", Dimension::LENGTH, METRE),
    unit("km", Dimension::LENGTH, METRE * 1000.0),
    unit("sq ft", Dimension::AREA, 1.0),
    unit("sq in", Dimension::AREA, 1.0 / 144.0),
    unit("sq yd", Dimension::AREA, 9.0),
    unit("sq m", Dimension::AREA, METRE * METRE),
    unit("cu ft", Dimension::VOLUME, 1.0),
    unit("cu yd", Dimension::VOLUME, 27.0),
    unit("cu m", Dimension::VOLUME, METRE * METRE * METRE),
    unit("gal", Dimension::VOLUME, GALLON),
    unit("qt", Dimension::VOLUME, GALLON / 4.0),
    unit("l", Dimension::VOLUME, METRE * METRE * METRE / 1000.0),
    unit("lb", Dimension::WEIGHT, 1.0),
    unit("ton", Dimension::WEIGHT, 2000.0),
    unit("kg", Dimension::WEIGHT, KILOGRAM),
    unit("h", Dimension::TIME, 1.0),
    unit("min", Dimension::TIME, 1.0 / 60.0),
    unit("W", Dimension::POWER, 1.0),
    unit("mph", Dimension { length: 1, time: -1, ..Dimension::PLAIN }, 5280.0),
    unit("psf", Dimension { weight: 1, length: -2, ..Dimension::PLAIN }, 1.0),
    unit("ft lb", Dimension { weight: 1, length: 1, ..Dimension::PLAIN }, 1.0),
    unit("", Dimension::PLAIN, 1.0),
    unit("each", Dimension::PLAIN, 1.0),
    unit("pair", Dimension::PLAIN, 1.0),
    unit("set", Dimension::PLAIN, 1.0),
    unit("lot", Dimension::PLAIN, 1.0),
    unit("sheet", Dimension::PLAIN, 1.0),
    unit("roll", Dimension::PLAIN, 1.0),
    unit("stick", Dimension::PLAIN, 1.0),
    unit("box", Dimension::PLAIN, 1.0),
    unit("day", Dimension::PLAIN, 1.0),
    unit("trip", Dimension::PLAIN, 1.0),
    unit("load", Dimension::PLAIN, 1.0),
];

/// Other ways in which units are written.
const ALSO: &[(&str, &str)] = &[
    ("feet", "ft"),
    ("foot", "ft"),
    ("lf", "ft"),
    ("inch", "in"),
    ("inches", "in"),
    ("miles", "mile"),
    ("sqft", "sq ft"),
    ("sf", "sq ft"),
    ("sqin", "sq in"),
    ("sqm", "sq m"),
    ("cuft", "cu ft"),
    ("cuyd", "cu yd"),
    ("yd3", "cu yd"),
    ("gallon", "gal"),
    ("lbs", "lb"),
    ("hour", "h"),
    ("hours", "h"),
    ("hr", "h"),
    ("minutes", "min"),
    ("ea", "each"),
    ("days", "day"),
    ("sheets", "sheet"),
];

/// Every unit as it is written, without the one of plain numbers.
pub fn names() -> impl Iterator<Item = &'static str> {
    UNITS.iter().map(|unit| unit.name).filter(|name| !name.is_empty())
}

impl Unit {
    pub const HOURS: Self = unit("h", Dimension::TIME, 1.0);
    pub const PLAIN: Self = unit("", Dimension::PLAIN, 1.0);

    /// `None` for what is no unit; the ways in which people write one are known.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let known = |name: &str| UNITS.iter().find(|unit| unit.name == name);
        let also = |text: &str| ALSO.iter().find(|(other, _)| *other == text).and_then(|(_, name)| known(name));
        let lower = text.to_lowercase();
        known(text).or_else(|| known(&lower)).or_else(|| also(&lower)).copied()
    }

    pub fn name(self) -> &'static str {
        self.name
    }

    pub fn dimension(self) -> Dimension {
        self.dimension
    }

    /// A number of this unit in feet, pounds, hours, watts and their products.
    pub fn to_base(self, number: f64) -> f64 {
        number * self.factor
    }

    /// What is counted in feet, pounds, hours and watts, in this unit.
    pub fn of_base(self, number: f64) -> f64 {
        number / self.factor
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Unit {}

impl Default for Unit {
    fn default() -> Self {
        Self::PLAIN
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(UnitError(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_known_by_the_ways_people_write_it() {
        let check = |text: &str, name: Option<&str>| assert_eq!(Unit::parse(text).map(Unit::name), name, "{text}");
        check("sq ft", Some("sq ft"));
        check("SqFt", Some("sq ft"));
        check(" ea ", Some("each"));
        check("hours", Some("h"));
        check("w", None);
        check("W", Some("W"));
        check("", Some(""));
        check("furlong", None);
    }

    #[test]
    fn units_of_one_dimension_convert() {
        let check = |from: &str, to: &str, one: f64| {
            let (from, to) = (Unit::parse(from).expect("unit"), Unit::parse(to).expect("unit"));
            assert_eq!(from.dimension(), to.dimension());
            let got = to.of_base(from.to_base(1.0));
            assert!((got / one - 1.0).abs() < 1e-6, "{got} is not {one}");
        };
        check("ft", "in", 12.0);
        check("cu yd", "cu ft", 27.0);
        check("m", "mm", 1000.0);
        check("gal", "l", 3.785_411_784);
        check("ton", "kg", 907.184_74);
        check("h", "min", 60.0);
        check("sq m", "sq ft", 10.763_910_4);
    }

    #[test]
    fn dimensions_multiply_divide_and_are_written() {
        let check = |dimension: Dimension, text: &str| assert_eq!(dimension.to_string(), text);
        check(Dimension::LENGTH.times(Dimension::LENGTH), "sq ft");
        check(Dimension::TIME.over(Dimension::AREA), "h/sq ft");
        check(Dimension::PLAIN.over(Dimension::TIME), "1/h");
        check(Dimension::MONEY.over(Dimension::LENGTH), "money/ft");
        check(Dimension::PLAIN, "");
        assert_eq!(Dimension::AREA.root(), Some(Dimension::LENGTH));
        assert_eq!(Dimension::LENGTH.root(), None);
    }

    #[test]
    fn no_unit_stands_twice() {
        let mut names: Vec<_> = UNITS.iter().map(|unit| unit.name).chain(ALSO.iter().map(|(name, _)| *name)).collect();
        names.sort_unstable();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
        assert!(ALSO.iter().all(|(_, name)| Unit::parse(name).is_some()));
    }
}
