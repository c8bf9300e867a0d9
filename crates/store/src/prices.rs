//! What materials cost over time.

use jiff::civil::Date;
use rusqlite::named_params;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Change, Db, StoreError};

/// The price of one material in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PricePoint {
    /// First day of the period.
    #[ts(type = "string")]
    pub date: Date,
    /// Major units of the shop's currency per unit.
    #[ts(type = "string")]
    pub price: Decimal,
    /// Such as "sq ft".
    pub unit: String,
}

/// One material whose price is known over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceSeries {
    pub series: String,
    /// Of the newest point.
    pub unit: String,
    pub points: u32,
    #[ts(type = "string")]
    pub from: Date,
    #[ts(type = "string")]
    pub to: Date,
}

/// Keeps one price in place of what was known for that day.
pub fn upsert(db: &Db<'_>, series: &str, point: &PricePoint) -> Result<Change, StoreError> {
    let (date, price) = (point.date.to_string(), point.price.to_string());
    let text = "SELECT price, unit FROM prices WHERE series = ?1 AND date = ?2";
    let before: Option<(String, String)> = db.row(text, [series, &date], |cells| Ok((cells.get()?, cells.get()?)))?;
    let change = match before {
        Some((known, unit)) if known == price && unit == point.unit => return Ok(Change::Unchanged),
        Some(_) => Change::Updated,
        None => Change::Created,
    };
    db.run(
        "REPLACE INTO prices (series, date, price, unit) VALUES (:series, :date, :price, :unit)",
        named_params! { ":series": series, ":date": date, ":price": price, ":unit": point.unit },
    )?;
    Ok(change)
}

/// Takes back the price of one day.
pub fn remove(db: &Db<'_>, series: &str, date: Date) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM prices WHERE series = ?1 AND date = ?2", [series, &date.to_string()])? > 0)
}

/// Every material, by name.
pub fn series(db: &Db<'_>) -> Result<Vec<PriceSeries>, StoreError> {
    // SQLite takes the bare `unit` from the row that holds the maximum of the last max().
    let text = "SELECT series, unit, count(*), min_date, max(date) FROM \
                (SELECT *, min(date) OVER (PARTITION BY series) AS min_date FROM prices) GROUP BY series ORDER BY series";
    db.rows(text, [], |cells| {
        Ok(PriceSeries {
            series: cells.get()?,
            unit: cells.get()?,
            points: cells.get()?,
            from: cells.parse()?,
            to: cells.parse()?,
        })
    })
}

/// The prices of one material, oldest first.
pub fn points(db: &Db<'_>, series: &str) -> Result<Vec<PricePoint>, StoreError> {
    db.rows("SELECT date, price, unit FROM prices WHERE series = ?1 ORDER BY date", [series], |cells| {
        Ok(PricePoint { date: cells.parse()?, price: cells.parse()?, unit: cells.get()? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shop;

    #[test]
    fn a_price_is_created_changed_or_the_same() {
        let shop = Shop::in_memory().expect("shop");
        let check = |date: &str, price: &str, expected| {
            let point = PricePoint {
                date: date.parse().expect("date"),
                price: price.parse().expect("price"),
                unit: "sq ft".to_owned(),
            };
            assert_eq!(shop.write(|db| upsert(db, "acm", &point)), Ok(expected));
        };
        check("2026-02-01", "1.92", Change::Created);
        check("2026-01-01", "1.86", Change::Created);
        check("2026-02-01", "1.92", Change::Unchanged);
        check("2026-02-01", "1.95", Change::Updated);
        let db = shop.read();
        let prices = points(&db, "acm").expect("points");
        assert_eq!(prices.iter().map(|p| p.price.to_string()).collect::<Vec<_>>(), ["1.86", "1.95"]);
        let listed = series(&db).expect("series");
        assert_eq!((listed[0].points, listed[0].from.to_string()), (2, "2026-01-01".to_owned()));
    }
}
