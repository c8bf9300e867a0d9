//! What a document was once read to say and is not read to say any more.

use std::collections::HashSet;

use signwright_domain::record::Record;

use super::once_more::{leave_to_another, take_out};
use super::{SELECT, SourceRecord, compact, read};
use crate::{Db, StoreError};

/// Settles what a document says after it was read anew: `given` are the records that it gives. What it said once more and
/// does not say now is not noted any more; what another file said once more is left to that one. Gives the records that
/// nobody says now.
pub fn unsaid(db: &Db<'_>, sha256: &str, given: &HashSet<i64>) -> Result<Vec<i64>, StoreError> {
    let text = "SELECT a.import_id, a.record_id FROM records_again a JOIN imports i ON i.id = a.import_id \
                WHERE i.sha256 = ?1";
    let noted: Vec<(i64, i64)> = db.rows(text, [sha256], |cells| Ok((cells.get()?, cells.get()?)))?;
    for (import_id, record_id) in noted.into_iter().filter(|(_, record)| !given.contains(record)) {
        let text = "DELETE FROM records_again WHERE import_id = ?1 AND record_id = ?2";
        db.run(text, [import_id, record_id])?;
    }
    let text = "SELECT id FROM records WHERE import_id IN (SELECT id FROM imports WHERE sha256 = ?1) ORDER BY id";
    let said: Vec<i64> = db.rows(text, [sha256], |cells| cells.get())?;
    let mut gone = Vec::new();
    for id in said.into_iter().filter(|id| !given.contains(id)) {
        if !leave_to_another(db, id)? {
            gone.push(id);
        }
    }
    Ok(gone)
}

/// Takes a record out that nobody says any more; gives what it said.
pub fn take_back(db: &Db<'_>, id: i64) -> Result<Option<Record>, StoreError> {
    let text =
        "SELECT r.key, f.form, r.record FROM records r LEFT JOIN record_forms f ON f.id = r.form_id WHERE r.id = ?1";
    let record = db.row(text, [id], compact::of_row)?;
    take_out(db, id)?;
    Ok(record)
}

/// The records of a document in which a value was found in this way, such as by a person's correction.
pub fn corrected(db: &Db<'_>, sha256: &str, found_by: &str) -> Result<Vec<SourceRecord>, StoreError> {
    let text = format!(
        "{SELECT} WHERE r.import_id IN (SELECT id FROM imports WHERE sha256 = ?1) \
         AND (instr(r.record, ?2) > 0 OR instr(f.form, ?2) > 0) ORDER BY r.id"
    );
    let mut found = db.rows(&text, [sha256, found_by], read)?;
    // A form of an older version may name what was found so in another row.
    let is_so = |source: &SourceRecord| source.record.fields.values().any(|field| field.found_by.contains(found_by));
    found.retain(is_so);
    Ok(found)
}
