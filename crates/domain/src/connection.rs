//! Where a shop sends to, and what it sends: nothing until a person connects something.
//!
//! What is here goes into the shop file, so no secret is part of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// A system that is sent to, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Endpoint {
    /// Any address that takes JSON by POST. With a secret every request is signed by it.
    Webhook {
        url: String,
        /// JSON in which `{{path.to.value}}` stands for what the parcel has there; the whole payload without it.
        #[serde(default)]
        template: Option<String>,
    },
    /// Salesforce REST; the secret is the access token, or with `client_id` the client's secret.
    Salesforce {
        /// `https://shop.my.salesforce.com`
        url: String,
        #[serde(default)]
        client_id: Option<String>,
    },
    /// HubSpot CRM v3; the secret is the token of a private app.
    Hubspot {
        /// `https://api.hubapi.com`
        url: String,
        /// The pipeline and the stage that a new deal enters; HubSpot's own first ones where none are named.
        #[serde(default)]
        pipeline: Option<String>,
        #[serde(default)]
        stage: Option<String>,
    },
    /// Tryton over JSON-RPC; the secret is the password.
    Tryton { url: String, database: String, user: String },
}

impl Endpoint {
    pub fn url(&self) -> &str {
        match self {
            Self::Webhook { url, .. }
            | Self::Salesforce { url, .. }
            | Self::Hubspot { url, .. }
            | Self::Tryton { url, .. } => url,
        }
    }

    /// Scheme, host and port of its address, without path and query, which may be secret.
    pub fn origin(&self) -> &str {
        let url = self.url().trim();
        let rest = url.find("://").map_or(0, |at| at + 3);
        url[rest..].find(['/', '?', '#']).map_or(url, |end| &url[..rest + end])
    }

    /// "webhook", "salesforce", "hubspot", "tryton".
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Webhook { .. } => "webhook",
            Self::Salesforce { .. } => "salesforce",
            Self::Hubspot { .. } => "hubspot",
            Self::Tryton { .. } => "tryton",
        }
    }
}

/// What a parcel holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ParcelKind {
    /// A quote that was sent, or one of its later versions.
    Quote,
    /// What a job is expected to cost.
    Estimate,
    /// An alert that fired, was escalated, resolved or reopened, or holds no more.
    Alert,
}

/// A system that a person has connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Connection {
    /// 0 until stored.
    #[serde(default)]
    #[ts(type = "number")]
    pub id: i64,
    pub name: String,
    pub endpoint: Endpoint,
    /// What is sent there.
    pub sends: Vec<ParcelKind>,
    pub enabled: bool,
}

/// One thing to send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    pub kind: ParcelKind,
    /// What it is about: "quote Q-2026-0007".
    pub subject: String,
    pub payload: Value,
    /// Makes a second delivery harmless; ASCII, fit for an HTTP header.
    pub idempotency_key: String,
    /// What the other system calls what an earlier parcel of the subject made there: "Opportunity" to its id.
    pub known: BTreeMap<String, String>,
    /// When it came into being.
    pub at: Timestamp,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What the other system calls what is there now, to be given back with the next parcel of the subject.
    pub known: BTreeMap<String, String>,
    /// In a few words: "opportunity 006-88 updated".
    pub said: String,
}

/// Exactly what would go out, with what is secret in it blanked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Outgoing {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    /// As text; JSON is indented.
    pub body: String,
}

/// What the other system says of something that was sent there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pulled {
    /// What kind of thing: "Opportunity".
    pub entity: String,
    pub external_id: String,
    pub changed_at: Timestamp,
    /// Won, lost, or still open.
    pub outcome: Option<PulledOutcome>,
    pub lost_reason: Option<String>,
    /// Its fields by the names of that system.
    pub fields: BTreeMap<String, Value>,
}

/// How it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PulledOutcome {
    Open,
    Won,
    Lost,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_tells_nothing_behind_the_host() {
        let check = |url: &str, origin: &str| {
            assert_eq!(Endpoint::Webhook { url: url.to_owned(), template: None }.origin(), origin);
        };
        check("https://hooks.example.com/T0/KEY?x=1", "https://hooks.example.com");
        check("https://hooks.example.com:8443?key=1", "https://hooks.example.com:8443");
        check(" https://hooks.example.com ", "https://hooks.example.com");
        check("hooks.example.com/KEY", "hooks.example.com");
    }
}
