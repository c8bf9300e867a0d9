//! How likely an offer is taken, and which price is expected to earn most.
//!
//! Learned from the shop's own decided quotes when somebody first asks and kept until another import or another decision:
//! it takes about a second for thousands of outcomes, and an estimate never waits for it because it is a command of its own.
//! The price is compared with the cost that was estimated at the time, because that is what is known before an offer is made.

mod conversion;
mod history;

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use signwright_domain::price_decision::{Conversion, PriceChance};
use signwright_domain::{Money, Specification, Task};
use signwright_learn::outcome::{self, Chance, Chances, learn_chances};
use ts_rs::TS;

use crate::{Action, CallError, Code, money};
use conversion::Conversions;
use history::{Stamp, one};

/// What is offered to whom.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WinQuery {
    /// What the work costs us.
    pub cost: Money,
    /// Before tax; the price that is expected to earn most when not given.
    #[serde(default)]
    pub price: Option<Money>,
    /// As in the records of jobs; somebody new when not given or not known.
    #[serde(default)]
    pub customer: Option<String>,
    #[serde(default)]
    pub specification: Specification,
}

/// How likely an offer is taken, and what other prices would earn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Winning {
    pub price: Money,
    /// 0 to 1.
    pub chance: f64,
    /// Four times in five the true chance lies between.
    pub low: f64,
    pub high: f64,
    /// Past offers that were thought as likely before they were decided, and how many of them were won.
    pub near: u32,
    pub near_won: u32,
    pub customer_offers: u32,
    pub customer_won: u32,
    /// The price over the cost was never tried: the chance is that at the edge of what was.
    pub outside: bool,
    /// Absent where the price does not tell won from lost.
    pub curve: Option<WinCurve>,
    /// What wins and what loses, in up to three lines.
    pub words: Vec<String>,
    /// What it rests on, and how good it was on the newest outcomes.
    pub outcomes: u32,
    pub won: u32,
    pub measured: WinMeasured,
}

/// Expected profit over the price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WinCurve {
    pub points: Vec<WinPoint>,
    pub best: WinPoint,
    /// Prices that are expected to earn within 2 % of the best.
    pub from: Money,
    pub to: Money,
    /// The best is the highest price that was ever tried: nobody knows what a higher one would earn.
    pub at_upper_edge: bool,
    /// The best is the lowest price that was ever tried.
    pub at_lower_edge: bool,
}

/// One price.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WinPoint {
    pub price: Money,
    pub chance: f64,
    /// Chance times price less cost.
    pub profit: Money,
}

/// How good chances were on the newest outcomes, learned from the older ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WinMeasured {
    pub offers: u32,
    /// How often a won offer was thought likelier than a lost one; 0.5 is chance.
    pub auc: f64,
    /// Mean squared error, and that of always saying the share won.
    pub brier: f64,
    pub brier_share: f64,
    /// The error is below that of the share.
    pub better_than_share: bool,
}

/// What was learned, with what it was learned from.
pub(crate) type Learned = Mutex<Option<(Stamp, Arc<Known>)>>;

/// What decided offers say.
pub(crate) struct Known {
    chances: Result<Chances, CallError>,
    conversions: Conversions,
}

/// What is known of the prices of an offer.
pub(crate) struct PriceChances {
    /// By rising price; else why nothing is known.
    pub(crate) chances: Result<Vec<PriceChance>, String>,
    /// How offers of this kind went in the last two years.
    pub(crate) conversion: Option<Conversion>,
}

/// The chance over the price, and how such offers went.
pub(crate) fn price_chances(
    action: &Action,
    cost: Money,
    customer: &str,
    specification: &Specification,
) -> Result<PriceChances, CallError> {
    let known = learned(action)?;
    let conversion = known.conversions.of(specification.text("sign_type"));
    if cost.minor <= 0 {
        return Ok(PriceChances { chances: Err("without a cost no chance is known".to_owned()), conversion });
    }
    let chances = match &known.chances {
        Ok(chances) => curve_of(action, chances, cost, customer, specification)?,
        Err(error) => Err(error.message.clone()),
    };
    Ok(PriceChances { chances, conversion })
}

fn curve_of(
    action: &Action,
    chances: &Chances,
    cost: Money,
    customer: &str,
    specification: &Specification,
) -> Result<Result<Vec<PriceChance>, String>, CallError> {
    let customer = Some(customer.to_owned());
    let query = WinQuery { cost, price: None, customer, specification: specification.clone() };
    let Some(curve) = chances.price_to_win(&one(&query, action.today(), money::to_statistics(cost)))? else {
        return Ok(Err("the price did not tell won from lost so far".to_owned()));
    };
    let mut points: Vec<PriceChance> = Vec::new();
    for point in &curve.points {
        let price = money::from_statistics(point.price, cost.currency)?;
        if points.last().is_none_or(|last| last.price.minor < price.minor) {
            points.push(PriceChance { price, chance: point.chance.clamp(0.0, 1.0) });
        }
    }
    Ok(Ok(points))
}

pub fn win_chance(action: &Action, input: WinQuery) -> Result<Winning, CallError> {
    positive("cost", input.cost)?;
    input.price.map_or(Ok(()), |price| positive("price", price))?;
    let learned = learned(action)?;
    let chances = learned.chances.as_ref().map_err(Clone::clone)?;
    let cost = money::to_statistics(input.cost);
    let mut offer = one(&input, action.today(), cost);
    let curve = chances.price_to_win(&offer)?;
    let price = match (input.price, &curve) {
        (Some(price), _) => price,
        (None, Some(curve)) => money::from_statistics(curve.best.price, input.cost.currency)?,
        (None, None) => {
            return Err(CallError::new(
                Code::NotEnoughData,
                "the price did not tell won from lost so far, or no price that was tried leaves a profit",
            )
            .hint("Give a price to see the chance at it."));
        }
    };
    offer.price[0] = money::to_statistics(price);
    let told = chances.predict(&offer)?;
    let told = told.first().ok_or_else(|| CallError::new(Code::Internal, "no chance for an offer"))?;
    winning(chances, told, price, curve.as_ref())
}

fn positive(what: &str, amount: Money) -> Result<(), CallError> {
    if amount.minor > 0 { Ok(()) } else { Err(CallError::invalid(format!("a {what} of {amount} is not above 0"))) }
}

/// Learned once for what is known now; a refusal is kept as well.
fn learned(action: &Action) -> Result<Arc<Known>, CallError> {
    let stamp = history::stamp(action)?;
    let mut cached = action.chances_cache().lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, learned)) = cached.as_ref().filter(|(of, _)| *of == stamp) {
        return Ok(Arc::clone(learned));
    }
    let (outcomes, conversions) = history::outcomes(action)?;
    let chances = learn_chances(&Task::silent(), &outcomes).map_err(CallError::from);
    let learned = Arc::new(Known { chances, conversions });
    *cached = Some((stamp, Arc::clone(&learned)));
    Ok(learned)
}

fn winning(
    chances: &Chances,
    told: &Chance,
    price: Money,
    curve: Option<&outcome::PriceCurve>,
) -> Result<Winning, CallError> {
    let card = chances.card();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Winning {
        price,
        chance: told.chance,
        low: told.low,
        high: told.high,
        near: count(told.near),
        near_won: count(told.near_won),
        customer_offers: told.customer_offers,
        customer_won: told.customer_won,
        outside: told.outside,
        curve: curve.map(|curve| in_money(curve, price)).transpose()?,
        words: chances.words().to_vec(),
        outcomes: count(card.outcomes),
        won: count(card.won),
        measured: WinMeasured {
            offers: count(card.measured.offers),
            auc: card.measured.auc,
            brier: card.measured.brier,
            brier_share: card.measured.brier_share,
            better_than_share: card.better_than_share,
        },
    })
}

fn in_money(curve: &outcome::PriceCurve, like: Money) -> Result<WinCurve, CallError> {
    let amount = |x: f64| money::from_statistics(x, like.currency);
    let point = |point: &outcome::CurvePoint| {
        Ok::<_, CallError>(WinPoint {
            price: amount(point.price)?,
            chance: point.chance,
            profit: amount(point.profit)?,
        })
    };
    Ok(WinCurve {
        points: curve.points.iter().map(point).collect::<Result<_, _>>()?,
        best: point(&curve.best)?,
        from: amount(curve.from)?,
        to: amount(curve.to)?,
        at_upper_edge: curve.at_upper_edge,
        at_lower_edge: curve.at_lower_edge,
    })
}
