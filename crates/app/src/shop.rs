//! The shop as a whole: what needs attention, settings, backup, the event log, and files written for the user.

mod files;
mod summary;

use std::path::Path;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_store::backup::{self, Existing};
use signwright_store::{events, settings};
use ts_rs::TS;

use crate::commands::Nothing;
use crate::quotes::sensible_markup;
use crate::{Action, CallError, audit};

pub use files::FileWritten;
pub(crate) use files::{target, written};
pub use signwright_store::ShopSettings;
pub use signwright_store::backup::Verification;
pub use signwright_store::events::{Event, EventQuery};
pub use summary::{Attention, KeyFigure, ShopSummary, shop_summary};

/// Where a backup goes; the file must not exist.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WriteBackup {
    #[serde(default)]
    pub path: Option<String>,
}

pub fn shop_settings(action: &Action, _: Nothing) -> Result<ShopSettings, CallError> {
    Ok(settings::shop(&action.shop().read())?)
}

pub fn save_settings(action: &Action, input: ShopSettings) -> Result<ShopSettings, CallError> {
    if input.name.trim().is_empty() {
        return Err(CallError::invalid("the shop needs a name"));
    }
    if input.tax_rate < Decimal::ZERO || input.tax_rate >= Decimal::ONE {
        return Err(CallError::invalid(format!("a tax rate of {} is not between 0 and 1", input.tax_rate))
            .hint("Write a fraction: 0.07 for 7 %."));
    }
    sensible_markup(input.default_markup)?;
    if !(1..=12).contains(&input.fiscal_year_starts) {
        return Err(CallError::invalid(format!("a year cannot begin in month {}", input.fiscal_year_starts))
            .hint("Write 1 for January up to 12 for December."));
    }
    action.shop().write(|db| {
        let before = settings::shop(db)?;
        settings::set_shop(db, &input)?;
        audit::record(db, action, "settings", Some(before), &input)
    })?;
    action.changed("settings");
    Ok(input)
}

pub fn list_events(action: &Action, query: EventQuery) -> Result<Vec<Event>, CallError> {
    Ok(events::list(&action.shop().read(), &query)?)
}

pub fn verify_shop(action: &Action, _: Nothing) -> Result<Verification, CallError> {
    Ok(backup::verify(&Task::silent(), action.shop_path())?)
}

/// Checks a shop file without opening it for work.
pub fn verify_file(task: &Task, path: &Path) -> Result<Verification, CallError> {
    Ok(backup::verify(task, path)?)
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restored {
    pub shop: String,
    /// Where the file that was there before is kept.
    pub kept: Option<String>,
    pub verification: Verification,
}

/// Puts a backup, after checking it, in the place of a shop file that nobody has open.
pub fn restore_shop(task: &Task, from: &Path, to: &Path) -> Result<Restored, CallError> {
    let restored = backup::restore(task, from, to, Timestamp::now())?;
    Ok(Restored {
        shop: to.display().to_string(),
        kept: restored.kept.map(|kept| kept.display().to_string()),
        verification: restored.verification,
    })
}

/// A copy of the shop as it is now, checked before it counts.
pub fn write_backup(action: &Action, input: WriteBackup) -> Result<FileWritten, CallError> {
    let stem = action.shop_path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = format!("{stem}-{}.signwright", action.now.strftime("%Y%m%d-%H%M%S"));
    let path = target(action, input.path.as_deref(), &name);
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(|cause| crate::files::unwritable(dir, cause))?;
    }
    backup::backup(&Task::silent(), action.shop(), &path, Existing::Refuse)?;
    files::described(action, &path)
}
