//! Looks at a file before SQLite does, so that what is not ours is refused without being touched.
//!
//! The first 100 bytes of an SQLite file say what it is (<https://www.sqlite.org/fileformat2.html#the_database_header>).

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::StoreError;
use crate::error::io_at;

use super::current_version;

/// Stands in every shop file's header: "Sign" in ASCII.
pub const APPLICATION_ID: i32 = i32::from_be_bytes(*b"Sign");

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What stands at a path that may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// No file, or an empty one, as an interrupted creation leaves behind.
    Nothing,
    Shop {
        /// Whether the file is in write-ahead-log mode.
        wal: bool,
    },
    /// A rollback journal waits beside the file: only SQLite can say what the file holds.
    Unsettled,
}

/// Says what stands at `path`, or why it cannot be opened as a shop. Changes nothing.
pub(crate) fn inspect(path: &Path) -> Result<Found, StoreError> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return nothing(path),
        Err(error) => return Err(io_at(path)(error)),
    };
    if metadata.is_dir() {
        return Err(StoreError::Directory { path: path.to_owned() });
    }
    if metadata.len() == 0 {
        return Ok(Found::Nothing);
    }
    let mut header = Vec::with_capacity(100);
    File::open(path).and_then(|file| file.take(100).read_to_end(&mut header)).map_err(io_at(path))?;
    if beside(path, "-journal").metadata().is_ok_and(|journal| journal.len() > 0) {
        return Ok(Found::Unsettled);
    }
    understand(path, &header, metadata.len())
}

fn nothing(path: &Path) -> Result<Found, StoreError> {
    match path.parent() {
        Some(folder) if !folder.is_dir() => Err(StoreError::NoFolder { path: folder.to_owned() }),
        Some(_) | None => Ok(Found::Nothing),
    }
}

fn understand(path: &Path, header: &[u8], size: u64) -> Result<Found, StoreError> {
    let path = path.to_owned();
    if header.len() < 100 || header[..16] != *MAGIC {
        return Err(StoreError::NotSqlite { path });
    }
    let number = |at: usize| i32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if number(68) != APPLICATION_ID {
        return Err(StoreError::OtherApplication { path });
    }
    let (found, known) = (number(60), current_version());
    if found > known {
        return Err(StoreError::Newer { path, found, known });
    }
    let pages = u64::from(number(28).unsigned_abs());
    let page = u64::from(u16::from_be_bytes([header[16], header[17]]));
    // A page size of 65,536 is written as 1. A log beside the file may hold the missing pages.
    let page = if page == 1 { 65_536 } else { page };
    if pages * page > size && !beside(&path, "-wal").exists() {
        return Err(StoreError::Damaged(format!("{} is shorter than it says", path.display())));
    }
    Ok(Found::Shop { wal: header[18] == 2 })
}

/// The name of a file that SQLite keeps beside a database.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
