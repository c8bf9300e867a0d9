//! Tryton over JSON-RPC (the modules `sale` and `sale_opportunity`).
//!
//! A quote becomes a draft sale with its lines as text lines: they need no product, so that nothing must be set up there
//! first. It is found again by its number in the field `reference`; a sale and its lines are created or changed in one
//! call, which Tryton commits as a whole, so that whatever breaks off leaves it before or after, and is looked for first
//! the next time. An estimate becomes a lead. What a person has confirmed, won, lost or cancelled there is left alone.

mod lines;
mod opportunity;
mod pulled;
mod rpc;
mod sale;

use jiff::Timestamp;
use serde_json::{Value, json};
use signwright_domain::connection::{Outgoing, Parcel, ParcelKind, Pulled, Receipt};

use self::rpc::Session;
use super::Connector;
use super::offer::Offer;
use crate::ConnectError;
use crate::address::Address;
use crate::call::Call;
use crate::failure::PushError;
use crate::secret::{BLANK, Secret};
use crate::wire::{Limits, Wire, blank};

pub(super) struct Tryton {
    address: Address,
    database: String,
    user: String,
}

/// A request with what only the answers before it tell.
type Step = (&'static str, Vec<Value>);

impl Tryton {
    pub(super) fn new(url: &str, database: &str, user: &str) -> Result<Self, ConnectError> {
        let named = |text: &str, what| {
            if text.trim().is_empty() { Err(ConnectError::Missing(what)) } else { Ok(text.trim().to_owned()) }
        };
        Ok(Self { address: Address::parse(url)?, database: named(database, "database")?, user: named(user, "user")? })
    }

    fn wire(&self, secret: &Secret, limits: Limits) -> Result<Wire, PushError> {
        let mut wire = Wire::to(&self.address, limits)?;
        wire.hide(secret);
        Ok(wire)
    }

    fn calls(&self, steps: Vec<Step>) -> Vec<Call> {
        let url = rpc::url(&self.address, &self.database);
        let session = format!("Session {BLANK}");
        let context = json!({"company": "<company>"});
        let mut calls = vec![rpc::login(&url, &self.user, &blank())];
        calls.push(rpc::call(&url, &session, rpc::PREFERENCES, vec![json!(true)], &json!({})));
        calls.extend(steps.into_iter().map(|(method, params)| rpc::call(&url, &session, method, params, &context)));
        calls
    }
}

impl Connector for Tryton {
    const NAME: &'static str = "Tryton";
    const TAKES: &'static [ParcelKind] = &[ParcelKind::Quote, ParcelKind::Estimate];

    fn preview(&self, parcel: &Parcel) -> Result<Vec<Outgoing>, ConnectError> {
        let steps = match Offer::of(parcel)? {
            Offer::Quote(quote) => sale::steps(&quote, parcel),
            Offer::Estimate(estimate) => opportunity::steps(&estimate, parcel),
        };
        Ok(self.calls(steps).iter().map(Call::shown).collect())
    }

    async fn push(&self, secret: Option<&Secret>, parcel: &Parcel, limits: Limits) -> Result<Receipt, PushError> {
        let offer = Offer::of(parcel)?;
        let secret = secret.ok_or(ConnectError::Missing("password"))?;
        let session = Session::open(self, self.wire(secret, limits)?, secret).await?;
        let receipt = match &offer {
            Offer::Quote(quote) => sale::push(&session, quote, parcel).await,
            Offer::Estimate(estimate) => opportunity::push(&session, estimate, parcel).await,
        };
        session.close().await;
        receipt
    }

    async fn probe(&self, secret: Option<&Secret>, limits: Limits) -> Result<String, PushError> {
        let secret = secret.ok_or(ConnectError::Missing("password"))?;
        let wire = self.wire(secret, limits)?;
        let version = rpc::version(&self.address, &wire).await?;
        let session = Session::open(self, wire, secret).await?;
        let looked = session.call("model.sale.sale.search", vec![json!([]), json!(0), json!(1)]).await;
        session.close().await;
        looked?;
        Ok(format!("Tryton {version}, database {}, signed in as {}", self.database, self.user))
    }

    async fn pull(&self, secret: Option<&Secret>, since: Timestamp, limits: Limits) -> Result<Vec<Pulled>, PushError> {
        let secret = secret.ok_or(ConnectError::Missing("password"))?;
        let wire = self.wire(secret, limits.long())?;
        let session = Session::open(self, wire, secret).await?;
        let pulled = pulled::since(&session, since).await;
        session.close().await;
        pulled
    }
}

/// The customer by its exact name, made where there is none.
async fn party(session: &Session, name: &str) -> Result<i64, PushError> {
    let found = session.first(FIND_PARTY, party_named(name)).await?;
    match found {
        Some(id) => Ok(id),
        None => session.created(MAKE_PARTY, party_of(name)).await,
    }
}

const FIND_PARTY: &str = "model.party.party.search";
const MAKE_PARTY: &str = "model.party.party.create";
const FIND_CURRENCY: &str = "model.currency.currency.search";

fn party_named(name: &str) -> Value {
    json!([["name", "=", name.trim()]])
}

/// With an empty address, as Tryton's own form begins: a sale without one cannot be quoted there.
fn party_of(name: &str) -> Value {
    json!({"name": name.trim(), "addresses": [["create", [{}]]]})
}

async fn currency(session: &Session, code: &str) -> Result<i64, PushError> {
    let found = session.first(FIND_CURRENCY, json!([["code", "=", code]])).await?;
    found.ok_or_else(|| session.wire.misconnected(format!("Tryton has no currency {code}; add it there")))
}

/// One search as it is sent.
fn search(domain: Value) -> Vec<Value> {
    vec![domain, json!(0), json!(1), json!([["id", "ASC"]])]
}

/// What the id that an earlier delivery made, or else the reference, leads to.
fn same(known: Option<&str>, reference: &str) -> Value {
    let by_reference = json!(["reference", "=", reference]);
    match known.and_then(|id| id.parse::<i64>().ok()) {
        Some(id) => json!(["OR", ["id", "=", id], by_reference]),
        None => json!([by_reference]),
    }
}

/// Of the records found, the one that is known, else the oldest.
fn chosen(rows: Vec<Value>, known: Option<&str>) -> Option<Value> {
    let id = known.and_then(|id| id.parse::<i64>().ok());
    let place = rows.iter().position(|row| id.is_some() && row["id"].as_i64() == id).unwrap_or(0);
    rows.into_iter().nth(place)
}

#[cfg(test)]
mod tests;
