//! `POST /api/v1/{command}`: any command of the list, with its input as JSON, and `GET /api/v1`: what there is.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use signwright_app::COMMANDS;
use tokio::task::spawn_blocking;

use crate::refusal::{Refusal, failed};
use crate::routes::Desk;

/// More than any input of a command; files are uploaded instead.
const LONGEST_INPUT: usize = 32 << 20;

pub(crate) async fn call(State(desk): State<Desk>, Path(command): Path<String>, body: Body) -> Response {
    let input = match input(body).await {
        Ok(input) => input,
        Err(refusal) => return refusal.into_response(),
    };
    let app = desk.app.clone();
    match spawn_blocking(move || app.call(&command, input)).await {
        Ok(Ok(output)) => Json(output).into_response(),
        Ok(Err(error)) => failed(error),
        Err(_) => Refusal::internal("the command stopped unexpectedly").into_response(),
    }
}

/// No body is no input: most lists need none.
async fn input(body: Body) -> Result<Value, Refusal> {
    let bytes = to_bytes(body, LONGEST_INPUT)
        .await
        .map_err(|_| Refusal::too_large("the input of a command may have 32 MB at most"))?;
    if bytes.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(&bytes).map_err(|error| Refusal::invalid(format!("the input is not JSON: {error}")))
}

pub(crate) async fn describe() -> Json<Value> {
    Json(json!({
        "name": "signwright",
        "version": env!("CARGO_PKG_VERSION"),
        "call": "POST /api/v1/{command}, its input as JSON",
        "events": "GET /api/v1/events",
        "document": "GET /api/v1/documents/{sha256}",
        "upload": "PUT /api/v1/files/{name}",
        "written": "GET /api/v1/written/{id}",
        "commands": COMMANDS,
    }))
}
