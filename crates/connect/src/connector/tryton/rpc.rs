//! Tryton's JSON-RPC: a session, and one call in it.
//!
//! `POST /DATABASE/rpc/` takes `{id, method, params}` and answers `{id, result}` or `{id, error}`; the last parameter is
//! the context. Decimals, dates and times travel as objects with `__class__`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use url::Url;

use super::{Tryton, search};
use crate::address::Address;
use crate::call::Call;
use crate::failure::PushError;
use crate::secret::Secret;
use crate::wire::Wire;

pub(super) const PREFERENCES: &str = "model.res.user.get_preferences";

/// Signed in, in the company of the user.
pub(super) struct Session {
    pub(super) wire: Wire,
    pub(super) company: i64,
    url: Url,
    authorization: String,
}

impl Session {
    pub(super) async fn open(of: &Tryton, mut wire: Wire, password: &Secret) -> Result<Self, PushError> {
        let url = url(&of.address, &of.database);
        let answer = wire.send(&login(&url, &of.user, password)).await?;
        if answer.status.as_u16() == 404 {
            return Err(wire.misconnected(format!("there is no database {}", of.database)));
        }
        if answer.status.as_u16() == 401 {
            return Err(wire.not_signed_in(format!("Tryton does not know the user {} with this password", of.user)));
        }
        if !answer.status.is_success() {
            return Err(wire.failure(&answer));
        }
        let signed_in = result(&wire, wire.json(&answer)?)?;
        let (Some(user), Some(token)) = (signed_in[0].as_i64(), signed_in[1].as_str()) else {
            return Err(wire.unclear("its answer to the login is none of Tryton's"));
        };
        let key = Secret::new(STANDARD.encode(format!("{}:{user}:{token}", of.user)));
        wire.hide(&Secret::new(token));
        wire.hide(&key);
        let mut session = Self { wire, url, authorization: format!("Session {}", key.reveal()), company: 0 };
        session.company = session.own_company(&of.user).await?;
        Ok(session)
    }

    async fn own_company(&self, user: &str) -> Result<i64, PushError> {
        let preferences = self.call(PREFERENCES, vec![json!(true)]).await?;
        preferences["company"].as_i64().ok_or_else(|| {
            self.wire.misconnected(format!("the user {user} works in no company there; choose one in its preferences"))
        })
    }

    /// A session that is not closed ends by itself; a failure here changes nothing.
    pub(super) async fn close(self) {
        let body = json!({"id": 0, "method": "common.db.logout", "params": []});
        let call =
            Call::new(Method::POST, self.url.clone()).header("Authorization", self.authorization.clone()).json(&body);
        let _ = self.wire.send(&call).await;
    }

    pub(super) async fn call(&self, method: &str, params: Vec<Value>) -> Result<Value, PushError> {
        let context = if self.company == 0 { json!({}) } else { json!({"company": self.company}) };
        let call = call(&self.url, &self.authorization, method, params, &context);
        let answer = self.wire.succeed(&call).await?;
        result(&self.wire, self.wire.json(&answer)?)
    }

    /// The first record of a domain.
    pub(super) async fn first(&self, method: &str, domain: Value) -> Result<Option<i64>, PushError> {
        Ok(self.call(method, search(domain)).await?[0].as_i64())
    }

    /// The id of what was made.
    pub(super) async fn created(&self, method: &str, values: Value) -> Result<i64, PushError> {
        let ids = self.call(method, vec![json!([values])]).await?;
        ids[0].as_i64().ok_or_else(|| self.wire.unclear("Tryton did not say what it made"))
    }

    /// Whole records.
    pub(super) async fn rows(&self, method: &str, params: Vec<Value>) -> Result<Vec<Value>, PushError> {
        match self.call(method, params).await? {
            Value::Array(rows) => Ok(rows),
            other => Err(self.wire.unclear(format!("Tryton answered {other} where records were asked for"))),
        }
    }
}

pub(super) fn url(address: &Address, database: &str) -> Url {
    address.below(&[database, "rpc", ""])
}

pub(super) fn login(url: &Url, user: &str, password: &Secret) -> Call {
    let params = json!([user, {"password": password.reveal()}, "en"]);
    Call::new(Method::POST, url.clone()).json(&json!({"id": 0, "method": "common.db.login", "params": params}))
}

pub(super) fn call(url: &Url, authorization: &str, method: &str, mut params: Vec<Value>, context: &Value) -> Call {
    params.push(context.clone());
    Call::new(Method::POST, url.clone())
        .header("Authorization", authorization)
        .json(&json!({"id": 0, "method": method, "params": params}))
}

pub(super) async fn version(address: &Address, wire: &Wire) -> Result<String, PushError> {
    let body = json!({"id": 0, "method": "common.server.version", "params": []});
    let answer = wire.succeed(&Call::new(Method::POST, address.below(&["rpc", ""])).json(&body)).await?;
    match result(wire, wire.json(&answer)?)? {
        Value::String(version) => Ok(version),
        _ => Err(wire.unclear("it does not say which Tryton it is")),
    }
}

fn result(wire: &Wire, mut answer: Value) -> Result<Value, PushError> {
    match (answer.get_mut("result").map(Value::take), answer.get("error")) {
        (_, Some(error)) => Err(failure(wire, error)),
        (Some(result), None) => Ok(result),
        (None, None) => Err(wire.unclear("it does not answer as Tryton does")),
    }
}

/// `[name, [what it says, ...]]` for what Tryton refuses, `[what broke, traceback]` for what it did not foresee.
fn failure(wire: &Wire, error: &Value) -> PushError {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let said = |parts: &[&Value]| {
        let texts: Vec<String> = parts.iter().map(|part| text(part)).filter(|part| !part.is_empty()).collect();
        texts.join(" ")
    };
    let details = &error[1];
    match error[0].as_str() {
        Some("UserError") => wire.refused(said(&[&details[0], &details[1]])),
        Some("UserWarning") => wire.refused(format!("it asks a person: {}", said(&[&details[1], &details[2]]))),
        Some("LoginException") => wire.not_signed_in(said(&[&details[1]])),
        Some("ConcurrencyException") => wire.unclear("somebody else has just changed the same record"),
        Some(broke) if !broke.is_empty() => wire.refused(format!("it broke with: {broke}")),
        _ => wire.unclear("it answered with an error that says nothing"),
    }
}

pub(super) fn decimal(amount: Decimal) -> Value {
    json!({"__class__": "Decimal", "decimal": amount.to_string()})
}

/// A decimal as it came.
pub(super) fn amount(value: &Value) -> Option<Decimal> {
    value["decimal"].as_str()?.parse().ok()
}
