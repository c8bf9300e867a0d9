//! Salesforce over its REST API, written from its published documentation.
//!
//! A quote becomes an Opportunity with a Quote and its QuoteLineItems, all in one composite request with `allOrNone`,
//! which Salesforce commits as a whole. They are found again by the field `Signwright_Id__c` (text, unique, external id),
//! which an administrator adds to the three objects once; lines are of a product with the code `SIGNWRIGHT` in the
//! standard price book. Amounts are in the organisation's own currency. What is closed there is left alone.

mod access;
mod answer;
mod pulled;
mod records;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use signwright_domain::connection::{Outgoing, Parcel, ParcelKind, Pulled, Receipt};
use url::Url;

use self::access::Access;
use self::records::Standing;
use super::Connector;
use super::offer::Offer;
use crate::ConnectError;
use crate::address::Address;
use crate::call::Call;
use crate::failure::PushError;
use crate::secret::{BLANK, Secret};
use crate::wire::{Limits, Wire, blank};

/// The version of the API that this is written for.
const VERSION: &str = "v62.0";
/// The field that our records are found again by.
const KEY: &str = "Signwright_Id__c";
/// The code of the product that lines are of.
const PRODUCT: &str = "SIGNWRIGHT";

pub(super) struct Salesforce {
    address: Address,
    client_id: Option<String>,
}

impl Salesforce {
    pub(super) fn new(url: &str, client_id: Option<&str>) -> Result<Self, ConnectError> {
        let client_id = client_id.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
        Ok(Self { address: Address::parse(url)?, client_id })
    }

    async fn access(&self, secret: Option<&Secret>, limits: Limits) -> Result<Access, PushError> {
        let secret = secret.ok_or(ConnectError::Missing("access token or client's secret"))?;
        let mut wire = Wire::to(&self.address, limits)?;
        wire.hide(secret);
        Access::open(self, wire, secret).await
    }

    fn query(&self, authorization: &str, soql: &str) -> Call {
        let mut url = self.address.below(&["services", "data", VERSION, "query"]);
        url.query_pairs_mut().append_pair("q", soql);
        authorized(Method::GET, url, authorization)
    }

    fn composite(&self, authorization: &str, requests: &[Value]) -> Call {
        let url = self.address.below(&["services", "data", VERSION, "composite"]);
        authorized(Method::POST, url, authorization).json(&json!({"allOrNone": true, "compositeRequest": requests}))
    }
}

impl Connector for Salesforce {
    const NAME: &'static str = "Salesforce";
    const TAKES: &'static [ParcelKind] = &[ParcelKind::Quote, ParcelKind::Estimate];

    fn preview(&self, parcel: &Parcel) -> Result<Vec<Outgoing>, ConnectError> {
        let offer = Offer::of(parcel)?;
        let bearer = format!("Bearer {BLANK}");
        let standing = Standing::unknown();
        let requests = records::requests(&offer, &standing).map_err(|why| payload(parcel, why))?;
        let mut calls: Vec<Call> = self.client_id.iter().map(|id| access::token(&self.address, id, &blank())).collect();
        calls.extend(records::questions(&offer).iter().map(|(_, soql)| self.query(&bearer, soql)));
        calls.push(self.composite(&bearer, &requests));
        Ok(calls.iter().map(Call::shown).collect())
    }

    async fn push(&self, secret: Option<&Secret>, parcel: &Parcel, limits: Limits) -> Result<Receipt, PushError> {
        let offer = Offer::of(parcel)?;
        let access = self.access(secret, limits.large()).await?;
        let standing = access.standing(self, &offer).await?;
        if let Some(state) = standing.closed() {
            return records::left_alone(&access.wire, &offer, &standing, state);
        }
        let requests = records::requests(&offer, &standing).map_err(|why| payload(parcel, why))?;
        let answer = access.ask(&self.composite(&access.authorization, &requests)).await?;
        let made = answer::composite(&access.wire, &answer)?;
        Ok(records::receipt(&offer, &standing, &made))
    }

    async fn probe(&self, secret: Option<&Secret>, limits: Limits) -> Result<String, PushError> {
        let access = self.access(secret, limits).await?;
        let own = access.rows(self, "SELECT Name FROM Organization LIMIT 1").await?;
        access.rows(self, &format!("SELECT {KEY} FROM Opportunity LIMIT 1")).await?;
        let name = own.first().and_then(|row| row["Name"].as_str()).unwrap_or("without a name");
        Ok(format!("Salesforce, organisation {name}, with the field {KEY}"))
    }

    async fn pull(&self, secret: Option<&Secret>, since: Timestamp, limits: Limits) -> Result<Vec<Pulled>, PushError> {
        let access = self.access(secret, limits.long()).await?;
        pulled::since(self, &access, since).await
    }
}

fn authorized(method: Method, url: Url, authorization: &str) -> Call {
    Call::new(method, url).header("Authorization", authorization)
}

fn payload(parcel: &Parcel, why: String) -> ConnectError {
    ConnectError::Payload { subject: parcel.subject.clone(), why }
}

/// A text as SOQL writes it.
fn quoted(text: &str) -> String {
    let mut escaped = String::from("'");
    for c in text.chars() {
        match c {
            '\'' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped.push('\'');
    escaped
}

#[cfg(test)]
mod tests;
