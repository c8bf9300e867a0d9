//! How alerts reach people who are not looking at the window: what a shop has set, and whether it works.

use std::path::Path;

use serde::{Deserialize, Serialize};
use signwright_domain::alert::{AlertChannels, MailDraft, QuietHours};
use signwright_report::addresses;
use signwright_store::{Db, alerts, settings};
use ts_rs::TS;

use super::telling::{self, Told};
use crate::commands::Nothing;
use crate::{Action, CallError, audit};

const CHANNELS: &str = "alert channels";
const TROUBLE: &str = "alert drafts trouble";

/// What is set, and what stands in its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlertChannelsStanding {
    pub channels: AlertChannels,
    /// Why no mail could be drafted the last time.
    pub trouble: Option<String>,
}

pub fn alert_channels(action: &Action, _: Nothing) -> Result<AlertChannelsStanding, CallError> {
    let db = action.shop().read();
    Ok(AlertChannelsStanding { channels: kept(&db)?, trouble: settings::get(&db, TROUBLE)? })
}

/// # Errors
/// `InvalidInput` for a folder that is none, an address that is none, and quiet hours that are none.
pub fn save_alert_channels(action: &Action, input: AlertChannels) -> Result<AlertChannelsStanding, CallError> {
    // What stands already may be kept while its drive is away.
    let before = kept(&action.shop().read())?;
    input.draft.as_ref().filter(|draft| before.draft.as_ref() != Some(draft)).map_or(Ok(()), possible_draft)?;
    input.quiet.map_or(Ok(()), possible_quiet)?;
    action.shop().write(|db| {
        let before = kept(db)?;
        if input.draft.is_some() && before.draft.is_none() {
            // What fired before is known already.
            telling::keep_drafted(db, Told::all(alerts::newest_happened(db)?))?;
        }
        settings::set(db, CHANNELS, &input)?;
        settings::remove(db, TROUBLE)?;
        audit::record(db, action, "alert channels", Some(before), &input)
    })?;
    action.changed("alerts");
    alert_channels(action, Nothing {})
}

pub(super) fn kept(db: &Db<'_>) -> Result<AlertChannels, CallError> {
    Ok(settings::get(db, CHANNELS)?.unwrap_or_default())
}

pub(super) fn note_trouble(db: &Db<'_>, trouble: Option<&str>) -> Result<(), CallError> {
    match trouble {
        Some(trouble) => settings::set(db, TROUBLE, &trouble)?,
        None => {
            settings::remove(db, TROUBLE)?;
        }
    }
    Ok(())
}

fn possible_draft(draft: &MailDraft) -> Result<(), CallError> {
    addresses(&draft.to)?;
    let folder = Path::new(&draft.folder);
    if !folder.is_absolute() || !folder.is_dir() {
        return Err(CallError::invalid(format!("there is no folder {:?}", draft.folder))
            .hint("Write its whole path; it must be there."));
    }
    Ok(())
}

fn possible_quiet(quiet: QuietHours) -> Result<(), CallError> {
    if quiet.from == quiet.until && !quiet.weekends {
        return Err(CallError::invalid(format!(
            "quiet hours from {0} until {0} are none",
            quiet.from.strftime("%H:%M")
        )));
    }
    Ok(())
}
