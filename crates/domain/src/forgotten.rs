//! What similar jobs had and this one lacks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Money;

/// A cost line as far as it can be compared with those of other jobs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComparedLine {
    /// Of labour.
    pub work_code: Option<String>,
    /// What it is called: the item, or the work.
    pub name: String,
    /// Other names of the same.
    #[serde(default)]
    pub also: Vec<String>,
    pub cost: Money,
}

/// The lines of one finished job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinesOfJob {
    /// By what the job is called.
    pub number: String,
    pub lines: Vec<ComparedLine>,
}

/// A line that similar jobs have and this one lacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ForgottenLine {
    pub work_code: Option<String>,
    /// As most of the jobs call it.
    pub name: String,
    /// Jobs that have it, of how many.
    pub jobs: u32,
    pub of: u32,
    /// What it costs in the middle one of the jobs that have it.
    pub median_cost: Money,
    /// Up to five jobs that have it.
    pub examples: Vec<String>,
}
