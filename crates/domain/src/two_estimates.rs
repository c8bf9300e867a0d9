//! Two estimates of one job side by side: built up from an assembly, and learned from finished jobs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Money;
use crate::estimate::Range;

/// The parts that a finished job's account tells, and an assembly's lines are gathered into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CostGroup {
    Material,
    /// With burden.
    Labour,
    Outplant,
    Equipment,
    Shipping,
    UseTax,
}

impl CostGroup {
    pub fn label(self) -> &'static str {
        match self {
            Self::Material => "Material",
            Self::Labour => "Labour",
            Self::Outplant => "Outplant",
            Self::Equipment => "Equipment",
            Self::Shipping => "Shipping",
            Self::UseTax => "Use tax",
        }
    }
}

/// An amount of one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupAmount {
    pub group: CostGroup,
    pub amount: Money,
}

/// Where the two agree, and where they do not and by what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TwoEstimates {
    pub built_up: Money,
    pub learned: Money,
    pub range: Range,
    pub standing: RangeStanding,
    /// By how much the built-up cost lies outside of the range; zero inside.
    pub beyond: Money,
    /// Built-up less learned, by group, the largest first. They add up to the difference. Empty where it is not known how
    /// the learned cost is made up.
    pub groups: Vec<GroupDifference>,
    /// What the learned cost counts and the assembly never asks about, the largest first.
    pub unasked: Vec<UnaskedDriver>,
    /// In sentences.
    pub said: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RangeStanding {
    Below,
    Inside,
    Above,
}

/// One group in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupDifference {
    pub group: CostGroup,
    pub built_up: Money,
    pub learned: Money,
    /// Built-up less learned.
    pub difference: Money,
    /// The built-up lines of the group, the largest first: up to three.
    pub lines: Vec<String>,
}

/// A driver that moves the learned cost and is no input of the assembly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnaskedDriver {
    pub driver: String,
    pub label: String,
    pub value: String,
    pub amount: Money,
}
