//! A decided price as lines of a quote, which come to it exactly.
//!
//! Lines that have a cost share the list price by it; what has none keeps its price. What prices of one in minor units leave
//! over goes into one line. Costs stay as they are, so that a quote can be priced again.

use std::cmp::Reverse;

use rust_decimal::{Decimal, RoundingStrategy};
use signwright_domain::Money;
use signwright_domain::price_decision::{PriceStepKind, PricedJob};
use signwright_domain::quote::QuoteLine;
use signwright_domain::quote_option::{OptionLine, QuoteOption};

use crate::QuotingError;
use crate::options::{active_break, at_its_break};
use crate::totals::{amount, product};

/// Decimal places that a price of one may have where a line cannot be of one lot.
const FINEST: u32 = 12;

/// The lines at the list price and, where there is one, a line for the discount. What an earlier decision took off is
/// expected to be gone ([`without_discount`]). A line that cannot be divided by its quantity to the minor unit and has to
/// take what is left over becomes one lot, because rounded prices of one would not add up.
///
/// # Errors
/// No line with a cost, or lines without a cost that come to more than the price.
pub fn lines_at(priced: &PricedJob, lines: &[QuoteLine]) -> Result<Vec<QuoteLine>, QuotingError> {
    let mut lines = lines.to_vec();
    let may_be_lot = vec![true; lines.len()];
    spread(list_price(priced), &mut lines, &may_be_lot)?;
    lines.extend(discount(priced).map(discount_line));
    Ok(lines)
}

/// The same for lines in options: the chosen ones come to the price, the others follow at the same price over cost. The
/// discount goes into the first option.
///
/// # Errors
/// Those of [`lines_at`].
pub fn options_at(priced: &PricedJob, options: &[QuoteOption]) -> Result<Vec<QuoteOption>, QuotingError> {
    let mut options = options.to_vec();
    let chosen = || options.iter().filter(|option| option.chosen).flat_map(|option| &option.lines);
    let mut lines: Vec<QuoteLine> = chosen().map(at_its_break).collect();
    let may_be_lot: Vec<bool> = chosen().map(|line| line.breaks.is_empty()).collect();
    let list = list_price(priced);
    let ratio = spread(list, &mut lines, &may_be_lot)?;
    let mut lines = lines.into_iter();
    for option in &mut options {
        let is_chosen = option.chosen;
        for line in &mut option.lines {
            let at = is_chosen.then(|| lines.next()).flatten();
            reprice(line, ratio, at, list)?;
        }
    }
    if let (Some(amount), Some(first)) = (discount(priced), options.first_mut()) {
        first.lines.push(OptionLine { line: discount_line(amount), breaks: Vec::new() });
    }
    Ok(options)
}

/// The lines without the discount that an earlier decision added to them.
pub fn without_discount(lines: &[QuoteLine], earlier: Option<&PricedJob>) -> Vec<QuoteLine> {
    let mut lines = lines.to_vec();
    if let Some(at) = lines.iter().rposition(|line| earlier.is_some_and(|priced| is_discount(line, priced))) {
        lines.remove(at);
    }
    lines
}

/// The options without the discount that an earlier decision added to the first.
pub fn options_without_discount(options: &[QuoteOption], earlier: Option<&PricedJob>) -> Vec<QuoteOption> {
    let mut options = options.to_vec();
    let Some(first) = options.first_mut() else { return options };
    let is_taken_off = |line: &OptionLine| earlier.is_some_and(|priced| is_discount(&line.line, priced));
    if let Some(at) = first.lines.iter().rposition(is_taken_off) {
        first.lines.remove(at);
    }
    options
}

fn is_discount(line: &QuoteLine, priced: &PricedJob) -> bool {
    discount(priced).is_some_and(|amount| {
        line.unit_cost == Decimal::ZERO
            && line.quantity == Decimal::ONE
            && line.unit_price == amount.to_decimal()
            && line.estimate_id.is_none()
    })
}

fn list_price(priced: &PricedJob) -> Money {
    step(priced, PriceStepKind::ListPrice).unwrap_or(priced.net)
}

fn discount(priced: &PricedJob) -> Option<Money> {
    step(priced, PriceStepKind::Discount).filter(|amount| amount.minor != 0)
}

fn step(priced: &PricedJob, kind: PriceStepKind) -> Option<Money> {
    priced.steps.iter().find(|step| step.kind == kind).map(|step| step.amount)
}

/// Prices the lines that have a cost so that all come to `list`; gives the price over the cost that they were priced at.
fn spread(list: Money, lines: &mut [QuoteLine], may_be_lot: &[bool]) -> Result<Decimal, QuotingError> {
    let costs = lines.iter().map(|line| product(line.quantity, line.unit_cost)).collect::<Result<Vec<_>, _>>()?;
    let cost: Decimal = costs.iter().sum();
    let kept = sum(lines.iter().zip(&costs).filter(|(_, cost)| cost.is_zero()).map(|(line, _)| line), list)?;
    let rest = Money::new(list.minor - kept.minor, list.currency);
    if rest.minor < 0 {
        return Err(QuotingError::KeptLines { kept: kept.to_decimal(), price: list.to_decimal() });
    }
    if cost.is_zero() {
        return if rest.minor == 0 { Ok(Decimal::ZERO) } else { Err(QuotingError::NothingToPrice(rest.to_decimal())) };
    }
    let ratio = quotient(rest.to_decimal(), cost)?;
    let costed: Vec<usize> = (0..lines.len()).filter(|at| !costs[*at].is_zero()).collect();
    for at in &costed {
        let share = product(quotient(costs[*at], cost)?, rest.to_decimal())?;
        // Down, so that what is left over is never taken from a line.
        lines[*at].unit_price = quotient(share, lines[*at].quantity)?
            .round_dp_with_strategy(list.currency.places(), RoundingStrategy::ToZero);
    }
    let priced = sum(costed.iter().map(|at| &lines[*at]), list)?;
    let left = rest.minor - priced.minor;
    if left != 0 {
        let place = |at: &&usize| {
            let line = &lines[**at];
            (line.quantity != Decimal::ONE, !may_be_lot[**at], Reverse(costs[**at]))
        };
        let at = *costed.iter().min_by_key(place).expect("a cost above zero is that of a line");
        close(&mut lines[at], left, list, may_be_lot[at])?;
    }
    Ok(ratio)
}

/// Gives what is left over to one line.
fn close(line: &mut QuoteLine, left: i64, like: Money, may_be_lot: bool) -> Result<(), QuotingError> {
    let minor = amount(line, like.currency)?.minor + left;
    let target = Money::new(minor, like.currency).to_decimal();
    if line.quantity == Decimal::ONE {
        line.unit_price = target;
    } else if may_be_lot {
        line.description = format!("{} x {}", line.quantity.normalize(), line.description);
        line.unit_cost = product(line.quantity, line.unit_cost)?;
        (line.quantity, line.unit_price) = (Decimal::ONE, target);
        "lot".clone_into(&mut line.unit);
    } else {
        let exact = quotient(target, line.quantity)?;
        let fits = |price: &Decimal| {
            let line = QuoteLine { unit_price: *price, ..line.clone() };
            amount(&line, like.currency).is_ok_and(|amount| amount.minor == minor)
        };
        line.unit_price =
            (like.currency.places()..=FINEST).map(|places| exact.round_dp(places)).find(fits).unwrap_or(exact);
    }
    Ok(())
}

/// `at` is the line as it was priced at its quantity, where it is chosen. Prices at breaks never rise with the quantity.
fn reprice(line: &mut OptionLine, ratio: Decimal, at: Option<QuoteLine>, like: Money) -> Result<(), QuotingError> {
    let price = |cost: Decimal| -> Result<Decimal, QuotingError> {
        Ok(product(cost, ratio)?.round_dp_with_strategy(like.currency.places(), RoundingStrategy::MidpointAwayFromZero))
    };
    let active = active_break(line);
    if !line.line.unit_cost.is_zero() {
        line.line.unit_price = price(line.line.unit_cost)?;
        for one in &mut line.breaks {
            one.unit_price = price(one.unit_cost)?;
        }
    }
    let Some(at) = at else { return Ok(()) };
    let Some(active) = active else {
        line.line = at;
        let mut most = line.line.unit_price;
        for one in &mut line.breaks {
            most = most.min(one.unit_price);
            one.unit_price = most;
        }
        return Ok(());
    };
    line.breaks[active].unit_price = at.unit_price;
    let mut least = at.unit_price;
    for one in line.breaks[..active].iter_mut().rev() {
        least = least.max(one.unit_price);
        one.unit_price = least;
    }
    line.line.unit_price = least.max(line.line.unit_price);
    let mut most = at.unit_price;
    for one in &mut line.breaks[active + 1..] {
        most = most.min(one.unit_price);
        one.unit_price = most;
    }
    Ok(())
}

fn quotient(a: Decimal, b: Decimal) -> Result<Decimal, QuotingError> {
    a.checked_div(b).ok_or(QuotingError::TooLarge(a))
}

fn sum<'a>(lines: impl Iterator<Item = &'a QuoteLine>, like: Money) -> Result<Money, QuotingError> {
    lines.map(|line| amount(line, like.currency)).try_fold(Money::zero(like.currency), |sum, amount| {
        let amount = amount?;
        let minor = sum.minor.checked_add(amount.minor).ok_or(QuotingError::TooLarge(amount.to_decimal()))?;
        Ok(Money::new(minor, like.currency))
    })
}

fn discount_line(amount: Money) -> QuoteLine {
    QuoteLine {
        description: "Discount".to_owned(),
        quantity: Decimal::ONE,
        unit: "lot".to_owned(),
        unit_cost: Decimal::ZERO,
        unit_price: amount.to_decimal(),
        estimate_id: None,
    }
}
