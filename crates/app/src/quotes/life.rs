//! What happens to a quote after it is drawn up. Sending writes the outbox row in the transaction of the change.

use serde::{Deserialize, Serialize};
use signwright_connect::delivery;
use signwright_domain::Money;
use signwright_domain::connection::ParcelKind;
use signwright_domain::quote::{Quote, QuoteStatus};
use signwright_quoting::{Action as Step, Offer, apply, new_version};
use signwright_store::{Db, outbox, quotes};
use ts_rs::TS;

use super::{QuoteRef, get};
use crate::sending::{New, enqueue};
use crate::{Action, CallError, Code, audit};

/// A quote that the customer did not take.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MarkQuoteLost {
    #[ts(type = "number")]
    pub id: i64,
    pub reason: String,
    #[serde(default)]
    pub competitor_price: Option<Money>,
}

pub fn approve_quote(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    let today = action.today();
    step(action, input.id, Step::Approve, |db, quote, status| {
        if quote.active().valid_until < today {
            let until = quote.active().valid_until;
            return Err(CallError::new(Code::Conflict, format!("quote {} was valid until {until}", quote.number))
                .hint("Give it a later date first."));
        }
        quotes::lock(db, quote.id)?;
        Ok(quotes::set_status(db, quote.id, status)?)
    })
}

pub fn send_quote(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    step(action, input.id, Step::Send, |db, quote, status| {
        let delivery = delivery(quote)?;
        let new = New {
            kind: ParcelKind::Quote,
            subject: &subject(quote),
            payload: &delivery.payload,
            idempotency_key: &delivery.idempotency_key,
            next_at: action.now,
        };
        enqueue(db, action, &new)?;
        Ok(quotes::set_status(db, quote.id, status)?)
    })
}

pub fn mark_quote_won(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    step(action, input.id, Step::Win, |db, quote, status| {
        let decision = quotes::Decision { status, lost_reason: None, competitor_price: None };
        Ok(quotes::decide(db, quote.id, &decision)?)
    })
}

pub fn mark_quote_lost(action: &Action, input: MarkQuoteLost) -> Result<Quote, CallError> {
    if input.reason.trim().is_empty() {
        return Err(CallError::invalid("say why the quote was lost"));
    }
    step(action, input.id, Step::Lose, |db, quote, status| {
        let decision = quotes::Decision {
            status,
            lost_reason: Some(input.reason.trim()),
            competitor_price: input.competitor_price,
        };
        Ok(quotes::decide(db, quote.id, &decision)?)
    })
}

/// The locked version stays readable; a new one, open for editing, becomes the active one. What was to be delivered of the
/// one before and still waits is withdrawn.
pub fn revise_quote(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    step(action, input.id, Step::Revise, |db, quote, status| {
        let version = new_version(Some(quote.active()), action.now, Offer::of(quote.active()))?;
        quotes::add_version(db, quote.id, &version)?;
        outbox::withdraw(db, &subject(quote), &format!("version {} took its place", version.version))?;
        Ok(quotes::set_status(db, quote.id, status)?)
    })
}

fn step(
    action: &Action,
    id: i64,
    step: Step,
    work: impl FnOnce(&Db<'_>, &Quote, QuoteStatus) -> Result<(), CallError>,
) -> Result<Quote, CallError> {
    action.shop().write(|db| {
        // Read inside the write, so that two people cannot take the same step.
        let quote = quotes::get(db, id)?.ok_or_else(|| CallError::not_found(format!("quote with id {id}")))?;
        let status = apply(quote.status, step)?;
        work(db, &quote, status)?;
        audit::record(db, action, &subject(&quote), Some(quote.status), &status)
    })?;
    action.changed("quotes");
    get(action, id)
}

/// What the event log and the outbox call a quote.
fn subject(quote: &Quote) -> String {
    format!("quote {}", quote.number)
}
