//! The price of one material as a driver of cost: which series, and how many months before the quote.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Begins the name of such a column.
pub const PRICE: &str = "price:";
const LAG: char = '@';
/// A price from further back says little about the day of a quote.
pub const LONGEST_LAG: u8 = 6;

/// One material series as a driver.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct PriceDriver {
    /// As it was imported: "aluminium sheet".
    pub series: String,
    /// Months before the day of the quote, 0 to 6: how long a price takes to be published, or to reach the shop.
    #[serde(default)]
    pub lag: u8,
}

impl PriceDriver {
    /// The name of its column, from which it is found again: "price:aluminium sheet@2".
    pub fn column(&self) -> String {
        format!("{PRICE}{}{LAG}{}", self.series, self.lag)
    }

    /// The driver that a column is of; `None` for a column that is no price.
    pub fn of_column(name: &str) -> Option<Self> {
        let (series, lag) = name.strip_prefix(PRICE)?.rsplit_once(LAG)?;
        Some(Self { series: series.to_owned(), lag: lag.parse().ok()? })
    }

    /// For people: "Price of aluminium sheet, 2 months before".
    pub fn label(&self) -> String {
        match self.lag {
            0 => format!("Price of {}", self.series),
            1 => format!("Price of {}, 1 month before", self.series),
            lag => format!("Price of {}, {lag} months before", self.series),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driver_is_found_again_by_its_column() {
        let check = |series: &str, lag, column: &str, label: &str| {
            let driver = PriceDriver { series: series.to_owned(), lag };
            assert_eq!((driver.column().as_str(), driver.label().as_str()), (column, label));
            assert_eq!(PriceDriver::of_column(column), Some(driver));
        };
        check("steel angle", 0, "price:steel angle@0", "Price of steel angle");
        check("steel angle", 1, "price:steel angle@1", "Price of steel angle, 1 month before");
        check("ACM @ 3 mm", 6, "price:ACM @ 3 mm@6", "Price of ACM @ 3 mm, 6 months before");
        assert_eq!(PriceDriver::of_column("width"), None);
    }
}
