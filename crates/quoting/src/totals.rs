//! What the lines of a quote come to.
//!
//! A line's amount is quantity x unit price, rounded half away from zero to the currency's minor unit; the tax is
//! rounded once, on the subtotal. Nothing else is rounded: the sum of the printed amounts is the printed subtotal.

use rust_decimal::Decimal;
use signwright_domain::quote::{QuoteLine, Totals};
use signwright_domain::{Currency, Money};

use crate::QuotingError;

/// A quote has at most this many lines.
pub const MAX_LINES: usize = 1_000;
/// A line has at most this many of one thing.
pub const MAX_QUANTITY: u32 = 1_000_000;
/// A unit price or unit cost is at most this, in major units. A discount is a line with a price below zero.
pub const MAX_PRICE: u32 = 1_000_000_000;
/// Every amount is at most this, in major units: with three decimal places it still is exact in a browser's numbers.
pub const MAX_AMOUNT: u64 = 1_000_000_000_000;

/// Decimal places that markup and margin are given with.
const RATIO_PLACES: u32 = 6;

/// Adds up the lines of a quote. `tax_rate` is a fraction (0.07 is 7 %), 0 to below 1.
///
/// The cost is the exact sum of quantity x unit cost, brought to cents once. Markup and margin have six decimal places.
/// Refuses no lines or too many, negative quantities and costs, everything above the limits of this module, and a
/// subtotal below zero.
pub fn totals(lines: &[QuoteLine], tax_rate: Decimal, currency: Currency) -> Result<Totals, QuotingError> {
    let totals = change(lines, tax_rate, currency)?;
    match totals.subtotal.minor < 0 {
        true => Err(QuotingError::BelowZero(totals.subtotal.to_decimal())),
        false => Ok(totals),
    }
}

/// The same of lines that may come to less than zero, because they change something larger.
pub(crate) fn change(lines: &[QuoteLine], tax_rate: Decimal, currency: Currency) -> Result<Totals, QuotingError> {
    check(lines, tax_rate)?;
    let amounts = lines.iter().map(|line| amount(line, currency)).collect::<Result<Vec<_>, _>>()?;
    let subtotal = sum(&amounts, currency)?;
    let tax = money(product(subtotal.to_decimal(), tax_rate)?, currency)?;
    let total = sum(&[subtotal, tax], currency)?;
    let cost = money(cost(lines)?, currency)?;
    Ok(Totals {
        markup: ratio(subtotal, cost, cost),
        margin: ratio(subtotal, cost, subtotal),
        amounts,
        cost,
        subtotal,
        tax,
        total,
    })
}

fn check(lines: &[QuoteLine], tax_rate: Decimal) -> Result<(), QuotingError> {
    if lines.is_empty() {
        return Err(QuotingError::NoLines);
    }
    if lines.len() > MAX_LINES {
        return Err(QuotingError::TooManyLines(lines.len()));
    }
    if tax_rate < Decimal::ZERO || tax_rate >= Decimal::ONE {
        return Err(QuotingError::TaxRate(tax_rate));
    }
    lines.iter().zip(1..).try_for_each(|(entered, line)| check_line(entered, line))
}

fn check_line(entered: &QuoteLine, line: usize) -> Result<(), QuotingError> {
    let limit = Decimal::from(MAX_PRICE);
    if entered.description.trim().is_empty() {
        return Err(QuotingError::NoDescription { line });
    }
    if entered.quantity < Decimal::ZERO || entered.quantity > Decimal::from(MAX_QUANTITY) {
        return Err(QuotingError::Quantity { line, quantity: entered.quantity });
    }
    if entered.unit_price.abs() > limit {
        return Err(QuotingError::UnitPrice { line, price: entered.unit_price });
    }
    if entered.unit_cost < Decimal::ZERO || entered.unit_cost > limit {
        return Err(QuotingError::UnitCost { line, cost: entered.unit_cost });
    }
    Ok(())
}

pub(crate) fn amount(line: &QuoteLine, currency: Currency) -> Result<Money, QuotingError> {
    money(product(line.quantity, line.unit_price)?, currency)
}

fn cost(lines: &[QuoteLine]) -> Result<Decimal, QuotingError> {
    lines.iter().try_fold(Decimal::ZERO, |sum, line| {
        sum.checked_add(product(line.quantity, line.unit_cost)?).ok_or(QuotingError::TooLarge(sum))
    })
}

fn sum(amounts: &[Money], currency: Currency) -> Result<Money, QuotingError> {
    let minor = amounts.iter().try_fold(0_i64, |sum, amount| {
        sum.checked_add(amount.minor).ok_or(QuotingError::TooLarge(amount.to_decimal()))
    })?;
    within_limit(Money::new(minor, currency))
}

fn money(amount: Decimal, currency: Currency) -> Result<Money, QuotingError> {
    within_limit(Money::from_decimal(amount, currency)?)
}

fn within_limit(amount: Money) -> Result<Money, QuotingError> {
    let exact = amount.to_decimal();
    if exact.abs() > Decimal::from(MAX_AMOUNT) { Err(QuotingError::TooLarge(exact)) } else { Ok(amount) }
}

pub(crate) fn product(a: Decimal, b: Decimal) -> Result<Decimal, QuotingError> {
    a.checked_mul(b).ok_or(QuotingError::TooLarge(a))
}

/// (price - cost) / of, `None` where there is nothing to divide by.
pub(crate) fn ratio(price: Money, cost: Money, of: Money) -> Option<Decimal> {
    if of.minor == 0 {
        return None;
    }
    (price - cost).to_decimal().checked_div(of.to_decimal()).map(|share| share.round_dp(RATIO_PLACES))
}

#[cfg(test)]
mod tests;
