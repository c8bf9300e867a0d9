//! What people said of anomalies: one verdict per finding, which may change; the event log keeps the earlier ones.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::anomaly::AnomalyKind;
use ts_rs::TS;

use crate::db::{Cells, moment, word};
use crate::{Db, StoreError};

/// What a person says of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnomalySaid {
    /// Something really was wrong or unusual.
    Confirmed,
    /// It is as it should be.
    Dismissed,
}

/// A verdict on a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AnomalyVerdict {
    /// `job 17` or `series booked_revenue`.
    pub subject: String,
    pub kind: AnomalyKind,
    /// Which one of its kind: the field of a job, the first day in a series.
    pub finding: String,
    pub verdict: AnomalySaid,
    pub reason: String,
    /// How strong the finding was.
    pub score: f64,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// Keeps a verdict in place of an earlier one on the same finding.
pub fn put(db: &Db<'_>, said: &AnomalyVerdict) -> Result<(), StoreError> {
    let AnomalyVerdict { subject, kind, finding, verdict, reason, score, who, at } = said;
    db.run(
        "INSERT OR REPLACE INTO anomaly_verdicts (subject, kind, finding, verdict, reason, score, who, at) \
         VALUES (:subject, :kind, :finding, :verdict, :reason, :score, :who, :at)",
        named_params! {
            ":subject": subject, ":kind": word(kind)?, ":finding": finding, ":verdict": word(verdict)?, ":reason": reason,
            ":score": score, ":who": who, ":at": moment(*at),
        },
    )?;
    Ok(())
}

/// Takes a verdict back; whether there was one.
pub fn remove(db: &Db<'_>, subject: &str, kind: AnomalyKind, finding: &str) -> Result<bool, StoreError> {
    let text = "DELETE FROM anomaly_verdicts WHERE subject = ?1 AND kind = ?2 AND finding = ?3";
    Ok(db.run(text, [subject, word(&kind)?.as_str(), finding])? > 0)
}

/// All of them, the newest first.
pub fn list(db: &Db<'_>) -> Result<Vec<AnomalyVerdict>, StoreError> {
    let text = "SELECT subject, kind, finding, verdict, reason, score, who, at FROM anomaly_verdicts ORDER BY at DESC, subject";
    db.rows(text, [], read)
}

fn read(cells: &mut Cells<'_>) -> Result<AnomalyVerdict, StoreError> {
    Ok(AnomalyVerdict {
        subject: cells.get()?,
        kind: cells.word()?,
        finding: cells.get()?,
        verdict: cells.word()?,
        reason: cells.get()?,
        score: cells.get()?,
        who: cells.get()?,
        at: cells.parse()?,
    })
}
