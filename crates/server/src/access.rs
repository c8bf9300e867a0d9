//! Who may ask: the token, the host that was named, and the page that asks.
//!
//! The host is checked because a foreign name can be made to resolve to 127.0.0.1, the origin because a page of another
//! site can post to it; the token because other users of this machine reach the port as well.

use std::fmt::Write;
use std::hint::black_box;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::ServerError;
use crate::refusal::Refusal;
use crate::routes::Desk;

/// The secret of this run of the server: 256 random bits in hexadecimal.
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    pub(crate) fn random() -> Result<Self, ServerError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| ServerError::NoRandomness(error.to_string()))?;
        let mut text = String::with_capacity(64);
        for byte in bytes {
            write!(text, "{byte:02x}").expect("a string takes every write");
        }
        Ok(Self(text))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes the same time wherever the first difference is.
    fn is(&self, given: &str) -> bool {
        let (own, given) = (self.0.as_bytes(), given.as_bytes());
        own.len() == given.len() && own.iter().zip(given).fold(0, |seen, (a, b)| black_box(seen | (a ^ b))) == 0
    }
}

/// Before everything, pages included: the request must have been meant for this server, by a page of this server.
pub(crate) async fn of_this_machine(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let port = desk.port;
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let headers = request.headers();
    if !named(headers, header::HOST).is_some_and(|host| hosts.iter().any(|own| own == host)) {
        return Refusal::forbidden("this server answers only as 127.0.0.1 or localhost").into_response();
    }
    let own_page = |origin: &str| origin.strip_prefix("http://").is_some_and(|o| hosts.iter().any(|own| own == o));
    if headers.contains_key(header::ORIGIN) && !named(headers, header::ORIGIN).is_some_and(own_page) {
        return Refusal::forbidden("a page of another site may not ask this server").into_response();
    }
    next.run(request).await
}

/// Before every call of the API.
pub(crate) async fn with_token(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    if given_token(&request).is_some_and(|given| desk.token.is(given)) {
        next.run(request).await
    } else {
        Refusal::unauthorized().into_response()
    }
}

/// `Authorization: Bearer TOKEN`; for `GET`, where a browser's event source and links cannot set headers, `?token=` too.
fn given_token(request: &Request) -> Option<&str> {
    let bearer = named(request.headers(), header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    bearer.or_else(|| (request.method() == Method::GET).then(|| token_in_query(request.uri().query()?))?)
}

fn token_in_query(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("token="))
}

fn named(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_64_hexadecimal_digits_and_never_the_same() {
        let (one, other) = (Token::random().expect("random"), Token::random().expect("random"));
        assert_eq!(one.as_str().len(), 64);
        assert!(one.as_str().bytes().all(|b| b.is_ascii_hexdigit()));
        assert_ne!(one.as_str(), other.as_str());
    }

    #[test]
    fn only_the_whole_token_fits() {
        let token = Token("00ff".to_owned());
        assert!(token.is("00ff"));
        for wrong in ["", "00f", "00fe", "10ff", "00ff0"] {
            assert!(!token.is(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_token_is_found_anywhere_in_the_query() {
        assert_eq!(token_in_query("a=1&token=ab&b"), Some("ab"));
        assert_eq!(token_in_query("mytoken=ab"), None);
    }
}
