//! Whatever is logged, at the finest level, by us or by what we build on: no secret, and no customer, is in it.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;
use signwright_connect::{Secret, probe, pull, push};
use signwright_domain::connection::{Endpoint, Parcel, ParcelKind};
use tracing_subscriber::fmt::MakeWriter;

const SECRET: &str = "whsec-0123456789";
const IN_THE_ADDRESS: &str = "T0KEN-in-the-address";
const CUSTOMER: &str = "Riverside Clinic";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn parcel() -> Parcel {
    let estimate = json!({
        "id": 12, "title": "Monument", "customer": CUSTOMER, "total": "13349.00", "currency": "USD", "low": "11500.00",
        "high": "15800.00", "level": 0.9, "model": "cost model 3", "at": "2026-11-02T15:04:05Z",
    });
    Parcel {
        kind: ParcelKind::Estimate,
        subject: "estimate:12".into(),
        payload: json!({"estimate": estimate}),
        idempotency_key: "estimate:12".into(),
        known: BTreeMap::new(),
        at: "2026-11-02T15:04:05Z".parse().expect("a time"),
    }
}

#[tokio::test]
async fn no_log_holds_a_secret_or_a_customer() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(log.clone())
        .init();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("its address"));
    let routes: axum::Router = axum::Router::new().fallback(|| async { r#"{"result": [1, "session-token-1"]}"# });
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let secret = Secret::new(SECRET);
    let endpoints = [
        Endpoint::Webhook { url: format!("{url}/hooks/{IN_THE_ADDRESS}?key={IN_THE_ADDRESS}"), template: None },
        Endpoint::Tryton { url: url.clone(), database: "crm".into(), user: "ana".into() },
        Endpoint::Salesforce { url: url.clone(), client_id: Some("app".into()) },
        Endpoint::Salesforce { url: url.clone(), client_id: None },
        Endpoint::Hubspot { url: url.clone(), pipeline: None, stage: None },
        Endpoint::Hubspot { url: "https://127.0.0.1:9".into(), pipeline: None, stage: None },
    ];
    for endpoint in &endpoints {
        let _ = push(endpoint, Some(&secret), &parcel()).await;
        let _ = probe(endpoint, Some(&secret)).await;
        let _ = pull(endpoint, Some(&secret), "2026-11-01T00:00:00Z".parse().expect("a time")).await;
    }
    let text = String::from_utf8_lossy(&log.0.lock().expect("the log")).into_owned();
    assert!(text.contains("127.0.0.1"), "something was logged: {text}");
    for hidden in [SECRET, IN_THE_ADDRESS, CUSTOMER, "session-token-1"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
}
