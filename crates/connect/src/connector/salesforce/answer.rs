//! What Salesforce says: `[{errorCode, message}]` of a request, and for each part of a composite one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::KEY;
use crate::failure::PushError;
use crate::wire::{Answer, Wire};

/// What each part of a composite request made, by its reference; an error where any of them failed.
pub(super) fn composite(wire: &Wire, answer: &Value) -> Result<BTreeMap<String, Value>, PushError> {
    let Some(parts) = answer["compositeResponse"].as_array() else {
        return Err(wire.unclear("its answer to a composite request is none"));
    };
    let mut errors: Vec<&Value> = parts.iter().flat_map(|part| part_errors(part)).collect();
    // All but the cause say only that they were halted or rolled back with it.
    errors.sort_by_key(|error| matches!(code(error), "PROCESSING_HALTED" | "ALL_OR_NONE_OPERATION_ROLLED_BACK"));
    if let Some(error) = errors.first() {
        return Err(told(wire, error, None));
    }
    let bodies =
        parts.iter().map(|part| (part["referenceId"].as_str().unwrap_or_default().to_owned(), part["body"].clone()));
    Ok(bodies.collect())
}

/// What a request that failed as a whole means.
pub(super) fn failure(wire: &Wire, answer: &Answer) -> PushError {
    let error = wire.json(answer).ok().and_then(|json| json.get(0).cloned());
    match error {
        Some(error) if error["errorCode"].is_string() => told(wire, &error, Some(wire.failure(answer))),
        _ => wire.failure(answer),
    }
}

fn part_errors(part: &Value) -> Vec<&Value> {
    let items = part["body"].as_array().map(Vec::as_slice).unwrap_or_default();
    if part["httpStatusCode"].as_u64().is_some_and(|status| status >= 300) {
        return items.iter().collect();
    }
    let failed = items.iter().filter(|item| item["success"] == false);
    failed.flat_map(|item| item["errors"].as_array().map(Vec::as_slice).unwrap_or_default()).collect()
}

fn code(error: &Value) -> &str {
    error["errorCode"].as_str().or_else(|| error["statusCode"].as_str()).unwrap_or_default()
}

/// By its code; as `otherwise` where the code says no more than the status did.
fn told(wire: &Wire, error: &Value, otherwise: Option<PushError>) -> PushError {
    let message = error["message"].as_str().unwrap_or_default();
    match code(error) {
        "REQUEST_LIMIT_EXCEEDED" | "UNABLE_TO_LOCK_ROW" | "SERVER_UNAVAILABLE" | "CONCURRENT_API_LIMIT_EXCEEDED" => {
            wire.unclear(format!("{}: {message}", code(error)))
        }
        "INVALID_SESSION_ID" | "INSUFFICIENT_ACCESS" | "API_DISABLED_FOR_ORG" => wire.not_signed_in(message),
        "INVALID_FIELD" | "NOT_FOUND" if message.contains(KEY) => wire.misconnected(format!(
            "it lacks the field {KEY}; add it to Opportunity, Quote and QuoteLineItem (text of 80, unique, external id): {message}"
        )),
        "INVALID_TYPE" if message.contains("Quote") => wire.misconnected("quotes are not switched on there"),
        name => otherwise.unwrap_or_else(|| wire.refused(format!("{name}: {message}"))),
    }
}
