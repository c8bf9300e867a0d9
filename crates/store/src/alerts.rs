//! Rules that watch figures, what they fired, and what was done about it.

use jiff::Timestamp;
use rusqlite::named_params;
use signwright_domain::alert::{Alert, AlertEvent, AlertRule, AlertState, WatchedRule};

use crate::db::{Cells, json, limit, moment, word};
use crate::{Db, StoreError};

/// Keeps a rule, as a new one where its id is 0; gives its id. `None` where there is none of this id.
pub fn put_rule(db: &Db<'_>, rule: &AlertRule) -> Result<Option<i64>, StoreError> {
    if rule.id == 0 {
        return Ok(Some(db.insert("INSERT INTO alert_rules (rule) VALUES (?1)", [json(rule)?])?));
    }
    let text = "UPDATE alert_rules SET rule = :rule WHERE id = :id AND removed = 0";
    let changed = db.run(text, named_params! { ":rule": json(rule)?, ":id": rule.id })?;
    Ok((changed > 0).then_some(rule.id))
}

/// Takes a rule away; what it has fired stays. Whether there was one.
pub fn remove_rule(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(db.run("UPDATE alert_rules SET removed = 1 WHERE id = ?1 AND removed = 0", [id])? > 0)
}

/// Those that were not removed, in the order in which they were made.
pub fn rules(db: &Db<'_>) -> Result<Vec<AlertRule>, StoreError> {
    db.rows("SELECT id, rule FROM alert_rules WHERE removed = 0 ORDER BY id", [], |cells| {
        let id = cells.get()?;
        Ok(AlertRule { id, ..cells.json()? })
    })
}

/// The same, with how asking them went.
pub fn watched(db: &Db<'_>) -> Result<Vec<WatchedRule>, StoreError> {
    let text = "SELECT id, rule, asked_at, trouble FROM alert_rules WHERE removed = 0 ORDER BY id";
    db.rows(text, [], |cells| {
        let id = cells.get()?;
        let rule = AlertRule { id, ..cells.json()? };
        Ok(WatchedRule { rule, asked_at: cells.parse_opt()?, trouble: cells.get()? })
    })
}

/// Notes that a rule was asked, and why it could not be.
pub fn note_asked(db: &Db<'_>, id: i64, at: Timestamp, trouble: Option<&str>) -> Result<(), StoreError> {
    let text = "UPDATE alert_rules SET asked_at = :at, trouble = :trouble WHERE id = :id";
    db.run(text, named_params! { ":id": id, ":at": moment(at), ":trouble": trouble })?;
    Ok(())
}

const COLUMNS: &str =
    "id, rule_id, title, severity, state, message, opened_at, seen_at, holds, snoozed_until, escalated_at";

/// Keeps a new alert; gives its id.
pub fn insert(db: &Db<'_>, alert: &Alert) -> Result<i64, StoreError> {
    db.insert(
        "INSERT INTO alerts (rule_id, title, severity, state, message, opened_at, seen_at, holds) \
         VALUES (:rule_id, :title, :severity, :state, :message, :opened_at, :seen_at, :holds)",
        named_params! {
            ":rule_id": alert.rule_id, ":title": alert.title, ":severity": word(&alert.severity)?,
            ":state": word(&alert.state)?, ":message": alert.message, ":opened_at": moment(alert.opened_at),
            ":seen_at": moment(alert.seen_at), ":holds": alert.holds,
        },
    )
}

/// Keeps an alert as it is now.
pub fn update(db: &Db<'_>, alert: &Alert) -> Result<(), StoreError> {
    db.run(
        "UPDATE alerts SET title = :title, severity = :severity, state = :state, message = :message, seen_at = :seen_at, \
         holds = :holds, snoozed_until = :snoozed_until, escalated_at = :escalated_at WHERE id = :id",
        named_params! {
            ":id": alert.id, ":title": alert.title, ":severity": word(&alert.severity)?, ":state": word(&alert.state)?,
            ":message": alert.message, ":seen_at": moment(alert.seen_at), ":holds": alert.holds,
            ":snoozed_until": alert.snoozed_until.map(moment), ":escalated_at": alert.escalated_at.map(moment),
        },
    )?;
    Ok(())
}

/// The newest alert of a rule.
pub fn newest(db: &Db<'_>, rule_id: i64) -> Result<Option<Alert>, StoreError> {
    let text = format!("SELECT {COLUMNS} FROM alerts WHERE rule_id = ?1 ORDER BY id DESC LIMIT 1");
    db.row(&text, [rule_id], read)
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Alert>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM alerts WHERE id = ?1"), [id], read)
}

/// The newest first; of all states, or of those that are not resolved.
pub fn list(db: &Db<'_>, all: bool, rows: u32) -> Result<Vec<Alert>, StoreError> {
    let resolved = word(&AlertState::Resolved)?;
    let text = format!("SELECT {COLUMNS} FROM alerts WHERE :all OR state <> :resolved ORDER BY id DESC LIMIT :rows");
    db.rows(&text, named_params! { ":all": all, ":resolved": resolved, ":rows": limit(rows) }, read)
}

/// Notes what happened to an alert; gives the number of the entry, which grows with everything that happens.
pub fn note(db: &Db<'_>, alert_id: i64, event: &AlertEvent) -> Result<i64, StoreError> {
    let AlertEvent { at, who, what, note } = event;
    db.insert(
        "INSERT INTO alert_history (alert_id, at, who, what, note) VALUES (:alert_id, :at, :who, :what, :note)",
        named_params! { ":alert_id": alert_id, ":at": moment(*at), ":who": who, ":what": what, ":note": note },
    )
}

/// What happened to an alert, in order.
pub fn history(db: &Db<'_>, alert_id: i64) -> Result<Vec<AlertEvent>, StoreError> {
    db.rows("SELECT at, who, what, note FROM alert_history WHERE alert_id = ?1 ORDER BY id", [alert_id], |cells| {
        Ok(AlertEvent { at: cells.parse::<Timestamp>()?, who: cells.get()?, what: cells.get()?, note: cells.get()? })
    })
}

/// Something that happened to an alert and that people may be told of.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    /// Grows with everything that happens.
    pub id: i64,
    pub what: String,
    pub at: Timestamp,
    pub alert: Alert,
}

/// What of this happened after the entry `id` to alerts that are still open, in order.
pub fn happened_after(db: &Db<'_>, id: i64, what: &[&str]) -> Result<Vec<Happened>, StoreError> {
    let alert = COLUMNS.split(", ").map(|column| format!("a.{column}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "SELECT h.id, h.what, h.at, {alert} FROM alert_history AS h JOIN alerts AS a ON a.id = h.alert_id \
         WHERE h.id > :id AND a.state = :open AND h.what IN (SELECT value FROM json_each(:what)) ORDER BY h.id"
    );
    let open = word(&AlertState::Open)?;
    db.rows(&text, named_params! { ":id": id, ":open": open, ":what": json(&what)? }, |cells| {
        Ok(Happened { id: cells.get()?, what: cells.get()?, at: cells.parse()?, alert: read(cells)? })
    })
}

/// The newest entry of what happened to any alert; 0 where nothing has.
pub fn newest_happened(db: &Db<'_>) -> Result<i64, StoreError> {
    db.value("SELECT coalesce(max(id), 0) FROM alert_history", [])
}

fn read(cells: &mut Cells<'_>) -> Result<Alert, StoreError> {
    Ok(Alert {
        id: cells.get()?,
        rule_id: cells.get()?,
        title: cells.get()?,
        severity: cells.word()?,
        state: cells.word()?,
        message: cells.get()?,
        opened_at: cells.parse()?,
        seen_at: cells.parse()?,
        holds: cells.get()?,
        snoozed_until: cells.parse_opt()?,
        escalated_at: cells.parse_opt()?,
    })
}
