//! The way in: a token that was given, or one that the client's secret buys (OAuth 2.0 client credentials).

use reqwest::Method;
use serde_json::Value;

use super::records::{self, Standing};
use super::{Salesforce, answer};
use crate::address::Address;
use crate::call::Call;
use crate::connector::offer::Offer;
use crate::failure::PushError;
use crate::secret::Secret;
use crate::wire::Wire;

pub(super) struct Access {
    pub(super) wire: Wire,
    pub(super) authorization: String,
}

impl Access {
    pub(super) async fn open(of: &Salesforce, mut wire: Wire, secret: &Secret) -> Result<Self, PushError> {
        let Some(client) = &of.client_id else {
            return Ok(Self { wire, authorization: format!("Bearer {}", secret.reveal()) });
        };
        let answer = wire.send(&token(&of.address, client, secret)).await?;
        // OAuth answers a wrong client or secret with 400 (RFC 6749, 5.2).
        if answer.status.as_u16() == 400 {
            return Err(wire.not_signed_in(wire.said(&answer)));
        }
        if !answer.status.is_success() {
            return Err(wire.failure(&answer));
        }
        let json = wire.json(&answer)?;
        let token = json["access_token"].as_str().ok_or_else(|| wire.unclear("its answer holds no access token"))?;
        wire.hide(&Secret::new(token));
        Ok(Self { authorization: format!("Bearer {token}"), wire })
    }

    /// Sends, and understands what Salesforce says of a failure.
    pub(super) async fn ask(&self, call: &Call) -> Result<Value, PushError> {
        let answer = self.wire.send(call).await?;
        if answer.status.is_success() {
            return self.wire.json(&answer);
        }
        Err(answer::failure(&self.wire, &answer))
    }

    pub(super) async fn rows(&self, of: &Salesforce, soql: &str) -> Result<Vec<Value>, PushError> {
        let answer = self.ask(&of.query(&self.authorization, soql)).await?;
        match &answer["records"] {
            Value::Array(rows) => Ok(rows.clone()),
            _ => Err(self.wire.unclear("its answer holds no records")),
        }
    }

    /// What is there already.
    pub(super) async fn standing(&self, of: &Salesforce, offer: &Offer) -> Result<Standing, PushError> {
        let mut standing = Standing::default();
        for (question, soql) in records::questions(offer) {
            let row = self.rows(of, &soql).await?.into_iter().next();
            standing.learn(question, row.as_ref());
        }
        if matches!(offer, Offer::Quote(_)) && standing.price.is_none() {
            let code = super::PRODUCT;
            return Err(self.wire.misconnected(format!(
                "there is no active product with the code {code} in the standard price book; add one, lines are sold as it"
            )));
        }
        Ok(standing)
    }
}

pub(super) fn token(address: &Address, client: &str, secret: &Secret) -> Call {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    form.append_pair("client_id", client);
    form.append_pair("client_secret", secret.reveal());
    let url = address.below(&["services", "oauth2", "token"]);
    Call::new(Method::POST, url).text("application/x-www-form-urlencoded", form.finish())
}
