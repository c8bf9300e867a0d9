//! How a connection is opened and what is set on it.

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// Where a shop lives.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    File(PathBuf),
    /// A number of its own in this process.
    Memory(u64),
}

const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn connect(source: &Source) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match source {
        Source::File(path) => Connection::open_with_flags(path, flags)?,
        Source::Memory(number) => {
            let name = format!("file:/signwright-{number}?vfs=memdb");
            Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_URI)?
        }
    };
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Set on every connection once the file is known to be a shop. Where a file system cannot carry a write-ahead log
/// (network drives), SQLite stays with its rollback journal.
pub(crate) fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // 32 MB: the indexes of a list of 100,000 jobs stay in memory. Negative means kibibytes.
    connection.pragma_update(None, "cache_size", -32_768)
}
