//! Delivers what waits: one message after the other, each as often as it takes.
//!
//! What came of an attempt is written before the next begins. A process that dies between a delivery and its note delivers
//! again, which the key of the message makes harmless.

use std::future::Future;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use signwright_connect::breaker::Breaker;
use signwright_connect::retry::{Attempt, Next, Policy};
use signwright_connect::{PushError, Verdict, push};
use signwright_domain::Task;
use signwright_domain::connection::{Connection, Parcel, Receipt};
use signwright_store::connections;
use signwright_store::outbox::{self, Message};
use ts_rs::TS;

use super::enqueue::kind_of;
use super::secrets;
use crate::lease::Lease;
use crate::{Action, CallError, Code, TaskStarted, audit, tasks};

pub(super) type Kept = connections::Kept<Breaker>;

const LEASE: &str = "outbox";
/// Longer than one delivery takes at most.
const LEASE_SECONDS: u32 = 180;
/// As often it is looked whether somebody has cancelled.
const LOOKED: Duration = Duration::from_millis(100);
/// Messages of one connection in one go.
const AT_ONCE: u32 = 200;

/// What is to be delivered now.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct PushOutbox {
    /// Only over the connection of this name.
    #[serde(default)]
    pub connection: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pushed {
    /// What was delivered, with what the other system answered.
    pub sent: Vec<String>,
    /// What was not, with the reason.
    pub failed: Vec<String>,
    /// Connections that wait for a person, or rest after failures.
    pub resting: Vec<String>,
    /// What still waits, also for a connection.
    pub waiting: u32,
    /// Another process delivers at this moment.
    pub elsewhere: bool,
}

/// Begins to deliver as a task.
pub fn start_push(action: &Action, input: PushOutbox) -> Result<TaskStarted, CallError> {
    let action = action.clone();
    let (app, now) = (action.app.clone(), action.now);
    Ok(tasks::start(&app, "Sending what waits", now, move |task| deliver(&action, task, &input)))
}

/// Delivers what waits and may be tried now.
///
/// # Errors
/// `NotFound` where there is no connection of the name; `Cancelled` between two messages.
pub fn deliver(action: &Action, task: &Task, input: &PushOutbox) -> Result<Pushed, CallError> {
    let all: Vec<Kept> = connections::list(&action.shop().read())?;
    let asked = |kept: &Kept| input.connection.as_ref().is_none_or(|name| *name == kept.connection.name);
    let chosen: Vec<Kept> = all.into_iter().filter(asked).collect();
    if let (true, Some(name)) = (chosen.is_empty(), &input.connection) {
        return Err(CallError::not_found(format!("connection {name:?}")));
    }
    let mut pushed = Pushed::default();
    let enabled: Vec<Kept> = chosen.into_iter().filter(|kept| kept.connection.enabled).collect();
    if !enabled.is_empty() {
        match Lease::take(action, LEASE, LEASE_SECONDS)? {
            Some(lease) => {
                let by_person = input.connection.is_some();
                enabled.into_iter().try_for_each(|kept| over(&lease, action, task, kept, by_person, &mut pushed))?;
            }
            None => pushed.elsewhere = true,
        }
    }
    pushed.waiting = outbox::count(&action.shop().read(), outbox::OutboxState::Waiting)?.try_into().unwrap_or(u32::MAX);
    Ok(pushed)
}

fn over(
    lease: &Lease<'_>,
    action: &Action,
    task: &Task,
    kept: Kept,
    by_person: bool,
    pushed: &mut Pushed,
) -> Result<(), CallError> {
    let connection = kept.connection;
    if let Some(why) = kept.held {
        pushed.resting.push(format!("{}: {why}", connection.name));
        return Ok(());
    }
    let mut breaker = kept.breaker.unwrap_or_default();
    if by_person && !matches!(breaker, Breaker::Closed { .. }) {
        // Who asks for this one does not wait until it has rested.
        breaker = Breaker::default();
        action.shop().write(|db| connections::set_breaker(db, connection.id, &breaker))?;
    }
    let due = outbox::due(&action.shop().read(), connection.id, Timestamp::now(), AT_ONCE)?;
    if due.is_empty() {
        return Ok(());
    }
    let secret = match secrets::get(action, &connection) {
        Ok(secret) => secret,
        Err(error) => {
            pushed.resting.push(format!("{}: {}", connection.name, error.message));
            return Ok(());
        }
    };
    for (at, message) in due.iter().enumerate() {
        task.step(at as u64, due.len() as u64, format!("sending {} to {}", message.subject, connection.name))?;
        if !admitted(action, &connection, &mut breaker)? {
            pushed
                .resting
                .push(format!("{}: it has failed several times and is left alone for a while", connection.name));
            break;
        }
        if !lease.renew()? {
            pushed.elsewhere = true;
            break;
        }
        let parcel = parcel(action, &connection, message)?;
        let outcome = blocking(unless_cancelled(task, push(&connection.endpoint, secret.as_ref(), &parcel)))??;
        let goes_on = noted(action, &connection, &mut breaker, message, outcome, pushed)?;
        action.changed("outbox");
        if !goes_on {
            break;
        }
    }
    Ok(())
}

/// Asks the breaker, and keeps that it was asked: nobody else gets the one probe.
fn admitted(action: &Action, connection: &Connection, breaker: &mut Breaker) -> Result<bool, CallError> {
    let before = *breaker;
    let admitted = breaker.admit(Timestamp::now());
    if *breaker != before {
        action.shop().write(|db| connections::set_breaker(db, connection.id, breaker))?;
    }
    Ok(admitted)
}

/// A message as it goes over this connection.
pub(super) fn parcel(action: &Action, connection: &Connection, message: &Message) -> Result<Parcel, CallError> {
    let kind = kind_of(&message.kind).ok_or_else(|| {
        CallError::new(Code::Internal, format!("nothing is known of messages of the kind {:?}", message.kind))
    })?;
    Ok(Parcel {
        kind,
        subject: message.subject.clone(),
        payload: message.payload.clone(),
        idempotency_key: message.idempotency_key.clone(),
        known: connections::known(&action.shop().read(), connection.id, &message.subject)?,
        at: message.created_at,
    })
}

/// Keeps what came of an attempt; whether the next message may follow.
fn noted(
    action: &Action,
    connection: &Connection,
    breaker: &mut Breaker,
    message: &Message,
    outcome: Result<Receipt, PushError>,
    pushed: &mut Pushed,
) -> Result<bool, CallError> {
    let now = Timestamp::now();
    let before = *breaker;
    let verdict = outcome.as_ref().err().map(PushError::verdict);
    breaker.heard(outcome.as_ref().map(|_| ()), now);
    action.shop().write(|db| {
        if *breaker != before {
            connections::set_breaker(db, connection.id, breaker)?;
        }
        match (&outcome, verdict) {
            (Ok(receipt), _) => {
                outbox::mark_sent(db, message.id, &receipt.said, now)?;
                if !receipt.known.is_empty() {
                    connections::set_known(db, connection.id, &message.subject, &receipt.known, now)?;
                }
                let after = serde_json::json!({ "to": connection.name, "answer": receipt.said });
                audit::record(db, action, &message.subject, None::<()>, &after)?;
            }
            (Err(error), Some(Verdict::Again { asked, counts })) => {
                let next = again(message, asked, counts, now)?;
                outbox::mark_failed(db, message.id, &error.to_string(), next, counts)?;
            }
            (Err(error), Some(Verdict::Person)) => {
                outbox::note_held(db, message.id, &error.to_string())?;
                connections::hold(db, connection.id, Some(&error.to_string()))?;
            }
            (Err(error), _) => outbox::mark_failed(db, message.id, &error.to_string(), None, true)?,
        }
        Ok::<_, CallError>(())
    })?;
    let line = |said: &str| format!("{} to {}: {said}", message.subject, connection.name);
    match &outcome {
        Ok(receipt) => pushed.sent.push(line(&receipt.said)),
        Err(error) => pushed.failed.push(line(&error.to_string())),
    }
    // What was refused says nothing of the next; what did not get through does.
    Ok(matches!(verdict, None | Some(Verdict::Dead)))
}

/// When it is tried again; `None` to give it up.
fn again(
    message: &Message,
    asked: Option<Duration>,
    counts: bool,
    now: Timestamp,
) -> Result<Option<Timestamp>, CallError> {
    let failures = message.attempts + u32::from(counts);
    // Offline for a hundred times is no reason to give up.
    let policy = Policy::default();
    let failures = if counts { failures } else { failures.clamp(1, policy.attempts - 1) };
    Ok(match policy.next(Attempt { failures, asked }, chance()?) {
        Next::After(wait) => {
            Some(now.saturating_add(SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX)).unwrap_or(now))
        }
        Next::GiveUp => None,
    })
}

/// From 0 to 1.
fn chance() -> Result<f64, CallError> {
    let random = getrandom::u32()
        .map_err(|error| CallError::new(Code::Internal, format!("the system gives no random numbers: {error}")))?;
    Ok(f64::from(random) / f64::from(u32::MAX))
}

/// What comes of it, unless the task is cancelled before: then it may have arrived, and its key makes the next time harmless.
async fn unless_cancelled<T>(task: &Task, work: impl Future<Output = T>) -> Result<T, CallError> {
    let cancelled = async {
        while !task.is_cancelled() {
            tokio::time::sleep(LOOKED).await;
        }
    };
    tokio::select! {
        done = work => Ok(done),
        () = cancelled => Err(signwright_domain::Cancelled.into()),
    }
}

/// Waits for what goes over the network, on a thread that is not one of the network's.
pub(super) fn blocking<T>(work: impl Future<Output = T>) -> Result<T, CallError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| CallError::new(Code::Internal, format!("nothing can be sent now: {error}")))?;
    Ok(runtime.block_on(work))
}
