//! Lines at net prices: a discount that was decided for the whole quote is taken off its lines, because other systems know no line
//! with a price below zero, or count it as revenue of its own. A discount that somebody typed as a line stays one.

use rust_decimal::Decimal;
use signwright_domain::Money;
use signwright_domain::price_decision::PriceStepKind;
use signwright_domain::quote::{QuoteLine, QuoteVersion};

/// Decimal places of a price of one that is no round one.
const FINEST: u32 = 12;

/// The lines with what each comes to after the discount; they add up to the subtotal.
pub(super) fn net_lines(version: &QuoteVersion) -> Vec<(QuoteLine, Money)> {
    let mut lines: Vec<(QuoteLine, Money)> =
        version.lines.iter().cloned().zip(version.totals.amounts.iter().copied()).collect();
    let Some(at) = discount_line(version) else { return lines };
    let (_, discount) = lines.remove(at);
    let total: i64 = lines.iter().map(|(_, amount)| amount.minor.max(0)).sum();
    if total == 0 {
        return version.lines.iter().cloned().zip(version.totals.amounts.iter().copied()).collect();
    }
    // Shares of the sums so far, so that they add up to the discount.
    let (mut sum, mut taken) = (0, 0);
    for (line, amount) in &mut lines {
        sum += amount.minor.max(0);
        let so_far = i64::try_from(i128::from(discount.minor) * i128::from(sum) / i128::from(total));
        let so_far = so_far.expect("a part of the discount is no larger than it");
        amount.minor += so_far - taken;
        taken = so_far;
        reprice(line, *amount);
    }
    lines
}

/// The line that a decision added for its discount.
fn discount_line(version: &QuoteVersion) -> Option<usize> {
    let priced = &version.decided.as_ref()?.priced;
    let step = priced.steps.iter().find(|step| step.kind == PriceStepKind::Discount && step.amount.minor != 0)?;
    version.lines.iter().rposition(|line| {
        line.unit_cost.is_zero()
            && line.quantity == Decimal::ONE
            && line.unit_price == step.amount.to_decimal()
            && line.estimate_id.is_none()
    })
}

/// The price of one with as few decimals as come to the amount.
fn reprice(line: &mut QuoteLine, amount: Money) {
    let Some(exact) = amount.to_decimal().checked_div(line.quantity) else { return };
    let comes_to = |price: &Decimal| {
        line.quantity.checked_mul(*price).and_then(|total| Money::from_decimal(total, amount.currency).ok())
            == Some(amount)
    };
    let mut prices = (amount.currency.places()..=FINEST).map(|places| exact.round_dp(places));
    line.unit_price = prices.find(comes_to).unwrap_or(exact);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use signwright_domain::price_decision::{
        DecidedPrice, PriceDecision, PriceRounding, PriceStep, PriceWay, PricedJob, ShareOrAmount,
    };

    use super::*;
    use crate::delivery::tests::{quote, with_line};

    fn usd(minor: i64) -> Money {
        Money::new(minor, signwright_domain::Currency::USD)
    }

    /// The quote with more lines and a discount that was decided; only that step of it matters here.
    fn discounted(lines: &[(i64, i64)], discount: i64) -> QuoteVersion {
        let mut quote = quote();
        for (quantity, price) in lines {
            quote = with_line(quote, "More", &quantity.to_string(), &Decimal::new(*price, 2).to_string());
        }
        quote = with_line(quote, "Discount", "1", &(-Decimal::new(discount, 2)).to_string());
        let step = PriceStep {
            kind: PriceStepKind::Discount,
            label: "Discount".to_owned(),
            how: String::new(),
            amount: usd(-discount),
            is_sum: false,
        };
        let nothing = usd(0);
        let priced = PricedJob {
            steps: vec![step],
            cost: nothing,
            net: nothing,
            tax: nothing,
            total: nothing,
            deposit: nothing,
            balance: nothing,
            profit: nothing,
            markup: None,
            margin: None,
            expected_margin: None,
            rounding: String::new(),
            floor: None,
            chance: None,
            signals: Vec::new(),
        };
        let decision = PriceDecision {
            contingency: None,
            escalation: None,
            way: PriceWay::Price { price: nothing },
            rounding: PriceRounding::default(),
            discount: ShareOrAmount::Amount { amount: usd(discount) },
            tax_rate: Decimal::ZERO,
            deposit: ShareOrAmount::Nothing,
        };
        let at = "2026-11-02T15:04:05Z".parse().expect("timestamp");
        let decided = DecidedPrice { decision, priced, who: "tester".to_owned(), at, reason: String::new() };
        QuoteVersion { decided: Some(decided), ..quote.versions.remove(0) }
    }

    #[test]
    fn a_discount_that_was_typed_stays_a_line() {
        let version = QuoteVersion { decided: None, ..discounted(&[], 1_000) };
        assert_eq!(net_lines(&version).last().map(|(line, _)| line.unit_price), Some(Decimal::from(-10)));
    }

    #[test]
    fn a_decided_discount_is_taken_off_the_lines() {
        let lines = net_lines(&discounted(&[(3, 10_000)], 2_186_800 / 10));
        let told: Vec<_> = lines.iter().map(|(line, amount)| (line.unit_price.to_string(), amount.minor)).collect();
        assert_eq!(told, [("19411.20".to_owned(), 1_941_120), ("90.00".to_owned(), 27_000)]);
    }

    proptest! {
        #[test]
        fn net_lines_add_up_to_the_subtotal(
            lines in prop::collection::vec((1_i64..50, 0_i64..500_000), 0..8),
            discount in 1_i64..2_000_000,
        ) {
            let version = discounted(&lines, discount);
            let net = net_lines(&version);
            prop_assert_eq!(net.len(), lines.len() + 1);
            prop_assert_eq!(net.iter().map(|(_, amount)| amount.minor).sum::<i64>(), version.totals.subtotal.minor);
            for (line, amount) in &net {
                prop_assert!(amount.minor >= 0);
                prop_assert_eq!(Money::from_decimal(line.quantity * line.unit_price, amount.currency), Ok(*amount));
            }
        }
    }
}
