//! The lowest margin without approval: which one counts, and whether a price keeps it.

use rust_decimal::RoundingStrategy;
use signwright_domain::Money;
use signwright_domain::price_decision::{DecidedPrice, FloorCheck, MarginFloor, MarginFloors};
use signwright_domain::quote::Totals;

use super::within;
use crate::QuotingError;
use crate::describe::choice_label;
use crate::price::price_by_margin;

/// What work without a sign type is called.
const OTHER: &str = "other work";

/// The floor of a quote of these kinds of work; `None` is work of which the sign type is not known. The strictest counts,
/// because the parts of a quote have one price.
pub fn floor_for(floors: &MarginFloors, kinds: &[Option<&str>]) -> Option<MarginFloor> {
    let of = |kind: &Option<&str>| {
        let margin = kind.and_then(|kind| floors.by_type.get(kind)).copied().or(floors.default)?;
        let category = kind.map_or_else(|| OTHER.to_owned(), |kind| choice_label("sign_type", kind));
        Some(MarginFloor { category, margin })
    };
    let strictest = kinds.iter().filter_map(of).reduce(|a, b| if b.margin > a.margin { b } else { a });
    strictest.or_else(|| kinds.is_empty().then(|| of(&None)).flatten())
}

/// Whether what a quote comes to keeps the floor, over the cost that was decided on where one was, else over that of its
/// lines.
///
/// # Errors
/// A margin that cannot be.
pub fn floor_of_totals(
    floor: &MarginFloor,
    totals: &Totals,
    decided: Option<&DecidedPrice>,
) -> Result<FloorCheck, QuotingError> {
    check(floor, decided.map_or(totals.cost, |decided| decided.priced.cost), totals.subtotal)
}

/// The lowest price without approval is rounded up: at it, the margin is kept.
pub(super) fn check(floor: &MarginFloor, cost: Money, net: Money) -> Result<FloorCheck, QuotingError> {
    let exact = price_by_margin(cost.to_decimal(), floor.margin)?;
    let places = cost.currency.places();
    let price = within(exact.round_dp_with_strategy(places, RoundingStrategy::ToPositiveInfinity), cost)?;
    let below = Money::new((price.minor - net.minor).max(0), cost.currency);
    Ok(FloorCheck {
        category: floor.category.clone(),
        margin: floor.margin,
        price,
        needs_approval: below.minor > 0,
        below,
    })
}
