//! The registry of models: card, bytes and standing. At most one champion per target, which an index holds.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::card::{Card, Model, Standing};
use ts_rs::TS;

use crate::db::{Cells, json, moment, word};
use crate::{Db, StoreError};

/// A model as it enters the registry.
#[derive(Clone, Copy, Debug)]
pub struct NewModel<'a> {
    pub card: &'a Card,
    pub bytes: &'a [u8],
    pub standing: Standing,
    /// Why it has this standing, in a sentence.
    pub reason: &'a str,
    pub at: Timestamp,
}

/// A moment at which a model came to a standing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StandingChange {
    #[ts(type = "number")]
    pub model_id: i64,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub standing: Standing,
    pub reason: String,
}

/// Keeps a model; gives its id. A new champion retires the one before it.
pub fn insert(db: &Db<'_>, model: &NewModel<'_>) -> Result<i64, StoreError> {
    let id = db.insert(
        "INSERT INTO models (target, standing, card, bytes) VALUES (:target, 'challenger', :card, :bytes)",
        named_params! { ":target": model.card.target, ":card": json(model.card)?, ":bytes": model.bytes },
    )?;
    set_standing(db, id, model.standing, model.at, model.reason)?;
    Ok(id)
}

/// Moves a model to a standing and notes why. A new champion retires the one before it.
pub fn set_standing(db: &Db<'_>, id: i64, standing: Standing, at: Timestamp, reason: &str) -> Result<(), StoreError> {
    let target: Option<String> = db.row("SELECT target FROM models WHERE id = ?1", [id], |cells| cells.get())?;
    let target = target.ok_or(StoreError::NoSuch { what: "model", id })?;
    match (standing, champion(db, &target)?) {
        (Standing::Champion, Some(before)) if before.id != id => {
            note(db, before.id, Standing::Retired, at, &format!("model {id} took its place"))?;
        }
        (Standing::Champion | Standing::Challenger | Standing::Retired, _) => {}
    }
    note(db, id, standing, at, reason)
}

/// The model that estimates of `target` (such as `total_cost`) use.
pub fn champion(db: &Db<'_>, target: &str) -> Result<Option<Model>, StoreError> {
    db.row("SELECT id, standing, card FROM models WHERE target = ?1 AND standing = 'champion'", [target], read)
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Model>, StoreError> {
    db.row("SELECT id, standing, card FROM models WHERE id = ?1", [id], read)
}

/// The model itself, as `learn` wrote it.
pub fn bytes(db: &Db<'_>, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    db.row("SELECT bytes FROM models WHERE id = ?1", [id], |cells| cells.get())
}

/// Newest first.
pub fn list(db: &Db<'_>) -> Result<Vec<Model>, StoreError> {
    db.rows("SELECT id, standing, card FROM models ORDER BY id DESC", [], read)
}

/// Every change of standing, newest first.
pub fn history(db: &Db<'_>) -> Result<Vec<StandingChange>, StoreError> {
    db.rows("SELECT model_id, at, standing, reason FROM model_history ORDER BY id DESC", [], |cells| {
        Ok(StandingChange { model_id: cells.get()?, at: cells.parse()?, standing: cells.word()?, reason: cells.get()? })
    })
}

fn note(db: &Db<'_>, id: i64, standing: Standing, at: Timestamp, reason: &str) -> Result<(), StoreError> {
    let word = word(&standing)?;
    db.run("UPDATE models SET standing = :standing WHERE id = :id", named_params! { ":id": id, ":standing": word })?;
    db.run(
        "INSERT INTO model_history (model_id, at, standing, reason) VALUES (:id, :at, :standing, :reason)",
        named_params! { ":id": id, ":at": moment(at), ":standing": word, ":reason": reason },
    )?;
    Ok(())
}

fn read(cells: &mut Cells<'_>) -> Result<Model, StoreError> {
    Ok(Model { id: cells.get()?, standing: cells.word()?, card: cells.json()? })
}

#[cfg(test)]
mod tests {
    use crate::Shop;

    #[test]
    fn a_model_its_rows_and_its_history_stay_as_they_are() {
        let shop = Shop::in_memory().expect("shop");
        let run = |text: &str| shop.write(|db| db.run(text, []).map(drop)).map_err(|error| error.to_string());
        run("INSERT INTO models (id, target, standing, card, bytes) VALUES (1, 'cost', 'challenger', '{}', x'00')")
            .expect("kept");
        run("INSERT INTO model_history (model_id, at, standing, reason) VALUES (1, '', 'challenger', '')")
            .expect("kept");
        run("INSERT INTO training_data (hash, rows, parquet) SELECT format('%064d', 1), 1, x'00'").expect("kept");
        run("UPDATE models SET standing = 'retired' WHERE id = 1").expect("only its standing moves");
        for refused in [
            "UPDATE models SET card = '[]'",
            "UPDATE models SET bytes = x'01'",
            "DELETE FROM models",
            "REPLACE INTO models (id, target, standing, card, bytes) VALUES (1, 'cost', 'champion', '{}', x'02')",
            "UPDATE model_history SET reason = 'other'",
            "DELETE FROM model_history",
            "UPDATE training_data SET rows = 2",
            "DELETE FROM training_data",
        ] {
            let error = run(refused).expect_err(refused);
            assert!(error.contains("cannot be"), "{refused}: {error}");
        }
    }
}
