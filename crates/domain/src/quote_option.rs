//! Options of a quote: what is always in it, what may be added, what stands for something else, and prices by quantity.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Money;
use crate::quote::{QuoteLine, Totals};

/// Some lines that are taken or left together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct QuoteOption {
    /// As it is called when it is chosen; once in a quote.
    pub key: String,
    pub label: String,
    pub kind: OptionKind,
    pub chosen: bool,
    pub lines: Vec<OptionLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OptionKind {
    /// Always part of the quote.
    Base,
    /// Taken or left by itself.
    Addition,
    /// One of a group, such as acrylic or flex faces: exactly one is taken.
    Alternate { group: String },
}

/// A line, and what one costs from certain quantities on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OptionLine {
    pub line: QuoteLine,
    /// By rising quantity. Below the first, the line's own price counts.
    #[serde(default)]
    pub breaks: Vec<QuantityBreak>,
}

/// What one costs from a quantity on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct QuantityBreak {
    #[ts(type = "string")]
    pub from: Decimal,
    /// In major units.
    #[ts(type = "string")]
    pub unit_cost: Decimal,
    #[ts(type = "string")]
    pub unit_price: Decimal,
}

/// The chosen options as one quote, and what choosing otherwise would mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RolledUp {
    pub lines: Vec<QuoteLine>,
    pub totals: Totals,
    pub options: Vec<OptionAmount>,
    /// "12 of \"Panel\" cost less than 11".
    pub hints: Vec<String>,
}

/// What one option comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OptionAmount {
    pub key: String,
    pub label: String,
    pub kind: OptionKind,
    pub chosen: bool,
    /// Its own lines, before tax.
    pub amount: Money,
    /// The quote's total, tax included, with the other choice: a chosen addition left, another one taken. `None` for what
    /// has no other choice, or where nothing would be left.
    pub otherwise: Option<Money>,
}
