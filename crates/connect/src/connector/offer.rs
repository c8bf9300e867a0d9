//! What a parcel says, read once for all connectors that know fields.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use signwright_domain::Currency;
use signwright_domain::connection::{Parcel, ParcelKind};

use crate::ConnectError;
use crate::export::{QuoteEntry, QuotesDocument};

/// A parcel with its payload understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    Quote(Box<QuoteEntry>),
    Estimate(EstimateEntry),
}

/// What a job is expected to cost.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct EstimateEntry {
    #[serde(deserialize_with = "name")]
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) customer: String,
    #[serde(deserialize_with = "amount")]
    pub(super) total: Decimal,
    pub(super) currency: Currency,
    #[serde(deserialize_with = "amount")]
    pub(super) low: Decimal,
    #[serde(deserialize_with = "amount")]
    pub(super) high: Decimal,
    /// How often such ranges hold: 0.9 or 90.
    #[serde(deserialize_with = "amount")]
    pub(super) level: Decimal,
    /// What it comes from: a model with its version, or the rule that stood in.
    #[serde(deserialize_with = "name")]
    pub(super) model: String,
    pub(super) at: jiff::Timestamp,
}

impl Offer {
    pub(super) fn of(parcel: &Parcel) -> Result<Self, ConnectError> {
        let fault = |why: String| ConnectError::Payload { subject: parcel.subject.clone(), why };
        match parcel.kind {
            ParcelKind::Quote => {
                let document =
                    QuotesDocument::deserialize(&parcel.payload).map_err(|error| fault(error.to_string()))?;
                let [quote] = <[QuoteEntry; 1]>::try_from(document.quotes)
                    .map_err(|quotes| fault(format!("it holds {} quotes instead of one", quotes.len())))?;
                if quote.customer.trim().is_empty() {
                    return Err(fault("it names no customer".to_owned()));
                }
                Ok(Self::Quote(Box::new(quote)))
            }
            ParcelKind::Estimate => {
                let estimate = parcel.payload.get("estimate").unwrap_or(&Value::Null);
                let read = EstimateEntry::deserialize(estimate).map_err(|error| fault(error.to_string()))?;
                Ok(Self::Estimate(read))
            }
            ParcelKind::Alert => Err(fault("an alert is no offer".to_owned())),
        }
    }
}

impl EstimateEntry {
    /// What the other system finds it again by.
    pub(super) fn reference(&self) -> String {
        format!("Signwright estimate {}", self.id)
    }

    /// In one line.
    pub(super) fn cost(&self) -> String {
        format!("expected cost {} {}", self.total, self.currency)
    }

    /// In a few lines: the cost, its range, where it comes from and when.
    pub(super) fn told(&self) -> String {
        let percent = if self.level <= Decimal::ONE { self.level * Decimal::ONE_HUNDRED } else { self.level };
        format!(
            "Expected cost: {} {currency}\n{}% of such jobs cost between {} and {} {currency}\nEstimated by: {}\nOn: {}",
            self.total,
            percent.normalize(),
            self.low,
            self.high,
            self.model,
            self.at.strftime("%Y-%m-%d"),
            currency = self.currency,
        )
    }
}

/// Terms, exclusions and validity in lines, for systems that have no fields for them.
pub(super) fn small_print(quote: &QuoteEntry) -> String {
    let mut lines = vec![format!("Valid until {}", quote.valid_until)];
    if !quote.terms.trim().is_empty() {
        lines.push(format!("Terms: {}", quote.terms.trim()));
    }
    lines.extend(quote.exclusions.iter().map(|exclusion| format!("Not included: {exclusion}")));
    lines.join("\n")
}

/// An amount as a text or as a number; a number is taken by its digits.
fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = match &value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return Err(serde::de::Error::custom(format!("{value} is no amount"))),
    };
    let read = text.parse().or_else(|_| Decimal::from_scientific(&text));
    read.map_err(|_| serde::de::Error::custom(format!("{text:?} is no amount")))
}

/// A name as a text or as a number.
fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(serde::de::Error::custom(format!("{other} is no name"))),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use rust_decimal::RoundingStrategy;
    use serde_json::json;
    use signwright_domain::quote::Quote;

    use super::*;
    use crate::delivery;
    use crate::export::document::LineEntry;

    pub(in crate::connector) fn estimate_parcel() -> Parcel {
        let estimate = json!({
            "id": 12, "title": "Riverside Clinic monument", "customer": "Riverside Clinic", "total": "13349.00",
            "currency": "USD", "low": "11500.00", "high": "15800.00", "level": 0.9, "model": "cost model 3",
            "at": "2026-11-02T15:04:05Z",
        });
        Parcel {
            kind: ParcelKind::Estimate,
            subject: "estimate:12".into(),
            payload: json!({"estimate": estimate}),
            idempotency_key: "estimate:12".into(),
            known: BTreeMap::new(),
            at: "2026-11-02T15:04:05Z".parse().expect("timestamp"),
        }
    }

    pub(in crate::connector) fn quote_parcel(quote: &Quote) -> Parcel {
        let delivery = delivery(quote).expect("delivery");
        Parcel {
            kind: ParcelKind::Quote,
            subject: format!("quote:{}", quote.id),
            payload: delivery.payload,
            idempotency_key: delivery.idempotency_key,
            known: BTreeMap::new(),
            at: "2026-11-02T15:04:05Z".parse().expect("timestamp"),
        }
    }

    /// Lines as people type them: up to four decimals, and what our own rounding makes of them.
    pub(in crate::connector) fn lines() -> impl Strategy<Value = LineEntry> {
        let decimals = (-2_000_000_i64..20_000_000, 0_u32..5, -5_000_000_i64..500_000_000, 0_u32..6);
        decimals.prop_map(|(quantity, scale, price, price_scale)| {
            let (quantity, unit_price) = (Decimal::new(quantity, scale), Decimal::new(price, price_scale));
            let amount = (quantity * unit_price).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            LineEntry { description: "Vinyl".into(), quantity, unit: "sq ft".into(), unit_price, amount }
        })
    }

    #[test]
    fn an_estimate_is_told_with_its_range_and_where_it_comes_from() {
        let Ok(Offer::Estimate(estimate)) = Offer::of(&estimate_parcel()) else { panic!("an estimate") };
        assert_eq!(
            estimate.told(),
            "Expected cost: 13349.00 USD\n90% of such jobs cost between 11500.00 and 15800.00 USD\n\
             Estimated by: cost model 3\nOn: 2026-11-02"
        );
    }

    #[test]
    fn a_payload_that_is_not_understood_is_named() {
        let mut parcel = estimate_parcel();
        parcel.payload["estimate"]["total"] = json!("a lot");
        let said = Offer::of(&parcel).expect_err("no amount").to_string();
        assert_eq!(said, "estimate:12 cannot be sent: \"a lot\" is no amount");
        parcel.kind = ParcelKind::Quote;
        assert!(Offer::of(&parcel).expect_err("no quote").to_string().contains("estimate:12"));
    }
}
