//! What is added to a quote after it was won: a numbered order with lines and a reason, kept as it was given.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Money;
use crate::quote::{QuoteLine, Totals};

/// One change order. What it takes away are lines with prices below zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeOrder {
    /// 1, 2, ... of its quote.
    pub number: u32,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub who: String,
    pub reason: String,
    pub lines: Vec<QuoteLine>,
    #[ts(type = "string")]
    pub tax_rate: Decimal,
    pub totals: Totals,
}

/// A won quote with its change orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrderedTotals {
    pub cost: Money,
    pub subtotal: Money,
    pub tax: Money,
    pub total: Money,
}
