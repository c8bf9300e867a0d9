//! The chance that a price is taken, between the prices of a curve, and what each is expected to earn.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use signwright_domain::Money;
use signwright_domain::price_decision::{ChanceAtPrice, PriceChance};

use super::{minus, same_currency, within};
use crate::QuotingError;

/// Decimal places of a chance, before it multiplies an amount.
const PLACES: u32 = 6;

/// `None` without a curve. Between two prices the chance goes straight; beyond the ends it is that of the end.
pub(super) fn at(curve: &[PriceChance], net: Money, cost: Money) -> Result<Option<ChanceAtPrice>, QuotingError> {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return Ok(None) };
    for point in curve {
        same_currency(point.price, net)?;
    }
    let rising = curve.windows(2).all(|pair| pair[0].price.minor < pair[1].price.minor);
    if !rising || curve.iter().any(|point| !(0.0..=1.0).contains(&point.chance)) {
        return Err(QuotingError::ChanceCurve);
    }
    let profits = curve.iter().map(|point| profit(point.chance, point.price, cost)).collect::<Result<Vec<_>, _>>()?;
    let best = profits.iter().enumerate().rev().max_by_key(|(_, profit)| profit.minor).map_or(0, |(at, _)| at);
    let chance = between(curve, net);
    Ok(Some(ChanceAtPrice {
        chance,
        profit: profit(chance, net, cost)?,
        best: curve[best],
        best_profit: profits[best],
        outside: net.minor < first.price.minor || net.minor > last.price.minor,
        profits,
    }))
}

fn between(curve: &[PriceChance], price: Money) -> f64 {
    let above = curve.partition_point(|point| point.price.minor <= price.minor);
    match (above.checked_sub(1).map(|below| curve[below]), curve.get(above)) {
        (Some(below), Some(above)) => {
            let share = (price.minor - below.price.minor) as f64 / (above.price.minor - below.price.minor) as f64;
            below.chance + share * (above.chance - below.chance)
        }
        (Some(end), None) => end.chance,
        (None, first) => first.map_or(0.0, |first| first.chance),
    }
}

fn profit(chance: f64, price: Money, cost: Money) -> Result<Money, QuotingError> {
    let chance = Decimal::from_f64(chance).ok_or(QuotingError::ChanceCurve)?.round_dp(PLACES);
    within(minus(price, cost)?.to_decimal() * chance, price)
}
