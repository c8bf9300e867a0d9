//! From a cost to a price: by markup on the cost, or by margin of the price.
//!
//! Rates are fractions. Prices come back unrounded; [`round_to_currency`] brings a unit price to cents.

use rust_decimal::{Decimal, RoundingStrategy};
use signwright_domain::Currency;

use crate::QuotingError;

/// cost x (1 + markup). `cost` in major units from 0; markup above -1 (selling below cost is allowed) and at most 100.
pub fn price_by_markup(cost: Decimal, markup: Decimal) -> Result<Decimal, QuotingError> {
    checked_cost(cost)?;
    checked_markup(markup)?;
    cost.checked_mul(Decimal::ONE + markup).ok_or(QuotingError::TooLarge(cost))
}

/// cost / (1 - margin). `cost` in major units from 0; margin below 1 and above -100.
pub fn price_by_margin(cost: Decimal, margin: Decimal) -> Result<Decimal, QuotingError> {
    checked_cost(cost)?;
    checked_margin(margin)?;
    cost.checked_div(Decimal::ONE - margin).ok_or(QuotingError::TooLarge(cost))
}

/// The markup that earns this margin: g / (1 - g).
pub fn markup_from_margin(margin: Decimal) -> Result<Decimal, QuotingError> {
    checked_margin(margin)?;
    margin.checked_div(Decimal::ONE - margin).ok_or(QuotingError::Margin(margin))
}

/// The margin that this markup earns: m / (1 + m).
pub fn margin_from_markup(markup: Decimal) -> Result<Decimal, QuotingError> {
    checked_markup(markup)?;
    markup.checked_div(Decimal::ONE + markup).ok_or(QuotingError::Markup(markup))
}

/// Rounds a price half away from zero to the currency's minor unit.
pub fn round_to_currency(price: Decimal, currency: Currency) -> Decimal {
    price.round_dp_with_strategy(currency.places(), RoundingStrategy::MidpointAwayFromZero)
}

fn checked_cost(cost: Decimal) -> Result<(), QuotingError> {
    if cost < Decimal::ZERO { Err(QuotingError::Cost(cost)) } else { Ok(()) }
}

fn checked_markup(markup: Decimal) -> Result<(), QuotingError> {
    if markup > -Decimal::ONE && markup <= Decimal::ONE_HUNDRED { Ok(()) } else { Err(QuotingError::Markup(markup)) }
}

fn checked_margin(margin: Decimal) -> Result<(), QuotingError> {
    if margin > -Decimal::ONE_HUNDRED && margin < Decimal::ONE { Ok(()) } else { Err(QuotingError::Margin(margin)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("decimal")
    }

    #[test]
    fn markup_and_margin_price_the_same_cost_differently() {
        assert_eq!(price_by_markup(decimal("100"), decimal("0.4")), Ok(decimal("140.0")));
        assert_eq!(price_by_margin(decimal("100"), decimal("0.2")), Ok(decimal("125")));
        assert_eq!(price_by_markup(decimal("100"), decimal("-0.1")), Ok(decimal("90.0")));
        assert_eq!(markup_from_margin(decimal("0.5")), Ok(Decimal::ONE));
        assert_eq!(margin_from_markup(decimal("1")), Ok(decimal("0.5")));
    }

    #[test]
    fn a_margin_of_all_of_the_price_is_refused() {
        assert_eq!(price_by_margin(decimal("100"), Decimal::ONE), Err(QuotingError::Margin(Decimal::ONE)));
        assert_eq!(price_by_markup(decimal("100"), -Decimal::ONE), Err(QuotingError::Markup(-Decimal::ONE)));
        assert_eq!(price_by_markup(decimal("-1"), Decimal::ONE), Err(QuotingError::Cost(decimal("-1"))));
        assert!(price_by_margin(Decimal::MAX, decimal("0.9")).is_err());
    }

    #[test]
    fn cents_round_half_away_from_zero() {
        assert_eq!(round_to_currency(decimal("10.005"), Currency::USD), decimal("10.01"));
        assert_eq!(round_to_currency(decimal("10.4"), "JPY".parse().expect("code")), decimal("10"));
    }

    proptest! {
        #[test]
        fn markup_and_margin_are_inverse(markup in -9_900_i64..1_000_000) {
            let markup = Decimal::new(markup, 4);
            let back = markup_from_margin(margin_from_markup(markup).expect("margin"));
            prop_assert!((back.expect("markup") - markup).abs() < decimal("0.00000000000001"));
        }

        #[test]
        fn both_ways_give_one_price(cost in 0_i64..1_000_000_000, margin in -5_000_i64..9_900) {
            let (cost, margin) = (Decimal::new(cost, 2), Decimal::new(margin, 4));
            let by_margin = price_by_margin(cost, margin).expect("price");
            let by_markup = price_by_markup(cost, markup_from_margin(margin).expect("markup")).expect("price");
            prop_assert!((by_margin - by_markup).abs() < decimal("0.000000001"));
        }
    }
}
