//! A kept file itself, byte for byte: shown beside what was read in it, or written for the user.
//!
//! Bytes are no JSON, so [`bytes`] is not in the list of commands; window and server have one way each that asks for it.

use serde::{Deserialize, Serialize};
use signwright_store::documents::{self, Document};
use ts_rs::TS;

use crate::shop::{FileWritten, target, written};
use crate::{Action, App, CallError};

/// Which document goes where; without a path into the exports folder beside the shop.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveDocument {
    pub sha256: String,
    #[serde(default)]
    pub path: Option<String>,
}

/// A kept file with its name and kind.
pub fn bytes(app: &App, sha256: &str) -> Result<(Document, Vec<u8>), CallError> {
    let missing = || CallError::not_found(format!("document with SHA-256 {sha256}"));
    let db = app.shop().read();
    let info = documents::info(&db, sha256)?.ok_or_else(missing)?;
    let bytes = documents::bytes(&db, sha256)?.ok_or_else(missing)?;
    Ok((info, bytes))
}

pub fn save_document(action: &Action, input: SaveDocument) -> Result<FileWritten, CallError> {
    let (info, bytes) = bytes(action, &input.sha256)?;
    // The name came with the file, perhaps from another system: only its last part is ours to use.
    let name = info.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    written(action, &target(action, input.path.as_deref(), &name), &bytes)
}
