//! The quarantine: what was refused, why, and what became of it. A reject is never deleted.

use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::record::{Reject, RejectReason};
use ts_rs::TS;

use crate::db::{Cells, json, limit, word};
use crate::{Change, Db, StoreError, sha256};

/// What became of a reject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RejectStatus {
    Open,
    Fixed,
    Discarded,
}

/// A reject with the import and document it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StoredReject {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(type = "number")]
    pub import_id: i64,
    pub sha256: Option<String>,
    pub file_name: String,
    pub status: RejectStatus,
    /// What a person said when settling it.
    pub note: Option<String>,
    /// Whether what was decided can be taken back; said where rejects are listed.
    #[serde(default)]
    pub reopenable: bool,
    pub reject: Reject,
}

/// Which rejects to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RejectQuery {
    /// `None` for all.
    pub status: Option<RejectStatus>,
    #[ts(type = "number | null")]
    pub import_id: Option<i64>,
    pub offset: u32,
    pub limit: u32,
}

impl Default for RejectQuery {
    fn default() -> Self {
        Self { status: Some(RejectStatus::Open), import_id: None, offset: 0, limit: 200 }
    }
}

/// How many open rejects have one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReasonCount {
    pub reason: RejectReason,
    #[ts(type = "number")]
    pub count: u64,
}

const SELECT: &str = "SELECT r.id, r.import_id, r.sha256, i.file_name, r.status, r.note, r.reject \
                      FROM rejects r JOIN imports i ON i.id = r.import_id";

/// Why a reject of an earlier reading is settled that does not come up any more.
const READ_OTHERWISE: &str = "read in another way";

/// Settles what is open of a document that is being read in another way; gives which. What comes up again is opened by
/// [`insert`].
pub fn close_of_document(db: &Db<'_>, sha256: &str) -> Result<Vec<i64>, StoreError> {
    let text = "SELECT id FROM rejects WHERE status = 'open' \
                AND import_id IN (SELECT id FROM imports WHERE sha256 = ?1) ORDER BY id";
    let open: Vec<i64> = db.rows(text, [sha256], |cells| cells.get())?;
    for id in &open {
        set_status(db, *id, RejectStatus::Fixed, Some(READ_OTHERWISE))?;
    }
    Ok(open)
}

/// Opens again what [`close_of_document`] settled.
pub fn reopen(db: &Db<'_>, closed: &[i64]) -> Result<(), StoreError> {
    closed.iter().try_for_each(|id| set_status(db, *id, RejectStatus::Open, None))
}

/// Keeps a reject. The same one of the same document is `Unchanged`, whatever was decided about it.
pub fn insert(
    db: &Db<'_>,
    import_id: i64,
    sha256_of_document: Option<&str>,
    reject: &Reject,
) -> Result<Change, StoreError> {
    let text = json(reject)?;
    let source = sha256_of_document.map_or_else(|| format!("import {import_id}"), str::to_owned);
    let added = db.run(
        "INSERT INTO rejects (import_id, sha256, digest, reason, reject) \
         VALUES (:import_id, :sha256, :digest, :reason, :reject) \
         ON CONFLICT (digest) DO UPDATE SET status = 'open', note = NULL WHERE note = :read_otherwise",
        named_params! {
            ":import_id": import_id, ":sha256": sha256_of_document, ":reason": word(&reject.reason)?, ":reject": text,
            ":digest": sha256(format!("{source} {text}").as_bytes()), ":read_otherwise": READ_OTHERWISE,
        },
    )?;
    Ok(if added > 0 { Change::Created } else { Change::Unchanged })
}

/// In the order they came.
pub fn list(db: &Db<'_>, query: &RejectQuery) -> Result<Vec<StoredReject>, StoreError> {
    let status = query.status.as_ref().map(word).transpose()?;
    let text = format!(
        "{SELECT} WHERE (:status IS NULL OR r.status = :status) AND (:import_id IS NULL OR r.import_id = :import_id) \
         ORDER BY r.id LIMIT :rows OFFSET :offset"
    );
    let params = named_params! {
        ":status": status, ":import_id": query.import_id, ":rows": limit(query.limit), ":offset": limit(query.offset),
    };
    db.rows(&text, params, read)
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<StoredReject>, StoreError> {
    db.row(&format!("{SELECT} WHERE r.id = ?1"), [id], read)
}

/// Settles or reopens a reject.
pub fn set_status(db: &Db<'_>, id: i64, status: RejectStatus, note: Option<&str>) -> Result<(), StoreError> {
    let text = "UPDATE rejects SET status = :status, note = :note WHERE id = :id";
    let changed = db.run(text, named_params! { ":id": id, ":status": word(&status)?, ":note": note })?;
    if changed == 0 { Err(StoreError::NoSuch { what: "reject", id }) } else { Ok(()) }
}

/// How many are open.
pub fn count_open(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM rejects WHERE status = 'open'", [])
}

/// The open ones by reason, the most frequent first.
pub fn counts(db: &Db<'_>) -> Result<Vec<ReasonCount>, StoreError> {
    let text =
        "SELECT reason, count(*) FROM rejects WHERE status = 'open' GROUP BY reason ORDER BY count(*) DESC, reason";
    db.rows(text, [], |cells| Ok(ReasonCount { reason: cells.word()?, count: cells.count()? }))
}

fn read(cells: &mut Cells<'_>) -> Result<StoredReject, StoreError> {
    Ok(StoredReject {
        id: cells.get()?,
        import_id: cells.get()?,
        sha256: cells.get()?,
        file_name: cells.get()?,
        status: cells.word()?,
        note: cells.get()?,
        reopenable: false,
        reject: cells.json()?,
    })
}
