//! One shop: a file with one writer and as many readers as are asked for.
//!
//! The file is in write-ahead-log mode, so that reading goes on while another process writes. `synchronous` is FULL:
//! commits are few and each is something a person decided, so one must survive a power cut. A write takes the write
//! lock at its beginning (`BEGIN IMMEDIATE`) and waits at most ten seconds for another program; writes of one process
//! queue behind each other. A `write` inside a `write` would wait for itself: pass the `Db` on instead.

mod connect;
mod header;
mod migrate;
mod one_customer;
mod opened;
mod short_ids;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::{sql, sql_at};
use crate::{Db, StoreError};

pub(crate) use connect::{CACHE, Source, configure, configure_to_read, connect, connect_to_read};
pub use header::APPLICATION_ID;
pub(crate) use header::{Found, beside};
pub(crate) use migrate::{MIGRATIONS, current_version};
pub(crate) use opened::{Opened, look_and_open};

/// An open shop. Share it behind an `Arc`.
#[derive(Debug)]
pub struct Shop {
    source: Source,
    // Readers close before the writer: whoever closes last tidies the log away.
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
    // After the connections; `None` in memory.
    opened: Option<Opened>,
}

impl Shop {
    /// Opens the shop at `path`; makes a new one where there is no file. `now` names the backup that is made before
    /// an older format is upgraded. A file that is refused is left as it was.
    pub fn open(path: &Path, now: Timestamp) -> Result<Self, StoreError> {
        Self::at(path, now, |_, _| Ok(()))
    }

    /// Makes a new shop; [`StoreError::Exists`] where there is a file that is not empty.
    pub fn create(path: &Path, now: Timestamp) -> Result<Self, StoreError> {
        Self::at(path, now, |path, found| match found {
            Found::Nothing => Ok(()),
            Found::Shop { .. } | Found::Unsettled => Err(StoreError::Exists { path: path.to_owned() }),
        })
    }

    /// Opens a shop that must be there; [`StoreError::Missing`] otherwise.
    pub fn open_existing(path: &Path, now: Timestamp) -> Result<Self, StoreError> {
        Self::at(path, now, |path, found| match found {
            Found::Nothing => Err(StoreError::Missing { path: path.to_owned() }),
            Found::Shop { .. } | Found::Unsettled => Ok(()),
        })
    }

    /// Opens a shop that may not be written, to look at it: every write fails with [`StoreError::ReadOnly`]. An older
    /// format would have to be upgraded first and is refused.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        let path = absolute(path)?;
        let read_only = || StoreError::ReadOnly { path: path.clone() };
        let ((source, writer), opened) = look_and_open(&path, |found| {
            match found {
                Found::Nothing => return Err(StoreError::Missing { path: path.clone() }),
                // Settling what a killed program left means writing.
                Found::Unsettled => return Err(read_only()),
                Found::Shop { .. } => {}
            }
            let (source, writer) = connect_to_read(&path).map_err(sql_at(&path))?;
            let version: i32 = writer.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(sql)?;
            if version == current_version() { Ok((source, writer)) } else { Err(read_only()) }
        })?;
        Ok(Self { source, readers: Mutex::default(), writer: Mutex::new(writer), opened: Some(opened) })
    }

    /// Whether nothing can be written into it.
    pub fn is_read_only(&self) -> bool {
        matches!(self.source, Source::ReadOnly { .. })
    }

    /// A shop that lives as long as this value, for trying things out.
    pub fn in_memory() -> Result<Self, StoreError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let source = Source::Memory(NEXT.fetch_add(1, Ordering::Relaxed));
        let mut writer = connect(&source).map_err(sql)?;
        migrate::settle(&mut writer, MIGRATIONS, None)?;
        configure(&writer).map_err(sql)?;
        Ok(Self { source, readers: Mutex::default(), writer: Mutex::new(writer), opened: None })
    }

    fn at(
        path: &Path,
        now: Timestamp,
        allowed: impl FnOnce(&Path, Found) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let path = absolute(path)?;
        let source = Source::File(path.clone());
        let (writer, opened) = look_and_open(&path, |found| {
            allowed(&path, found)?;
            let mut writer = connect(&source).map_err(sql_at(&path))?;
            migrate::settle(&mut writer, MIGRATIONS, Some((&path, now)))?;
            configure(&writer).map_err(sql_at(&path))?;
            Ok(writer)
        })?;
        Ok(Self { source, readers: Mutex::default(), writer: Mutex::new(writer), opened: Some(opened) })
    }

    /// The file, `None` for a shop in memory.
    pub fn path(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) | Source::ReadOnly { path, .. } => Some(path),
            Source::Memory(_) => None,
        }
    }

    /// For reading. Each query sees what was committed before it began. If the file cannot be opened once more, the
    /// first query says why.
    pub fn read(&self) -> Db<'_> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Db::reading(idle.map_or_else(|| self.reader(), Ok), &self.readers)
    }

    /// Runs `work` in one transaction: all of it is kept, or, when it fails or panics, nothing.
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        // A panic in an earlier write has rolled back while it unwound, so the connection is sound.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction =
            writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|e| self.failed(e))?;
        let done = work(&Db::writing(&transaction));
        let done = match done {
            Ok(done) => done,
            Err(error) => {
                // What the transaction set for itself ends with it.
                drop(transaction);
                writer.pragma_update(None, "cache_size", CACHE).map_err(sql)?;
                return Err(error);
            }
        };
        transaction.commit().map_err(|e| self.failed(e))?;
        Ok(done)
    }

    /// How long a write waits for another program: ten seconds unless said otherwise.
    pub fn wait_at_most(&self, patience: Duration) -> Result<(), StoreError> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).busy_timeout(patience).map_err(sql)
    }

    /// Writes the log back, so that the shop is one file again. Dropping does the same, without a word when it fails.
    pub fn close(self) -> Result<(), StoreError> {
        drop(self.readers);
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        let closed = writer.close().map_err(|(_, error)| sql(error));
        drop(self.opened);
        closed
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let connection = connect(&self.source).map_err(|e| self.failed(e))?;
        if self.is_read_only() {
            configure_to_read(&connection).map_err(|e| self.failed(e))?;
            return Ok(connection);
        }
        configure(&connection).map_err(|e| self.failed(e))?;
        connection.pragma_update(None, "query_only", true).map_err(sql)?;
        Ok(connection)
    }

    fn failed(&self, error: rusqlite::Error) -> StoreError {
        match &self.source {
            Source::File(path) | Source::ReadOnly { path, .. } => sql_at(path)(error),
            Source::Memory(_) => sql(error),
        }
    }
}

/// Absolute, because SQLite would take a relative name that begins with `file:` for an address.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    std::path::absolute(path).map_err(|error| StoreError::Io(format!("{}: {error}", path.display())))
}
