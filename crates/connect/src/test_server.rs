//! Servers on this machine that tests talk to: one that answers as told and remembers what it was asked, and one that
//! does what no server should.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};

/// One request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// With its query.
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a body of JSON")
    }
}

/// What is answered.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// A server that runs as long as its test.
pub(crate) struct Server {
    pub(crate) at: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.at)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("what was seen").clone()
    }
}

/// Answers every request as `reply` says.
pub(crate) async fn answering(reply: impl Fn(&Seen) -> Reply + Clone + Send + Sync + 'static) -> Server {
    let (listener, at) = listening().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let answer = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
        let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = String::from_utf8_lossy(&body).into_owned();
        let one = Seen { method: method.to_string(), path: uri.to_string(), headers, body };
        let replied = response(reply(&one));
        kept.lock().expect("what was seen").push(one);
        async move { replied }
    };
    let routes: axum::Router = axum::Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Server { at, seen }
}

/// A system that a test talks to, as far as it is asked here.
pub(crate) trait Answers: Send + 'static {
    fn answer(&mut self, seen: &Seen) -> Reply;
}

/// Such a system behind its server, and what it holds.
pub(crate) struct Fake<S> {
    pub(crate) server: Server,
    state: Arc<Mutex<S>>,
}

impl<S: Answers> Fake<S> {
    pub(crate) async fn started(state: S) -> Self {
        let state = Arc::new(Mutex::new(state));
        let kept = Arc::clone(&state);
        let server = answering(move |seen| kept.lock().expect("its state").answer(seen)).await;
        Self { server, state }
    }

    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut S) -> T) -> T {
        change(&mut self.state.lock().expect("its state"))
    }
}

/// When an answer of such a system is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Lost {
    BeforeItIsDone,
    AfterItIsDone,
}

/// Reads the beginning of each request and does with the connection whatever it is told.
pub(crate) async fn misbehaving<F>(act: impl Fn(TcpStream) -> F + Send + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let (listener, at) = listening().await;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut begun = [0; 4096];
            let _ = stream.read(&mut begun).await;
            tokio::spawn(act(stream));
        }
    });
    format!("http://{at}")
}

/// An address where nobody listens.
pub(crate) async fn nobody() -> String {
    let (listener, at) = listening().await;
    drop(listener);
    format!("http://{at}")
}

async fn listening() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = listener.local_addr().expect("its address");
    (listener, at)
}

fn response(reply: Reply) -> Response {
    let mut response = reply.body.into_response();
    *response.status_mut() = StatusCode::from_u16(reply.status).expect("a status");
    for (name, value) in reply.headers {
        response.headers_mut().insert(name, value.parse().expect("a header"));
    }
    response
}
