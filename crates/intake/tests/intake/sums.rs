//! The sums at the foot of a paper: what was paid before, and numbers that no sum can hold.

use signwright_domain::record::{ACCEPT, Extraction};
use signwright_intake::{Limits, read_pdf};

use crate::paper::Paper;

/// Where the amounts end, in points.
const RIGHT: f32 = 560.0;

/// The width of an amount in Helvetica of 10 points.
fn width(text: &str) -> f32 {
    let wide = |c: char| match c {
        '.' | ',' => 2.78,
        '-' => 3.33,
        _ => 5.56,
    };
    text.chars().map(wide).sum()
}

/// An invoice with these items (name, quantity, price, amount) and these sums.
fn invoice(items: &[[&str; 4]], sums: &[(&str, &str)]) -> Extraction {
    let mut texts: Vec<(f32, f32, String)> = Vec::new();
    let mut put = |x: f32, y: f32, text: &str| texts.push((x, y, text.to_owned()));
    put(54.0, 50.0, "Harbor Metal Works LLC");
    put(54.0, 64.0, "14 Dock Street, Erie, PA 16501");
    put(460.0, 50.0, "INVOICE");
    put(54.0, 120.0, "Invoice No.: HM-20977");
    put(54.0, 134.0, "Invoice Date: 03/14/2026");
    put(54.0, 180.0, "Description");
    put(250.0, 180.0, "Qty");
    put(330.0, 180.0, "Unit Price");
    put(RIGHT - 36.0, 180.0, "Amount");
    let mut y = 196.0;
    for [name, quantity, price, amount] in items {
        put(54.0, y, name);
        put(250.0, y, quantity);
        put(330.0, y, price);
        put(RIGHT - width(amount), y, amount);
        y += 16.0;
    }
    y += 30.0;
    for (label, amount) in sums {
        put(300.0, y, label);
        put(RIGHT - width(amount), y, amount);
        y += 14.0;
    }
    read_pdf(&Paper::helvetica(texts).print(), &Limits::default())
}

/// Fields as `name value`, with a question mark where they wait for a person.
fn fields(extraction: &Extraction, names: &[&str]) -> Vec<String> {
    let record = extraction.parsed.records.first().unwrap_or_else(|| panic!("no record: {:?}", extraction.message));
    let of = |name: &&str| match record.fields.get(*name) {
        Some(field) => format!("{name} {}{}", field.value, if field.confidence < ACCEPT { "?" } else { "" }),
        None => format!("{name} -"),
    };
    names.iter().map(of).collect()
}

const PANEL: [&str; 4] = ["Aluminum panel", "2", "50.00", "100.00"];
const SUMS: &[&str] = &["subtotal", "tax", "charges", "total", "amount_due"];

#[test]
fn what_is_due_after_a_deposit_is_not_the_total() {
    for deposit in ["-50.00", "50.00"] {
        let sums = [("Subtotal", "100.00"), ("Tax", "8.00"), ("Deposit", deposit), ("Balance due", "58.00")];
        assert_eq!(
            fields(&invoice(&[PANEL], &sums), SUMS),
            ["subtotal $100.00", "tax $8.00", "charges -", "total $108.00", "amount_due $58.00"],
            "{deposit}"
        );
    }
}

#[test]
fn what_is_due_without_a_payment_is_the_total() {
    let sums = [("Subtotal", "100.00"), ("Crane hire", "30.00"), ("Tax", "8.00"), ("Balance due", "138.00")];
    assert_eq!(
        fields(&invoice(&[PANEL], &sums), SUMS),
        ["subtotal $100.00", "tax $8.00", "charges $30.00", "total $138.00", "amount_due $138.00"]
    );
}

#[test]
fn what_is_taken_off_without_a_known_name_proves_no_total() {
    for step in [("Wired on March 2", "-50.00", "58.00"), ("Previous balance", "40.00", "148.00")] {
        let (label, amount, due) = step;
        let sums = [("Subtotal", "100.00"), ("Tax", "8.00"), (label, amount), ("Balance due", due)];
        let found = fields(&invoice(&[PANEL], &sums), &["charges", "total"]);
        assert_eq!(found[0], "charges -", "{label}");
        assert!(found[1] == "total -" || found[1].ends_with('?'), "{label}: {found:?}");
    }
}

#[test]
fn where_something_was_paid_the_rest_is_no_total() {
    let sums = [("Deposit", "50.00"), ("Balance due", "58.00")];
    let paper = invoice(&[["Aluminum panel", "", "", ""]], &sums);
    assert_eq!(fields(&paper, &["total", "amount_due"]), ["total -", "amount_due $58.00"]);
}

#[test]
fn numbers_that_no_sum_can_hold_lose_nothing_else() {
    const HUGE: &str = "$70000000000000000000000000000";
    const LARGE: &str = "$90,000,000,000,000,000.00";
    let huge = [("Subtotal", HUGE), ("Tax", HUGE), ("VAT", HUGE), ("Shipping", HUGE), ("Total", HUGE)];
    let papers = [
        invoice(&[["Panel", "2", "50.00", "100.00"]], &huge),
        invoice(&[["Panel", "1", HUGE, HUGE], ["Post", "1", HUGE, HUGE]], &huge),
        invoice(&[["Panel", "", "", HUGE], ["Post", "", "", HUGE]], &[("Total", "-$70000000000000000000000000000")]),
        invoice(&[["70000000000000000000000000000 panels", "", "99.00", "5.00"]], &[("Total", "5.00")]),
        invoice(&[["Panel", "1", LARGE, LARGE], ["Post", "1", LARGE, LARGE]], &[("Subtotal", LARGE), ("Total", LARGE)]),
        invoice(&[["Panel", "1", LARGE, LARGE]], &[("Subtotal", LARGE), ("Tax", LARGE), ("Total", LARGE)]),
    ];
    for (at, paper) in papers.iter().enumerate() {
        assert_eq!(fields(paper, &["number", "date"]), ["number HM-20977", "date 2026-03-14"], "paper {at}");
    }
}
