//! Quotes: made from estimates, priced, approved, sent, won or lost. Who may do what when is decided in `quoting`.

mod about;
mod begin;
mod change_orders;
mod edits;
mod life;
mod pricing;
mod standing;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::Specification;
use signwright_domain::price_decision::{PriceDecision, PriceWay};
use signwright_domain::quote::{Quote, QuoteLine, QuoteVersion};
use signwright_domain::quote_option::QuoteOption;
use signwright_quoting::{
    Offer, QuotingError, default_exclusions, default_terms, edit, lines_from_estimate, new_version,
};
use signwright_store::{quotes, settings};
use ts_rs::TS;

use crate::{Action, CallError, Code, estimates};
use begin::{Beginning, begin, last_day};
use edits::{Draft, change_draft};

pub use about::{
    AddQuoteNote, FollowUpQuote, QuoteNoteRef, TagQuote, add_quote_note, follow_up_quote, remove_quote_note, tag_quote,
};
pub use begin::{
    CopyQuote, QuoteFromJob, QuoteFromTemplate, SaveQuoteTemplate, TemplateRef, copy_quote, delete_quote_template,
    list_quote_templates, quote_from_job, quote_from_template, save_quote_template, template_by_name,
};
pub use change_orders::{AddChangeOrder, add_change_order};
pub use edits::{DraftChange, redo_quote, undo_quote};
pub use life::{
    Approval, ApproveQuote, MarkQuoteLost, approve_quote, expire_quote, mark_quote_lost, mark_quote_viewed,
    mark_quote_won, revise_quote, send_quote,
};
pub use pricing::{PriceQuote, Pricing, apply_price, margin_floors, preview_price, quote_pricing, save_margin_floors};
pub use signwright_store::quote_templates::QuoteTemplate;
pub use signwright_store::quotes::life::FollowUp;
pub use signwright_store::quotes::{QuoteQuery, QuoteSummary};
pub use standing::{CompareVersions, QuoteStanding, compare_versions, quote_standing};

/// A draft from saved estimates, one line each.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CreateQuote {
    #[serde(default)]
    pub title: String,
    pub customer: String,
    #[serde(default)]
    pub contact: String,
    #[ts(type = "number[]")]
    pub estimate_ids: Vec<i64>,
    /// Price above cost as a fraction: 0.6 is 60 %. The shop's default when not given.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub markup: Option<Decimal>,
    /// As a fraction; the shop's when not given.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub tax_rate: Option<Decimal>,
    /// 70, 80 or 90: the price is built on what so many of 100 such jobs cost at most, instead of on the expected cost.
    #[serde(default)]
    pub contingency: Option<u8>,
}

/// New content of a draft. What is not given stays.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UpdateQuote {
    #[ts(type = "number")]
    pub id: i64,
    #[serde(default)]
    pub lines: Option<Vec<QuoteLine>>,
    /// What may be chosen, the base first; the chosen ones make the lines. An empty list takes options away.
    #[serde(default)]
    pub options: Option<Vec<QuoteOption>>,
    /// Prices every line at its cost and this markup.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub markup: Option<Decimal>,
    #[serde(default)]
    #[ts(type = "string | null")]
    pub tax_rate: Option<Decimal>,
    #[serde(default)]
    #[ts(type = "string | null")]
    pub valid_until: Option<jiff::civil::Date>,
    #[serde(default)]
    pub terms: Option<String>,
    #[serde(default)]
    pub exclusions: Option<Vec<String>>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub customer: Option<String>,
    #[serde(default)]
    pub contact: Option<String>,
}

/// Names a quote.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct QuoteRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// Some of the quotes that match, and how many do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct QuotePage {
    #[ts(type = "number")]
    pub total: u64,
    pub quotes: Vec<QuoteSummary>,
}

pub fn create_quote(action: &Action, input: CreateQuote) -> Result<Quote, CallError> {
    if input.customer.trim().is_empty() {
        return Err(CallError::invalid("a quote needs a customer"));
    }
    let estimates = input.estimate_ids.iter().map(|id| estimates::get(action, *id)).collect::<Result<Vec<_>, _>>()?;
    let first = estimates.first().ok_or_else(|| {
        CallError::invalid("a quote needs at least one saved estimate").hint("Save an estimate first.")
    })?;
    let shop = settings::shop(&action.shop().read())?;
    let markup = sensible_markup(input.markup.unwrap_or(shop.default_markup))?;
    let lines = estimates.iter().map(|estimate| lines_from_estimate(estimate, markup));
    let lines = lines.collect::<Result<Vec<_>, _>>()?.concat();
    let specifications: Vec<&Specification> = estimates.iter().map(|estimate| &estimate.specification).collect();
    let offer = Offer {
        lines,
        tax_rate: input.tax_rate.unwrap_or(shop.tax_rate),
        currency: shop.currency,
        valid_until: last_day(action, &shop),
        terms: if shop.terms.is_empty() { default_terms() } else { shop.terms.clone() },
        exclusions: if shop.exclusions.is_empty() {
            default_exclusions(&specifications)
        } else {
            shop.exclusions.clone()
        },
        decided: None,
        options: Vec::new(),
    };
    let mut version = new_version(None, action.now, offer)?;
    if let Some(percentile) = input.contingency {
        version = on_at_most(action, &input.customer, &version, percentile, markup)?;
    }
    let title = if input.title.trim().is_empty() { &first.title } else { &input.title };
    let (customer, contact) = (input.customer.as_str(), input.contact.as_str());
    begin(action, &Beginning { title, customer, contact, version, from: String::new() })
}

/// Priced on what so many of 100 such jobs cost at most.
fn on_at_most(
    action: &Action,
    customer: &str,
    version: &QuoteVersion,
    percentile: u8,
    markup: Decimal,
) -> Result<QuoteVersion, CallError> {
    let plain = pricing::plain(PriceWay::Markup { markup });
    let decision = PriceDecision { contingency: Some(percentile), tax_rate: version.tax_rate, ..plain };
    pricing::priced_by(action, customer, version, &decision, "")
}

/// Ten times the cost on top is a slip of a decimal point; below cost is said line by line, with a price.
pub(crate) fn sensible_markup(markup: Decimal) -> Result<Decimal, CallError> {
    if markup < Decimal::ZERO || markup > Decimal::TEN {
        return Err(CallError::invalid(format!("a markup of {markup} is not between 0 and 10"))
            .hint("Write a fraction: 0.6 for 60 %."));
    }
    Ok(markup)
}

pub fn update_quote(action: &Action, input: UpdateQuote) -> Result<Quote, CallError> {
    let before = get(action, input.id)?;
    let offer = changed_offer(&before, &input)?;
    let version = edit(before.active(), offer)?;
    let after = Draft {
        title: input.title.unwrap_or_else(|| before.title.clone()),
        customer: input.customer.unwrap_or_else(|| before.customer.clone()),
        contact: input.contact.unwrap_or_else(|| before.contact.clone()),
        version,
    };
    change_draft(action, &before, after)
}

fn changed_offer(quote: &Quote, input: &UpdateQuote) -> Result<Offer, CallError> {
    let mut offer = Offer::of(quote.active());
    if let Some(options) = &input.options {
        offer.options.clone_from(options);
    }
    if let Some(lines) = &input.lines {
        // Where there are options, the lines follow from them.
        if !offer.options.is_empty() && input.options.is_none() {
            return Err(QuotingError::HasOptions.into());
        }
        offer.lines.clone_from(lines);
    }
    if let Some(markup) = input.markup {
        reprice(&mut offer, sensible_markup(markup)?)?;
    }
    offer.tax_rate = input.tax_rate.unwrap_or(offer.tax_rate);
    offer.valid_until = input.valid_until.unwrap_or(offer.valid_until);
    if let Some(terms) = &input.terms {
        offer.terms.clone_from(terms);
    }
    if let Some(exclusions) = &input.exclusions {
        offer.exclusions.clone_from(exclusions);
    }
    Ok(offer)
}

/// Every line at its cost and this markup, in options as well.
fn reprice(offer: &mut Offer, markup: Decimal) -> Result<(), CallError> {
    let currency = offer.currency;
    let price = |cost: Decimal| -> Result<Decimal, CallError> {
        Ok(signwright_quoting::round_to_currency(signwright_quoting::price_by_markup(cost, markup)?, currency))
    };
    for line in &mut offer.lines {
        line.unit_price = price(line.unit_cost)?;
    }
    for line in offer.options.iter_mut().flat_map(|option| &mut option.lines) {
        line.line.unit_price = price(line.line.unit_cost)?;
        for one in &mut line.breaks {
            one.unit_price = price(one.unit_cost)?;
        }
    }
    Ok(())
}

/// Quotes as of today: an offer that nobody answered counts as expired from the day after its last.
pub fn list_quotes(action: &Action, query: QuoteQuery) -> Result<QuotePage, CallError> {
    let query = QuoteQuery { as_of: query.as_of.or(Some(action.today())), ..query };
    let (total, quotes) = quotes::list(&action.shop().read(), &query)?;
    Ok(QuotePage { total, quotes })
}

pub fn show_quote(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    get(action, input.id)
}

/// The quote with this number, as people type it.
pub fn by_number(action: &Action, number: &str) -> Result<Quote, CallError> {
    quotes::find_by_number(&action.shop().read(), number)?
        .ok_or_else(|| CallError::not_found(format!("quote with number {number}")))
}

pub(crate) fn get(action: &Action, id: i64) -> Result<Quote, CallError> {
    quotes::get(&action.shop().read(), id)?.ok_or_else(|| CallError::not_found(format!("quote with id {id}")))
}

/// One version of a quote by its number.
pub(crate) fn version(quote: &Quote, number: u32) -> Result<&QuoteVersion, CallError> {
    let found = quote.versions.iter().find(|version| version.version == number);
    found.ok_or_else(|| CallError::not_found(format!("version {number} of quote {}", quote.number)))
}

/// What the event log and the outbox call a quote.
fn subject(quote: &Quote) -> String {
    format!("quote {}", quote.number)
}

/// Every quote in full, newest first.
pub(crate) fn all(action: &Action) -> Result<Vec<Quote>, CallError> {
    let (_, summaries) = quotes::list(&action.shop().read(), &QuoteQuery { limit: u32::MAX, ..QuoteQuery::default() })?;
    summaries.into_iter().map(|summary| get(action, summary.id)).collect()
}

impl From<QuotingError> for CallError {
    fn from(error: QuotingError) -> Self {
        let code = match error {
            QuotingError::Locked(_) => Code::Conflict,
            _ => Code::InvalidInput,
        };
        Self::new(code, error.to_string())
    }
}
