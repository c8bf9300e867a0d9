//! Python packages that are measured or tested against, in virtual environments in the target directory.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::command::{Command, on_path};

const HOUR: Duration = Duration::from_secs(3600);

/// What Python is called here.
const SYSTEM: &str = if cfg!(windows) { "python" } else { "python3" };

pub(crate) fn is_here() -> bool {
    on_path(SYSTEM)
}

/// The Python of a virtual environment in this folder that has these packages.
pub(crate) fn environment(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.is_file() {
        Command::new(SYSTEM, ["-m".into(), "venv".into(), folder.as_os_str().to_owned()]).run()?;
    }
    if packages.is_empty() {
        return Ok(python);
    }
    let words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    Command::new(&python, words.into_iter().chain(packages.iter().copied())).limit(HOUR).run()?;
    Ok(python)
}
