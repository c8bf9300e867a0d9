//! A decided price as lines of a quote, which come to it exactly.

use rust_decimal::Decimal;
use signwright_domain::Money;
use signwright_domain::price_decision::{PriceStepKind, PricedJob};
use signwright_domain::quote::QuoteLine;

use crate::QuotingError;
use crate::totals::MAX_QUANTITY;

/// One line at the list price and, where there is one, a line for the discount. Where the list price cannot be divided by
/// the quantity to the minor unit, the line is of one lot, because rounded prices of one would not add up.
///
/// # Errors
/// A quantity of zero or above the most that a line may have.
pub fn lines_at(priced: &PricedJob, description: &str, quantity: u32) -> Result<Vec<QuoteLine>, QuotingError> {
    if quantity == 0 || quantity > MAX_QUANTITY {
        return Err(QuotingError::SignCount(quantity.to_string()));
    }
    let amount = |kind| priced.steps.iter().find(|step| step.kind == kind).map(|step| step.amount);
    let list = amount(PriceStepKind::ListPrice).unwrap_or(priced.net);
    let whole = list.minor % i64::from(quantity) == 0;
    let (count, unit) = if whole { (Decimal::from(quantity), "each") } else { (Decimal::ONE, "lot") };
    let description = if whole { description.to_owned() } else { format!("{quantity} x {description}") };
    let mut lines = vec![QuoteLine {
        description,
        quantity: count,
        unit: unit.to_owned(),
        unit_cost: priced.cost.to_decimal() / count,
        unit_price: list.to_decimal() / count,
        estimate_id: None,
    }];
    lines.extend(amount(PriceStepKind::Discount).filter(|discount| discount.minor != 0).map(discount));
    Ok(lines)
}

fn discount(amount: Money) -> QuoteLine {
    QuoteLine {
        description: "Discount".to_owned(),
        quantity: Decimal::ONE,
        unit: "lot".to_owned(),
        unit_cost: Decimal::ZERO,
        unit_price: amount.to_decimal(),
        estimate_id: None,
    }
}
