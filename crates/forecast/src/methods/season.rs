//! The season of a history by classical decomposition, where the autocorrelation test of the Theta method (Assimakopoulos
//! and Nikolopoulos 2000) sees one.

use crate::numbers::mean;

/// 90 % of the standard normal lie within this distance of zero.
const NORMAL_90: f64 = 1.645;
/// Shortest season that is looked for.
const SHORTEST: usize = 4;
/// A factor below this would blow values up; the season is then taken as added.
const LEAST_FACTOR: f64 = 0.01;

/// What each period of the year adds or multiplies by, starting with the first value of the history.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Season {
    None,
    Added(Vec<f64>),
    Factors(Vec<f64>),
}

impl Season {
    pub(crate) fn of(history: &[f64], length: usize) -> Self {
        if length < SHORTEST || history.len() < 2 * length || !is_seasonal(history, length) {
            return Self::None;
        }
        let trend = moving_average(history, length);
        if history.iter().all(|y| *y > 0.0) {
            let ratios = per_period(history, &trend, length, |y, trend| y / trend);
            let usual = mean(&ratios);
            let factors: Vec<f64> = ratios.iter().map(|ratio| ratio / usual).collect();
            if factors.iter().all(|factor| *factor >= LEAST_FACTOR) {
                return Self::Factors(factors);
            }
        }
        let differences = per_period(history, &trend, length, |y, trend| y - trend);
        let usual = mean(&differences);
        Self::Added(differences.iter().map(|difference| difference - usual).collect())
    }

    /// The history without its season.
    pub(crate) fn removed(&self, history: &[f64]) -> Vec<f64> {
        let each = history.iter().enumerate();
        match self {
            Self::None => history.to_vec(),
            Self::Added(added) => each.map(|(at, y)| y - added[at % added.len()]).collect(),
            Self::Factors(factors) => each.map(|(at, y)| y / factors[at % factors.len()]).collect(),
        }
    }

    /// Gives the season to a path whose first value has index `from`.
    pub(crate) fn put_back(&self, from: usize, path: &mut [f64]) {
        let each = path.iter_mut().enumerate();
        match self {
            Self::None => {}
            Self::Added(added) => each.for_each(|(step, y)| *y += added[(from + step) % added.len()]),
            Self::Factors(factors) => each.for_each(|(step, y)| *y *= factors[(from + step) % factors.len()]),
        }
    }
}

/// Whether the correlation one season apart is beyond what the nearer ones explain (Bartlett), at 90 %.
fn is_seasonal(history: &[f64], length: usize) -> bool {
    let centre = mean(history);
    let off: Vec<f64> = history.iter().map(|y| y - centre).collect();
    let variance: f64 = off.iter().map(|y| y * y).sum();
    if variance <= 0.0 {
        return false;
    }
    let correlation = |lag: usize| off.iter().zip(&off[lag..]).map(|(a, b)| a * b).sum::<f64>() / variance;
    let nearer: f64 = (1..length).map(|lag| correlation(lag).powi(2)).sum();
    correlation(length).abs() > NORMAL_90 * ((1.0 + 2.0 * nearer) / history.len() as f64).sqrt()
}

/// Centred over one season, from index `length / 2` on; an even season has half weights at both ends.
fn moving_average(history: &[f64], length: usize) -> Vec<f64> {
    let width = length + 1 - length % 2;
    let one = |window: &[f64]| {
        let ends = if length.is_multiple_of(2) { 0.5 * (window[0] + window[width - 1]) } else { 0.0 };
        let inner = if length.is_multiple_of(2) { &window[1..width - 1] } else { window };
        (ends + inner.iter().sum::<f64>()) / length as f64
    };
    history.windows(width).map(one).collect()
}

/// Mean comparison of value and trend for each period of the season.
fn per_period(history: &[f64], trend: &[f64], length: usize, compared: fn(f64, f64) -> f64) -> Vec<f64> {
    let half = length / 2;
    let mut sums = vec![(0.0, 0.0); length];
    for (at, trend) in trend.iter().enumerate() {
        let sum = &mut sums[(at + half) % length];
        *sum = (sum.0 + compared(history[at + half], *trend), sum.1 + 1.0);
    }
    sums.iter().map(|(sum, count)| sum / f64::max(*count, 1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarters(level: impl Fn(usize) -> f64) -> Vec<f64> {
        (0..24).map(|at| level(at) * [0.8, 1.1, 1.3, 0.8][at % 4]).collect()
    }

    #[test]
    fn known_factors_are_found_taken_away_and_put_back() {
        let history = quarters(|_| 50.0);
        let season = Season::of(&history, 4);
        assert!(season.removed(&history).iter().all(|y| (y - 50.0).abs() < 1e-9), "{season:?}");
        let mut path = [50.0; 3];
        season.put_back(25, &mut path);
        assert!((path[0] - 55.0).abs() < 1e-9 && (path[1] - 65.0).abs() < 1e-9, "{path:?}");
    }

    #[test]
    fn histories_through_zero_get_an_added_season_and_noise_none() {
        let around_zero: Vec<f64> = quarters(|_| 50.0).iter().map(|y| y - 50.0).collect();
        let Season::Added(added) = Season::of(&around_zero, 4) else { panic!("added") };
        assert!((added[0] + 10.0).abs() < 1e-9, "{added:?}");
        let noise: Vec<f64> = (0..48_u32).map(|i| f64::from(i * i * 7 % 31)).collect();
        assert_eq!(Season::of(&noise, 12), Season::None);
    }
}
