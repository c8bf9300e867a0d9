//! An estimate as a lead. Its cost stands in the text: the field `amount` is expected revenue, which a cost is not.

use serde_json::{Value, json};
use signwright_domain::connection::{Parcel, Receipt};

use super::rpc::Session;
use super::{
    FIND_CURRENCY, FIND_PARTY, MAKE_PARTY, Step, chosen, currency, party, party_named, party_of, same, search,
};
use crate::connector::offer::EstimateEntry;
use crate::failure::PushError;

/// What it is remembered by.
const OPPORTUNITY: &str = "sale.opportunity";
const FIND: &str = "model.sale.opportunity.search_read";
const MAKE: &str = "model.sale.opportunity.create";
const CHANGE: &str = "model.sale.opportunity.write";

pub(super) async fn push(session: &Session, estimate: &EstimateEntry, parcel: &Parcel) -> Result<Receipt, PushError> {
    let known = parcel.known.get(OPPORTUNITY).map(String::as_str);
    let found = chosen(session.rows(FIND, find(estimate, known)).await?, known);
    let state = found.as_ref().and_then(|row| row["state"].as_str()).unwrap_or("lead");
    let id = found.as_ref().and_then(|row| row["id"].as_i64());
    if let (Some(id), false) = (id, matches!(state, "lead" | "opportunity")) {
        return Ok(receipt(id, format!("opportunity {id} is {state} and was left as it is")));
    }
    let party = match estimate.customer.trim() {
        "" => Value::Null,
        name => json!(party(session, name).await?),
    };
    let values = values(estimate, &party, &json!(currency(session, &estimate.currency.to_string()).await?));
    match id {
        Some(id) => {
            session.call(CHANGE, vec![json!([id]), values]).await?;
            Ok(receipt(id, format!("opportunity {id} updated")))
        }
        None => {
            let id = session.created(MAKE, values).await?;
            Ok(receipt(id, format!("opportunity {id} made")))
        }
    }
}

/// The requests of a first delivery.
pub(super) fn steps(estimate: &EstimateEntry, parcel: &Parcel) -> Vec<Step> {
    let known = parcel.known.get(OPPORTUNITY).map(String::as_str);
    let mut steps = vec![(FIND, find(estimate, known))];
    let mut party = Value::Null;
    if !estimate.customer.trim().is_empty() {
        steps.push((FIND_PARTY, search(party_named(&estimate.customer))));
        steps.push((MAKE_PARTY, vec![json!([party_of(&estimate.customer)])]));
        party = json!("<party>");
    }
    steps.push((FIND_CURRENCY, search(json!([["code", "=", estimate.currency.to_string()]]))));
    let values = values(estimate, &party, &json!("<currency>"));
    steps.push(match known.and_then(|id| id.parse::<i64>().ok()) {
        Some(id) => (CHANGE, vec![json!([id]), values]),
        None => (MAKE, vec![json!([values])]),
    });
    steps
}

fn find(estimate: &EstimateEntry, known: Option<&str>) -> Vec<Value> {
    let fields = json!(["id", "state"]);
    vec![same(known, &estimate.reference()), json!(0), json!(10), json!([["id", "ASC"]]), fields]
}

fn values(estimate: &EstimateEntry, party: &Value, currency: &Value) -> Value {
    json!({
        "reference": estimate.reference(),
        "party": party,
        "currency": currency,
        "description": format!("{}: {}", estimate.title, estimate.cost()),
        "comment": estimate.told(),
    })
}

fn receipt(id: i64, said: String) -> Receipt {
    Receipt { known: [(OPPORTUNITY.to_owned(), id.to_string())].into(), said }
}
