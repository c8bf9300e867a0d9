//! Drivers against each other: what an estimator forgets, and what cannot be built.

use super::{Severity, Warning};
use crate::{DriverValue, Specification};

/// Largest face that is a sign and not a slip, square feet.
const LARGEST_FACE: f64 = 1000.0;

/// Above this face in square feet and this ultimate wind in mph an engineer looks first.
const REVIEW: (f64, f64) = (500.0, 150.0);

/// Overall height in feet that a ladder no longer reaches.
const LADDER: f64 = 20.0;

type Rule = fn(&Specification) -> Option<Warning>;

const RULES: &[Rule] = &[
    face_too_large,
    large_face_in_strong_wind,
    lower_than_itself,
    high_without_lift,
    pole_without_foundation,
    pole_without_permit,
    pole_without_engineering,
    letters_without_size,
    display_without_area,
    display_larger_than_face,
    lit_type_without_light,
    picked_up_but_in_the_ground,
    installed_without_travel,
    two_faces_on_a_wall,
];

pub(super) fn check(spec: &Specification) -> Vec<Warning> {
    RULES.iter().filter_map(|rule| rule(spec)).collect()
}

fn warn(when: bool, severity: Severity, driver: &str, message: impl Into<String>) -> Option<Warning> {
    when.then(|| Warning::new(severity, driver, message))
}

fn is(spec: &Specification, driver: &str, values: &[&str]) -> bool {
    spec.text(driver).is_some_and(|value| values.contains(&value))
}

/// Said to be no, as against not said.
fn refused(spec: &Specification, driver: &str) -> bool {
    spec.get(driver) == Some(&DriverValue::Flag(false))
}

fn high_structure(spec: &Specification) -> bool {
    is(spec, "sign_type", &["pole", "pylon"])
}

fn face_too_large(spec: &Specification) -> Option<Warning> {
    let area = spec.face_area()?;
    let message = format!("a face of {area:.0} sq ft is above {LARGEST_FACE:.0}: are the sizes in feet?");
    warn(area > LARGEST_FACE, Severity::Error, "width", message)
}

fn large_face_in_strong_wind(spec: &Specification) -> Option<Warning> {
    let (area, wind) = (spec.face_area()?, spec.number("wind_speed")?);
    let large = area > REVIEW.0 && area <= LARGEST_FACE && wind > REVIEW.1;
    warn(
        large,
        Severity::Warning,
        "wind_speed",
        format!("{area:.0} sq ft at {wind:.0} mph: have an engineer look first"),
    )
}

fn lower_than_itself(spec: &Specification) -> Option<Warning> {
    let (overall, height) = (spec.number("overall_height")?, spec.number("height")?);
    let message = format!("the overall height of {overall} ft is below the sign's own {height} ft");
    warn(overall < height, Severity::Error, "overall_height", message)
}

fn high_without_lift(spec: &Specification) -> Option<Warning> {
    let overall = spec.number("overall_height")?;
    let message = format!("{overall} ft high, but no lift or crane");
    warn(overall > LADDER && is(spec, "access", &["ground"]), Severity::Warning, "access", message)
}

fn pole_without_foundation(spec: &Specification) -> Option<Warning> {
    let missing = spec.get("foundation").is_none() || is(spec, "foundation", &["none"]);
    let message = "a pole sign or pylon without a foundation";
    warn(high_structure(spec) && missing, Severity::Warning, "foundation", message)
}

fn pole_without_permit(spec: &Specification) -> Option<Warning> {
    let message = "a pole sign or pylon needs a permit: does the customer apply for it?";
    warn(high_structure(spec) && refused(spec, "permit"), Severity::Warning, "permit", message)
}

fn pole_without_engineering(spec: &Specification) -> Option<Warning> {
    let message = "a pole sign or pylon usually needs sealed engineering";
    warn(high_structure(spec) && refused(spec, "engineering"), Severity::Info, "engineering", message)
}

fn letters_without_size(spec: &Specification) -> Option<Warning> {
    let letters = is(spec, "sign_type", &["channel_letters", "channel_letters_unlit"]);
    let missing = ["letter_height", "letter_count"].into_iter().find(|name| spec.get(name).is_none())?;
    warn(letters, Severity::Warning, missing, format!("channel letters without their {}", missing.replace('_', " ")))
}

fn display_without_area(spec: &Specification) -> Option<Warning> {
    let missing = spec.number("emc_area").is_none_or(|area| area <= 0.0);
    let message = "a message centre without the area of its LED display";
    warn(is(spec, "sign_type", &["emc"]) && missing, Severity::Warning, "emc_area", message)
}

fn display_larger_than_face(spec: &Specification) -> Option<Warning> {
    let (display, face) = (spec.number("emc_area")?, spec.face_area()?);
    let message = format!("a display of {display:.0} sq ft does not fit a face of {face:.0} sq ft");
    warn(display > face * 1.01, Severity::Warning, "emc_area", message)
}

fn lit_type_without_light(spec: &Specification) -> Option<Warning> {
    let lit = is(spec, "sign_type", &["channel_letters", "cabinet", "pole", "pylon"]);
    let message = "this type is usually lit, but lighting says none";
    warn(lit && is(spec, "lighting", &["none"]), Severity::Info, "lighting", message)
}

fn picked_up_but_in_the_ground(spec: &Specification) -> Option<Warning> {
    let in_ground = is(spec, "foundation", &["pier", "direct_burial"]);
    let message = "the customer picks it up, but it has a foundation";
    warn(is(spec, "mounting", &["pickup"]) && in_ground, Severity::Warning, "mounting", message)
}

fn installed_without_travel(spec: &Specification) -> Option<Warning> {
    let installed = spec.text("mounting").is_some_and(|mounting| mounting != "pickup");
    let message = "installed by us, but how far is it?";
    warn(installed && spec.get("travel_miles").is_none(), Severity::Info, "travel_miles", message)
}

fn two_faces_on_a_wall(spec: &Specification) -> Option<Warning> {
    let faces = spec.number("faces")?;
    let flat_types = ["channel_letters", "channel_letters_unlit", "flat_panel", "ada", "vinyl"];
    let flat = is(spec, "mounting", &["flush", "raceway"]) && is(spec, "sign_type", &flat_types);
    warn(faces > 1.0 && flat, Severity::Warning, "faces", "two faces, but mounted flat on a wall")
}
