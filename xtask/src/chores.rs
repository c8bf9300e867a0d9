//! Chores of one command each.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::clone::Clone;
use crate::command::Command;
use crate::hash::files_under;

const CLIENT: &str = "ui/src/generated";

/// Writes the TypeScript client from the command list.
pub(crate) fn generate(clone: &Clone) -> Result<(), String> {
    write_client(clone, &clone.root.join(CLIENT))
}

/// Writes the files of the sample shop from their seed.
pub(crate) fn samples(clone: &Clone) -> Result<(), String> {
    let program = built(clone, &["--bin", "signwright-samples"], "signwright-samples")?;
    Command::new(program, [clone.root.join("sample-data")]).run()
}

/// Makes the starter model from generated jobs, both from their seeds.
pub(crate) fn starter(clone: &Clone) -> Result<(), String> {
    let generator = built(clone, &["--bin", "signwright-samples", "--example", "starter"], "signwright-samples")?;
    let folder = clone.target.join("starter");
    Command::new(generator, [OsStr::new("--starter"), folder.as_os_str()]).run()?;
    let maker = place(clone, "examples/starter");
    Command::new(maker, [folder.join("starter-jobs.json"), clone.root.join("models")]).run()
}

/// The committed client is the one that the command list gives now.
pub(crate) fn client_is_fresh(clone: &Clone) -> Result<(), String> {
    let fresh = clone.target.join("client");
    // Nothing to remove on the first run; what cannot be removed shows as a difference.
    let _ = fs::remove_dir_all(&fresh);
    write_client(clone, &fresh)?;
    let (fresh, committed) = (contents(&fresh)?, contents(&clone.root.join(CLIENT))?);
    let names = fresh.keys().chain(committed.keys());
    let mut stale: Vec<&str> = names.filter(|n| fresh.get(*n) != committed.get(*n)).map(String::as_str).collect();
    stale.sort_unstable();
    stale.dedup();
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("{CLIENT} is not what the command list gives ({}): run `cargo xtask generate`", stale.join(", ")))
}

fn write_client(clone: &Clone, folder: &Path) -> Result<(), String> {
    let program = built(clone, &["--example", "client"], "examples/client")?;
    Command::new(program, [folder]).run()
}

/// Built as the tests build it: asked for a single package, cargo would choose other features and build anew.
fn built(clone: &Clone, what: &[&str], place: &str) -> Result<PathBuf, String> {
    clone.claim_target()?;
    clone.cargo(["build", "--workspace"].into_iter().chain(what.iter().copied())).run()?;
    Ok(self::place(clone, place))
}

fn place(clone: &Clone, program: &str) -> PathBuf {
    clone.target.join("debug").join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
}

/// By name below the folder. Line ends may differ: a checkout on Windows has its own.
fn contents(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let read = || -> std::io::Result<BTreeMap<String, String>> {
        let mut contents = BTreeMap::new();
        for file in files_under(folder, &[])? {
            let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            contents.insert(name, fs::read_to_string(&file)?.replace("\r\n", "\n"));
        }
        Ok(contents)
    };
    read().map_err(|error| format!("{}: {error}", folder.display()))
}
