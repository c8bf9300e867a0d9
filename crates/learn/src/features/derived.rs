//! Sizes and physics that follow from a specification.
//!
//! A quantity that is not given counts as one sign, faces that are not given as one face. Figures per job are
//! multiplied by the quantity, figures of the structure belong to one sign.

use jiff::civil::Date;
use signwright_domain::Specification;
use signwright_domain::physics::{self, Structure};

use super::{Row, numbers};
use crate::Column;

type Derive = fn(&Row<'_>) -> Option<f64>;

/// Column name and formula, in the order of the table.
const DERIVED: &[(&str, Derive)] = &[
    ("face_area", |row| row.specification.face_area()),
    ("total_area", |row| Some(row.specification.face_area()? * faces(row.specification) * quantity(row.specification))),
    ("perimeter", |row| Some(2.0 * (row.specification.number("width")? + row.specification.number("height")?))),
    ("letter_outline", letter_outline),
    ("letter_area", letter_area),
    ("total_emc_area", |row| {
        Some(row.specification.number("emc_area")? * faces(row.specification) * quantity(row.specification))
    }),
    ("quote_month", |row| Some(f64::from(row.quoted_on?.month()))),
    ("quote_date", |row| Some(decimal_year(row.quoted_on?))),
    ("price_level", |row| row.price_level),
];

type Of = fn(&Structure) -> f64;

const STRUCTURE: &[(&str, Of)] = &[
    ("wind_force", |structure| structure.wind_force),
    ("wind_moment", |structure| structure.moment),
    ("concrete", |structure| structure.concrete),
    ("pole_weight", |structure| structure.pole_weight),
    ("pier_depth", |structure| structure.pier_depth),
];

pub(super) fn columns(rows: &[Row<'_>]) -> Vec<Column> {
    let structures: Vec<Option<Structure>> = rows.iter().map(|row| physics::structure(row.specification)).collect();
    let sizes = DERIVED.iter().map(|(name, of)| Column { name: (*name).to_owned(), data: numbers(rows, of) });
    let physics = STRUCTURE.iter().map(|(name, of)| {
        let values = structures.iter().map(|structure| structure.as_ref().map_or(f64::NAN, of));
        Column::number(*name, values.map(|x| if x.is_finite() { x } else { f64::NAN }).collect())
    });
    sizes.chain(physics).collect()
}

fn faces(spec: &Specification) -> f64 {
    spec.number("faces").unwrap_or(1.0)
}

fn quantity(spec: &Specification) -> f64 {
    spec.number("quantity").unwrap_or(1.0)
}

/// Length of all letter outlines in feet: perimeter = k x height, k 5.0 block, 5.6 serif, 6.3 script.
fn letter_outline(row: &Row<'_>) -> Option<f64> {
    let spec = row.specification;
    let k = match spec.text("font") {
        Some("serif") => 5.6,
        Some("script") => 6.3,
        Some(_) | None => 5.0,
    };
    Some(k * spec.number("letter_height")? / 12.0 * spec.number("letter_count")? * quantity(spec))
}

/// Area of all letter faces in square feet: 0.55 x height squared each.
fn letter_area(row: &Row<'_>) -> Option<f64> {
    let spec = row.specification;
    let height = spec.number("letter_height")? / 12.0;
    Some(0.55 * height * height * spec.number("letter_count")? * quantity(spec))
}

/// The date as a year with its fraction, to the quarter, so that prices of one quarter stand together.
fn decimal_year(date: Date) -> f64 {
    f64::from(date.year()) + f64::from((date.month() - 1) / 3) / 4.0
}
