use proptest::prelude::*;

use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("decimal")
}

fn line(quantity: Decimal, unit_cost: Decimal, unit_price: Decimal) -> QuoteLine {
    QuoteLine { description: "Sign".into(), quantity, unit: "each".into(), unit_cost, unit_price, estimate_id: None }
}

fn lines(rows: &[(&str, &str, &str)]) -> Vec<QuoteLine> {
    rows.iter().map(|(q, cost, price)| line(decimal(q), decimal(cost), decimal(price))).collect()
}

#[test]
fn lines_add_up_and_tax_is_rounded_once() {
    let check = |rows: &[(&str, &str, &str)], rate: &str, subtotal, tax, total| {
        let sums = totals(&lines(rows), decimal(rate), Currency::USD).expect("totals");
        assert_eq!((sums.subtotal.minor, sums.tax.minor, sums.total.minor), (subtotal, tax, total), "{rows:?}");
    };
    check(&[("1", "100", "140")], "0.07", 14_000, 980, 14_980);
    check(&[("3", "0", "0.335")], "0", 101, 0, 101);
    // Three lines of half a cent each round up by line, the tax of 0.0735 only once.
    check(&[("1", "0", "0.345"), ("1", "0", "0.345"), ("1", "0", "0.345")], "0.07", 105, 7, 112);
    check(&[("2.5", "1", "19.99"), ("1", "0", "-9.98")], "0.0825", 4_000, 330, 4_330);
    check(&[("0", "10", "10")], "0.07", 0, 0, 0);
}

#[test]
fn a_discount_rounds_away_from_zero_as_well() {
    let sums = totals(&lines(&[("1", "0", "10"), ("1", "0", "-1.005")]), Decimal::ZERO, Currency::USD).expect("totals");
    assert_eq!(sums.amounts[1].minor, -101);
}

#[test]
fn amounts_follow_the_currency() {
    let yen = "JPY".parse().expect("code");
    let sums = totals(&lines(&[("3", "0", "33.5")]), decimal("0.1"), yen).expect("totals");
    assert_eq!((sums.subtotal.minor, sums.tax.minor), (101, 10));
}

#[test]
fn markup_and_margin_say_what_is_earned() {
    let sums = totals(&lines(&[("2", "50", "70")]), Decimal::ZERO, Currency::USD).expect("totals");
    assert_eq!((sums.markup, sums.margin), (Some(decimal("0.4")), Some(decimal("0.285714"))));
    let free = totals(&lines(&[("1", "0", "0")]), Decimal::ZERO, Currency::USD).expect("totals");
    assert_eq!((free.markup, free.margin), (None, None));
}

#[test]
fn what_cannot_be_quoted_is_refused() {
    let check = |rows: &[(&str, &str, &str)], rate: &str, message: &str| {
        let error = totals(&lines(rows), decimal(rate), Currency::USD).expect_err(message);
        assert_eq!(error.to_string(), message);
    };
    check(&[], "0", "a quote needs at least one line");
    check(&[("1", "0", "1"), ("-1", "0", "1")], "0", "line 2: the quantity -1 is not between 0 and 1000000");
    check(&[("1", "-1", "1")], "0", "line 1: the unit cost -1 is not between 0 and 1000000000");
    check(
        &[("1", "0", "1000000000.01")],
        "0",
        "line 1: the unit price 1000000000.01 is not between -1000000000 and 1000000000",
    );
    check(&[("1", "0", "1")], "1", "the tax rate 1 is not a fraction from 0 to below 1 (7 % is 0.07)");
    check(&[("1", "0", "1")], "-0.01", "the tax rate -0.01 is not a fraction from 0 to below 1 (7 % is 0.07)");
    check(&[("1", "0", "1"), ("1", "0", "-2")], "0", "the lines come to -1.00, below zero");
    check(&[("1000000", "0", "1000000000")], "0", "1000000000000000.00 is more than a quote can hold");
}

#[test]
fn a_line_without_words_and_a_thousand_and_one_lines_are_refused() {
    let mut blank = lines(&[("1", "0", "1")]);
    blank[0].description = " \t".into();
    assert_eq!(totals(&blank, Decimal::ZERO, Currency::USD), Err(QuotingError::NoDescription { line: 1 }));
    let many = vec![line(Decimal::ONE, Decimal::ZERO, Decimal::ONE); MAX_LINES + 1];
    assert_eq!(totals(&many, Decimal::ZERO, Currency::USD), Err(QuotingError::TooManyLines(1_001)));
}

fn any_line() -> impl Strategy<Value = QuoteLine> {
    (0_i64..10_000_000, 0_i64..10_000_000_000, 0_i64..10_000_000_000, 0_u32..5, 0_u32..5)
        .prop_map(|(q, cost, price, dq, dp)| line(Decimal::new(q, dq), Decimal::new(cost, dp), Decimal::new(price, dp)))
        .prop_filter("within the limits", |line| line.quantity <= Decimal::from(MAX_QUANTITY))
}

proptest! {
    #[test]
    fn the_printed_figures_add_up(lines in prop::collection::vec(any_line(), 1..40), rate in 0_i64..10_000) {
        let rate = Decimal::new(rate, 4);
        if let Ok(sums) = totals(&lines, rate, Currency::USD) {
            prop_assert_eq!(sums.amounts.iter().map(|a| a.minor).sum::<i64>(), sums.subtotal.minor);
            prop_assert_eq!(sums.subtotal.minor + sums.tax.minor, sums.total.minor);
        }
    }

    #[test]
    fn rounding_moves_a_line_and_the_tax_by_half_a_cent_at_most(line in any_line(), rate in 0_i64..10_000) {
        let rate = Decimal::new(rate, 4);
        let half = Decimal::new(5, 3);
        if let Ok(sums) = totals(std::slice::from_ref(&line), rate, Currency::USD) {
            prop_assert!((sums.amounts[0].to_decimal() - line.quantity * line.unit_price).abs() <= half);
            prop_assert!((sums.tax.to_decimal() - sums.subtotal.to_decimal() * rate).abs() <= half);
        }
    }

    #[test]
    fn nothing_panics(q in any::<i64>(), dq in 0_u32..28, p in any::<i64>(), dp in 0_u32..28, c in any::<i64>(), rate in any::<i64>()) {
        let lines = [line(Decimal::new(q, dq), Decimal::new(c, dp), Decimal::new(p, dp))];
        if let Ok(sums) = totals(&lines, Decimal::new(rate, 19), Currency::USD) {
            prop_assert!(sums.total.minor >= sums.subtotal.minor);
        }
    }
}
