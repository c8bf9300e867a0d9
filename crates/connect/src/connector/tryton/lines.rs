//! Lines of a quote as lines of a sale, so that Tryton adds up to the same cents.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use super::rpc::decimal;
use crate::export::document::LineEntry;

/// Decimals that Tryton keeps of a unit price (its `price_decimal`).
const PRICE_DIGITS: u32 = 4;
/// Its quantities are doubles, which keep fifteen digits.
const LARGEST_QUANTITY: i128 = 1_000_000_000_000_000;

/// A line of text, quantity and price, with the taxes that were found for it.
///
/// Tryton rounds half to even and keeps four decimals of a price. Where that gives another amount than ours, the line
/// goes as one piece at its amount, and its text says how many at which price.
pub(super) fn line(line: &LineEntry, taxes: &[i64]) -> Value {
    let quantity = line.quantity.normalize();
    let price = line.unit_price.normalize();
    let (quantity, price, text) = if keeps(line) {
        (quantity, price, told(line))
    } else {
        (Decimal::ONE, line.amount.normalize(), format!("{}\n{quantity} {} at {price}", line.description, line.unit))
    };
    let number: Value = serde_json::from_str(&quantity.to_string()).unwrap_or(Value::Null);
    let mut values = json!({"type": "line", "description": text, "quantity": number, "unit_price": decimal(price)});
    if !taxes.is_empty() {
        values["taxes"] = json!([["add", taxes]]);
    }
    values
}

fn keeps(line: &LineEntry) -> bool {
    let theirs = (line.quantity * line.unit_price)
        .round_dp_with_strategy(line.amount.scale(), RoundingStrategy::MidpointNearestEven);
    let fits = line.quantity.normalize().mantissa().abs() < LARGEST_QUANTITY;
    fits && line.unit_price.normalize().scale() <= PRICE_DIGITS && theirs == line.amount
}

fn told(line: &LineEntry) -> String {
    match line.unit.trim() {
        "" | "each" => line.description.clone(),
        unit => format!("{} ({unit})", line.description),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::connector::offer::tests::lines;

    fn check(quantity: &str, unit: &str, price: &str, amount: &str, expected: (&str, f64, &str)) {
        let decimal = |text: &str| text.parse::<Decimal>().expect("decimal");
        let entry = LineEntry {
            description: "Vinyl".into(),
            quantity: decimal(quantity),
            unit: unit.into(),
            unit_price: decimal(price),
            amount: decimal(amount),
        };
        let made = line(&entry, &[]);
        let said = (made["description"].as_str(), made["quantity"].as_f64(), made["unit_price"]["decimal"].as_str());
        assert_eq!(said, (Some(expected.0), Some(expected.1), Some(expected.2)));
    }

    #[test]
    fn a_line_comes_to_the_same_cents_there() {
        check("2.50", "each", "20.00", "50.00", ("Vinyl", 2.5, "20"));
        check("3", "sq ft", "7.1234", "21.37", ("Vinyl (sq ft)", 3.0, "7.1234"));
        // Half a cent: 0.125 is 0.13 here and 0.12 there.
        check("0.5", "sq ft", "0.25", "0.13", ("Vinyl\n0.5 sq ft at 0.25", 1.0, "0.13"));
        check("3", "sq ft", "7.12345", "21.37", ("Vinyl\n3 sq ft at 7.12345", 1.0, "21.37"));
        check("-1", "each", "10", "-10.00", ("Vinyl", -1.0, "10"));
    }

    #[test]
    fn a_quantity_that_a_double_does_not_keep_goes_as_one_piece() {
        let long = "1.000000000000000001";
        check(long, "h", "10", "10.00", ("Vinyl\n1.000000000000000001 h at 10", 1.0, "10"));
    }

    proptest! {
        /// Tryton: `Decimal(str(quantity)) * unit_price`, rounded half to even.
        #[test]
        fn tryton_comes_to_our_amount(entry in lines()) {
            let made = line(&entry, &[]);
            let quantity: Decimal = made["quantity"].to_string().parse().expect("a number");
            let price: Decimal = made["unit_price"]["decimal"].as_str().expect("a price").parse().expect("a decimal");
            prop_assert!(price.scale() <= PRICE_DIGITS);
            let theirs = (quantity * price).round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven);
            prop_assert_eq!(theirs, entry.amount);
        }
    }

    #[test]
    fn taxes_go_with_it() {
        let entry = LineEntry {
            description: String::new(),
            quantity: Decimal::ONE,
            unit: String::new(),
            unit_price: Decimal::TEN,
            amount: Decimal::TEN,
        };
        assert_eq!(line(&entry, &[7])["taxes"], json!([["add", [7]]]));
    }
}
