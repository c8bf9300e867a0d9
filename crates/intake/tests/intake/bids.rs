//! Bid tabs: several bidders side by side, over several pages.

use signwright_domain::record::{ACCEPT, Check, DocumentKind, Extraction, Record, RecordKind, Value};
use signwright_intake::{Limits, read_pdf};

use crate::paper::Paper;

const ITEMS: [(&str, &str, u32, &str); 3] =
    [("0001", "Mobilization", 1, "LS"), ("0002", "Panel signs", 240, "SF"), ("0003", "Steel posts", 36, "EA")];
const XS: [f32; 9] = [40.0, 80.0, 200.0, 250.0, 290.0, 360.0, 440.0, 510.0, 590.0];

fn printed(cents: u32) -> String {
    let whole = (cents / 100).to_string();
    let grouped: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).expect("digits")).collect();
    format!("${}.{:02}", grouped.join(","), cents % 100)
}

/// One page with two bidders and what each asks for one piece of the first item, in cents.
fn page(bidders: [(&str, u32); 2]) -> Vec<(f32, f32, String)> {
    let mut page = vec![
        (40.0, 50.0, "BID TABULATION".to_owned()),
        (40.0, 64.0, "Solicitation No. 2026-114".to_owned()),
        (300.0, 64.0, "Bid Date: 03/17/2026".to_owned()),
    ];
    for (column, (name, _)) in bidders.iter().enumerate() {
        page.push((XS[4 + 2 * column] + 20.0, 114.0, (*name).to_owned()));
    }
    let heads = ["Item", "Item Description", "Qty", "Unit", "Unit Price", "Total Price", "Unit Price", "Total Price"];
    for (x, head) in XS.iter().zip(heads) {
        page.push((x + 4.0, 134.0, head.to_owned()));
    }
    let mut totals = [0; 2];
    for (row, (number, name, quantity, unit)) in (0_u32..).zip(ITEMS) {
        let y = 154.0 + 20.0 * row as f32;
        for (x, text) in XS.iter().zip([number.to_owned(), name.to_owned(), quantity.to_string(), unit.to_owned()]) {
            page.push((x + 4.0, y, text));
        }
        for (column, (_, first)) in bidders.iter().enumerate() {
            let price = first + 375 * row;
            page.push((XS[4 + 2 * column] + 10.0, y, printed(price)));
            page.push((XS[5 + 2 * column] + 10.0, y, printed(price * quantity)));
            totals[column] += price * quantity;
        }
    }
    page.push((84.0, 214.0, "Total Bid".to_owned()));
    for (column, total) in totals.iter().enumerate() {
        page.push((XS[5 + 2 * column] + 10.0, 214.0, printed(*total)));
    }
    page
}

fn read(paper: &Paper) -> Extraction {
    read_pdf(&paper.print(), &Limits::default())
}

fn told(record: &Record) -> String {
    let value = |name: &str| record.value(name).map(Value::to_string).unwrap_or_default();
    let doubts = record.fields.values().chain(record.lines.iter().flat_map(|line| line.fields.values()));
    let doubts = doubts.filter(|field| field.confidence < ACCEPT).count();
    format!("{} {} {} lines {} doubts {doubts}", value("vendor"), value("number"), value("total"), record.lines.len())
}

#[test]
fn bidders_side_by_side_and_on_further_pages_are_a_record_each() {
    let pages = vec![
        page([("Alder Signs Inc.", 12_000), ("Harbor Works LLC", 11_550)]),
        page([("Stone Traffic Co.", 14_225), ("Engineer's Estimate", 12_500)]),
    ];
    let spaced = Paper { pages, ..Paper::helvetica(Vec::new()) };
    let mut rules: Vec<[f32; 4]> = [120.0, 140.0, 160.0, 180.0, 200.0, 220.0].map(|y| [40.0, y, 590.0, y]).to_vec();
    rules.extend(XS.map(|x| [x, 120.0, x, 220.0]));
    rules.extend([
        [290.0, 100.0, 590.0, 100.0],
        [290.0, 100.0, 290.0, 120.0],
        [440.0, 100.0, 440.0, 120.0],
        [590.0, 100.0, 590.0, 120.0],
    ]);
    for paper in [Paper { rules, ..spaced.clone() }, spaced] {
        let extraction = read(&paper);
        assert_eq!((extraction.kind, extraction.layout.as_deref()), (DocumentKind::BidTab, Some("bid-tab")));
        let records = &extraction.parsed.records;
        assert!(records.iter().all(|record| record.kind == RecordKind::BidTab));
        assert_eq!(
            records.iter().map(told).collect::<Vec<_>>(),
            [
                "Alder Signs Inc. 2026-114 $34,410.00 lines 3 doubts 0",
                "Harbor Works LLC 2026-114 $33,163.50 lines 3 doubts 0",
                "Stone Traffic Co. 2026-114 $40,573.25 lines 3 doubts 0",
                "Engineer's Estimate 2026-114 $35,795.00 lines 3 doubts 0",
            ]
        );
        assert!(extraction.parsed.checks.len() >= 16 && extraction.parsed.checks.iter().all(Check::passed));
        let line = &records[1].lines[1].fields;
        let values: Vec<String> = ["item_number", "description", "quantity", "unit", "unit_price", "amount"]
            .map(|name| line[name].value.to_string())
            .to_vec();
        assert_eq!(values, ["0002", "Panel signs", "240", "SF", "119.25", "$28,620.00"]);
    }
}

#[test]
fn a_bidder_without_a_name_is_refused_and_not_invented() {
    let mut pages = vec![page([("Alder Signs Inc.", 12_000), ("Harbor Works LLC", 11_550)])];
    pages[0].retain(|(_, _, text)| text != "Alder Signs Inc.");
    let extraction = read(&Paper { pages, ..Paper::helvetica(Vec::new()) });
    assert_eq!(extraction.parsed.records.len(), 1);
    assert!(
        extraction.parsed.rejects.iter().any(|reject| reject.message.contains("no name")),
        "{:?}",
        extraction.parsed.rejects
    );
}

#[test]
fn a_price_that_cannot_be_read_is_refused_with_its_place() {
    let mut pages = vec![page([("Alder Signs Inc.", 12_000), ("Harbor Works LLC", 11_550)])];
    let amount = pages[0].iter_mut().find(|(_, _, text)| text == "$28,620.00").expect("the second bidder's signs");
    amount.2 = "$28,6Z0.OO".to_owned();
    let extraction = read(&Paper { pages, ..Paper::helvetica(Vec::new()) });
    let second = &extraction.parsed.records[1];
    assert!(!second.lines[1].fields.contains_key("amount"), "never a guess");
    let refused: Vec<_> = extraction.parsed.rejects.iter().filter(|one| one.raw == "$28,6Z0.OO").collect();
    assert!(refused.len() == 1 && refused[0].place.is_some(), "{:?}", extraction.parsed.rejects);
}
