//! Invoices, bills, quotes and orders of any layout: read by what their labels, columns and sums say, in thirteen languages.
//!
//! Nothing here knows a vendor. A value is taken when its label names it without doubt or when the arithmetic proves it;
//! else it stays below the bar and waits for a person, or is left out.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, Record, RecordKind, Section};

use super::checks;
use super::lines::Line;
use super::{Reading, assembled};
use crate::pdf::second::SecondOpinion;

pub(super) mod bids;
mod fold;
mod heading;
mod items;
mod kind;
mod labels;
mod names;
mod parties;
mod print;
mod totals;
mod vocabulary;

use kind::Kind;
use labels::Labels;
use print::Print;

/// A document on its way to a record.
struct Paper<'a> {
    lines: &'a [Line],
    labels: Labels,
    print: Print<'a>,
    kind: Kind,
}

/// Reads a document; `None` where it is none of these kinds or says too little of itself.
pub(super) fn read(
    lines: &[Line],
    second: Option<&SecondOpinion>,
    currency: signwright_domain::Currency,
) -> Option<Reading> {
    let labels = Labels::of(lines);
    let kind = kind::of(lines, &labels)?;
    let print = Print::of(lines, &labels, currency, second);
    let paper = Paper { lines, labels, print, kind };
    let mut items = items::read(&paper);
    let mut fields = heading::read(&paper);
    fields.extend(totals::read(&paper, &items));
    if items.lines.is_empty() {
        items.lines = items::listed(&paper, &fields);
    }
    fields.extend(parties::read(&paper));
    let known = ["number", "date", "total"].iter().filter(|name| fields.contains_key(**name)).count();
    if known < 2 {
        return None;
    }
    if let Some(currency) = paper.print.currency_field() {
        fields.insert("currency".to_owned(), currency);
    }
    Some(record(&paper, fields, items.lines))
}

/// A bill for one of the shop's jobs names the job; any other invoice is just that.
fn record(
    paper: &Paper<'_>,
    mut fields: BTreeMap<String, Field>,
    lines: Vec<signwright_domain::record::RecordLine>,
) -> Reading {
    let kind = match paper.kind {
        Kind::Invoice if fields.contains_key("work_order") => RecordKind::VendorBill,
        Kind::Invoice => RecordKind::Invoice,
        Kind::Order => RecordKind::PurchaseOrder,
        Kind::Quote => RecordKind::PrintedQuote,
        Kind::Bids => RecordKind::BidTab,
    };
    let raw = |name: &str| fields.get(name).map(|field| field.raw.clone());
    let issuer = match kind {
        RecordKind::PurchaseOrder => raw("customer").or_else(|| raw("vendor")),
        _ => raw("vendor"),
    };
    let key = raw("number").map(|number| match &issuer {
        Some(issuer) => format!("{issuer}/{number}"),
        None => number,
    });
    // Without its number a paper is still kept, under what else tells it apart.
    let key = key.or_else(|| Some(format!("{}/{}", issuer?, raw("date").or_else(|| raw("total"))?)));
    let layout = if kind == RecordKind::VendorBill {
        if let Some(number) = fields.remove("number") {
            fields.insert("bill_number".to_owned(), number);
        }
        "vendor-bill"
    } else {
        "trade"
    };
    assembled(kind, layout, key, (fields, lines), Vec::new(), sums)
}

pub(super) fn sums(record: &Record) -> Vec<checks::Sum> {
    // Prices may include the tax: then the lines make the total. What they do make is the check, else what they should.
    let made = |(total, name)| checks::of_lines(record, Section::Item, "amount", name, total);
    let mut lines: Vec<checks::Sum> = [
        ("lines_total", "lines sum to their printed sum"),
        ("subtotal", "lines sum to the subtotal"),
        ("total", "lines sum to the total"),
    ]
    .into_iter()
    .filter_map(made)
    .collect();
    lines.extend(lines_with_extras(record));
    let fits = lines.iter().position(|sum| checks::printed(record, sum) == Some(sum.computed));
    let lines = (!lines.is_empty()).then(|| lines.swap_remove(fits.unwrap_or(0)));
    let parts = ["subtotal", "tax", "shipping", "discount", "charges"];
    let total = record
        .money("subtotal")
        .and_then(|_| checks::of_fields(record, &parts, "subtotal, tax and shipping make the total", "total"));
    let extended = (0..record.lines.len()).filter_map(|line| items::extension(record, line));
    lines.into_iter().chain(total).chain(extended).collect()
}

/// Where no subtotal is printed: the lines with tax and shipping make the total.
fn lines_with_extras(record: &Record) -> Option<checks::Sum> {
    if record.money("subtotal").is_some() {
        return None;
    }
    let name = "lines, tax and shipping make the total";
    let mut sum = checks::of_lines(record, Section::Item, "amount", name, "total")?;
    let extras = checks::of_fields(record, &["tax", "shipping", "discount", "charges"], name, "total")?;
    sum.computed = checks::added(sum.computed, extras.computed)?;
    sum.parts.extend(extras.parts);
    Some(sum)
}
