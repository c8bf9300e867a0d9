//! `GET /api/v1/documents/{sha256}`: a kept file as it came in, for the page that shows it.
//!
//! It is never shown by the browser itself: its kind is not said, so a file that claims to be a page stays bytes.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use signwright_app::document;
use tokio::task::spawn_blocking;

use crate::refusal::{Refusal, failed};
use crate::routes::Desk;

pub(crate) async fn document(State(desk): State<Desk>, Path(sha256): Path<String>) -> Response {
    let app = desk.app.clone();
    match spawn_blocking(move || document::bytes(&app, &sha256)).await {
        Ok(Ok((_, bytes))) => {
            let headers =
                [(header::CONTENT_TYPE, "application/octet-stream"), (header::CONTENT_DISPOSITION, "attachment")];
            (headers, bytes).into_response()
        }
        Ok(Err(error)) => failed(error),
        Err(_) => Refusal::internal("reading the document stopped unexpectedly").into_response(),
    }
}
