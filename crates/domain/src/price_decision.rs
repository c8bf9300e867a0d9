//! From a cost to a price: what was decided, and every step of the way.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Money;
use crate::estimate::AtMost;

/// What a person decides. Shares are fractions: 0.40 is 40 %.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PriceDecision {
    /// 70, 80 or 90: what so many of 100 such jobs cost at most. The expected cost where it is not given.
    #[serde(default)]
    pub contingency: Option<u8>,
    /// What is allowed for rising prices until the quote ends.
    #[serde(default)]
    pub escalation: Option<Money>,
    pub way: PriceWay,
    #[serde(default)]
    pub rounding: PriceRounding,
    #[serde(default)]
    pub discount: ShareOrAmount,
    #[ts(type = "string")]
    #[serde(default)]
    pub tax_rate: Decimal,
    /// Of the total with tax.
    #[serde(default)]
    pub deposit: ShareOrAmount,
}

/// A decision as it was taken for a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DecidedPrice {
    pub decision: PriceDecision,
    pub priced: PricedJob,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Why so, in the words of who decided; empty where nothing was said.
    pub reason: String,
}

/// A price below its floor that somebody answers for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FloorApproval {
    /// Who allows it, by name.
    pub by: String,
    pub reason: String,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub floor: FloorCheck,
}

/// The lowest margins without approval, as a shop sets them. Shares of the price.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarginFloors {
    /// Of everything that has no floor of its own; nothing needs approval where it is absent.
    #[ts(type = "string | null")]
    pub default: Option<Decimal>,
    /// By sign type, as drivers name them.
    #[ts(type = "Record<string, string>")]
    pub by_type: BTreeMap<String, Decimal>,
}

/// How the price comes from the cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum PriceWay {
    /// cost x (1 + markup)
    Markup {
        #[ts(type = "string")]
        markup: Decimal,
    },
    /// cost / (1 - margin)
    Margin {
        #[ts(type = "string")]
        margin: Decimal,
    },
    /// A price that somebody wants, before rounding and discount.
    Price { price: Money },
}

/// Nothing, a share of something, or an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum ShareOrAmount {
    #[default]
    Nothing,
    Part {
        #[ts(type = "string")]
        share: Decimal,
    },
    Amount {
        amount: Money,
    },
}

/// The one rule by which a price is rounded, before discount and tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub struct PriceRounding {
    /// In major units, such as 5; to the minor unit where it is absent.
    #[ts(type = "string | null")]
    #[serde(default)]
    pub to: Option<Decimal>,
    /// Up, and never down; else to the nearest, half away from zero.
    #[serde(default)]
    pub up: bool,
}

/// What is known when a price is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PriceBackground {
    /// What the work is expected to cost.
    pub cost: Money,
    /// P70, P80 and P90, where the estimate has them.
    #[serde(default)]
    pub at_most: Vec<AtMost>,
    /// The lowest margin without approval, of the kind of work that this is.
    #[serde(default)]
    pub floor: Option<MarginFloor>,
    /// Chance over price, by rising price; empty where nothing is known.
    #[serde(default)]
    pub chances: Vec<PriceChance>,
    /// How offers of this kind went lately.
    #[serde(default)]
    pub conversion: Option<Conversion>,
}

/// The lowest margin of a category without approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarginFloor {
    /// "Channel letters", "Service".
    pub category: String,
    /// As a share of the price.
    #[ts(type = "string")]
    pub margin: Decimal,
}

/// How likely an offer is taken at a price before tax.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PriceChance {
    pub price: Money,
    /// 0 to 1.
    pub chance: f64,
}

/// Decided offers, and how many of them were won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Conversion {
    pub decided: u32,
    pub won: u32,
}

/// A price with every step that led to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PricedJob {
    pub steps: Vec<PriceStep>,
    /// Expected cost, contingency and escalation.
    pub cost: Money,
    /// Before tax, after discount: what counts as the price.
    pub net: Money,
    pub tax: Money,
    pub total: Money,
    pub deposit: Money,
    /// What is due at the end: total less deposit.
    pub balance: Money,
    pub profit: Money,
    /// Of the net price over the cost with contingency and escalation; six places.
    #[ts(type = "string | null")]
    pub markup: Option<Decimal>,
    #[ts(type = "string | null")]
    pub margin: Option<Decimal>,
    /// The same over the expected cost alone: what is earned if all goes as expected.
    #[ts(type = "string | null")]
    pub expected_margin: Option<Decimal>,
    /// "to the next 5.00 above".
    pub rounding: String,
    pub floor: Option<FloorCheck>,
    pub chance: Option<ChanceAtPrice>,
    pub signals: Vec<PriceSignal>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceStep {
    pub kind: PriceStepKind,
    pub label: String,
    /// "cost x 1.40".
    pub how: String,
    /// What the step adds or takes away; of the sums, what they come to.
    pub amount: Money,
    /// A sum of what stands above, and no step of its own.
    pub is_sum: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PriceStepKind {
    ExpectedCost,
    Contingency,
    Escalation,
    Cost,
    Profit,
    Rounding,
    ListPrice,
    Discount,
    Net,
    Tax,
    Total,
    Deposit,
    Balance,
}

/// Whether the price needs somebody's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FloorCheck {
    pub category: String,
    #[ts(type = "string")]
    pub margin: Decimal,
    /// The lowest net price without approval.
    pub price: Money,
    pub needs_approval: bool,
    /// By how much the price lies below; zero where it does not.
    pub below: Money,
}

/// The chance at the net price, and what other prices would earn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChanceAtPrice {
    pub chance: f64,
    /// Chance times net price less expected cost.
    pub profit: Money,
    pub best: PriceChance,
    pub best_profit: Money,
    /// The price lies outside of what the curve knows; its end counts.
    pub outside: bool,
    /// Each price of the curve with what it is expected to earn.
    pub profits: Vec<Money>,
}

/// Something to think about before this price goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceSignal {
    pub kind: PriceSignalKind,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PriceSignalKind {
    /// Every such job loses money.
    BelowCost,
    BelowFloor,
    /// A higher price is expected to earn more, and this one is nearly sure to be taken; or nearly all offers are taken.
    TooCheap,
    /// A lower price is expected to earn more, or few offers are taken.
    TooDear,
}
