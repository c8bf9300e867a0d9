//! What does not fit: in a series, in a table of numbers, among jobs.

mod jobs;
mod normal;
mod series;
mod table;
pub mod why;

pub use jobs::{in_jobs, look_in_jobs};
pub use series::in_series;
pub use table::{FROM_DEVIATIONS, FROM_SCORE, NumberColumn, forest_alone, in_table};
