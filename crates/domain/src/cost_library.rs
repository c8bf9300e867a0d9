//! What things and hours cost the shop: the prices and rates that assemblies draw on.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Currency;
use crate::unit::Unit;

/// Prices of items, burdened rates of work codes, and the use tax on material.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CostLibrary {
    pub currency: Currency,
    /// Share of material that is paid as use tax: 0.06 is 6 %.
    #[ts(type = "string")]
    #[serde(default)]
    pub use_tax: Decimal,
    #[serde(default, rename = "item")]
    pub items: Vec<PriceItem>,
    #[serde(default, rename = "rate")]
    pub rates: Vec<LabourRate>,
}

/// What one unit of an item costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PriceItem {
    /// As assemblies call it.
    pub key: String,
    pub name: String,
    pub unit: Unit,
    /// In major units.
    #[ts(type = "string")]
    pub unit_cost: Decimal,
    /// The day of the price.
    #[ts(type = "string")]
    pub on: Date,
    /// Whose price it is: a vendor, a price list, a publication.
    pub source: String,
    /// Whether the shop has confirmed it as its own.
    #[serde(default)]
    pub confirmed: bool,
    /// The imported price series that it moves with.
    #[serde(default)]
    pub series: Option<String>,
}

/// What an hour of a work code costs, burden included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LabourRate {
    /// A work code such as `225`, or a department such as `200` for all of its codes that have no rate of their own.
    pub code: String,
    pub name: String,
    /// For an hour, in major units.
    #[ts(type = "string")]
    pub rate: Decimal,
    #[ts(type = "string")]
    pub on: Date,
    pub source: String,
    #[serde(default)]
    pub confirmed: bool,
}

impl CostLibrary {
    pub fn item(&self, key: &str) -> Option<&PriceItem> {
        self.items.iter().find(|item| item.key == key)
    }

    /// The rate of a work code, else that of its department: `225` belongs to `200`.
    pub fn rate(&self, code: &str) -> Option<&LabourRate> {
        let of = |code: &str| self.rates.iter().find(|rate| rate.code == code);
        of(code).or_else(|| {
            let first = code.chars().next().filter(char::is_ascii_digit)?;
            of(&format!("{first}{}", "0".repeat(code.len() - 1)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_without_a_rate_has_that_of_its_department() {
        let rate = |code: &str, rate: i64| LabourRate {
            code: code.into(),
            name: String::new(),
            rate: rate.into(),
            on: "2026-01-01".parse().expect("a day"),
            source: String::new(),
            confirmed: true,
        };
        let rates = vec![rate("200", 64), rate("225", 70)];
        let library = CostLibrary { currency: Currency::USD, use_tax: Decimal::ZERO, items: Vec::new(), rates };
        let check = |code: &str, expected: Option<i64>| {
            assert_eq!(library.rate(code).map(|rate| rate.rate), expected.map(Decimal::from), "{code}");
        };
        check("225", Some(70));
        check("235", Some(64));
        check("310", None);
        check("é", None);
        check("", None);
    }
}
