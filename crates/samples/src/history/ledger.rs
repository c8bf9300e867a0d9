//! What a job was thought to cost and what it cost, line by line, to the cent.
//!
//! The estimate carries the estimator's habit and error and knows nothing of overruns; the actual carries the noise of
//! the shop floor, the prices of the month in which it was bought, and now and then a hole in rock.

use jiff::ToSpan;
use jiff::civil::Date;
use signwright_domain::Specification;

use crate::amounts::{Cents, cents, tenth};
use crate::prices::Prices;
use crate::recipe::{Costing, Item, USE_TAX};
use crate::rng::Rng;
use crate::work::{BURDEN, Code};

/// Estimated or actual cost by part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) material: Cents,
    pub(crate) labour: Cents,
    pub(crate) burden: Cents,
    pub(crate) outplant: Cents,
    pub(crate) equipment: Cents,
    pub(crate) shipping: Cents,
    pub(crate) use_tax: Cents,
}

impl Parts {
    pub(crate) fn total(&self) -> Cents {
        self.material + self.labour + self.burden + self.outplant + self.equipment + self.shipping + self.use_tax
    }
}

#[derive(Clone, Debug)]
pub(crate) struct LabourLine {
    pub(crate) code: Code,
    pub(crate) estimated_hours: f64,
    pub(crate) hours: f64,
    pub(crate) estimated_cost: Cents,
    pub(crate) cost: Cents,
}

/// Material or outplant.
#[derive(Clone, Debug)]
pub(crate) struct ItemLine {
    pub(crate) department: u16,
    pub(crate) date: Date,
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) estimated_quantity: f64,
    pub(crate) quantity: f64,
    pub(crate) cost: Cents,
}

/// Why installing took much longer than it should.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Overrun {
    pub(crate) cause: &'static str,
    /// On the hours of the install department and the hired equipment.
    pub(crate) factor: f64,
    pub(crate) extra: Cents,
}

#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    pub(crate) labour: Vec<LabourLine>,
    pub(crate) material: Vec<ItemLine>,
    pub(crate) outplant: Vec<ItemLine>,
    pub(crate) estimated: Parts,
    pub(crate) actual: Parts,
    pub(crate) overrun: Option<Overrun>,
    /// Dollars without anybody's noise, at the prices of the quote date.
    pub(crate) expected: f64,
}

impl Ledger {
    pub(crate) fn estimated_hours(&self) -> f64 {
        tenth(self.labour.iter().map(|line| line.estimated_hours).sum())
    }

    pub(crate) fn hours(&self) -> f64 {
        tenth(self.labour.iter().map(|line| line.hours).sum())
    }
}

/// When, at which prices, and by whom.
pub(crate) struct LedgerTerms<'a> {
    pub(crate) quoted_on: Date,
    pub(crate) started_on: Date,
    pub(crate) completed_on: Date,
    /// The estimator's on the log scale.
    pub(crate) habit: f64,
    pub(crate) prices: &'a Prices,
}

impl Ledger {
    pub(crate) fn of(rng: &mut Rng, spec: &Specification, costing: &Costing, terms: &LedgerTerms<'_>) -> Self {
        let (cause, factor) = overrun(rng, spec, terms).unwrap_or(("", 1.0));
        let floor = Floor {
            hours: rng.lognormal(1.0, 0.10),
            overrun: factor,
            material: rng.lognormal(1.0, 0.04),
            outplant: rng.lognormal(1.0, 0.04),
        };
        let guess =
            Guess { hours: (terms.habit * 1.25 + 0.195 * rng.normal()).exp(), material: guess_material(rng, terms) };
        let labour = labour(rng, costing, terms, &floor, &guess);
        let material = lines(rng, &costing.material, terms, (floor.material, guess.material));
        let outplant = lines(rng, &costing.outplant, terms, (floor.outplant, guess.material));
        let mut ledger = Self {
            estimated: Parts::default(),
            actual: Parts::default(),
            overrun: None,
            expected: expected(costing, terms),
            labour: labour.0,
            material: material.0,
            outplant: outplant.0,
        };
        let hired = costing.equipment * factor.sqrt();
        let estimated = (labour.1, material.1, outplant.1, costing.equipment * guess.material);
        ledger.estimated = parts(estimated, costing.shipping);
        let actual = (
            ledger.labour.iter().map(|line| line.cost).sum(),
            ledger.material.iter().map(|line| line.cost).sum(),
            ledger.outplant.iter().map(|line| line.cost).sum(),
            hired * rng.lognormal(1.0, 0.05),
        );
        ledger.actual = parts(actual, shipped(rng, costing.shipping));
        if factor > 1.0 {
            let extra = extra(&ledger, factor) + cents(hired - costing.equipment);
            ledger.overrun = Some(Overrun { cause, factor: (factor * 100.0).round() / 100.0, extra });
        }
        ledger
    }
}

/// How the shop floor did, against the recipe.
struct Floor {
    hours: f64,
    material: f64,
    outplant: f64,
    overrun: f64,
}

/// How the estimator saw it, against the recipe.
struct Guess {
    hours: f64,
    material: f64,
}

fn guess_material(rng: &mut Rng, terms: &LedgerTerms<'_>) -> f64 {
    (terms.habit * 0.75 + 0.13 * rng.normal()).exp()
}

/// Dollars shipped; one carrier in forty pays something back.
fn shipped(rng: &mut Rng, expected: f64) -> f64 {
    match expected > 0.0 {
        true if rng.chance(0.025) => -tenth(expected * rng.between(0.1, 0.4)),
        true => expected * rng.lognormal(1.0, 0.12),
        false => 0.0,
    }
}

fn parts((labour, material, outplant, equipment): (Cents, Cents, Cents, f64), shipping: f64) -> Parts {
    Parts {
        material,
        labour,
        burden: (labour as f64 * BURDEN).round() as Cents,
        outplant,
        equipment: cents(equipment),
        shipping: cents(shipping),
        use_tax: (material as f64 * USE_TAX).round() as Cents,
    }
}

/// Eight in a hundred installed jobs meet one. Rock needs a hole, weather is likelier in winter.
fn overrun(rng: &mut Rng, spec: &Specification, terms: &LedgerTerms<'_>) -> Option<(&'static str, f64)> {
    let met = rng.chance(0.088);
    let dug = matches!(spec.text("foundation"), Some("pier" | "direct_burial"));
    let winter = matches!(terms.completed_on.month(), 12 | 1 | 2);
    let cause = rng.weighted(&[
        ("rock", if dug { 55.0 } else { 0.0 }),
        ("access", 30.0),
        ("weather", if winter { 40.0 } else { 14.0 }),
    ]);
    let factor = 1.3 + 0.7 * rng.unit() * rng.unit().sqrt();
    (met && spec.text("mounting") != Some("pickup")).then_some((cause, factor))
}

fn extra(ledger: &Ledger, factor: f64) -> Cents {
    let site: Cents = ledger.labour.iter().filter(|line| on_site(line.code)).map(|line| line.cost).sum();
    (site as f64 * (1.0 - 1.0 / factor) * (1.0 + BURDEN)).round() as Cents
}

fn on_site(code: Code) -> bool {
    code.number >= 600
}

/// The lines, and the estimated cost.
fn labour(
    rng: &mut Rng,
    costing: &Costing,
    terms: &LedgerTerms<'_>,
    floor: &Floor,
    guess: &Guess,
) -> (Vec<LabourLine>, Cents) {
    let mut lines = Vec::new();
    for work in &costing.labour {
        let late = if on_site(work.code) { floor.overrun } else { 1.0 };
        let hours = tenth(work.hours * floor.hours * late * rng.lognormal(1.0, 0.06)).max(0.1);
        let estimated_hours = (work.hours * guess.hours * rng.lognormal(1.0, 0.08) * 4.0).round() / 4.0;
        let wage = work.code.department.wage(terms.started_on.year());
        let quoted_wage = work.code.department.wage(terms.quoted_on.year());
        lines.push(LabourLine {
            code: work.code,
            estimated_hours: tenth(estimated_hours.max(0.1)),
            hours,
            estimated_cost: at_wage(tenth(estimated_hours.max(0.1)), quoted_wage),
            cost: at_wage(hours, wage),
        });
    }
    let estimated = lines.iter().map(|line| line.estimated_cost).sum();
    (lines, estimated)
}

/// Hours have one decimal and wages are multiples of ten cents, so this is exact.
fn at_wage(hours: f64, wage: Cents) -> Cents {
    (hours * 10.0).round() as Cents * wage / 10
}

/// The lines and their estimated cost; `factors` are the shop floor's and the estimator's.
fn lines(rng: &mut Rng, items: &[Item], terms: &LedgerTerms<'_>, factors: (f64, f64)) -> (Vec<ItemLine>, Cents) {
    let mut lines = Vec::new();
    let mut estimated = 0;
    for item in items {
        let used = round_for(item.unit, item.quantity * factors.0 * rng.lognormal(1.0, 0.02));
        let seen = round_for(item.unit, item.quantity * factors.1 * rng.lognormal(1.0, 0.03));
        let bought = terms.started_on;
        estimated += cents(seen * price(item, terms.prices, terms.quoted_on));
        for (share, days) in issues(rng, used) {
            let quantity = round_for(item.unit, used * share);
            let cost = cents(quantity * price(item, terms.prices, bought));
            let date = bought.saturating_add(days.days()).min(terms.completed_on);
            let estimated_quantity = if lines_of(&lines, item.name) { 0.0 } else { seen };
            lines.push(line(item, date, estimated_quantity, quantity, cost));
        }
        if item.department == 200 && item.series.is_some() && used > 40.0 && rng.chance(0.05) {
            let back = round_for(item.unit, used * rng.between(0.04, 0.12));
            let credit = -cents(back * price(item, terms.prices, bought));
            lines.push(line(item, terms.completed_on, 0.0, -back, credit));
        }
    }
    (lines, estimated)
}

fn line(item: &Item, date: Date, estimated_quantity: f64, quantity: f64, cost: Cents) -> ItemLine {
    let &Item { department, name, unit, .. } = item;
    ItemLine { department, date, name, unit, estimated_quantity, quantity, cost }
}

fn lines_of(lines: &[ItemLine], name: &str) -> bool {
    lines.iter().any(|line| line.name == name)
}

/// Large quantities leave the store in two or three goes: shares and days after the start.
fn issues(rng: &mut Rng, quantity: f64) -> Vec<(f64, i64)> {
    let first = rng.whole(0, 2);
    match quantity {
        ..60.0 => vec![(1.0, first)],
        ..300.0 => vec![(0.6, first), (0.4, first + rng.whole(2, 6))],
        _ => vec![(0.45, first), (0.35, first + rng.whole(2, 5)), (0.2, first + rng.whole(6, 12))],
    }
}

fn price(item: &Item, prices: &Prices, day: Date) -> f64 {
    let years = f64::from(day.year()) + f64::from(day.month()) / 12.0 - 2025.0;
    item.price * item.series.map_or_else(|| 1.022_f64.powf(years), |series| prices.level(series, day))
}

fn round_for(unit: &str, quantity: f64) -> f64 {
    match unit {
        "ea" | "each" | "lot" => quantity.round().max(1.0),
        "gal" | "cu yd" => ((quantity * 100.0).round() / 100.0).max(0.05),
        _ => tenth(quantity).max(0.1),
    }
}

fn expected(costing: &Costing, terms: &LedgerTerms<'_>) -> f64 {
    let wage = |code: Code| code.department.wage(terms.quoted_on.year()) as f64 / 100.0;
    let labour: f64 = costing.labour.iter().map(|work| work.hours * wage(work.code)).sum();
    let cost = |item: &Item| item.quantity * price(item, terms.prices, terms.quoted_on);
    let material: f64 = costing.material.iter().map(cost).sum();
    let outplant: f64 = costing.outplant.iter().map(cost).sum();
    labour * (1.0 + BURDEN) + material * (1.0 + USE_TAX) + outplant + costing.equipment + costing.shipping
}
