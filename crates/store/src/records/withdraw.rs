//! What a document was once read to say and is not read to say any more.

use std::collections::HashSet;

use signwright_domain::record::Record;

use super::compact;
use crate::{Db, StoreError};

/// The records of a document that its reading of today does not give (`given` are those it gives) and that no other file
/// said once more.
pub fn unsaid(db: &Db<'_>, sha256: &str, given: &HashSet<i64>) -> Result<Vec<i64>, StoreError> {
    let text = "SELECT id FROM records WHERE import_id IN (SELECT id FROM imports WHERE sha256 = ?1) ORDER BY id";
    let mut gone: HashSet<i64> =
        db.rows(text, [sha256], |cells| cells.get())?.into_iter().filter(|id| !given.contains(id)).collect();
    if !gone.is_empty() {
        let text = "SELECT a.record_id FROM records_again a JOIN imports i ON i.id = a.import_id WHERE i.sha256 <> ?1";
        for again in db.rows(text, [sha256], |cells| cells.get::<i64>())? {
            gone.remove(&again);
        }
    }
    let mut gone: Vec<i64> = gone.into_iter().collect();
    gone.sort_unstable();
    Ok(gone)
}

/// Takes a record out; gives what it said.
pub fn take_back(db: &Db<'_>, id: i64) -> Result<Option<Record>, StoreError> {
    let text = "SELECT record FROM records WHERE id = ?1";
    let record = db.row(text, [id], |cells| cells.text_as(compact::read))?;
    db.run("DELETE FROM records WHERE id = ?1", [id])?;
    Ok(record)
}
