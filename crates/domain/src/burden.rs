//! From what a shop pays each month to what an hour costs it: the burdened rates, step by step.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Currency, Money};

/// What a shop pays and how many hours it can charge, for one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MonthlyCosts {
    pub currency: Currency,
    /// Rent, insurance, vehicles, office, and everything else that no job is charged with.
    pub overhead: Vec<MonthlyOverhead>,
    /// Taxes and benefits on top of wages, as a share of them: 0.18 is 18 %.
    #[ts(type = "string")]
    #[serde(default)]
    pub payroll: Decimal,
    #[serde(default)]
    pub spread: OverheadSpread,
    pub departments: Vec<DepartmentHours>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MonthlyOverhead {
    pub name: String,
    pub amount: Money,
}

/// How overhead comes to departments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OverheadSpread {
    /// The same for every chargeable hour.
    #[default]
    ByHours,
    /// In proportion to wages.
    ByWages,
}

/// The people of one department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DepartmentHours {
    /// The department's number, such as 200, or a work code.
    pub code: String,
    pub name: String,
    #[ts(type = "string")]
    pub people: Decimal,
    /// For an hour, in major units.
    #[ts(type = "string")]
    pub wage: Decimal,
    /// Of one person in a month.
    #[ts(type = "string")]
    pub paid_hours: Decimal,
    /// The share of paid hours that goes into jobs, above 0 and at most 1; the rest is leave, meetings, cleaning up.
    #[ts(type = "string")]
    pub chargeable: Decimal,
    /// Estimated hours that are done in an hour on a job: 0.9 where jobs take a ninth longer than estimated.
    #[ts(type = "string")]
    pub efficiency: Decimal,
}

/// What an hour of each department costs, and how that came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BurdenedRates {
    pub overhead: Money,
    /// Hours of a month for which estimates pay.
    #[ts(type = "string")]
    pub hours: Decimal,
    pub departments: Vec<BurdenedRate>,
    /// Wages, payroll and overhead of the month.
    pub cost: Money,
    /// What the rates bring in if all these hours are sold at cost. It differs from the cost by what rounding leaves.
    pub recovered: Money,
}

/// What an hour of one department costs, in parts. In major units; the rate is rounded to the minor unit, nothing before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BurdenedRate {
    pub code: String,
    pub name: String,
    #[ts(type = "string")]
    pub hours: Decimal,
    #[ts(type = "string")]
    pub wage: Decimal,
    #[ts(type = "string")]
    pub payroll: Decimal,
    #[ts(type = "string")]
    pub overhead: Decimal,
    #[ts(type = "string")]
    pub rate: Decimal,
    pub steps: Vec<RateStep>,
}

/// One step of the way to a rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RateStep {
    pub label: String,
    /// "3 people x 160 h".
    pub how: String,
    /// "480 h".
    pub value: String,
}
