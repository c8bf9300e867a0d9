//! The changes of a series from its own last changes and those of other series some periods before: ridge regression
//! (Hoerl and Kennard 1970) with the lag at which each other series goes together with it most.
//!
//! At a past origin nothing later is seen: lag, season and coefficients come from what was known then. Changes of another
//! series that are not known yet are taken to be its usual ones.

use crate::lead_lag::best_lag;
use crate::numbers::{mean, median, robust_sigma};

use super::season::Season;

/// Fewest rows that coefficients are fitted to.
pub(super) const FEWEST_ROWS: usize = 30;
/// Own changes that are looked back on.
const OWN: usize = 2;
/// Changes of each other series, from its lag on.
const OTHER: usize = 2;
/// Changes farther out than this many deviations count as if they stood there.
const FARTHEST: f64 = 4.0;
/// Shrinkages tried, in rows.
const SHRINKAGES: [f64; 5] = [1.0, 3.0, 10.0, 30.0, 100.0];

/// `others` begin with the history and may be known beyond it.
pub(super) fn leading(history: &[f64], others: &[&[Option<f64>]], season: usize, horizon: usize) -> Option<Vec<f64>> {
    let found = Season::of(history, season);
    let plain = found.removed(history);
    let grown = plain.iter().all(|y| *y > 0.0);
    let scaled: Vec<f64> = plain.iter().map(|y| if grown { y.ln() } else { *y }).collect();
    let own: Vec<Option<f64>> = scaled.windows(2).map(|pair| Some(pair[1] - pair[0])).collect();
    let mut changes = Changes { own: tamed(&own), others: Vec::new() };
    for other in others {
        let known = &other[..other.len().min(history.len())];
        // What moves at the same time says nothing about the next period unless it is known ahead.
        let least = usize::from(other.len() <= history.len());
        let lag = best_lag(known, history, season, least)?;
        changes.others.push((lag, tamed(&crate::lead_lag::changes(other, season)?)));
    }
    let ridge = Ridge::fitted(&changes.rows())?;
    let mut level = *scaled.last()?;
    let mut path = Vec::with_capacity(horizon);
    for _ in 0..horizon {
        let change = ridge.says(&changes.before(changes.own.len(), true)?);
        changes.own.push(Some(change));
        level += change;
        path.push(if grown { level.exp() } else { level });
    }
    found.put_back(history.len(), &mut path);
    Some(path)
}

/// Changes from one period to the next, the first one from the first value to the second.
struct Changes {
    own: Vec<Option<f64>>,
    others: Vec<(usize, Vec<Option<f64>>)>,
}

impl Changes {
    fn rows(&self) -> Vec<(Vec<f64>, f64)> {
        (0..self.own.len()).filter_map(|at| Some((self.before(at, false)?, self.own[at]?))).collect()
    }

    /// What was known before a change: own ones and others'. With `usual`, what another series will do counts as its mean.
    fn before(&self, at: usize, usual: bool) -> Option<Vec<f64>> {
        let mut known = Vec::with_capacity(OWN + OTHER * self.others.len());
        for back in 1..=OWN {
            known.push((*self.own.get(at.checked_sub(back)?)?)?);
        }
        for (lag, other) in &self.others {
            for back in *lag..lag + OTHER {
                let change = at.checked_sub(back).and_then(|at| *other.get(at)?);
                let mean = || mean(&other.iter().flatten().copied().collect::<Vec<_>>());
                known.push(if usual { change.unwrap_or_else(mean) } else { change? });
            }
        }
        Some(known)
    }
}

/// Wild changes brought nearer: one upheaval would set all coefficients.
fn tamed(changes: &[Option<f64>]) -> Vec<Option<f64>> {
    let known: Vec<f64> = changes.iter().flatten().copied().collect();
    let (centre, reach) = (median(&known), FARTHEST * robust_sigma(&known));
    let near = |y: f64| if reach > 0.0 { y.clamp(centre - reach, centre + reach) } else { y };
    changes.iter().map(|y| y.map(near)).collect()
}

/// Standardised columns, an intercept that is not shrunk.
#[derive(Clone, Debug)]
struct Ridge {
    centres: Vec<f64>,
    scales: Vec<f64>,
    coefficients: Vec<f64>,
    intercept: f64,
}

impl Ridge {
    /// Shrunk as generalised cross-validation finds best (Golub, Heath and Wahba 1979).
    fn fitted(rows: &[(Vec<f64>, f64)]) -> Option<Self> {
        if rows.len() < FEWEST_ROWS {
            return None;
        }
        let width = rows[0].0.len();
        let column = |at: usize| rows.iter().map(|(x, _)| x[at]).collect::<Vec<f64>>();
        let centres: Vec<f64> = (0..width).map(|at| mean(&column(at))).collect();
        let spread = |at: usize| mean(&column(at).iter().map(|x| (x - centres[at]).powi(2)).collect::<Vec<_>>()).sqrt();
        let scales: Vec<f64> = (0..width).map(spread).map(|s| if s > 0.0 { s } else { 1.0 }).collect();
        let intercept = mean(&rows.iter().map(|(_, y)| *y).collect::<Vec<_>>());
        let standard =
            |x: &[f64]| -> Vec<f64> { x.iter().zip(&centres).zip(&scales).map(|((x, c), s)| (x - c) / s).collect() };
        let x: Vec<Vec<f64>> = rows.iter().map(|(x, _)| standard(x)).collect();
        let y: Vec<f64> = rows.iter().map(|(_, y)| y - intercept).collect();
        let tried = SHRINKAGES.iter().filter_map(|shrinkage| shrunk(&x, &y, *shrinkage));
        let (_, coefficients) = tried.min_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(Self { centres, scales, coefficients, intercept })
    }

    fn says(&self, x: &[f64]) -> f64 {
        let parts = x.iter().zip(&self.centres).zip(&self.scales).zip(&self.coefficients);
        self.intercept + parts.map(|(((x, centre), scale), b)| b * (x - centre) / scale).sum::<f64>()
    }
}

/// Generalised cross-validation and coefficients at one shrinkage.
fn shrunk(x: &[Vec<f64>], y: &[f64], shrinkage: f64) -> Option<(f64, Vec<f64>)> {
    let width = x[0].len();
    let products = |a: usize, b: usize| x.iter().map(|row| row[a] * row[b]).sum::<f64>();
    let gram: Vec<Vec<f64>> = (0..width).map(|a| (0..width).map(|b| products(a, b)).collect()).collect();
    let mut left = gram.clone();
    for (at, row) in left.iter_mut().enumerate() {
        row[at] += shrinkage;
    }
    let right: Vec<f64> = (0..width).map(|a| x.iter().zip(y).map(|(row, y)| row[a] * y).sum()).collect();
    let coefficients = solved(left.clone(), right)?;
    let mut used = 1.0;
    for (at, row) in gram.iter().enumerate() {
        used += solved(left.clone(), row.clone())?[at];
    }
    let said = |row: &[f64]| row.iter().zip(&coefficients).map(|(x, b)| x * b).sum::<f64>();
    let squares: f64 = x.iter().zip(y).map(|(row, y)| (y - said(row)).powi(2)).sum();
    let free = 1.0 - used / y.len() as f64;
    Some((squares / free.powi(2), coefficients))
}

/// Gaussian elimination of a positive definite system.
fn solved(mut left: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let width = right.len();
    for at in 0..width {
        let pivot = left[at][at];
        if pivot.is_nan() || pivot.abs() <= f64::MIN_POSITIVE {
            return None;
        }
        for below in at + 1..width {
            let factor = left[below][at] / pivot;
            let (upper, lower) = left.split_at_mut(below);
            lower[0].iter_mut().zip(&upper[at]).for_each(|(l, u)| *l -= factor * u);
            right[below] -= factor * right[at];
        }
    }
    for at in (0..width).rev() {
        let known: f64 = (at + 1..width).map(|later| left[at][later] * right[later]).sum();
        right[at] = (right[at] - known) / left[at][at];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let solution = solved(vec![vec![4.0, 1.0], vec![1.0, 3.0]], vec![1.0, 2.0]).expect("definite");
        assert!((solution[0] - 1.0 / 11.0).abs() < 1e-12 && (solution[1] - 7.0 / 11.0).abs() < 1e-12);
        assert_eq!(solved(vec![vec![0.0]], vec![1.0]), None);
    }

    #[test]
    fn what_led_before_leads_on() {
        let step = |t: usize| ((t * 7_919 + 13) * 104_729 % 10_007) as f64 / 5_003.5 - 1.0;
        let run = |lag: usize, count: usize| {
            let mut level = 5.0;
            let mut one = |t: usize| {
                level += if t >= lag { 0.03 * step(t - lag) } else { 0.0 };
                f64::exp(level)
            };
            (0..count).map(&mut one).collect::<Vec<f64>>()
        };
        let (steel, panel) = (run(0, 120), run(3, 123));
        let steel: Vec<Option<f64>> = steel.into_iter().map(Some).collect();
        let path = leading(&panel[..120], &[&steel], 1, 3).expect("fitted");
        for (ours, truth) in path.iter().zip(&panel[120..]) {
            assert!((ours / truth - 1.0).abs() < 0.006, "{path:?} {:?}", &panel[119..]);
        }
    }
}
