//! A quote: one number, versions of it with exactly one active, lines in decimals and totals in cents.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Money;
use crate::price_decision::{DecidedPrice, FloorApproval};
use crate::quote_option::{OptionAmount, QuoteOption};

/// Where a quote stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuoteStatus {
    Draft,
    /// Inside the shop; from here the version is locked.
    Approved,
    /// In the outbox.
    Sent,
    Won,
    Lost,
    Expired,
}

/// What a person (or the calendar) does to a quote. Which step may follow which status is `quoting`'s to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuoteStep {
    Approve,
    Send,
    /// The customer has looked at it.
    View,
    Win,
    Lose,
    /// The day after `valid_until`.
    Expire,
    /// Opens a further version as a draft.
    Revise,
    /// An addition to what was won.
    ChangeOrder,
}

/// One line as entered. Cost is internal and never printed for the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct QuoteLine {
    pub description: String,
    #[ts(type = "string")]
    pub quantity: Decimal,
    pub unit: String,
    /// Cost of one, in major units.
    #[ts(type = "string")]
    pub unit_cost: Decimal,
    /// Price of one, in major units.
    #[ts(type = "string")]
    pub unit_price: Decimal,
    /// The estimate the cost comes from.
    #[ts(type = "number | null")]
    pub estimate_id: Option<i64>,
}

/// What the lines come to. Line amounts are rounded half away from zero, tax once; nothing else is rounded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Totals {
    /// One amount per line, in order.
    pub amounts: Vec<Money>,
    pub cost: Money,
    pub subtotal: Money,
    pub tax: Money,
    pub total: Money,
    /// (subtotal - cost) / cost, `None` without cost.
    #[ts(type = "string | null")]
    pub markup: Option<Decimal>,
    /// (subtotal - cost) / subtotal, `None` without a price.
    #[ts(type = "string | null")]
    pub margin: Option<Decimal>,
}

/// One version of a quote. Approved versions never change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct QuoteVersion {
    pub version: u32,
    #[ts(type = "string")]
    pub created_at: Timestamp,
    pub locked: bool,
    pub lines: Vec<QuoteLine>,
    /// As a fraction: 0.07 is 7 %.
    #[ts(type = "string")]
    pub tax_rate: Decimal,
    #[ts(type = "string")]
    pub valid_until: Date,
    pub terms: String,
    pub exclusions: Vec<String>,
    pub totals: Totals,
    /// How its price was decided; absent where prices were typed.
    #[serde(default)]
    pub decided: Option<DecidedPrice>,
    /// Who approved it below the floor, and why.
    #[serde(default)]
    pub approval: Option<FloorApproval>,
    /// What may be chosen, the base first; empty where all lines are taken. `lines` are those of the chosen ones.
    #[serde(default)]
    pub options: Vec<QuoteOption>,
    /// What each option comes to, in the same order.
    #[serde(default)]
    pub option_amounts: Vec<OptionAmount>,
}

/// A quote with all its versions, oldest first; the last one is active.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Quote {
    #[ts(type = "number")]
    pub id: i64,
    /// `Q-2026-0001`.
    pub number: String,
    pub title: String,
    pub customer: String,
    pub contact: String,
    pub status: QuoteStatus,
    #[ts(type = "string")]
    pub created_at: Timestamp,
    pub lost_reason: Option<String>,
    pub competitor_price: Option<Money>,
    /// The record this quote is in a CRM: source and id there.
    pub external_id: Option<String>,
    pub versions: Vec<QuoteVersion>,
}

impl Quote {
    pub fn active(&self) -> &QuoteVersion {
        self.versions.last().expect("a quote is stored with at least one version")
    }
}
