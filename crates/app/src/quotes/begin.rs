//! Drafts that do not begin with an estimate: a copy of another quote, a template, a finished job.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::quote::{Quote, QuoteVersion};
use signwright_quoting::{Offer, default_exclusions, default_terms, line_of, new_version};
use signwright_store::notes::{self, About};
use signwright_store::quote_templates::{self, QuoteTemplate};
use signwright_store::{Db, jobs, quotes, settings};
use ts_rs::TS;

use super::{get, sensible_markup, subject};
use crate::commands::Nothing;
use crate::shop::ShopSettings;
use crate::{Action, CallError, audit};

/// Another quote with the lines of this one.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CopyQuote {
    #[ts(type = "number")]
    pub id: i64,
    /// The last one when not given.
    #[serde(default)]
    pub version: Option<u32>,
    /// The same when not given.
    #[serde(default)]
    pub customer: Option<String>,
    #[serde(default)]
    pub contact: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
}

/// A draft at what a finished job has cost.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct QuoteFromJob {
    #[ts(type = "number")]
    pub job_id: i64,
    /// That of the job when not given.
    #[serde(default)]
    pub customer: Option<String>,
    /// Price above cost as a fraction; the shop's default when not given.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub markup: Option<Decimal>,
}

/// A quote to be kept under a name.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveQuoteTemplate {
    #[ts(type = "number")]
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct TemplateRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// A draft from a template.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct QuoteFromTemplate {
    #[ts(type = "number")]
    pub template_id: i64,
    pub customer: String,
    #[serde(default)]
    pub contact: String,
    /// That of the template when not given.
    #[serde(default)]
    pub title: Option<String>,
}

/// How a draft begins.
pub(super) struct Beginning<'a> {
    pub(super) title: &'a str,
    pub(super) customer: &'a str,
    pub(super) contact: &'a str,
    pub(super) version: QuoteVersion,
    /// Where it comes from, as its first note; empty where its lines say that.
    pub(super) from: String,
}

/// Gives a draft its number.
pub(super) fn begin(action: &Action, beginning: &Beginning<'_>) -> Result<Quote, CallError> {
    let Beginning { title, customer, contact, version, from } = beginning;
    if customer.trim().is_empty() {
        return Err(CallError::invalid("a quote needs a customer"));
    }
    let new = quotes::NewQuote {
        year: action.today().year(),
        title: title.trim(),
        customer: customer.trim(),
        contact: contact.trim(),
        external_id: None,
        created_at: action.now,
        version,
    };
    let quote = action.shop().write(|db| {
        let quote = quotes::create(db, &new)?;
        if !from.is_empty() {
            notes::add(db, About::Quote(quote.id), action.now, &action.options().user, from)?;
        }
        audit::record(db, action, &subject(&quote), None::<()>, &quote)?;
        Ok::<_, CallError>(quote)
    })?;
    action.changed("quotes");
    Ok(quote)
}

/// The last day of a quote of today.
pub(super) fn last_day(action: &Action, shop: &ShopSettings) -> Date {
    action.today().saturating_add(jiff::Span::new().days(i64::from(shop.validity_days)))
}

/// The lines, options, prices and terms of a version as a first version of today.
fn again(action: &Action, of: &QuoteVersion) -> Result<QuoteVersion, CallError> {
    let shop = settings::shop(&action.shop().read())?;
    let offer = Offer { valid_until: last_day(action, &shop), ..Offer::of(of) };
    Ok(new_version(None, action.now, offer)?)
}

pub fn copy_quote(action: &Action, input: CopyQuote) -> Result<Quote, CallError> {
    let quote = get(action, input.id)?;
    let version = match input.version {
        Some(number) => super::version(&quote, number)?,
        None => quote.active(),
    };
    begin(
        action,
        &Beginning {
            title: input.title.as_deref().unwrap_or(&quote.title),
            customer: input.customer.as_deref().unwrap_or(&quote.customer),
            contact: input.contact.as_deref().unwrap_or(if input.customer.is_some() { "" } else { &quote.contact }),
            version: again(action, version)?,
            from: format!("copied from {} version {}", quote.number, version.version),
        },
    )
}

pub fn quote_from_job(action: &Action, input: QuoteFromJob) -> Result<Quote, CallError> {
    let job = jobs::get(&action.shop().read(), input.job_id)?;
    let job = job.ok_or_else(|| CallError::not_found(format!("job with id {}", input.job_id)))?;
    let cost = job.actual.total.filter(|cost| cost.minor > 0).ok_or_else(|| {
        CallError::invalid(format!("what job {} has cost is not known", job.number()))
            .hint("Quote it from an estimate, or import its cost summary.")
    })?;
    let shop = settings::shop(&action.shop().read())?;
    let markup = sensible_markup(input.markup.unwrap_or(shop.default_markup))?;
    let title = job.description.clone().unwrap_or_else(|| format!("As job {}", job.number()));
    let offer = Offer {
        lines: vec![line_of(&job.specification, &title, cost, markup)?],
        tax_rate: shop.tax_rate,
        currency: shop.currency,
        valid_until: last_day(action, &shop),
        terms: if shop.terms.is_empty() { default_terms() } else { shop.terms.clone() },
        exclusions: if shop.exclusions.is_empty() {
            default_exclusions(&[&job.specification])
        } else {
            shop.exclusions.clone()
        },
        decided: None,
        options: Vec::new(),
    };
    let finished = job.completed_on.map_or(String::new(), |day| format!(", finished on {day}"));
    begin(
        action,
        &Beginning {
            title: &title,
            customer: input.customer.as_deref().or(job.customer.as_deref()).unwrap_or_default(),
            contact: "",
            version: new_version(None, action.now, offer)?,
            from: format!("from job {}{finished}, which cost {cost} at the prices of then", job.number()),
        },
    )
}

pub fn list_quote_templates(action: &Action, _: Nothing) -> Result<Vec<QuoteTemplate>, CallError> {
    Ok(quote_templates::list(&action.shop().read())?)
}

/// Keeps the last version of a quote as a template, in place of one of the same name.
pub fn save_quote_template(action: &Action, input: SaveQuoteTemplate) -> Result<QuoteTemplate, CallError> {
    let name = input.name.trim();
    if name.is_empty() {
        return Err(CallError::invalid("a template needs a name"));
    }
    let quote = get(action, input.id)?;
    let mut template = QuoteTemplate {
        id: 0,
        name: name.to_owned(),
        at: action.now,
        who: action.options().user.clone(),
        title: quote.title.clone(),
        content: QuoteVersion { approval: None, ..quote.active().clone() },
    };
    action.shop().write(|db| {
        let before = quote_templates::list(db)?.into_iter().find(|one| one.name == template.name);
        template.id = quote_templates::put(db, &template)?;
        audit::record(db, action, &format!("template {}", template.id), before, &template)
    })?;
    action.changed("quotes");
    Ok(template)
}

pub fn delete_quote_template(action: &Action, input: TemplateRef) -> Result<QuoteTemplate, CallError> {
    let before = template(&action.shop().read(), input.id)?;
    action.shop().write(|db| {
        quote_templates::delete(db, input.id)?;
        audit::record(db, action, &format!("template {}", input.id), Some(&before), &"deleted")
    })?;
    action.changed("quotes");
    Ok(before)
}

pub fn quote_from_template(action: &Action, input: QuoteFromTemplate) -> Result<Quote, CallError> {
    let template = template(&action.shop().read(), input.template_id)?;
    begin(
        action,
        &Beginning {
            title: input.title.as_deref().unwrap_or(&template.title),
            customer: &input.customer,
            contact: &input.contact,
            version: again(action, &template.content)?,
            from: format!("from the template \"{}\"", template.name),
        },
    )
}

fn template(db: &Db<'_>, id: i64) -> Result<QuoteTemplate, CallError> {
    quote_templates::get(db, id)?.ok_or_else(|| CallError::not_found(format!("template with id {id}")))
}

/// The template of this name, as people type it.
pub fn template_by_name(action: &Action, name: &str) -> Result<QuoteTemplate, CallError> {
    let all = quote_templates::list(&action.shop().read())?;
    all.into_iter()
        .find(|one| one.name == name.trim())
        .ok_or_else(|| CallError::not_found(format!("template named \"{}\"", name.trim())))
}
