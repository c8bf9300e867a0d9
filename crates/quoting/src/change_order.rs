//! Change orders: what is added to a won quote, and what the job then comes to.
//!
//! Each order is rounded and taxed by itself, as it is billed; the job is the sum of what was billed.

use rust_decimal::Decimal;
use signwright_domain::change_order::OrderedTotals;
use signwright_domain::quote::{QuoteLine, QuoteVersion, Totals};
use signwright_domain::{Currency, Money};

use crate::QuotingError;
use crate::totals::change;

/// What a change order comes to; less than zero where more is taken out than added.
///
/// # Errors
/// Those of [`crate::totals`], except for a sum below zero.
pub fn change_order(lines: &[QuoteLine], tax_rate: Decimal, currency: Currency) -> Result<Totals, QuotingError> {
    change(lines, tax_rate, currency)
}

/// What was won, with all orders.
///
/// # Errors
/// Orders that take out more than there is.
pub fn ordered<'a>(
    won: &QuoteVersion,
    orders: impl IntoIterator<Item = &'a Totals>,
) -> Result<OrderedTotals, QuotingError> {
    let totals = &won.totals;
    let start = OrderedTotals { cost: totals.cost, subtotal: totals.subtotal, tax: totals.tax, total: totals.total };
    let all = orders.into_iter().try_fold(start, |sum, order| {
        Ok::<_, QuotingError>(OrderedTotals {
            cost: plus(sum.cost, order.cost)?,
            subtotal: plus(sum.subtotal, order.subtotal)?,
            tax: plus(sum.tax, order.tax)?,
            total: plus(sum.total, order.total)?,
        })
    })?;
    if all.subtotal.minor < 0 { Err(QuotingError::BelowZero(all.subtotal.to_decimal())) } else { Ok(all) }
}

fn plus(a: Money, b: Money) -> Result<Money, QuotingError> {
    let minor = a.minor.checked_add(b.minor).ok_or(QuotingError::TooLarge(b.to_decimal()))?;
    Ok(Money::new(minor, a.currency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Offer, new_version};

    fn line(cost: i64, price: i64) -> QuoteLine {
        QuoteLine {
            description: "Crane".to_owned(),
            quantity: Decimal::ONE,
            unit: "each".to_owned(),
            unit_cost: Decimal::new(cost, 2),
            unit_price: Decimal::new(price, 2),
            estimate_id: None,
        }
    }

    fn won(price: i64, tax_rate: Decimal) -> QuoteVersion {
        let offer = Offer {
            lines: vec![line(price / 2, price)],
            tax_rate,
            currency: Currency::USD,
            valid_until: "2026-12-01".parse().expect("a day"),
            terms: String::new(),
            exclusions: Vec::new(),
            decided: None,
            options: Vec::new(),
        };
        new_version(None, "2026-11-01T00:00:00Z".parse().expect("a moment"), offer).expect("a version")
    }

    #[test]
    fn an_order_may_take_out_but_not_more_than_there_is() {
        let won = won(10_000, Decimal::ZERO);
        let totals = |price| change_order(&[line(0, price)], Decimal::ZERO, Currency::USD).expect("totals");
        let all = |orders: &[i64]| {
            let orders: Vec<Totals> = orders.iter().map(|price| totals(*price)).collect();
            ordered(&won, &orders).map(|all| all.total.minor)
        };
        assert_eq!(all(&[]), Ok(10_000));
        assert_eq!(all(&[2_500, -4_000]), Ok(8_500));
        assert_eq!(all(&[-10_000]), Ok(0));
        assert_eq!(all(&[-10_001]), Err(QuotingError::BelowZero("-0.01".parse().expect("decimal"))));
    }

    proptest! {
        /// The job is what was billed for it, to the cent.
        #[test]
        fn a_job_is_its_quote_and_its_orders(
            price in 0_i64..10_000_000,
            orders in prop::collection::vec((0_i64..1_000_000, 0_i64..1_000_000), 0..6),
            tax in 0_i64..2_500,
        ) {
            let tax_rate = Decimal::new(tax, 4);
            let won = won(price, tax_rate);
            let orders: Vec<Totals> = orders
                .into_iter()
                .map(|(cost, price)| change_order(&[line(cost, price)], tax_rate, Currency::USD).expect("totals"))
                .collect();
            let all = ordered(&won, &orders).expect("totals");
            let billed = won.totals.total.minor + orders.iter().map(|order| order.total.minor).sum::<i64>();
            prop_assert_eq!(all.total.minor, billed);
            prop_assert_eq!(all.subtotal.minor + all.tax.minor, all.total.minor);
        }
    }
}
