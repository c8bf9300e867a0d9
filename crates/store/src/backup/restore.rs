//! Puts a backup in the place of a shop. The backup is copied and checked first; what it replaces stays beside it.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use signwright_domain::Task;

use super::verify::{Verification, open_to_look};
use super::{Part, same_file};
use crate::StoreError;
use crate::error::{io_at, sql};
use crate::shop::{absolute, beside};

/// A shop that was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the file that was replaced is now; `None` where there was none.
    pub kept: Option<PathBuf>,
    pub verification: Verification,
}

/// Puts a copy of the shop file `from` at `to`. An unsound file is refused ([`StoreError::Unsound`]), and so is a
/// target that another program has open ([`StoreError::InUse`]). `now` names the kept file.
pub fn restore(task: &Task, from: &Path, to: &Path, now: Timestamp) -> Result<Restored, StoreError> {
    let (from, to) = (absolute(from)?, absolute(to)?);
    if same_file(&from, &to) {
        return Err(StoreError::InUse { path: to });
    }
    if to.is_dir() {
        return Err(StoreError::Directory { path: to });
    }
    let part = Part::beside(&to)?;
    let verification = part.fill(task, &open_to_look(&from)?.connection)?;
    verification.require_sound()?;
    let kept = if to.exists() { Some(set_aside(&to, now)?) } else { None };
    part.take_place_of(&to)?;
    Ok(Restored { kept, verification })
}

/// Copies what stands at `to` beside it, with a log that is still waiting, and takes the log away, so that it cannot be
/// applied to the file that comes.
fn set_aside(to: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    settle(to)?;
    let kept = free_name(to, now);
    fs::copy(to, &kept).map_err(io_at(&kept))?;
    for suffix in ["-wal", "-journal"] {
        let log = beside(to, suffix);
        if log.exists() {
            fs::copy(&log, beside(&kept, suffix)).map_err(io_at(&kept))?;
            fs::remove_file(&log).map_err(io_at(&log))?;
        }
    }
    if beside(to, "-shm").exists() {
        fs::remove_file(beside(to, "-shm")).map_err(io_at(to))?;
    }
    Ok(kept)
}

/// `Shop.signwright` -> `Shop.replaced-20261121T013359.signwright`, with `-2` and on when that is taken.
fn free_name(to: &Path, now: Timestamp) -> PathBuf {
    let stem = to.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}.replaced-{}", now.strftime("%Y%m%dT%H%M%S"));
    let mut kept = to.with_file_name(format!("{name}.signwright"));
    let mut number = 2_u64;
    while kept.exists() {
        kept = to.with_file_name(format!("{name}-{number}.signwright"));
        number += 1;
    }
    kept
}

/// Brings the file to one piece. Leaving write-ahead-log mode needs the file for oneself, so it also says whether
/// another program has it open. A file too damaged for this is set aside as it is.
fn settle(to: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let settled = Connection::open_with_flags(to, flags).and_then(|connection| {
        connection.pragma_update_and_check(None, "journal_mode", "delete", |row| row.get::<_, String>(0))
    });
    match settled.map_err(sql) {
        Ok(mode) if mode == "wal" => Err(StoreError::InUse { path: to.to_owned() }),
        Err(StoreError::Busy) => Err(StoreError::InUse { path: to.to_owned() }),
        Ok(_) | Err(_) => Ok(()),
    }
}
