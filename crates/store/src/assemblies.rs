//! The shop's own assemblies, every version as it was saved. The schema refuses to change or delete one.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::assembly::AssemblyDefinition;
use ts_rs::TS;

use crate::db::{json, moment};
use crate::{Db, StoreError};

/// Who saved a version when, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AssemblyVersion {
    pub version: u32,
    pub note: String,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// Keeps a definition as the version that it says it is.
pub fn insert(
    db: &Db<'_>,
    definition: &AssemblyDefinition,
    note: &str,
    who: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    db.run(
        "INSERT INTO assemblies (id, version, definition, note, who, at) \
         VALUES (:id, :version, :definition, :note, :who, :at)",
        named_params! {
            ":id": definition.id, ":version": definition.version, ":definition": json(definition)?, ":note": note,
            ":who": who, ":at": moment(at),
        },
    )?;
    Ok(())
}

/// The newest version of each, by id.
pub fn newest(db: &Db<'_>) -> Result<Vec<AssemblyDefinition>, StoreError> {
    // SQLite takes the bare column from the row that holds the maximum.
    let text = "SELECT definition, max(version) FROM assemblies GROUP BY id ORDER BY id";
    db.rows(text, [], |cells| cells.json())
}

/// One version, `None` where it was never saved.
pub fn get(db: &Db<'_>, id: &str, version: u32) -> Result<Option<AssemblyDefinition>, StoreError> {
    let params = named_params! { ":id": id, ":version": version };
    db.row("SELECT definition FROM assemblies WHERE id = :id AND version = :version", params, |cells| cells.json())
}

/// The versions that were saved of one, newest first.
pub fn versions(db: &Db<'_>, id: &str) -> Result<Vec<AssemblyVersion>, StoreError> {
    db.rows("SELECT version, note, who, at FROM assemblies WHERE id = ?1 ORDER BY version DESC", [id], |cells| {
        Ok(AssemblyVersion { version: cells.get()?, note: cells.get()?, who: cells.get()?, at: cells.parse()? })
    })
}

/// How many versions were ever saved: grows with every change.
pub fn saved(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM assemblies", [])
}

/// Those that are not offered any more, by id.
pub fn put_away(db: &Db<'_>) -> Result<Vec<String>, StoreError> {
    db.rows("SELECT id FROM assemblies_put_away ORDER BY id", [], |cells| cells.get())
}

/// Offers one no more, or again; whether that changed something.
pub fn set_put_away(db: &Db<'_>, id: &str, away: bool) -> Result<bool, StoreError> {
    let text = match away {
        true => "INSERT OR IGNORE INTO assemblies_put_away (id) VALUES (?1)",
        false => "DELETE FROM assemblies_put_away WHERE id = ?1",
    };
    Ok(db.run(text, [id])? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shop;

    fn definition(version: u32) -> AssemblyDefinition {
        AssemblyDefinition { id: "panel".into(), name: format!("Panel {version}"), version, ..Default::default() }
    }

    #[test]
    fn every_version_stays_as_it_was_saved() {
        let shop = Shop::in_memory().expect("shop");
        let at: Timestamp = "2026-11-02T09:00:00Z".parse().expect("moment");
        let save = |version: u32| {
            shop.write(|db| insert(db, &definition(version), "thicker", "somebody", at).map(|()| version))
        };
        assert_eq!((save(1), save(2)), (Ok(1), Ok(2)));
        assert!(save(2).is_err(), "a saved version was replaced");
        let db = shop.read();
        assert_eq!(newest(&db), Ok(vec![definition(2)]));
        assert_eq!(get(&db, "panel", 1), Ok(Some(definition(1))));
        assert_eq!(get(&db, "panel", 3), Ok(None));
        assert_eq!(versions(&db, "panel").expect("versions").iter().map(|one| one.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(saved(&db), Ok(2));
    }

    #[test]
    fn what_is_put_away_can_be_taken_out_again() {
        let shop = Shop::in_memory().expect("shop");
        let set = |away| shop.write(|db| set_put_away(db, "awning", away)).expect("set");
        assert_eq!((set(true), set(true)), (true, false));
        assert_eq!(put_away(&shop.read()), Ok(vec!["awning".to_owned()]));
        assert_eq!((set(false), set(false)), (true, false));
    }
}
