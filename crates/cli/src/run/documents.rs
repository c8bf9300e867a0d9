//! `documents`, and every `pdf`.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use signwright_app::commands::Nothing;
use signwright_app::documents::{
    DocumentTemplateRef, JobDocument, LetterheadSettings, PricingForm, QuoteDocument, SaveTemplate, ShowTemplate,
    TemplateInfo, WriteJobPdf, WriteModelPdf, WriteQuotePdf, list_document_templates, reset_document_template,
    save_document_template, save_letterhead, show_document_template, show_letterhead, write_job_pdf, write_model_pdf,
    write_quote_pdf,
};
use signwright_app::shop::shop_settings;
use signwright_app::{Action, App, CallError, files};

use super::quote::file_text;
use super::{action, destination};
use crate::arguments::{Documents, Letterhead, Printing, Templates};
use crate::output::{Output, table};

pub(super) fn documents(app: &App, input: &Documents, output: &Output) -> Result<(), CallError> {
    let action = action(app, "documents");
    match input {
        Documents::Letterhead(input) => letterhead(&action, input, output),
        Documents::Templates(input) => templates(&action, input, output),
    }
}

/// The customer reads it on top of the page.
const UNNAMED: &str = "the document is headed \"My sign shop\", because the shop has no name yet; give it one in the window \
     under Settings, or with: signwright call shop_settings > settings.json, edit the file, then signwright call \
     save_settings - < settings.json";

/// Which quote, as what.
pub(super) struct AskedQuote<'a> {
    pub(super) id: i64,
    pub(super) version: Option<u32>,
    pub(super) kind: &'a str,
    pub(super) pricing: Option<&'a str>,
}

pub(super) fn quote_pdf(
    action: &Action,
    asked: &AskedQuote<'_>,
    printing: &Printing,
    output: &Output,
) -> Result<(), CallError> {
    let kind = match asked.kind {
        "why" => QuoteDocument::Why,
        "owner" => QuoteDocument::Owner,
        "work-order" => QuoteDocument::WorkOrder,
        _ => QuoteDocument::Quote,
    };
    let written = destination::written(&printing.output, "pdf", output, |path| {
        let request = WriteQuotePdf::of(asked.id, Some(path.display().to_string()));
        write_quote_pdf(
            action,
            WriteQuotePdf {
                kind,
                version: asked.version,
                pricing: asked.pricing.map(pricing),
                shipped: printing.shipped,
                ..request
            },
        )
    })?;
    file_text(written, output);
    if shop_settings(action, Nothing {})?.is_unnamed() {
        output.warning(UNNAMED);
    }
    Ok(())
}

pub(super) fn job_pdf(
    action: &Action,
    number: &str,
    kind: &str,
    printing: &Printing,
    output: &Output,
) -> Result<(), CallError> {
    let kind = if kind == "work-order" { JobDocument::WorkOrder } else { JobDocument::Costs };
    let written = destination::written(&printing.output, "pdf", output, |path| {
        let path = Some(path.display().to_string());
        let shipped = printing.shipped;
        write_job_pdf(action, WriteJobPdf { id: None, number: Some(number.to_owned()), kind, path, shipped })
    })?;
    file_text(written, output);
    Ok(())
}

pub(super) fn model_pdf(action: &Action, id: Option<i64>, path: &Path, output: &Output) -> Result<(), CallError> {
    let written = destination::written(path, "pdf", output, |path| {
        write_model_pdf(action, WriteModelPdf { id, path: Some(path.display().to_string()), shipped: false })
    })?;
    file_text(written, output);
    Ok(())
}

fn pricing(word: &str) -> PricingForm {
    if word == "lump-sum" { PricingForm::LumpSum } else { PricingForm::Itemised }
}

fn letterhead(action: &Action, input: &Letterhead, output: &Output) -> Result<(), CallError> {
    let before = show_letterhead(action, Nothing {})?;
    let logo = match &input.logo {
        Some(path) => Some(STANDARD.encode(files::read(path)?)),
        None if input.no_logo => None,
        None => before.logo.clone(),
    };
    let after = LetterheadSettings {
        logo,
        accent: input.accent.clone().unwrap_or_else(|| before.accent.clone()),
        pricing: input.pricing.as_deref().map_or(before.pricing, pricing),
    };
    let kept = if after == before { before } else { save_letterhead(action, after)? };
    output.result(&kept, |kept| {
        let logo = kept.logo.as_ref().map_or("none".to_owned(), |logo| format!("{} bytes", logo.len() / 4 * 3));
        let pricing = match kept.pricing {
            PricingForm::Itemised => "a price for every line",
            PricingForm::LumpSum => "one price for all lines",
        };
        format!("logo {logo}, colour {}, quotes show {pricing}", kept.accent)
    });
    Ok(())
}

fn templates(action: &Action, input: &Templates, output: &Output) -> Result<(), CallError> {
    let list = match input {
        Templates::List => list_document_templates(action, Nothing {})?,
        Templates::Export { dir, shipped } => {
            for template in list_document_templates(action, Nothing {})? {
                let shown = show_document_template(action, ShowTemplate { name: template.name, shipped: *shipped })?;
                files::write(&dir.join(format!("{}.typ", shown.name)), shown.text.as_bytes())?;
            }
            list_document_templates(action, Nothing {})?
        }
        Templates::Import { files: paths } => {
            for path in paths {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let text = String::from_utf8(files::read(path)?)
                    .map_err(|_| CallError::invalid(format!("{} is no text in UTF-8", path.display())))?;
                save_document_template(action, SaveTemplate { name, text })?;
            }
            list_document_templates(action, Nothing {})?
        }
        Templates::Reset { name } => reset_document_template(action, DocumentTemplateRef { name: name.clone() })?,
    };
    output.result(&list, |list| list_text(list));
    Ok(())
}

fn list_text(list: &[TemplateInfo]) -> String {
    let whose = |own: bool| if own { "your own" } else { "as it comes" }.to_owned();
    let rows: Vec<_> = list.iter().map(|one| vec![one.name.clone(), whose(one.own), one.about.clone()]).collect();
    table(&["template", "is", "prints"], &rows, &[])
}
