//! What of a quote is written for others, field by field. Decimals are texts, so that no reader makes them floats.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::quote::{Quote, QuoteLine, QuoteStatus};
use signwright_domain::{Currency, Money};

use super::net::net_lines;

/// The version of the document's shape. It grows when a field changes its meaning or goes; a new field leaves it.
pub const SCHEMA_VERSION: u32 = 1;

/// Several quotes in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuotesDocument {
    pub schema: String,
    pub schema_version: u32,
    pub quotes: Vec<QuoteEntry>,
}

/// One quote as its active version offers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteEntry {
    pub number: String,
    pub version: u32,
    /// The record in the CRM, where there is one.
    pub external_id: Option<String>,
    pub status: QuoteStatus,
    pub title: String,
    pub customer: String,
    pub contact: String,
    pub created_at: Timestamp,
    pub valid_until: Date,
    pub currency: Currency,
    pub lines: Vec<LineEntry>,
    #[serde(with = "rust_decimal::serde::str")]
    pub subtotal: Decimal,
    /// As a fraction: 0.07 is 7 %.
    #[serde(with = "rust_decimal::serde::str")]
    pub tax_rate: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub tax: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub total: Decimal,
    pub terms: String,
    pub exclusions: Vec<String>,
    pub lost_reason: Option<String>,
    #[serde(with = "rust_decimal::serde::str_option")]
    pub competitor_price: Option<Decimal>,
}

/// One line as the customer pays it: a discount that was decided for the whole quote is taken off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineEntry {
    pub description: String,
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
    pub unit: String,
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_price: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
}

impl QuotesDocument {
    pub fn of(quotes: &[Quote]) -> Self {
        Self {
            schema: "signwright.quotes".into(),
            schema_version: SCHEMA_VERSION,
            quotes: quotes.iter().map(QuoteEntry::of).collect(),
        }
    }
}

impl QuoteEntry {
    pub fn of(quote: &Quote) -> Self {
        let version = quote.active();
        let totals = &version.totals;
        Self {
            number: quote.number.clone(),
            version: version.version,
            external_id: quote.external_id.clone(),
            status: quote.status,
            title: quote.title.clone(),
            customer: quote.customer.clone(),
            contact: quote.contact.clone(),
            created_at: quote.created_at,
            valid_until: version.valid_until,
            currency: totals.total.currency,
            lines: net_lines(version).iter().map(|(line, amount)| LineEntry::of(line, *amount)).collect(),
            subtotal: totals.subtotal.to_decimal(),
            tax_rate: version.tax_rate,
            tax: totals.tax.to_decimal(),
            total: totals.total.to_decimal(),
            terms: version.terms.clone(),
            exclusions: version.exclusions.clone(),
            lost_reason: quote.lost_reason.clone(),
            competitor_price: quote.competitor_price.map(Money::to_decimal),
        }
    }
}

impl LineEntry {
    fn of(line: &QuoteLine, amount: Money) -> Self {
        Self {
            description: line.description.clone(),
            quantity: line.quantity,
            unit: line.unit.clone(),
            unit_price: line.unit_price,
            amount: amount.to_decimal(),
        }
    }
}
