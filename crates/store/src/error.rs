//! What can go wrong with a shop file, in words that say what to do about it. SQLite's codes end here.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use signwright_domain::{Cancelled, Currency};

use crate::shop::beside;

/// Why a shop could not be opened, read or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("there is no shop file at {}", .path.display())]
    Missing { path: PathBuf },
    #[error("the folder {} does not exist", .path.display())]
    NoFolder { path: PathBuf },
    #[error("{} already exists", .path.display())]
    Exists { path: PathBuf },
    #[error("{} is a folder, not a shop file", .path.display())]
    Directory { path: PathBuf },
    #[error("{} is not a shop file: it is not an SQLite database", .path.display())]
    NotSqlite { path: PathBuf },
    #[error("{} is an SQLite database of another application", .path.display())]
    OtherApplication { path: PathBuf },
    #[error("{} was written by a newer Signwright (format {found}, this one knows up to {known})", .path.display())]
    Newer { path: PathBuf, found: i32, known: i32 },
    #[error("the shop file is damaged: {0}")]
    Damaged(String),
    #[error("{} cannot be written: the file or its folder is read-only", .path.display())]
    ReadOnly { path: PathBuf },
    /// Another process holds the write lock for longer than a write waits.
    #[error("another program is writing to this shop")]
    Busy,
    #[error("{} is open in another program", .path.display())]
    InUse { path: PathBuf },
    #[error("the disk is full")]
    DiskFull,
    #[error("reading or writing the shop file failed: {0}")]
    Io(String),
    /// SQLite keeps at most 1 GB (10^9 bytes) in one value.
    #[error("too large to keep in a shop (more than 1 GB)")]
    TooLarge,
    #[error("an amount in {found} does not fit a shop that keeps its books in {expected}")]
    Currency { expected: Currency, found: Currency },
    #[error("the currency cannot change from {from} once there are amounts in it")]
    CurrencyInUse { from: Currency },
    #[error("no {what} with id {id}")]
    NoSuch { what: &'static str, id: i64 },
    #[error("version {version} of quote {number} is locked and cannot be changed")]
    Locked { number: String, version: u32 },
    /// A rule of the schema refused the change: something unique exists already, or a record of the past was touched.
    #[error("the shop refused the change: {0}")]
    Refused(String),
    /// What stands in a column is not what this version writes there.
    #[error("the shop holds a {column} that cannot be read: {detail}")]
    Content { column: String, detail: String },
    /// What was to be copied or restored is damaged.
    #[error("the shop file is not sound: {0}")]
    Unsound(String),
    #[error("cancelled")]
    Cancelled,
    /// A query that SQLite did not accept: a defect of the program.
    #[error("a query failed: {0}")]
    Query(String),
}

impl From<Cancelled> for StoreError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// What SQLite reported, at any moment after opening.
pub(crate) fn sql(error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(failure, message) = &error else {
        return query(error.to_string());
    };
    let detail = message.clone().unwrap_or_else(|| failure.to_string());
    // SQLite's list of codes is open, so this match cannot name them all.
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::DiskFull,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(detail),
        ErrorCode::ReadOnly => StoreError::ReadOnly { path: PathBuf::from("the shop file") },
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreError::Io(detail),
        ErrorCode::ConstraintViolation => StoreError::Refused(detail),
        ErrorCode::TooBig => StoreError::TooLarge,
        _ => query(detail),
    }
}

/// SQLite has no code of its own for a table that is gone; our queries name none that a sound shop lacks.
fn query(detail: String) -> StoreError {
    if detail.starts_with("no such table") { StoreError::Damaged(detail) } else { StoreError::Query(detail) }
}

/// The same, where the path is known: a folder that cannot be written shows as a file that cannot be opened, and a full
/// disk, when SQLite makes the files beside the shop, as an input or output error.
pub(crate) fn sql_at(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
    |error| match (error.sqlite_error_code(), sql(error)) {
        (Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen), _) if no_room_beside(path) => StoreError::DiskFull,
        (Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied), _) | (_, StoreError::ReadOnly { .. }) => {
            StoreError::ReadOnly { path: path.to_owned() }
        }
        (_, other) => other,
    }
}

/// Whether the disk of `path` is certainly full: a small file beside it cannot be written for want of room.
fn no_room_beside(path: &Path) -> bool {
    let probe = beside(path, &format!(".room-{}", std::process::id()));
    let full = File::create_new(&probe).and_then(|mut file| fill(&mut file)).is_err_and(|error| is_full(&error));
    // It may not be there; what is left of it is empty, and in nobody's way.
    let _ = fs::remove_file(&probe);
    full
}

/// As much as SQLite takes at once for the index of its log, 32 KiB, and its log's first page.
fn fill(file: &mut File) -> std::io::Result<()> {
    file.write_all(&[0; 40 * 1_024])?;
    file.sync_all()
}

fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

/// What the file system reported.
pub(crate) fn io_at(path: &Path) -> impl Fn(std::io::Error) -> StoreError + '_ {
    |error| {
        let path = path.to_owned();
        // The list of kinds is open as well.
        match error.kind() {
            ErrorKind::NotFound => StoreError::Missing { path },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path },
            ErrorKind::IsADirectory => StoreError::Directory { path },
            ErrorKind::AlreadyExists => StoreError::Exists { path },
            _ if is_full(&error) => StoreError::DiskFull,
            _ => StoreError::Io(format!("{}: {error}", path.display())),
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn a_table_that_is_gone_is_damage_and_no_defect_of_the_program() {
        let connection = rusqlite::Connection::open_in_memory().expect("memory");
        let error = connection.prepare("SELECT 1 FROM outbox").map(|_| ()).map_err(sql);
        assert!(matches!(error, Err(StoreError::Damaged(_))), "{error:?}");
        let error = connection.prepare("SELECT outbox").map(|_| ()).map_err(sql);
        assert!(matches!(error, Err(StoreError::Query(_))), "{error:?}");
    }

    #[test]
    fn an_input_or_output_error_with_room_on_the_disk_stays_one_and_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let failure = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_IOERR_WRITE), None);
        let said = sql_at(&folder.path().join("Shop.signwright"))(failure);
        assert!(matches!(said, StoreError::Io(_)), "{said:?}");
        assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 0);
    }

    /// The system's own full device.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_known_by_what_a_write_says() {
        let mut full = File::options().write(true).open("/dev/full").expect("the device");
        assert!(is_full(&fill(&mut full).expect_err("no room")));
    }
}
