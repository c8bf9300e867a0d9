//! How tables are to be read: what was said for this import, and the shop's profiles.

use std::path::Path;

use serde::{Deserialize, Serialize};
use signwright_intake::Mapping;
use signwright_intake::table::ready_profiles;
use signwright_store::{Db, profiles};
use ts_rs::TS;

use crate::worker::Password;
use crate::{Action, CallError, audit, files};

/// What is said about an import beyond its files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct ImportHow {
    /// Say what would happen, and change nothing.
    #[ts(as = "Option<bool>")]
    pub dry_run: bool,
    /// What the columns of the tables are.
    pub mapping: Option<Mapping>,
    /// The name of a profile to read the tables with.
    pub profile: Option<String>,
    /// Keep how the first table was read as a profile of this name, to be taken when such a file comes again.
    pub save_profile: Option<String>,
    /// Tried on documents that are locked. It is used for this and kept nowhere.
    #[ts(as = "Option<String>")]
    pub password: Option<Password>,
    /// A file of which nothing came in before is read once more; what comes of it is kept where it is more than before.
    #[serde(skip)]
    pub retry: bool,
}

impl ImportHow {
    /// Whether a file is to be read in another way than it would be by itself.
    pub(super) fn is_said(&self) -> bool {
        self.mapping.is_some() || self.profile.is_some()
    }
}

/// Reads a mapping from a TOML file.
pub fn read_mapping(path: &Path) -> Result<Mapping, CallError> {
    let bytes = files::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    Mapping::from_toml(&text).map_err(|why| {
        CallError::invalid(format!("{} is no mapping: {why}", files::name(path)))
            .hint("docs/import.md shows how a mapping is written.")
    })
}

/// The mapping to read with: what was said, on top of the profile that was named.
pub(super) fn mapping(db: &Db<'_>, how: &ImportHow) -> Result<Option<Mapping>, CallError> {
    let named = how.profile.as_deref().map(|name| profile(db, name)).transpose()?;
    Ok(match (how.mapping.clone(), named) {
        (Some(said), Some(named)) => {
            let columns = named.columns.into_iter().chain(said.columns.clone()).collect();
            Some(Mapping { columns, name: said.name.clone().or(named.name), kind: said.kind.or(named.kind), ..said })
        }
        (said, named) => said.or(named),
    })
}

pub(super) fn profile(db: &Db<'_>, name: &str) -> Result<Mapping, CallError> {
    let known = own(db)?;
    let found = known
        .iter()
        .chain(ready_profiles())
        .find(|mapping| mapping.name.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(name.trim())));
    found.cloned().ok_or_else(|| {
        let names: Vec<&str> = known.iter().chain(ready_profiles()).filter_map(|one| one.name.as_deref()).collect();
        CallError::not_found(format!("profile {name}")).hint(format!("There are: {}.", names.join(", ")))
    })
}

/// The shop's own profiles. One that this version cannot read any more is left out.
pub(super) fn own(db: &Db<'_>) -> Result<Vec<Mapping>, CallError> {
    let stored = profiles::list(db)?.into_iter();
    let read = |(name, value)| {
        let mapping: Mapping = serde_json::from_value(value).ok()?;
        Some(Mapping { name: Some(name), ..mapping })
    };
    Ok(stored.filter_map(read).collect())
}

/// A profile as it is listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TableProfile {
    pub name: String,
    /// Whether it comes with the program.
    pub ready: bool,
    pub mapping: Mapping,
}

/// Names a profile.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TableProfileRef {
    pub name: String,
}

/// A mapping under a name.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveTableProfile {
    pub name: String,
    pub mapping: Mapping,
}

pub fn list_table_profiles(action: &Action, _: crate::commands::Nothing) -> Result<Vec<TableProfile>, CallError> {
    let listed =
        |ready| move |mapping: Mapping| TableProfile { name: mapping.name.clone().unwrap_or_default(), ready, mapping };
    let own = own(&action.shop().read())?.into_iter().map(listed(false));
    Ok(own.chain(ready_profiles().iter().cloned().map(listed(true))).collect())
}

pub fn save_table_profile(action: &Action, input: SaveTableProfile) -> Result<TableProfile, CallError> {
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(CallError::invalid("a profile needs a name"));
    }
    input.mapping.check().map_err(CallError::invalid)?;
    let mapping = Mapping { name: Some(name.clone()), ..input.mapping };
    action.shop().write(|db| keep(db, action, &name, &mapping))?;
    action.changed("imports");
    Ok(TableProfile { name, ready: false, mapping })
}

pub(super) fn keep(db: &Db<'_>, action: &Action, name: &str, mapping: &Mapping) -> Result<(), CallError> {
    let value = serde_json::to_value(mapping).map_err(|error| CallError::invalid(error.to_string()))?;
    let before = profiles::get(db, name)?;
    profiles::save(db, name, &value, action.now)?;
    audit::record(db, action, &format!("profile {name}"), before, &value)
}

pub fn remove_table_profile(action: &Action, input: TableProfileRef) -> Result<Vec<TableProfile>, CallError> {
    action.shop().write(|db| {
        let before = profiles::get(db, &input.name)?;
        if !profiles::remove(db, &input.name)? {
            return Err(CallError::not_found(format!("profile {}", input.name)));
        }
        audit::record(db, action, &format!("profile {}", input.name), before, &"removed")
    })?;
    action.changed("imports");
    list_table_profiles(action, crate::commands::Nothing {})
}
