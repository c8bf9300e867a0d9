//! Requests to HubSpot, and what its failures mean.

use reqwest::Method;
use serde_json::Value;

use crate::address::Address;
use crate::call::Call;
use crate::failure::PushError;
use crate::wire::{Answer, Wire};

pub(super) struct Api<'a> {
    pub(super) wire: Wire,
    pub(super) address: &'a Address,
    pub(super) authorization: String,
}

/// One request, before it is known who asks.
#[derive(Clone, Debug)]
pub(super) struct Step {
    method: Method,
    path: Vec<String>,
    query: Vec<(&'static str, String)>,
    body: Option<Value>,
}

impl Step {
    fn new(method: Method, path: &[&str], body: Option<Value>) -> Self {
        Self { method, path: path.iter().map(|&segment| segment.to_owned()).collect(), query: Vec::new(), body }
    }

    pub(super) fn get(path: &[&str]) -> Self {
        Self::new(Method::GET, path, None)
    }

    pub(super) fn put(path: &[&str]) -> Self {
        Self::new(Method::PUT, path, None)
    }

    pub(super) fn post(path: &[&str], body: Value) -> Self {
        Self::new(Method::POST, path, Some(body))
    }

    pub(super) fn patch(path: &[&str], body: Value) -> Self {
        Self::new(Method::PATCH, path, Some(body))
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    pub(super) fn call(&self, address: &Address, authorization: &str) -> Call {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let mut url = address.below(&path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        let call = Call::new(self.method.clone(), url).header("Authorization", authorization);
        match &self.body {
            Some(body) => call.json(body),
            None => call,
        }
    }
}

impl Api<'_> {
    pub(super) async fn send(&self, step: &Step) -> Result<Answer, PushError> {
        self.wire.send(&step.call(self.address, &self.authorization)).await
    }

    /// The JSON of an answer, or null where HubSpot has nothing to say.
    pub(super) async fn ask(&self, step: &Step) -> Result<Value, PushError> {
        let answer = self.send(step).await?;
        self.taken(&answer)
    }

    pub(super) fn taken(&self, answer: &Answer) -> Result<Value, PushError> {
        match answer.status.as_u16() {
            204 => Ok(Value::Null),
            // Some of a batch went wrong: as a whole it did not arrive.
            207 => {
                let errors = self.wire.json(answer)?["errors"].take();
                Err(self.wire.refused(errors[0]["message"].as_str().unwrap_or("a part of it was refused")))
            }
            200..=299 => self.wire.json(answer),
            // Somebody made the same record at the same time, or an answer was lost: the next look finds it.
            409 => Err(self.wire.unclear(format!("what is made is there already: {}", self.wire.said(answer)))),
            _ => Err(self.wire.failure(answer)),
        }
    }
}
