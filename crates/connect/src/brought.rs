//! What changed in another system, in the words of our own tables of opportunities.

use serde_json::{Map, Value, json};
use signwright_domain::connection::{Pulled, PulledOutcome};

/// One row of a table of opportunities: `opportunity`, `customer`, `title`, `stage`, `amount`, `created_on`, `closed_on`, `outcome`,
/// `lost_reason`, as far as the other system says them, and `currency` where it names one.
pub fn as_opportunity(pulled: &Pulled) -> Map<String, Value> {
    let mut row = Map::new();
    let field = |names: &[&str]| {
        let found = names.iter().find_map(|name| pulled.fields.get(*name).filter(|value| is_said(value)));
        found.cloned()
    };
    row.insert("opportunity".to_owned(), json!(name(pulled)));
    let named: [(&str, &[&str]); 6] = [
        ("customer", &["Account.Name", "party.rec_name"]),
        ("title", &["Name", "dealname", "description", "reference"]),
        ("stage", &["StageName", "dealstage", "state"]),
        ("amount", &["Amount", "amount", "untaxed_amount"]),
        ("created_on", &["start_date", "sale_date"]),
        ("currency", &["currency.code", "CurrencyIsoCode"]),
    ];
    for (ours, theirs) in named {
        if let Some(value) = field(theirs) {
            row.insert(ours.to_owned(), value);
        }
    }
    if let Some(outcome) = pulled.outcome {
        row.insert("outcome".to_owned(), json!(word(outcome)));
        if outcome != PulledOutcome::Open {
            let closed = field(&["CloseDate", "closedate", "end_date"]);
            let closed = closed.unwrap_or_else(|| json!(pulled.changed_at.to_string()));
            row.insert("closed_on".to_owned(), day(&closed));
        }
    }
    if let Some(reason) = &pulled.lost_reason {
        row.insert("lost_reason".to_owned(), json!(reason));
    }
    row
}

/// Systems that give every kind of record a number of its own would mix them up.
fn name(pulled: &Pulled) -> String {
    match pulled.entity.split_once('.') {
        Some(_) => format!("{} {}", pulled.entity, pulled.external_id),
        None => pulled.external_id.clone(),
    }
}

fn is_said(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => true,
    }
}

/// Of a moment its day.
fn day(value: &Value) -> Value {
    match value.as_str() {
        Some(text) => json!(text.split('T').next().unwrap_or(text)),
        None => value.clone(),
    }
}

fn word(outcome: PulledOutcome) -> &'static str {
    match outcome {
        PulledOutcome::Open => "open",
        PulledOutcome::Won => "won",
        PulledOutcome::Lost => "lost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pulled(entity: &str, outcome: PulledOutcome, fields: Value) -> Pulled {
        Pulled {
            entity: entity.to_owned(),
            external_id: "12".to_owned(),
            changed_at: "2026-11-02T09:00:00Z".parse().expect("moment"),
            outcome: Some(outcome),
            lost_reason: None,
            fields: serde_json::from_value(fields).expect("fields"),
        }
    }

    #[test]
    fn each_system_says_the_same_in_its_own_words() {
        let check = |pulled: Pulled, expected: Value| {
            assert_eq!(Value::Object(as_opportunity(&pulled)), expected);
        };
        check(
            pulled(
                "Opportunity",
                PulledOutcome::Won,
                json!({"Name": "Sign", "StageName": "Closed Won", "Amount": 1200.5, "CloseDate": "2026-10-30",
                    "Account.Name": "Alder Bank"}),
            ),
            json!({"opportunity": "12", "customer": "Alder Bank", "title": "Sign", "stage": "Closed Won", "amount": 1200.5,
                "outcome": "won", "closed_on": "2026-10-30"}),
        );
        check(
            pulled(
                "deals",
                PulledOutcome::Open,
                json!({"dealname": "Sign", "amount": "", "closedate": "2026-12-01T00:00:00Z"}),
            ),
            json!({"opportunity": "12", "title": "Sign", "outcome": "open"}),
        );
        check(
            pulled(
                "sale.sale",
                PulledOutcome::Lost,
                json!({"party.rec_name": "Alder Bank", "state": "cancelled", "untaxed_amount": "99.00", "currency.code": "USD"}),
            ),
            json!({"opportunity": "sale.sale 12", "customer": "Alder Bank", "stage": "cancelled", "amount": "99.00",
                "currency": "USD", "outcome": "lost", "closed_on": "2026-11-02"}),
        );
    }
}
