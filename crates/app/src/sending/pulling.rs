//! What changed in a connected system comes back: quotes that we sent are won or lost, everything else there is imported as
//! a table of opportunities.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use signwright_connect::{as_opportunity, pull};
use signwright_domain::connection::{Pulled, PulledOutcome};
use signwright_domain::quote::{Quote, QuoteStatus};
use signwright_domain::record::RecordKind;
use signwright_domain::{Currency, Task};
use signwright_intake::Mapping;
use signwright_store::{connections, quotes, settings};
use ts_rs::TS;

use super::deliver::{Kept, blocking, unless_cancelled};
use super::secrets;
use crate::import::{self, ImportReport};
use crate::lease::Lease;
use crate::quotes::{MarkQuoteLost, QuoteRef, mark_quote_lost, mark_quote_won};
use crate::{Action, CallError, Code, TaskStarted, tasks};

const LEASE: &str = "pull";
/// Longer than one connection takes at most.
const LEASE_SECONDS: u32 = 900;
/// A system may date a change a little before others can see it.
const OVERLAP: SignedDuration = SignedDuration::from_mins(10);
/// How far back the first time looks.
const FIRST_DAYS: i64 = 90;

/// What is to be brought back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PullConnection {
    /// The name of the connection.
    pub connection: String,
    /// Everything that changed since this day; since the last time where it is not said.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub since: Option<Date>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BroughtBack {
    pub connection: String,
    #[ts(type = "string")]
    pub since: Timestamp,
    /// What has changed there and was not seen before.
    pub changed: u32,
    /// Our quotes that are decided now: "Q-2026-0007 won".
    pub decided: Vec<String>,
    /// Our quotes that stand otherwise here than there, and were left as they are.
    pub disagree: Vec<String>,
    /// What became of everything else; `None` where there was nothing else.
    pub imported: Option<ImportReport>,
}

/// Up to when a connection was looked at, and what was seen of the last minutes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Looked {
    until: Option<Timestamp>,
    seen: BTreeSet<(String, String, Timestamp)>,
}

/// Begins to bring back as a task.
pub fn start_pull(action: &Action, input: PullConnection) -> Result<TaskStarted, CallError> {
    let action = action.clone();
    let (app, now) = (action.app.clone(), action.now);
    let title = format!("Bringing back what changed in {}", input.connection);
    Ok(tasks::start(&app, &title, now, move |task| bring_back(&action, task, &input)))
}

/// Asks a connection what changed there, decides our quotes by it, and imports the rest.
///
/// # Errors
/// `NotFound` where there is no connection of the name; `Conflict` where it is off, waits for a person, cannot be asked, or another
/// program asks at this moment; what keeps it from answering. Then nothing has changed here.
pub fn bring_back(action: &Action, task: &Task, input: &PullConnection) -> Result<BroughtBack, CallError> {
    let kept = named(action, &input.connection)?;
    let Some(lease) = Lease::take(action, LEASE, LEASE_SECONDS)? else {
        return Err(CallError::new(Code::Busy, "another window or program asks at this moment"));
    };
    let (id, name) = (kept.connection.id, &kept.connection.name);
    let mut looked = looked(action, id)?;
    let since = since(action, input, &looked);
    task.step(0, 2, format!("asking {name}"))?;
    let secret = secrets::get(action, &kept)?;
    let pulled = blocking(unless_cancelled(task, pull(&kept.connection.endpoint, secret.as_ref(), since)))???;
    task.step(1, 2, "taking over what changed")?;
    let fresh: Vec<Pulled> =
        pulled.iter().filter(|one| input.since.is_some() || !looked.seen.contains(&key(one))).cloned().collect();
    let changed = u32::try_from(fresh.len()).unwrap_or(u32::MAX);
    let mut back = BroughtBack {
        connection: name.clone(),
        since,
        changed,
        decided: Vec::new(),
        disagree: Vec::new(),
        imported: None,
    };
    let ours = ours(action, id)?;
    let mut others = Vec::new();
    for one in fresh {
        match ours.get(&(one.entity.clone(), one.external_id.clone())) {
            Some(number) => decide(action, name, number, &one, &mut back)?,
            None => others.push(one),
        }
    }
    if !others.is_empty() {
        back.imported = Some(imported(action, task, name, &others)?);
    }
    // Only now: what breaks off before is asked again.
    if let Some(last) = pulled.iter().map(|one| one.changed_at).max().max(looked.until) {
        let from = last.saturating_sub(OVERLAP).unwrap_or(last);
        looked.until = Some(last);
        looked.seen.extend(pulled.iter().map(key));
        looked.seen.retain(|(.., at)| *at >= from);
        action.shop().write(|db| settings::set(db, &setting(id), &looked))?;
    }
    drop(lease);
    Ok(back)
}

fn named(action: &Action, name: &str) -> Result<Kept, CallError> {
    let all: Vec<Kept> = connections::list(&action.shop().read())?;
    let kept = all.into_iter().find(|kept| kept.connection.name == name);
    let kept = kept.ok_or_else(|| CallError::not_found(format!("connection {name:?}")))?;
    let refused = |why: String| Err(CallError::new(Code::Conflict, why));
    match (&kept.held, kept.connection.enabled, kept.connection.endpoint.kind()) {
        (_, _, "webhook") => refused(format!("{name} is a webhook: it is only sent to, and cannot be asked")),
        (_, false, _) => refused(format!("{name} is switched off")),
        (Some(why), ..) => refused(format!("{name} waits for you: {why}")),
        (None, true, _) => Ok(kept),
    }
}

fn since(action: &Action, input: &PullConnection, looked: &Looked) -> Timestamp {
    let day = input.since.and_then(|day| day.to_zoned(TimeZone::system()).ok()).map(|day| day.timestamp());
    let before = looked.until.map(|until| until.saturating_sub(OVERLAP).unwrap_or(until));
    let first = || {
        let day = action.today().saturating_sub(FIRST_DAYS.days());
        day.to_zoned(TimeZone::system()).map_or(action.now, |day| day.timestamp())
    };
    day.or(before).unwrap_or_else(first)
}

fn looked(action: &Action, id: i64) -> Result<Looked, CallError> {
    Ok(settings::get(&action.shop().read(), &setting(id))?.unwrap_or_default())
}

fn setting(id: i64) -> String {
    format!("brought_back:{id}")
}

fn key(one: &Pulled) -> (String, String, Timestamp) {
    (one.entity.clone(), one.external_id.clone(), one.changed_at)
}

/// The numbers of quotes by what the other system calls what was made there of them.
fn ours(action: &Action, id: i64) -> Result<BTreeMap<(String, String), String>, CallError> {
    let known = connections::all_known(&action.shop().read(), id)?;
    let quotes = known.into_iter().filter_map(|(subject, known)| {
        let number = subject.strip_prefix("quote ")?.to_owned();
        Some(known.into_iter().map(move |named| (named, number.clone())))
    });
    Ok(quotes.flatten().collect())
}

/// A quote that was sent is won or lost as it is there. One that was decided here otherwise is told and left.
fn decide(action: &Action, from: &str, number: &str, one: &Pulled, back: &mut BroughtBack) -> Result<(), CallError> {
    let quote = quotes::find_by_number(&action.shop().read(), number)?;
    let (Some(quote), Some(outcome)) = (quote, one.outcome) else { return Ok(()) };
    if outcome == PulledOutcome::Open || is_so(&quote, outcome) {
        return Ok(());
    }
    let done = match outcome {
        PulledOutcome::Won => mark_quote_won(action, QuoteRef { id: quote.id }),
        PulledOutcome::Lost | PulledOutcome::Open => {
            let reason = one.lost_reason.clone().unwrap_or_else(|| format!("lost in {from}"));
            mark_quote_lost(action, MarkQuoteLost { id: quote.id, reason, competitor_price: None })
        }
    };
    let word = if outcome == PulledOutcome::Won { "won" } else { "lost" };
    match done {
        Ok(_) => back.decided.push(format!("{number} {word}")),
        Err(error) if matches!(error.code, Code::Conflict | Code::InvalidInput) => {
            back.disagree.push(format!("{number} is {word} in {from}: {}", error.message));
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

fn is_so(quote: &Quote, outcome: PulledOutcome) -> bool {
    matches!((quote.status, outcome), (QuoteStatus::Won, PulledOutcome::Won) | (QuoteStatus::Lost, PulledOutcome::Lost))
}

/// As a table of opportunities, kept as a document of its own like every other import.
fn imported(action: &Action, task: &Task, name: &str, others: &[Pulled]) -> Result<ImportReport, CallError> {
    let currency = settings::currency(&action.shop().read())?;
    let rows: Vec<Map<String, Value>> = others.iter().map(|one| row(one, currency)).collect();
    let bytes = serde_json::to_vec_pretty(&rows)
        .map_err(|error| CallError::new(Code::Internal, format!("what {name} said cannot be written: {error}")))?;
    let safe: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let file = PathBuf::from(format!("{safe}-{}.json", action.now.strftime("%Y-%m-%dT%H-%M-%S")));
    let mapping = Mapping { kind: Some(RecordKind::Opportunity), ..Mapping::default() };
    import::import_table(action, task, &file, bytes, mapping)
}

/// An amount in another currency than the shop's would be another amount.
fn row(one: &Pulled, currency: Currency) -> Map<String, Value> {
    let mut row = as_opportunity(one);
    if let Some(named) = row.remove("currency")
        && named.as_str() != Some(currency.code())
    {
        row.remove("amount");
    }
    row
}

#[cfg(test)]
mod tests;
