//! A quote on paper: for the customer, the customer's "why", the owner, and the floor.

use serde::{Deserialize, Serialize};
use signwright_domain::card::Model;
use signwright_domain::estimate::Estimate;
use signwright_domain::quote::Quote;
use signwright_report::documents::{Evidence, Manuscript, owner, quote as customers, why};
use signwright_store::{estimates, models};
use ts_rs::TS;

use super::{By, PricingForm, letterhead, printed, show_letterhead, work_order};
use crate::commands::Nothing;
use crate::shop::{FileWritten, target, written};
use crate::{Action, CallError, quotes};

/// What of a quote is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuoteDocument {
    /// The offer.
    #[default]
    Quote,
    /// Why this price, for the customer: no cost, no margin.
    Why,
    /// Cost, margin, drivers and evidence. Stays in the shop.
    Owner,
    /// For the floor: no prices.
    WorkOrder,
}

impl QuoteDocument {
    /// Behind the quote's number in the name of the file.
    fn suffix(self) -> &'static str {
        match self {
            Self::Quote => "",
            Self::Why => "-why",
            Self::Owner => "-owner",
            Self::WorkOrder => "-work-order",
        }
    }
}

/// Which quote is written where, as what.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WriteQuotePdf {
    #[ts(type = "number")]
    pub id: i64,
    /// The last one when not given.
    #[serde(default)]
    #[ts(optional)]
    pub version: Option<u32>,
    /// Without it a file in the exports folder beside the shop.
    #[serde(default)]
    pub path: Option<String>,
    #[serde(default)]
    #[ts(optional, as = "Option<QuoteDocument>")]
    pub kind: QuoteDocument,
    /// How the customer sees prices; without it as the shop has set.
    #[serde(default)]
    #[ts(optional)]
    pub pricing: Option<PricingForm>,
    /// By the template that comes with the program, even where the shop has its own.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub shipped: bool,
}

impl WriteQuotePdf {
    /// The offer, as the shop prints it.
    pub fn of(id: i64, path: Option<String>) -> Self {
        Self { id, version: None, path, kind: QuoteDocument::Quote, pricing: None, shipped: false }
    }
}

pub fn write_quote_pdf(action: &Action, input: WriteQuotePdf) -> Result<FileWritten, CallError> {
    let mut quote = quotes::get(action, input.id)?;
    if let Some(number) = input.version {
        let asked = quotes::version(&quote, number)?.version;
        quote.versions.retain(|version| version.version <= asked);
    }
    let manuscript = manuscript(action, &quote, input.kind, input.pricing)?;
    let bytes = printed(action, manuscript, By::asked(input.shipped))?;
    let name = format!("{}-v{}{}.pdf", quote.number, quote.active().version, input.kind.suffix());
    written(action, &target(action, input.path.as_deref(), &name), &bytes)
}

pub(super) fn manuscript(
    action: &Action,
    quote: &Quote,
    kind: QuoteDocument,
    pricing: Option<PricingForm>,
) -> Result<Manuscript, CallError> {
    let head = letterhead(action)?;
    Ok(match kind {
        QuoteDocument::Quote => {
            let pricing = pricing.map_or_else(|| show_letterhead(action, Nothing {}).map(|look| look.pricing), Ok)?;
            customers(quote, pricing.into(), &head)?
        }
        QuoteDocument::Why => why(quote, &estimates_of(action, quote)?, &head)?,
        QuoteDocument::Owner => {
            let estimates = estimates_of(action, quote)?;
            let models = estimates.iter().map(|one| model_of(action, one)).collect::<Result<Vec<_>, _>>()?;
            let evidence = estimates.iter().zip(&models);
            let evidence: Vec<_> =
                evidence.map(|(estimate, model)| Evidence { estimate, model: model.as_ref() }).collect();
            owner(quote, &evidence, &head)?
        }
        QuoteDocument::WorkOrder => work_order::of_quote(action, quote, &head)?,
    })
}

/// The estimates that the lines of the active version come from, each once, in the order of the lines.
pub(super) fn estimates_of(action: &Action, quote: &Quote) -> Result<Vec<Estimate>, CallError> {
    let db = action.shop().read();
    let mut found: Vec<Estimate> = Vec::new();
    for id in quote.active().lines.iter().filter_map(|line| line.estimate_id) {
        if !found.iter().any(|estimate| estimate.id == id) {
            found.extend(estimates::get(&db, id)?);
        }
    }
    Ok(found)
}

fn model_of(action: &Action, estimate: &Estimate) -> Result<Option<Model>, CallError> {
    estimate.model_id.map_or(Ok(None), |id| Ok(models::get(&action.shop().read(), id)?))
}
