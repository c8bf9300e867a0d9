//! The starter's ranges: what generated jobs give, and what is not known about the shop, added as variances of the
//! logarithm.

use signwright_domain::starter::{StarterCard, StarterCorrection};
use signwright_learn::Prediction;

/// Quantiles of the normal distribution on either side, by level.
const REACH: [(u8, f64); 5] = [(40, 0.524_401), (60, 0.841_621), (80, 1.281_552), (90, 1.644_854), (95, 1.959_964)];
/// A range that reaches to nothing is cut here, as a share of the value, before its logarithm is taken.
const LEAST: f64 = 0.02;

/// Level, low and high around the corrected value.
pub(super) fn widened(
    prediction: &Prediction,
    value: f64,
    card: &StarterCard,
    correction: Option<&StarterCorrection>,
) -> Vec<(u8, f64, f64)> {
    let unknown = correction.map_or_else(|| card.shop_spread(), |correction| correction.unknown);
    // The shop's jobs scatter at least as far as generated ones do.
    let more = correction.map_or(1.0, |correction| (correction.scatter / card.job_spread).max(1.0));
    let range = |&(level, low, high): &(u8, f64, f64)| {
        let reach = REACH.iter().find(|(known, _)| *known == level).map_or(0.0, |(_, reach)| reach * unknown);
        let below = (prediction.value / low.max(LEAST * prediction.value)).ln();
        let above = (high / prediction.value).ln();
        (level, value * (-(more * below).hypot(reach)).exp(), value * (more * above).hypot(reach).exp())
    };
    prediction.ranges.iter().map(range).collect()
}
