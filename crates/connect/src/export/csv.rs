//! Quotes as CSV: one row per line item of the active version, the quote's own fields repeated on each.
//!
//! RFC 4180 (comma, CRLF, quotes doubled), UTF-8, ISO dates, amounts as plain decimals without grouping. A text that a
//! spreadsheet would take for a formula is written with an apostrophe before it (OWASP, "CSV Injection"); numbers are
//! left alone, so a discount stays a negative number.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use signwright_domain::quote::{Quote, QuoteLine};
use signwright_domain::{Currency, Money};

use super::net::net_lines;
use super::status_word;
use crate::ConnectError;

/// The columns, in order.
pub const COLUMNS: [&str; 20] = [
    "Quote Number",
    "Version",
    "External ID",
    "Status",
    "Customer",
    "Contact",
    "Title",
    "Created On",
    "Valid Until",
    "Line",
    "Description",
    "Quantity",
    "Unit",
    "Unit Price",
    "Amount",
    "Subtotal",
    "Tax Rate",
    "Tax",
    "Total",
    "Currency",
];

/// The mark at the start of a file from which Excel knows UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The quotes as UTF-8 without a byte order mark, as importers expect it.
pub fn quotes_csv(quotes: &[Quote]) -> Result<Vec<u8>, ConnectError> {
    write(quotes, Vec::new())
}

/// The same with the byte order mark that Excel needs when the file is opened by double click.
pub fn quotes_csv_for_excel(quotes: &[Quote]) -> Result<Vec<u8>, ConnectError> {
    write(quotes, BYTE_ORDER_MARK.to_vec())
}

fn write(quotes: &[Quote], start: Vec<u8>) -> Result<Vec<u8>, ConnectError> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(start);
    writer.write_record(COLUMNS)?;
    for quote in quotes {
        let version = quote.active();
        for ((line, amount), number) in net_lines(version).iter().zip(1..) {
            writer.write_record(row(quote, number, line, *amount).iter().map(|field| field.as_bytes()))?;
        }
    }
    writer.into_inner().map_err(|error| ConnectError::Csv(error.into_error().into()))
}

fn row<'a>(quote: &'a Quote, number: usize, line: &'a QuoteLine, amount: Money) -> [Cow<'a, str>; COLUMNS.len()] {
    let version = quote.active();
    let totals = &version.totals;
    let currency: Currency = totals.total.currency;
    [
        text(&quote.number),
        version.version.to_string().into(),
        text(quote.external_id.as_deref().unwrap_or_default()),
        status_word(quote.status).into(),
        text(&quote.customer),
        text(&quote.contact),
        text(&quote.title),
        quote.created_at.strftime("%Y-%m-%d").to_string().into(),
        version.valid_until.to_string().into(),
        number.to_string().into(),
        text(&line.description),
        line.quantity.to_string().into(),
        text(&line.unit),
        line.unit_price.to_string().into(),
        amount.to_decimal().to_string().into(),
        totals.subtotal.to_decimal().to_string().into(),
        version.tax_rate.to_string().into(),
        totals.tax.to_decimal().to_string().into(),
        totals.total.to_decimal().to_string().into(),
        currency.code().to_owned().into(),
    ]
}

/// A text field, made harmless where a spreadsheet would calculate it.
pub fn text(field: &str) -> Cow<'_, str> {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if field.starts_with(STARTS) { Cow::Owned(format!("'{field}")) } else { Cow::Borrowed(field) }
}

#[cfg(test)]
mod tests;
