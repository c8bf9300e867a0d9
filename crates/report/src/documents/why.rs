//! Why this price, for the customer. Costs, margins, contributions in money, people and prices of material are not on the
//! sheet at all: what moves the price is said in words, in the order of its weight.

use serde::Serialize;
use signwright_domain::driver::Cause;
use signwright_domain::estimate::{Contribution, Estimate};
use signwright_domain::quote::{Quote, QuoteLine};
use signwright_domain::{DriverValue, Specification, driver};

use super::manuscript::{Frame, Framing};
use super::quote::paper;
use super::{Letterhead, Manuscript, Template};
use crate::ReportError;
use crate::words::{cell, drivers, long_date, narrow_cell, paragraphs, quantity, shortened};

/// So many reasons stand under each heading.
const REASONS: usize = 6;
/// A driver that moves less than this share of all that moves is not worth a line.
const LEAST: f64 = 0.02;

/// The quote in words. `estimates` are those that its lines come from; the lines of others stand without specification.
pub fn why(quote: &Quote, estimates: &[Estimate], letterhead: &Letterhead) -> Result<Manuscript, ReportError> {
    let identity = format!("why quote {} version {}", quote.number, quote.active().version);
    Ok(Manuscript::new(Template::Why, identity, &Sheet::of(quote, estimates, letterhead)?)?.with_logo(letterhead))
}

#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(flatten)]
    frame: Frame,
    number: String,
    title: String,
    customer: String,
    quoted_on: String,
    valid_until: String,
    price: String,
    /// Tax comes on top.
    before_tax: bool,
    items: Vec<Item>,
    included: Vec<&'static str>,
    adds: Vec<Reason>,
    saves: Vec<Reason>,
    changes: Vec<&'static str>,
    exclusions: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Item {
    description: Vec<String>,
    quantity: String,
    unit: String,
    specification: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct Reason {
    label: String,
    value: String,
    reason: &'static str,
}

impl Sheet {
    fn of(quote: &Quote, estimates: &[Estimate], letterhead: &Letterhead) -> Result<Self, ReportError> {
        let version = quote.active();
        let date = version.created_at.to_zoned(letterhead.time_zone.clone()).date();
        let framing = Framing {
            paper: paper(version.totals.total.currency),
            date,
            title: &format!("Why this price: quote {}", quote.number),
            running: &format!("Quote {}, why this price", quote.number),
            further: &format!("Why this price, for {}", shortened(&quote.customer, 60)),
            internal: "",
        };
        let moving = moving(estimates);
        let reasons = |dearer: bool| {
            let of = moving.iter().filter(|mover| (mover.minor > 0) == dearer);
            of.take(REASONS).map(reason).collect()
        };
        Ok(Self {
            frame: Frame::of(letterhead, &framing)?,
            number: cell(&quote.number),
            title: cell(&quote.title),
            customer: cell(&quote.customer),
            quoted_on: long_date(date),
            valid_until: long_date(version.valid_until),
            price: version.totals.subtotal.to_string(),
            before_tax: version.totals.tax.minor != 0,
            items: version.lines.iter().map(|line| item(line, estimates)).collect(),
            included: included(estimates),
            adds: reasons(true),
            saves: reasons(false),
            changes: changes(&moving),
            exclusions: version.exclusions.iter().map(|line| cell(line)).filter(|line| !line.is_empty()).collect(),
        })
    }
}

fn item(line: &QuoteLine, estimates: &[Estimate]) -> Item {
    let estimate = estimates.iter().find(|estimate| Some(estimate.id) == line.estimate_id);
    Item {
        description: paragraphs(&line.description),
        quantity: quantity(line.quantity),
        unit: narrow_cell(&line.unit),
        specification: estimate.map(|estimate| shown(&estimate.specification)).unwrap_or_default(),
    }
}

/// What of a specification describes the sign and the site, without what the shop thinks of people and time.
fn shown(specification: &Specification) -> Vec<(String, String)> {
    let mut shown = specification.clone();
    shown.drivers.retain(|name, value| {
        driver::find(name).is_some()
            && is_of_the_sign(Cause::of(name), name)
            && !matches!(name.as_str(), "travel_miles" | "quantity")
            && !matches!(value, DriverValue::Flag(_))
    });
    drivers(&shown).into_iter().map(|(name, value)| (cell(&name), cell(&value))).collect()
}

fn is_of_the_sign(cause: Cause, name: &str) -> bool {
    match cause {
        Cause::Kind | Cause::Size | Cause::Structure | Cause::Make | Cause::Site => true,
        Cause::Time => name == "rush",
        Cause::People | Cause::Notes | Cause::Own => false,
    }
}

/// One thing that moves the price.
struct Mover {
    label: String,
    value: String,
    cause: Cause,
    /// What it decides.
    reason: &'static str,
    /// Only its sign and its rank are told.
    minor: i64,
}

/// What moves the price and may be said to a customer, the most important first. Size and structure are one thing each: their
/// columns are made of each other, and one of them alone may point the other way.
fn moving(estimates: &[Estimate]) -> Vec<Mover> {
    let all = || estimates.iter().flat_map(|estimate| &estimate.contributions);
    let least = all().map(|part| part.amount.minor.unsigned_abs() as f64).sum::<f64>() * LEAST;
    let mut movers: Vec<Mover> = Vec::new();
    let told = |part: &&Contribution| {
        is_of_the_sign(part.cause, &part.driver) && !part.value.is_empty() && !says_nothing(part)
    };
    let mut parts: Vec<&Contribution> = all().filter(told).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.amount.minor.unsigned_abs()));
    for part in parts {
        let together = matches!(part.cause, Cause::Size | Cause::Structure);
        let label = if together { part.cause.label() } else { &part.label };
        match movers.iter_mut().find(|mover| mover.label == label) {
            Some(mover) => {
                mover.minor += part.amount.minor;
                let more = format!("{} {}", part.label.to_lowercase(), part.value);
                if together && mover.value.matches(", ").count() < 2 && !mover.value.contains(&more) {
                    mover.value = format!("{}, {more}", mover.value);
                }
            }
            None => movers.push(Mover {
                label: label.to_owned(),
                value: if together {
                    format!("{} {}", part.label.to_lowercase(), part.value)
                } else {
                    part.value.clone()
                },
                cause: part.cause,
                reason: sets(if together { "" } else { &part.driver }, part.cause),
                minor: part.amount.minor,
            }),
        }
    }
    movers.retain(|mover| mover.minor.unsigned_abs() as f64 >= least.max(1.0));
    movers.sort_by_key(|mover| std::cmp::Reverse(mover.minor.unsigned_abs()));
    movers
}

/// One of a kind is no reason; nor is what was not asked for.
fn says_nothing(part: &Contribution) -> bool {
    matches!((part.driver.as_str(), part.value.as_str()), ("quantity", "1") | (_, "no" | "No" | "None"))
}

fn reason(mover: &Mover) -> Reason {
    Reason { label: cell(&mover.label), value: cell(&mover.value), reason: mover.reason }
}

/// What a driver decides, in a customer's words.
fn sets(driver: &str, cause: Cause) -> &'static str {
    match driver {
        "lighting" => "decides the lighting, its power supplies and the hours of wiring",
        "face_material" => "decides what the faces are cut or formed from, and how long that takes",
        "finish" | "colours" => "decides the preparation, painting and drying in the paint shop",
        "base" | "base_area" => "decides the masonry or cladding it stands on",
        "font" => "decides how long bending and wiring a letter takes",
        "letter_count" | "letter_height" | "letter_outline" | "letter_area" => {
            "decides the metal, the light and the hours of each letter"
        }
        "access" => "decides the lift or crane and the crew to reach it",
        "travel_miles" => "decides the way to the site and back",
        "removal" => "is the old sign that comes down and is disposed of",
        "permit" | "engineering" | "survey" => "is work before the first cut: drawings, forms, measuring",
        "soil" | "foundation" | "concrete" | "pier_depth" => "decides how deep and wide the footing has to be",
        "rush" => "decides whether we work within the usual lead time",
        "quantity" => "shares the set-up among as many signs",
        _ => match cause {
            Cause::Kind => "decides how it is built",
            Cause::Size => "decides how much material and time the faces, frame and finish take",
            Cause::Structure => "decides the steel and concrete that hold it in the wind",
            Cause::Make => "decides the materials and the hours of making it",
            Cause::Site => "decides the crew and equipment on site",
            Cause::People | Cause::Time | Cause::Notes | Cause::Own => "",
        },
    }
}

/// Work that nobody sees in the sign.
fn included(estimates: &[Estimate]) -> Vec<&'static str> {
    let is_asked = |name: &str| {
        estimates.iter().any(|estimate| matches!(estimate.specification.get(name), Some(DriverValue::Flag(true))))
    };
    [
        ("survey", "measuring on site"),
        ("permit", "applying for the permit"),
        ("engineering", "drawings sealed by an engineer"),
        ("removal", "taking down and disposing of the old sign"),
    ]
    .into_iter()
    .filter(|(name, _)| is_asked(name))
    .map(|(_, words)| words)
    .collect()
}

fn changes(moving: &[Mover]) -> Vec<&'static str> {
    let moves = |cause: Cause| moving.iter().any(|mover| mover.cause == cause);
    [
        (Cause::Size, "another size, or another number of faces or letters"),
        (Cause::Make, "another lighting, face material or finish"),
        (Cause::Structure, "another height, wind zone, or soil than was assumed"),
        (Cause::Site, "easier or harder access than was assumed, or permits and drawings by others"),
        (Cause::Kind, "another way of building it, or more of the same sign"),
    ]
    .into_iter()
    .filter(|(cause, _)| moves(*cause))
    .map(|(_, words)| words)
    .collect()
}
