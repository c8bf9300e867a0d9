//! Copies of a shop that are checked before they count, the way back, and the check itself.
//!
//! A copy is made by SQLite's backup interface, so it is whole while others write. It is written beside its target under
//! another name, checked like [`verify`] checks, and put in place by a rename: what stands at the target is always a
//! whole file.

mod restore;
mod verify;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use signwright_domain::Task;

use crate::error::{io_at, sql, sql_at};
use crate::shop::{absolute, beside};
use crate::{Shop, StoreError};

pub use restore::{Restored, restore};
pub use verify::{Verification, WrongHash, verify};

/// What happens to a file that stands where the backup goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Refuse,
    Replace,
}

/// About 4 MB between two looks at the stop flag.
const PAGES: i32 = 1_000;

/// Copies the open shop to `to` as one file and checks the copy, every document in it included. A copy of a damaged
/// shop is refused ([`StoreError::Unsound`]) and nothing is left at `to`.
pub fn backup(task: &Task, shop: &Shop, to: &Path, existing: Existing) -> Result<(), StoreError> {
    let to = absolute(to)?;
    refuse(&to, existing)?;
    if shop.path().is_some_and(|open| same_file(open, &to)) {
        return Err(StoreError::InUse { path: to });
    }
    let part = Part::beside(&to)?;
    part.fill(task, shop.read().connection()?)?.require_sound()?;
    part.take_place_of(&to)
}

/// The same for a connection, in the middle of opening a shop. Only the structure counts here: a damaged document must
/// not keep a shop from being opened.
pub(crate) fn copy_verified(from: &Connection, to: &Path) -> Result<(), StoreError> {
    refuse(to, Existing::Refuse)?;
    let part = Part::beside(to)?;
    part.fill(&Task::silent(), from)?.require_structure()?;
    part.take_place_of(to)
}

fn refuse(to: &Path, existing: Existing) -> Result<(), StoreError> {
    if to.is_dir() {
        return Err(StoreError::Directory { path: to.to_owned() });
    }
    match existing {
        Existing::Refuse if to.exists() => Err(StoreError::Exists { path: to.to_owned() }),
        Existing::Refuse | Existing::Replace => Ok(()),
    }
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// A file in the making; gone when dropped before it took its place.
#[derive(Debug)]
struct Part(PathBuf);

impl Part {
    fn beside(to: &Path) -> Result<Self, StoreError> {
        let folder = to.parent().filter(|folder| folder.is_dir());
        if folder.is_none() {
            return Err(StoreError::NoFolder { path: to.parent().unwrap_or(to).to_owned() });
        }
        let part = Self(beside(to, &format!(".part-{}", std::process::id())));
        part.remove();
        Ok(part)
    }

    /// Copies page by page out of one snapshot, then says what a check of the copy found.
    fn fill(&self, task: &Task, from: &Connection) -> Result<Verification, StoreError> {
        let failed = sql_at(&self.0);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut copy = Connection::open_with_flags(&self.0, flags).map_err(&failed)?;
        // Holding one reading transaction keeps a writer elsewhere from making the copy start again.
        let snapshot = from.unchecked_transaction().map_err(sql)?;
        snapshot.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(sql)?;
        step_through(task, &snapshot, &mut copy)?;
        drop(snapshot);
        // The copy is one file that needs nothing beside it.
        copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(())).map_err(&failed)?;
        copy.close().map_err(|(_, error)| sql(error))?;
        self.check(task)
    }

    /// Opened once more, so that the file is checked and not what was just in memory.
    fn check(&self, task: &Task) -> Result<Verification, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let written = Connection::open_with_flags(&self.0, flags).map_err(sql_at(&self.0))?;
        verify::check(task, &written, &self.0)
    }

    fn take_place_of(self, to: &Path) -> Result<(), StoreError> {
        File::options().write(true).open(&self.0).and_then(|file| file.sync_all()).map_err(io_at(&self.0))?;
        fs::rename(&self.0, to).map_err(io_at(to))?;
        sync_folder(to);
        Ok(())
    }

    fn remove(&self) {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            // It is usually not there, and what cannot be removed is reported when the copy is opened.
            let _ = fs::remove_file(beside(&self.0, suffix));
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.remove();
    }
}

fn step_through(task: &Task, from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    let copying = Backup::new(from, to).map_err(sql)?;
    loop {
        let state = copying.step(PAGES).map_err(sql)?;
        let progress = copying.progress();
        let (total, left) = (i64::from(progress.pagecount), i64::from(progress.remaining));
        task.step((total - left).unsigned_abs(), total.unsigned_abs(), "copying the shop file")?;
        match state {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked => return Err(StoreError::Busy),
            // The list of results is open; `More` is the only other one today.
            _ => {}
        }
    }
}

/// Makes the rename itself survive a power cut, where the system can be asked to (Windows does it unasked).
pub(crate) fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        // Some file systems cannot; the rename stands all the same.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
