//! Opportunities that have changed there.

use std::collections::BTreeMap;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::Value;
use signwright_domain::connection::{Pulled, PulledOutcome};

use super::access::Access;
use super::{KEY, Salesforce, authorized};
use crate::call::Call;
use crate::failure::PushError;

/// Pages that are asked for at most: a bound for a server that never ends.
const PAGES: usize = 500;

/// Oldest change first.
pub(super) async fn since(of: &Salesforce, access: &Access, since: Timestamp) -> Result<Vec<Pulled>, PushError> {
    let fields =
        format!("Id, Name, StageName, Amount, CloseDate, IsClosed, IsWon, Account.Name, {KEY}, SystemModstamp");
    let from = since.strftime("%Y-%m-%dT%H:%M:%SZ");
    let soql = format!("SELECT {fields} FROM Opportunity WHERE SystemModstamp >= {from} ORDER BY SystemModstamp, Id");
    let mut call = of.query(&access.authorization, &soql);
    let mut pulled = Vec::new();
    for _ in 0..PAGES {
        let page = access.ask(&call).await?;
        let Some(rows) = page["records"].as_array() else {
            return Err(access.wire.unclear("its answer holds no records"));
        };
        for row in rows {
            let read = read(row).ok_or_else(|| access.wire.unclear("an opportunity has no id or time"))?;
            pulled.push(read);
        }
        match page["nextRecordsUrl"].as_str() {
            Some(next) => call = following(of, access, next)?,
            None => break,
        }
    }
    Ok(pulled)
}

/// The next page is a path of the same host, whatever the answer says.
fn following(of: &Salesforce, access: &Access, next: &str) -> Result<Call, PushError> {
    let url = of.address.url().join(next).ok().filter(|url| url.origin() == of.address.url().origin());
    let url = url.ok_or_else(|| access.wire.unclear("its next page is elsewhere"))?;
    Ok(authorized(Method::GET, url, &access.authorization))
}

fn read(row: &Value) -> Option<Pulled> {
    let outcome = match (row["IsClosed"].as_bool(), row["IsWon"].as_bool()) {
        (_, Some(true)) => PulledOutcome::Won,
        (Some(true), _) => PulledOutcome::Lost,
        _ => PulledOutcome::Open,
    };
    Some(Pulled {
        entity: "Opportunity".to_owned(),
        external_id: row["Id"].as_str()?.to_owned(),
        changed_at: time(row["SystemModstamp"].as_str()?)?,
        outcome: Some(outcome),
        // A reason is a field of the organisation's own, under a name that only it knows.
        lost_reason: None,
        fields: fields(row),
    })
}

/// `2026-11-02T15:04:05.000+0000`, whose offset has no colon.
fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text).ok())
}

fn fields(row: &Value) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    for (name, value) in row.as_object().into_iter().flatten().filter(|(name, _)| *name != "attributes") {
        match value {
            Value::Object(related) => {
                let inner = related.iter().filter(|(inner, _)| *inner != "attributes");
                fields.extend(inner.map(|(inner, value)| (format!("{name}.{inner}"), value.clone())));
            }
            _ => {
                fields.insert(name.clone(), value.clone());
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_time_are_read() {
        let at: Timestamp = "2026-11-02T15:04:05Z".parse().expect("time");
        assert_eq!(time("2026-11-02T15:04:05.000+0000"), Some(at));
        assert_eq!(time("2026-11-02T15:04:05.000Z"), Some(at));
        assert_eq!(time("2026-11-02T16:04:05.000+0100"), Some(at));
        assert_eq!(time("yesterday"), None);
    }
}
