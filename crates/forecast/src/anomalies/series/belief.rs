//! How large a t statistic must be before it is believed.

use super::effects::Effect;
use crate::anomalies::normal::upper_normal;

/// How large a single value must be: the chance that some value of normal noise passes for it, and the least size in standard
/// deviations, below which it is a large value and not an exception, however quiet its neighbours are.
const POINT: (f64, f64) = (0.02, 4.6);
/// The same for a value that would be ordinary at another time of the season. Noise seldom takes a crest into the middle,
/// so fewer chances are open to it.
const CONTEXTUAL: (f64, f64) = (0.05, 3.7);
/// Autocorrelation from which noise wanders so far that its standard deviation is no measure.
const STRONGEST_PHI: f64 = 0.7;
/// Runs, shifts and bends can be placed in many more ways, and slow wandering looks like them.
const SHIFT: f64 = 5.5;
/// By how much heavy tails raise the bar.
const TAIL_POWER: f64 = 1.5;

/// The bars of one series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Belief {
    point: f64,
    contextual: f64,
}

/// What the bars of points depend on once a regression is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noise {
    pub(super) phi: f64,
    /// Values minus columns.
    pub(super) free: f64,
    /// Standard deviation of the innovations.
    pub(super) sigma: f64,
    /// Of [`tail_weight`].
    pub(super) tail: f64,
}

/// An effect as a regression sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) t: f64,
    /// In standard deviations of the innovations.
    pub(super) size: f64,
    /// The value would be ordinary at another time of the season.
    pub(super) elsewhere: bool,
}

impl Belief {
    pub(super) fn of(n: usize) -> Self {
        let bar = |chance: f64| upper_normal(chance / (2.0 * n as f64));
        Self { point: bar(POINT.0), contextual: bar(CONTEXTUAL.0) }
    }

    /// On the way: many an effect is taken up that does not stay.
    pub(super) fn threshold(self, effect: Effect) -> f64 {
        match effect {
            Effect::Point(_) => self.contextual,
            Effect::Run(..) | Effect::Level(_) | Effect::Trend(_) => SHIFT,
        }
    }

    /// In the end, from 1 up it is believed. For points normal deviates become Student's (Abramowitz and Stegun 26.7.5,
    /// first term), and tails as heavy as those seen raise the bar.
    pub(super) fn strength(self, effect: Effect, found: Found, noise: Noise) -> f64 {
        let Effect::Point(_) = effect else { return found.t / SHIFT };
        let (point, least) = if found.elsewhere { (self.contextual, CONTEXTUAL.1) } else { (self.point, POINT.1) };
        let student = point * (1.0 + (point.powi(2) + 1.0) / (4.0 * noise.free));
        let size = found.size * (1.0 - noise.phi.min(STRONGEST_PHI).powi(2)).sqrt();
        (found.t / (student * noise.tail.max(1.0).powf(TAIL_POWER))).min(size / least)
    }
}

/// Mean of the largest residuals over what it would be in normal noise of this standard deviation.
pub(super) fn tail_weight(residual: &[f64], sigma: f64) -> f64 {
    let n = residual.len();
    let top = (n / 25).clamp(3, 8);
    let mut sizes: Vec<f64> = residual.iter().map(|x| x.abs()).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let usual: f64 = (1..=top).map(|rank| upper_normal((rank as f64 - 0.375) / (2.0 * (n as f64 + 0.25)))).sum();
    sizes.iter().take(top).sum::<f64>() / (usual * sigma).max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_wandering_and_heavy_tails_weaken_a_point_and_another_time_strengthens_it() {
        let plain = Noise { phi: 0.0, free: 90.0, sigma: 1.0, tail: 1.0 };
        let found = Found { t: 4.5, size: 4.5, elsewhere: false };
        let strength = |found, noise| Belief::of(100).strength(Effect::Point(3), found, noise);
        let weaker = [Noise { free: 12.0, ..plain }, Noise { phi: 0.6, ..plain }, Noise { tail: 1.3, ..plain }];
        assert!(weaker.into_iter().all(|noise| strength(found, noise) < strength(found, plain)));
        assert!(strength(Found { elsewhere: true, ..found }, plain) > strength(found, plain));
        let normal: Vec<f64> = (1..=100).map(|rank| upper_normal((f64::from(rank) - 0.375) / 200.5)).collect();
        assert!((tail_weight(&normal, 1.0) - 1.0).abs() < 0.01);
    }
}
