//! A quote as a sale.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use signwright_domain::connection::{Parcel, Receipt};

use super::rpc::{Session, amount, decimal};
use super::{
    FIND_CURRENCY, FIND_PARTY, MAKE_PARTY, Step, chosen, currency, lines, party, party_named, party_of, same, search,
};
use crate::connector::offer::small_print;
use crate::export::QuoteEntry;
use crate::failure::PushError;

/// What it is remembered by.
const SALE: &str = "sale.sale";
const FIND: &str = "model.sale.sale.search_read";
const MAKE: &str = "model.sale.sale.create";
const CHANGE: &str = "model.sale.sale.write";
const FIND_ADDRESS: &str = "model.party.address.search";
const FIND_TAX: &str = "model.account.tax.search";

/// What of a sale there must be known to write it.
#[derive(Clone, Debug)]
struct Links {
    party: Value,
    address: Value,
    currency: Value,
    taxes: Vec<i64>,
}

pub(super) async fn push(session: &Session, quote: &QuoteEntry, parcel: &Parcel) -> Result<Receipt, PushError> {
    let known = parcel.known.get(SALE).map(String::as_str);
    let found = chosen(session.rows(FIND, find(quote, known)).await?, known);
    if let Some(row) = &found
        && !matches!(row["state"].as_str(), Some("draft" | "quotation"))
    {
        return left_alone(session, quote, row);
    }
    let links = links(session, quote).await?;
    let (id, done) = match found {
        None => (session.created(MAKE, made(quote, &links)).await?, "made"),
        Some(row) => (changed(session, quote, &links, &row).await?, "updated"),
    };
    let said = total_there(session, quote, id, done).await?;
    Ok(Receipt { known: [(SALE.to_owned(), id.to_string())].into(), said })
}

/// The requests of a first delivery.
pub(super) fn steps(quote: &QuoteEntry, parcel: &Parcel) -> Vec<Step> {
    let known = parcel.known.get(SALE).map(String::as_str);
    let links = Links {
        party: json!("<party>"),
        address: json!("<address>"),
        currency: json!("<currency>"),
        taxes: Vec::new(),
    };
    let mut steps = vec![
        (FIND, find(quote, known)),
        (FIND_CURRENCY, search(json!([["code", "=", quote.currency.to_string()]]))),
        (FIND_PARTY, search(party_named(&quote.customer))),
        (MAKE_PARTY, vec![json!([party_of(&quote.customer)])]),
        (FIND_ADDRESS, search(address_of(&links.party))),
    ];
    if !quote.tax.is_zero() {
        steps.push((FIND_TAX, taxes_at(quote.tax_rate)));
    }
    steps.push(match known.and_then(|id| id.parse::<i64>().ok()) {
        Some(id) => (CHANGE, vec![json!([id]), values(quote, &links, vec![json!(["delete", "<lines>"])])]),
        None => (MAKE, vec![json!([made(quote, &links)])]),
    });
    steps
}

fn find(quote: &QuoteEntry, known: Option<&str>) -> Vec<Value> {
    let fields = json!(["id", "number", "state", "lines", "description"]);
    vec![same(known, &quote.number), json!(0), json!(10), json!([["id", "ASC"]]), fields]
}

fn address_of(party: &Value) -> Value {
    json!([["party", "=", party]])
}

/// Sales taxes at our rate; two are enough to know that it is not the only one.
fn taxes_at(rate: Decimal) -> Vec<Value> {
    let kind = json!(["OR", ["group", "=", null], ["group.kind", "in", ["sale", "both"]]]);
    let domain =
        json!([["type", "=", "percentage"], ["rate", "=", decimal(rate.normalize())], ["parent", "=", null], kind]);
    vec![domain, json!(0), json!(2)]
}

async fn links(session: &Session, quote: &QuoteEntry) -> Result<Links, PushError> {
    let currency = currency(session, &quote.currency.to_string()).await?;
    let party = json!(party(session, &quote.customer).await?);
    let address = session.first(FIND_ADDRESS, address_of(&party)).await?;
    Ok(Links { party, address: json!(address), currency: json!(currency), taxes: taxes(session, quote).await? })
}

/// The only sales tax there at our rate. Where there are none or several, which one is meant is not ours to say.
async fn taxes(session: &Session, quote: &QuoteEntry) -> Result<Vec<i64>, PushError> {
    if quote.tax.is_zero() {
        return Ok(Vec::new());
    }
    let found = session.rows(FIND_TAX, taxes_at(quote.tax_rate)).await?;
    match found.as_slice() {
        [only] => Ok(only.as_i64().into_iter().collect()),
        _ => Ok(Vec::new()),
    }
}

fn made(quote: &QuoteEntry, links: &Links) -> Value {
    values(quote, links, Vec::new())
}

/// The fields of the sale; `before` is done to its lines first.
fn values(quote: &QuoteEntry, links: &Links, before: Vec<Value>) -> Value {
    let mut lines = before;
    lines.push(json!(["create", quote.lines.iter().map(|line| lines::line(line, &links.taxes)).collect::<Vec<_>>()]));
    json!({
        "party": links.party,
        "invoice_address": links.address,
        "shipment_address": links.address,
        "currency": links.currency,
        "reference": quote.number,
        "description": titled(quote),
        "comment": small_print(quote),
        "lines": lines,
    })
}

/// With the version, by which it is known whether a sale is this one.
fn titled(quote: &QuoteEntry) -> String {
    format!("{} (version {})", quote.title, quote.version)
}

/// Writes anew in one call. A quotation becomes a draft again: what has changed is for a person to offer.
async fn changed(session: &Session, quote: &QuoteEntry, links: &Links, row: &Value) -> Result<i64, PushError> {
    let id = row["id"].as_i64().ok_or_else(|| session.wire.unclear("a sale of Tryton has no id"))?;
    if row["state"] == "quotation" {
        session.call("model.sale.sale.draft", vec![json!([id])]).await?;
    }
    let before = match &row["lines"] {
        Value::Array(lines) if !lines.is_empty() => vec![json!(["delete", lines])],
        _ => Vec::new(),
    };
    session.call(CHANGE, vec![json!([id]), values(quote, links, before)]).await?;
    Ok(id)
}

/// A sale that is confirmed or cancelled is not changed. It is ours already, or a person must decide.
fn left_alone(session: &Session, quote: &QuoteEntry, row: &Value) -> Result<Receipt, PushError> {
    let state = row["state"].as_str().unwrap_or("closed");
    let id = row["id"].to_string();
    if row["description"] == json!(titled(quote)) {
        let said = format!("sale {id} is there already, and {state}");
        return Ok(Receipt { known: [(SALE.to_owned(), id)].into(), said });
    }
    Err(session
        .wire
        .refused(format!("sale {id} for {} is {state} in Tryton and is not changed any more", quote.number)))
}

/// What Tryton makes of it, compared with ours.
async fn total_there(session: &Session, quote: &QuoteEntry, id: i64, done: &str) -> Result<String, PushError> {
    let fields = json!(["untaxed_amount", "total_amount"]);
    let rows = session.rows("model.sale.sale.read", vec![json!([id]), fields]).await?;
    let there = |name: &str| rows.first().and_then(|row| amount(&row[name]));
    let (untaxed, total) = (there("untaxed_amount"), there("total_amount"));
    let said = format!("sale {id} {done}, {} {}", quote.subtotal, quote.currency);
    Ok(if untaxed != Some(quote.subtotal) {
        format!("{said}, but Tryton adds it up to {}", untaxed.unwrap_or_default())
    } else if total != Some(quote.total) {
        format!("{said}; taxes are {} there and {} here", total.unwrap_or_default() - quote.subtotal, quote.tax)
    } else {
        said
    })
}
