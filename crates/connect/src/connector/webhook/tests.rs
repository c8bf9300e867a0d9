use std::collections::BTreeMap;

use serde_json::json;
use signwright_domain::connection::Endpoint;

use super::*;
use crate::delivery::tests::quote;
use crate::test_server::{Reply, answering, nobody};
use crate::{Verdict, check, delivery, preview, probe, pull, push};

pub(super) fn parcel(payload: Value) -> Parcel {
    Parcel {
        kind: ParcelKind::Quote,
        subject: "quote:7".into(),
        payload,
        idempotency_key: "quote:Q-2026-0007:v2".into(),
        known: BTreeMap::new(),
        at: "2026-11-02T15:04:05Z".parse().expect("timestamp"),
    }
}

fn quote_parcel() -> Parcel {
    parcel(delivery(&quote()).expect("delivery").payload)
}

fn endpoint(url: &str, template: Option<&str>) -> Endpoint {
    Endpoint::Webhook { url: url.to_owned(), template: template.map(str::to_owned) }
}

#[tokio::test]
async fn what_is_shown_is_what_is_sent() {
    let server = answering(|_| Reply::new(200, "ok")).await;
    let endpoint =
        endpoint(&format!("{}/in?k=1", server.url()), Some(r#"{"t": {{quotes.0.total}}, "all": {{quotes}}}"#));
    let shown = preview(&endpoint, &quote_parcel()).expect("preview");
    push(&endpoint, Some(&Secret::new("whsec_123456")), &quote_parcel()).await.expect("receipt");
    let (seen, shown) = (&server.seen()[0], &shown[0]);
    assert_eq!((&seen.method, &format!("{}{}", server.url(), seen.path)), (&shown.method, &shown.url));
    assert_eq!(seen.json(), serde_json::from_str::<Value>(&shown.body).expect("JSON"));
    for (name, value) in &shown.headers {
        let sent = &seen.headers[&name.to_lowercase()];
        assert!(sent == value || name == "X-Signwright-Signature", "{name}: {sent} {value}");
    }
    assert!(!format!("{shown:?}").contains("whsec"));
}

#[tokio::test]
async fn the_receiver_can_check_who_sent_it_and_tell_a_repetition() {
    let server = answering(|_| Reply::new(202, "")).await;
    let secret = Secret::new("whsec_123456");
    let endpoint = endpoint(&server.url(), None);
    for _ in 0..2 {
        let receipt = push(&endpoint, Some(&secret), &quote_parcel()).await.expect("receipt");
        assert!(receipt.said.starts_with("taken by 127.0.0.1:") && receipt.known.is_empty(), "{receipt:?}");
    }
    push(&endpoint, None, &quote_parcel()).await.expect("receipt");
    let seen = server.seen();
    assert_eq!(seen[0].headers["idempotency-key"], "quote:Q-2026-0007:v2");
    assert_eq!(seen[0].headers["idempotency-key"], seen[1].headers["idempotency-key"]);
    let signed = &seen[0].headers["x-signwright-signature"];
    let seconds = signed.strip_prefix("t=").and_then(|rest| rest.split(',').next()).expect("t");
    let seconds: i64 = seconds.parse().expect("seconds");
    assert_eq!(*signed, signature::of(&secret, seconds, &seen[0].body));
    assert!((Timestamp::now().as_second() - seconds).abs() < 60);
    assert!(!seen[2].headers.contains_key("x-signwright-signature"));
    assert_eq!(seen[0].json()["quotes"][0]["total"], "23077.76");
}

#[tokio::test]
async fn the_receivers_id_is_remembered() {
    let check = async |body: &'static str, id: Option<&str>| {
        let server = answering(move |_| Reply::new(201, body)).await;
        let receipt = push(&endpoint(&server.url(), None), None, &quote_parcel()).await.expect("receipt");
        assert_eq!(receipt.known.get("id").map(String::as_str), id, "{body}");
    };
    check(r#"{"id": "abc"}"#, Some("abc")).await;
    check(r#"{"id": 17}"#, Some("17")).await;
    check(r#"{"id": null}"#, None).await;
    check(r#"["id"]"#, None).await;
    check("thanks", None).await;
}

#[tokio::test]
async fn a_template_that_does_not_fit_the_parcel_sends_nothing() {
    let server = answering(|_| Reply::new(200, "")).await;
    let endpoint = endpoint(&server.url(), Some(r#"{"a": {{alert.title}}}"#));
    let error = push(&endpoint, None, &quote_parcel()).await.expect_err("not sendable");
    assert_eq!(error.to_string(), "quote:7 cannot be sent: {{alert.title}} of the template is not there");
    assert_eq!(error.verdict(), Verdict::Dead);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_sent() {
    let server = answering(|_| Reply::new(200, "")).await;
    let huge = parcel(json!({"quotes": "x".repeat(LARGEST_BODY)}));
    let error = push(&endpoint(&server.url(), None), None, &huge).await.expect_err("too large");
    assert!(error.to_string().contains("1,024 kB"), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_probe_delivers_nothing() {
    let server = answering(|_| Reply::new(405, "")).await;
    let said = probe(&endpoint(&server.url(), None), None).await.expect("it answers");
    assert!(said.contains("answers"), "{said}");
    assert_eq!(server.seen()[0].method, "HEAD");
    let gone = answering(|_| Reply::new(404, "")).await;
    assert!(probe(&endpoint(&gone.url(), None), None).await.is_err());
    assert!(probe(&endpoint(&nobody().await, None), None).await.is_err());
    assert_eq!(pull(&endpoint(&server.url(), None), None, Timestamp::UNIX_EPOCH).await.expect("nothing"), []);
}

#[tokio::test]
async fn neither_the_secret_nor_what_is_secret_in_the_address_is_said() {
    let echo = answering(|seen| Reply::new(422, format!("{} {:?}", seen.path, seen.headers))).await;
    let address = format!("{}/services/T0KEN-1234?key=K3Y-5678", echo.url());
    let error = push(&endpoint(&address, None), Some(&Secret::new("whsec_123456")), &quote_parcel()).await;
    let error = error.expect_err("refused");
    let said = format!("{error} {error:?}");
    assert!(!said.contains("whsec") && !said.contains("T0KEN-1234") && !said.contains("K3Y-5678"), "{said}");
    let error =
        push(&endpoint(&format!("{}/T0KEN-1234?key=K3Y-5678", nobody().await), None), None, &quote_parcel()).await;
    let error = error.expect_err("nobody there");
    let said = format!("{error} {error:?}");
    assert!(!said.contains("T0KEN-1234") && !said.contains("K3Y-5678"), "{said}");
}

#[test]
fn an_endpoint_is_checked_without_asking_anybody() {
    assert!(check(&endpoint("https://hooks.example.com/x", Some(" "))).is_ok());
    assert!(check(&endpoint("http://hooks.example.com/x", None)).is_err());
    assert!(check(&endpoint("https://a:b@hooks.example.com/x", None)).is_err());
    assert!(check(&endpoint("https://hooks.example.com/x", Some("{{"))).is_err());
}
