//! The thread that asks the rules, and tells people of what they fire, for as long as a program is open.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use signwright_store::{alerts, events};

use super::check_alerts;
use super::telling::{self, Desktop};
use crate::background::{self, Running};
use crate::commands::Nothing;
use crate::lease::Lease;
use crate::{Action, App, CallError};

const LEASE: &str = "alerts";
/// As often it is looked whether anything changed.
const EVERY: Duration = Duration::from_secs(20);
const LATER: Duration = Duration::from_secs(300);
/// What asking all rules may take.
const LEASE_SECONDS: u32 = 300;
/// What the log says of these changes nothing that rules ask for.
const OWN: [&str; 1] = ["alert"];

/// The state in which the rules were asked last, and from when on they are asked again in the same.
struct Last {
    state: String,
    again: Option<Instant>,
}

/// Asks the rules whenever the log has grown, and once a day. Nobody waits for a rule that is being asked.
pub fn start(app: &App) -> Running {
    let asking = background::start(app, |turns, _| {
        let (mut last, mut desktop) = (None, None);
        while let Some(app) = turns.after(EVERY) {
            if let Err(error) = round(&app, &mut last, &mut desktop) {
                // A shop that is busy or read-only is asked again later; nothing else depends on it.
                tracing::warn!(code = ?error.code, "the alert rules were not asked");
            }
        }
    });
    asking.not_waited_for()
}

/// Asks where there is something to ask, and tells: what came up in quiet hours is told after them, asked or not.
fn round(app: &App, last: &mut Option<Last>, desktop: &mut Option<Desktop>) -> Result<(), CallError> {
    let action = Action::new(app, "check_alerts", Timestamp::now());
    let desktop = match desktop {
        Some(desktop) => desktop,
        None => desktop.insert(Desktop::new(&action)?),
    };
    look(&action, last)?;
    telling::draft(&action)?;
    desktop.tell(&action)
}

/// What the answers depend on: the newest entry of the log, the rules, and the day.
fn state(action: &Action) -> Result<Option<String>, CallError> {
    let db = action.shop().read();
    let rules = alerts::rules(&db)?;
    if !rules.iter().any(|rule| rule.enabled) {
        return Ok(None);
    }
    let newest = events::newest_but_of(&db, &OWN)?;
    Ok(Some(format!("{} {newest:?} {rules:?}", action.today())))
}

fn look(action: &Action, last: &mut Option<Last>) -> Result<(), CallError> {
    let Some(now) = state(action)? else { return Ok(()) };
    let is_done = |last: &Last| last.state == now && last.again.is_none_or(|again| Instant::now() < again);
    if last.as_ref().is_some_and(is_done) {
        return Ok(());
    }
    let Some(lease) = Lease::take(action, LEASE, LEASE_SECONDS)? else { return Ok(()) };
    let checked = check_alerts(action, Nothing {})?;
    drop(lease);
    // What is not known yet, or could not be asked, is asked again after a while.
    let settled = checked.failed.is_empty() && checked.unknown == 0;
    *last = Some(Last { state: now, again: (!settled).then(|| Instant::now() + LATER) });
    Ok(())
}
