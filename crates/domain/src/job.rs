//! A job: a piece of work with a specification, an estimate, and actual costs.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Money, Specification};

/// Where a job stands. Only completed jobs train the cost model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    #[default]
    Quoted,
    InProgress,
    Completed,
}

/// What became of the offer; the CRM's word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Open,
    Won,
    Lost,
}

/// What a job cost, in parts. A part that no source gave is absent, never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CostRecord {
    pub material: Option<Money>,
    pub labour: Option<Money>,
    pub burden: Option<Money>,
    pub outplant: Option<Money>,
    pub equipment: Option<Money>,
    pub shipping: Option<Money>,
    pub use_tax: Option<Money>,
    pub total: Option<Money>,
}

impl CostRecord {
    /// The parts by name, in the order of a cost summary, without the total.
    pub fn parts(&self) -> [(&'static str, Option<Money>); 7] {
        [
            ("material", self.material),
            ("labour", self.labour),
            ("burden", self.burden),
            ("outplant", self.outplant),
            ("equipment", self.equipment),
            ("shipping", self.shipping),
            ("use tax", self.use_tax),
        ]
    }

    /// Sum of the parts that are present.
    pub fn sum(&self) -> Option<Money> {
        self.parts().into_iter().filter_map(|(_, part)| part).sum()
    }
}

/// A job as merged from every source that spoke of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Job {
    /// 0 until stored.
    #[ts(type = "number")]
    pub id: i64,
    pub work_order: Option<String>,
    pub quote_number: Option<String>,
    pub opportunity: Option<String>,
    pub customer_id: Option<String>,
    pub customer: Option<String>,
    pub description: Option<String>,
    pub location: Option<String>,
    pub sign_type: Option<String>,
    pub estimator: Option<String>,
    pub status: JobStatus,
    pub outcome: Option<Outcome>,
    pub lost_reason: Option<String>,
    pub competitor_price: Option<Money>,
    #[ts(type = "string | null")]
    pub quoted_on: Option<Date>,
    #[ts(type = "string | null")]
    pub completed_on: Option<Date>,
    /// The shop's own estimate of the cost.
    pub estimated_cost: Option<Money>,
    pub estimated_hours: Option<f64>,
    pub actual_hours: Option<f64>,
    pub actual: CostRecord,
    pub quoted_price: Option<Money>,
    pub sale_price: Option<Money>,
    pub overrun_cause: Option<String>,
    pub specification: Specification,
}

impl Job {
    /// The number people call it by: work order, else quote.
    pub fn number(&self) -> &str {
        self.work_order.as_deref().or(self.quote_number.as_deref()).unwrap_or("without number")
    }
}
