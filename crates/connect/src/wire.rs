//! The network: one request, one bounded answer.
//!
//! Redirects are followed only where they repeat the same request (307, 308) at the same origin: a POST that becomes a
//! GET elsewhere would look delivered. Cookies and compression are off, and through proxies goes what is not on this
//! machine. Connections are not kept from one push to the next, because each may run on another runtime.

use std::error::Error as _;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;

use crate::address::Address;
use crate::call::Call;
use crate::failure::PushError;
use crate::secret::{BLANK, Secret};

/// Characters of what another system said that are kept.
const SAID: usize = 300;
const REDIRECTS: usize = 3;
/// A time asked for beyond a year is no time.
const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

/// How long something may take, and how much may come back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    /// One request, from the first byte out to the last byte in.
    pub(crate) whole: Duration,
    /// All requests together, so that a slow system cannot hold up the others for long.
    pub(crate) all: Duration,
    /// Bytes of an answer that are read.
    pub(crate) read: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), whole: seconds(30), all: seconds(120), read: 64 * 1024 }
    }
}

impl Limits {
    /// Where whole records come back.
    pub(crate) fn large(self) -> Self {
        Self { read: 8 * 1024 * 1024, ..self }
    }

    /// Where they come back page by page.
    pub(crate) fn long(self) -> Self {
        Self { all: self.all * 5, ..self.large() }
    }
}

/// The way to one system, and what must be blanked in what it says.
pub(crate) struct Wire {
    client: Client,
    to: String,
    begun: Instant,
    limits: Limits,
    secrets: Vec<Secret>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    end: End,
}

/// How a body ended. The head says by itself whether something was taken, so that only who needs the body minds.
#[derive(Clone, Debug, PartialEq)]
enum End {
    Whole,
    /// There was more than is read.
    Cut,
    BrokenOff(String),
    TimedOut,
}

impl Wire {
    pub(crate) fn to(address: &Address, limits: Limits) -> Result<Self, PushError> {
        let to = address.name();
        let plain = address.is_loopback();
        let client = Client::builder()
            .user_agent(concat!("signwright/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            .redirect(Policy::custom(redirect))
            .pool_max_idle_per_host(usize::from(!plain))
            .referer(false)
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        let client = if plain { client.no_proxy() } else { client };
        let client = client.build().map_err(|error| PushError::Unreachable { to: to.clone(), why: deepest(&error) })?;
        Ok(Self { client, to, begun: Instant::now(), limits, secrets: Vec::new() })
    }

    /// From now on this is blanked in everything that the system is quoted with.
    pub(crate) fn hide(&mut self, secret: &Secret) {
        self.secrets.push(secret.clone());
    }

    /// Sends, whatever is answered. An error is one of the way.
    pub(crate) async fn send(&self, call: &Call) -> Result<Answer, PushError> {
        let left = self.limits.all.saturating_sub(self.begun.elapsed());
        if left.is_zero() {
            return Err(self.timed_out(self.limits.all));
        }
        let mut request = self.client.request(call.method.clone(), call.url.clone()).headers(call.header_map()?);
        request = request.timeout(self.limits.whole.min(left));
        if let Some(body) = &call.body {
            request = request.body(body.clone());
        }
        let response = request.send().await.map_err(|error| self.lost(&error))?;
        Ok(self.read(response).await)
    }

    /// Sends, and takes everything but a 2xx as an error.
    pub(crate) async fn succeed(&self, call: &Call) -> Result<Answer, PushError> {
        let answer = self.send(call).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(self.failure(&answer)) }
    }

    /// The JSON of an answer.
    pub(crate) fn json(&self, answer: &Answer) -> Result<Value, PushError> {
        match &answer.end {
            End::Whole => {}
            End::Cut => return Err(self.unclear(format!("it answered more than {} kB", self.limits.read / 1024))),
            End::BrokenOff(why) => return Err(self.unclear(why)),
            End::TimedOut => return Err(self.timed_out(self.limits.whole)),
        }
        serde_json::from_slice(&answer.body).map_err(|_| {
            let said = self.said(answer);
            self.unclear(format!("no JSON came back, but {}", if said.is_empty() { "nothing" } else { said.as_str() }))
        })
    }

    pub(crate) fn unclear(&self, why: impl Into<String>) -> PushError {
        PushError::Unclear { to: self.to.clone(), why: self.quoted(&why.into()) }
    }

    pub(crate) fn refused(&self, said: impl Into<String>) -> PushError {
        PushError::Refused { to: self.to.clone(), status: None, said: self.quoted(&said.into()) }
    }

    pub(crate) fn not_signed_in(&self, said: impl Into<String>) -> PushError {
        PushError::NotSignedIn { to: self.to.clone(), said: self.quoted(&said.into()) }
    }

    pub(crate) fn misconnected(&self, why: impl Into<String>) -> PushError {
        PushError::Misconnected { to: self.to.clone(), why: self.quoted(&why.into()) }
    }

    pub(crate) fn name(&self) -> &str {
        &self.to
    }

    /// What an answer that is no success means.
    pub(crate) fn failure(&self, answer: &Answer) -> PushError {
        let (to, said) = (self.to.clone(), self.said(answer));
        let status = answer.status.as_u16();
        match status {
            300..=399 => PushError::Misconnected {
                to,
                why: format!("it sends us on to {}; connect that instead", onward(answer)),
            },
            401 | 403 | 407 => PushError::NotSignedIn { to, said },
            408 | 425 | 429 | 500 | 502..505 | 507..600 => {
                PushError::Busy { to, status, said, retry_after: answer.retry_after(Timestamp::now()) }
            }
            _ if said.is_empty() => PushError::Refused { to, status: Some(status), said: format!("HTTP {status}") },
            _ => PushError::Refused { to, status: Some(status), said: format!("HTTP {status}, {said}") },
        }
    }

    /// What it said, in a few words and without secrets.
    pub(crate) fn said(&self, answer: &Answer) -> String {
        let text = String::from_utf8_lossy(&answer.body);
        let text = text.trim();
        if text.starts_with('<') {
            return "a web page".to_owned();
        }
        self.quoted(text)
    }

    fn quoted(&self, text: &str) -> String {
        let blanked = self.secrets.iter().fold(text.to_owned(), |text, secret| secret.blanked_in(&text));
        shortened(&blanked)
    }

    async fn read(&self, mut response: Response) -> Answer {
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        let end = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let room = self.limits.read - body.len();
                    body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                    if chunk.len() > room {
                        break End::Cut;
                    }
                }
                Ok(None) => break End::Whole,
                Err(error) if error.is_timeout() => break End::TimedOut,
                Err(error) => break End::BrokenOff(deepest(&error)),
            }
        };
        Answer { status, headers, body, end }
    }

    fn timed_out(&self, after: Duration) -> PushError {
        PushError::TimedOut { to: self.to.clone(), after: after.as_secs() }
    }

    fn lost(&self, error: &reqwest::Error) -> PushError {
        let to = self.to.clone();
        if error.is_connect() {
            PushError::Unreachable { to, why: self.quoted(&deepest(error)) }
        } else if error.is_timeout() {
            self.timed_out(self.limits.whole)
        } else {
            PushError::Unclear { to, why: self.quoted(&deepest(error)) }
        }
    }
}

impl Answer {
    /// `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
    fn retry_after(&self, now: Timestamp) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(text.parse().map_or(YEAR, Duration::from_secs).min(YEAR));
        }
        let at = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
        Some(Duration::try_from(at.duration_since(now)).unwrap_or_default().min(YEAR))
    }
}

fn redirect(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let repeats = matches!(attempt.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    let home = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
    if repeats && home && attempt.previous().len() <= REDIRECTS { attempt.follow() } else { attempt.stop() }
}

/// Only the host of where it sends us: the rest may hold a secret.
fn onward(answer: &Answer) -> String {
    let location = answer.headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let url = location.and_then(|text| url::Url::parse(text).ok());
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "another address".to_owned())
}

/// The last cause of an error says what happened; the ones above name the URL.
fn deepest(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    let mut said = "the connection broke off".to_owned();
    while let Some(error) = cause {
        said = error.to_string();
        cause = error.source();
    }
    said
}

fn shortened(text: &str) -> String {
    let clean: String = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).fold(
        String::new(),
        |mut line, word| {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            line
        },
    );
    match clean.char_indices().nth(SAID) {
        Some((end, _)) => format!("{}…", &clean[..end]),
        None => clean,
    }
}

/// What is put in the place of a secret in a preview.
pub(crate) fn blank() -> Secret {
    Secret::new(BLANK)
}

#[cfg(test)]
mod tests;
