//! `quote`, `export`.

mod price;
mod told;

use rust_decimal::Decimal;
use signwright_app::commands::Nothing;
use signwright_app::export::{ExportLake, ExportQuotes, LakeWritten, QuoteFormat, export_lake, export_quotes};
use signwright_app::jobs::{JobRef, show_job};
use signwright_app::quotes::{
    AddChangeOrder, AddQuoteNote, Approval, ApproveQuote, CompareVersions, CopyQuote, CreateQuote, FollowUp,
    FollowUpQuote, MarkQuoteLost, QuoteFromJob, QuoteFromTemplate, QuoteQuery, QuoteRef, SaveQuoteTemplate, TagQuote,
    TemplateRef, add_change_order, add_quote_note, approve_quote, by_number, compare_versions, copy_quote,
    create_quote, delete_quote_template, expire_quote, follow_up_quote, list_quote_templates, list_quotes,
    mark_quote_lost, mark_quote_viewed, mark_quote_won, quote_from_job, quote_from_template, redo_quote, revise_quote,
    save_quote_template, send_quote, tag_quote, template_by_name, undo_quote,
};
use signwright_app::shop::{FileWritten, shop_settings};
use signwright_app::{Action, App, CallError};
use signwright_domain::Money;
use signwright_domain::quote::QuoteLine;

use super::destination::{self, Written};
use super::{action, documents};
use crate::arguments::{Export, Quote, Template};
use crate::output::Output;

pub(super) use told::quote_text;

pub(super) fn quote(app: &App, input: &Quote, output: &Output) -> Result<(), CallError> {
    let action = action(app, "quote");
    let named = |number: &str| by_number(&action, number).map(|quote| QuoteRef { id: quote.id });
    let quote = match input {
        Quote::List { search, due } => {
            let query = QuoteQuery { search: search.clone(), due: *due, limit: 1000, ..QuoteQuery::default() };
            output.result(&list_quotes(&action, query)?, told::page_text);
            return Ok(());
        }
        Quote::Pdf { number, revision, kind, pricing, printing } => {
            let id = by_number(&action, number)?.id;
            let asked = documents::AskedQuote { id, version: *revision, kind, pricing: pricing.as_deref() };
            return documents::quote_pdf(&action, &asked, printing, output);
        }
        Quote::Template(input) => return template(&action, input, output),
        Quote::Floors { set } => return price::floors(&action, set, output),
        Quote::Price(input) => return price::price(&action, input, output),
        Quote::Compare { number, from, to } => {
            let quote = by_number(&action, number)?;
            let last = quote.active().version;
            let to = to.unwrap_or(last);
            let from = from.unwrap_or_else(|| to.saturating_sub(1).max(1));
            let difference = compare_versions(&action, CompareVersions { id: quote.id, from, to })?;
            output.result(&difference, told::difference_text);
            return Ok(());
        }
        Quote::ChangeOrder { number, reason, lines } => {
            let lines = lines.iter().map(|line| ordered_line(&action, line)).collect::<Result<Vec<_>, _>>()?;
            let id = named(number)?.id;
            let input = AddChangeOrder { id, reason: reason.clone(), lines, tax_rate: None };
            let order = add_change_order(&action, input)?;
            output.result(&order, |order| {
                format!(
                    "change order {} of {number}: {}, with tax {}",
                    order.number, order.totals.subtotal, order.totals.total
                )
            });
            return Ok(());
        }
        Quote::New { estimates, customer, contact, title, markup, contingency } => {
            let request = CreateQuote {
                title: title.clone().unwrap_or_default(),
                customer: customer.clone(),
                contact: contact.clone(),
                estimate_ids: estimates.clone(),
                markup: markup.as_deref().map(decimal).transpose()?,
                tax_rate: None,
                contingency: *contingency,
            };
            create_quote(&action, request)?
        }
        Quote::Copy { number, revision, customer, title } => {
            let (customer, title) = (customer.clone(), title.clone());
            let id = named(number)?.id;
            copy_quote(&action, CopyQuote { id, version: *revision, customer, contact: None, title })?
        }
        Quote::FromJob { job, customer, markup } => {
            let job = show_job(&action, JobRef { id: None, number: Some(job.clone()) })?.job;
            let markup = markup.as_deref().map(decimal).transpose()?;
            quote_from_job(&action, QuoteFromJob { job_id: job.id, customer: customer.clone(), markup })?
        }
        Quote::Show { number } => by_number(&action, number)?,
        Quote::Undo { number } => undo_quote(&action, named(number)?)?,
        Quote::Redo { number } => redo_quote(&action, named(number)?)?,
        Quote::Approve { number, by, reason } => {
            let said = by.clone().zip(reason.clone());
            let approval = said.map(|(by, reason)| Approval { by, reason });
            approve_quote(&action, ApproveQuote { id: named(number)?.id, approval })?
        }
        Quote::Send { number } => send_quote(&action, named(number)?)?,
        Quote::View { number } => mark_quote_viewed(&action, named(number)?)?,
        Quote::FollowUp { number, on, note } => {
            let follow_up = on.map(|on| FollowUp { on, note: note.clone() });
            follow_up_quote(&action, FollowUpQuote { id: named(number)?.id, follow_up })?
        }
        Quote::Won { number } => mark_quote_won(&action, named(number)?)?,
        Quote::Expire { number } => expire_quote(&action, named(number)?)?,
        Quote::Revise { number } => revise_quote(&action, named(number)?)?,
        Quote::Lost { number, reason, competitor_price } => {
            let competitor_price = competitor_price.as_deref().map(|text| price(&action, text)).transpose()?;
            let request = MarkQuoteLost { id: named(number)?.id, reason: reason.clone(), competitor_price };
            mark_quote_lost(&action, request)?
        }
        Quote::Note { number, note } => {
            add_quote_note(&action, AddQuoteNote { id: named(number)?.id, note: note.clone() })?
        }
        Quote::Tag { number, tags } => tag_quote(&action, TagQuote { id: named(number)?.id, tags: tags.clone() })?,
    };
    told::whole(&action, &quote, output)
}

fn template(action: &Action, input: &Template, output: &Output) -> Result<(), CallError> {
    let named = |name: &str| template_by_name(action, name);
    match input {
        Template::List => output.result(&list_quote_templates(action, Nothing {})?, |all| told::templates_text(all)),
        Template::Save { number, name } => {
            let id = by_number(action, number)?.id;
            let saved = save_quote_template(action, SaveQuoteTemplate { id, name: name.clone() })?;
            output.result(&saved, |saved| format!("kept as the template \"{}\"", saved.name));
        }
        Template::New { name, customer, contact, title } => {
            let request = QuoteFromTemplate {
                template_id: named(name)?.id,
                customer: customer.clone(),
                contact: contact.clone(),
                title: title.clone(),
            };
            return told::whole(action, &quote_from_template(action, request)?, output);
        }
        Template::Delete { name } => {
            let gone = delete_quote_template(action, TemplateRef { id: named(name)?.id })?;
            output.result(&gone, |gone| format!("the template \"{}\" is forgotten", gone.name));
        }
    }
    Ok(())
}

/// `Rock drilling=850:600`: what it is, its price, its cost.
fn ordered_line(action: &Action, text: &str) -> Result<QuoteLine, CallError> {
    let wrong = || {
        CallError::invalid(format!("\"{text}\" is no line"))
            .hint("Write \"Rock drilling=850\" or \"Rock drilling=850:600\".")
    };
    let (description, amounts) = text.rsplit_once('=').ok_or_else(wrong)?;
    let (asked, cost) = amounts.split_once(':').map_or((amounts, None), |(asked, cost)| (asked, Some(cost)));
    let signed = |text: &str| match text.trim().strip_prefix('-') {
        Some(text) => price(action, text).map(|amount| -amount.to_decimal()),
        None => price(action, text).map(Money::to_decimal),
    };
    Ok(QuoteLine {
        description: description.trim().to_owned(),
        quantity: Decimal::ONE,
        unit: "lot".to_owned(),
        unit_cost: cost.map_or(Ok(Decimal::ZERO), |cost| price(action, cost).map(Money::to_decimal))?,
        unit_price: signed(asked)?,
        estimate_id: None,
    })
}

pub(super) fn file_text(written: Written<FileWritten>, output: &Output) {
    if let Written::File(file) = written {
        output.result(&file, |file| format!("{} bytes written to {}", file.bytes, file.path));
    }
}

fn decimal(text: &str) -> Result<Decimal, CallError> {
    text.trim().parse().map_err(|_| {
        CallError::invalid(format!("\"{text}\" is not a number")).hint("Write a fraction such as 0.6 for 60 %.")
    })
}

pub(super) fn price(action: &Action, text: &str) -> Result<Money, CallError> {
    let currency = shop_settings(action, Nothing {})?.currency;
    let amount = decimal(&plain(text).ok_or_else(|| {
        CallError::invalid(format!("\"{text}\" is no amount, or one that can be read in two ways"))
            .hint("Write 8200.50 or 8,200.50: a point before the cents, commas between thousands only.")
    })?)?;
    Money::from_decimal(amount, currency).map_err(|error| CallError::invalid(error.to_string()))
}

/// An amount without its sign of currency and without the commas between thousands; `None` where a comma stands elsewhere.
fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix('$').unwrap_or(text);
    let (whole, cents) = text.split_once('.').map_or((text, None), |(whole, cents)| (whole, Some(cents)));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3 && digits(group)));
    let sound = digits(first) && grouped && cents.is_none_or(digits);
    sound.then(|| format!("{first}{}{}", rest.concat(), cents.map_or(String::new(), |cents| format!(".{cents}"))))
}

pub(super) fn export(app: &App, input: &Export, output: &Output) -> Result<(), CallError> {
    let action = action(app, "export");
    match input {
        Export::Quotes { format, map, as_json, output: path } => {
            quotes_out(&action, (format, map.as_deref(), *as_json), path, output)?;
        }
        Export::Lake { dir } => {
            let written = export_lake(&action, ExportLake { dir: dir.display().to_string() })?;
            output.result(&written, |lake| {
                let LakeWritten { jobs, lines, predictions, files, dir } = lake;
                format!("{jobs} jobs, {lines} lines and {predictions} predictions in {files} files under {dir}")
            });
        }
    }
    Ok(())
}

fn quotes_out(
    action: &Action,
    (format, map, as_json): (&str, Option<&std::path::Path>, bool),
    path: &std::path::Path,
    output: &Output,
) -> Result<(), CallError> {
    let format = match format {
        "json" => QuoteFormat::Json,
        "salesforce" => QuoteFormat::Salesforce,
        "hubspot" => QuoteFormat::Hubspot,
        "quickbooks" => QuoteFormat::Quickbooks,
        "odoo" => QuoteFormat::Odoo,
        "keyedin" => QuoteFormat::Keyedin,
        "generic" => QuoteFormat::Generic,
        _ => QuoteFormat::Csv,
    };
    let several =
        matches!(format, QuoteFormat::Salesforce | QuoteFormat::Hubspot | QuoteFormat::Quickbooks | QuoteFormat::Odoo);
    if several && path.as_os_str() == "-" {
        return Err(CallError::invalid("this format is several files, which standard output cannot hold")
            .hint("Name a file: --output crm.csv makes crm-deals.csv and so on."));
    }
    let text = |path: &std::path::Path| {
        String::from_utf8(signwright_app::files::read(path)?)
            .map_err(|_| CallError::invalid(format!("{} is no text in UTF-8", path.display())))
    };
    let map = map.map(text).transpose()?;
    let kind = if as_json || format == QuoteFormat::Json { "json" } else { "csv" };
    let written = destination::written(path, kind, output, |path| {
        let path = Some(path.display().to_string());
        export_quotes(action, ExportQuotes { format, path, map, as_json })
    })?;
    if let Written::File(exported) = written {
        output.result(&exported, |exported| {
            let files = exported.files.iter().map(|file| format!("{} bytes written to {}", file.bytes, file.path));
            files.collect::<Vec<_>>().join("\n")
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_that_can_be_read_in_two_ways_is_refused() {
        for (text, read) in [("8200", "8200"), ("$8,200.50", "8200.50"), (" 1,234,567 ", "1234567"), ("0.5", "0.5")] {
            assert_eq!(plain(text).as_deref(), Some(read), "{text}");
        }
        for text in ["8200,50", "8.200,50", "82,00", "1234,567", ",5", "5.", "", "abc", "-5"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
