//! Which shop files this process has open.
//!
//! On Unix a file lock belongs to the process, and closing any handle on the file lets go of all of them: looking at the
//! header of a file that SQLite has open here would take its locks away
//! (<https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>). So a
//! file is looked at only while nothing here has it open, and one look at a time.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::header::{Found, inspect};
use crate::StoreError;

static OPEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Stands for one opening of a file; drop it after the connections.
#[derive(Debug)]
pub(crate) struct Opened(PathBuf);

/// Says what stands at `path` and opens it accordingly.
pub(crate) fn look_and_open<T>(
    path: &Path,
    open: impl FnOnce(Found) -> Result<T, StoreError>,
) -> Result<(T, Opened), StoreError> {
    let mut files = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let name = one_name(path);
    // What is open here was found to be a shop when it was opened, and is in write-ahead-log mode since.
    let found = if files.contains(&name) { Found::Shop { wal: true } } else { inspect(path)? };
    let opened = open(found)?;
    files.push(name.clone());
    Ok((opened, Opened(name)))
}

impl Drop for Opened {
    fn drop(&mut self) {
        let mut files = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = files.iter().position(|open| *open == self.0) {
            files.swap_remove(at);
        }
    }
}

/// One name for a file however it was addressed; of a file that is not there yet, by its folder.
fn one_name(path: &Path) -> PathBuf {
    let by_folder = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(by_folder).unwrap_or_else(|| path.to_owned())
}
