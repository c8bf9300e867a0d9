//! A quote as a customer gets it. Cost, markup, margin, estimates and competitors are not on the sheet at all.

use serde::Serialize;
use signwright_domain::quote::{Quote, QuoteLine, QuoteStatus, QuoteVersion};
use signwright_domain::quote_option::OptionAmount;
use signwright_domain::{Currency, Money};

use super::manuscript::{Frame, Framing};
use super::{Letterhead, Manuscript, Template};
use crate::ReportError;
use crate::words::{cell, long_date, narrow_cell, paragraphs, percent, quantity, shortened, unit_price};

/// How much of the price a customer sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pricing {
    /// A price for every line.
    #[default]
    Itemised,
    /// The lines, and one price for all of them.
    LumpSum,
}

/// The active version of a quote, dated by the day that version was made at the shop. US letter for dollars, A4 for other
/// currencies.
///
/// Refuses an accent that is no colour and a logo that is no image.
pub fn quote(quote: &Quote, pricing: Pricing, letterhead: &Letterhead) -> Result<Manuscript, ReportError> {
    let identity = format!("quote {} version {}", quote.number, quote.active().version);
    Ok(Manuscript::new(Template::Quote, identity, &Sheet::of(quote, pricing, letterhead)?)?.with_logo(letterhead))
}

#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(flatten)]
    frame: Frame,
    itemised: bool,
    number: String,
    /// Set from the second version on.
    revision: Option<u32>,
    draft: bool,
    quoted_on: String,
    valid_until: String,
    customer: String,
    contact: String,
    title: String,
    lines: Vec<Line>,
    subtotal: String,
    /// Left out where no tax is charged.
    tax: Option<Tax>,
    total: String,
    /// What could be chosen and is not.
    choices: Vec<Choice>,
    currency: String,
    terms: Vec<String>,
    exclusions: Vec<String>,
}

/// An option that is not in the total.
#[derive(Debug, Serialize)]
struct Choice {
    label: String,
    amount: String,
    /// With it, tax included; empty where it is not known.
    total: String,
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
    fn of(quote: &Quote, pricing: Pricing, letterhead: &Letterhead) -> Result<Self, ReportError> {
        let version = quote.active();
        let totals = &version.totals;
        let date = version.created_at.to_zoned(letterhead.time_zone.clone()).date();
        let framing = Framing {
            paper: paper(totals.total.currency),
            date,
            title: &format!("Quote {} {}", quote.number, quote.title),
            running: &format!("Quote {}", quote.number),
            further: &format!("Quote {} for {}", quote.number, shortened(&quote.customer, 60)),
            internal: "",
        };
        Ok(Self {
            frame: Frame::of(letterhead, &framing)?,
            itemised: pricing == Pricing::Itemised,
            number: cell(&quote.number),
            revision: (version.version > 1).then_some(version.version),
            draft: quote.status == QuoteStatus::Draft,
            quoted_on: long_date(date),
            valid_until: long_date(version.valid_until),
            customer: cell(&quote.customer),
            contact: cell(&quote.contact),
            title: cell(&quote.title),
            lines: lines(version, pricing),
            subtotal: totals.subtotal.to_string(),
            tax: (!version.tax_rate.is_zero() || totals.tax.minor != 0)
                .then(|| Tax { label: format!("Tax ({})", percent(version.tax_rate)), amount: totals.tax.to_string() }),
            total: totals.total.to_string(),
            choices: version.option_amounts.iter().filter(|option| !option.chosen).map(choice).collect(),
            currency: totals.total.currency.to_string(),
            terms: paragraphs(&version.terms),
            exclusions: version.exclusions.iter().map(|line| cell(line)).filter(|line| !line.is_empty()).collect(),
        })
    }
}

fn choice(option: &OptionAmount) -> Choice {
    Choice {
        label: cell(&option.label),
        amount: option.amount.to_string(),
        total: option.otherwise.map_or_else(String::new, |total| total.to_string()),
    }
}

fn lines(version: &QuoteVersion, pricing: Pricing) -> Vec<Line> {
    let amounts = version.totals.amounts.iter();
    version.lines.iter().zip(amounts).map(|(line, amount)| sheet_line(line, *amount, pricing)).collect()
}

/// For a lump sum the prices of lines are not on the sheet at all.
fn sheet_line(line: &QuoteLine, amount: Money, pricing: Pricing) -> Line {
    let (unit_price, amount) = match pricing {
        Pricing::Itemised => (unit_price(line.unit_price, amount.currency), amount.to_string()),
        Pricing::LumpSum => (String::new(), String::new()),
    };
    Line {
        description: paragraphs(&line.description),
        quantity: quantity(line.quantity),
        unit: narrow_cell(&line.unit),
        unit_price,
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
