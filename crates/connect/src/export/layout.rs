//! Quotes in the columns that another system imports, as a layout says: a TOML text, ready for some systems, a shop's own for any
//! other. What a column can hold is a closed list, so that cost, markup and margin cannot be among it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{Terminator, WriterBuilder};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value};
use signwright_domain::Money;
use signwright_domain::quote::{Quote, QuoteLine};

use super::csv::text;
use super::status_word;
use crate::ConnectError;

/// The files that a system takes, and what stands in their columns.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub name: String,
    pub files: Vec<File>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Behind the name of the whole where there are several.
    pub name: String,
    pub per: Per,
    pub columns: Vec<Column>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Quote,
    /// One line of a quote.
    Line,
}

/// One column: what stands in it, or the same text in every row.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub header: String,
    #[serde(default)]
    pub from: Option<Content>,
    #[serde(default)]
    pub text: String,
    /// Words of ours as the other system says them, such as of the status.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Of lines: only in the first row of each quote.
    #[serde(default)]
    pub first_row_only: bool,
    /// At most so many characters.
    #[serde(default)]
    pub most: Option<usize>,
}

/// What can stand in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Number,
    Version,
    Status,
    Customer,
    Contact,
    Title,
    CreatedOn,
    ValidUntil,
    Subtotal,
    /// As a fraction: 0.07 is 7 %.
    TaxRate,
    Tax,
    Total,
    Currency,
    Terms,
    Exclusions,
    LostReason,
    /// What the other system calls its records of the quote, where it is known.
    ExternalId,
    OpportunityId,
    QuoteId,
    AccountId,
    DealId,
    /// From 1.
    Line,
    /// The quote's number and the line, such as `Q-2026-0007:1`: the same in every export.
    LineKey,
    /// The number in letters, digits and underscores.
    NumberId,
    LineId,
    Description,
    Quantity,
    Unit,
    UnitPrice,
    Amount,
}

/// A quote with what the other system calls it.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    pub quote: &'a Quote,
    /// "Opportunity", "Quote", "deal" to its id there.
    pub ids: BTreeMap<String, String>,
}

/// A file ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Empty where a layout has one file.
    pub name: String,
    pub bytes: Vec<u8>,
    pub rows: usize,
}

/// How the files are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// RFC 4180, UTF-8 without a mark, dates as `2026-11-02`, amounts with a point and without grouping.
    #[default]
    Csv,
    /// A list of objects with the same names; amounts are texts, so that no reader makes them floats.
    Json,
}

/// A layout from its text.
pub fn layout(text: &str) -> Result<Layout, ConnectError> {
    let layout: Layout = toml::from_str(text).map_err(|error| ConnectError::Layout(error.to_string()))?;
    let fault = |why: String| Err(ConnectError::Layout(why));
    if layout.files.is_empty() {
        return fault("it has no files".into());
    }
    for file in &layout.files {
        if file.columns.is_empty() {
            return fault(format!("the file {} has no columns", file.name));
        }
        for (i, column) in file.columns.iter().enumerate() {
            if file.columns[..i].iter().any(|other| other.header == column.header) {
                return fault(format!("the file {} has two columns called {}", file.name, column.header));
            }
            if file.per == Per::Quote && column.from.is_some_and(Content::is_of_a_line) {
                return fault(format!("{} is of a line, and {} has a row per quote", column.header, file.name));
            }
        }
    }
    Ok(layout)
}

/// The files of a layout. `time_zone` is where the shop is: a quote's day is the local one.
pub fn exported(
    layout: &Layout,
    quotes: &[Known<'_>],
    form: Form,
    time_zone: &TimeZone,
) -> Result<Vec<Exported>, ConnectError> {
    let file = |file: &File| {
        let rows = rows(file, quotes, time_zone);
        let bytes = match form {
            Form::Csv => as_csv(file, &rows)?,
            Form::Json => as_json(file, &rows)?,
        };
        let name = if layout.files.len() == 1 { String::new() } else { file.name.clone() };
        Ok(Exported { name, bytes, rows: rows.len() })
    };
    layout.files.iter().map(file).collect()
}

/// A cell: a text may be taken for a formula, a figure never is.
enum Cell {
    Text(String),
    Figure(String),
}

fn rows(file: &File, quotes: &[Known<'_>], time_zone: &TimeZone) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for known in quotes {
        let version = known.quote.active();
        match file.per {
            Per::Quote => rows.push(file.columns.iter().map(|column| cell(column, known, None, time_zone)).collect()),
            Per::Line => {
                for (i, (line, amount)) in version.lines.iter().zip(&version.totals.amounts).enumerate() {
                    let at = Some((i + 1, line, *amount));
                    rows.push(file.columns.iter().map(|column| cell(column, known, at, time_zone)).collect());
                }
            }
        }
    }
    rows
}

type At<'a> = Option<(usize, &'a QuoteLine, Money)>;

fn cell(column: &Column, known: &Known<'_>, at: At<'_>, time_zone: &TimeZone) -> Cell {
    if column.first_row_only && at.is_some_and(|(number, ..)| number > 1) {
        return Cell::Text(String::new());
    }
    let cell = match column.from {
        Some(content) => content.of(known, at, time_zone),
        None => Cell::Text(column.text.clone()),
    };
    match cell {
        Cell::Text(said) => {
            let said = column.values.get(&said).cloned().unwrap_or(said);
            Cell::Text(column.most.map_or(said.clone(), |most| said.chars().take(most).collect()))
        }
        figure @ Cell::Figure(_) => figure,
    }
}

impl Content {
    fn is_of_a_line(self) -> bool {
        matches!(
            self,
            Self::Line
                | Self::LineKey
                | Self::LineId
                | Self::Description
                | Self::Quantity
                | Self::Unit
                | Self::UnitPrice
                | Self::Amount
        )
    }

    fn of(self, known: &Known<'_>, at: At<'_>, time_zone: &TimeZone) -> Cell {
        let quote = known.quote;
        let version = quote.active();
        let totals = &version.totals;
        let words = |words: &str| Cell::Text(words.to_owned());
        let figure = |figure: Decimal| Cell::Figure(figure.to_string());
        let id = |name: &str| Cell::Text(known.ids.get(name).cloned().unwrap_or_default());
        let day = quote.created_at.to_zoned(time_zone.clone()).date();
        match (self, at) {
            (Self::Number, _) => words(&quote.number),
            (Self::Version, _) => figure(version.version.into()),
            (Self::Status, _) => words(status_word(quote.status)),
            (Self::Customer, _) => words(&quote.customer),
            (Self::Contact, _) => words(&quote.contact),
            (Self::Title, _) => words(&quote.title),
            (Self::CreatedOn, _) => words(&day.to_string()),
            (Self::ValidUntil, _) => words(&version.valid_until.to_string()),
            (Self::Subtotal, _) => figure(totals.subtotal.to_decimal()),
            (Self::TaxRate, _) => figure(version.tax_rate),
            (Self::Tax, _) => figure(totals.tax.to_decimal()),
            (Self::Total, _) => figure(totals.total.to_decimal()),
            (Self::Currency, _) => words(totals.total.currency.code()),
            (Self::Terms, _) => words(&version.terms),
            (Self::Exclusions, _) => words(&version.exclusions.join("; ")),
            (Self::LostReason, _) => words(quote.lost_reason.as_deref().unwrap_or_default()),
            (Self::ExternalId, _) => words(quote.external_id.as_deref().unwrap_or_default()),
            (Self::OpportunityId, _) => id("Opportunity"),
            (Self::QuoteId, _) => id("Quote"),
            (Self::AccountId, _) => id("Account"),
            (Self::DealId, _) => id("deal"),
            (Self::NumberId, _) => Cell::Text(plain(&quote.number)),
            (Self::Line, Some((number, ..))) => Cell::Figure(number.to_string()),
            (Self::LineKey, Some((number, ..))) => Cell::Text(format!("{}:{number}", quote.number)),
            (Self::LineId, Some((number, ..))) => Cell::Text(format!("{}_{number}", plain(&quote.number))),
            (Self::Description, Some((_, line, _))) => words(&line.description),
            (Self::Quantity, Some((_, line, _))) => figure(line.quantity),
            (Self::Unit, Some((_, line, _))) => words(&line.unit),
            (Self::UnitPrice, Some((_, line, _))) => figure(line.unit_price),
            (Self::Amount, Some((.., amount))) => figure(amount.to_decimal()),
            // A layout with such a column in a file per quote is refused when it is read.
            (
                Self::Line
                | Self::LineKey
                | Self::LineId
                | Self::Description
                | Self::Quantity
                | Self::Unit
                | Self::UnitPrice
                | Self::Amount,
                None,
            ) => Cell::Text(String::new()),
        }
    }
}

fn plain(number: &str) -> String {
    number.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}

fn as_csv(file: &File, rows: &[Vec<Cell>]) -> Result<Vec<u8>, ConnectError> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(file.columns.iter().map(|column| column.header.as_bytes()))?;
    for row in rows {
        let fields: Vec<Cow<'_, str>> = row
            .iter()
            .map(|cell| match cell {
                Cell::Text(said) => text(said),
                Cell::Figure(figure) => Cow::Borrowed(figure.as_str()),
            })
            .collect();
        writer.write_record(fields.iter().map(|field| field.as_bytes()))?;
    }
    writer.into_inner().map_err(|error| ConnectError::Csv(error.into_error().into()))
}

fn as_json(file: &File, rows: &[Vec<Cell>]) -> Result<Vec<u8>, ConnectError> {
    let object = |row: &Vec<Cell>| {
        let pairs = file.columns.iter().zip(row).map(|(column, cell)| {
            let (Cell::Text(said) | Cell::Figure(said)) = cell;
            (column.header.clone(), Value::String(said.clone()))
        });
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    let mut bytes = serde_json::to_vec_pretty(&rows.iter().map(object).collect::<Vec<_>>())?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests;
