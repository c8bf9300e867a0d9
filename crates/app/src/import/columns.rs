//! The columns of a table that is in the shop already, changed: tried first, then read again.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::record::RecordKind;
use signwright_intake::{Mapping, table::fields_of};
use signwright_store::{documents, imports};
use ts_rs::TS;

use super::how::ImportHow;
use super::{FileOutcome, file};
use crate::tasks::{self, TaskStarted};
use crate::worker::Reader;
use crate::{Action, CallError};

/// Another mapping for an imported table.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MapImport {
    #[ts(type = "number")]
    pub id: i64,
    pub mapping: Mapping,
    /// Keep the mapping as a profile of this name.
    #[serde(default)]
    pub save_profile: Option<String>,
}

/// A kind whose fields are wanted.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct FieldsOf {
    pub kind: RecordKind,
}

pub fn list_fields(_: &Action, input: FieldsOf) -> Result<Vec<String>, CallError> {
    Ok(fields_of(input.kind).into_iter().map(str::to_owned).collect())
}

pub fn try_mapping(action: &Action, input: MapImport) -> Result<FileOutcome, CallError> {
    let (path, bytes) = kept(action, input.id)?;
    file::import_bytes(action, &reader(action), &Task::silent(), &path, bytes, &how(input, true), (0, 1))
}

pub fn apply_mapping(action: &Action, input: MapImport) -> Result<TaskStarted, CallError> {
    let (path, bytes) = kept(action, input.id)?;
    let title = format!("Importing {} again", path.display());
    let action = action.clone();
    let (app, now) = (action.app.clone(), action.now);
    Ok(tasks::start(&app, &title, now, move |task| {
        let outcome = file::import_bytes(&action, &reader(&action), task, &path, bytes, &how(input, false), (0, 1))?;
        let mut outcome = [outcome];
        super::compare(&action, task, &mut outcome)?;
        let [outcome] = outcome;
        action.forget_experience();
        action.changed("imports");
        action.changed("jobs");
        Ok(outcome)
    }))
}

fn how(input: MapImport, dry_run: bool) -> ImportHow {
    ImportHow { dry_run, mapping: Some(input.mapping), save_profile: input.save_profile, ..ImportHow::default() }
}

fn reader(action: &Action) -> Reader {
    Reader::new(&action.options().worker, None)
}

pub(super) fn kept(action: &Action, id: i64) -> Result<(PathBuf, Vec<u8>), CallError> {
    let db = action.shop().read();
    let missing = || CallError::not_found(format!("import with id {id}"));
    let import = imports::get(&db, id)?.ok_or_else(missing)?;
    let bytes = documents::bytes(&db, import.sha256.as_deref().ok_or_else(missing)?)?.ok_or_else(missing)?;
    Ok((Path::new(&import.file_name).to_owned(), bytes))
}
