//! The line items of a deal. Each is found again by the number of the quote and its place.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::KEY;
use super::api::{Api, Step};
use super::deal::ensure_property;
use crate::export::QuoteEntry;
use crate::export::document::LineEntry;
use crate::failure::PushError;

/// Records that one batch may hold.
const BATCH: usize = 100;
/// Pages of associations that are asked for at most.
const PAGES: usize = 20;
const LINE_ITEMS: [&str; 4] = ["crm", "v3", "objects", "line_items"];

/// The requests of a first delivery, with what only the deal will tell in angle brackets.
pub(super) fn first_steps(quote: &QuoteEntry) -> Vec<Step> {
    let mut steps: Vec<Step> = inputs(quote).chunks(BATCH).map(upsert).collect();
    let pairs: Vec<String> = (1..=quote.lines.len()).map(|place| format!("<line item {place}>")).collect();
    steps.extend(pairs.chunks(BATCH).map(|ids| associate(ids, "<deal>")));
    steps
}

/// Brings the lines of the deal to what the quote says: changed, made, tied to it, and those beyond the last one taken away.
pub(super) async fn bring(api: &Api<'_>, quote: &QuoteEntry, deal: &str) -> Result<(), PushError> {
    let mut ids = Vec::new();
    for inputs in inputs(quote).chunks(BATCH) {
        ids.extend(upserted(api, &upsert(inputs), inputs.len()).await?);
    }
    for ids in ids.chunks(BATCH) {
        api.ask(&associate(ids, deal)).await?;
    }
    let ours: BTreeSet<String> = ids.into_iter().collect();
    let others: Vec<String> = tied(api, deal).await?.into_iter().filter(|id| !ours.contains(id)).collect();
    for others in others.chunks(BATCH) {
        let surplus = surplus(api, quote, others).await?;
        if !surplus.is_empty() {
            api.ask(&batch("archive", json!({"inputs": surplus}))).await?;
        }
    }
    Ok(())
}

async fn upserted(api: &Api<'_>, step: &Step, expected: usize) -> Result<Vec<String>, PushError> {
    let answer = api.send(step).await?;
    // So it says as long as there is no such property.
    let answer = match answer.status.as_u16() {
        400 => {
            ensure_property(api, "line_items", "lineiteminformation").await?;
            api.ask(step).await?
        }
        _ => api.taken(&answer)?,
    };
    let rows = answer["results"].as_array().into_iter().flatten();
    let ids: Vec<String> = rows.filter_map(|row| row["id"].as_str()).map(str::to_owned).collect();
    if ids.len() == expected {
        return Ok(ids);
    }
    Err(api.wire.unclear(format!("it answers with {} line items where {expected} were sent", ids.len())))
}

/// What is tied to the deal.
async fn tied(api: &Api<'_>, deal: &str) -> Result<Vec<String>, PushError> {
    let first = Step::get(&["crm", "v4", "objects", "deals", deal, "associations", "line_items"]).with("limit", "500");
    let (mut ids, mut step) = (Vec::new(), first.clone());
    for _ in 0..PAGES {
        let page = api.ask(&step).await?;
        let rows = page["results"].as_array().into_iter().flatten();
        ids.extend(rows.filter_map(|row| match &row["toObjectId"] {
            Value::Number(id) => Some(id.to_string()),
            Value::String(id) => Some(id.clone()),
            _ => None,
        }));
        match page["paging"]["next"]["after"].as_str() {
            Some(after) => step = first.clone().with("after", after),
            None => break,
        }
    }
    Ok(ids)
}

/// Those among others that an earlier version of the quote made; what a person added there stays.
async fn surplus(api: &Api<'_>, quote: &QuoteEntry, others: &[String]) -> Result<Vec<Value>, PushError> {
    let inputs: Vec<Value> = others.iter().map(|id| json!({"id": id})).collect();
    let read = api.ask(&batch("read", json!({"inputs": inputs, "properties": [KEY]}))).await?;
    let own = format!("{}:", quote.number);
    let rows = read["results"].as_array().into_iter().flatten();
    let ours = rows.filter(|row| row["properties"][KEY].as_str().is_some_and(|key| key.starts_with(&own)));
    Ok(ours.filter_map(|row| Some(json!({"id": row["id"].as_str()?}))).collect())
}

fn inputs(quote: &QuoteEntry) -> Vec<Value> {
    let key = |place: usize| format!("{}:{}", quote.number, place + 1);
    let lines = quote.lines.iter().enumerate();
    lines
        .map(|(place, line)| json!({"id": key(place), "idProperty": KEY, "properties": properties(line, &key(place))}))
        .collect()
}

/// HubSpot multiplies price and quantity. Where that is not our amount exactly, the line goes as one piece at its amount.
fn properties(line: &LineEntry, key: &str) -> Value {
    let (quantity, price, unit) = (line.quantity.normalize(), line.unit_price.normalize(), line.unit.trim());
    let exact = quantity * price == line.amount;
    let (count, each) =
        if exact { (quantity.to_string(), price.to_string()) } else { ("1".into(), line.amount.to_string()) };
    let text = match (exact, unit) {
        (true, "" | "each") => String::new(),
        (true, unit) => unit.to_owned(),
        (false, unit) => format!("{quantity} {unit} at {price}"),
    };
    json!({KEY: key, "name": line.description, "quantity": count, "price": each, "description": text})
}

fn upsert(inputs: &[Value]) -> Step {
    batch("upsert", json!({"inputs": inputs}))
}

fn associate(ids: &[String], deal: &str) -> Step {
    let inputs: Vec<Value> = ids.iter().map(|id| json!({"from": {"id": id}, "to": {"id": deal}})).collect();
    let path = ["crm", "v4", "associations", "line_items", "deals", "batch", "associate", "default"];
    Step::post(&path, json!({"inputs": inputs}))
}

fn batch(what: &str, body: Value) -> Step {
    let [a, b, c, d] = LINE_ITEMS;
    Step::post(&[a, b, c, d, "batch", what], body)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::connector::offer::tests::lines;

    proptest! {
        /// However it rounds: there is nothing to round.
        #[test]
        fn a_line_comes_to_our_amount(entry in lines()) {
            let record = properties(&entry, "Q-1:1");
            let decimal = |name: &str| record[name].as_str().expect("a text").parse::<Decimal>().expect("a decimal");
            prop_assert_eq!(decimal("quantity") * decimal("price"), entry.amount);
        }
    }
}
