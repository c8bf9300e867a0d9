//! Vendor bills: lines, tax and freight must make the total.

use signwright_domain::record::{ACCEPT, DocumentKind, Extraction, RejectReason};
use signwright_intake::{Limits, read_pdf};

use crate::paper::Paper;

fn bill(second_amount: &str) -> Extraction {
    let mut texts: Vec<(f32, f32, String)> = Vec::new();
    let mut put = |x: f32, y: f32, text: &str| texts.push((x, y, text.to_owned()));
    put(54.0, 60.0, "Metro Steel Supply");
    put(480.0, 60.0, "INVOICE");
    for (y, label, value) in [
        (90.0, "Invoice Number:", "MS-88121"),
        (104.0, "Invoice Date:", "10/02/2026"),
        (118.0, "Due Date:", "11/01/2026"),
        (132.0, "Your Work Order:", "20431"),
    ] {
        put(380.0, y, label);
        put(480.0, y, value);
    }
    put(54.0, 118.0, "Bill To:");
    put(54.0, 132.0, "Northside Signs");
    for (x, head) in [(54.0, "Description"), (300.0, "Qty"), (340.0, "Unit"), (400.0, "Unit Price"), (500.0, "Amount")]
    {
        put(x, 180.0, head);
    }
    for (y, row) in [
        (198.0, ["4 x 8 aluminium sheet .063", "12.00", "EA", "68.1250", "817.50"]),
        (216.0, ["Shipping crate", "1.00", "EA", "82.5000", second_amount]),
    ] {
        for (x, cell) in [54.0, 296.0, 340.0, 412.0, 508.0].into_iter().zip(row) {
            put(x, y, cell);
        }
    }
    for (y, label, value) in [
        (250.0, "Subtotal", "900.00"),
        (264.0, "Sales Tax (7.0 %)", "63.00"),
        (278.0, "Shipping", "45.00"),
        (292.0, "Total Due", "$1,008.00"),
    ] {
        put(380.0, y, label);
        put(500.0, y, value);
    }
    read_pdf(&Paper::helvetica(texts).print(), &Limits::default())
}

#[test]
fn a_bill_is_read_and_adds_up() {
    let extraction = bill("82.50");
    assert_eq!(extraction.kind, DocumentKind::VendorBill);
    assert_eq!(extraction.parsed.rejects, []);
    let record = &extraction.parsed.records[0];
    assert_eq!(record.key, "Metro Steel Supply/MS-88121");
    assert_eq!(record.text("work_order"), Some("20431"));
    assert_eq!(record.date("due_date").map(|d| d.to_string()).as_deref(), Some("2026-11-01"));
    let cents = |field| record.money(field).map(|money| money.minor);
    let sums = [cents("subtotal"), cents("tax"), cents("shipping"), cents("total")];
    assert_eq!(sums, [Some(90_000), Some(6_300), Some(4_500), Some(100_800)]);
    let names: Vec<&str> = extraction.parsed.checks.iter().map(|check| check.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "lines sum to the subtotal",
            "subtotal, tax and shipping make the total",
            "line 1: quantity times unit price is the amount",
            "line 2: quantity times unit price is the amount",
        ]
    );
    assert_eq!(record.lines[0].fields["description"].raw, "4 x 8 aluminium sheet .063");
    assert!(record.fields.values().all(|field| field.confidence >= ACCEPT));
}

#[test]
fn a_line_that_is_not_quantity_times_price_waits_for_a_person() {
    let extraction = bill("82.00");
    let refused: Vec<(RejectReason, Option<&str>)> =
        extraction.parsed.rejects.iter().map(|r| (r.reason, r.field.as_deref())).collect();
    assert_eq!(refused, [(RejectReason::DoesNotAddUp, Some("subtotal")), (RejectReason::DoesNotAddUp, Some("amount"))]);
    let record = &extraction.parsed.records[0];
    assert!(record.lines[1].fields["amount"].confidence < ACCEPT);
    assert!(record.fields["subtotal"].confidence < ACCEPT);
}
