//! The answer to a request that is not served: a status and the same `{code, message, hint}` that commands fail with.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use signwright_app::{CallError, Code};

/// What only HTTP can refuse. Failures of commands are answered by [`failed`].
#[derive(Debug, Serialize)]
pub(crate) struct Refusal {
    #[serde(skip)]
    status: StatusCode,
    code: &'static str,
    message: String,
    hint: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn unauthorized() -> Self {
        let hint = "Open the address that `signwright serve` printed, with everything after the #.";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "the token is missing or of another run").hint(hint)
    }

    pub(crate) fn forbidden(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_input", message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    pub(crate) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), hint: None }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self)).into_response()
    }
}

/// The answer to a command that failed.
pub(crate) fn failed(error: CallError) -> Response {
    (status(error.code), Json(error)).into_response()
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::InvalidInput | Code::UnreadableFile | Code::NotEnoughData => StatusCode::BAD_REQUEST,
        Code::UnknownCommand | Code::NotFound => StatusCode::NOT_FOUND,
        Code::Conflict | Code::Busy | Code::Cancelled => StatusCode::CONFLICT,
        Code::Unreachable => StatusCode::BAD_GATEWAY,
        Code::ShopFile | Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
