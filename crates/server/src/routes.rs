//! Which address is answered by what, and behind which checks.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use signwright_app::App;
use tokio::sync::watch;

use crate::access::{self, Token};
use crate::events::{self, Announcements};
use crate::uploads::{self, Uploads};
use crate::{calls, documents, pages, written};

/// What every request has before it. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) token: Token,
    pub(crate) port: u16,
    pub(crate) announcements: Announcements,
    pub(crate) uploads: Arc<Uploads>,
    pub(crate) stopping: watch::Receiver<bool>,
}

/// Uploads and calls limit their bodies themselves.
pub(crate) fn router(desk: Desk) -> Router {
    let api = Router::new()
        .route("/api/v1", get(calls::describe))
        .route("/api/v1/events", get(events::events))
        .route("/api/v1/documents/{sha256}", get(documents::document))
        .route("/api/v1/files/{name}", put(uploads::upload))
        .route("/api/v1/written/{id}", get(written::download))
        .route("/api/v1/{command}", post(calls::call))
        .layer(DefaultBodyLimit::disable())
        .route_layer(from_fn_with_state(desk.clone(), access::with_token));
    api.fallback(pages::page)
        .layer(from_fn_with_state(desk.clone(), access::of_this_machine))
        .layer(from_fn(pages::with_headers))
        .with_state(desk)
}
