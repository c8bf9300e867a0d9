//! What items and hours cost the shop. The newest of each key counts; the older ones stay as its history.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use signwright_domain::cost_library::{LabourRate, PriceItem};
use ts_rs::TS;

use crate::db::{json, moment};
use crate::{Db, StoreError};

/// What was said about one item, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PastItem {
    /// `None` where it was removed.
    pub item: Option<PriceItem>,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}

const ITEM: &str = "item";
const RATE: &str = "rate";

/// The newest word on each item, by key; `None` for one that was removed.
pub fn items(db: &Db<'_>) -> Result<Vec<(String, Option<PriceItem>)>, StoreError> {
    newest(db, ITEM)
}

/// The newest word on each rate, by work code or department; `None` for one that was removed.
pub fn rates(db: &Db<'_>) -> Result<Vec<(String, Option<LabourRate>)>, StoreError> {
    newest(db, RATE)
}

/// Everything that was said about one item, newest first.
pub fn past(db: &Db<'_>, key: &str) -> Result<Vec<PastItem>, StoreError> {
    let text = "SELECT definition, who, at FROM costs WHERE kind = 'item' AND key = ?1 ORDER BY id DESC";
    db.rows(text, [key], |cells| Ok(PastItem { item: cells.json_opt()?, who: cells.get()?, at: cells.parse()? }))
}

/// Keeps what an item costs from now on.
pub fn set_item(db: &Db<'_>, item: &PriceItem, who: &str, at: Timestamp) -> Result<(), StoreError> {
    set(db, ITEM, &item.key, Some(item), who, at)
}

/// Keeps what an hour costs from now on.
pub fn set_rate(db: &Db<'_>, rate: &LabourRate, who: &str, at: Timestamp) -> Result<(), StoreError> {
    set(db, RATE, &rate.code, Some(rate), who, at)
}

/// The shop has no such item any more.
pub fn remove_item(db: &Db<'_>, key: &str, who: &str, at: Timestamp) -> Result<(), StoreError> {
    set(db, ITEM, key, None::<&PriceItem>, who, at)
}

/// The shop has no such rate any more.
pub fn remove_rate(db: &Db<'_>, code: &str, who: &str, at: Timestamp) -> Result<(), StoreError> {
    set(db, RATE, code, None::<&LabourRate>, who, at)
}

/// The newest entry: grows with every change, 0 without any.
pub fn latest(db: &Db<'_>) -> Result<i64, StoreError> {
    db.value("SELECT coalesce(max(id), 0) FROM costs", [])
}

fn newest<T: DeserializeOwned>(db: &Db<'_>, kind: &str) -> Result<Vec<(String, Option<T>)>, StoreError> {
    // SQLite takes the bare columns from the row that holds the maximum.
    let text = "SELECT key, definition, max(id) FROM costs WHERE kind = ?1 GROUP BY key ORDER BY key";
    db.rows(text, [kind], |cells| Ok((cells.get()?, cells.json_opt()?)))
}

fn set<T: Serialize>(
    db: &Db<'_>,
    kind: &str,
    key: &str,
    definition: Option<&T>,
    who: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let definition = definition.map(json).transpose()?;
    db.run(
        "INSERT INTO costs (kind, key, definition, who, at) VALUES (:kind, :key, :definition, :who, :at)",
        named_params! { ":kind": kind, ":key": key, ":definition": definition, ":who": who, ":at": moment(at) },
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use signwright_domain::unit::Unit;

    use super::*;
    use crate::Shop;

    fn item(cost: &str) -> PriceItem {
        PriceItem {
            key: "acm-3mm".into(),
            name: "ACM 3 mm".into(),
            unit: Unit::parse("sq ft").expect("unit"),
            unit_cost: cost.parse().expect("cost"),
            on: "2026-09-01".parse().expect("day"),
            source: "price list".into(),
            confirmed: true,
            series: None,
        }
    }

    #[test]
    fn the_newest_price_counts_and_the_older_ones_stay() {
        let shop = Shop::in_memory().expect("shop");
        let at: Timestamp = "2026-11-02T09:00:00Z".parse().expect("moment");
        shop.write(|db| set_item(db, &item("2.10"), "a", at)).expect("set");
        shop.write(|db| set_item(db, &item("2.35"), "b", at)).expect("set");
        assert_eq!(items(&shop.read()), Ok(vec![("acm-3mm".to_owned(), Some(item("2.35")))]));
        assert_eq!(rates(&shop.read()), Ok(Vec::new()));
        shop.write(|db| remove_item(db, "acm-3mm", "c", at)).expect("remove");
        assert_eq!(items(&shop.read()), Ok(vec![("acm-3mm".to_owned(), None)]));
        let past = past(&shop.read(), "acm-3mm").expect("past");
        let told: Vec<_> = past.iter().map(|one| (one.who.as_str(), one.item.clone())).collect();
        assert_eq!(told, [("c", None), ("b", Some(item("2.35"))), ("a", Some(item("2.10")))]);
        assert_eq!(latest(&shop.read()), Ok(3));
    }
}
