//! A locked document that is kept already, read with its password. The password is tried and kept nowhere.

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_store::imports::{self, ImportState};
use ts_rs::TS;

use super::columns::kept;
use super::how::ImportHow;
use super::{FileOutcome, file};
use crate::worker::{Password, Reader};
use crate::{Action, CallError, files};

/// A locked import and the password of its document.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct UnlockImport {
    #[ts(type = "number")]
    pub id: i64,
    #[ts(as = "String")]
    pub password: Password,
}

pub fn unlock_import(action: &Action, input: UnlockImport) -> Result<FileOutcome, CallError> {
    let (path, bytes) = kept(action, input.id)?;
    let reader = Reader::new(&action.options().worker, Some(input.password));
    let how = ImportHow::default();
    let outcome = file::import_bytes(action, &reader, &Task::silent(), &path, bytes, &how, (0, 1))?;
    if outcome.import_id.is_none() && is_locked(action, &outcome)? {
        return Err(CallError::invalid(format!("that is not the password of {}", files::name(&path)))
            .hint("Nothing was changed. Mind capital letters, and try again."));
    }
    // It was opened before: that reading stands.
    if outcome.import_id.is_none() {
        return Ok(outcome);
    }
    action.forget_experience();
    for what in ["imports", "reviews", "jobs"] {
        action.changed(what);
    }
    Ok(outcome)
}

/// Whether nobody has read the document yet.
fn is_locked(action: &Action, outcome: &FileOutcome) -> Result<bool, CallError> {
    let Some(before) = outcome.before else { return Ok(true) };
    let import = imports::get(&action.shop().read(), before)?;
    Ok(import.is_none_or(|import| import.state == ImportState::NeedsPassword))
}
