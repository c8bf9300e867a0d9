//! Tells people who are not looking at the window: a message of the desktop, a draft of a mail, a parcel for every connection
//! that takes alerts. What has fired since the last time comes in one message and one mail.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use signwright_domain::alert::{Alert, AlertChannels, QuietHours};
use signwright_domain::anomaly::AnomalySeverity;
use signwright_domain::connection::ParcelKind;
use signwright_report::mail_draft;
use signwright_store::alerts::{self, Happened};
use signwright_store::{Db, settings};

use super::{channels, sleeps};
use crate::sending::{New, enqueue};
use crate::{Action, AppEvent, CallError, Code, files};

const DRAFTED: &str = "alert drafts told";
/// Of what people are told.
const TOLD_OF: [&str; 2] = ["fired", "escalated"];
/// What is sent over connections, by what the history calls it and what they do.
const POSTED: [(&str, &str); 5] = [
    ("fired", "fired"),
    ("escalated", "escalated"),
    ("holds no more", "ended"),
    ("resolved", "resolved"),
    ("reopened", "reopened"),
];
/// Alerts that a message of the desktop names; it has little room.
const NAMED: usize = 4;

/// Up to which entry of what happened people were told; high severity may come through where the rest waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told {
    high: i64,
    others: i64,
}

/// What may be told now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Now {
    All,
    High,
    Nothing,
}

impl Told {
    pub(super) fn all(newest: i64) -> Self {
        Self { high: newest, others: newest }
    }

    /// What is to be told of what happened, each alert once, and up to where people have been told then.
    fn take(self, happened: Vec<Happened>, least: AnomalySeverity, now: Now) -> (Vec<Alert>, Self) {
        let newest = happened.last().map_or(0, |one| one.id);
        let is_new = |one: &Happened| match one.alert.severity {
            AnomalySeverity::High => one.id > self.high && now != Now::Nothing,
            _ => one.id > self.others && now == Now::All,
        };
        let due = happened.into_iter().filter(|one| one.alert.severity >= least && is_new(one));
        let by_alert: BTreeMap<i64, Alert> = due.map(|one| (one.alert.id, one.alert)).collect();
        let upto = |told: i64, may: bool| if may { told.max(newest) } else { told };
        let told = Self { high: upto(self.high, now != Now::Nothing), others: upto(self.others, now == Now::All) };
        let mut alerts: Vec<Alert> = by_alert.into_values().collect();
        alerts.sort_by_key(|alert| (std::cmp::Reverse(alert.severity), alert.id));
        (alerts, told)
    }
}

/// Puts what happened to an alert into the outbox, for connections that take alerts. In quiet hours it waits there.
pub(super) fn post(db: &Db<'_>, action: &Action, alert: &Alert, what: &str, entry: i64) -> Result<(), CallError> {
    let Some((_, what)) = POSTED.iter().find(|(happened, _)| *happened == what) else { return Ok(()) };
    let new = New {
        kind: ParcelKind::Alert,
        subject: &format!("alert {}", alert.id),
        payload: &payload(alert, what, action.now),
        idempotency_key: &format!("alert:{}:{entry}:{}", alert.id, action.now.as_second()),
        next_at: quiet_until(action, &channels::kept(db)?, alert.severity).unwrap_or(action.now),
    };
    enqueue(db, action, &new)?;
    Ok(())
}

/// What is sent of an alert.
pub(crate) fn payload(alert: &Alert, what: &str, at: Timestamp) -> Value {
    let Alert { id, title, severity, message, .. } = alert;
    json!({ "alert": { "id": id, "what": what, "title": title, "severity": severity, "message": message, "at": at } })
}

/// When quiet hours end; `None` where there are none now, or where so severe an alert comes through.
fn quiet_until(action: &Action, channels: &AlertChannels, severity: AnomalySeverity) -> Option<Timestamp> {
    let quiet = channels.quiet.filter(|quiet| !(quiet.except_high && severity == AnomalySeverity::High))?;
    ends(quiet, action.now)
}

fn ends(quiet: QuietHours, now: Timestamp) -> Option<Timestamp> {
    let zone = TimeZone::system();
    let end = quiet.ends(zone.to_datetime(now))?;
    // An hour that the clock leaves out is the one after it.
    Some(zone.to_timestamp(end).unwrap_or(now))
}

fn may(channels: &AlertChannels, now: Timestamp) -> Now {
    match channels.quiet {
        Some(quiet) if ends(quiet, now).is_some() => {
            if quiet.except_high {
                Now::High
            } else {
                Now::Nothing
            }
        }
        _ => Now::All,
    }
}

/// What the desktop of this process has shown.
#[derive(Debug)]
pub(super) struct Desktop {
    told: Told,
}

impl Desktop {
    /// What has fired before stands on the page of today.
    pub(super) fn new(action: &Action) -> Result<Self, CallError> {
        Ok(Self { told: Told::all(alerts::newest_happened(&action.shop().read())?) })
    }

    /// Tells the listeners of this process what has fired since the last time.
    pub(super) fn tell(&mut self, action: &Action) -> Result<(), CallError> {
        let channels = channels::kept(&action.shop().read())?;
        let least = channels.desktop.unwrap_or(AnomalySeverity::High);
        let (alerts, told) = take(&action.shop().read(), action, &channels, self.told, least)?;
        self.told = told;
        if channels.desktop.is_some() && !alerts.is_empty() {
            action.emit(&AppEvent::Notice { title: title(&alerts), body: named(&alerts) });
        }
        Ok(())
    }
}

/// Drafts a mail about what has fired since the last, where that is set. Where it cannot be written, the next attempt has it.
pub(super) fn draft(action: &Action) -> Result<(), CallError> {
    let channels = channels::kept(&action.shop().read())?;
    let Some(draft) = &channels.draft else { return Ok(()) };
    let folder = Path::new(&draft.folder);
    let told = drafted(&action.shop().read())?;
    if take(&action.shop().read(), action, &channels, told, draft.severity)?.1 == told {
        return Ok(());
    }
    // Before the shop is locked: a drive that does not answer must not keep others from it.
    let is_there = folder.is_dir();
    let written = action.shop().write(|db| {
        // Read again: another process may have been faster.
        let told = drafted(db)?;
        let (alerts, now_told) = take(db, action, &channels, told, draft.severity)?;
        keep_drafted(db, now_told)?;
        if !alerts.is_empty() {
            let subject = format!("Signwright: {}", title(&alerts));
            let mail = mail_draft(&draft.to, &subject, &text(&alerts), action.now)?;
            // The same name for the same alerts: what could not be noted as told is written over, not twice.
            let name = format!("alerts-{}-{}.eml", action.today(), now_told.high.max(now_told.others));
            if !is_there {
                // A drive that is not there; a folder of its name would hide that.
                return Err(files::unwritable(&folder.join(name), "its folder is not there"));
            }
            files::write(&folder.join(name), &mail)?;
        }
        channels::note_trouble(db, None)
    });
    match written {
        Err(error) if error.code == Code::UnreadableFile => {
            action.shop().write(|db| channels::note_trouble(db, Some(&error.message)))?;
            action.changed("alerts");
            Ok(())
        }
        other => other,
    }
}

pub(super) fn keep_drafted(db: &Db<'_>, told: Told) -> Result<(), CallError> {
    Ok(settings::set(db, DRAFTED, &told)?)
}

fn drafted(db: &Db<'_>) -> Result<Told, CallError> {
    Ok(settings::get(db, DRAFTED)?.unwrap_or_default())
}

fn take(
    db: &Db<'_>,
    action: &Action,
    channels: &AlertChannels,
    told: Told,
    least: AnomalySeverity,
) -> Result<(Vec<Alert>, Told), CallError> {
    let mut happened = alerts::happened_after(db, told.high.min(told.others), &TOLD_OF)?;
    happened.retain(|one| !sleeps(&one.alert, action.now));
    Ok(told.take(happened, least, may(channels, action.now)))
}

fn title(alerts: &[Alert]) -> String {
    match alerts {
        [one] => one.title.clone(),
        many => format!("{} alerts", many.len()),
    }
}

fn named(alerts: &[Alert]) -> String {
    if let [one] = alerts {
        return one.message.clone();
    }
    let mut lines: Vec<String> = alerts.iter().take(NAMED).map(|alert| alert.title.clone()).collect();
    if alerts.len() > NAMED {
        lines.push(format!("and {} more", alerts.len() - NAMED));
    }
    lines.join("\n")
}

fn text(alerts: &[Alert]) -> String {
    let zone = TimeZone::system();
    let one = |alert: &Alert| {
        let since = alert.opened_at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let severity = match alert.severity {
            AnomalySeverity::Low => "low",
            AnomalySeverity::Medium => "medium",
            AnomalySeverity::High => "high",
        };
        format!("{} ({severity}, since {since})\n{}\n", alert.title, alert.message)
    };
    alerts.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use signwright_domain::alert::AlertState;

    use super::*;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    fn happened(id: i64, alert: i64, severity: AnomalySeverity) -> Happened {
        let alert = Alert {
            id: alert,
            rule_id: alert,
            title: format!("rule {alert}"),
            severity,
            state: AlertState::Open,
            message: "it holds".to_owned(),
            opened_at: AT,
            seen_at: AT,
            holds: true,
            snoozed_until: None,
            escalated_at: None,
        };
        Happened { id, what: "fired".to_owned(), at: AT, alert }
    }

    fn check(told: Told, now: Now, ids: &[i64], then: Told) {
        use AnomalySeverity::{High, Low, Medium};
        let all = vec![happened(3, 1, Low), happened(5, 2, Medium), happened(8, 3, High), happened(9, 2, Medium)];
        let (alerts, after) = told.take(all, Medium, now);
        assert_eq!(alerts.iter().map(|alert| alert.id).collect::<Vec<_>>(), ids, "{told:?} {now:?}");
        assert_eq!(after, then, "{told:?} {now:?}");
    }

    #[test]
    fn each_alert_is_told_once_and_what_waits_in_quiet_hours_comes_after_them() {
        let none = Told::default();
        check(none, Now::All, &[3, 2], Told::all(9));
        check(none, Now::Nothing, &[], none);
        let high = Told { high: 9, others: 0 };
        check(none, Now::High, &[3], high);
        check(high, Now::High, &[], high);
        check(high, Now::All, &[2], Told::all(9));
        check(Told::all(9), Now::All, &[], Told::all(9));
        check(Told::all(5), Now::All, &[3, 2], Told::all(9));
    }

    #[test]
    fn a_message_names_few_and_counts_the_rest() {
        let alerts = |n: i64| (1..=n).map(|id| happened(id, id, AnomalySeverity::Low).alert).collect::<Vec<_>>();
        assert_eq!((title(&alerts(1)), named(&alerts(1))), ("rule 1".to_owned(), "it holds".to_owned()));
        assert_eq!(title(&alerts(6)), "6 alerts");
        assert!(named(&alerts(6)).ends_with("rule 4\nand 2 more"), "{}", named(&alerts(6)));
        assert!(text(&alerts(2)).starts_with("rule 1 (low, since "));
    }
}
