//! An estimate on its way to a CRM: what a job is expected to cost, how sure that is, and what says so.

use serde_json::{Value, json};
use signwright_domain::bottom_up::CostSource;
use signwright_domain::connection::ParcelKind;
use signwright_domain::estimate::{Basis, Estimate};
use signwright_store::outbox::{self, Message, OutboxState};

use super::enqueue::{New, enqueue};
use crate::estimates::{self, EstimateRef};
use crate::{Action, CallError, Code, audit};

/// The range that is sent.
const LEVEL: u8 = 90;

/// Puts a kept estimate into the outbox of every connection that takes estimates. The same one twice is one.
///
/// # Errors
/// `Conflict` where nothing that is connected takes estimates.
pub fn send_estimate(action: &Action, input: EstimateRef) -> Result<Vec<Message>, CallError> {
    let estimate = estimates::get(action, input.id)?;
    let (subject, key) = (subject(&estimate), key(&estimate));
    let new = New {
        kind: ParcelKind::Estimate,
        subject: &subject,
        payload: &payload(&estimate),
        idempotency_key: &key,
        next_at: action.now,
    };
    let messages = action.shop().write(|db| {
        let mut messages = enqueue(db, action, &new)?;
        for message in messages.iter_mut().filter(|message| message.state == OutboxState::Withdrawn) {
            outbox::put_back(db, message.id, new.payload, action.now)?;
            message.state = OutboxState::Waiting;
        }
        if messages.is_empty() {
            return Err(CallError::new(Code::Conflict, "nothing that is connected takes estimates")
                .hint("Connect something that does, or tick estimates at a connection: Settings, Connections."));
        }
        audit::record(db, action, &subject, None::<()>, &"sent")?;
        Ok(messages)
    })?;
    action.changed("outbox");
    Ok(messages)
}

pub(super) fn subject(estimate: &Estimate) -> String {
    format!("estimate {}", estimate.id)
}

pub(super) fn key(estimate: &Estimate) -> String {
    // Estimates of several shops have the same numbers.
    format!("estimate:{}:{}", estimate.id, estimate.created_at.as_second())
}

/// What is sent of it: no drivers, and nobody's jobs.
pub(super) fn payload(estimate: &Estimate) -> Value {
    let cost = estimate.decided_cost();
    let range = estimate.ranges.iter().find(|range| range.level == LEVEL);
    let title = if estimate.title.is_empty() { subject(estimate) } else { estimate.title.clone() };
    json!({ "estimate": {
        "id": estimate.id,
        "title": title,
        "total": cost.to_decimal(),
        "currency": cost.currency,
        "low": range.map_or(cost, |range| range.low).to_decimal(),
        "high": range.map_or(cost, |range| range.high).to_decimal(),
        "level": LEVEL,
        "model": model(estimate),
        "at": estimate.created_at,
    }})
}

fn model(estimate: &Estimate) -> String {
    match estimate.decision.as_ref().map(|decision| decision.by) {
        Some(CostSource::BuiltUp) => return built_up(estimate),
        Some(CostSource::Own) => return "the estimator's own figure".to_owned(),
        Some(CostSource::Learned) | None => {}
    }
    match (estimate.basis, estimate.model_id) {
        (Basis::Model, Some(id)) => format!("cost model {id}"),
        (Basis::Model, None) => "cost model".to_owned(),
        (Basis::Assembly, _) => built_up(estimate),
        (Basis::MedianOfType, _) => "median of the sign type over 24 months".to_owned(),
        (Basis::SimilarJobs, _) => "median of the most similar jobs".to_owned(),
        (Basis::Starter, _) => "starter model, not learned from own jobs".to_owned(),
    }
}

fn built_up(estimate: &Estimate) -> String {
    let from = estimate.bottom_up.as_ref();
    let from = from.map_or_else(String::new, |one| format!(" from {}, version {}", one.name, one.version));
    format!("built up{from}")
}
