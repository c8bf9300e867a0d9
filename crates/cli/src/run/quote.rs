//! `quote`, `export`.

use rust_decimal::Decimal;
use signwright_app::commands::Nothing;
use signwright_app::export::{ExportLake, ExportQuotes, LakeWritten, QuoteFormat, export_lake, export_quotes};
use signwright_app::quotes::{
    CreateQuote, MarkQuoteLost, QuotePage, QuoteQuery, QuoteRef, UpdateQuote, WriteQuotePdf, approve_quote, by_number,
    create_quote, list_quotes, mark_quote_lost, mark_quote_won, revise_quote, send_quote, update_quote,
    write_quote_pdf,
};
use signwright_app::shop::{FileWritten, shop_settings};
use signwright_app::{Action, App, CallError};
use signwright_domain::Money;
use signwright_domain::quote::Quote as StoredQuote;

use super::action;
use super::destination::{self, Written};
use crate::arguments::{Export, Quote};
use crate::output::{Output, table, word};

pub(super) fn quote(app: &App, input: &Quote, output: &Output) -> Result<(), CallError> {
    let action = action(app, "quote");
    let named = |number: &str| by_number(&action, number).map(|quote| QuoteRef { id: quote.id });
    let quote = match input {
        Quote::List => {
            let page = list_quotes(&action, QuoteQuery { limit: 1000, ..QuoteQuery::default() })?;
            output.result(&page, page_text);
            return Ok(());
        }
        Quote::Pdf { number, output: path } => {
            let id = named(number)?.id;
            let written = destination::written(path, "pdf", output, |path| {
                write_quote_pdf(&action, WriteQuotePdf { id, path: Some(path.display().to_string()) })
            })?;
            file_text(written, output);
            if shop_settings(&action, Nothing {})?.is_unnamed() {
                output.warning(UNNAMED);
            }
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
        Quote::Show { number } => by_number(&action, number)?,
        Quote::Price { number, markup } => reprice(&action, named(number)?.id, decimal(markup)?)?,
        Quote::Approve { number } => approve_quote(&action, named(number)?)?,
        Quote::Send { number } => send_quote(&action, named(number)?)?,
        Quote::Won { number } => mark_quote_won(&action, named(number)?)?,
        Quote::Revise { number } => revise_quote(&action, named(number)?)?,
        Quote::Lost { number, reason, competitor_price } => {
            let competitor_price = competitor_price.as_deref().map(|text| price(&action, text)).transpose()?;
            let request = MarkQuoteLost { id: named(number)?.id, reason: reason.clone(), competitor_price };
            mark_quote_lost(&action, request)?
        }
    };
    output.result(&quote, quote_text);
    Ok(())
}

/// The customer reads it on top of the page.
const UNNAMED: &str = "the quote is headed \"My sign shop\", because the shop has no name yet; give it one in the window \
     under Settings, or with: signwright call shop_settings > settings.json, edit the file, then signwright call \
     save_settings - < settings.json";

fn file_text(written: Written<FileWritten>, output: &Output) {
    if let Written::File(file) = written {
        output.result(&file, |file| format!("{} bytes written to {}", file.bytes, file.path));
    }
}

fn reprice(action: &Action, id: i64, markup: Decimal) -> Result<StoredQuote, CallError> {
    let update = UpdateQuote {
        id,
        lines: None,
        markup: Some(markup),
        tax_rate: None,
        valid_until: None,
        terms: None,
        exclusions: None,
        title: None,
        customer: None,
        contact: None,
    };
    update_quote(action, update)
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

pub(super) fn quote_text(quote: &StoredQuote) -> String {
    let version = quote.active();
    let lines = version.lines.iter().zip(&version.totals.amounts).map(|(line, amount)| {
        vec![
            line.description.clone(),
            format!("{} {}", line.quantity, line.unit),
            line.unit_cost.round_dp(2).to_string(),
            line.unit_price.to_string(),
            amount.to_string(),
        ]
    });
    let lines =
        table(&["line", "quantity", "unit cost", "unit price", "amount"], &lines.collect::<Vec<_>>(), &[1, 2, 3, 4]);
    let percent = |share: Option<Decimal>| {
        share.map_or("-".to_owned(), |share| format!("{} %", (share * Decimal::ONE_HUNDRED).round_dp(1)))
    };
    let totals = &version.totals;
    let tax = if totals.tax.minor == 0 { "no tax".to_owned() } else { format!("tax {}", totals.tax) };
    format!(
        "{} version {} for {}: {}, {}, valid until {}\n{lines}\n\nsubtotal {}, {tax}, total {}\ncost {}, markup {}, margin {}",
        quote.number,
        version.version,
        quote.customer,
        quote.title,
        word(&quote.status),
        version.valid_until,
        totals.subtotal,
        totals.total,
        totals.cost,
        percent(totals.markup),
        percent(totals.margin)
    )
}

fn page_text(page: &QuotePage) -> String {
    let rows = page.quotes.iter().map(|quote| {
        vec![
            quote.number.clone(),
            quote.customer.clone(),
            quote.title.clone(),
            word(&quote.status),
            quote.total.to_string(),
        ]
    });
    let table = table(&["quote", "customer", "title", "status", "total"], &rows.collect::<Vec<_>>(), &[4]);
    format!("{table}\n\n{} quotes", page.total)
}

pub(super) fn export(app: &App, input: &Export, output: &Output) -> Result<(), CallError> {
    let action = action(app, "export");
    match input {
        Export::Quotes { format, output: path } => {
            let format = if format == "json" { QuoteFormat::Json } else { QuoteFormat::Csv };
            let written = destination::written(
                path,
                if matches!(format, QuoteFormat::Json) { "json" } else { "csv" },
                output,
                |path| export_quotes(&action, ExportQuotes { format, path: Some(path.display().to_string()) }),
            )?;
            file_text(written, output);
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
