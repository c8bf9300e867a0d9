//! What fills the inputs of an assembly: drivers of the specification, and figures that are computed from it.

use signwright_domain::assembly::{AssemblyInput, InputKind};
use signwright_domain::driver::{self, DriverKind};
use signwright_domain::physics::{Structure, structure};
use signwright_domain::unit::{Dimension, Unit};
use signwright_domain::{DriverValue, Specification};

/// Figures that are computed from a specification, with their units. Those of a structure are zero for a sign on a wall;
/// wind, footing and pole are for costing only, never a sealed design.
pub const COMPUTED: [(&str, &str); 11] = [
    ("face_area", "sq ft"),
    ("total_area", "sq ft"),
    ("perimeter", "ft"),
    ("wind_force", "lb"),
    ("wind_moment", "ft lb"),
    ("concrete", "cu yd"),
    ("piers", ""),
    ("pier_depth", "ft"),
    ("pier_diameter", "ft"),
    ("pole_weight", "lb"),
    ("free_standing", ""),
];

/// Whether a driver can fill an input.
pub(super) fn fits(input: &AssemblyInput) -> Result<(), String> {
    let Some(name) = input.driver.as_deref() else { return Ok(()) };
    let unit = unit(name);
    match (input.kind, driver::find(name).map(|driver| &driver.kind), computed(name)) {
        (InputKind::Number, Some(DriverKind::Number { .. }), _) | (InputKind::Number, None, true) => {
            match unit.map(Unit::dimension) {
                Some(dimension) if dimension == input.unit.dimension() => Ok(()),
                _ => Err(format!("the driver {name} is of {}, not of {}", said(unit), said(Some(input.unit)))),
            }
        }
        (InputKind::Choice, Some(DriverKind::Choice { .. } | DriverKind::Text), _)
        | (InputKind::Flag, Some(DriverKind::Flag), _) => Ok(()),
        // A shop's own driver: of what it is, is seen when it is used.
        (_, None, false) => Ok(()),
        (InputKind::Number | InputKind::Choice | InputKind::Flag, ..) => {
            Err(format!("the driver {name} is of another kind"))
        }
    }
}

fn said(unit: Option<Unit>) -> &'static str {
    match unit {
        Some(unit) if unit.dimension() == Dimension::PLAIN => "no unit",
        Some(unit) => unit.name(),
        None => "another unit",
    }
}

fn computed(name: &str) -> bool {
    COMPUTED.iter().any(|(computed, _)| *computed == name)
}

fn unit(name: &str) -> Option<Unit> {
    if let Some((_, unit)) = COMPUTED.iter().find(|(computed, _)| *computed == name) {
        return Unit::parse(unit);
    }
    match driver::find(name)?.kind {
        DriverKind::Number { unit, .. } => Unit::parse(unit),
        DriverKind::Choice { .. } | DriverKind::Flag | DriverKind::Text => None,
    }
}

/// What an input may be where it says nothing of it: the choices of its driver.
pub fn choices(input: &AssemblyInput) -> Vec<String> {
    if !input.choices.is_empty() {
        return input.choices.clone();
    }
    match input.driver.as_deref().and_then(driver::find).map(|driver| &driver.kind) {
        Some(DriverKind::Choice { choices }) => choices.iter().map(|choice| choice.value.to_owned()).collect(),
        Some(DriverKind::Number { .. } | DriverKind::Flag | DriverKind::Text) | None => Vec::new(),
    }
}

/// What a specification says about an input, in the input's own unit.
pub(super) fn value(input: &AssemblyInput, spec: &Specification) -> Option<DriverValue> {
    let name = input.driver.as_deref()?;
    if computed(name) {
        let of = unit(name)?;
        return Some(DriverValue::Number(input.unit.of_base(of.to_base(figure(name, spec)?))));
    }
    match (spec.get(name)?, unit(name)) {
        (DriverValue::Number(number), Some(of)) => {
            Some(DriverValue::Number(if of == input.unit { *number } else { input.unit.of_base(of.to_base(*number)) }))
        }
        (value, _) => Some(value.clone()),
    }
}

fn figure(name: &str, spec: &Specification) -> Option<f64> {
    let standing = |of: fn(&Structure) -> f64| Some(structure(spec).as_ref().map_or(0.0, of));
    match name {
        "face_area" => spec.face_area(),
        "total_area" => Some(spec.face_area()? * spec.number("faces").unwrap_or(1.0)),
        "perimeter" => Some(2.0 * (spec.number("width")? + spec.number("height")?)),
        "wind_force" => standing(|structure| structure.wind_force),
        "wind_moment" => standing(|structure| structure.moment),
        "concrete" => standing(|structure| structure.concrete),
        "piers" => standing(|structure| f64::from(structure.piers)),
        "pier_depth" => standing(|structure| structure.pier_depth),
        "pier_diameter" => standing(|structure| structure.pier_diameter),
        "pole_weight" => standing(|structure| structure.pole_weight),
        "free_standing" => standing(|_| 1.0),
        _ => None,
    }
}
