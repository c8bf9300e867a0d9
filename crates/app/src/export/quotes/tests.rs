//! What is written for a CRM is read back by our own reader, with the ready profile for that CRM, and compared to the cent.

use jiff::civil::date;
use rust_decimal::Decimal;
use signwright_domain::quote::QuoteLine;
use signwright_domain::record::{Record, RecordKind};
use signwright_domain::{Currency, Money};
use signwright_intake::{TableReading, read_table};
use signwright_quoting::{Offer, new_version};
use signwright_store::quotes;

use super::*;
use crate::models::tests::history::Shop;

const CONNECTED: &str = "2026-11-02T15:04:05Z";

/// Three quotes with awkward lines: fractions of cents, commas, quotation marks, line breaks, formulas, a discount.
fn shop() -> Shop {
    let shop = Shop::new();
    let lines: [&[(&str, &str, &str)]; 3] = [
        &[("Monument sign, 10 x 6 ft, \"double\" face", "1", "21568.00"), ("Directional sign", "4", "412.505")],
        &[
            ("Vinyl\nsecond line", "12.75", "19.333"),
            ("=HYPERLINK(\"x\")", "0.5", "0.01"),
            ("Discount", "1", "-150.25"),
        ],
        &[("Face; acrylic, 3/16\"", "3", "1250.5")],
    ];
    for (i, lines) in lines.iter().enumerate() {
        let line = |(description, quantity, price): &(&str, &str, &str)| QuoteLine {
            description: (*description).to_owned(),
            quantity: quantity.parse().expect("decimal"),
            unit: "each".to_owned(),
            unit_cost: Decimal::new(777_777, 2),
            unit_price: price.parse().expect("decimal"),
            estimate_id: None,
        };
        let offer = Offer {
            lines: lines.iter().map(line).collect(),
            tax_rate: Decimal::new(725, 4),
            currency: Currency::USD,
            valid_until: date(2026, 12, 2),
            terms: "Half with the order.".to_owned(),
            exclusions: vec!["Rock".to_owned()],
            decided: None,
            options: Vec::new(),
        };
        let version = new_version(None, CONNECTED.parse().expect("timestamp"), offer).expect("a version");
        let new = quotes::NewQuote {
            year: 2026,
            title: "Clinic, main entrance",
            customer: ["Riverside Clinic", "Alder & Sons, \"Bank\"", "Hill School"][i],
            contact: "",
            external_id: None,
            created_at: CONNECTED.parse().expect("timestamp"),
            version: &version,
        };
        shop.app.shop().write(|db| quotes::create(db, &new)).expect("a quote");
    }
    shop
}

/// The files of one system as our reader understands them, by the ends of their names; with what the system calls our quotes.
fn read_back(shop: &Shop, system: System) -> Vec<(String, TableReading)> {
    let quotes = crate::quotes::all(&shop.action()).expect("quotes");
    let ids = |quote: &Quote| {
        let id = |kind: &str| (kind.to_owned(), format!("{kind}-{}", quote.id));
        ["Opportunity", "Quote", "Account", "deal"].map(id).into()
    };
    let known: Vec<_> = quotes.iter().map(|quote| Known { quote, ids: ids(quote) }).collect();
    let files = exported(&system.layout().expect("a layout"), &known, Form::Csv, &TimeZone::UTC).expect("files");
    let read = |file: signwright_connect::export::Exported| {
        let bytes = given_back(&file.bytes);
        let reading = read_table(&format!("{}.csv", file.name), &bytes, Currency::USD).expect("a table");
        assert_eq!(reading.parsed.rejects, [], "{} of {system:?}", file.name);
        (file.name, reading)
    };
    // A row per line of an estimate is what importers of QuickBooks take; no program exports that.
    files
        .into_iter()
        .filter(|file| (system, file.name.as_str()) != (System::Quickbooks, "estimates"))
        .map(read)
        .collect()
}

/// A file as the system exports it after it was imported there: records of lines have got an id, here that of our key.
fn given_back(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let is_of_lines =
        ["Id,Signwright_Id__c,QuoteId", "Record ID,signwright_id,Name"].iter().any(|start| text.starts_with(start));
    if !is_of_lines {
        return bytes.to_vec();
    }
    let keyed = |row: &str| match row.strip_prefix(",Q-") {
        Some(rest) => format!("Q-{},Q-{rest}", rest.split(',').next().unwrap_or_default()),
        None => row.to_owned(),
    };
    text.split("\r\n").map(keyed).collect::<Vec<_>>().join("\r\n").into_bytes()
}

fn file<'a>(files: &'a [(String, TableReading)], name: &str, profile: &str, kind: RecordKind) -> &'a [Record] {
    let (_, reading) = files.iter().find(|(found, _)| found == name).expect("the file");
    assert_eq!((reading.understood.profile.as_deref(), reading.understood.kind), (Some(profile), Some(kind)), "{name}");
    &reading.parsed.records
}

/// Every line of every quote, newest quote first, as the files have them.
fn lines(shop: &Shop) -> Vec<(Decimal, Decimal, Money)> {
    let quotes = crate::quotes::all(&shop.action()).expect("quotes");
    let of = |quote: &Quote| {
        let version = quote.active();
        let lines = version.lines.iter().zip(&version.totals.amounts);
        lines.map(|(line, amount)| (line.quantity, line.unit_price, *amount)).collect::<Vec<_>>()
    };
    quotes.iter().flat_map(of).collect()
}

fn check_lines(shop: &Shop, records: &[Record]) {
    let amounts: Vec<_> = records.iter().map(|record| (record.number("quantity"), record.money("amount"))).collect();
    let expected: Vec<_> =
        lines(shop).into_iter().map(|(quantity, _, amount)| (Some(quantity), Some(amount))).collect();
    assert_eq!(amounts, expected);
}

fn check_totals(shop: &Shop, records: &[Record], field: &str, of: fn(&Quote) -> Money) {
    let quotes = crate::quotes::all(&shop.action()).expect("quotes");
    let found: Vec<_> = records.iter().map(|record| record.money(field)).collect();
    assert_eq!(found, quotes.iter().map(|quote| Some(of(quote))).collect::<Vec<_>>());
}

fn subtotal(quote: &Quote) -> Money {
    quote.active().totals.subtotal
}

fn total(quote: &Quote) -> Money {
    quote.active().totals.total
}

#[test]
fn salesforce_files_come_back_as_they_went() {
    let shop = shop();
    let files = read_back(&shop, System::Salesforce);
    let of = |name, profile, kind| file(&files, name, profile, kind);
    let opportunities = of("opportunities", "Salesforce opportunities", RecordKind::Opportunity);
    check_totals(&shop, opportunities, "amount", subtotal);
    check_totals(&shop, of("quotes", "Salesforce quotes", RecordKind::Quote), "quoted_price", total);
    check_lines(&shop, of("quote-line-items", "Salesforce quote line items", RecordKind::LineItem));
}

#[test]
fn hubspot_files_come_back_as_they_went() {
    let shop = shop();
    let files = read_back(&shop, System::Hubspot);
    check_totals(&shop, file(&files, "deals", "HubSpot deals", RecordKind::Opportunity), "amount", subtotal);
    check_lines(&shop, file(&files, "line-items", "HubSpot line items", RecordKind::LineItem));
}

#[test]
fn quickbooks_and_odoo_files_come_back_as_they_went() {
    let shop = shop();
    let files = read_back(&shop, System::Quickbooks);
    check_totals(&shop, file(&files, "list", "QuickBooks estimates", RecordKind::Quote), "quoted_price", total);
    let files = read_back(&shop, System::Odoo);
    check_lines(&shop, file(&files, "sale-orders", "Odoo order lines", RecordKind::LineItem));
    check_totals(&shop, file(&files, "totals", "Odoo sale orders", RecordKind::Quote), "quoted_price", total);
}

#[test]
fn several_files_stand_beside_each_other_and_say_how_many_quotes_they_hold() {
    let shop = shop();
    let dir = tempfile::tempdir().expect("dir");
    let path = dir.path().join("crm.csv").display().to_string();
    let written = export_quotes(&shop.action(), ExportQuotes::of(QuoteFormat::Hubspot, Some(path))).expect("files");
    let names: Vec<_> = written.files.iter().filter_map(|file| file.path.rsplit('/').next()).collect();
    assert_eq!((written.quotes, names), (3, vec!["crm-deals.csv", "crm-line-items.csv"]));
}

#[test]
fn a_layout_of_the_shops_own_is_needed_for_generic_and_says_what_is_wrong() {
    let shop = shop();
    let export = |map: Option<&str>| {
        let input = ExportQuotes::of(QuoteFormat::Generic, None);
        export_quotes(&shop.action(), ExportQuotes { map: map.map(str::to_owned), ..input })
    };
    assert_eq!(export(None).expect_err("no layout").code, crate::Code::InvalidInput);
    let cost = "name = \"x\"\n[[files]]\nname = \"a\"\nper = \"line\"\ncolumns = [{ header = \"Cost\", from = \"unit_cost\" }]";
    assert!(export(Some(cost)).expect_err("a cost").message.contains("unit_cost"));
}
