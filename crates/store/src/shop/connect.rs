//! How a connection is opened and what is set on it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::beside;

/// Where a shop lives.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    File(PathBuf),
    /// A file that may not be written, or whose folder may not.
    ReadOnly {
        path: PathBuf,
        still: bool,
    },
    /// A number of its own in this process.
    Memory(u64),
}

/// 32 MB: the indexes of a list of 100,000 jobs stay in memory. Negative means kibibytes.
pub(crate) const CACHE: i64 = -32_768;

const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn connect(source: &Source) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match source {
        Source::File(path) => Connection::open_with_flags(path, flags)?,
        Source::ReadOnly { path, still } => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(address(path, *still), flags | OpenFlags::SQLITE_OPEN_URI)?
        }
        Source::Memory(number) => {
            let name = format!("file:/signwright-{number}?vfs=memdb");
            Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_URI)?
        }
    };
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// The file opened for reading only. Where no log lies beside it nobody is writing, and it is read as a file that does not
/// change, which leaves nothing behind. What is in a log belongs to the shop, so SQLite must be able to read that as well.
pub(crate) fn connect_to_read(path: &Path) -> rusqlite::Result<(Source, Connection)> {
    let logged = beside(path, "-wal").metadata().is_ok_and(|log| log.len() > 0);
    let source = Source::ReadOnly { path: path.to_owned(), still: !logged };
    let connection = connect(&source)?;
    configure_to_read(&connection)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok((source, connection))
}

/// As SQLite reads it (<https://www.sqlite.org/uri.html>).
fn address(path: &Path, still: bool) -> String {
    let mut text = String::from("file:");
    let path = path.to_string_lossy().replace('\\', "/");
    if !path.starts_with('/') {
        text.push_str("///");
    }
    for c in path.chars() {
        match c {
            '%' => text.push_str("%25"),
            '?' => text.push_str("%3f"),
            '#' => text.push_str("%23"),
            _ => text.push(c),
        }
    }
    text.push_str(if still { "?immutable=1" } else { "?mode=ro" });
    text
}

/// What a connection that only reads may set.
pub(crate) fn configure_to_read(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", -32_768)
}

/// Set on every connection once the file is known to be a shop. Where a file system cannot carry a write-ahead log
/// (network drives), SQLite stays with its rollback journal.
pub(crate) fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    // A plan does not depend on the values that are bound: without this, every new value under a partial index is reason
    // enough for SQLite to plan again (<https://www.sqlite.org/qpsg.html>).
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", CACHE)
}
