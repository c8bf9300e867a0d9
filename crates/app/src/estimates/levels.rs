//! The price level of a month: how dear materials were, as one number.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use signwright_store::{Db, prices};

use crate::CallError;

/// Geometric mean over all imported material series of price relative to the series' first price.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PriceLevels {
    by_month: BTreeMap<Date, f64>,
}

impl PriceLevels {
    pub(crate) fn load(db: &Db<'_>) -> Result<Self, CallError> {
        let mut all = Vec::new();
        for series in prices::series(db)? {
            let points = prices::points(db, &series.series)?.into_iter();
            all.push(points.filter_map(|point| Some((point.date, point.price.to_f64()?))).collect());
        }
        Ok(Self::of(&all))
    }

    fn of(all: &[Vec<(Date, f64)>]) -> Self {
        let mut logs: BTreeMap<Date, Vec<f64>> = BTreeMap::new();
        for points in all {
            let Some((_, first)) = points.iter().find(|(_, price)| *price > 0.0) else { continue };
            for (date, price) in points.iter().filter(|(_, price)| *price > 0.0) {
                logs.entry(date.first_of_month()).or_default().push((price / first).ln());
            }
        }
        let mean = |logs: Vec<f64>| (logs.iter().sum::<f64>() / logs.len() as f64).exp();
        Self { by_month: logs.into_iter().map(|(month, logs)| (month, mean(logs))).collect() }
    }

    /// The level known on a day: that of the latest month begun by then. `None` before the first price.
    pub(crate) fn at(&self, date: Date) -> Option<f64> {
        self.by_month.range(..=date).next_back().map(|(_, level)| *level)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_level_is_the_mean_move_of_all_materials_known_by_then() {
        let steel = vec![(date(2025, 1, 1), 2.0), (date(2025, 2, 1), 4.0)];
        let paint = vec![(date(2025, 1, 1), 9.0), (date(2025, 2, 1), 9.0)];
        let levels = PriceLevels::of(&[steel, paint]);
        assert_eq!(levels.at(date(2024, 12, 31)), None);
        assert_eq!(levels.at(date(2025, 1, 31)), Some(1.0));
        assert!((levels.at(date(2026, 1, 1)).expect("level") - 2f64.sqrt()).abs() < 1e-12);
    }
}
