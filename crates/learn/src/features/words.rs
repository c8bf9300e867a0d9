//! Words for people: what a column is called and how its value is written.

use signwright_domain::driver::{self, DriverKind};

use crate::Cell;

/// Name, label, unit of the derived columns.
const WORDS: &[(&str, &str, &str)] = &[
    ("face_area", "Face area", "sq ft"),
    ("total_area", "Area of all faces", "sq ft"),
    ("perimeter", "Perimeter", "ft"),
    ("letter_outline", "Letter outline", "ft"),
    ("letter_area", "Letter area", "sq ft"),
    ("total_emc_area", "LED display, all faces", "sq ft"),
    ("quote_month", "Month of the quote", ""),
    ("quote_date", "Date of the quote", ""),
    ("price_level", "Material price level", ""),
    ("wind_force", "Wind force", "lb"),
    ("wind_moment", "Wind moment at grade", "k-ft"),
    ("concrete", "Concrete", "cu yd"),
    ("pole_weight", "Pole steel", "lb"),
    ("pier_depth", "Pier depth", "ft"),
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How a column is called: "Face area", "Wind moment at grade"; a shop's own driver by its name.
pub fn label(column: &str) -> String {
    let derived = WORDS.iter().find(|(name, ..)| *name == column);
    derived.map_or_else(|| driver::label(column), |(_, label, _)| (*label).to_owned())
}

/// How a value of a column is written, with its unit: "60 sq ft", "6.6 k-ft", "Pole sign", "yes", "not given".
pub fn describe(column: &str, value: Cell<'_>) -> String {
    match value {
        Cell::Missing => "not given".to_owned(),
        Cell::Category(text) => choice(column, text),
        Cell::Number(x) => number(column, x),
    }
}

fn choice(column: &str, value: &str) -> String {
    match driver::find(column).map(|driver| &driver.kind) {
        Some(DriverKind::Choice { choices }) => {
            let found = choices.iter().find(|choice| choice.value == value);
            found.map_or(value, |choice| choice.label).to_owned()
        }
        Some(DriverKind::Number { .. } | DriverKind::Flag | DriverKind::Text) | None => value.to_owned(),
    }
}

fn number(column: &str, x: f64) -> String {
    match column {
        "quote_month" => (x as usize)
            .checked_sub(1)
            .and_then(|month| MONTHS.get(month))
            .map_or_else(|| plain(x), |month| (*month).to_owned()),
        "quote_date" => format!("{}, quarter {}", x.floor(), (x.fract() * 4.0).floor() + 1.0),
        "price_level" => format!("{} %", plain((x * 100.0).round())),
        "wind_moment" => with_unit(x / 1000.0, "k-ft"),
        _ => match driver::find(column).map(|driver| &driver.kind) {
            Some(DriverKind::Flag) => if x > 0.5 { "yes" } else { "no" }.to_owned(),
            Some(DriverKind::Number { unit, .. }) => with_unit(x, unit),
            Some(DriverKind::Choice { .. } | DriverKind::Text) => plain(x),
            None => with_unit(x, WORDS.iter().find(|(name, ..)| *name == column).map_or("", |(_, _, unit)| unit)),
        },
    }
}

fn with_unit(x: f64, unit: &str) -> String {
    if unit.is_empty() { plain(x) } else { format!("{} {unit}", plain(x)) }
}

/// No decimals from 1,000 up, at most one from 1 up, at most two below, with thousands commas.
fn plain(x: f64) -> String {
    let decimals = if x.abs() >= 1000.0 {
        0
    } else if x.abs() >= 1.0 {
        1
    } else {
        2
    };
    let text = format!("{x:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = with_commas(whole);
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

fn with_commas(whole: &str) -> String {
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
