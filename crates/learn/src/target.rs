//! The scale the trees work on: the logarithm where all targets are positive and skewed, else the target itself, then
//! centred and divided by its spread, so that f32 leaves lose nothing.

use serde::{Deserialize, Serialize};

use crate::bits;
use crate::statistics::{deviation, mean, skewness};

/// Skewness from which the logarithm is taken (that of an exponential distribution is 2, of a normal one 0).
const SKEWED: f64 = 0.8;

/// How a target is scaled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scale {
    pub(crate) log: bool,
    #[serde(with = "bits")]
    centre: f64,
    #[serde(with = "bits")]
    spread: f64,
}

impl Scale {
    /// The scale for these targets; `None` where they are all the same.
    pub(crate) fn fit(targets: &[f64]) -> Option<Self> {
        let positive = targets.iter().all(|&y| y > 0.0);
        let logs: Vec<f64> = if positive { targets.iter().map(|y| y.ln()).collect() } else { Vec::new() };
        let skew = skewness(targets);
        let log = positive && skew > SKEWED && skewness(&logs).abs() < skew;
        let values = if log { &logs } else { targets };
        let (centre, spread) = (mean(values), deviation(values));
        (spread > 0.0 && spread.is_finite()).then_some(Self { log, centre, spread })
    }

    pub(crate) fn scaled(&self, y: f64) -> f64 {
        (if self.log { y.ln() } else { y } - self.centre) / self.spread
    }

    /// From the scaled value back to the target or its logarithm.
    pub(crate) fn level(&self, z: f64) -> f64 {
        self.centre + self.spread * z
    }

    /// From the scaled value back to the target.
    pub(crate) fn target(&self, z: f64) -> f64 {
        let level = self.level(z);
        if self.log { level.exp() } else { level }
    }

    /// One unit of the scaled value in the target or its logarithm.
    pub(crate) fn spread(&self) -> f64 {
        self.spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skewed_positive_targets_get_a_logarithm_and_come_back() {
        let skewed: Vec<f64> = (0..60).map(|i| (f64::from(i) / 10.0).exp()).collect();
        let even: Vec<f64> = (1..60).map(f64::from).collect();
        let with_zero: Vec<f64> = skewed.iter().map(|y| y - 1.0).collect();
        for (targets, log) in [(&skewed, true), (&even, false), (&with_zero, false)] {
            let scale = Scale::fit(targets).expect("varies");
            assert_eq!(scale.log, log);
            for &y in targets {
                assert!((scale.target(scale.scaled(y)) - y).abs() <= 1e-9 * y.abs().max(1.0));
            }
        }
        assert_eq!(Scale::fit(&[4.0; 9]), None);
    }
}
