//! The kinds of documents, and the template that each comes with.

use serde::{Deserialize, Serialize};

/// A template: one for each kind of document, and the house style that all of them use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    House,
    Quote,
    Why,
    Owner,
    WorkOrder,
    JobCosts,
    ModelCard,
    Estimate,
}

impl Template {
    pub const ALL: [Self; 8] = [
        Self::House,
        Self::Quote,
        Self::Why,
        Self::Owner,
        Self::WorkOrder,
        Self::JobCosts,
        Self::ModelCard,
        Self::Estimate,
    ];

    /// As it is called in commands and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::House => "house",
            Self::Quote => "quote",
            Self::Why => "why",
            Self::Owner => "owner",
            Self::WorkOrder => "work_order",
            Self::JobCosts => "job_costs",
            Self::ModelCard => "model_card",
            Self::Estimate => "estimate",
        }
    }

    /// What is printed from it.
    pub fn about(self) -> &'static str {
        match self {
            Self::House => "Letterhead, page frame and colours of every document",
            Self::Quote => "The quote for the customer, itemised or as a lump sum",
            Self::Why => "Why this price, for the customer",
            Self::Owner => "The owner's version of a quote: cost, margin, drivers, evidence",
            Self::WorkOrder => "The work order for the floor, without prices",
            Self::JobCosts => "What a finished job cost against its estimate",
            Self::ModelCard => "What a cost model is and how good it is",
            Self::Estimate => "Why this cost: one estimate on a page",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.name() == name)
    }

    /// The one that comes with the program.
    pub fn shipped(self) -> &'static str {
        match self {
            Self::House => include_str!("../../templates/house.typ"),
            Self::Quote => include_str!("../../templates/quote.typ"),
            Self::Why => include_str!("../../templates/why.typ"),
            Self::Owner => include_str!("../../templates/owner.typ"),
            Self::WorkOrder => include_str!("../../templates/work_order.typ"),
            Self::JobCosts => include_str!("../../templates/job_costs.typ"),
            Self::ModelCard => include_str!("../../templates/model_card.typ"),
            Self::Estimate => include_str!("../../templates/estimate.typ"),
        }
    }
}
