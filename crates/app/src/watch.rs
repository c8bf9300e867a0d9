//! The watched folder: what is put there comes in by itself, once it has stopped growing.
//!
//! Every process with the shop open may look; one does, the one that has the lease. It looks at intervals instead of
//! waiting for the system to tell, because folders on a network do not tell. A file is known by its path, size and time
//! of change, also after a restart; the same bytes under another name are seen by the import itself. A file of which
//! nothing came in is shown and not tried again until it changes or somebody asks.

mod folder;
mod look;
mod running;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signwright_store::{Db, leases, settings, watched};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::{Action, CallError, audit};

pub use look::{Look, Watcher};
pub use running::start;
pub use signwright_store::watched::WatchedFile;

/// Which folder, and whether it is watched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SetWatch {
    pub folder: Option<String>,
    pub on: bool,
}

/// The watched folder as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Watch {
    pub folder: Option<String>,
    pub on: bool,
    /// A process is looking at it now, this one or another.
    pub watching: bool,
    /// Why nothing comes in, such as a folder that is gone.
    pub problem: Option<String>,
    #[ts(type = "number")]
    pub taken: u64,
    /// Files of which nothing came in.
    #[ts(type = "number")]
    pub failed: u64,
    /// The newest, with what became of each.
    pub files: Vec<WatchedFile>,
}

/// A file to be taken again; without a path every file of which nothing came in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RetryWatched {
    pub path: Option<String>,
}

const SETTING: &str = "watch";
const PROBLEM: &str = "watch_problem";
const LEASE: &str = "watched folder";
const SHOWN_FILES: u32 = 50;

pub fn show_watch(action: &Action, _: Nothing) -> Result<Watch, CallError> {
    let db = action.shop().read();
    let set = set_now(&db)?;
    let (taken, failed) = watched::counts(&db)?;
    Ok(Watch {
        watching: set.on && leases::is_held(&db, LEASE, action.now)?,
        problem: settings::get(&db, PROBLEM)?,
        folder: set.folder,
        on: set.on,
        taken,
        failed,
        files: watched::list(&db, SHOWN_FILES)?,
    })
}

pub fn set_watch(action: &Action, input: SetWatch) -> Result<Watch, CallError> {
    let folder = input.folder.filter(|folder| !folder.trim().is_empty());
    let folder = folder.map(|folder| checked(Path::new(folder.trim()), input.on, &exports(action))).transpose()?;
    if input.on && folder.is_none() {
        return Err(CallError::invalid("no folder was named").hint("Name the folder that is to be watched."));
    }
    let set = SetWatch { folder: folder.map(|folder| folder.display().to_string()), on: input.on };
    action.shop().write(|db| -> Result<(), CallError> {
        let before = set_now(db)?;
        settings::set(db, SETTING, &set)?;
        settings::remove(db, PROBLEM)?;
        audit::record(db, action, "watched folder", Some(before), &set)
    })?;
    action.changed("watch");
    show_watch(action, Nothing {})
}

pub fn retry_watched(action: &Action, input: RetryWatched) -> Result<Watch, CallError> {
    action.shop().write(|db| watched::forget_failed(db, input.path.as_deref()))?;
    action.changed("watch");
    show_watch(action, Nothing {})
}

/// Every file taken at or after a moment, newest first.
pub fn taken_since(action: &Action, since: Timestamp) -> Result<Vec<WatchedFile>, CallError> {
    Ok(watched::list_since(&action.shop().read(), since)?)
}

fn set_now(db: &Db<'_>) -> Result<SetWatch, CallError> {
    Ok(settings::get(db, SETTING)?.unwrap_or_default())
}

/// A folder that is switched off need not be there.
fn checked(folder: &Path, on: bool, exports: &Path) -> Result<PathBuf, CallError> {
    if on && !folder.is_dir() {
        return Err(CallError::invalid(format!("there is no folder {}", folder.display()))
            .hint("Make it, or connect the drive that it lies on."));
    }
    if on && folder::is_within(folder, exports) {
        return Err(CallError::invalid(format!("{} is where the shop writes its own files", folder.display()))
            .hint("What it writes is not to come back. Name another folder."));
    }
    std::path::absolute(folder).map_err(|cause| crate::files::unreadable(folder, cause))
}

/// Where the shop writes files itself.
fn exports(action: &Action) -> PathBuf {
    action.shop_path().with_file_name("exports")
}

/// Says why nothing comes in, or that nothing stands in the way any more.
fn set_problem(action: &Action, problem: Option<&str>) -> Result<(), CallError> {
    let before: Option<String> = settings::get(&action.shop().read(), PROBLEM)?;
    if before.as_deref() == problem {
        return Ok(());
    }
    action.shop().write(|db| match problem {
        Some(problem) => settings::set(db, PROBLEM, &problem),
        None => settings::remove(db, PROBLEM).map(|_| ()),
    })?;
    action.changed("watch");
    Ok(())
}
