//! HubSpot's CRM over its v3 objects (and v4 associations), written from its published documentation.
//!
//! A quote becomes a deal with line items. Both are found again by the property `signwright_id`, whose values are unique;
//! it is made at the first delivery where the token may do that. HubSpot has no request that does everything at once, so
//! each step is one that can be repeated: a delivery that broke off is completed by the next one. What is closed there is
//! left alone. Amounts are in the account's own currency.

mod api;
mod deal;
mod line_items;
mod pulled;

use jiff::Timestamp;
use serde_json::{Value, json};
use signwright_domain::connection::{Outgoing, Parcel, ParcelKind, Pulled, Receipt};

use self::api::Api;
use super::Connector;
use super::offer::Offer;
use crate::ConnectError;
use crate::address::Address;
use crate::call::Call;
use crate::failure::PushError;
use crate::secret::{BLANK, Secret};
use crate::wire::{Limits, Wire};

/// The property that our records are found again by.
const KEY: &str = "signwright_id";

pub(super) struct Hubspot {
    address: Address,
    pipeline: Option<String>,
    stage: Option<String>,
}

impl Hubspot {
    pub(super) fn new(url: &str, pipeline: Option<&str>, stage: Option<&str>) -> Result<Self, ConnectError> {
        let named = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let (pipeline, stage) = (named(pipeline), named(stage));
        if stage.is_some() && pipeline.is_none() {
            return Err(ConnectError::Missing("pipeline that its stage belongs to"));
        }
        Ok(Self { address: Address::parse(url)?, pipeline, stage })
    }

    fn api(&self, secret: Option<&Secret>, limits: Limits) -> Result<Api<'_>, PushError> {
        let secret = secret.ok_or(ConnectError::Missing("access token"))?;
        let mut wire = Wire::to(&self.address, limits.large())?;
        wire.hide(secret);
        Ok(Api { wire, address: &self.address, authorization: format!("Bearer {}", secret.reveal()) })
    }
}

impl Connector for Hubspot {
    const NAME: &'static str = "HubSpot";
    const TAKES: &'static [ParcelKind] = &[ParcelKind::Quote, ParcelKind::Estimate];

    fn preview(&self, parcel: &Parcel) -> Result<Vec<Outgoing>, ConnectError> {
        let offer = Offer::of(parcel)?;
        let bearer = format!("Bearer {BLANK}");
        let place = (self.pipeline.as_deref().unwrap_or("<pipeline>"), self.stage.as_deref().unwrap_or("<stage>"));
        let mut steps = vec![deal::look(&offer)];
        if self.stage.is_none() {
            steps.push(deal::pipelines());
        }
        steps.push(deal::make(&offer, place));
        if let Offer::Quote(quote) = &offer {
            steps.extend(line_items::first_steps(quote));
        }
        Ok(steps.into_iter().map(|step| step.call(&self.address, &bearer)).map(|call: Call| call.shown()).collect())
    }

    async fn push(&self, secret: Option<&Secret>, parcel: &Parcel, limits: Limits) -> Result<Receipt, PushError> {
        let offer = Offer::of(parcel)?;
        let api = self.api(secret, limits)?;
        let deal = match deal::found(&api, &offer).await? {
            Some(deal) if deal.closed => return deal::left_alone(&api, &offer, &deal),
            Some(deal) => deal::update(&api, &offer, deal).await?,
            None => deal::create(self, &api, &offer).await?,
        };
        if let Offer::Quote(quote) = &offer {
            line_items::bring(&api, quote, &deal.id).await?;
        }
        deal::to_company(&api, &offer, &deal.id).await?;
        // The version is written last: with it the deal is known to be whole.
        deal::finish(&api, &offer, &deal.id).await?;
        Ok(deal::receipt(&deal))
    }

    async fn probe(&self, secret: Option<&Secret>, limits: Limits) -> Result<String, PushError> {
        let api = self.api(secret, limits)?;
        let account = api.ask(&api::Step::get(&["account-info", "v3", "details"])).await?;
        api.ask(&api::Step::get(&["crm", "v3", "objects", "deals"]).with("limit", "1")).await?;
        let id = match &account["portalId"] {
            Value::Number(id) => id.to_string(),
            _ => return Err(api.wire.unclear("it does not say which account it is")),
        };
        Ok(format!("HubSpot, account {id}"))
    }

    async fn pull(&self, secret: Option<&Secret>, since: Timestamp, limits: Limits) -> Result<Vec<Pulled>, PushError> {
        pulled::since(&self.api(secret, limits.long())?, since).await
    }
}

/// The definition of our property on an object.
fn property(group: &str) -> Value {
    json!({
        "name": KEY,
        "label": "Signwright id",
        "type": "string",
        "fieldType": "text",
        "groupName": group,
        "hasUniqueValue": true,
    })
}

#[cfg(test)]
mod tests;
