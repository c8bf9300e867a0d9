//! Any address that takes JSON by POST.
//!
//! A request carries `Idempotency-Key`, the same for the same parcel, by which the receiver tells a repetition; with a
//! secret also `X-Signwright-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA-256 of `SECONDS.BODY`. The receiver computes it
//! over the bytes as they came and refuses a time that is too far away.

mod signature;
mod template;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::Value;
use signwright_domain::connection::{Outgoing, Parcel, ParcelKind, Pulled, Receipt};

use self::template::Template;
use super::Connector;
use crate::ConnectError;
use crate::address::Address;
use crate::call::Call;
use crate::failure::PushError;
use crate::secret::{BLANK, Secret};
use crate::wire::{Answer, Limits, Wire};

/// A larger body is a mistake in the template.
const LARGEST_BODY: usize = 1024 * 1024;
/// What is shorter is no key, but a word that may stand anywhere.
const SHORTEST_KEY: usize = 8;
/// An id longer than this is not one.
const LONGEST_ID: usize = 200;

pub(super) struct Webhook {
    address: Address,
    template: Option<Template>,
}

impl Webhook {
    pub(super) fn new(url: &str, template: Option<&str>) -> Result<Self, ConnectError> {
        let template = template.filter(|text| !text.trim().is_empty()).map(Template::parse).transpose()?;
        Ok(Self { address: Address::parse(url)?, template })
    }

    /// Many services put a key into path or query, so these are not quoted back either.
    fn wire(&self, secret: Option<&Secret>, limits: Limits) -> Result<Wire, PushError> {
        let mut wire = Wire::to(&self.address, limits)?;
        let url = self.address.url();
        let segments = url.path_segments().into_iter().flatten().map(str::to_owned);
        let values = url.query_pairs().map(|(_, value)| value.into_owned());
        for part in segments.chain(values).filter(|part| part.len() >= SHORTEST_KEY) {
            wire.hide(&Secret::new(part));
        }
        if let Some(secret) = secret {
            wire.hide(secret);
        }
        Ok(wire)
    }

    fn call(&self, parcel: &Parcel, signature: impl Fn(&str) -> Option<String>) -> Result<Call, ConnectError> {
        let body = match &self.template {
            Some(template) => template.filled(parcel)?,
            None => parcel.payload.to_string(),
        };
        if body.len() > LARGEST_BODY {
            let why = format!("it would be {} kB, and more than 1,024 kB are not sent", body.len() / 1024);
            return Err(ConnectError::Payload { subject: parcel.subject.clone(), why });
        }
        let signature = signature(&body);
        let call = Call::new(Method::POST, self.address.url().clone())
            .header("Idempotency-Key", parcel.idempotency_key.clone())
            .text("application/json", body);
        Ok(match signature {
            Some(signature) => call.header("X-Signwright-Signature", signature),
            None => call,
        })
    }
}

impl Connector for Webhook {
    const NAME: &'static str = "a webhook";
    const TAKES: &'static [ParcelKind] = &[ParcelKind::Quote, ParcelKind::Estimate, ParcelKind::Alert];

    fn preview(&self, parcel: &Parcel) -> Result<Vec<Outgoing>, ConnectError> {
        Ok(vec![self.call(parcel, |_| Some(format!("t=<seconds>,v1={BLANK}")))?.shown()])
    }

    async fn push(&self, secret: Option<&Secret>, parcel: &Parcel, limits: Limits) -> Result<Receipt, PushError> {
        let now = Timestamp::now().as_second();
        let call = self.call(parcel, |body| Some(signature::of(secret?, now, body)))?;
        let wire = self.wire(secret, limits)?;
        let answer = wire.succeed(&call).await?;
        Ok(receipt(&wire, &answer))
    }

    /// A HEAD: whether the address takes a delivery shows with the first one, because a trial would be one.
    async fn probe(&self, secret: Option<&Secret>, limits: Limits) -> Result<String, PushError> {
        let wire = self.wire(secret, limits)?;
        let answer = wire.send(&Call::new(Method::HEAD, self.address.url().clone())).await?;
        match answer.status.as_u16() {
            404 | 410 => {
                Err(wire.misconnected(format!("there is nothing at this address (HTTP {})", answer.status.as_u16())))
            }
            300..=399 | 401 | 403 | 500.. => Err(wire.failure(&answer)),
            _ => Ok(format!("{} answers; whether it takes what is sent shows with the first delivery", wire.name())),
        }
    }

    async fn pull(&self, _: Option<&Secret>, _: Timestamp, _: Limits) -> Result<Vec<Pulled>, PushError> {
        Ok(Vec::new())
    }
}

/// A receiver that answers JSON with an `id` is remembered by it.
fn receipt(wire: &Wire, answer: &Answer) -> Receipt {
    let mut receipt = Receipt { said: format!("taken by {}", wire.name()), ..Receipt::default() };
    let id = wire.json(answer).ok().and_then(|json| match json.get("id") {
        Some(Value::String(id)) if !id.is_empty() && id.len() <= LONGEST_ID => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    });
    if let Some(id) = id {
        receipt.said = format!("taken by {} as {id}", wire.name());
        receipt.known.insert("id".to_owned(), id);
    }
    receipt
}

#[cfg(test)]
mod tests;
