//! What a profile reads in a document: a record with the confidence that its examples and its arithmetic give it.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, Parsed, Record, RecordKind, Section};

use super::super::checks;
use super::super::{cost_summary, hours, lines, trade};
use super::page::Sheet;
use super::values::Values;
use super::{LayoutProfile, Printed, tables};

/// What was read by a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The record; its key is empty where what makes it was not found.
    pub record: Record,
    /// Fields that every example had and this document seems not to have.
    pub missing: Vec<String>,
}

/// Reads a document by a profile, without checking its sums: see [`settled`].
pub fn read(profile: &LayoutProfile, printed: &Printed<'_>) -> Learned {
    let sheet = Sheet::of(printed);
    let values = Values::of(&sheet, printed.currency, profile.day_first);
    let (mut fields, mut missing) = (BTreeMap::new(), Vec::new());
    for (name, known) in &profile.fields {
        match known.read(&sheet, &values) {
            Some((span, value, way, confidence)) => {
                let words = sheet.tokens(span);
                let at = lines::place(sheet.rows[span.row].page, words);
                let field = Field { value, raw: lines::raw(words), at, confidence, found_by: way.said() };
                fields.insert(name.clone(), field);
            }
            None if known.seen == profile.examples => missing.push(name.clone()),
            None => {}
        }
    }
    if let Some(field) = fields.get_mut("sign_type") {
        crate::choices::settle("sign_type", field);
    }
    let lines = tables::read(&profile.tables, &sheet, &values);
    let key = key_of(profile.kind, &fields).unwrap_or_default();
    Learned { record: Record { kind: profile.kind, key, fields, lines }, missing }
}

/// The key of a record of this kind, where its fields give one.
pub fn key_of(kind: RecordKind, fields: &BTreeMap<String, Field>) -> Option<String> {
    let said = |name: &str| fields.get(name).map(|field| field.raw.clone()).filter(|text| !text.trim().is_empty());
    match kind {
        RecordKind::CostSummary | RecordKind::WorkOrder => said("work_order"),
        RecordKind::VendorBill => paper(said("vendor"), said("bill_number"), || said("date").or_else(|| said("total"))),
        RecordKind::PurchaseOrder => {
            let issuer = said("customer").or_else(|| said("vendor"));
            paper(issuer, said("number"), || said("date").or_else(|| said("total")))
        }
        // Of a bidder without number or date of the tab the name alone.
        RecordKind::BidTab => {
            let bidder = said("vendor")?;
            let tab = said("number").or_else(|| said("date"));
            Some(tab.map_or(bidder.clone(), |tab| format!("{bidder}/{tab}")))
        }
        RecordKind::Invoice | RecordKind::PrintedQuote => {
            paper(said("vendor"), said("number"), || said("date").or_else(|| said("total")))
        }
        RecordKind::Quote => said("quote_number"),
        RecordKind::Opportunity => said("opportunity"),
        RecordKind::Customer => said("customer_id"),
        RecordKind::LineItem => said("line_item"),
        RecordKind::MaterialPrice => None,
    }
}

/// A printed paper by its issuer and number, as the reader of such papers names it.
fn paper(issuer: Option<String>, number: Option<String>, other: impl FnOnce() -> Option<String>) -> Option<String> {
    match (issuer, number) {
        (Some(issuer), Some(number)) => Some(format!("{issuer}/{number}")),
        (None, Some(number)) => Some(number),
        (Some(issuer), None) => Some(format!("{issuer}/{}", other()?)),
        (None, None) => None,
    }
}

/// A record with its sums checked and its confidence settled by them; what does not add up is a reject.
pub fn settled(mut record: Record) -> Parsed {
    let mut parsed = Parsed::default();
    let sums = match record.kind {
        RecordKind::CostSummary => {
            let labour = record.lines.iter().any(|line| line.section == Section::Labour);
            for (name, total) in [("estimated_hours", "estimated hours"), ("actual_hours", "actual hours")] {
                let printed = record.fields.remove(name);
                let by_hand = printed.as_ref().is_some_and(|field| field.confidence >= 1.0);
                let (field, reject) = if labour && !by_hand {
                    hours::settled(printed, &record.lines, name, total)
                } else {
                    (printed, None)
                };
                record.fields.extend(field.map(|field| (name.to_owned(), field)));
                parsed.rejects.extend(reject);
            }
            cost_summary::sums(&record)
        }
        RecordKind::VendorBill
        | RecordKind::Invoice
        | RecordKind::PurchaseOrder
        | RecordKind::PrintedQuote
        | RecordKind::BidTab => trade::sums(&record),
        RecordKind::Customer
        | RecordKind::Opportunity
        | RecordKind::Quote
        | RecordKind::WorkOrder
        | RecordKind::LineItem
        | RecordKind::MaterialPrice => Vec::new(),
    };
    checks::apply(sums, &mut record, &mut parsed);
    for reject in &mut parsed.rejects {
        reject.kind = Some(record.kind);
        reject.key = Some(record.key.clone());
    }
    parsed.records.push(record);
    parsed
}
