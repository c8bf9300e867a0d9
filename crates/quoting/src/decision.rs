//! The price decision: expected cost, contingency, escalation, profit, rounding, discount, tax and deposit, step by step.
//!
//! Every amount is exact to the minor unit and every sum is the sum of the steps above it. Rounding happens where a person
//! sees it: the profit to the minor unit, the price by the one rule, discount, tax and deposit once each, half away from
//! zero. A price is judged by its floor, by the chance that it is taken, and by how many offers are taken at all.

mod chance;
mod floor;
mod lines;
mod signals;

use rust_decimal::{Decimal, RoundingStrategy};
use signwright_domain::Money;
use signwright_domain::price_decision::{
    PriceBackground, PriceDecision, PriceRounding, PriceStep, PriceStepKind, PriceWay, PricedJob, ShareOrAmount,
};

use crate::QuotingError;
use crate::price::{price_by_margin, price_by_markup};
use crate::totals::{MAX_AMOUNT, ratio};

pub use floor::{floor_for, floor_of_totals};
pub use lines::{lines_at, options_at, options_without_discount, without_discount};

/// Prices a job.
///
/// # Errors
/// Where a figure cannot be: rates out of range, amounts of another currency or too large, a contingency that the estimate
/// does not have, a discount above the price.
pub fn decide(decision: &PriceDecision, background: &PriceBackground) -> Result<PricedJob, QuotingError> {
    let mut ladder = Ladder::of(background.cost)?;
    ladder.add(contingency(decision, background)?)?;
    ladder.add(escalation(decision)?)?;
    let cost = ladder.sum(PriceStepKind::Cost, "Cost to price on");
    let wanted = wanted(decision.way, cost)?;
    ladder.add(Some(profit(decision.way, cost, wanted)?))?;
    let rounded = rounded(wanted, decision.rounding)?;
    ladder.add(Some(step(
        PriceStepKind::Rounding,
        "Rounding",
        said(decision.rounding, cost),
        minus(rounded, wanted)?,
    )))?;
    let list = ladder.sum(PriceStepKind::ListPrice, "List price");
    ladder.add(discount(decision.discount, list)?)?;
    let net = ladder.sum(PriceStepKind::Net, "Net price");
    let tax = tax(decision.tax_rate, net)?;
    ladder.add(Some(step(PriceStepKind::Tax, "Tax", share_of(decision.tax_rate, "net price"), tax)))?;
    let total = ladder.sum(PriceStepKind::Total, "Total");
    let deposit = share(decision.deposit, total, QuotingError::Deposit)?;
    let less = step(PriceStepKind::Deposit, "Deposit", share_said(decision.deposit, "total"), -deposit);
    ladder.add((deposit.minor != 0).then_some(less))?;
    let balance = ladder.sum(PriceStepKind::Balance, "Due on completion");
    let floor = background.floor.as_ref().map(|floor| floor::check(floor, cost, net)).transpose()?;
    let chance = chance::at(&background.chances, net, background.cost)?;
    let signals = signals::of(background, floor.as_ref(), chance.as_ref(), cost, net);
    Ok(PricedJob {
        steps: ladder.steps,
        cost,
        net,
        tax,
        total,
        deposit,
        balance,
        profit: minus(net, cost)?,
        markup: ratio(net, cost, cost),
        margin: ratio(net, cost, net),
        expected_margin: ratio(net, background.cost, net),
        rounding: said(decision.rounding, cost),
        floor,
        chance,
        signals,
    })
}

/// The price of one way before rounding, exact to the minor unit.
pub(crate) fn wanted(way: PriceWay, cost: Money) -> Result<Money, QuotingError> {
    match way {
        PriceWay::Markup { markup } => within(price_by_markup(cost.to_decimal(), markup)?, cost),
        PriceWay::Margin { margin } => within(price_by_margin(cost.to_decimal(), margin)?, cost),
        PriceWay::Price { price } if price.minor >= 0 => same_currency(price, cost),
        PriceWay::Price { price } => Err(QuotingError::BelowZero(price.to_decimal())),
    }
}

fn profit(way: PriceWay, cost: Money, wanted: Money) -> Result<PriceStep, QuotingError> {
    let how = match way {
        PriceWay::Markup { markup } => format!("cost x {}", (Decimal::ONE + markup).normalize()),
        PriceWay::Margin { margin } => format!("cost / {}", (Decimal::ONE - margin).normalize()),
        PriceWay::Price { price } => format!("to a price of {price}"),
    };
    Ok(step(PriceStepKind::Profit, "Overhead beyond the rates, and profit", how, minus(wanted, cost)?))
}

fn contingency(decision: &PriceDecision, background: &PriceBackground) -> Result<Option<PriceStep>, QuotingError> {
    let Some(percentile) = decision.contingency else { return Ok(None) };
    let known = background.at_most.iter().find(|at_most| at_most.percentile == percentile);
    let at_most = known.ok_or(QuotingError::Contingency(percentile))?;
    let over = minus(same_currency(at_most.cost, background.cost)?, background.cost)?;
    let over = if over.minor < 0 { Money::zero(over.currency) } else { over };
    let how = format!("{percentile} of 100 such jobs cost at most {}", at_most.cost);
    Ok(Some(step(PriceStepKind::Contingency, "Contingency", how, over)))
}

fn escalation(decision: &PriceDecision) -> Result<Option<PriceStep>, QuotingError> {
    match decision.escalation {
        Some(amount) if amount.minor < 0 => Err(QuotingError::BelowZero(amount.to_decimal())),
        Some(amount) => {
            let how = "what prices may rise until the quote ends".to_owned();
            Ok(Some(step(PriceStepKind::Escalation, "Escalation", how, amount)))
        }
        None => Ok(None),
    }
}

/// The price by the one rule.
///
/// # Errors
/// A step that is not above zero or has parts of the minor unit.
pub fn rounded(price: Money, rounding: PriceRounding) -> Result<Money, QuotingError> {
    let Some(to) = rounding.to else { return Ok(price) };
    let minor = to
        .checked_mul(Decimal::from(10_i64.pow(price.currency.places())))
        .filter(|step| step.is_integer() && *step >= Decimal::ONE && *step <= Decimal::from(10_000_000));
    let step = minor.ok_or(QuotingError::RoundingStep(to))?;
    let way = if rounding.up { RoundingStrategy::ToPositiveInfinity } else { RoundingStrategy::MidpointAwayFromZero };
    let steps = (Decimal::from(price.minor) / step).round_dp_with_strategy(0, way);
    let rounded = steps * step / Decimal::from(10_i64.pow(price.currency.places()));
    within(rounded, price)
}

/// The rule in words.
fn said(rounding: PriceRounding, like: Money) -> String {
    match (rounding.to, rounding.up) {
        (None, _) => format!("to the minor unit of {}", like.currency),
        (Some(to), true) => format!("up to the next {to}"),
        (Some(to), false) => format!("to the nearest {to}"),
    }
}

fn discount(discount: ShareOrAmount, list: Money) -> Result<Option<PriceStep>, QuotingError> {
    let amount = share(discount, list, QuotingError::Discount)?;
    let step = step(PriceStepKind::Discount, "Discount", share_said(discount, "list price"), -amount);
    Ok((discount != ShareOrAmount::Nothing).then_some(step))
}

/// A share or an amount of something, between zero and all of it.
fn share(share: ShareOrAmount, of: Money, refused: fn(Decimal) -> QuotingError) -> Result<Money, QuotingError> {
    let amount = match share {
        ShareOrAmount::Nothing => Money::zero(of.currency),
        ShareOrAmount::Part { share } if share < Decimal::ZERO || share > Decimal::ONE => return Err(refused(share)),
        ShareOrAmount::Part { share } => within(of.to_decimal() * share, of)?,
        ShareOrAmount::Amount { amount } => same_currency(amount, of)?,
    };
    if amount.minor < 0 || amount.minor > of.minor { Err(refused(amount.to_decimal())) } else { Ok(amount) }
}

fn share_said(share: ShareOrAmount, of: &str) -> String {
    match share {
        ShareOrAmount::Part { share } => share_of(share, of),
        ShareOrAmount::Amount { .. } => "an amount".to_owned(),
        ShareOrAmount::Nothing => String::new(),
    }
}

fn share_of(share: Decimal, of: &str) -> String {
    format!("{} % of the {of}", (share * Decimal::ONE_HUNDRED).normalize())
}

fn tax(rate: Decimal, net: Money) -> Result<Money, QuotingError> {
    if rate < Decimal::ZERO || rate >= Decimal::ONE {
        return Err(QuotingError::TaxRate(rate));
    }
    within(net.to_decimal() * rate, net)
}

/// Steps, and what they come to so far.
struct Ladder {
    steps: Vec<PriceStep>,
    sum: Money,
}

impl Ladder {
    fn of(cost: Money) -> Result<Self, QuotingError> {
        if cost.minor < 0 {
            return Err(QuotingError::Cost(cost.to_decimal()));
        }
        let first = step(PriceStepKind::ExpectedCost, "Expected cost", "the estimate".to_owned(), cost);
        within(cost.to_decimal(), cost)?;
        Ok(Self { steps: vec![first], sum: cost })
    }

    fn add(&mut self, step: Option<PriceStep>) -> Result<(), QuotingError> {
        let Some(step) = step else { return Ok(()) };
        let amount = same_currency(step.amount, self.sum)?;
        let minor = self.sum.minor.checked_add(amount.minor).ok_or(QuotingError::TooLarge(amount.to_decimal()))?;
        self.sum = Money::new(minor, self.sum.currency);
        within(self.sum.to_decimal(), self.sum)?;
        self.steps.push(step);
        Ok(())
    }

    fn sum(&mut self, kind: PriceStepKind, label: &str) -> Money {
        let sum = PriceStep { is_sum: true, ..step(kind, label, String::new(), self.sum) };
        self.steps.push(sum);
        self.sum
    }
}

fn step(kind: PriceStepKind, label: &str, how: String, amount: Money) -> PriceStep {
    PriceStep { kind, label: label.to_owned(), how, amount, is_sum: false }
}

fn same_currency(amount: Money, like: Money) -> Result<Money, QuotingError> {
    if amount.currency == like.currency {
        Ok(amount)
    } else {
        Err(QuotingError::OtherCurrency(amount.currency, like.currency))
    }
}

fn minus(a: Money, b: Money) -> Result<Money, QuotingError> {
    let minor = a.minor.checked_sub(b.minor).ok_or(QuotingError::TooLarge(a.to_decimal()))?;
    Ok(Money::new(minor, a.currency))
}

/// Rounds half away from zero to the minor unit, within what a quote can hold.
fn within(amount: Decimal, like: Money) -> Result<Money, QuotingError> {
    if amount.abs() > Decimal::from(MAX_AMOUNT) {
        return Err(QuotingError::TooLarge(amount));
    }
    Ok(Money::from_decimal(amount, like.currency)?)
}

#[cfg(test)]
mod tests;
