//! From an estimate to the line a customer sees.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use signwright_domain::estimate::Estimate;
use signwright_domain::quote::QuoteLine;
use signwright_domain::{Money, Specification};

use crate::QuotingError;
use crate::describe::describe;
use crate::price::{price_by_markup, round_to_currency};
use crate::totals::MAX_QUANTITY;

/// One line for the whole estimate at the cost that was decided on, else the expected one; it knows where it comes from. `markup` is a fraction (0.40 is 40 %).
pub fn lines_from_estimate(estimate: &Estimate, markup: Decimal) -> Result<Vec<QuoteLine>, QuotingError> {
    let line = line_of(&estimate.specification, &estimate.title, estimate.decided_cost(), markup)?;
    Ok(vec![QuoteLine { estimate_id: (estimate.id != 0).then_some(estimate.id), ..line }])
}

/// One line for a whole job: quantity from its `quantity` driver (1 without one), the cost of one exact, the price of one
/// marked up and rounded to the currency's minor unit. The title stands where nothing can be said of the specification.
///
/// `cost` is of the whole job, so it is divided by the quantity.
pub fn line_of(
    specification: &Specification,
    title: &str,
    cost: Money,
    markup: Decimal,
) -> Result<QuoteLine, QuotingError> {
    let quantity = quantity(specification)?;
    let unit_cost = cost.to_decimal() / quantity;
    let words = describe(specification);
    Ok(QuoteLine {
        description: if words.is_empty() { title.trim().to_owned() } else { words },
        quantity,
        unit: "each".into(),
        unit_cost,
        unit_price: round_to_currency(price_by_markup(unit_cost, markup)?, cost.currency),
        estimate_id: None,
    })
}

fn quantity(specification: &Specification) -> Result<Decimal, QuotingError> {
    let Some(count) = specification.number("quantity") else {
        return Ok(Decimal::ONE);
    };
    Decimal::from_f64(count)
        .filter(|n| n.is_integer() && *n >= Decimal::ONE && *n <= Decimal::from(MAX_QUANTITY))
        .map(|n| n.normalize())
        .ok_or_else(|| QuotingError::SignCount(count.to_string()))
}

#[cfg(test)]
mod tests {
    use signwright_domain::estimate::{Basis, Novelty};
    use signwright_domain::{Currency, DriverValue, Money, Specification};

    use super::*;
    use crate::totals::totals;

    fn estimate(cents: i64, quantity: Option<f64>) -> Estimate {
        let mut specification = Specification::default();
        specification.set("sign_type", DriverValue::Text("monument".into()));
        if let Some(n) = quantity {
            specification.set("quantity", DriverValue::Number(n));
        }
        let cost = Money::new(cents, Currency::USD);
        Estimate {
            id: 7,
            title: "Riverside Clinic".into(),
            created_at: "2026-11-02T09:00:00Z".parse().expect("timestamp"),
            quoted_on: "2026-11-02".parse().expect("date"),
            specification,
            basis: Basis::Model,
            basis_note: String::new(),
            model_id: Some(1),
            cost,
            ranges: Vec::new(),
            at_most: Vec::new(),
            base: cost,
            contributions: Vec::new(),
            novelty: Novelty { score: 0.2, reasons: Vec::new() },
            similar: Vec::new(),
            median_of_type: None,
            median_count: 0,
            structure: None,
            warnings: Vec::new(),
            bottom_up: None,
            decision: None,
        }
    }

    #[test]
    fn the_price_of_one_is_marked_up_and_rounded_to_cents() {
        let check = |cents, quantity, markup: &str, price: &str| {
            let lines =
                lines_from_estimate(&estimate(cents, quantity), markup.parse().expect("decimal")).expect("lines");
            assert_eq!(lines[0].unit_price.to_string(), price);
            assert_eq!(totals(&lines, Decimal::ZERO, Currency::USD).expect("totals").cost.minor, cents);
        };
        check(1_348_000, None, "0.6", "21568.00");
        check(100_000, Some(3.0), "0.5", "500.00");
        check(100_001, Some(3.0), "0.35", "450.00");
        check(3_333, Some(1.0), "0.155", "38.50");
    }

    #[test]
    fn the_line_knows_its_estimate_and_speaks_to_the_customer() {
        let lines = lines_from_estimate(&estimate(100_000, None), Decimal::ZERO).expect("lines");
        assert_eq!((lines[0].description.as_str(), lines[0].estimate_id), ("Monument sign", Some(7)));
        let mut bare = estimate(100_000, None);
        bare.specification = Specification::default();
        assert_eq!(lines_from_estimate(&bare, Decimal::ZERO).expect("lines")[0].description, "Riverside Clinic");
    }

    #[test]
    fn a_part_of_a_sign_cannot_be_quoted() {
        for n in [0.0, -1.0, 1.5, f64::NAN, f64::INFINITY, 1e30] {
            assert!(lines_from_estimate(&estimate(100, Some(n)), Decimal::ZERO).is_err(), "{n}");
        }
    }
}
