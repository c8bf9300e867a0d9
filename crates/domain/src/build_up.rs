//! A cost built up from an assembly: every line with its quantity, its price and how it came about.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::assembly::{CostKind, Per};
use crate::unit::Unit;
use crate::{DriverValue, Money};

/// What an assembly says that a job costs. The lines add up to the total, to the cent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BuildUp {
    pub assembly: String,
    pub name: String,
    pub version: u32,
    /// The day whose prices it judges as old or not.
    #[ts(type = "string")]
    pub on: Date,
    /// How many signs.
    pub quantity: u32,
    pub inputs: Vec<BuildUpInput>,
    pub values: Vec<BuildUpValue>,
    pub lines: Vec<BuildUpLine>,
    /// Parts that cost nothing here, and why.
    pub left_out: Vec<LeftOut>,
    pub subtotals: Vec<Subtotal>,
    #[ts(type = "string")]
    pub hours: Decimal,
    pub total: Money,
    pub warnings: Vec<BuildUpWarning>,
}

/// An input with what it was, and where that comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BuildUpInput {
    pub name: String,
    pub label: String,
    pub value: DriverValue,
    pub unit: Unit,
    pub from: InputFrom,
}

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InputFrom {
    /// A person, for this build-up.
    Given,
    Specification,
    /// Nobody: it is the assembly's default.
    Default,
}

/// A value between inputs and lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BuildUpValue {
    pub name: String,
    pub label: String,
    /// "62.8 ft".
    pub value: String,
    pub formula: String,
}

/// One cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BuildUpLine {
    pub name: String,
    pub kind: CostKind,
    pub per: Per,
    /// The item of the price list, or the work code.
    pub item: String,
    pub item_name: String,
    pub is_labour: bool,
    /// What ends up in the sign, in `unit`.
    #[ts(type = "string")]
    pub net: Decimal,
    /// What is lost on the way, as a share of `net`.
    #[ts(type = "string")]
    pub waste: Decimal,
    /// What is charged.
    #[ts(type = "string")]
    pub quantity: Decimal,
    pub unit: Unit,
    #[ts(type = "string")]
    pub unit_cost: Decimal,
    #[ts(type = "string")]
    pub priced_on: Date,
    pub source: String,
    /// A price or rate that the shop has not confirmed.
    pub placeholder: bool,
    /// `quantity` x `unit_cost`, rounded half away from zero.
    pub amount: Money,
    /// The formula of the quantity or the hours.
    pub formula: String,
    /// What the names in it stood for: "letter_count 10".
    pub values: Vec<String>,
    pub cutting: Option<Cutting>,
    pub note: String,
}

/// How pieces come out of stock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Cutting {
    pub shape: StockShape,
    /// Feet; a stick has no width.
    pub width: f64,
    /// Feet; that of the part of the roll that is used.
    pub length: f64,
    /// Sheets, sticks or one roll.
    pub count: u32,
    /// Square feet, or feet of sticks.
    pub bought: f64,
    /// What goes back into the rack.
    pub kept: f64,
    /// Pieces too large for the stock, in how many parts each is made.
    pub joined: Vec<Joined>,
    /// Where each piece lies, of the first two hundred.
    pub placed: Vec<Placed>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StockShape {
    Sheet,
    Roll,
    Stick,
}

/// A piece too large for the stock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Joined {
    /// Feet.
    pub width: f64,
    pub length: f64,
    pub parts: u32,
}

/// A piece on its sheet, roll or stick; feet from its corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Placed {
    /// From 0.
    pub on: u32,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub length: f64,
}

/// A part that costs nothing here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LeftOut {
    pub name: String,
    /// "not: lit", "comes to nothing".
    pub why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Subtotal {
    pub kind: CostKind,
    pub amount: Money,
}

/// A line that costs otherwise in another build-up of the same job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineChange {
    pub name: String,
    pub kind: CostKind,
    /// `None` where it stands in the other one only.
    pub before: Option<Money>,
    pub after: Option<Money>,
    /// "28 ft".
    pub before_quantity: Option<String>,
    pub after_quantity: Option<String>,
    pub difference: Money,
}

/// What an estimator should look at before the cost is believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuildUpWarning {
    pub kind: BuildUpWarningKind,
    /// What it is about: items, inputs or lines, joined by commas.
    pub about: String,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BuildUpWarningKind {
    /// Older than twelve months.
    OldPrice,
    /// A price or rate that nobody in the shop has confirmed.
    Placeholder,
    /// The figures of the assembly are not the shop's own.
    UnconfirmedAssembly,
    /// Nobody said it: the assembly's default counts.
    Default,
    /// A piece is larger than the stock and has a joint.
    Joint,
}
