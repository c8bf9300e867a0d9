//! How good estimates are, and whether one way of estimating is clearly better than another.

use std::collections::BTreeMap;

use signwright_domain::card::{Coverage, Score};

use crate::random::Random;
use crate::statistics::{deviation, mean, median};

/// Resamples of the paired comparison.
const RESAMPLES: usize = 1000;
/// Share of the resamples in which the better one must be ahead.
const CLEARLY: f64 = 0.95;
/// An error counts at most so many times the actual value, so that one job cannot decide.
const MOST: f64 = 2.0;
/// Fewest rows of a comparison.
const FEWEST: usize = 5;

/// The score of a method on the rows it could estimate; `None` where it could estimate none.
pub(crate) fn score(method: &str, predicted: &[Option<f64>], actual: &[f64]) -> Option<Score> {
    let pairs: Vec<(f64, f64)> =
        predicted.iter().zip(actual).filter_map(|(p, &a)| p.filter(|p| p.is_finite()).map(|p| (p, a))).collect();
    if pairs.is_empty() {
        return None;
    }
    let errors: Vec<f64> = pairs.iter().map(|(p, a)| p - a).collect();
    // Per cent has no meaning where the actual value is 0.
    let relative: Vec<f64> = pairs.iter().filter(|(_, a)| *a != 0.0).map(|(p, a)| (p - a) / a.abs()).collect();
    let sizes: Vec<f64> = relative.iter().map(|e| e.abs()).collect();
    let per_cent = |share: f64| if share.is_finite() { 100.0 * share } else { 0.0 };
    Some(Score {
        method: method.to_owned(),
        n: pairs.len() as u32,
        mae: errors.iter().map(|e| e.abs()).sum::<f64>() / errors.len() as f64,
        rmse: (errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64).sqrt(),
        median_error: per_cent(median(&sizes)),
        bias: per_cent(mean(&relative)),
    })
}

/// Low, high and predicted value of a range.
pub(crate) type Span = (f64, f64, f64);

/// How often the ranges of a level held.
pub(crate) fn coverage(level: u8, spans: &[Span], actual: &[f64]) -> Coverage {
    let held = spans.iter().zip(actual).filter(|((low, high, _), a)| (low..=high).contains(a)).count();
    let widths: Vec<f64> = spans
        .iter()
        .filter(|(_, _, value)| *value != 0.0)
        .map(|(low, high, value)| (high - low) / value.abs())
        .collect();
    let width = if widths.is_empty() { 0.0 } else { median(&widths) };
    Coverage { level, held: held as f64 / actual.len().max(1) as f64, n: actual.len() as u32, width }
}

/// Two methods on the rows that both could estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Comparison {
    pub(crate) n: usize,
    /// Median absolute error, per cent.
    pub(crate) first: f64,
    pub(crate) second: f64,
    /// Mean absolute error of both, in the target's unit, and the root mean square error.
    pub(crate) mae: (f64, f64),
    pub(crate) rmse: (f64, f64),
    /// Share of the resamples in which the first has the smaller mean error.
    pub(crate) share_ahead: f64,
    /// The first has a smaller mean error in 95 of 100 resamples.
    pub(crate) closer: bool,
    /// The first is clearly better: closer, and with a smaller median error.
    pub(crate) clearly: bool,
    /// By how many standard errors the first is ahead in the mean.
    pub(crate) ahead: f64,
}

/// What is compared: predictions of both, what happened, and which rows belong together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) first: &'a [Option<f64>],
    pub(crate) second: &'a [Option<f64>],
    pub(crate) actual: &'a [f64],
    pub(crate) keys: &'a [u64],
}

/// A paired bootstrap over groups of the difference in absolute percentage errors. `None` with fewer than five rows.
pub(crate) fn compare(pair: &Pair<'_>, seed: u64) -> Option<Comparison> {
    let error = |p: f64, a: f64| ((p - a) / a).abs();
    let both = |row: usize| {
        let actual = pair.actual[row];
        let (first, second) = (pair.first[row]?, pair.second[row]?);
        (actual != 0.0).then(|| (pair.keys[row], error(first, actual), error(second, actual)))
    };
    let rows: Vec<(u64, f64, f64)> = (0..pair.actual.len()).filter_map(both).collect();
    if rows.len() < FEWEST {
        return None;
    }
    let of = |which: fn(&(u64, f64, f64)) -> f64| 100.0 * median(&rows.iter().map(which).collect::<Vec<_>>());
    let (first, second) = (of(|row| row.1), of(|row| row.2));
    let mut groups: BTreeMap<u64, f64> = BTreeMap::new();
    for (key, first, second) in &rows {
        *groups.entry(*key).or_default() += second.min(MOST) - first.min(MOST);
    }
    let gains: Vec<f64> = groups.into_values().collect();
    let share_ahead = ahead(&gains, seed);
    let closer = share_ahead >= CLEARLY;
    let clearly = closer && first < second;
    let (mae, rmse) = means(pair);
    let error = deviation(&gains) / (gains.len() as f64).sqrt();
    let ahead = if error > 0.0 { mean(&gains) / error } else { 0.0 };
    Some(Comparison { n: rows.len(), first, second, mae, rmse, share_ahead, closer, clearly, ahead })
}

/// Mean absolute and root mean square error of both where both estimate and the actual value is not 0.
fn means(pair: &Pair<'_>) -> ((f64, f64), (f64, f64)) {
    let row = |row: usize| {
        let actual = pair.actual[row];
        let (first, second) = (pair.first[row]?, pair.second[row]?);
        (actual != 0.0).then_some(((first - actual).abs(), (second - actual).abs()))
    };
    let (first, second): (Vec<f64>, Vec<f64>) = (0..pair.actual.len()).filter_map(row).unzip();
    let square = |sizes: &[f64]| mean(&sizes.iter().map(|size| size * size).collect::<Vec<_>>()).sqrt();
    ((mean(&first), mean(&second)), (square(&first), square(&second)))
}

/// Share of the resamples whose sum is above 0.
fn ahead(gains: &[f64], seed: u64) -> f64 {
    let mut random = Random::new(seed);
    let mut above = 0;
    for _ in 0..RESAMPLES {
        let sum: f64 = (0..gains.len()).map(|_| gains[random.below(gains.len())]).sum();
        above += usize::from(sum > 0.0);
    }
    above as f64 / RESAMPLES as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_what_it_says() {
        let score = score("model", &[Some(110.0), Some(80.0), None, Some(50.0)], &[100.0, 100.0, 9.0, 100.0]);
        let score = score.expect("rows");
        assert_eq!((score.n, score.median_error), (3, 20.0));
        assert!((score.mae - 80.0 / 3.0).abs() < 1e-12 && (score.bias + 20.0).abs() < 1e-12);
        assert!((score.rmse - (3000.0_f64 / 3.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn only_a_clear_difference_counts() {
        let actual: Vec<f64> = (0..60).map(|i| 100.0 + f64::from(i)).collect();
        let off = |by: f64| -> Vec<Option<f64>> {
            let sign = |row: usize| if row.is_multiple_of(2) { 1.0 } else { -1.0 };
            actual.iter().enumerate().map(|(row, a)| Some(a * (1.0 + by * sign(row / 3)))).collect()
        };
        let keys: Vec<u64> = (0..60).collect();
        let check = |first: f64, second: f64| {
            compare(&Pair { first: &off(first), second: &off(second), actual: &actual, keys: &keys }, 1)
                .expect("rows")
                .clearly
        };
        assert!(check(0.1, 0.2));
        assert!(!check(0.2, 0.1));
        assert!(!check(0.1, 0.1));
    }

    #[test]
    fn rows_of_one_group_count_as_one() {
        // In one big group the first is better, in three small ones the second.
        let actual = vec![100.0; 33];
        let first: Vec<Option<f64>> = (0..33).map(|row| Some(if row < 30 { 101.0 } else { 130.0 })).collect();
        let second = vec![Some(110.0); 33];
        let keys: Vec<u64> = (0..33).map(|row| if row < 30 { 0 } else { row }).collect();
        let pair = Pair { first: &first, second: &second, actual: &actual, keys: &keys };
        assert!(!compare(&pair, 1).expect("rows").clearly);
        let single: Vec<u64> = (0..33).collect();
        assert!(compare(&Pair { keys: &single, ..pair }, 1).expect("rows").clearly);
    }
}
