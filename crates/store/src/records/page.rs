//! A page of the records of some imports, by their ids. Each import is asked on its own: its records then come in the order
//! of an index, while those of several at once would all be sorted for a page of them.

use crate::{Db, StoreError};

pub(super) struct Listed {
    ids: &'static str,
    count: &'static str,
}

/// Records that stand under the imports.
pub(super) const OWN: Listed = Listed {
    ids: "SELECT id FROM records WHERE import_id = ?1 ORDER BY id LIMIT ?2",
    count: "SELECT count(*) FROM records WHERE import_id = ?1",
};

/// Records of others that the imports say once more.
pub(super) const AGAIN: Listed = Listed {
    ids: "SELECT record_id FROM records_again WHERE import_id = ?1 ORDER BY record_id LIMIT ?2",
    count: "SELECT count(*) FROM records_again WHERE import_id = ?1",
};

impl Listed {
    pub(super) fn of(&self, db: &Db<'_>, imports: &[i64], offset: u32, rows: u32) -> Result<Vec<i64>, StoreError> {
        let end = i64::from(offset) + i64::from(rows);
        let mut ids = Vec::new();
        for import in imports {
            ids.extend(db.rows(self.ids, [*import, end], |cells| cells.get::<i64>())?);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids.into_iter().skip(offset as usize).take(rows as usize).collect())
    }

    pub(super) fn count(&self, db: &Db<'_>, imports: &[i64]) -> Result<u64, StoreError> {
        imports.iter().map(|import| db.count(self.count, [*import])).sum()
    }
}
