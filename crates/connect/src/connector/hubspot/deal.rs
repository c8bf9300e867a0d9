//! The deal, its pipeline and its company.

use serde_json::{Value, json};
use signwright_domain::connection::Receipt;

use super::api::{Api, Step};
use super::{Hubspot, KEY, property};
use crate::connector::offer::{Offer, small_print};
use crate::failure::PushError;

/// What it is remembered by.
const DEAL: &str = "deal";
const DEALS: [&str; 4] = ["crm", "v3", "objects", "deals"];

/// A deal as it stands there.
#[derive(Clone, Debug)]
pub(super) struct Deal {
    pub(super) id: String,
    pub(super) closed: bool,
    description: String,
    done: &'static str,
}

/// By the unique property, which is exact at once; HubSpot's search lags behind by seconds.
pub(super) fn look(offer: &Offer) -> Step {
    let key = key(offer);
    let [a, b, c, d] = DEALS;
    Step::get(&[a, b, c, d, &key]).with("idProperty", KEY).with("properties", "hs_is_closed,description")
}

pub(super) fn pipelines() -> Step {
    Step::get(&["crm", "v3", "pipelines", "deals"])
}

pub(super) fn make(offer: &Offer, (pipeline, stage): (&str, &str)) -> Step {
    let mut fields = fields(offer);
    fields[KEY] = json!(key(offer));
    fields["pipeline"] = json!(pipeline);
    fields["dealstage"] = json!(stage);
    if let Offer::Quote(quote) = offer {
        fields["closedate"] = json!(format!("{}T00:00:00Z", quote.valid_until));
    }
    Step::post(&DEALS, json!({"properties": fields}))
}

pub(super) async fn found(api: &Api<'_>, offer: &Offer) -> Result<Option<Deal>, PushError> {
    let answer = api.send(&look(offer)).await?;
    match answer.status.as_u16() {
        404 => return Ok(None),
        // So it says as long as there is no such property.
        400 => {
            ensure_property(api, "deals", "dealinformation").await?;
            return Ok(None);
        }
        _ => {}
    }
    let json = api.taken(&answer)?;
    let deal = deal(&json, "updated").ok_or_else(|| api.wire.unclear("its deal has no id"))?;
    Ok(Some(deal))
}

/// Makes the property that is looked for by, where it is not there.
pub(super) async fn ensure_property(api: &Api<'_>, object: &str, group: &str) -> Result<(), PushError> {
    let there = api.send(&Step::get(&["crm", "v3", "properties", object, KEY])).await?;
    if there.status.as_u16() != 404 {
        return api.taken(&there).map(drop);
    }
    let made = api.send(&Step::post(&["crm", "v3", "properties", object], property(group))).await?;
    match made.status.as_u16() {
        409 => Ok(()),
        403 => Err(api.wire.misconnected(format!(
            "{object} lack the property {KEY}, and the token may not make it; add it (text, unique values), or the scope to the token"
        ))),
        _ => api.taken(&made).map(drop),
    }
}

pub(super) async fn create(hubspot: &Hubspot, api: &Api<'_>, offer: &Offer) -> Result<Deal, PushError> {
    let (pipeline, stage) = first_stage(hubspot, api).await?;
    let json = api.ask(&make(offer, (&pipeline, &stage))).await?;
    deal(&json, "made").ok_or_else(|| api.wire.unclear("it does not say which deal it made"))
}

pub(super) async fn update(api: &Api<'_>, offer: &Offer, deal: Deal) -> Result<Deal, PushError> {
    let [a, b, c, d] = DEALS;
    api.ask(&Step::patch(&[a, b, c, d, &deal.id], json!({"properties": fields(offer)}))).await?;
    Ok(deal)
}

/// The description with the version, by which it is known whether a deal is this one.
pub(super) async fn finish(api: &Api<'_>, offer: &Offer, id: &str) -> Result<(), PushError> {
    let [a, b, c, d] = DEALS;
    let whole = json!({"properties": {"description": description(offer)}});
    api.ask(&Step::patch(&[a, b, c, d, id], whole)).await.map(drop)
}

/// Only where exactly one company there is called so: which of two is meant is not ours to say.
pub(super) async fn to_company(api: &Api<'_>, offer: &Offer, id: &str) -> Result<(), PushError> {
    let name = match offer {
        Offer::Quote(quote) => quote.customer.trim(),
        Offer::Estimate(estimate) => estimate.customer.trim(),
    };
    if name.is_empty() {
        return Ok(());
    }
    let filter = json!({"propertyName": "name", "operator": "EQ", "value": name});
    let body = json!({"filterGroups": [{"filters": [filter]}], "properties": ["name"], "limit": 2});
    let answer = api.send(&Step::post(&["crm", "v3", "objects", "companies", "search"], body)).await?;
    // A token that may not see companies still brings deals.
    if answer.status.as_u16() == 403 {
        return Ok(());
    }
    let found = api.taken(&answer)?;
    match found["results"].as_array().map(Vec::as_slice) {
        Some([only]) => {
            let company = only["id"].as_str().unwrap_or_default();
            let path = ["crm", "v4", "objects", "deals", id, "associations", "default", "companies", company];
            api.ask(&Step::put(&path)).await.map(drop)
        }
        _ => Ok(()),
    }
}

/// A closed deal is not changed. It is ours already, or a person must decide.
pub(super) fn left_alone(api: &Api<'_>, offer: &Offer, deal: &Deal) -> Result<Receipt, PushError> {
    if matches!(offer, Offer::Quote(_)) && deal.description != description(offer) {
        return Err(api.wire.refused(format!("deal {} is closed and is not changed any more", deal.id)));
    }
    let said = format!("deal {} is closed and was left as it is", deal.id);
    Ok(Receipt { known: [(DEAL.to_owned(), deal.id.clone())].into(), said })
}

pub(super) fn receipt(deal: &Deal) -> Receipt {
    let said = format!("deal {} {}", deal.id, deal.done);
    Receipt { known: [(DEAL.to_owned(), deal.id.clone())].into(), said }
}

/// The stage that was named, else the first one of the pipeline that was named, else of the first one.
async fn first_stage(hubspot: &Hubspot, api: &Api<'_>) -> Result<(String, String), PushError> {
    if let (Some(pipeline), Some(stage)) = (&hubspot.pipeline, &hubspot.stage) {
        return Ok((pipeline.clone(), stage.clone()));
    }
    let all = api.ask(&pipelines()).await?;
    let named = |pipeline: &&Value| hubspot.pipeline.as_deref().is_none_or(|id| pipeline["id"] == id);
    let first = |list: &Value, named: &dyn Fn(&&Value) -> bool| {
        let items = list.as_array().into_iter().flatten().filter(named);
        items.min_by_key(|item| item["displayOrder"].as_i64().unwrap_or(i64::MAX)).cloned()
    };
    let pipeline = first(&all["results"], &named);
    let pipeline = pipeline.ok_or_else(|| api.wire.misconnected("it has no such pipeline; choose another one"))?;
    let stage = first(&pipeline["stages"], &|_| true);
    let id = |value: Option<&Value>| value.and_then(|value| value["id"].as_str()).map(str::to_owned);
    match (id(Some(&pipeline)), id(stage.as_ref())) {
        (Some(pipeline), Some(stage)) => Ok((pipeline, stage)),
        _ => Err(api.wire.misconnected("its pipeline has no stage; choose another one")),
    }
}

fn deal(json: &Value, done: &'static str) -> Option<Deal> {
    let properties = &json["properties"];
    Some(Deal {
        id: json["id"].as_str()?.to_owned(),
        closed: properties["hs_is_closed"] == "true",
        description: properties["description"].as_str().unwrap_or_default().to_owned(),
        done,
    })
}

fn key(offer: &Offer) -> String {
    match offer {
        Offer::Quote(quote) => quote.number.clone(),
        Offer::Estimate(estimate) => estimate.reference(),
    }
}

/// All but the description. The cost of an estimate is not written as the amount, which is expected revenue.
fn fields(offer: &Offer) -> Value {
    match offer {
        Offer::Quote(quote) => json!({"dealname": quote.title, "amount": quote.subtotal.to_string()}),
        Offer::Estimate(estimate) => json!({"dealname": estimate.title}),
    }
}

fn description(offer: &Offer) -> String {
    match offer {
        Offer::Quote(quote) => {
            let (number, version) = (&quote.number, quote.version);
            let totals = format!(
                "{} {currency}, with tax {} {currency}",
                quote.subtotal,
                quote.total,
                currency = quote.currency
            );
            format!("{number} version {version} for {}: {totals}\n{}", quote.customer, small_print(quote))
        }
        Offer::Estimate(estimate) => estimate.told(),
    }
}
