//! Assumptions that are kept under a name.

use rusqlite::named_params;
use signwright_domain::outlook::SavedOutlook;

use crate::db::{Cells, json, moment};
use crate::{Db, StoreError};

/// Keeps assumptions in place of those of the same name; gives their id.
pub fn put(db: &Db<'_>, outlook: &SavedOutlook) -> Result<i64, StoreError> {
    let SavedOutlook { name, assumptions, who, at, .. } = outlook;
    db.run(
        "INSERT INTO outlooks (name, assumptions, who, at) VALUES (:name, :assumptions, :who, :at) \
         ON CONFLICT (name) DO UPDATE SET assumptions = excluded.assumptions, who = excluded.who, at = excluded.at",
        named_params! { ":name": name, ":assumptions": json(assumptions)?, ":who": who, ":at": moment(*at) },
    )?;
    db.value("SELECT id FROM outlooks WHERE name = ?1", [name])
}

/// By name.
pub fn list(db: &Db<'_>) -> Result<Vec<SavedOutlook>, StoreError> {
    db.rows("SELECT id, name, assumptions, who, at FROM outlooks ORDER BY name", [], read)
}

/// Forgets assumptions; whether there were any.
pub fn delete(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM outlooks WHERE id = ?1", [id])? > 0)
}

fn read(cells: &mut Cells<'_>) -> Result<SavedOutlook, StoreError> {
    Ok(SavedOutlook {
        id: cells.get()?,
        name: cells.get()?,
        assumptions: cells.json()?,
        who: cells.get()?,
        at: cells.parse()?,
    })
}
