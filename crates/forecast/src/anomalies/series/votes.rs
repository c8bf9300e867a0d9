//! Detectors that know nothing of interventions, asked for a second opinion: a robust decomposition (trend by moving
//! median, season by medians per period), then its remainder by MAD and by quartiles, and the values by a moving median.

use crate::numbers::{median, quantile, robust_sigma, sorted};

/// Robust standard deviations from which a remainder stands out (Iglewicz and Hoaglin 1993).
const OUTSTANDING: f64 = 3.5;
/// Interquartile ranges beyond the quartiles (Tukey's far out).
const FAR_OUT: f64 = 2.0;
/// Values on each side of the moving median.
const NEIGHBOURS: usize = 3;

/// Which detectors see which position.
#[derive(Clone, Debug)]
pub(super) struct Votes {
    seen: [(&'static str, Vec<bool>); 3],
}

impl Votes {
    pub(super) fn of(values: &[f64], season: usize) -> Self {
        let trend = trend(values, season);
        let detrended: Vec<f64> = values.iter().zip(&trend).map(|(y, t)| y - t).collect();
        let seasonal = season_medians(&detrended, season);
        let remainder: Vec<f64> = (0..values.len()).map(|t| detrended[t] - seasonal[t % seasonal.len()]).collect();
        let near = moving_median(&remainder, NEIGHBOURS);
        let local: Vec<f64> = remainder.iter().zip(&near).map(|(y, m)| y - m).collect();
        let seen = [
            ("robust z", outstanding(&remainder)),
            ("quartiles", far_out(&remainder)),
            ("moving median", outstanding(&local)),
        ];
        Self { seen }
    }

    /// Names of the detectors that see at least half of a stretch of at most eight positions.
    pub(super) fn for_stretch(&self, from: usize, to: usize) -> impl Iterator<Item = &'static str> {
        let to = to.min(from + 7);
        self.seen.iter().filter_map(move |(name, seen)| {
            let count = seen[from..=to].iter().filter(|s| **s).count();
            (2 * count > to - from).then_some(*name)
        })
    }
}

/// Whether each value, trend taken out, lies well inside what the other positions show.
pub(super) fn ordinary_elsewhere(values: &[f64], season: usize) -> Vec<bool> {
    let trend = trend(values, season);
    let levels: Vec<f64> = values.iter().zip(&trend).map(|(y, t)| y - t).collect();
    let ordered = sorted(&levels);
    levels
        .iter()
        .map(|level| {
            let mut others = ordered.clone();
            others.remove(ordered.partition_point(|x| x < level));
            (quantile(&others, 0.02)..=quantile(&others, 0.98)).contains(level)
        })
        .collect()
}

fn trend(values: &[f64], season: usize) -> Vec<f64> {
    moving_median(values, (season / 2).max(4))
}

/// Medians over `reach` values on both sides, fewer at the ends.
fn moving_median(values: &[f64], reach: usize) -> Vec<f64> {
    let window = |t: usize| &values[t.saturating_sub(reach)..(t + reach + 1).min(values.len())];
    (0..values.len()).map(|t| median(window(t))).collect()
}

fn season_medians(detrended: &[f64], season: usize) -> Vec<f64> {
    if season < 2 || detrended.len() < 2 * season {
        return vec![0.0];
    }
    let at = |phase: usize| detrended.iter().skip(phase).step_by(season).copied().collect::<Vec<_>>();
    (0..season).map(|phase| median(&at(phase))).collect()
}

fn outstanding(remainder: &[f64]) -> Vec<bool> {
    let (centre, sigma) = (median(remainder), robust_sigma(remainder));
    remainder.iter().map(|x| (x - centre).abs() > OUTSTANDING * sigma).collect()
}

fn far_out(remainder: &[f64]) -> Vec<bool> {
    let ordered = sorted(remainder);
    let (low, high) = (quantile(&ordered, 0.25), quantile(&ordered, 0.75));
    let reach = FAR_OUT * (high - low);
    remainder.iter().map(|x| *x < low - reach || *x > high + reach).collect()
}
