//! Sales and opportunities that have changed there.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Map, Value, json};
use signwright_domain::connection::{Pulled, PulledOutcome};

use super::rpc::Session;
use crate::failure::PushError;

const SALES: Kind = Kind {
    entity: "sale.sale",
    method: "model.sale.sale.search_read",
    fields: &[
        "number",
        "reference",
        "description",
        "state",
        "sale_date",
        "party.rec_name",
        "currency.code",
        "untaxed_amount",
        "tax_amount",
        "total_amount",
        "create_date",
        "write_date",
    ],
    outcome: sale_outcome,
};
const OPPORTUNITIES: Kind = Kind {
    entity: "sale.opportunity",
    method: "model.sale.opportunity.search_read",
    fields: &[
        "number",
        "reference",
        "description",
        "state",
        "start_date",
        "end_date",
        "party.rec_name",
        "currency.code",
        "amount",
        "lost_reason",
        "create_date",
        "write_date",
    ],
    outcome: opportunity_outcome,
};

/// Records asked for at a time, and how often at most: a bound for a server that never ends.
const PAGE: usize = 200;
const PAGES: usize = 500;

struct Kind {
    entity: &'static str,
    method: &'static str,
    fields: &'static [&'static str],
    outcome: fn(&str) -> PulledOutcome,
}

/// Oldest change first.
pub(super) async fn since(session: &Session, since: Timestamp) -> Result<Vec<Pulled>, PushError> {
    let mut pulled = Vec::new();
    for kind in [SALES, OPPORTUNITIES] {
        for page in 0..PAGES {
            let order = json!([["create_date", "ASC"], ["id", "ASC"]]);
            let params = vec![changed(since), json!(page * PAGE), json!(PAGE), order, json!(kind.fields)];
            let rows = session.rows(kind.method, params).await?;
            let last = rows.len() < PAGE;
            for row in rows {
                let read = read(&kind, row);
                pulled.push(read.ok_or_else(|| session.wire.unclear(format!("a {} has no id or time", kind.entity)))?);
            }
            if last {
                break;
            }
        }
    }
    pulled.sort_by_key(|one| one.changed_at);
    Ok(pulled)
}

fn changed(since: Timestamp) -> Value {
    let at = datetime(since);
    json!(["OR", ["create_date", ">=", at], ["write_date", ">=", at]])
}

fn read(kind: &Kind, row: Value) -> Option<Pulled> {
    let Value::Object(row) = row else { return None };
    let state = row.get("state").and_then(Value::as_str).unwrap_or_default();
    let changed_at = time(row.get("write_date")).or_else(|| time(row.get("create_date")))?;
    Some(Pulled {
        entity: kind.entity.to_owned(),
        external_id: row.get("id")?.as_i64()?.to_string(),
        changed_at,
        outcome: Some((kind.outcome)(state)),
        lost_reason: row.get("lost_reason").and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned),
        fields: fields(&row),
    })
}

fn sale_outcome(state: &str) -> PulledOutcome {
    match state {
        "confirmed" | "processing" | "done" => PulledOutcome::Won,
        "cancelled" => PulledOutcome::Lost,
        _ => PulledOutcome::Open,
    }
}

fn opportunity_outcome(state: &str) -> PulledOutcome {
    match state {
        "won" => PulledOutcome::Won,
        "lost" | "cancelled" => PulledOutcome::Lost,
        _ => PulledOutcome::Open,
    }
}

/// Values in plain JSON; those of related records by a name of their own (`party.rec_name`).
fn fields(row: &Map<String, Value>) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    for (name, value) in row {
        match (name.strip_suffix('.'), value) {
            (Some(related), Value::Object(values)) => {
                let inner = values.iter().filter(|(inner, _)| *inner != "id");
                fields.extend(inner.map(|(inner, value)| (format!("{related}.{inner}"), plain(value))));
            }
            _ => {
                fields.insert(name.clone(), plain(value));
            }
        }
    }
    fields
}

fn plain(value: &Value) -> Value {
    match value["__class__"].as_str() {
        Some("Decimal") => value["decimal"].clone(),
        Some("datetime") => time(Some(value)).map_or(Value::Null, |at| json!(at)),
        Some("date") => day(value).map_or(Value::Null, |day| json!(day)),
        _ => value.clone(),
    }
}

/// UTC, as Tryton keeps times.
fn time(value: Option<&Value>) -> Option<Timestamp> {
    let value = value?;
    let part = |name: &str| i8::try_from(value[name].as_i64()?).ok();
    let nanoseconds = i32::try_from(value["microsecond"].as_i64().unwrap_or(0)).ok()?.checked_mul(1000)?;
    let time = jiff::civil::Time::new(part("hour")?, part("minute")?, part("second")?, nanoseconds).ok()?;
    Some(day(value)?.to_datetime(time).to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn day(value: &Value) -> Option<jiff::civil::Date> {
    let part = |name: &str| i8::try_from(value[name].as_i64()?).ok();
    jiff::civil::Date::new(i16::try_from(value["year"].as_i64()?).ok()?, part("month")?, part("day")?).ok()
}

fn datetime(at: Timestamp) -> Value {
    let at = Offset::UTC.to_datetime(at).max(date(1, 1, 1).at(0, 0, 0, 0));
    json!({
        "__class__": "datetime",
        "year": at.year(), "month": at.month(), "day": at.day(),
        "hour": at.hour(), "minute": at.minute(), "second": at.second(),
        "microsecond": at.subsec_nanosecond() / 1000,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Value {
        json!({
            "id": 5, "state": "lost", "lost_reason": "price", "amount": {"__class__": "Decimal", "decimal": "12.50"},
            "party.": {"id": 3, "rec_name": "Riverside Clinic"}, "end_date": {"__class__": "date", "year": 2026, "month": 11, "day": 3},
            "create_date": datetime("2026-11-02T15:04:05Z".parse().expect("time")), "write_date": null,
        })
    }

    #[test]
    fn a_record_is_read_with_its_outcome_and_plain_fields() {
        let pulled = read(&OPPORTUNITIES, row()).expect("a record");
        assert_eq!((pulled.external_id.as_str(), pulled.outcome), ("5", Some(PulledOutcome::Lost)));
        assert_eq!(pulled.lost_reason.as_deref(), Some("price"));
        assert_eq!(pulled.changed_at.to_string(), "2026-11-02T15:04:05Z");
        assert_eq!(pulled.fields["amount"], "12.50");
        assert_eq!(pulled.fields["party.rec_name"], "Riverside Clinic");
        assert_eq!(pulled.fields["end_date"], "2026-11-03");
    }

    #[test]
    fn a_time_goes_there_and_back() {
        let at: Timestamp = "2026-11-02T15:04:05.000017Z".parse().expect("time");
        assert_eq!(time(Some(&datetime(at))), Some(at));
        assert_eq!(time(Some(&json!({"year": 2026, "month": 13, "day": 1}))), None);
        assert_eq!(datetime(Timestamp::MIN)["year"], 1);
    }

    #[test]
    fn a_record_without_time_is_none() {
        let mut row = row();
        row["create_date"] = Value::Null;
        assert!(read(&OPPORTUNITIES, row).is_none());
    }
}
