//! Deals that have changed there.

use jiff::Timestamp;
use serde_json::{Value, json};
use signwright_domain::connection::{Pulled, PulledOutcome};

use super::KEY;
use super::api::{Api, Step};
use crate::failure::PushError;

/// HubSpot's search gives at most so many at a time, and ten thousand in all for one question.
const PAGE: usize = 200;
const MOST: usize = 10_000;
/// Questions that are asked at most: a bound for a server that never ends.
const QUESTIONS: usize = 500;

const PROPERTIES: [&str; 11] = [
    "dealname",
    "amount",
    "dealstage",
    "pipeline",
    "closedate",
    "hs_is_closed",
    "hs_is_closed_won",
    "closed_lost_reason",
    "closed_won_reason",
    "hs_lastmodifieddate",
    KEY,
];

/// Oldest change first. After ten thousand the question is put anew from the last change that was seen.
pub(super) async fn since(api: &Api<'_>, since: Timestamp) -> Result<Vec<Pulled>, PushError> {
    let mut pulled: Vec<Pulled> = Vec::new();
    let (mut from, mut after) = (since, None::<String>);
    for _ in 0..QUESTIONS {
        let page = api.ask(&search(from, after.as_deref())).await?;
        let Some(rows) = page["results"].as_array() else { return Err(api.wire.unclear("its answer holds no deals")) };
        for row in rows {
            let one = read(row).ok_or_else(|| api.wire.unclear("a deal has no id or time"))?;
            if !pulled.iter().rev().take(PAGE).any(|seen| seen.external_id == one.external_id) {
                pulled.push(one);
            }
        }
        after = page["paging"]["next"]["after"].as_str().map(str::to_owned);
        let far =
            after.as_deref().and_then(|after| after.parse::<usize>().ok()).is_some_and(|after| after + PAGE > MOST);
        match (&after, pulled.last()) {
            (None, _) => break,
            (Some(_), Some(last)) if far => (from, after) = (last.changed_at, None),
            _ => {}
        }
    }
    Ok(pulled)
}

fn search(from: Timestamp, after: Option<&str>) -> Step {
    let filter =
        json!({"propertyName": "hs_lastmodifieddate", "operator": "GTE", "value": from.as_millisecond().to_string()});
    let mut body = json!({
        "filterGroups": [{"filters": [filter]}],
        "sorts": [{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}],
        "properties": PROPERTIES,
        "limit": PAGE,
    });
    if let Some(after) = after {
        body["after"] = json!(after);
    }
    Step::post(&["crm", "v3", "objects", "deals", "search"], body)
}

fn read(row: &Value) -> Option<Pulled> {
    let properties = &row["properties"];
    let is = |name: &str| properties[name] == "true";
    let outcome = match (is("hs_is_closed"), is("hs_is_closed_won")) {
        (_, true) => PulledOutcome::Won,
        (true, false) => PulledOutcome::Lost,
        (false, false) => PulledOutcome::Open,
    };
    let changed = properties["hs_lastmodifieddate"].as_str().or_else(|| row["updatedAt"].as_str())?;
    let reason = properties["closed_lost_reason"].as_str().filter(|text| !text.is_empty());
    Some(Pulled {
        entity: "deal".to_owned(),
        external_id: row["id"].as_str()?.to_owned(),
        changed_at: changed.parse().ok()?,
        outcome: Some(outcome),
        lost_reason: reason.map(str::to_owned),
        fields: properties.as_object()?.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
    })
}
