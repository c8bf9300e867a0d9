//! Where things are on this machine.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use signwright_app::{CallError, Code, SecretsIn};

/// The shop named, else the one in the user's data folder, whose folder is made.
pub(super) fn shop(named: Option<PathBuf>) -> Result<PathBuf, CallError> {
    match named {
        Some(path) => Ok(path),
        None => in_data_folder("shop.signwright"),
    }
}

/// A shop that must be there: looking at one never makes one.
pub(super) fn existing(shop: PathBuf) -> Result<PathBuf, CallError> {
    if shop.exists() {
        return Ok(shop);
    }
    Err(CallError::new(Code::ShopFile, format!("there is no shop file at {}", shop.display()))
        .hint("Check the name, or make a shop by importing into it: signwright import FILE."))
}

/// The sample shop: never the user's own file.
pub(super) fn sample_shop() -> Result<PathBuf, CallError> {
    in_data_folder("sample/sample.signwright")
}

/// Where secrets are kept: the keychain of the system, or an encrypted file in the folder that SIGNWRIGHT_SECRETS names.
pub(super) fn secrets() -> SecretsIn {
    match std::env::var_os("SIGNWRIGHT_SECRETS").filter(|named| !named.is_empty()) {
        Some(named) => SecretsIn::Folder(named.into()),
        None => SecretsIn::Keychain(dirs().map(|dirs| dirs.data_dir().join("secrets"))),
    }
}

fn dirs() -> Option<ProjectDirs> {
    ProjectDirs::from("app", "Signwright", "signwright")
}

fn in_data_folder(name: &str) -> Result<PathBuf, CallError> {
    let dirs = dirs().ok_or_else(|| {
        CallError::new(Code::ShopFile, "this system names no folder for user data").hint("Name the shop: --shop FILE.")
    })?;
    let path = dirs.data_dir().join(name);
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(|cause| {
            CallError::new(Code::ShopFile, format!("cannot make the folder {}: {cause}", dir.display()))
        })?;
    }
    Ok(path)
}

/// The sample files: those named, else `sample-data` here, beside the program, or above it.
pub(super) fn sample_data(named: Option<&Path>) -> Result<PathBuf, CallError> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let program = std::env::current_exe().unwrap_or_default();
    let above = program.ancestors().skip(1).map(Path::to_owned);
    let shared = program.ancestors().nth(2).map(|prefix| prefix.join("share/signwright"));
    // The clone this was built from, for a build directory that lies elsewhere.
    let clone = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut places = std::env::current_dir().into_iter().chain(above).chain(shared).chain([clone]);
    places
        .find_map(|place| Some(place.join("sample-data")).filter(|dir| dir.join("answer-key.json").is_file()))
        .ok_or_else(|| {
            CallError::new(Code::UnreadableFile, "the sample files were not found")
                .hint("Name their folder: --sample-data DIR.")
        })
}

/// Who is written into the event log.
pub(super) fn user() -> String {
    ["SIGNWRIGHT_USER", "USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.trim().is_empty()))
        // Services and containers often set none of them; the system itself knows.
        .or_else(|| whoami::username().ok().filter(|user| !user.trim().is_empty()))
        .or_else(number)
        .unwrap_or_else(|| "unknown".to_owned())
}

/// A user without a name, as containers run them.
#[cfg(unix)]
fn number() -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").ok().map(|process| format!("uid {}", process.uid()))
}

#[cfg(not(unix))]
fn number() -> Option<String> {
    None
}
