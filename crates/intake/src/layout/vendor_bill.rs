//! A vendor's bill for material or a subcontract. Only a bill with a number, a total and a table of items counts as one;
//! anything less is left unknown instead of guessed at.

use rust_decimal::RoundingStrategy;
use signwright_domain::Money;
use signwright_domain::record::{Field, Record, RecordKind, Section};

use super::checks::{self, Part, Sum};
use super::columns::{ColumnKind, Header, Holds};
use super::cost_summary::{columns, labels};
use super::header;
use super::labels::Label;
use super::lines::Line;
use super::tables::{self, Form};
use super::values::{Printed, Values};
use super::{Reading, assembled};

/// The letterhead is the vendor's where no label says who it is.
const LETTERHEAD: f64 = 0.9;

const WANTED: &[(&str, Holds)] = &[
    ("vendor", Holds::Text),
    ("bill_number", Holds::Code),
    ("date", Holds::Date),
    ("due_date", Holds::Date),
    ("work_order", Holds::Code),
    ("subtotal", Holds::Amount),
    ("tax", Holds::Amount),
    ("shipping", Holds::Amount),
    ("total", Holds::Amount),
];

const LABELS: &[Label] = labels! {
    "vendor": "VENDOR", "SUPPLIER", "REMIT TO";
    "bill_number": "INVOICE NO", "INVOICE NUMBER", "INVOICE", "BILL NO", "BILL NUMBER", "BILL", "INV NO", "INVOICE ID";
    "date": "DATE", "INVOICE DATE", "BILL DATE", "DATE OF INVOICE", "ISSUED";
    "due_date": "DUE", "DUE DATE", "PAYMENT DUE", "DUE ON", "PAY BY";
    "work_order": "WORK ORDER", "WORK ORDER NO", "WO", "WO NO", "YOUR WO", "JOB", "JOB NO", "JOB NUMBER", "YOUR JOB",
        "FOR WORK ORDER", "YOUR WORK ORDER";
    "bill_to": "BILL TO", "SOLD TO", "SHIP TO";
    "terms": "TERMS";
    "customer_po": "PO NO", "PO NUMBER", "PO", "YOUR PO", "CUSTOMER PO";
    "subtotal": "SUBTOTAL", "SUB TOTAL", "NET TOTAL";
    "tax": "TAX", "SALES TAX", "USE TAX", "VAT";
    "shipping": "SHIPPING", "FREIGHT", "DELIVERY", "SHIPPING HANDLING", "SHIPPING AND HANDLING";
    "total": "TOTAL", "TOTAL DUE", "AMOUNT DUE", "BALANCE DUE", "INVOICE TOTAL", "GRAND TOTAL", "TOTAL AMOUNT",
        "BILL TOTAL";
};

const COLUMNS: &[ColumnKind] = columns! {
    "item_number" Text: "ITEM NO", "ITEM NUMBER", "SKU", "PART NO", "LINE";
    "description" Text: "DESCRIPTION", "ITEM", "ITEM DESCRIPTION", "MATERIAL";
    "quantity" Number: "QTY", "QUANTITY";
    "unit" Text: "UNIT", "UOM", "UM";
    "unit_price" Number: "UNIT PRICE", "PRICE", "PRICE EACH", "RATE", "EACH";
    "amount" Amount: "AMOUNT", "TOTAL", "EXTENDED", "LINE TOTAL", "EXT AMOUNT", "EXTENSION";
};

const FORM: Form = Form { columns: COLUMNS, labels: LABELS, section, title };

/// Whether a document has a bill's number, total and table.
pub(super) fn is_one(lines: &[Line]) -> bool {
    let found = header::found(lines, LABELS);
    let numbered = |field: &str| {
        let mut candidates = found.iter().filter(|one| one.field == field);
        candidates.any(|one| one.first().iter().any(|word| word.text.bytes().any(|b| b.is_ascii_digit())))
    };
    let table = lines.iter().any(|line| Header::of(line, COLUMNS).is_some_and(|header| header.has("quantity")));
    table && numbered("bill_number") && numbered("total") && numbered("date")
}

/// Reads a document that [`is_one`].
pub(super) fn read(lines: &[Line], values: &Values<'_>) -> Reading {
    let tables = tables::read(lines, &FORM, values);
    let found = header::found(&tables.others, LABELS);
    let (mut fields, mut rejects) = header::fields(&found, WANTED, values);
    if let Some(field) = (!fields.contains_key("vendor")).then(|| letterhead(lines, values)).flatten() {
        fields.insert("vendor".to_owned(), field);
    }
    rejects.extend(tables.rejects);
    let key = fields.get("vendor").zip(fields.get("bill_number")).map(|(v, n)| format!("{}/{}", v.raw, n.raw));
    assembled(RecordKind::VendorBill, "vendor-bill", key, (fields, tables.lines), rejects, sums)
}

/// The first words of the first page that are no title.
fn letterhead(lines: &[Line], values: &Values<'_>) -> Option<Field> {
    let titles = ["INVOICE", "BILL", "STATEMENT", "TAX INVOICE", "PAGE 1"];
    let first_page = lines.iter().filter(|line| line.page == 1).take(6);
    let words = first_page.flat_map(|line| line.cells.first()).find(|cell| {
        let plain = super::lines::plain(&super::lines::raw(cell));
        !plain.is_empty() && !titles.iter().any(|title| plain == title.replace(' ', ""))
    })?;
    let printed = Printed { field: "vendor", page: 1, words, found_by: "letterhead".to_owned() };
    values.read(&printed, Holds::Text).ok().map(|field| Field { confidence: LETTERHEAD, ..field })
}

fn sums(record: &Record) -> Vec<Sum> {
    let lines = checks::of_lines(record, Section::Item, "amount", "lines sum to the subtotal", "subtotal")
        .or_else(|| checks::of_lines(record, Section::Item, "amount", "lines sum to the total", "total"));
    let total = record.money("subtotal").and_then(|_| {
        checks::of_fields(
            record,
            &["subtotal", "tax", "shipping"],
            "subtotal, tax and shipping make the total",
            "total",
        )
    });
    let extended = (0..record.lines.len()).filter_map(|line| extension(record, line));
    lines.into_iter().chain(total).chain(extended).collect()
}

/// Quantity times unit price, rounded to the cent, against the line's amount.
fn extension(record: &Record, line: usize) -> Option<Sum> {
    let fields = &record.lines.get(line)?.fields;
    let amount = checks::money(&record.lines[line], "amount")?;
    let number = |name: &str| match &fields.get(name)?.value {
        signwright_domain::record::Value::Number(number) => Some(*number),
        signwright_domain::record::Value::Money(_)
        | signwright_domain::record::Value::Text(_)
        | signwright_domain::record::Value::Date(_)
        | signwright_domain::record::Value::Flag(_) => None,
    };
    let product = number("quantity")?.checked_mul(number("unit_price")?)?;
    let places = amount.currency.places();
    let rounded = product.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    Some(Sum {
        name: format!("line {}: quantity times unit price is the amount", line + 1),
        printed: Part::Line(line, "amount"),
        computed: Money::from_decimal(rounded, amount.currency).ok()?,
        parts: vec![Part::Line(line, "quantity"), Part::Line(line, "unit_price")],
    })
}

fn section(_: &Header, _: Option<Section>) -> Section {
    Section::Item
}

fn title(_: &str) -> Option<Section> {
    None
}
