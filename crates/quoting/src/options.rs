//! Options, alternates and quantity breaks: the chosen ones roll into the total.
//!
//! The total is that of the chosen lines as one quote, by the same rules as any other; so tax is rounded once, and what an
//! option changes is said as the total of a quote with it, not as a sum of rounded differences.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use signwright_domain::price_decision::{PriceRounding, PriceWay};
use signwright_domain::quote::QuoteLine;
use signwright_domain::quote_option::{OptionAmount, OptionKind, OptionLine, QuantityBreak, QuoteOption, RolledUp};
use signwright_domain::{Currency, Money};

use crate::decision::{rounded, wanted};
use crate::{QuotingError, totals};

/// Rolls the chosen options into one quote.
///
/// # Errors
/// A group of alternates of which not exactly one is chosen, a key that stands twice, a base that is not chosen, breaks out
/// of order, and what [`totals`] refuses.
pub fn roll_up(options: &[QuoteOption], tax_rate: Decimal, currency: Currency) -> Result<RolledUp, QuotingError> {
    check(options)?;
    let chosen: Vec<bool> = options.iter().map(|option| option.chosen).collect();
    let lines = taken(options, &chosen);
    let all = totals(&lines, tax_rate, currency)?;
    let mut amounts = Vec::new();
    for (at, option) in options.iter().enumerate() {
        let own = taken(std::slice::from_ref(option), &[true]);
        let otherwise = other_choice(options, at).map(|chosen| taken(options, &chosen));
        amounts.push(OptionAmount {
            key: option.key.clone(),
            label: option.label.clone(),
            kind: option.kind.clone(),
            chosen: option.chosen,
            amount: subtotal(&own, currency)?,
            otherwise: otherwise.and_then(|lines| totals(&lines, tax_rate, currency).ok()).map(|totals| totals.total),
        });
    }
    let hints = options.iter().filter(|option| option.chosen).flat_map(|option| &option.lines).filter_map(hint);
    Ok(RolledUp { hints: hints.collect(), lines, totals: all, options: amounts })
}

/// Prices of one by quantity, from what so many cost in all: a quantity, and the cost of that many.
///
/// A larger quantity is never dearer by the piece than a smaller one.
///
/// # Errors
/// Quantities of zero or out of order, and what a price decision refuses.
pub fn quantity_breaks(
    costs: &[(u32, Money)],
    way: PriceWay,
    rounding: PriceRounding,
) -> Result<Vec<QuantityBreak>, QuotingError> {
    let mut breaks: Vec<QuantityBreak> = Vec::new();
    let mut before = 0;
    for (quantity, cost) in costs {
        if *quantity <= before {
            return Err(QuotingError::Breaks(format!("{quantity} pieces do not come after {before}")));
        }
        before = *quantity;
        let unit_cost = cost.to_decimal() / Decimal::from(*quantity);
        let each = Money::from_decimal(unit_cost, cost.currency)?;
        let price = rounded(wanted(way, each)?, rounding)?.to_decimal();
        let unit_price = breaks.last().map_or(price, |last| last.unit_price.min(price));
        breaks.push(QuantityBreak { from: Decimal::from(*quantity), unit_cost, unit_price });
    }
    Ok(breaks)
}

fn check(options: &[QuoteOption]) -> Result<(), QuotingError> {
    let mut keys = BTreeSet::new();
    let mut groups: BTreeMap<&str, u32> = BTreeMap::new();
    for option in options {
        if !keys.insert(option.key.as_str()) {
            return Err(QuotingError::Options(format!("the option \"{}\" stands twice", option.key)));
        }
        match &option.kind {
            OptionKind::Base if !option.chosen => {
                return Err(QuotingError::Options(format!("\"{}\" is always part of the quote", option.label)));
            }
            OptionKind::Base | OptionKind::Addition => {}
            OptionKind::Alternate { group } => *groups.entry(group).or_default() += u32::from(option.chosen),
        }
        option.lines.iter().try_for_each(check_breaks)?;
    }
    match groups.into_iter().find(|(_, chosen)| *chosen != 1) {
        Some((group, chosen)) => {
            Err(QuotingError::Options(format!("{chosen} alternates of \"{group}\" are chosen: choose one")))
        }
        None => Ok(()),
    }
}

fn check_breaks(line: &OptionLine) -> Result<(), QuotingError> {
    let wrong = |message: String| Err(QuotingError::Breaks(format!("{}: {message}", line.line.description)));
    for pair in line.breaks.windows(2) {
        if pair[1].from <= pair[0].from {
            return wrong(format!("the break from {} does not come after {}", pair[1].from, pair[0].from));
        }
    }
    let prices = [line.line.unit_price].into_iter().chain(line.breaks.iter().map(|one| one.unit_price));
    let prices: Vec<_> = prices.collect();
    match prices.windows(2).position(|pair| pair[1] > pair[0]) {
        Some(at) => wrong(format!("from {} on one is dearer than before", line.breaks[at].from)),
        None => Ok(()),
    }
}

/// The break that counts for the line's quantity; `None` below the first.
pub(crate) fn active_break(line: &OptionLine) -> Option<usize> {
    line.breaks.iter().rposition(|one| one.from <= line.line.quantity)
}

/// The line at the price of its quantity.
pub(crate) fn at_its_break(line: &OptionLine) -> QuoteLine {
    match active_break(line).map(|at| &line.breaks[at]) {
        Some(one) => QuoteLine { unit_cost: one.unit_cost, unit_price: one.unit_price, ..line.line.clone() },
        None => line.line.clone(),
    }
}

fn taken(options: &[QuoteOption], chosen: &[bool]) -> Vec<QuoteLine> {
    let taken = options.iter().zip(chosen).filter(|(_, chosen)| **chosen);
    taken.flat_map(|(option, _)| option.lines.iter().map(at_its_break)).collect()
}

/// What would be chosen if this option were chosen otherwise; `None` where there is no other choice.
fn other_choice(options: &[QuoteOption], at: usize) -> Option<Vec<bool>> {
    let mut chosen: Vec<bool> = options.iter().map(|option| option.chosen).collect();
    match &options[at].kind {
        OptionKind::Base => return None,
        OptionKind::Addition => chosen[at] = !chosen[at],
        OptionKind::Alternate { .. } if chosen[at] => return None,
        OptionKind::Alternate { group } => {
            let same =
                |option: &QuoteOption| matches!(&option.kind, OptionKind::Alternate { group: of } if of == group);
            for (other, option) in options.iter().enumerate().filter(|(_, option)| same(option)) {
                chosen[other] = option.key == options[at].key;
            }
        }
    }
    Some(chosen)
}

/// What lines come to by themselves; an option without lines comes to nothing.
fn subtotal(lines: &[QuoteLine], currency: Currency) -> Result<Money, QuotingError> {
    if lines.is_empty() {
        return Ok(Money::zero(currency));
    }
    // A discount as an option comes to less than nothing, which is no quote but an amount.
    let amounts = lines.iter().map(|line| -> Result<Money, QuotingError> {
        let amount = line.quantity.checked_mul(line.unit_price).ok_or(QuotingError::TooLarge(line.unit_price))?;
        Ok(Money::from_decimal(amount, currency)?)
    });
    let amounts: Vec<Money> = amounts.collect::<Result<_, _>>()?;
    amounts.into_iter().try_fold(Money::zero(currency), |sum, amount| {
        let minor = sum.minor.checked_add(amount.minor).ok_or(QuotingError::TooLarge(amount.to_decimal()))?;
        Ok(Money::new(minor, currency))
    })
}

/// Where the next break makes more pieces cost less.
fn hint(line: &OptionLine) -> Option<String> {
    let now = at_its_break(line);
    let next = line.breaks.iter().find(|one| one.from > now.quantity)?;
    let cheaper = next.from.checked_mul(next.unit_price)? < now.quantity.checked_mul(now.unit_price)?;
    cheaper.then(|| format!("{} of \"{}\" cost less than {}", next.from, now.description, now.quantity))
}

#[cfg(test)]
mod tests;
