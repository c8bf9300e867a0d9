//! Templates that the shop made of those that come with the program. They lie in the shop file, so that a copy of it prints the
//! same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use signwright_report::documents::{Manuscript, Template, check_template, estimate, model_card};
use signwright_store::jobs::{JobQuery, JobSort};
use signwright_store::quotes::QuoteQuery;
use signwright_store::{estimates, jobs, models, quotes, settings};
use ts_rs::TS;

use super::{job, letterhead, press, quote, work_order};
use crate::commands::Nothing;
use crate::{Action, CallError, audit};

const KEY: &str = "templates";
/// No template of a person is longer.
const LONGEST: usize = 1 << 20;

/// A template, and whether the shop has its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateInfo {
    pub name: String,
    /// What is printed from it.
    pub about: String,
    pub own: bool,
}

/// Names a template.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DocumentTemplateRef {
    pub name: String,
}

/// Which text of a template is asked for.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ShowTemplate {
    pub name: String,
    /// The one that comes with the program, even where the shop has its own.
    #[serde(default)]
    pub shipped: bool,
}

/// A template in the language of typst.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateText {
    pub name: String,
    pub text: String,
    pub own: bool,
}

/// A template of the shop's own.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveTemplate {
    pub name: String,
    pub text: String,
}

pub fn list_document_templates(action: &Action, _: Nothing) -> Result<Vec<TemplateInfo>, CallError> {
    let own = own(action)?;
    let info = |template: Template| TemplateInfo {
        name: template.name().to_owned(),
        about: template.about().to_owned(),
        own: own.contains_key(&template),
    };
    Ok(Template::ALL.into_iter().map(info).collect())
}

pub fn show_document_template(action: &Action, input: ShowTemplate) -> Result<TemplateText, CallError> {
    let template = named(&input.name)?;
    let own = if input.shipped { None } else { own(action)?.remove(&template) };
    Ok(TemplateText {
        name: input.name,
        own: own.is_some(),
        text: own.unwrap_or_else(|| template.shipped().to_owned()),
    })
}

/// Kept once it can be set: tried on the newest that the shop could print from it. One that cannot gives its error with the
/// line, and what was kept before stays.
pub fn save_document_template(action: &Action, input: SaveTemplate) -> Result<Vec<TemplateInfo>, CallError> {
    let template = named(&input.name)?;
    if input.text.len() > LONGEST {
        return Err(CallError::invalid("the template is longer than 1 MB").hint("Put pictures into the logo instead."));
    }
    check_template(template, &input.text).map_err(|error| press::refused(&error.to_string()))?;
    let mut changed = own(action)?;
    changed.insert(template, input.text);
    if let Some(manuscript) = trial(action, template)? {
        press::set(&action.options().worker, &manuscript.with_own(changed.clone()))?;
    }
    keep(action, template, &changed)
}

/// Back to the one that comes with the program.
pub fn reset_document_template(action: &Action, input: DocumentTemplateRef) -> Result<Vec<TemplateInfo>, CallError> {
    let template = named(&input.name)?;
    let mut changed = own(action)?;
    changed.remove(&template);
    keep(action, template, &changed)
}

fn keep(
    action: &Action,
    template: Template,
    changed: &BTreeMap<Template, String>,
) -> Result<Vec<TemplateInfo>, CallError> {
    let by_name: BTreeMap<&str, &String> = changed.iter().map(|(template, text)| (template.name(), text)).collect();
    action.shop().write(|db| {
        let before = settings::get::<BTreeMap<String, String>>(db, KEY)?;
        let before = before.as_ref().and_then(|all| all.get(template.name()));
        settings::set(db, KEY, &by_name)?;
        audit::record(db, action, &format!("template {}", template.name()), before, &changed.get(&template))
    })?;
    action.changed("settings");
    list_document_templates(action, Nothing {})
}

fn named(name: &str) -> Result<Template, CallError> {
    Template::named(name).ok_or_else(|| {
        let names: Vec<_> = Template::ALL.iter().map(|template| template.name()).collect();
        CallError::not_found(format!("template called {name}")).hint(format!("There are {}.", names.join(", ")))
    })
}

/// The shop's own. A name of another version is left alone.
pub(super) fn own(action: &Action) -> Result<BTreeMap<Template, String>, CallError> {
    let kept: BTreeMap<String, String> = settings::get(&action.shop().read(), KEY)?.unwrap_or_default();
    Ok(kept.into_iter().filter_map(|(name, text)| Some((Template::named(&name)?, text))).collect())
}

/// Something of the shop to try a template on; `None` in a shop without any.
fn trial(action: &Action, template: Template) -> Result<Option<Manuscript>, CallError> {
    let newest_quote = || -> Result<_, CallError> {
        let (_, newest) = quotes::list(&action.shop().read(), &QuoteQuery { limit: 1, ..QuoteQuery::default() })?;
        newest.first().map(|quote| crate::quotes::get(action, quote.id)).transpose()
    };
    let with = |kind| -> Result<_, CallError> {
        newest_quote()?.map(|found| quote::manuscript(action, &found, kind, None)).transpose()
    };
    match template {
        Template::House | Template::Quote => with(quote::QuoteDocument::Quote),
        Template::Why => with(quote::QuoteDocument::Why),
        Template::Owner => with(quote::QuoteDocument::Owner),
        Template::WorkOrder => {
            newest_quote()?.map(|found| work_order::of_quote(action, &found, &letterhead(action)?)).transpose()
        }
        Template::JobCosts => {
            let query = JobQuery { limit: 1, sort: JobSort::default(), descending: true, ..JobQuery::default() };
            let (_, newest) = jobs::page(&action.shop().read(), &query)?;
            newest.first().map(|found| job::costs(action, found)).transpose()
        }
        Template::ModelCard => {
            let newest = models::list(&action.shop().read())?;
            let currency = settings::currency(&action.shop().read())?;
            let head = letterhead(action)?;
            newest.first().map(|model| Ok(model_card(model, currency, &head)?)).transpose()
        }
        Template::Estimate => {
            let newest = estimates::list(&action.shop().read(), 0, 1)?;
            let head = letterhead(action)?;
            let found = newest.first().map(|one| crate::estimates::get(action, one.id)).transpose()?;
            found.map(|found| Ok(estimate(&found, &head)?)).transpose()
        }
    }
}
