//! Variants of estimates under a name. What was said of one is kept as it was said; its name may change, and it may go.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::estimate::Estimate;
use ts_rs::TS;

use crate::db::{Cells, json, moment};
use crate::{Db, StoreError};

/// A variant of an estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Scenario {
    /// 0 until stored.
    #[ts(type = "number")]
    pub id: i64,
    /// The estimate it varies.
    #[ts(type = "number")]
    pub estimate_id: i64,
    pub name: String,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The answer as it was given then.
    pub said: Estimate,
}

/// Keeps a scenario; gives its id.
pub fn insert(db: &Db<'_>, scenario: &Scenario) -> Result<i64, StoreError> {
    let Scenario { estimate_id, name, who, at, said, .. } = scenario;
    db.insert(
        "INSERT INTO scenarios (estimate_id, name, who, at, said) VALUES (:estimate_id, :name, :who, :at, :said)",
        named_params! {
            ":estimate_id": estimate_id, ":name": name, ":who": who, ":at": moment(*at), ":said": json(said)?,
        },
    )
}

pub fn get(db: &Db<'_>, id: i64) -> Result<Option<Scenario>, StoreError> {
    db.row("SELECT id, estimate_id, name, who, at, said FROM scenarios WHERE id = ?1", [id], read)
}

/// Those of an estimate, in the order in which they were kept.
pub fn of_estimate(db: &Db<'_>, estimate_id: i64) -> Result<Vec<Scenario>, StoreError> {
    let text = "SELECT id, estimate_id, name, who, at, said FROM scenarios WHERE estimate_id = ?1 ORDER BY id";
    db.rows(text, [estimate_id], read)
}

/// Gives a scenario another name; whether there is one with this id.
pub fn rename(db: &Db<'_>, id: i64, name: &str) -> Result<bool, StoreError> {
    let params = named_params! { ":id": id, ":name": name };
    Ok(db.run("UPDATE scenarios SET name = :name WHERE id = :id", params)? > 0)
}

/// Forgets a scenario; whether there was one.
pub fn delete(db: &Db<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM scenarios WHERE id = ?1", [id])? > 0)
}

fn read(cells: &mut Cells<'_>) -> Result<Scenario, StoreError> {
    Ok(Scenario {
        id: cells.get()?,
        estimate_id: cells.get()?,
        name: cells.get()?,
        who: cells.get()?,
        at: cells.parse()?,
        said: cells.json()?,
    })
}

#[cfg(test)]
mod tests {
    use crate::Shop;

    #[test]
    fn what_was_said_of_a_scenario_stays_and_its_name_is_its_own() {
        let shop = Shop::in_memory().expect("shop");
        let run = |text: &str| shop.write(|db| db.run(text, []).map(drop)).map_err(|error| error.to_string());
        run("INSERT INTO estimates (id, title, created_at, quoted_on, basis, cost, estimate) \
             VALUES (1, 'pole', '', '2026-01-05', 'model', 100, '{}')")
        .expect("an estimate");
        let kept = "INSERT INTO scenarios (estimate_id, name, who, at, said) VALUES (1, 'higher', 'km', '', '{}')";
        run(kept).expect("kept");
        assert!(run(kept).is_err(), "two of one name");
        assert!(run(&kept.replace("(1,", "(2,").replace("higher", "lower")).is_err(), "of no estimate");
        run("UPDATE scenarios SET name = 'lower'").expect("renamed");
        let refused = run("UPDATE scenarios SET said = '[]'").expect_err("changed");
        assert!(refused.contains("cannot be changed"), "{refused}");
        assert_eq!(shop.write(|db| super::delete(db, 1)), Ok(true));
        assert_eq!(shop.write(|db| super::delete(db, 1)), Ok(false));
    }
}
