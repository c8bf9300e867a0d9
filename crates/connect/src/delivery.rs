//! What waits in the outbox: a payload, and the key that makes a second delivery of it harmless.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use signwright_domain::quote::Quote;

use crate::ConnectError;
use crate::export::QuotesDocument;

/// One delivery of one version of one quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// The same for the same quote number and version, whenever it is made; ASCII, fit for an HTTP header.
    pub idempotency_key: String,
    /// A [`QuotesDocument`] with this quote.
    pub payload: Value,
}

/// The delivery of a quote's active version.
pub fn delivery(quote: &Quote) -> Result<Delivery, ConnectError> {
    let payload = serde_json::to_value(QuotesDocument::of(std::slice::from_ref(quote)))?;
    Ok(Delivery { idempotency_key: idempotency_key(&quote.number, quote.active().version), payload })
}

/// `quote:Q-2026-0001:v2`. Bytes that are not letters, digits or `-._~` are percent-encoded (RFC 3986).
pub fn idempotency_key(number: &str, version: u32) -> String {
    format!("quote:{}:v{version}", number.bytes().map(encoded).collect::<String>())
}

pub(crate) fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use rust_decimal::Decimal;
    use signwright_domain::quote::{QuoteLine, QuoteStatus, QuoteVersion, Totals};
    use signwright_domain::{Currency, Money};

    use super::*;

    fn usd(amount: Decimal) -> Money {
        Money::from_decimal(amount, Currency::USD).expect("an amount of a test fits")
    }

    /// A sent quote with one line that costs 7777.77 inside.
    pub(crate) fn quote() -> Quote {
        let line = QuoteLine {
            description: "Monument sign, double face, 10 x 6 ft".into(),
            quantity: Decimal::ONE,
            unit: "each".into(),
            unit_cost: Decimal::new(777_777, 2),
            unit_price: Decimal::new(2_156_800, 2),
            estimate_id: Some(4711),
        };
        let totals = Totals {
            amounts: Vec::new(),
            cost: usd(Decimal::new(777_777, 2)),
            subtotal: usd(Decimal::ZERO),
            tax: usd(Decimal::ZERO),
            total: usd(Decimal::ZERO),
            markup: Some(Decimal::new(6, 1)),
            margin: Some(Decimal::new(375, 3)),
        };
        let version = QuoteVersion {
            version: 2,
            created_at: "2026-11-02T15:04:05Z".parse().expect("timestamp"),
            locked: true,
            lines: vec![line],
            tax_rate: Decimal::new(7, 2),
            valid_until: "2026-12-02".parse().expect("date"),
            terms: "50 % with the order".into(),
            exclusions: vec!["Rock".into()],
            totals,
            decided: None,
            approval: None,
            options: Vec::new(),
            option_amounts: Vec::new(),
        };
        let quote = Quote {
            id: 3,
            number: "Q-2026-0007".into(),
            title: "Riverside Clinic monument".into(),
            customer: "Riverside Clinic".into(),
            contact: "Ana Ruiz".into(),
            status: QuoteStatus::Sent,
            created_at: "2026-11-02T15:04:05Z".parse().expect("timestamp"),
            lost_reason: None,
            competitor_price: Some(usd(Decimal::from(20_900))),
            external_id: Some("006-88".into()),
            versions: vec![version],
        };
        added_up(quote)
    }

    /// The same quote with a line whose quantity is no whole number.
    pub(crate) fn two_lines() -> Quote {
        with_line(quote(), "Vinyl", "2.5", "19.99")
    }

    /// Its next version.
    pub(crate) fn later(mut quote: Quote) -> Quote {
        quote.versions[0].version += 1;
        quote
    }

    /// The same quote with one more line.
    pub(crate) fn with_line(mut quote: Quote, description: &str, quantity: &str, price: &str) -> Quote {
        quote.versions[0].lines.push(QuoteLine {
            description: description.into(),
            quantity: quantity.parse().expect("decimal"),
            unit: "each".into(),
            unit_cost: Decimal::ZERO,
            unit_price: price.parse().expect("decimal"),
            estimate_id: None,
        });
        added_up(quote)
    }

    fn added_up(mut quote: Quote) -> Quote {
        let version = &mut quote.versions[0];
        let amounts: Vec<_> = version.lines.iter().map(|line| usd(line.quantity * line.unit_price)).collect();
        let subtotal = amounts.iter().copied().sum::<Option<Money>>().expect("a line");
        let tax = usd(subtotal.to_decimal() * version.tax_rate);
        version.totals = Totals { amounts, subtotal, tax, total: subtotal + tax, ..version.totals.clone() };
        quote
    }

    #[test]
    fn the_key_stands_for_number_and_version_and_nothing_else() {
        let first = delivery(&quote()).expect("delivery");
        let mut changed = with_line(quote(), "Extra", "1", "10");
        changed.status = QuoteStatus::Won;
        let again = delivery(&changed).expect("delivery");
        assert_eq!(first.idempotency_key, "quote:Q-2026-0007:v2");
        assert_eq!(again.idempotency_key, first.idempotency_key);
        changed.versions[0].version = 3;
        assert_eq!(delivery(&changed).expect("delivery").idempotency_key, "quote:Q-2026-0007:v3");
    }

    #[test]
    fn a_key_fits_a_header_and_no_two_numbers_share_one() {
        let check = |number, key: &str| assert_eq!(idempotency_key(number, 1), key);
        check("Q 1", "quote:Q%201:v1");
        check("Q\r\nX: 1", "quote:Q%0D%0AX%3A%201:v1");
        check("Ü", "quote:%C3%9C:v1");
        check("Q%201", "quote:Q%25201:v1");
    }

    #[test]
    fn the_payload_holds_the_offer_and_nothing_internal() {
        let delivery = delivery(&quote()).expect("delivery");
        assert_eq!(delivery.payload["quotes"][0]["total"], "23077.76");
        assert!(!delivery.payload.to_string().contains("7777.77"));
    }
}
