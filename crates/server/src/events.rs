//! `GET /api/v1/events`: what the app tells its listeners, as server-sent events.
//!
//! A listener that reads too slowly loses events and is told so by `changed everything`: state is fetched, never carried
//! in events, so nothing is lost with them.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_core::Stream;
use signwright_app::{App, AppEvent};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::{mpsc, watch};

use crate::chunks::Chunks;
use crate::routes::Desk;

const WAITING: usize = 256;

/// Everyone who listens now.
pub(crate) type Announcements = broadcast::Sender<Arc<str>>;

/// Passes the app's events on, for as long as the app lives.
pub(crate) fn announcements(app: &App) -> Announcements {
    let (sender, _) = broadcast::channel(WAITING);
    let listener = sender.clone();
    app.subscribe(Box::new(move |event: &AppEvent| {
        // An error of `send` says that nobody listens.
        let _ = listener.send(written_out(event));
    }));
    sender
}

pub(crate) async fn events(State(desk): State<Desk>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (sender, receiver) = mpsc::channel(16);
    tokio::spawn(forward(desk.announcements.subscribe(), sender, desk.stopping.clone()));
    Sse::new(Chunks(receiver)).keep_alive(KeepAlive::default())
}

/// Until the listener goes, the app is gone, or the server stops.
async fn forward(
    mut from: broadcast::Receiver<Arc<str>>,
    to: mpsc::Sender<Result<Event, Infallible>>,
    mut stopping: watch::Receiver<bool>,
) {
    // A first event at once: it tells a client that it is connected, and proxies of a browser to pass on.
    let mut next = Some(Event::default().event("ready").data("{}"));
    while let Some(event) = next {
        if to.send(Ok(event)).await.is_err() {
            return;
        }
        next = tokio::select! {
            received = from.recv() => following(received),
            () = to.closed() => None,
            _ = stopping.changed() => None,
        };
    }
}

fn following(received: Result<Arc<str>, RecvError>) -> Option<Event> {
    match received {
        Ok(text) => Some(Event::default().data(text)),
        Err(RecvError::Lagged(_)) => {
            Some(Event::default().data(written_out(&AppEvent::Changed { what: "everything".to_owned() })))
        }
        Err(RecvError::Closed) => None,
    }
}

fn written_out(event: &AppEvent) -> Arc<str> {
    serde_json::to_string(event).expect("an event is plain data").into()
}
