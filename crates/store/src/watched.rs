//! What was taken from the watched folder, each file as it stood then.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::db::{Cells, limit, moment};
use crate::{Db, StoreError};

/// One file of the watched folder and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WatchedFile {
    pub path: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// As the file system says it.
    #[ts(type = "string")]
    pub modified: Timestamp,
    /// A word of the import's outcome, such as `read` or `damaged`.
    pub state: String,
    pub message: Option<String>,
    #[ts(type = "number | null")]
    pub import_id: Option<i64>,
    #[ts(type = "string")]
    pub taken_at: Timestamp,
}

/// States of files of which nothing came in.
pub const FAILED: &str = "('unreadable', 'refused', 'damaged', 'too_large', 'needs_password')";

const COLUMNS: &str = "path, size, modified, state, message, import_id, taken_at";

/// Keeps what became of a file, in place of what became of an earlier one of this name.
pub fn put(db: &Db<'_>, file: &WatchedFile) -> Result<(), StoreError> {
    let size = i64::try_from(file.size).map_err(|_| StoreError::TooLarge)?;
    db.run(
        "INSERT INTO watched_files (path, size, modified, state, message, import_id, taken_at) \
         VALUES (:path, :size, :modified, :state, :message, :import_id, :taken_at) \
         ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified, state = excluded.state, \
         message = excluded.message, import_id = excluded.import_id, taken_at = excluded.taken_at",
        named_params! {
            ":path": file.path, ":size": size, ":modified": moment(file.modified), ":state": file.state,
            ":message": file.message, ":import_id": file.import_id, ":taken_at": moment(file.taken_at),
        },
    )?;
    Ok(())
}

/// Every file that was taken: path, size, time of its last change.
pub fn known(db: &Db<'_>) -> Result<Vec<(String, u64, Timestamp)>, StoreError> {
    db.rows("SELECT path, size, modified FROM watched_files", [], |cells| {
        Ok((cells.get()?, cells.count()?, cells.parse()?))
    })
}

/// Newest first.
pub fn list(db: &Db<'_>, rows: u32) -> Result<Vec<WatchedFile>, StoreError> {
    let text = format!("SELECT {COLUMNS} FROM watched_files ORDER BY taken_at DESC, path LIMIT ?1");
    db.rows(&text, [limit(rows)], read)
}

/// Those taken at or after a moment, newest first.
pub fn list_since(db: &Db<'_>, since: Timestamp) -> Result<Vec<WatchedFile>, StoreError> {
    let text = format!("SELECT {COLUMNS} FROM watched_files WHERE taken_at >= ?1 ORDER BY taken_at DESC, path");
    db.rows(&text, [moment(since)], read)
}

/// How many files were taken, and of how many of them nothing came in.
pub fn counts(db: &Db<'_>) -> Result<(u64, u64), StoreError> {
    let failed = format!("SELECT count(*) FROM watched_files WHERE state IN {FAILED}");
    Ok((db.count("SELECT count(*) FROM watched_files", [])?, db.count(&failed, [])?))
}

/// Forgets files of which nothing came in, one or all, so that they are taken again; gives how many.
pub fn forget_failed(db: &Db<'_>, path: Option<&str>) -> Result<usize, StoreError> {
    let text = format!("DELETE FROM watched_files WHERE state IN {FAILED} AND (?1 IS NULL OR path = ?1)");
    db.run(&text, [path])
}

fn read(cells: &mut Cells<'_>) -> Result<WatchedFile, StoreError> {
    Ok(WatchedFile {
        path: cells.get()?,
        size: cells.count()?,
        modified: cells.parse()?,
        state: cells.get()?,
        message: cells.get()?,
        import_id: cells.get()?,
        taken_at: cells.parse()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shop;

    #[test]
    fn a_failed_file_is_forgotten_on_demand_and_no_other() {
        let shop = Shop::in_memory().expect("shop");
        let now: Timestamp = "2026-03-01T10:00:00.5Z".parse().expect("time");
        let file = |path: &str, state: &str| WatchedFile {
            path: path.to_owned(),
            size: 7,
            modified: now,
            state: state.to_owned(),
            message: None,
            import_id: None,
            taken_at: now,
        };
        let put_all = |db: &Db<'_>| -> Result<(), StoreError> {
            put(db, &file("/in/a.csv", "read"))?;
            put(db, &file("/in/b.pdf", "damaged"))?;
            put(db, &file("/in/b.pdf", "refused"))
        };
        shop.write(put_all).expect("put");
        assert_eq!(counts(&shop.read()), Ok((2, 1)));
        assert_eq!(known(&shop.read()).expect("known")[0], ("/in/a.csv".to_owned(), 7, now));
        assert_eq!(list_since(&shop.read(), now).map(|files| files.len()), Ok(2));
        let later = "2026-03-01T10:00:00.6Z".parse().expect("time");
        assert_eq!(list_since(&shop.read(), later), Ok(Vec::new()));
        assert_eq!(shop.write(|db| forget_failed(db, Some("/in/a.csv"))), Ok(0));
        assert_eq!(shop.write(|db| forget_failed(db, None)), Ok(1));
        assert_eq!(list(&shop.read(), 10), Ok(vec![file("/in/a.csv", "read")]));
    }
}
