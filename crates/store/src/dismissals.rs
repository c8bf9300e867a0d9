//! Anomalies that a person has looked at and found to be in order. The anomalies themselves are found anew each time.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::anomaly::AnomalyKind;
use ts_rs::TS;

use crate::db::{Cells, moment, word};
use crate::{Db, StoreError};

/// One anomaly that is in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Dismissal {
    /// The job or the stretch of a series: "job:12", "booked_revenue@2026-03-01".
    pub subject: String,
    pub kind: AnomalyKind,
    pub reason: String,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// Notes that an anomaly is in order, in place of what was said before.
pub fn set(db: &Db<'_>, dismissal: &Dismissal) -> Result<(), StoreError> {
    let Dismissal { subject, kind, reason, who, at } = dismissal;
    db.run(
        "REPLACE INTO dismissals (subject, kind, reason, who, at) VALUES (:subject, :kind, :reason, :who, :at)",
        named_params! {
            ":subject": subject, ":kind": word(kind)?, ":reason": reason, ":who": who, ":at": moment(*at),
        },
    )?;
    Ok(())
}

/// Takes a dismissal back; whether there was one.
pub fn remove(db: &Db<'_>, subject: &str, kind: AnomalyKind) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM dismissals WHERE subject = ?1 AND kind = ?2", [subject, word(&kind)?.as_str()])? > 0)
}

pub fn list(db: &Db<'_>) -> Result<Vec<Dismissal>, StoreError> {
    db.rows("SELECT subject, kind, reason, who, at FROM dismissals ORDER BY subject, kind", [], read)
}

fn read(cells: &mut Cells<'_>) -> Result<Dismissal, StoreError> {
    Ok(Dismissal {
        subject: cells.get()?,
        kind: cells.word()?,
        reason: cells.get()?,
        who: cells.get()?,
        at: cells.parse()?,
    })
}
