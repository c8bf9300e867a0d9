//! Where this clone lies and where its builds go.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::Command;
use crate::hash::files_under;

/// The file in the target directory that says which clone was built there last.
const LAST_BUILT: &str = "signwright-clone.txt";

/// This clone and its target directory.
#[derive(Debug)]
pub(crate) struct Clone {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

impl Clone {
    /// The clone that cargo was called in.
    pub(crate) fn here() -> Self {
        let built_in = || PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(built_in, PathBuf::from);
        let root = xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf);
        let target = target(|name| std::env::var_os(name).filter(|value| !value.is_empty()), &root);
        Self { root, target }
    }

    /// The program that `cargo build` makes.
    pub(crate) fn program(&self) -> PathBuf {
        self.target.join("debug").join(format!("signwright{}", std::env::consts::EXE_SUFFIX))
    }

    /// Cargo as it was called, without what it told this program about itself: build scripts would run again for it.
    pub(crate) fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo, arguments).inside(&self.root).with("CARGO_TARGET_DIR", &self.target);
        for (name, _) in std::env::vars_os() {
            let told = name.to_string_lossy();
            if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") || told == "CARGO_BIN_NAME" {
                command = command.without(&name);
            }
        }
        command
    }

    /// Where several clones share one target directory, cargo compares only times: a clone that is older than the last
    /// build of another one would be taken for built. Its sources are marked as new then.
    pub(crate) fn claim_target(&self) -> Result<(), String> {
        let claim = || -> io::Result<()> {
            fs::create_dir_all(&self.target)?;
            let note = self.target.join(LAST_BUILT);
            let own = self.root.to_string_lossy();
            match fs::read_to_string(&note) {
                Ok(last) if last == own => return Ok(()),
                Ok(_) => self.mark_sources_as_new()?,
                Err(_) => {}
            }
            fs::write(note, own.as_bytes())
        };
        claim().map_err(|error| format!("{} cannot be used for builds: {error}", self.target.display()))
    }

    fn mark_sources_as_new(&self) -> io::Result<()> {
        let now = SystemTime::now();
        for folder in ["crates", "src-tauri", "tests", "migrations", "models", "ui/dist"] {
            for file in files_under(&self.root.join(folder), &["node_modules", "gen"])? {
                File::options().append(true).open(file)?.set_modified(now)?;
            }
        }
        Ok(())
    }
}

fn target(variable: impl Fn(&str) -> Option<OsString>, root: &Path) -> PathBuf {
    if let Some(given) = variable("CARGO_TARGET_DIR") {
        return root.join(given);
    }
    let home = |below: &[&str]| variable("HOME").map(|home| below.iter().fold(PathBuf::from(home), |p, b| p.join(b)));
    let cache = if cfg!(windows) {
        variable("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home(&["Library", "Caches"])
    } else {
        variable("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| home(&[".cache"]))
    };
    cache.map_or_else(|| root.join("target"), |cache| cache.join("signwright").join("target"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_target_directory_wins_and_may_be_relative_to_the_clone() {
        let root = Path::new("clone");
        let given = |value: &'static str| target(move |name| (name == "CARGO_TARGET_DIR").then(|| value.into()), root);
        assert_eq!(given("built"), root.join("built"));
        let absolute = if cfg!(windows) { "C:\\built" } else { "/built" };
        assert_eq!(given(absolute), PathBuf::from(absolute));
    }

    #[test]
    fn without_a_home_builds_stay_in_the_clone() {
        assert_eq!(target(|_| None, Path::new("clone")), Path::new("clone").join("target"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn clones_share_a_folder_of_the_users_cache() {
        let home = |name: &str| (name == "HOME").then(|| "/home/ada".into());
        assert_eq!(target(home, Path::new("clone")), Path::new("/home/ada/.cache/signwright/target"));
    }
}
