//! In what two versions of a quote differ.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Money;
use crate::quote::{QuoteLine, Totals};

/// From one version to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct QuoteDifference {
    pub from: u32,
    pub to: u32,
    /// Only lines that differ: taken out and changed ones in the order of the first version, then added ones.
    pub lines: Vec<LineDifference>,
    pub before: Totals,
    pub after: Totals,
    /// Absent where it is the same.
    #[ts(type = "[string, string] | null")]
    pub valid_until: Option<(Date, Date)>,
    #[ts(type = "[string, string] | null")]
    pub tax_rate: Option<(Decimal, Decimal)>,
    pub terms: Option<(String, String)>,
    pub exclusions_added: Vec<String>,
    pub exclusions_removed: Vec<String>,
    /// Everything above in sentences.
    pub words: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineDifference {
    Added { line: QuoteLine, amount: Money },
    Removed { line: QuoteLine, amount: Money },
    Changed { before: QuoteLine, after: QuoteLine, from: Money, to: Money },
}
