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
use signwright_store::outbox::{self, Message, OutboxState};
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
/// `NotFound` where there is no connection of the name; `Cancelled` between two messages or on the way of one.
pub fn deliver(action: &Action, task: &Task, input: &PushOutbox) -> Result<Pushed, CallError> {
    let all: Vec<Kept> = connections::list(&action.shop().read())?;
    let asked = |kept: &Kept| input.connection.as_ref().is_none_or(|name| *name == kept.connection.name);
    let chosen: Vec<Kept> = all.into_iter().filter(asked).collect();
    if let (true, Some(name)) = (chosen.is_empty(), &input.connection) {
        return Err(CallError::not_found(format!("connection {name:?}")));
    }
    let mut pushed = Pushed::default();
    let mut with_work = Vec::new();
    for kept in chosen.into_iter().filter(|kept| kept.connection.enabled) {
        if !due(action, kept.connection.id)?.is_empty() {
            with_work.push(kept.connection.id);
        }
    }
    if !with_work.is_empty() {
        match Lease::take(action, LEASE, LEASE_SECONDS)? {
            Some(lease) => {
                let by_person = input.connection.is_some();
                with_work.into_iter().try_for_each(|id| over(&lease, action, task, id, by_person, &mut pushed))?;
            }
            None => pushed.elsewhere = true,
        }
    }
    pushed.waiting = outbox::count(&action.shop().read(), OutboxState::Waiting)?.try_into().unwrap_or(u32::MAX);
    Ok(pushed)
}

fn due(action: &Action, id: i64) -> Result<Vec<Message>, CallError> {
    Ok(outbox::due(&action.shop().read(), id, Timestamp::now(), AT_ONCE)?)
}

/// One connection, until nothing more of what is due gets through. Of a subject one message is due at a time.
fn over(
    lease: &Lease<'_>,
    action: &Action,
    task: &Task,
    id: i64,
    by_person: bool,
    pushed: &mut Pushed,
) -> Result<(), CallError> {
    if by_person {
        // Who asks for this one does not wait until it has rested.
        let kept = super::connections::get(action, id)?;
        if kept.breaker.is_some_and(|breaker| !matches!(breaker, Breaker::Closed { .. })) {
            let fresh = Breaker::default();
            action.shop().write(|db| connections::set_breaker(db, id, kept.revision, &fresh))?;
        }
    }
    loop {
        let due = due(action, id)?;
        let mut sent = 0;
        for (at, message) in due.iter().enumerate() {
            task.step(at as u64, due.len() as u64, format!("sending {}", message.subject))?;
            if !lease.renew()? {
                pushed.elsewhere = true;
                return Ok(());
            }
            match one(action, task, id, message, pushed)? {
                Went::Out => sent += 1,
                Went::Nowhere => {}
                Went::Wrong => return Ok(()),
            }
        }
        if sent == 0 {
            return Ok(());
        }
    }
}

/// What became of one message.
enum Went {
    Out,
    /// It is not to go out any more, or was refused; the next may be tried.
    Nowhere,
    /// Nothing gets through now.
    Wrong,
}

/// People may have changed, switched off or removed the connection, or repaired or taken back the message, since they were
/// listed: both are read once more.
fn one(action: &Action, task: &Task, id: i64, listed: &Message, pushed: &mut Pushed) -> Result<Went, CallError> {
    let kept: Option<Kept> = connections::get(&action.shop().read(), id)?;
    let Some(kept) = kept.filter(|kept| kept.connection.enabled) else { return Ok(Went::Wrong) };
    if let Some(why) = &kept.held {
        pushed.resting.push(format!("{}: {why}", kept.connection.name));
        return Ok(Went::Wrong);
    }
    let now = outbox::get(&action.shop().read(), listed.id)?;
    let Some(message) = now.filter(|now| now.state == OutboxState::Waiting) else { return Ok(Went::Nowhere) };
    let mut breaker = kept.breaker.unwrap_or_default();
    if !admitted(action, &kept, &mut breaker)? {
        let name = &kept.connection.name;
        pushed.resting.push(format!("{name}: it has failed several times and is left alone for a while"));
        return Ok(Went::Wrong);
    }
    let secret = match secrets::get(action, &kept) {
        Ok(secret) => secret,
        Err(error) => {
            let why = error.hint.map_or(error.message.clone(), |hint| format!("{}. {hint}", error.message));
            action.shop().write(|db| connections::hold(db, id, kept.revision, why.trim_end_matches('.')))?;
            pushed.resting.push(format!("{}: {}", kept.connection.name, error.message));
            action.changed("outbox");
            return Ok(Went::Wrong);
        }
    };
    let Some(parcel) = parcel(action, &kept.connection, &message)? else {
        let why = format!("nothing is known of messages of the kind {:?}", message.kind);
        action.shop().write(|db| outbox::mark_failed(db, message.id, &why, None, true))?;
        return Ok(Went::Nowhere);
    };
    let outcome = blocking(unless_cancelled(task, push(&kept.connection.endpoint, secret.as_ref(), &parcel)))??;
    let went = noted(action, &kept, &mut breaker, &message, outcome, pushed)?;
    action.changed("outbox");
    Ok(went)
}

/// Asks the breaker, and keeps that it was asked: nobody else gets the one probe.
fn admitted(action: &Action, kept: &Kept, breaker: &mut Breaker) -> Result<bool, CallError> {
    let before = *breaker;
    let admitted = breaker.admit(Timestamp::now());
    if *breaker != before {
        action.shop().write(|db| connections::set_breaker(db, kept.connection.id, kept.revision, breaker))?;
    }
    Ok(admitted)
}

/// A message as it goes over this connection; `None` for one of a kind that nobody knows.
pub(super) fn parcel(action: &Action, connection: &Connection, message: &Message) -> Result<Option<Parcel>, CallError> {
    let Some(kind) = kind_of(&message.kind) else { return Ok(None) };
    Ok(Some(Parcel {
        kind,
        subject: message.subject.clone(),
        payload: message.payload.clone(),
        idempotency_key: message.idempotency_key.clone(),
        known: connections::known(&action.shop().read(), connection.id, &message.subject)?,
        at: message.created_at,
    }))
}

/// Keeps what came of an attempt.
fn noted(
    action: &Action,
    kept: &Kept,
    breaker: &mut Breaker,
    message: &Message,
    outcome: Result<Receipt, PushError>,
    pushed: &mut Pushed,
) -> Result<Went, CallError> {
    let (now, before) = (Timestamp::now(), *breaker);
    let (id, name) = (kept.connection.id, &kept.connection.name);
    breaker.heard(outcome.as_ref().map(|_| ()), now);
    let verdict = outcome.as_ref().err().map(PushError::verdict);
    action.shop().write(|db| {
        if *breaker != before {
            connections::set_breaker(db, id, kept.revision, breaker)?;
        }
        match (&outcome, verdict) {
            (Ok(receipt), _) => {
                outbox::mark_sent(db, message, &receipt.said, now)?;
                if !receipt.known.is_empty() {
                    connections::set_known(db, id, &message.subject, &receipt.known, now)?;
                }
                let after = serde_json::json!({ "to": name, "answer": receipt.said });
                audit::record(db, action, &message.subject, None::<()>, &after)?;
            }
            (Err(error), Some(Verdict::Again { asked, counts })) => {
                let next = again(message, asked, counts, now)?;
                outbox::mark_failed(db, message.id, &error.to_string(), next, counts)?;
            }
            (Err(error), Some(Verdict::Person)) => {
                outbox::note_held(db, message.id, &error.to_string())?;
                connections::hold(db, id, kept.revision, &error.to_string())?;
            }
            (Err(error), _) => outbox::mark_failed(db, message.id, &error.to_string(), None, true)?,
        }
        Ok::<_, CallError>(())
    })?;
    let line = |said: &str| format!("{} to {name}: {said}", message.subject);
    Ok(match (&outcome, verdict) {
        (Ok(receipt), _) => {
            pushed.sent.push(line(&receipt.said));
            Went::Out
        }
        (Err(error), verdict) => {
            pushed.failed.push(line(&error.to_string()));
            // What was refused says nothing of the next; what did not get through does.
            if verdict == Some(Verdict::Dead) { Went::Nowhere } else { Went::Wrong }
        }
    })
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
pub(super) async fn unless_cancelled<T>(task: &Task, work: impl Future<Output = T>) -> Result<T, CallError> {
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
