//! Running `signwright` as a user would.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The repository.
pub(crate) fn clone() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the tests lie in the repository")
}

pub(crate) fn samples() -> PathBuf {
    clone().join("sample-data")
}

/// The executable: `SIGNWRIGHT_BIN`, else the one beside these tests.
pub(crate) fn executable() -> PathBuf {
    let beside = || {
        let here = std::env::current_exe().expect("a test knows its own file");
        let name = format!("signwright{}", std::env::consts::EXE_SUFFIX);
        here.ancestors().nth(2).map(|dir| dir.join(name)).expect("tests lie in a folder below the build's")
    };
    let path = std::env::var_os("SIGNWRIGHT_BIN").map_or_else(beside, PathBuf::from);
    assert!(path.is_file(), "{} is not there: cargo build -p signwright-cli", path.display());
    path
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(executable());
    command.args(arguments).env("SIGNWRIGHT_USER", "tester");
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program starts")
}

/// What a successful run prints with `--json`.
pub(crate) fn json(arguments: &[&str]) -> Value {
    let mut all = vec!["--json"];
    all.extend(arguments);
    let output = run(&all);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?} failed: {errors}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?} printed no JSON: {error}"))
}

/// The error of a run that must fail with exit code 1.
pub(crate) fn refused(arguments: &[&str]) -> Value {
    let mut all = vec!["--json"];
    all.extend(arguments);
    let output = run(&all);
    assert_eq!(output.status.code(), Some(1), "{arguments:?} must fail");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_str(&errors)
        .unwrap_or_else(|error| panic!("{arguments:?} gave no error object: {error}: {errors}"))
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("test paths are UTF-8")
}
