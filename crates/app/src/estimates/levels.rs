//! What materials cost on the day of a quote: the level of all of them as one number, and the series that are drivers by
//! themselves.
//!
//! A model is asked with the prices that it has learned from, a new one learns from those that the shop has chosen. Of a series
//! only what was published before the day counts, earlier by the months that its driver lags.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use signwright_domain::driver::PriceDriver;
use signwright_domain::{DriverValue, Specification};
use signwright_learn::{Cell, CostModel, Table, features};
use signwright_store::{Db, prices};

use crate::{CallError, price_drivers};

const LEVEL: &str = "price_level";

/// The prices that rows are made with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PriceLevels {
    /// Geometric mean over all imported material series of price relative to the series' first price.
    by_month: BTreeMap<Date, f64>,
    /// Whether that is a driver.
    with_level: bool,
    drivers: Vec<(PriceDriver, Prices)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Prices {
    unit: String,
    by_day: BTreeMap<Date, f64>,
}

/// One specification with the prices of its day, ready to become a row.
#[derive(Clone, Debug)]
pub(crate) struct Priced {
    specification: Specification,
    quoted_on: Option<Date>,
    price_level: Option<f64>,
}

impl Priced {
    fn row(&self) -> features::Row<'_> {
        features::Row { specification: &self.specification, quoted_on: self.quoted_on, price_level: self.price_level }
    }
}

impl PriceLevels {
    /// To train with: the series that the shop has chosen, or the level of all where it chose none.
    pub(crate) fn chosen(db: &Db<'_>) -> Result<Self, CallError> {
        let chosen = price_drivers::chosen(db)?;
        Self::load(db, &chosen, chosen.is_empty())
    }

    /// To ask models with: what this one has learned from, and what a challenger would.
    pub(crate) fn of_model(db: &Db<'_>, model: Option<&CostModel>) -> Result<Self, CallError> {
        let mut drivers = price_drivers::chosen(db)?;
        drivers.extend(model.into_iter().flat_map(CostModel::columns).filter_map(PriceDriver::of_column));
        drivers.sort();
        drivers.dedup();
        Self::load(db, &drivers, true)
    }

    fn load(db: &Db<'_>, drivers: &[PriceDriver], with_level: bool) -> Result<Self, CallError> {
        let mut all: BTreeMap<String, Prices> = BTreeMap::new();
        for series in prices::series(db)? {
            let points = prices::points(db, &series.series)?.into_iter();
            let by_day = points.filter_map(|point| Some((point.date, point.price.to_f64()?))).collect();
            all.insert(series.series, Prices { unit: series.unit, by_day });
        }
        // A series that is gone has no prices: its column is empty.
        let of = |driver: &PriceDriver| (driver.clone(), all.get(&driver.series).cloned().unwrap_or_default());
        let drivers = drivers.iter().map(of).collect();
        Ok(Self { by_month: level(all.values().map(|prices| &prices.by_day)), with_level, drivers })
    }

    /// A specification with what was known of prices on a day.
    pub(crate) fn priced(&self, mut specification: Specification, quoted_on: Option<Date>) -> Priced {
        for (driver, prices) in &self.drivers {
            if let Some((_, price)) = quoted_on.and_then(|day| prices.known(day, driver.lag)) {
                specification.set(driver.column(), DriverValue::Number(price));
            }
        }
        let price_level = quoted_on.filter(|_| self.with_level).and_then(|day| self.at(day));
        Priced { specification, quoted_on, price_level: price_level.map(|(_, level)| level) }
    }

    /// The rows of these, without a column for the level where that is no driver.
    pub(crate) fn table(&self, priced: &[Priced]) -> Table {
        let table = features::table(&priced.iter().map(Priced::row).collect::<Vec<_>>());
        if self.with_level {
            return table;
        }
        let rest = table.columns().iter().filter(|column| column.name != LEVEL).cloned().collect();
        Table::new(rest).expect("the columns are those of a table")
    }

    /// The value of a column of prices with the month it is of: "4.12 $/sq ft, September 2026". `None` for other columns.
    pub(crate) fn in_words(&self, column: &str, quoted_on: Date) -> Option<String> {
        let (month, value) = if column == LEVEL {
            let (month, level) = self.at(quoted_on)?;
            (month, features::describe(LEVEL, Cell::Number(level)))
        } else {
            let (driver, prices) = self.drivers.iter().find(|(driver, _)| driver.column() == column)?;
            let (day, price) = prices.known(quoted_on, driver.lag)?;
            (day, format!("{price:.2} {}", prices.unit).trim_end().to_owned())
        };
        Some(format!("{value}, {}", month.strftime("%B %Y")))
    }

    /// The level known on a day: that of the latest month begun by then. `None` before the first price.
    fn at(&self, date: Date) -> Option<(Date, f64)> {
        self.by_month.range(..=date).next_back().map(|(month, level)| (*month, *level))
    }
}

impl Prices {
    /// The newest price published before a day, with its own day; of a driver that lags, before so many months earlier.
    fn known(&self, day: Date, lag: u8) -> Option<(Date, f64)> {
        let before = day.saturating_sub(i32::from(lag).months());
        self.by_day.range(..before).next_back().map(|(day, price)| (*day, *price))
    }
}

fn level<'a>(all: impl Iterator<Item = &'a BTreeMap<Date, f64>>) -> BTreeMap<Date, f64> {
    let mut logs: BTreeMap<Date, Vec<f64>> = BTreeMap::new();
    for points in all {
        let Some(first) = points.values().find(|price| **price > 0.0) else { continue };
        for (date, price) in points.iter().filter(|(_, price)| **price > 0.0) {
            logs.entry(date.first_of_month()).or_default().push((price / first).ln());
        }
    }
    let mean = |logs: Vec<f64>| (logs.iter().sum::<f64>() / logs.len() as f64).exp();
    logs.into_iter().map(|(month, logs)| (month, mean(logs))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn series(prices: &[(i8, f64)]) -> BTreeMap<Date, f64> {
        prices.iter().map(|(month, price)| (date(2025, *month, 1), *price)).collect()
    }

    #[test]
    fn the_level_is_the_mean_move_of_all_materials_known_by_then() {
        let (steel, paint) = (series(&[(1, 2.0), (2, 4.0)]), series(&[(1, 9.0), (2, 9.0)]));
        let levels = PriceLevels { by_month: level([&steel, &paint].into_iter()), ..PriceLevels::default() };
        let at = |day| levels.at(day).map(|(_, level)| level);
        assert_eq!(at(date(2024, 12, 31)), None);
        assert_eq!(at(date(2025, 1, 31)), Some(1.0));
        assert!((at(date(2026, 1, 1)).expect("level") - 2f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn nothing_published_on_or_after_the_day_is_known_and_a_lag_looks_further_back() {
        let by_day = series(&[(1, 2.0), (2, 4.0), (3, 8.0)]);
        let driver = |lag| {
            let driver = PriceDriver { series: "steel".to_owned(), lag };
            (driver, Prices { unit: "$/lb".to_owned(), by_day: by_day.clone() })
        };
        let levels = PriceLevels { drivers: vec![driver(0), driver(1)], ..PriceLevels::default() };
        let check = |day, expected: [Option<f64>; 2]| {
            let priced = levels.priced(Specification::default(), Some(day));
            let found = ["price:steel@0", "price:steel@1"].map(|column| priced.specification.number(column));
            assert_eq!(found, expected, "{day}");
        };
        check(date(2025, 1, 1), [None, None]);
        check(date(2025, 2, 1), [Some(2.0), None]);
        check(date(2025, 2, 2), [Some(4.0), Some(2.0)]);
        check(date(2025, 3, 31), [Some(8.0), Some(4.0)]);
        check(date(2026, 1, 1), [Some(8.0), Some(8.0)]);
        let words = levels.in_words("price:steel@1", date(2025, 3, 31));
        assert_eq!(words.as_deref(), Some("4.00 $/lb, February 2025"));
        assert_eq!(levels.in_words("width", date(2025, 3, 31)), None);
    }
}
