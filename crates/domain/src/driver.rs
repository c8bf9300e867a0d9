//! The catalogue of known drivers: what the estimate form shows, what importers recognise, what the features are made of.

mod cause;
mod price;

use serde::Serialize;
use ts_rs::TS;

pub use cause::Cause;
pub use price::{LONGEST_LAG, PRICE, PriceDriver};

/// One known driver of cost.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Driver {
    pub name: &'static str,
    /// As the form and the explanation write it.
    pub label: &'static str,
    pub group: DriverGroup,
    pub kind: DriverKind,
    pub help: &'static str,
}

/// The section of the estimate form a driver stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DriverGroup {
    Sign,
    Structure,
    Site,
    Commercial,
}

/// What values a driver takes.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DriverKind {
    Number { unit: &'static str, min: f64, max: f64, step: f64 },
    Choice { choices: &'static [Choice] },
    Flag,
    Text,
}

/// One allowed value of a driver and how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
}

const fn choice(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

const SIGN_TYPES: &[Choice] = &[
    choice("channel_letters", "Channel letters, lit"),
    choice("channel_letters_unlit", "Channel letters, non-lit"),
    choice("cabinet", "Cabinet, lit"),
    choice("monument", "Monument"),
    choice("pole", "Pole sign"),
    choice("pylon", "Pylon"),
    choice("blade", "Blade / projecting"),
    choice("emc", "LED message centre"),
    choice("flat_panel", "Flat panel"),
    choice("directional", "Directional"),
    choice("ada", "ADA / wayfinding"),
    choice("vinyl", "Vinyl graphics"),
    choice("banner", "Banner"),
    choice("awning", "Awning"),
    choice("reface", "Reface / retrofit"),
];
const FONTS: &[Choice] = &[choice("block", "Block"), choice("serif", "Serif"), choice("script", "Script")];
const LIGHTING: &[Choice] =
    &[choice("none", "None"), choice("led", "LED"), choice("halo", "Halo"), choice("neon", "Neon")];
const FACES_OF: &[Choice] = &[
    choice("acrylic", "Acrylic, flat"),
    choice("acrylic_routed", "Acrylic, routed"),
    choice("acrylic_formed", "Acrylic, pan-formed"),
    choice("flex", "Flex face"),
    choice("aluminium", "Aluminium"),
    choice("acm", "ACM"),
    choice("pvc", "PVC"),
    choice("vinyl", "Vinyl film"),
];
const FINISHES: &[Choice] = &[
    choice("mill", "Mill"),
    choice("paint", "Paint"),
    choice("powder", "Powder coat"),
    choice("vinyl", "Applied vinyl"),
    choice("print", "Printed, laminated"),
];
const MOUNTINGS: &[Choice] = &[
    choice("flush", "Wall, flush"),
    choice("raceway", "Raceway"),
    choice("single_pole", "Single pole"),
    choice("double_pole", "Double pole"),
    choice("base", "On a base"),
    choice("hanging", "Hanging"),
    choice("pickup", "Customer picks up"),
];
const BASES: &[Choice] =
    &[choice("none", "None"), choice("masonry", "Masonry"), choice("cladding", "Aluminium cladding")];
const EXPOSURES: &[Choice] = &[choice("B", "B, town"), choice("C", "C, open"), choice("D", "D, shore")];
const SOILS: &[Choice] = &[
    choice("clay", "Clay, 100 psf/ft"),
    choice("sand", "Sand / silty, 150 psf/ft"),
    choice("gravel", "Gravel, 200 psf/ft"),
    choice("foliated", "Foliated rock, 400 psf/ft"),
    choice("rock", "Rock, 1200 psf/ft"),
];
const FOUNDATIONS: &[Choice] = &[
    choice("none", "None"),
    choice("direct_burial", "Direct burial"),
    choice("pier", "Drilled pier"),
    choice("existing", "Existing"),
];
const ACCESS: &[Choice] = &[choice("ground", "Ground"), choice("lift", "Lift"), choice("crane", "Crane")];
const CUSTOMERS: &[Choice] = &[
    choice("retail", "Retail"),
    choice("national", "National account"),
    choice("contractor", "Contractor"),
    choice("municipal", "Municipal"),
];

const fn number(unit: &'static str, min: f64, max: f64, step: f64) -> DriverKind {
    DriverKind::Number { unit, min, max, step }
}

const fn driver(
    group: DriverGroup,
    name: &'static str,
    label: &'static str,
    kind: DriverKind,
    help: &'static str,
) -> Driver {
    Driver { name, label, group, kind, help }
}

static CATALOGUE: &[Driver] = {
    use DriverGroup::{Commercial, Sign, Site, Structure};
    use DriverKind::{Choice as Of, Flag};
    &[
        driver(Sign, "sign_type", "Type", Of { choices: SIGN_TYPES }, "What is being made."),
        driver(Sign, "width", "Width", number("ft", 0.1, 100.0, 0.5), "Overall width of one face."),
        driver(Sign, "height", "Height", number("ft", 0.1, 60.0, 0.5), "Height of one face, without the pole or base."),
        driver(Sign, "faces", "Faces", number("", 1.0, 4.0, 1.0), "1 single face, 2 double face."),
        driver(Sign, "letter_height", "Letter height", number("in", 3.0, 120.0, 1.0), "Height of one letter."),
        driver(Sign, "letter_count", "Letters", number("", 1.0, 60.0, 1.0), "How many letters and logo parts."),
        driver(Sign, "font", "Font", Of { choices: FONTS }, "Script takes longer to bend and wire than block."),
        driver(Sign, "lighting", "Lighting", Of { choices: LIGHTING }, "How the sign is lit."),
        driver(Sign, "face_material", "Faces of", Of { choices: FACES_OF }, "What the face is made of."),
        driver(Sign, "finish", "Finish", Of { choices: FINISHES }, "Surface of the visible metal."),
        driver(Sign, "colours", "Colours", number("", 0.0, 12.0, 1.0), "Paint or vinyl colours."),
        driver(
            Sign,
            "emc_area",
            "LED display",
            number("sq ft", 0.0, 400.0, 1.0),
            "Area of the message centre per face.",
        ),
        driver(Structure, "mounting", "Mounting", Of { choices: MOUNTINGS }, "How it is fixed."),
        driver(
            Structure,
            "overall_height",
            "Overall height",
            number("ft", 0.5, 100.0, 0.5),
            "Grade to the top of the sign.",
        ),
        driver(Structure, "base", "Base", Of { choices: BASES }, "What a monument stands on."),
        driver(
            Structure,
            "base_area",
            "Base area",
            number("sq ft", 0.0, 400.0, 1.0),
            "Visible area of base or cladding.",
        ),
        driver(Structure, "foundation", "Foundation", Of { choices: FOUNDATIONS }, "What holds it in the ground."),
        driver(
            Structure,
            "wind_speed",
            "Wind",
            number("mph", 90.0, 200.0, 5.0),
            "Ultimate design wind speed (ASCE 7-10 and later).",
        ),
        driver(Structure, "exposure", "Exposure", Of { choices: EXPOSURES }, "Terrain around the site."),
        driver(Structure, "soil", "Soil", Of { choices: SOILS }, "Lateral bearing class, IBC table 1806.2."),
        driver(Site, "access", "Access", Of { choices: ACCESS }, "What the crew needs to reach it."),
        driver(Site, "travel_miles", "Travel", number("miles", 0.0, 500.0, 1.0), "One way, shop to site."),
        driver(Site, "removal", "Removal", Flag, "An old sign is taken down and disposed of."),
        driver(Commercial, "quantity", "Quantity", number("", 1.0, 500.0, 1.0), "How many of the same sign."),
        driver(Commercial, "permit", "Permit", Flag, "We apply for the permit."),
        driver(Commercial, "engineering", "Sealed engineering", Flag, "An engineer seals the drawings."),
        driver(Commercial, "survey", "Site survey", Flag, "We measure on site first."),
        driver(Commercial, "rush", "Rush", Flag, "Faster than the usual lead time."),
        driver(Commercial, "customer_type", "Customer type", Of { choices: CUSTOMERS }, "Who buys."),
        driver(Commercial, "estimator", "Estimator", DriverKind::Text, "Initials of who estimates."),
    ]
};

/// Every known driver, in the order of the form.
pub fn catalogue() -> &'static [Driver] {
    CATALOGUE
}

/// The catalogue entry of a driver, `None` for a shop's own.
pub fn find(name: &str) -> Option<&'static Driver> {
    CATALOGUE.iter().find(|driver| driver.name == name)
}

/// The values that a driver can be chosen from; empty for one that is measured or typed.
pub fn choices(name: &str) -> &'static [Choice] {
    match find(name).map(|driver| &driver.kind) {
        Some(DriverKind::Choice { choices }) => choices,
        Some(DriverKind::Number { .. } | DriverKind::Flag | DriverKind::Text) | None => &[],
    }
}

/// How a driver's name is written for people: its label, what a price is of, or the name itself with spaces.
pub fn label(name: &str) -> String {
    match (find(name), PriceDriver::of_column(name)) {
        (Some(driver), _) => driver.label.to_owned(),
        (None, Some(price)) => price.label(),
        (None, None) => name.replace('_', " "),
    }
}
