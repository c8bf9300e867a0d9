//! Quoting against the market: the estimate with its estimator's habits, the price, and what the customer does.

use jiff::civil::Date;

use super::ledger::{Ledger, LedgerTerms};
use super::{EXPORT, Fate, Quote, WorkOrder, time};
use crate::amounts::{Cents, cents};
use crate::people::{Customer, ESTIMATORS, TOWNS};
use crate::prices::Prices;
use crate::recipe::{Costing, costing};
use crate::rng::Rng;
use crate::signs;

/// Jobs outside these costs in dollars are not what this shop does.
const COSTS: (f64, f64) = (190.0, 90_000.0);

pub(super) fn quotes(seed: u64, customers: &[Customer], prices: &Prices) -> Vec<Quote> {
    let mut rng = Rng::stream(seed, "quotes");
    let habits = Habits::of(seed);
    let weights: Vec<(usize, f64)> = customers.iter().enumerate().map(|(i, customer)| (i, customer.weight)).collect();
    time::quote_days(seed)
        .into_iter()
        .map(|day| {
            let customer = rng.weighted(&weights);
            one(&mut rng, &Asked { day, customer, customers, prices, habits: &habits })
        })
        .collect()
}

struct Asked<'a> {
    day: Date,
    customer: usize,
    customers: &'a [Customer],
    prices: &'a Prices,
    habits: &'a Habits,
}

fn one(rng: &mut Rng, asked: &Asked<'_>) -> Quote {
    let customer = &asked.customers[asked.customer];
    let town = if rng.chance(0.7) { customer.town } else { rng.index(TOWNS.len() - 2) };
    let estimator = rng.weighted(&std::array::from_fn::<_, 5, _>(|i| (i, ESTIMATORS[i].weight)));
    let (spec, costing) = loop {
        let spec = signs::draw(rng, customer.kind, &TOWNS[town]);
        let costing = costing(&spec);
        let dollars = level_one(&costing);
        if (COSTS.0 * 0.95..COSTS.1 * 0.85).contains(&dollars) {
            break (spec, costing);
        }
    };
    let sign_type = spec.text("sign_type").unwrap_or("").to_owned();
    let decided_on = time::after(asked.day, time::decision(rng, level_one(&costing)));
    let (wait, make) = time::making(rng, costing.labour.iter().map(|work| work.hours).sum(), spec.flag("rush"));
    let started_on = time::after(decided_on, wait);
    let completed_on = time::after(started_on, make);
    let habit = ESTIMATORS[estimator].bias + asked.habits.of_type(estimator, &sign_type);
    let terms = LedgerTerms { quoted_on: asked.day, started_on, completed_on, habit, prices: asked.prices };
    let ledger = Ledger::of(rng, &spec, &costing, &terms);
    let price = price(rng, customer.kind, ledger.estimated.total());
    let fate = decide(rng, customer.kind, price, &ledger, terms.quoted_on);
    let won = fate == Fate::Won && decided_on <= EXPORT;
    let sale_price = sale_price(rng, price);
    Quote {
        number: String::new(),
        opportunity: String::new(),
        customer: asked.customer,
        town,
        estimator,
        description: crate::files::words::description(&spec, &customer.name),
        created_on: time::after(asked.day, -rng.between(3.0, 24.0)),
        quoted_on: asked.day,
        decided_on,
        spec,
        fate,
        price,
        ledger,
        job: won.then_some(WorkOrder { number: 0, started_on, completed_on, sale_price }),
    }
}

fn level_one(costing: &Costing) -> f64 {
    let labour: f64 = costing.labour.iter().map(|work| work.hours * 64.0).sum();
    let bought = costing.material.iter().chain(&costing.outplant).map(|item| item.quantity * item.price);
    labour + bought.sum::<f64>() * 1.05 + costing.equipment + costing.shipping
}

/// What each estimator usually misses by, beyond the general habit, by sign type.
struct Habits([[f64; signs::TYPES.len()]; 5]);

impl Habits {
    fn of(seed: u64) -> Self {
        let mut rng = Rng::stream(seed, "habits");
        Self(std::array::from_fn(|_| std::array::from_fn(|_| 0.055 * rng.normal())))
    }

    fn of_type(&self, estimator: usize, sign_type: &str) -> f64 {
        signs::TYPES.iter().position(|(known, _)| *known == sign_type).map_or(0.0, |place| self.0[estimator][place])
    }
}

/// Margins differ by who asks: contractors and cities take bids.
fn price(rng: &mut Rng, customer: &str, estimated: Cents) -> Cents {
    let margin = match customer {
        "national" => 0.33,
        "contractor" => 0.255,
        "municipal" => 0.245,
        _ => 0.39,
    };
    let margin = (margin + 0.09 * rng.normal()).clamp(0.06, 0.55);
    let dollars = estimated as f64 / 100.0 / (1.0 - margin);
    let step = if dollars > 2_000.0 { 10.0 } else { 5.0 };
    cents((dollars / step).round() * step)
}

/// Logistic in the price against the market's, as the recipe of the trade has it.
fn decide(rng: &mut Rng, customer: &str, price: Cents, ledger: &Ledger, quoted_on: Date) -> Fate {
    let usual = match customer {
        "national" => 0.33,
        "contractor" => 0.265,
        "municipal" => 0.255,
        _ => 0.38,
    };
    let market = ledger.expected / (1.0 - usual) * rng.lognormal(1.0, 0.07);
    let ratio = (price as f64 / 100.0 / market).ln();
    let slack = if matches!(quoted_on.month(), 11 | 12 | 1) { 0.15 } else { 0.0 };
    let won = rng.chance(1.0 / (1.0 + (-(0.78 + slack - 7.0 * ratio)).exp()));
    if won {
        return Fate::Won;
    }
    let by_price = 40.0 + 160.0 * ratio.max(0.0);
    let reason = rng.weighted(&[
        ("Price", by_price),
        ("Lead time", 11.0),
        ("Project cancelled", 14.0),
        ("Went with incumbent", 12.0),
        ("Budget cut", 10.0),
        ("Permit denied", 4.0),
    ]);
    let known = match reason {
        "Price" => 0.82,
        "Lead time" | "Went with incumbent" => 0.5,
        _ => 0.0,
    };
    let low = if reason == "Price" { market.min(price as f64 / 100.0 * 0.97) } else { market };
    let offered = (low * rng.lognormal(0.985, 0.03) / 5.0).round() * 5.0;
    Fate::Lost { reason, competitor: rng.chance(known).then(|| cents(offered)) }
}

/// One job in nine gets a change order.
fn sale_price(rng: &mut Rng, price: Cents) -> Cents {
    if rng.chance(0.11) { (price as f64 * rng.between(1.02, 1.12) / 500.0).round() as Cents * 500 } else { price }
}
