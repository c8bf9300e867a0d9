//! Files that commands write for the user.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use signwright_store::sha256;
use ts_rs::TS;

use crate::{Action, App, CallError, files};

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileWritten {
    /// By which a browser asks for it.
    pub id: String,
    pub path: String,
    #[ts(type = "number")]
    pub bytes: u64,
}

/// Where a file goes: the path given, else its name in the folder `exports` beside the shop.
pub(crate) fn target(action: &Action, path: Option<&str>, name: &str) -> PathBuf {
    match path.filter(|path| !path.trim().is_empty()) {
        Some(path) => PathBuf::from(path),
        None => action.shop_path().with_file_name("exports").join(name),
    }
}

pub(crate) fn written(action: &Action, path: &Path, bytes: &[u8]) -> Result<FileWritten, CallError> {
    files::write(path, bytes)?;
    described(action, path)
}

/// Remembers the file, so that a browser may fetch it by its id and nothing else.
pub(super) fn described(app: &App, path: &Path) -> Result<FileWritten, CallError> {
    let path = std::path::absolute(path).map_err(|cause| files::unreadable(path, cause))?;
    let bytes = std::fs::metadata(&path).map_err(|cause| files::unreadable(&path, cause))?.len();
    let id = sha256(path.as_os_str().as_encoded_bytes());
    app.remember_written(&id, &path);
    Ok(FileWritten { id, path: path.display().to_string(), bytes })
}
