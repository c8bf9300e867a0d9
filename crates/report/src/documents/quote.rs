//! A quote as a customer gets it. Cost, markup, margin, estimates and competitors are not on the sheet at all.

use serde::Serialize;
use signwright_domain::Currency;
use signwright_domain::quote::{Quote, QuoteLine, QuoteStatus, QuoteVersion};

use super::letterhead::{Head, Letterhead};
use super::typeset::{Day, Manuscript, pdf};
use crate::ReportError;
use crate::words::{cell, long_date, narrow_cell, one_line, paragraphs, percent, quantity, shortened, unit_price};

static TEMPLATE: &str = include_str!("../../templates/quote.typ");

/// The active version of a quote as PDF, dated by the day that version was made at the shop. US letter for dollars, A4
/// for other currencies.
///
/// Refuses an accent that is no colour and a logo that is no image.
pub fn quote_pdf(quote: &Quote, letterhead: &Letterhead) -> Result<Vec<u8>, ReportError> {
    let sheet = Sheet::of(quote, letterhead)?;
    pdf(Manuscript {
        template: TEMPLATE,
        data: &sheet,
        files: letterhead.logo.iter().map(|bytes| ("logo", bytes.clone())).collect(),
        identity: format!("quote {} version {}", quote.number, quote.active().version),
    })
}

#[derive(Debug, Serialize)]
struct Sheet {
    shop: Head,
    paper: &'static str,
    date: Day,
    document_title: String,
    number: String,
    /// Set from the second version on.
    revision: Option<u32>,
    draft: bool,
    quoted_on: String,
    valid_until: String,
    customer: String,
    /// For the head of further pages.
    short_customer: String,
    contact: String,
    title: String,
    lines: Vec<Line>,
    subtotal: String,
    /// Left out where no tax is charged.
    tax: Option<Tax>,
    total: String,
    currency: String,
    terms: Vec<String>,
    exclusions: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Tax {
    label: String,
    amount: String,
}

#[derive(Debug, Serialize)]
struct Line {
    description: Vec<String>,
    quantity: String,
    unit: String,
    unit_price: String,
    amount: String,
    /// A text so long that its row may be split over two pages.
    long: bool,
}

impl Sheet {
    fn of(quote: &Quote, letterhead: &Letterhead) -> Result<Self, ReportError> {
        let version = quote.active();
        let totals = &version.totals;
        let date = version.created_at.to_zoned(letterhead.time_zone.clone()).date();
        Ok(Self {
            shop: Head::of(letterhead)?,
            paper: paper(totals.total.currency),
            date: date.into(),
            document_title: one_line(&format!("Quote {} {}", quote.number, quote.title)),
            number: cell(&quote.number),
            revision: (version.version > 1).then_some(version.version),
            draft: quote.status == QuoteStatus::Draft,
            quoted_on: long_date(date),
            valid_until: long_date(version.valid_until),
            customer: cell(&quote.customer),
            short_customer: cell(&shortened(&quote.customer, 60)),
            contact: cell(&quote.contact),
            title: cell(&quote.title),
            lines: lines(version),
            subtotal: totals.subtotal.to_string(),
            tax: (!version.tax_rate.is_zero() || totals.tax.minor != 0)
                .then(|| Tax { label: format!("Tax ({})", percent(version.tax_rate)), amount: totals.tax.to_string() }),
            total: totals.total.to_string(),
            currency: totals.total.currency.to_string(),
            terms: paragraphs(&version.terms),
            exclusions: version.exclusions.iter().map(|line| cell(line)).filter(|line| !line.is_empty()).collect(),
        })
    }
}

fn lines(version: &QuoteVersion) -> Vec<Line> {
    let amounts = version.totals.amounts.iter();
    version
        .lines
        .iter()
        .zip(amounts)
        .map(|(line, amount)| sheet_line(line, amount.to_string(), amount.currency))
        .collect()
}

fn sheet_line(line: &QuoteLine, amount: String, currency: Currency) -> Line {
    Line {
        description: paragraphs(&line.description),
        quantity: quantity(line.quantity),
        unit: narrow_cell(&line.unit),
        unit_price: unit_price(line.unit_price, currency),
        amount,
        long: line.description.len() > 600 || line.description.lines().count() > 12,
    }
}

/// North America prints on letter.
pub(super) fn paper(currency: Currency) -> &'static str {
    match currency.code() {
        "USD" | "CAD" | "MXN" => "us-letter",
        _ => "a4",
    }
}
