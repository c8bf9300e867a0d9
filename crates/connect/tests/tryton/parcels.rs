//! Invented quotes and estimates, as the outbox keeps them.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};
use signwright_domain::connection::{Parcel, ParcelKind};

/// Description, quantity, unit, price of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line(
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
);

pub(crate) fn quote(number: &str, version: u32, lines: &[Line]) -> Parcel {
    let decimal = |text: &str| text.parse::<Decimal>().expect("a decimal");
    let amount = |line: &Line| {
        (decimal(line.1) * decimal(line.3)).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    };
    let subtotal: Decimal = lines.iter().map(amount).sum();
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "description": line.0, "quantity": line.1, "unit": line.2, "unit_price": line.3,
                "amount": format!("{:.2}", amount(line)),
            })
        })
        .collect();
    let quote = json!({
        "number": number, "version": version, "external_id": null, "status": "sent",
        "title": "Riverside Clinic monument", "customer": "Riverside Clinic", "contact": "Ana Ruiz",
        "created_at": "2026-11-02T15:04:05Z", "valid_until": "2026-12-02", "currency": "USD", "lines": lines,
        "subtotal": format!("{subtotal:.2}"), "tax_rate": "0", "tax": "0.00", "total": format!("{subtotal:.2}"),
        "terms": "50 % with the order", "exclusions": ["Rock"], "lost_reason": null, "competitor_price": null,
    });
    let payload = json!({"schema": "signwright.quotes", "schema_version": 1, "quotes": [quote]});
    parcel(ParcelKind::Quote, "quote:7", payload, format!("quote:{number}:v{version}"))
}

/// The same with this tax on it.
pub(crate) fn taxed(mut parcel: Parcel, rate: &str) -> Parcel {
    let quote = &mut parcel.payload["quotes"][0];
    let subtotal: Decimal = quote["subtotal"].as_str().expect("a subtotal").parse().expect("a decimal");
    let tax = subtotal * rate.parse::<Decimal>().expect("a rate");
    let tax = tax.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    quote["tax_rate"] = json!(rate);
    quote["tax"] = json!(format!("{tax:.2}"));
    quote["total"] = json!(format!("{:.2}", subtotal + tax));
    parcel
}

pub(crate) fn estimate(id: &str, total: &str) -> Parcel {
    let estimate = json!({
        "id": id, "title": "Riverside Clinic monument", "customer": "Riverside Clinic", "total": total, "currency": "USD",
        "low": "11500.00", "high": "15800.00", "level": 0.9, "model": "cost model 3", "at": "2026-11-02T15:04:05Z",
    });
    parcel(ParcelKind::Estimate, "estimate:12", json!({"estimate": estimate}), format!("estimate:{id}"))
}

pub(crate) fn alert() -> Parcel {
    parcel(ParcelKind::Alert, "alert:1", json!({"alert": {"id": 1}}), "alert:1".to_owned())
}

fn parcel(kind: ParcelKind, subject: &str, payload: Value, idempotency_key: String) -> Parcel {
    let at = "2026-11-02T15:04:05Z".parse().expect("a time");
    Parcel { kind, subject: subject.to_owned(), payload, idempotency_key, known: BTreeMap::new(), at }
}
