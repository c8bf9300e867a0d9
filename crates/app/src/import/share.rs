//! How a source's tables are read, as a file for another machine: the mapping in TOML, as people write it.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::how::{self, SaveTableProfile, TableProfile, read_mapping, save_table_profile};
use crate::shop::{FileWritten, target, written};
use crate::{Action, CallError};

/// Which profile goes where; without a path into the exports folder beside the shop.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportTableProfile {
    pub name: String,
    #[serde(default)]
    pub path: Option<String>,
}

/// A profile's file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportTableProfile {
    pub path: String,
}

pub fn export_table_profile(action: &Action, input: ExportTableProfile) -> Result<FileWritten, CallError> {
    let mapping = how::profile(&action.shop().read(), &input.name)?;
    let text = mapping.to_toml().map_err(CallError::invalid)?;
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let name = format!("{}.mapping.toml", input.name.trim().chars().map(plain).collect::<String>());
    written(action, &target(action, input.path.as_deref(), &name), text.as_bytes())
}

/// A profile of the same name is replaced; what it was stays in the event log.
pub fn import_table_profile(action: &Action, input: ImportTableProfile) -> Result<TableProfile, CallError> {
    let path = Path::new(&input.path);
    let mapping = read_mapping(path)?;
    let stem = || path.file_name().and_then(|name| name.to_str()?.split('.').next().map(str::to_owned));
    let name = mapping.name.clone().or_else(stem).unwrap_or_default();
    save_table_profile(action, SaveTableProfile { name, mapping })
}
