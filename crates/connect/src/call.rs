//! One request as it is sent, and as it is shown before.

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use signwright_domain::connection::Outgoing;
use url::Url;

use crate::ConnectError;

/// A request that both [`crate::preview`] and [`crate::push`] are made from, so that what is shown is what is sent.
/// It may hold secrets and has no `Debug`.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<String>,
}

impl Call {
    pub(crate) fn new(method: Method, url: Url) -> Self {
        Self { method, url, headers: Vec::new(), body: None }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.text("application/json", body.to_string())
    }

    pub(crate) fn text(mut self, content_type: &str, body: String) -> Self {
        self.body = Some(body);
        self.header("Content-Type", content_type)
    }

    pub(crate) fn shown(&self) -> Outgoing {
        let body = self.body.clone().unwrap_or_default();
        let indented = serde_json::from_str::<Value>(&body).and_then(|value| serde_json::to_string_pretty(&value));
        Outgoing {
            method: self.method.to_string(),
            url: self.url.to_string(),
            headers: self.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            body: indented.unwrap_or(body),
        }
    }

    /// The headers as the wire takes them. All values are marked, so that nothing prints them.
    pub(crate) fn header_map(&self) -> Result<HeaderMap, ConnectError> {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            let unfit =
                |why: &str| ConnectError::Payload { subject: format!("the header {name}"), why: why.to_owned() };
            let mut fit = HeaderValue::from_str(value).map_err(|_| unfit("it holds what no header may hold"))?;
            fit.set_sensitive(true);
            map.append(HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit("it is no name"))?, fit);
        }
        Ok(map)
    }
}
