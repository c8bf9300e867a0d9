//! What a document is and what it says. Recognised by its labels and column headers, never by its file name.

use std::collections::BTreeMap;

use signwright_domain::Currency;
use signwright_domain::printed::{Pair, Table};
use signwright_domain::record::{DocumentKind, Field, Parsed, Record, RecordKind, RecordLine, Reject, RejectReason};

use crate::pdf::open::Text;
use crate::pdf::reject;
use crate::pdf::second::SecondOpinion;

mod checks;
mod columns;
mod cost_summary;
mod einvoice;
mod grid;
mod header;
mod hours;
mod labels;
mod lines;
pub mod profile;
mod tables;
mod trade;
mod values;

/// What was understood of a document.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) kind: DocumentKind,
    pub(crate) layout: Option<&'static str>,
    pub(crate) parsed: Parsed,
    pub(crate) message: Option<String>,
}

impl Default for Reading {
    /// A document of a layout nobody knows.
    fn default() -> Self {
        let message = "this document says too little of itself: no cost summary, invoice, quote or order".to_owned();
        let parsed =
            Parsed { rejects: vec![reject(RejectReason::UnknownLayout, message.clone())], ..Parsed::default() };
        Self { kind: DocumentKind::Other, layout: None, parsed, message: Some(message) }
    }
}

/// The tables and the labelled values of a document, whatever it is.
pub(crate) fn structure(text: &Text) -> (Vec<Table>, Vec<Pair>) {
    (grid::tables(text), grid::pairs(&lines::of_document(text)))
}

/// Recognises and reads a document.
pub(crate) fn read(text: &Text, second: Option<&SecondOpinion>, currency: Currency) -> Reading {
    let lines = lines::of_document(text);
    let values = values::Values::of(&lines, currency, second);
    if let Some(reading) = text.attached.as_deref().and_then(|xml| einvoice::read(xml, &lines)) {
        return reading;
    }
    if cost_summary::is_one(&lines) {
        cost_summary::read(&lines, &values)
    } else {
        trade::bids::read(text, &lines, second, currency)
            .or_else(|| trade::read(&lines, second, currency))
            .unwrap_or_default()
    }
}

/// Puts a document's one record together and checks its arithmetic; without a key there is no record.
fn assembled(
    kind: RecordKind,
    layout: &'static str,
    key: Option<String>,
    (fields, lines): (BTreeMap<String, Field>, Vec<RecordLine>),
    mut rejects: Vec<Reject>,
    sums: fn(&Record) -> Vec<checks::Sum>,
) -> Reading {
    for reject in &mut rejects {
        reject.kind = Some(kind);
        reject.key.clone_from(&key);
    }
    let mut parsed = Parsed { rejects, ..Parsed::default() };
    match key {
        Some(key) => {
            let mut record = Record { kind, key, fields, lines };
            let sums = sums(&record);
            checks::apply(sums, &mut record, &mut parsed);
            parsed.records.push(record);
        }
        None => parsed.rejects.push(without_key(kind, &fields)),
    }
    let kind = match kind {
        RecordKind::CostSummary => DocumentKind::CostSummary,
        RecordKind::VendorBill => DocumentKind::VendorBill,
        RecordKind::Customer
        | RecordKind::Opportunity
        | RecordKind::Quote
        | RecordKind::WorkOrder
        | RecordKind::LineItem
        | RecordKind::MaterialPrice => DocumentKind::Other,
        RecordKind::Invoice => DocumentKind::Invoice,
        RecordKind::PurchaseOrder => DocumentKind::PurchaseOrder,
        RecordKind::PrintedQuote => DocumentKind::Quote,
        RecordKind::BidTab => DocumentKind::BidTab,
    };
    Reading { kind, layout: Some(layout), parsed, message: None }
}

fn without_key(kind: RecordKind, fields: &BTreeMap<String, Field>) -> Reject {
    let raw = fields.values().map(|field| field.raw.as_str()).collect::<Vec<_>>().join(" | ");
    let message = format!("the number of this {} could not be read", kind.label());
    Reject { kind: Some(kind), raw, ..reject(RejectReason::MissingKey, message) }
}
