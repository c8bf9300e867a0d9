use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::delivery::tests::{quote, with_line};

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|row| row.expect("row").iter().map(str::to_owned).collect()).collect()
}

fn cell<'a>(rows: &'a [Vec<String>], row: usize, column: &str) -> &'a str {
    let at = COLUMNS.iter().position(|name| *name == column).expect("column");
    &rows[row][at]
}

#[test]
fn a_row_per_line_reads_back_as_it_was() {
    let quote = with_line(with_line(quote(), "Face, \"routed\"\nacrylic", "2", "1250.50"), "Discount", "1", "-100");
    let table = rows(&quotes_csv(std::slice::from_ref(&quote)).expect("csv"));
    assert_eq!(table[0], COLUMNS);
    assert_eq!(table.len(), 1 + quote.active().lines.len());
    for (line, at) in quote.active().lines.iter().zip(1..) {
        assert_eq!(cell(&table, at, "Quote Number"), "Q-2026-0007");
        assert_eq!(cell(&table, at, "Line"), at.to_string());
        assert_eq!(cell(&table, at, "Description"), line.description);
        assert_eq!(cell(&table, at, "Quantity").parse::<Decimal>().expect("quantity"), line.quantity);
        assert_eq!(cell(&table, at, "Unit Price").parse::<Decimal>().expect("price"), line.unit_price);
        assert_eq!(cell(&table, at, "Total"), quote.active().totals.total.to_decimal().to_string());
    }
    assert_eq!(cell(&table, 3, "Amount"), "-100.00");
    assert_eq!((cell(&table, 1, "Currency"), cell(&table, 1, "Valid Until")), ("USD", "2026-12-02"));
}

#[test]
fn a_formula_becomes_a_text_and_a_number_stays_one() {
    for start in ["=1+1", "+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"] {
        let table = rows(&quotes_csv(&[with_line(quote(), start, "1", "-5")]).expect("csv"));
        assert_eq!(cell(&table, 2, "Description"), format!("'{start}"));
        assert_eq!(cell(&table, 2, "Unit Price"), "-5");
    }
    assert_eq!(text("Sign = good"), "Sign = good");
}

#[test]
fn excel_gets_its_mark_and_importers_do_not() {
    let quotes = [quote()];
    let plain = quotes_csv(&quotes).expect("csv");
    let excel = quotes_csv_for_excel(&quotes).expect("csv");
    assert!(plain.starts_with(b"Quote Number,"));
    assert_eq!(excel.strip_prefix(BYTE_ORDER_MARK), Some(plain.as_slice()));
}

#[test]
fn nothing_internal_leaves() {
    let csv = String::from_utf8(quotes_csv(&[quote()]).expect("csv")).expect("utf-8");
    assert!(!csv.contains("7777.77") && !csv.to_lowercase().contains("cost") && !csv.contains("margin"), "{csv}");
}

#[test]
fn no_quotes_leave_the_header() {
    assert_eq!(rows(&quotes_csv(&[]).expect("csv")), [COLUMNS.map(str::to_owned).to_vec()]);
}

proptest! {
    #[test]
    fn any_text_survives(description in ".*", customer in "\\PC*") {
        let mut quote = with_line(quote(), &description, "1", "1");
        quote.customer = customer.clone();
        let table = rows(&quotes_csv(&[quote]).expect("csv"));
        prop_assert_eq!(cell(&table, 2, "Description"), text(&description));
        prop_assert_eq!(cell(&table, 2, "Customer"), text(&customer));
    }
}
