//! Learns what jobs cost from what they did cost, and says how sure it is and why.
//!
//! A `TrainingSet` goes in; `train` gives a `CostModel` and its card, measured on the newest jobs beside the simple
//! rules; `CostModel::predict` answers with a value, ranges, contributions in the target's unit and novelty; `similar`
//! finds jobs alike; `promote` decides between two models; `surrogate` says in three lines what makes jobs dear. `outcome`
//! learns which offers are won. Numbers are f64 in the target's own unit: money is the
//! caller's. There is no clock, no file and no global state; the same input gives the same output bit for bit.
//!
//! Missing values, rare and unseen categories and drivers of the shop's own are all expected.

mod error;
mod table;

pub mod features;
pub mod outcome;

mod bits;
mod random;
mod statistics;

mod bias;
mod blend;
pub mod boost;
mod columns;
mod context;
mod drift;
mod encoding;
mod explain;
mod fallback;
mod hiding;
mod inputs;
mod linear;
mod member;
mod novelty;
mod ranges;
mod recent;
mod ridge;
mod rules;
mod score;
mod search;
mod space;
mod split;
mod stages;
mod target;
mod text;
mod training_set;
mod tree;

mod interaction;
mod model;
mod similar;
mod stretch;
mod surrogate;
pub(crate) mod train;
mod trial;
mod verdict;

pub use bias::{Bias, FEWEST_RATIOS, biases};
pub use drift::{NOTICEABLE, drift};
pub use error::LearnError;
pub use interaction::{Interaction, Mix, effects, interactions, sample as sampled_rows};
pub use model::{CostModel, Prediction};
pub use novelty::Novelty;
pub use ranges::{AT_MOST, RANGE_LEVELS};
pub use rules::{ClassMedian, PastJob, RULE_MONTHS, median_rule};
pub use similar::Neighbours;
pub use statistics::median;
pub use stretch::{Side, Stretch};
pub use surrogate::{Line, Surrogate, surrogate};
pub use table::{Cell, Column, ColumnData, Table};
pub use train::{Tested, Trained, train};
pub use training_set::{FEWEST_ROWS, TrainParams, TrainingSet};
pub use trial::{FEWEST_TRIED, Said, trial};
pub use verdict::{LINEAR, MODEL, OWN, RULE, UNDATED_RULE, promote};
