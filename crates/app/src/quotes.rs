//! Quotes: made from estimates, priced, approved, sent, won or lost. Who may do what when is decided in `quoting`.

mod document;
mod life;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::Specification;
use signwright_domain::bottom_up::CostSource;
use signwright_domain::estimate::Estimate;
use signwright_domain::quote::{Quote, QuoteLine};
use signwright_quoting::{
    Offer, QuotingError, default_exclusions, default_terms, edit, lines_from_estimate, new_version,
};
use signwright_store::{quotes, settings};
use ts_rs::TS;

use crate::{Action, CallError, Code, audit, estimates};

pub use document::{WriteQuotePdf, write_quote_pdf};
pub use life::{MarkQuoteLost, approve_quote, mark_quote_lost, mark_quote_won, revise_quote, send_quote};
pub use signwright_store::quotes::{QuoteQuery, QuoteSummary};

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
    let mut lines = Vec::new();
    for estimate in &estimates {
        let estimate = match input.contingency {
            Some(percentile) => &at_most(estimate, percentile)?,
            None => estimate,
        };
        lines.extend(lines_from_estimate(estimate, markup)?);
    }
    let specifications: Vec<&Specification> = estimates.iter().map(|estimate| &estimate.specification).collect();
    let offer = Offer {
        lines,
        tax_rate: input.tax_rate.unwrap_or(shop.tax_rate),
        currency: shop.currency,
        valid_until: action.today().saturating_add(jiff::Span::new().days(i64::from(shop.validity_days))),
        terms: if shop.terms.is_empty() { default_terms() } else { shop.terms.clone() },
        exclusions: if shop.exclusions.is_empty() {
            default_exclusions(&specifications)
        } else {
            shop.exclusions.clone()
        },
    };
    let version = new_version(None, action.now, offer)?;
    let title = if input.title.trim().is_empty() { &first.title } else { &input.title };
    let new = quotes::NewQuote {
        year: action.today().year(),
        title,
        customer: input.customer.trim(),
        contact: input.contact.trim(),
        external_id: None,
        created_at: action.now,
        version: &version,
    };
    let quote = action.shop().write(|db| {
        let quote = quotes::create(db, &new)?;
        audit::record(db, action, &format!("quote {}", quote.number), None::<()>, &quote)?;
        Ok::<_, CallError>(quote)
    })?;
    action.changed("quotes");
    Ok(quote)
}

/// The estimate with what so many of 100 such jobs cost at most in the place of its cost.
fn at_most(estimate: &Estimate, percentile: u8) -> Result<Estimate, CallError> {
    if let Some(decision) = estimate.decision.as_ref().filter(|decision| decision.by != CostSource::Learned) {
        let message =
            format!("estimate {} was decided on: {} counts, and no P{percentile}", estimate.id, decision.cost);
        return Err(
            CallError::invalid(message).hint("Leave the contingency out, or estimate it anew without deciding.")
        );
    }
    let known = estimate.at_most.iter().find(|one| one.percentile == percentile);
    let at_most = known.ok_or_else(|| {
        let names: Vec<String> = estimate.at_most.iter().map(|one| format!("P{}", one.percentile)).collect();
        let error = CallError::invalid(format!("estimate {} has no P{percentile}", estimate.id));
        match names.is_empty() {
            true => error.hint("Estimate it again: it was made before there were any."),
            false => error.hint(format!("It has {}.", names.join(", "))),
        }
    })?;
    Ok(Estimate { cost: at_most.cost, decision: None, ..estimate.clone() })
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
    let heading = quotes::Heading {
        title: input.title.as_deref().unwrap_or(&before.title),
        customer: input.customer.as_deref().unwrap_or(&before.customer),
        contact: input.contact.as_deref().unwrap_or(&before.contact),
    };
    action.shop().write(|db| {
        quotes::update_draft(db, before.id, &version)?;
        quotes::set_heading(db, before.id, &heading)?;
        audit::record(db, action, &format!("quote {}", before.number), Some(before.active()), &version)
    })?;
    action.changed("quotes");
    get(action, input.id)
}

fn changed_offer(quote: &Quote, input: &UpdateQuote) -> Result<Offer, CallError> {
    let mut offer = Offer::of(quote.active());
    if let Some(lines) = &input.lines {
        offer.lines.clone_from(lines);
    }
    if let Some(markup) = input.markup {
        sensible_markup(markup)?;
        for line in &mut offer.lines {
            let price = signwright_quoting::price_by_markup(line.unit_cost, markup)?;
            line.unit_price = signwright_quoting::round_to_currency(price, offer.currency);
        }
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

pub fn list_quotes(action: &Action, query: QuoteQuery) -> Result<QuotePage, CallError> {
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

#[cfg(test)]
mod tests {
    use signwright_domain::Money;

    use super::*;
    use crate::Code;
    use crate::models::tests::history::Shop;

    #[test]
    fn a_price_can_be_built_on_what_most_such_jobs_cost_at_most() {
        let shop = Shop::new();
        shop.train();
        let estimate = shop.estimate();
        let quote = |contingency: Option<u8>| {
            let empty = r#"{"customer": "Alder Bank", "estimate_ids": [], "markup": "0.5"}"#;
            let empty: CreateQuote = serde_json::from_str(empty).expect("a quote");
            create_quote(&shop.action(), CreateQuote { estimate_ids: vec![estimate.id], contingency, ..empty })
        };
        let cost = |contingency| quote(contingency).map(|quote| quote.active().totals.cost);
        let costs: Vec<Money> = [None, Some(70), Some(80), Some(90)].map(|p| cost(p).expect("a quote")).to_vec();
        let known: Vec<Money> = estimate.at_most.iter().map(|one| one.cost).collect();
        assert_eq!((costs[0], &costs[1..]), (estimate.cost, &known[..]));
        assert!(costs.windows(2).all(|pair| pair[0].minor < pair[1].minor), "{costs:?}");
        assert_eq!(quote(Some(75)).expect_err("refused").code, Code::InvalidInput);
    }
}
