//! What Node does here: packages of the UI and of the end-to-end tests, and the build of the UI.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::clone::Clone;
use crate::command::Command;
use crate::hash::{files_under, of_files};

/// Vite's own limit.
const OLDEST: (u32, u32) = (20, 19);

/// In `node_modules`: of which lock file it is.
const INSTALLED: &str = ".installed-from";

/// In `dist`: of which sources it is. A new build empties the folder, so it can never stay behind.
const BUILT: &str = ".built-from";

pub(crate) fn npm<'a>(arguments: impl IntoIterator<Item = &'a str>, folder: &Path) -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments).inside(folder)
}

/// Node is there and new enough.
pub(crate) fn checked() -> Result<(), String> {
    let wanted = format!("Node {}.{} or newer is needed", OLDEST.0, OLDEST.1);
    let Some(version) = Command::new("node", ["--version"]).answer() else {
        return Err(format!("{wanted}, and none is on the PATH: install it from nodejs.org or with a version manager"));
    };
    if !new_enough(&version) {
        return Err(format!(
            "{wanted}, this is {version}: install a newer one from nodejs.org or with a version manager"
        ));
    }
    if npm(["--version"], Path::new(".")).answer().is_none() {
        return Err("npm is needed, which usually comes with Node, and is not on the PATH".to_owned());
    }
    Ok(())
}

fn new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    matches!((numbers.next(), numbers.next()), (Some(major), Some(minor)) if (major, minor) >= OLDEST)
}

/// `npm ci`, unless the lock file is the one that was installed last.
pub(crate) fn installed(folder: &Path) -> Result<(), String> {
    let lock = folder.join("package-lock.json");
    let wanted = of_files(folder, std::slice::from_ref(&lock)).map_err(|e| format!("{}: {e}", lock.display()))?;
    let stamp = folder.join("node_modules").join(INSTALLED);
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    println!("in {}:", folder.display());
    npm(["ci", "--no-audit", "--no-fund"], folder).run()?;
    fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Installs what the UI needs and builds it, if its sources have changed since.
pub(crate) fn built_ui(clone: &Clone) -> Result<(), String> {
    checked()?;
    let ui = clone.root.join("ui");
    installed(&ui)?;
    let stamp = ui.join("dist").join(BUILT);
    let wanted = sources(&ui).and_then(|files| of_files(&ui, &files)).map_err(|e| format!("{}: {e}", ui.display()))?;
    if ui.join("dist").join("index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        println!("the user interface is built");
        return Ok(());
    }
    npm(["run", "build"], &ui).run()?;
    fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

fn sources(ui: &Path) -> io::Result<Vec<PathBuf>> {
    files_under(ui, &["node_modules", "dist", "coverage"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_must_be_as_new_as_the_build_of_the_ui_needs() {
        for (version, enough) in [
            ("v20.19.0", true),
            ("v20.20.2", true),
            ("v24.1.0", true),
            ("v20.18.9", false),
            ("v18.20.4", false),
            ("", false),
        ] {
            assert_eq!(new_enough(version), enough, "{version}");
        }
    }
}
