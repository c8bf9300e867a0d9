//! Alerts: rules over series, models and records, tried on the past before they are kept, and what they fire.
//!
//! A rule fires when what it says begins to hold, and not again until it has ceased to. What fires stays until a person
//! resolves it or it holds no more; everything that happened to it is kept. Rules are asked by one process at a time, which
//! has the lease, whenever something has come in and once a day.

mod channels;
mod condition;
mod past;
mod running;
mod telling;
mod words;

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use signwright_domain::alert::{Alert, AlertEvent, AlertRule, AlertState, Condition, ModelFigure, Side, WatchedRule};
use signwright_domain::anomaly::AnomalySeverity;
use signwright_domain::counted;
use signwright_store::{Db, alerts};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::{Action, CallError, audit, series};
use condition::{Answer, Seen};

pub use channels::{AlertChannelsStanding, alert_channels, save_alert_channels};
pub use past::{AlertTest, WouldFire, test_alert_rule};
pub use running::start;
pub(crate) use telling::payload;

/// Most conditions of one rule.
const CONDITIONS: usize = 8;
const LISTED: u32 = 500;
const REOPENED: &str = "reopened";

/// A rule.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct AlertRuleRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// An alert.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct AlertRef {
    #[ts(type = "number")]
    pub id: i64,
}

/// Which alerts to list.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct AlertQuery {
    /// Also those that were resolved.
    #[serde(default)]
    pub all: bool,
}

/// What a person does about an alert.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum AlertStep {
    Acknowledge,
    Resolve,
    Reopen,
    /// Out of sight until then.
    Snooze {
        days: u16,
    },
}

/// What is done about which alert.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ActOnAlert {
    #[ts(type = "number")]
    pub id: i64,
    pub step: AlertStep,
    #[serde(default)]
    pub note: String,
}

/// An alert with all that happened to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AlertDetail {
    pub alert: Alert,
    pub history: Vec<AlertEvent>,
}

/// What asking all rules came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlertCheck {
    pub rules: u32,
    /// Alerts that are new.
    pub fired: Vec<String>,
    /// That hold no more.
    pub ended: Vec<String>,
    /// That nobody has acknowledged in time.
    pub escalated: Vec<String>,
    /// Rules about which nothing is known yet, because it is still being looked for.
    pub unknown: u32,
    /// Rules that could not be asked, with the reason.
    pub failed: Vec<String>,
}

pub fn list_alert_rules(action: &Action, _: Nothing) -> Result<Vec<WatchedRule>, CallError> {
    Ok(alerts::watched(&action.shop().read())?)
}

/// # Errors
/// `InvalidInput` for a rule that nothing could ever fulfil; `NotFound` where a series is not there.
pub fn save_alert_rule(action: &Action, rule: AlertRule) -> Result<AlertRule, CallError> {
    valid(&rule)?;
    // One over a series that is gone can still be switched off.
    if rule.enabled {
        Seen::of(action, &rule.conditions)?;
    }
    let mut rule = AlertRule { title: rule.title.trim().to_owned(), ..rule };
    rule.id = action.shop().write(|db| {
        let before = alerts::rules(db)?.into_iter().find(|before| before.id == rule.id);
        let id = alerts::put_rule(db, &rule)?.ok_or_else(|| CallError::not_found(format!("alert rule {}", rule.id)))?;
        let is_another =
            before.as_ref().is_some_and(|before| before.conditions != rule.conditions || before.any != rule.any);
        if let Some(alert) = alerts::newest(db, id)?.filter(|alert| alert.holds && (is_another || !rule.enabled)) {
            end(db, action, alert, "resolved", "its rule was changed")?;
        }
        audit::record(db, action, &format!("alert rule {id}"), before, &rule)?;
        Ok::<_, CallError>(id)
    })?;
    action.changed("alerts");
    Ok(rule)
}

/// Takes a rule away and gives it back; what it has fired stays.
pub fn remove_alert_rule(action: &Action, input: AlertRuleRef) -> Result<AlertRule, CallError> {
    let rules = alerts::rules(&action.shop().read())?;
    let rule = rules.into_iter().find(|rule| rule.id == input.id);
    let rule = rule.ok_or_else(|| CallError::not_found(format!("alert rule {}", input.id)))?;
    action.shop().write(|db| {
        alerts::remove_rule(db, rule.id)?;
        if let Some(open) = alerts::newest(db, rule.id)?.filter(|alert| alert.state != AlertState::Resolved) {
            end(db, action, open, "resolved", "its rule was removed")?;
        }
        audit::record(db, action, &format!("alert rule {}", rule.id), Some(&rule), &"removed")
    })?;
    action.changed("alerts");
    Ok(rule)
}

/// Those that are not resolved, or all, the newest first; what is snoozed comes after the rest.
pub fn list_alerts(action: &Action, input: AlertQuery) -> Result<Vec<Alert>, CallError> {
    let mut all = alerts::list(&action.shop().read(), input.all, LISTED)?;
    all.sort_by_key(|alert| (sleeps(alert, action.now), std::cmp::Reverse(alert.id)));
    Ok(all)
}

pub fn show_alert(action: &Action, input: AlertRef) -> Result<AlertDetail, CallError> {
    let db = action.shop().read();
    let alert = alerts::get(&db, input.id)?.ok_or_else(|| CallError::not_found(format!("alert {}", input.id)))?;
    Ok(AlertDetail { history: alerts::history(&db, alert.id)?, alert })
}

/// Acknowledges, resolves, reopens or snoozes an alert.
pub fn act_on_alert(action: &Action, input: ActOnAlert) -> Result<AlertDetail, CallError> {
    let detail = action.shop().write(|db| {
        let found = alerts::get(db, input.id)?.ok_or_else(|| CallError::not_found(format!("alert {}", input.id)))?;
        let mut alert = found;
        let changes = match &input.step {
            AlertStep::Acknowledge => alert.state == AlertState::Open,
            AlertStep::Resolve => alert.state != AlertState::Resolved,
            AlertStep::Reopen => alert.state != AlertState::Open || sleeps(&alert, action.now),
            AlertStep::Snooze { .. } => true,
        };
        if !changes {
            // Somebody was faster, or pressed twice.
            return Ok(AlertDetail { history: alerts::history(db, alert.id)?, alert });
        }
        let what = match &input.step {
            AlertStep::Acknowledge => {
                alert.state = AlertState::Acknowledged;
                "acknowledged".to_owned()
            }
            AlertStep::Resolve => {
                alert.state = AlertState::Resolved;
                "resolved".to_owned()
            }
            AlertStep::Reopen => {
                (alert.state, alert.snoozed_until, alert.escalated_at) = (AlertState::Open, None, None);
                REOPENED.to_owned()
            }
            AlertStep::Snooze { days } => {
                let days = (*days).clamp(1, 365);
                alert.snoozed_until = Some(later(action.now, days));
                format!("snoozed for {}", counted(days, "day", "days"))
            }
        };
        alerts::update(db, &alert)?;
        note(db, action, &alert, &what, input.note.trim())?;
        Ok::<_, CallError>(AlertDetail { history: alerts::history(db, alert.id)?, alert })
    })?;
    action.changed("alerts");
    Ok(detail)
}

/// Asks every rule now.
pub fn check_alerts(action: &Action, _: Nothing) -> Result<AlertCheck, CallError> {
    let rules = alerts::rules(&action.shop().read())?;
    let mut check = AlertCheck::default();
    for rule in rules.iter().filter(|rule| rule.enabled) {
        check.rules += 1;
        let said = Seen::of(action, &rule.conditions).and_then(|seen| past::asked(action, &seen, rule, action.today()));
        let trouble = said.as_ref().err().map(|error| error.message.clone());
        action.shop().write(|db| {
            if !alerts::rules(db)?.contains(rule) {
                // It was changed or removed while it was asked; what it said is of no rule any more.
                return Ok::<_, CallError>(());
            }
            match said {
                Ok(Answer::Unknown) => check.unknown += 1,
                Ok(answer) => put(db, action, rule, answer.said(), &mut check)?,
                // A series may be gone for a while; the other rules are asked all the same.
                Err(error) => check.failed.push(format!("{}: {}", rule.title, error.message)),
            }
            Ok(alerts::note_asked(db, rule.id, action.now, trouble.as_deref())?)
        })?;
    }
    telling::draft(action)?;
    if !(check.fired.is_empty() && check.ended.is_empty() && check.escalated.is_empty()) {
        action.changed("alerts");
    }
    Ok(check)
}

/// Alerts that nobody has resolved and that do not sleep.
pub(crate) fn awake(db: &Db<'_>, now: Timestamp) -> Result<Vec<Alert>, CallError> {
    let open = alerts::list(db, false, LISTED)?;
    Ok(open.into_iter().filter(|alert| alert.state == AlertState::Open && !sleeps(alert, now)).collect())
}

fn sleeps(alert: &Alert, now: Timestamp) -> bool {
    alert.snoozed_until.is_some_and(|until| until > now)
}

fn later(now: Timestamp, days: u16) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX)
}

/// Puts what a rule says now to what it has fired before.
fn put(
    db: &Db<'_>,
    action: &Action,
    rule: &AlertRule,
    said: Option<String>,
    check: &mut AlertCheck,
) -> Result<(), CallError> {
    let last = alerts::newest(db, rule.id)?;
    let Some(message) = said else {
        if let Some(alert) = last.filter(|alert| alert.holds) {
            check.ended.push(rule.title.clone());
            end(db, action, alert, "holds no more", "")?;
        }
        return Ok(());
    };
    match last.filter(|alert| alert.holds) {
        Some(alert) => {
            let mut alert = Alert { message, seen_at: action.now, ..alert };
            if overdue(db, rule, &alert, action.now)? {
                (alert.severity, alert.escalated_at) = (AnomalySeverity::High, Some(action.now));
                check.escalated.push(rule.title.clone());
                let days = rule.escalate_after.unwrap_or_default();
                let days = counted(days, "day", "days");
                note(db, action, &alert, "escalated", &format!("nobody has acknowledged it for {days}"))?;
            }
            alerts::update(db, &alert)?;
        }
        None => {
            let mut alert = Alert {
                id: 0,
                rule_id: rule.id,
                title: rule.title.clone(),
                severity: rule.severity,
                state: AlertState::Open,
                message,
                opened_at: action.now,
                seen_at: action.now,
                holds: true,
                snoozed_until: None,
                escalated_at: None,
            };
            alert.id = alerts::insert(db, &alert)?;
            note(db, action, &alert, "fired", &alert.message)?;
            check.fired.push(format!("{}: {}", rule.title, alert.message));
        }
    }
    Ok(())
}

/// Whether nobody has acknowledged it for so many days since it fired or was opened again.
fn overdue(db: &Db<'_>, rule: &AlertRule, alert: &Alert, now: Timestamp) -> Result<bool, CallError> {
    let Some(days) = rule.escalate_after else { return Ok(false) };
    let waits = alert.state == AlertState::Open && !sleeps(alert, now);
    if !waits || alert.escalated_at.is_some() || later(alert.opened_at, days) > now {
        return Ok(false);
    }
    let history = alerts::history(db, alert.id)?;
    let again = history.iter().rev().find(|event| event.what == REOPENED).map_or(alert.opened_at, |event| event.at);
    Ok(later(again, days) <= now)
}

fn end(db: &Db<'_>, action: &Action, alert: Alert, what: &str, words: &str) -> Result<(), CallError> {
    let alert = Alert { state: AlertState::Resolved, holds: false, seen_at: action.now, ..alert };
    alerts::update(db, &alert)?;
    note(db, action, &alert, what, words)
}

fn note(db: &Db<'_>, action: &Action, alert: &Alert, what: &str, words: &str) -> Result<(), CallError> {
    let who = action.options().user.clone();
    let event = AlertEvent { at: action.now, who, what: what.to_owned(), note: words.to_owned() };
    let entry = alerts::note(db, alert.id, &event)?;
    telling::post(db, action, alert, what, entry)
}

/// Refuses what could never hold, or always would.
fn valid(rule: &AlertRule) -> Result<(), CallError> {
    if rule.title.trim().is_empty() {
        return Err(CallError::invalid("the rule needs a title"));
    }
    if !(1..=CONDITIONS).contains(&rule.conditions.len()) {
        return Err(CallError::invalid(format!(
            "a rule has 1 to {CONDITIONS} conditions, not {}",
            rule.conditions.len()
        )));
    }
    if rule.escalate_after == Some(0) {
        return Err(CallError::invalid("an alert escalates after at least one day"));
    }
    rule.conditions.iter().try_for_each(possible)
}

fn possible(condition: &Condition) -> Result<(), CallError> {
    let finite = |number: f64, what: &str| {
        if number.is_finite() { Ok(()) } else { Err(CallError::invalid(format!("{what} is no number"))) }
    };
    let some = |number: u32, what: &str| {
        if number > 0 { Ok(()) } else { Err(CallError::invalid(format!("{what} must be at least 1"))) }
    };
    match condition {
        Condition::Series { threshold, periods, .. } => {
            finite(*threshold, "the threshold")?;
            some(u32::from(*periods), "the number of periods")
        }
        Condition::Change { percent, periods, .. } => {
            if !(*percent > 0.0 && percent.is_finite()) {
                return Err(CallError::invalid("a change must be above 0 %"));
            }
            some(u32::from(*periods), "the number of periods")
        }
        Condition::Forecast { threshold, within, probability, .. } => {
            finite(*threshold, "the threshold")?;
            some(u32::from(*within), "the number of periods ahead")?;
            if *within > 60 {
                return Err(CallError::invalid("more than 60 periods ahead nothing is said"));
            }
            if !(0.5..1.0).contains(probability) {
                return Err(CallError::invalid(format!("a probability of {probability} is not from 0.5 to below 1")));
            }
            Ok(())
        }
        Condition::Model { threshold, .. } => finite(*threshold, "the threshold"),
        Condition::Overruns { percent, days, at_least } => {
            finite(*percent, "the overrun")?;
            some(u32::from(*days), "the number of days")?;
            some(*at_least, "the number of jobs")
        }
        Condition::Unanswered { at_least, .. } => some(*at_least, "the number of quotes"),
        Condition::JobAnomalies { at_least, .. } => some(*at_least, "the number of jobs"),
        Condition::SeriesAnomaly { .. } => Ok(()),
    }
}

/// Rules to begin with, for a shop that has none; none of them is kept before somebody says so.
pub fn suggest_alert_rules(action: &Action, _: Nothing) -> Result<Vec<AlertRule>, CallError> {
    let known = series::list_series(action, Nothing {})?;
    let has = |name: &str| known.iter().any(|series| series.name == name && series.points >= 12);
    let rule = |title: &str, severity, condition| AlertRule {
        id: 0,
        title: title.to_owned(),
        severity,
        any: false,
        conditions: vec![condition],
        enabled: true,
        escalate_after: None,
    };
    let mut rules = Vec::new();
    let fell =
        |name: &str, percent| Condition::Change { name: name.to_owned(), side: Side::Below, percent, periods: 3 };
    if has("margin") {
        rules.push(rule("Margin fell by a fifth within a quarter", AnomalySeverity::High, fell("margin", 20.0)));
    }
    if has("win_rate") {
        rules.push(rule("Fewer quotes are won", AnomalySeverity::Medium, fell("win_rate", 30.0)));
    }
    let prices = known.iter().filter(|known| series::is_imported(&known.name)).take(CONDITIONS);
    let rose = |price: &series::SeriesInfo| Condition::Change {
        name: price.name.clone(),
        side: Side::Above,
        percent: 10.0,
        periods: 3,
    };
    let rose: Vec<Condition> = prices.map(rose).collect();
    if let Some(first) = rose.first().cloned() {
        let one = rule("A material price rose by a tenth within a quarter", AnomalySeverity::Medium, first);
        rules.push(AlertRule { any: true, conditions: rose, ..one });
    }
    let error = Condition::Model { figure: ModelFigure::ErrorOverCard, side: Side::Above, threshold: 1.2 };
    rules.push(rule("The cost model is clearly worse than its card", AnomalySeverity::High, error));
    let over = Condition::Overruns { percent: 30.0, days: 30, at_least: 3 };
    rules.push(rule("Three jobs in a month cost 30 % more than estimated", AnomalySeverity::Medium, over));
    let odd = Condition::JobAnomalies { severity: AnomalySeverity::High, at_least: 1 };
    rules.push(rule("A finished job has a figure that cannot be right", AnomalySeverity::Medium, odd));
    let quiet = Condition::Unanswered { days: 14, at_least: 1 };
    rules.push(rule("Quotes without an answer for two weeks", AnomalySeverity::Low, quiet));
    Ok(rules)
}
