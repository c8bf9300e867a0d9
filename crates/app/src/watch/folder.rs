//! What lies in a folder, and which of it has stopped growing.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use crate::files;

/// One file as the file system shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) size: u64,
    pub(super) modified: Timestamp,
}

/// Folders in folders deeper than this are left alone.
const DEPTH: u32 = 8;

/// Every file that can be imported, in its subfolders as well, by name. `besides` is a folder that is not looked into:
/// what the shop itself writes is not to come back.
pub(super) fn list(folder: &Path, besides: &Path) -> io::Result<Vec<Found>> {
    if is_within(folder, besides) {
        return Err(io::Error::other("it is where the shop writes its own files"));
    }
    // One that is not there needs no leaving out.
    let besides = besides.canonicalize().ok();
    let mut found = Vec::new();
    walk(folder, besides.as_deref(), DEPTH, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Whether a folder is another one or lies in it, however the two are written.
pub(super) fn is_within(folder: &Path, other: &Path) -> bool {
    matches!((folder.canonicalize(), other.canonicalize()), (Ok(folder), Ok(other)) if folder.starts_with(&other))
}

fn walk(folder: &Path, besides: Option<&Path>, depth: u32, found: &mut Vec<Found>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // What is gone or not to be looked at by now is none of this look.
        let Ok(about) = entry.metadata() else { continue };
        if is_hidden(&path) {
            continue;
        }
        if about.is_dir() {
            if depth > 0 && besides.is_none_or(|besides| path.canonicalize().ok().as_deref() != Some(besides)) {
                // A subfolder that cannot be read does not keep the others from coming in.
                let _ = walk(&path, besides, depth - 1, found);
            }
        } else if about.is_file() && files::importable(&path) {
            let modified = about.modified().ok().and_then(|at| Timestamp::try_from(at).ok()).unwrap_or_default();
            found.push(Found { path, size: about.len(), modified });
        }
    }
    Ok(())
}

/// Also what office programs put beside a file that is open.
fn is_hidden(path: &Path) -> bool {
    let name = files::name(path);
    name.starts_with('.') || name.starts_with("~$")
}

/// Files that are new and may still be growing.
#[derive(Debug, Default)]
pub(super) struct Settling {
    seen: HashMap<PathBuf, Seen>,
}

#[derive(Debug)]
struct Seen {
    size: u64,
    modified: Timestamp,
    since: Timestamp,
}

/// A file that nobody may open is waited for this long, because whoever writes it may hold it.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);

impl Settling {
    /// Those that have not changed for `still` and can be opened.
    pub(super) fn ready(&mut self, found: Vec<Found>, now: Timestamp, still: SignedDuration) -> Vec<Found> {
        self.seen.retain(|path, _| found.iter().any(|one| one.path == *path));
        let ready = |one: &Found| {
            let fresh = Seen { size: one.size, modified: one.modified, since: now };
            let seen = self.seen.entry(one.path.clone()).or_insert(fresh);
            if (seen.size, seen.modified) != (one.size, one.modified) {
                *seen = Seen { size: one.size, modified: one.modified, since: now };
            }
            let waited = now.duration_since(seen.since);
            one.size > 0 && waited >= still && (fs::File::open(&one.path).is_ok() || waited >= PATIENCE)
        };
        let ready: Vec<Found> = found.into_iter().filter(ready).collect();
        for one in &ready {
            self.seen.remove(&one.path);
        }
        ready
    }

    /// Whether some are waited for.
    pub(super) fn is_waiting(&self) -> bool {
        !self.seen.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_772_000_000 + seconds).expect("a time")
    }

    #[test]
    fn a_file_that_grows_is_waited_for_and_an_empty_one_is_no_file_yet() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("jobs.csv");
        fs::write(&path, "a").expect("write");
        let found = |size, second| vec![Found { path: path.clone(), size, modified: at(second) }];
        let mut settling = Settling::default();
        let mut check = |size, changed, now, expected: usize| {
            let ready = settling.ready(found(size, changed), at(now), SignedDuration::from_secs(3));
            assert_eq!(ready.len(), expected, "{size} bytes changed at {changed}, seen at {now}");
        };
        check(0, 0, 0, 0);
        check(0, 0, 9, 0);
        check(100, 10, 10, 0);
        check(200, 12, 12, 0);
        check(200, 14, 14, 0);
        check(200, 14, 16, 0);
        check(200, 14, 17, 1);
    }

    #[test]
    fn what_is_hidden_or_no_import_or_our_own_is_left_alone() {
        let folder = tempfile::tempdir().expect("folder");
        let own = folder.path().join("exports");
        for name in ["b.csv", "march/a.PDF", ".c.csv", "~$d.xlsx", "e.csv.part", "exports/f.csv"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
            fs::write(path, "x").expect("write");
        }
        let names: Vec<String> = list(folder.path(), &own)
            .expect("list")
            .into_iter()
            .map(|one| one.path.strip_prefix(folder.path()).expect("inside").display().to_string())
            .collect();
        assert_eq!(names, ["b.csv", "march/a.PDF"]);
        let roundabout = folder.path().join("march/../exports");
        assert_eq!(list(folder.path(), &roundabout).expect("list").len(), 2, "the same folder, written otherwise");
        list(&roundabout, &own).expect_err("the folder of our own files");
    }
}
