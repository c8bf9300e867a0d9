//! How the shop describes a sign, and the part number it gives it.

use signwright_domain::driver::{self, DriverKind};
use signwright_domain::{DriverValue, Specification};

/// "Channel letters, lit, 14 in x 11, HALDEN DENTAL".
pub(crate) fn description(spec: &Specification, customer: &str) -> String {
    let kind = choice_label("sign_type", spec.text("sign_type").unwrap_or(""));
    let number = |name: &str| spec.number(name).unwrap_or(0.0);
    let size = match spec.number("letter_height") {
        Some(height) => format!("{height:.0} in x {:.0}", number("letter_count")),
        None => format!("{} x {} ft", round(number("width")), round(number("height"))),
    };
    let faces = if number("faces") > 1.0 { " DF" } else { "" };
    let several = if number("quantity") > 1.0 { format!(", qty {:.0}", number("quantity")) } else { String::new() };
    let short: String = customer.split([',', '&']).next().unwrap_or(customer).trim().to_uppercase();
    format!("{kind}{faces}, {size}{several}, {short}")
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The label of a choice as the catalogue writes it.
pub(crate) fn choice_label(driver: &str, value: &str) -> String {
    let choices = match driver::find(driver).map(|driver| &driver.kind) {
        Some(DriverKind::Choice { choices }) => choices,
        _ => return value.to_owned(),
    };
    choices.iter().find(|choice| choice.value == value).map_or(value, |choice| choice.label).to_owned()
}

/// The value of a driver as an export writes it.
pub(crate) fn driver_cell(driver: &str, value: &DriverValue) -> super::table::Cell {
    use super::table::Cell;
    match value {
        DriverValue::Flag(flag) => Cell::Flag(*flag),
        DriverValue::Number(number) => Cell::Number((number * 100.0).round() / 100.0),
        DriverValue::Text(text) => Cell::Text(choice_label(driver, text)),
    }
}

/// "MON-DF-LED".
pub(crate) fn part_number(spec: &Specification) -> String {
    let kind = match spec.text("sign_type").unwrap_or("") {
        "channel_letters" => "CHL",
        "channel_letters_unlit" => "CHL-NL",
        "cabinet" => "CAB",
        "monument" => "MON",
        "pole" => "POL",
        "pylon" => "PYL",
        "blade" => "BLD",
        "emc" => "EMC",
        "directional" => "DIR",
        "ada" => "ADA",
        "vinyl" => "VNL",
        "banner" => "BAN",
        "awning" => "AWN",
        "reface" => "REF",
        _ => "PNL",
    };
    let faces = if spec.number("faces").unwrap_or(1.0) > 1.0 { "-DF" } else { "-SF" };
    let light = match spec.text("lighting") {
        Some("led") => "-LED",
        Some("halo") => "-HALO",
        Some("neon") => "-NEON",
        _ => "",
    };
    format!("{kind}{faces}{light}")
}
