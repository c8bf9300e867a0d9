//! An overrun, taken apart by work code so that the parts add up to the minor unit.

use std::collections::BTreeMap;

use signwright_domain::cause_of_overrun::{CodeOverrun, OverrunParts, OverrunSplit};
use signwright_domain::{Currency, Money};

/// What a work code was estimated at and what it cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeCosts {
    pub code: String,
    pub estimated_hours: f64,
    pub actual_hours: f64,
    /// Minor units per hour.
    pub estimated_rate: f64,
    pub actual_rate: f64,
    pub estimated_material: Material,
    pub actual_material: Material,
}

/// Minor units, with the quantity where it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Material {
    pub cost: i64,
    pub quantity: Option<f64>,
}

/// Labour of a code is its hours times its rate, rounded to the minor unit. The hours' part is their difference at the
/// estimated rate and the rate's part is what is left, that is the difference of rates at the hours worked; quantity and
/// price alike. Labour without estimated hours and material without estimated cost were forgotten: they are omissions as a
/// whole. A code that comes several times (in several jobs) is told once, as the sum.
pub fn split(codes: &[CodeCosts], currency: Currency) -> OverrunSplit {
    let mut by_code: BTreeMap<&str, OverrunParts> = BTreeMap::new();
    for costs in codes {
        let parts = by_code.entry(&costs.code).or_default();
        *parts = plus(*parts, of_code(costs));
    }
    let told = |(code, parts): (&str, OverrunParts)| CodeOverrun { code: code.to_owned(), parts, total: total(parts) };
    let mut each: Vec<CodeOverrun> = by_code.into_iter().map(told).collect();
    each.sort_by(|a, b| b.total.abs().cmp(&a.total.abs()).then(a.code.cmp(&b.code)));
    let parts = each.iter().fold(OverrunParts::default(), |sum, code| plus(sum, code.parts));
    let total = total(parts);
    let sentence = sentence(total, &named(parts), &each, currency);
    OverrunSplit { total, parts, codes: each, sentence }
}

fn of_code(costs: &CodeCosts) -> OverrunParts {
    let mut parts = OverrunParts::default();
    let labour = |hours: f64, rate: f64| minor(hours * rate);
    let estimated = labour(costs.estimated_hours, costs.estimated_rate);
    let difference = labour(costs.actual_hours, costs.actual_rate) - estimated;
    if costs.estimated_hours <= 0.0 {
        parts.omission += difference;
    } else {
        parts.hours = labour(costs.actual_hours, costs.estimated_rate) - estimated;
        parts.rate = difference - parts.hours;
    }
    let (planned, used) = (costs.estimated_material, costs.actual_material);
    let difference = used.cost - planned.cost;
    match (planned.quantity.filter(|quantity| *quantity > 0.0), used.quantity) {
        _ if planned.cost == 0 => parts.omission += difference,
        (Some(before), Some(after)) => {
            parts.quantity = minor(planned.cost as f64 * (after / before)) - planned.cost;
            parts.price = difference - parts.quantity;
        }
        _ => parts.material = difference,
    }
    parts
}

fn minor(value: f64) -> i64 {
    value.round() as i64
}

fn total(parts: OverrunParts) -> i64 {
    named(parts).iter().map(|(_, part)| part).sum()
}

fn plus(a: OverrunParts, b: OverrunParts) -> OverrunParts {
    OverrunParts {
        hours: a.hours + b.hours,
        rate: a.rate + b.rate,
        quantity: a.quantity + b.quantity,
        price: a.price + b.price,
        material: a.material + b.material,
        omission: a.omission + b.omission,
    }
}

fn named(parts: OverrunParts) -> [(&'static str, i64); 6] {
    [
        ("hours", parts.hours),
        ("rates", parts.rate),
        ("quantities", parts.quantity),
        ("prices", parts.price),
        ("material", parts.material),
        ("work that was never estimated", parts.omission),
    ]
}

fn sentence(total: i64, parts: &[(&str, i64)], codes: &[CodeOverrun], currency: Currency) -> String {
    let money = |minor: i64| Money::new(minor, currency).to_string();
    let way = match total {
        0 => return "the cost is what was estimated".to_owned(),
        x if x > 0 => "more",
        _ => "less",
    };
    let mut told: Vec<&(&str, i64)> = parts.iter().filter(|(_, part)| *part != 0).collect();
    told.sort_by_key(|(_, part)| std::cmp::Reverse(part.signum() * total.signum() * part.abs()));
    let listed: Vec<String> = told.iter().take(3).map(|(name, part)| format!("{} by {name}", money(*part))).collect();
    let most = codes.iter().find(|code| code.total.signum() == total.signum());
    let most = most.map(|code| format!("; most of it in {} ({})", code.code, money(code.total))).unwrap_or_default();
    format!("{} {way} than estimated: {}{most}", money(total.abs()), listed.join(", "))
}
