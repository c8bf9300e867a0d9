//! The scale the learners work on: the target itself or, where all targets are positive and skewed, perhaps its logarithm,
//! then centred and divided by its spread, so that f32 leaves lose nothing.

use serde::{Deserialize, Serialize};

use crate::bits;
use crate::statistics::{deviation, mean, skewness};

/// Skewness from which the logarithm is tried (that of an exponential distribution is 2, of a normal one 0).
const SKEWED: f64 = 0.5;

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
    /// The scales worth trying, the likelier first: at least one unless all targets are the same or no numbers.
    pub(crate) fn candidates(targets: &[f64]) -> Vec<Self> {
        let skew = skewness(targets);
        let logarithm = if skew > SKEWED { Self::logarithm(targets) } else { None };
        logarithm.into_iter().chain(Self::identity(targets)).collect()
    }

    /// As `candidates` has it for a choice made before.
    pub(crate) fn known(targets: &[f64], log: bool) -> Option<Self> {
        if log { Self::logarithm(targets).or_else(|| Self::identity(targets)) } else { Self::identity(targets) }
    }

    pub(crate) fn identity(targets: &[f64]) -> Option<Self> {
        Self::around(targets, false)
    }

    /// `None` unless all targets are positive.
    fn logarithm(targets: &[f64]) -> Option<Self> {
        let positive = targets.iter().all(|&y| y > 0.0);
        if positive { Self::around(&targets.iter().map(|y| y.ln()).collect::<Vec<_>>(), true) } else { None }
    }

    fn around(values: &[f64], log: bool) -> Option<Self> {
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
    fn a_logarithm_is_tried_for_skewed_positive_targets_and_comes_back() {
        let skewed: Vec<f64> = (0..60).map(|i| (f64::from(i) / 10.0).exp()).collect();
        let even: Vec<f64> = (1..60).map(f64::from).collect();
        let with_zero: Vec<f64> = skewed.iter().map(|y| y - 1.0).collect();
        for (targets, logs) in [(&skewed, vec![true, false]), (&even, vec![false]), (&with_zero, vec![false])] {
            let scales = Scale::candidates(targets);
            assert_eq!(scales.iter().map(|scale| scale.log).collect::<Vec<_>>(), logs);
            for scale in scales {
                assert_eq!(Scale::known(targets, scale.log), Some(scale));
                for &y in targets {
                    assert!((scale.target(scale.scaled(y)) - y).abs() <= 1e-9 * y.abs().max(1.0));
                }
            }
        }
        assert_eq!(Scale::candidates(&[4.0; 9]), []);
        assert_eq!(Scale::known(&with_zero, true), Scale::identity(&with_zero));
    }
}
