//! Quotes as files: the product's own, what a CRM imports, or the columns that a shop asks for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use signwright_connect::export::{Form, Known, Layout, System, exported, layout, quotes_csv, quotes_json};
use signwright_domain::connection::Endpoint;
use signwright_domain::quote::Quote;
use signwright_store::connections;
use ts_rs::TS;

use crate::shop::{FileWritten, target, written};
use crate::{Action, CallError};

/// For whom quotes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuoteFormat {
    /// One row per line, all columns.
    Csv,
    /// One document with everything a customer may know.
    Json,
    Salesforce,
    Hubspot,
    Quickbooks,
    Odoo,
    Keyedin,
    /// In the columns that `map` says.
    Generic,
}

/// What is written where.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportQuotes {
    pub format: QuoteFormat,
    /// Without it files in the exports folder beside the shop. Where there are several files, each has its name behind this one.
    #[serde(default)]
    pub path: Option<String>,
    /// The layout of `generic`: TOML, as docs/export.md teaches it.
    #[serde(default)]
    #[ts(optional)]
    pub map: Option<String>,
    /// Lists of objects in place of tables.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub as_json: bool,
}

impl ExportQuotes {
    /// A table in one of the ready formats.
    pub fn of(format: QuoteFormat, path: Option<String>) -> Self {
        Self { format, path, map: None, as_json: false }
    }
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuotesExported {
    pub files: Vec<FileWritten>,
    pub quotes: u32,
}

pub fn export_quotes(action: &Action, input: ExportQuotes) -> Result<QuotesExported, CallError> {
    let quotes = crate::quotes::all(action)?;
    let count = u32::try_from(quotes.len()).unwrap_or(u32::MAX);
    let one = |bytes: Vec<u8>, name: &str| {
        Ok::<_, CallError>(vec![written(action, &target(action, input.path.as_deref(), name), &bytes)?])
    };
    let files = match input.format {
        QuoteFormat::Csv => one(quotes_csv(&quotes)?, "quotes.csv")?,
        QuoteFormat::Json => one(quotes_json(&quotes)?, "quotes.json")?,
        QuoteFormat::Salesforce => laid_out(action, &input, &quotes, ("salesforce", &System::Salesforce.layout()?))?,
        QuoteFormat::Hubspot => laid_out(action, &input, &quotes, ("hubspot", &System::Hubspot.layout()?))?,
        QuoteFormat::Quickbooks => laid_out(action, &input, &quotes, ("quickbooks", &System::Quickbooks.layout()?))?,
        QuoteFormat::Odoo => laid_out(action, &input, &quotes, ("odoo", &System::Odoo.layout()?))?,
        QuoteFormat::Keyedin => laid_out(action, &input, &quotes, ("keyedin", &System::Keyedin.layout()?))?,
        QuoteFormat::Generic => laid_out(action, &input, &quotes, ("quotes", &own_layout(&input)?))?,
    };
    Ok(QuotesExported { files, quotes: count })
}

fn own_layout(input: &ExportQuotes) -> Result<Layout, CallError> {
    let text = input.map.as_deref().ok_or_else(|| {
        CallError::invalid("columns of your own need a layout")
            .hint("Give a TOML file with --map; docs/export.md shows one.")
    })?;
    layout(text).map_err(|error| CallError::invalid(error.to_string()))
}

fn laid_out(
    action: &Action,
    input: &ExportQuotes,
    quotes: &[Quote],
    (name, layout): (&str, &Layout),
) -> Result<Vec<FileWritten>, CallError> {
    let ids = known_ids(action, quotes, input.format)?;
    let known: Vec<Known<'_>> = quotes.iter().zip(ids).map(|(quote, ids)| Known { quote, ids }).collect();
    let (form, ending) = if input.as_json { (Form::Json, "json") } else { (Form::Csv, "csv") };
    let whole = target(action, input.path.as_deref(), &format!("{name}.{ending}"));
    let files = exported(layout, &known, form, &TimeZone::system())?;
    files.iter().map(|file| written(action, &named(&whole, &file.name), &file.bytes)).collect()
}

/// `crm.csv` as `crm-deals.csv`.
fn named(whole: &Path, name: &str) -> PathBuf {
    if name.is_empty() {
        return whole.to_owned();
    }
    let stem = whole.file_stem().unwrap_or_default().to_string_lossy();
    let ending = whole.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    whole.with_file_name(format!("{stem}-{name}{ending}"))
}

/// What the system calls each quote's records, from what was sent there over a connection; of several connections to one kind of
/// system the last one counts.
fn known_ids(
    action: &Action,
    quotes: &[Quote],
    format: QuoteFormat,
) -> Result<Vec<BTreeMap<String, String>>, CallError> {
    let db = action.shop().read();
    let kept = connections::list::<Value>(&db)?;
    let is_of = |endpoint: &Endpoint| match format {
        QuoteFormat::Salesforce => matches!(endpoint, Endpoint::Salesforce { .. }),
        QuoteFormat::Hubspot => matches!(endpoint, Endpoint::Hubspot { .. }),
        _ => false,
    };
    let ids: Vec<i64> =
        kept.iter().map(|kept| &kept.connection).filter(|one| is_of(&one.endpoint)).map(|one| one.id).collect();
    quotes
        .iter()
        .map(|quote| {
            let subject = format!("quote {}", quote.number);
            let mut known = BTreeMap::new();
            for id in &ids {
                known.extend(connections::known(&db, *id, &subject)?);
            }
            Ok(known)
        })
        .collect()
}

#[cfg(test)]
mod tests;
