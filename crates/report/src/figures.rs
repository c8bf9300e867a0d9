//! Figures as SVG, in the light theme of the product: quiet lines, one accent, colour only where it means something.

mod canvas;
mod scale;

pub mod anomalies;
pub mod card;
pub mod differences;
pub mod fan;
pub mod range;
pub mod waterfall;

pub use anomalies::anomaly_chart;
pub use card::{card_by_type, card_scores};
pub use differences::{Difference, differences};
pub use fan::fan_chart;
pub use range::range_bar;
pub use waterfall::waterfall;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
