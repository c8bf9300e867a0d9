//! What happens to a quote after it is drawn up. Sending writes the outbox row in the transaction of the change.

use serde::{Deserialize, Serialize};
use signwright_connect::delivery;
use signwright_domain::Money;
use signwright_domain::connection::ParcelKind;
use signwright_domain::price_decision::{FloorApproval, FloorCheck};
use signwright_domain::quote::{Quote, QuoteStatus, QuoteStep as Step, QuoteVersion};
use signwright_quoting::{Offer, apply, new_version};
use signwright_store::quotes::life;
use signwright_store::{Db, outbox, quotes, settings};
use ts_rs::TS;

use super::begin::last_day;
use super::pricing::floor_check;
use super::{QuoteRef, get, subject};
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

/// A draft to be locked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ApproveQuote {
    #[ts(type = "number")]
    pub id: i64,
    /// Who answers for a price below the floor; needed only there.
    #[serde(default)]
    pub approval: Option<Approval>,
}

/// Somebody who answers for a price.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Approval {
    pub by: String,
    pub reason: String,
}

pub fn approve_quote(action: &Action, input: ApproveQuote) -> Result<Quote, CallError> {
    let today = action.today();
    let version = get(action, input.id)?.active().clone();
    let below = floor_check(action, &version)?.filter(|floor| floor.needs_approval);
    step(action, input.id, Step::Approve, |db, quote, status| {
        if quote.active().valid_until < today {
            let until = quote.active().valid_until;
            return Err(CallError::new(Code::Conflict, format!("quote {} was valid until {until}", quote.number))
                .hint("Give it a later date first."));
        }
        if *quote.active() != version {
            return Err(CallError::new(Code::Conflict, format!("quote {} was changed just now", quote.number))
                .hint("Look at it once more."));
        }
        if let Some(floor) = below {
            let approval = approved_below(action, quote, floor, input.approval.as_ref())?;
            audit::record(db, action, &subject(quote), None::<()>, &serde_json::json!({ "below_floor": approval }))?;
            quotes::update_draft(db, quote.id, &QuoteVersion { approval: Some(approval), ..version })?;
        }
        quotes::lock(db, quote.id)?;
        Ok(quotes::set_status(db, quote.id, status)?)
    })
}

/// A price below its floor needs a name and a reason.
fn approved_below(
    action: &Action,
    quote: &Quote,
    floor: FloorCheck,
    approval: Option<&Approval>,
) -> Result<FloorApproval, CallError> {
    let said = approval.map(|approval| (approval.by.trim(), approval.reason.trim()));
    match said.filter(|(by, reason)| !by.is_empty() && !reason.is_empty()) {
        Some((by, reason)) => Ok(FloorApproval { by: by.to_owned(), reason: reason.to_owned(), at: action.now, floor }),
        None => {
            let (below, category, price) = (floor.below, &floor.category, floor.price);
            let message = format!("quote {} is {below} below the floor of {category}, {price}", quote.number);
            Err(CallError::new(Code::Conflict, message).hint("Say who allows it and why, or price it higher."))
        }
    }
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
/// one before and still waits is withdrawn. Where its last day is over, the new version begins anew.
pub fn revise_quote(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    let today = action.today();
    step(action, input.id, Step::Revise, |db, quote, status| {
        let mut offer = Offer::of(quote.active());
        if offer.valid_until < today {
            offer.valid_until = last_day(action, &settings::shop(db)?);
        }
        let version = new_version(Some(quote.active()), action.now, offer)?;
        quotes::add_version(db, quote.id, &version)?;
        life::set_viewed(db, quote.id, None)?;
        outbox::withdraw(db, &subject(quote), &format!("version {} took its place", version.version))?;
        Ok(quotes::set_status(db, quote.id, status)?)
    })
}

/// Notes that the customer has looked at it; the first time counts.
pub fn mark_quote_viewed(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    step(action, input.id, Step::View, |db, quote, _| {
        let before = life::viewed_at(db, quote.id)?;
        Ok(life::set_viewed(db, quote.id, before.or(Some(action.now)))?)
    })
}

/// Closes an offer that nobody answered; not before its last day is over.
pub fn expire_quote(action: &Action, input: QuoteRef) -> Result<Quote, CallError> {
    let today = action.today();
    step(action, input.id, Step::Expire, |db, quote, status| {
        let until = quote.active().valid_until;
        if until >= today {
            return Err(CallError::new(Code::Conflict, format!("quote {} is valid until {until}", quote.number))
                .hint("Mark it as lost, or revise it."));
        }
        outbox::withdraw(db, &subject(quote), &format!("it was valid until {until}"))?;
        Ok(quotes::set_status(db, quote.id, status)?)
    })
}

/// What the log keeps of a step.
#[derive(Serialize)]
struct Stepped {
    step: Step,
    status: QuoteStatus,
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
        audit::record(db, action, &subject(&quote), Some(quote.status), &Stepped { step, status })
    })?;
    action.changed("quotes");
    get(action, id)
}
