//! An invoice's own data as XML (Factur-X 1.0, ZUGFeRD 1 and 2: UN/CEFACT Cross Industry Invoice). It is what the sender's
//! system says, so it is believed before the printed page; the page only tells where each value stands.

use std::collections::BTreeMap;

use jiff::civil::Date;
use roxmltree::{Document, Node};
use rust_decimal::Decimal;
use signwright_domain::record::{Field, Record, RecordKind, RecordLine, Section, Value};
use signwright_domain::{Currency, Money};

use super::checks;
use super::lines::Line;
use super::{Reading, assembled};

mod printed;

/// What an e-invoice's own data is believed with.
const STATED: f64 = 0.99;

/// Names of ZUGFeRD 1 and of its successors for the same part.
const HEADS: &[&str] = &["ExchangedDocument", "HeaderExchangedDocument"];
const DEALS: &[&str] = &["SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction"];
const AGREEMENTS: &[&str] = &["ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement"];
const SETTLEMENTS: &[&str] = &["ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement"];
const SUMS: &[&str] = &["SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"];
const LINE_AGREEMENTS: &[&str] = &["SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement"];
const LINE_DELIVERIES: &[&str] = &["SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery"];
const LINE_SETTLEMENTS: &[&str] = &["SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement"];
const LINE_SUMS: &[&str] =
    &["SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"];

const AMOUNTS: &[(&str, &str)] = &[
    ("subtotal", "TaxBasisTotalAmount"),
    ("lines_total", "LineTotalAmount"),
    ("charges", "ChargeTotalAmount"),
    ("discount", "AllowanceTotalAmount"),
    ("tax", "TaxTotalAmount"),
    ("total", "GrandTotalAmount"),
    ("prepaid", "TotalPrepaidAmount"),
    ("amount_due", "DuePayableAmount"),
];

/// Reads the attached XML; `None` where it is no invoice with a number.
pub(super) fn read(xml: &str, lines: &[Line]) -> Option<Reading> {
    let document = Document::parse(xml.trim_start_matches('\u{feff}')).ok()?;
    let root = document.root_element();
    let (head, deal) = (child(root, HEADS)?, child(root, DEALS)?);
    let settlement = child(deal, SETTLEMENTS)?;
    let currency = text(settlement, &[&["InvoiceCurrencyCode"]])?.parse().ok()?;
    let stated = Stated { lines, currency };
    let number = text(head, &[&["ID"]])?;
    let mut fields = stated.heading(head, deal, settlement);
    stated.sums(child(settlement, SUMS), &mut fields);
    let vendor = fields.get("vendor").map_or("", |field| field.raw.as_str());
    let key = format!("{vendor}/{number}");
    let lines = children(deal, "IncludedSupplyChainTradeLineItem").filter_map(|line| stated.line(line)).collect();
    Some(assembled(RecordKind::Invoice, "e-invoice", Some(key), (fields, lines), Vec::new(), sums))
}

/// Values of one e-invoice, looked up on its printed pages.
struct Stated<'a> {
    lines: &'a [Line],
    currency: Currency,
}

impl Stated<'_> {
    fn heading(&self, head: Node<'_, '_>, deal: Node<'_, '_>, settlement: Node<'_, '_>) -> BTreeMap<String, Field> {
        let agreement = child(deal, AGREEMENTS);
        let named = |path: &[&[&str]]| agreement.and_then(|node| text(node, path));
        let texts = [
            ("number", text(head, &[&["ID"]])),
            ("vendor", named(&[&["SellerTradeParty"], &["Name"]])),
            ("vendor_id", named(&[&["SellerTradeParty"], &["ID"]])),
            ("customer", named(&[&["BuyerTradeParty"], &["Name"]])),
            ("customer_id", named(&[&["BuyerTradeParty"], &["ID"]])),
            ("order_number", named(&[&["BuyerOrderReferencedDocument"], &["IssuerAssignedID", "ID"]])),
            ("currency", Some(self.currency.code().to_owned())),
            ("document_type", text(head, &[&["TypeCode"]]).map(|code| type_name(&code).to_owned())),
        ];
        let dates = [
            ("date", child(head, &["IssueDateTime"])),
            (
                "due_date",
                child(settlement, &["SpecifiedTradePaymentTerms"]).and_then(|n| child(n, &["DueDateDateTime"])),
            ),
        ];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, self.text(name, text?))));
        let dates = dates.into_iter().filter_map(|(name, node)| Some((name, self.date(name, node?)?)));
        texts.chain(dates).map(|(name, field)| (name.to_owned(), field)).collect()
    }

    fn sums(&self, sums: Option<Node<'_, '_>>, fields: &mut BTreeMap<String, Field>) {
        for (name, element) in AMOUNTS {
            let amount = sums.and_then(|sums| self.own_currency(sums, element));
            if let Some(field) = amount.and_then(|amount| self.money(name, &amount)) {
                fields.insert((*name).to_owned(), field);
            }
        }
    }

    /// Tax may be stated a second time in the currency of the tax office.
    fn own_currency(&self, sums: Node<'_, '_>, element: &str) -> Option<String> {
        let stated = || children(sums, element);
        let own = stated().find(|node| node.attribute("currencyID") == Some(self.currency.code()));
        content(own.or_else(|| stated().next())?)
    }

    /// One line; those without an amount and without a price are headings.
    fn line(&self, line: Node<'_, '_>) -> Option<RecordLine> {
        let product = child(line, &["SpecifiedTradeProduct"]);
        let named = |element| product.and_then(|node| text(node, &[&[element]]));
        let price = child(line, LINE_AGREEMENTS).and_then(|node| child(node, &["NetPriceProductTradePrice"]));
        let unit_price = price.and_then(|price| per_unit(price));
        let quantity = child(line, LINE_DELIVERIES).and_then(|node| child(node, &["BilledQuantity"]));
        let amount = child(line, LINE_SETTLEMENTS)
            .and_then(|node| child(node, LINE_SUMS))
            .and_then(|node| text(node, &[&["LineTotalAmount"]]));
        if unit_price.is_none() && amount.is_none() {
            return None;
        }
        let fields = [
            ("item_number", named("SellerAssignedID").map(|t| self.text("item_number", t))),
            ("description", named("Name").map(|t| self.text("description", t))),
            ("quantity", quantity.and_then(content).and_then(|t| self.number("quantity", &t))),
            ("unit", quantity.and_then(|q| q.attribute("unitCode")).map(|u| self.text("unit", u.to_owned()))),
            ("unit_price", unit_price.and_then(|t| self.number("unit_price", &t))),
            ("amount", amount.and_then(|t| self.money("amount", &t))),
        ];
        let fields = fields.into_iter().filter_map(|(name, field)| Some((name.to_owned(), field?))).collect();
        Some(RecordLine { section: Section::Item, fields })
    }

    fn text(&self, name: &str, text: String) -> Field {
        let at = printed::text(self.lines, &text);
        self.field(name, Value::Text(text.clone()), text, at)
    }

    fn date(&self, name: &str, node: Node<'_, '_>) -> Option<Field> {
        let raw = text(node, &[&["DateTimeString", "DateTime"]])?;
        let date = compact_date(&raw)?;
        let at = printed::date(self.lines, date);
        Some(self.field(name, Value::Date(date), raw, at))
    }

    fn money(&self, name: &str, raw: &str) -> Option<Field> {
        let amount: Decimal = raw.parse().ok()?;
        let money = Money::from_decimal(amount, self.currency).ok()?;
        let at = printed::number(self.lines, amount);
        Some(self.field(name, Value::Money(money), raw.to_owned(), at))
    }

    fn number(&self, name: &str, raw: &str) -> Option<Field> {
        let number: Decimal = raw.parse().ok()?;
        let at = printed::number(self.lines, number);
        Some(self.field(name, Value::Number(number.normalize()), raw.to_owned(), at))
    }

    fn field(&self, name: &str, value: Value, raw: String, at: signwright_domain::record::Place) -> Field {
        Field {
            value,
            raw,
            at,
            confidence: STATED,
            found_by: format!("the e-invoice's own {}", name.replace('_', " ")),
        }
    }
}

/// UNTDID 1001, the codes that EN 16931 allows.
fn type_name(code: &str) -> &'static str {
    match code {
        "381" | "261" | "396" | "532" => "credit note",
        "384" => "corrected invoice",
        "326" => "partial invoice",
        "386" => "prepayment invoice",
        "387" => "hire invoice",
        "389" => "self-billed invoice",
        _ => "invoice",
    }
}

/// A price may be stated for more than one unit.
fn per_unit(price: Node<'_, '_>) -> Option<String> {
    let charge: Decimal = text(price, &[&["ChargeAmount"]])?.parse().ok()?;
    let basis = text(price, &[&["BasisQuantity"]]).and_then(|basis| basis.parse::<Decimal>().ok());
    let unit = charge.checked_div(basis.filter(|basis| !basis.is_zero()).unwrap_or(Decimal::ONE))?;
    Some(unit.normalize().to_string())
}

/// `20180305`, `20180305101900` and `2018-03-05`.
fn compact_date(raw: &str) -> Option<Date> {
    let digits: String = raw.chars().filter(char::is_ascii_digit).take(8).collect();
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn sums(record: &Record) -> Vec<checks::Sum> {
    let taxed = checks::of_fields(record, &["subtotal", "tax"], "subtotal and tax make the total", "total");
    let lines = checks::of_lines(record, Section::Item, "amount", "lines sum to their printed sum", "lines_total");
    taxed.into_iter().chain(lines).collect()
}

fn child<'a, 'i>(node: Node<'a, 'i>, names: &[&str]) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && names.contains(&child.tag_name().name()))
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The text at the end of a path; each step may go by several names.
fn text(node: Node<'_, '_>, path: &[&[&str]]) -> Option<String> {
    content(path.iter().try_fold(node, |node, names| child(node, names))?)
}

fn content(node: Node<'_, '_>) -> Option<String> {
    let text = node.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
