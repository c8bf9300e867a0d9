//! Records of one file that later files said once more. Such a record is also the later file's: when the first one turns out
//! to say something else, it stays, as what the next one said.

use super::{Origin, Written};
use crate::{Db, StoreError};

/// Gives a record to the earliest other file that said the same; whether there was one.
pub(super) fn leave_to_another(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    let text = "SELECT min(import_id) FROM records_again WHERE record_id = ?1";
    let Some(next) = db.value::<Option<i64>>(text, [id])? else { return Ok(false) };
    db.run("UPDATE records SET import_id = ?2 WHERE id = ?1", [id, next])?;
    db.run("DELETE FROM records_again WHERE record_id = ?1 AND import_id = ?2", [id, next])?;
    Ok(true)
}

/// Takes a record out, unless another file said the same: then it stays as that file's. Whether it is gone.
pub(super) fn take_out(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    if leave_to_another(db, id)? {
        return Ok(false);
    }
    db.run("DELETE FROM records WHERE id = ?1", [id])?;
    Ok(true)
}

/// A file does not say any more what earlier ones said under this key.
pub(super) fn says_otherwise(db: &Db<'_>, origin: Origin<'_>, record: &Written) -> Result<(), StoreError> {
    let text = "DELETE FROM records_again WHERE import_id = ?1 \
                AND record_id IN (SELECT id FROM records WHERE key = ?2 AND kind = ?3)";
    db.run(text, (origin.import_id, &record.key, record.kind.word()))?;
    Ok(())
}
