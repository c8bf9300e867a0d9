//! Least squares with first-order autocorrelated noise, built up column by column, and the gain of every possible next
//! column at once.
//!
//! All columns are filtered by `1 - phi B` (Prais and Winsten 1954). Gains come from prefix sums of the filtered basis, so
//! looking at all positions of all effects costs one pass over the basis.

use super::effects::Effect;

/// Shortest stretch on both sides of a level shift and of a bend.
const LEVEL_EDGE: usize = 4;
const TREND_EDGE: usize = 5;
const SHORTEST_RUN: usize = 3;

/// A regression under way: an orthonormal basis of the filtered columns and what it leaves unexplained.
#[derive(Clone, Debug)]
pub(super) struct Regression {
    pub(super) phi: f64,
    basis: Vec<Vec<f64>>,
    pub(super) residual: Vec<f64>,
}

impl Regression {
    pub(super) fn of(values: &[f64], columns: &[Vec<f64>], phi: f64) -> Self {
        let mut regression = Self { phi, basis: Vec::new(), residual: filtered(values, phi) };
        for column in columns {
            regression.add(column);
        }
        regression
    }

    /// A column that the others already explain is left out.
    pub(super) fn add(&mut self, column: &[f64]) {
        let mut direction = filtered(column, self.phi);
        let size = dot(&direction, &direction);
        for _ in 0..2 {
            for other in &self.basis {
                subtract(&mut direction, other);
            }
        }
        let left = dot(&direction, &direction);
        if left > 1e-9 * size {
            direction.iter_mut().for_each(|x| *x /= left.sqrt());
            subtract(&mut self.residual, &direction);
            self.basis.push(direction);
        }
    }

    pub(super) fn squares(&self) -> f64 {
        dot(&self.residual, &self.residual)
    }

    /// Squares of the part of a column that the others do not explain.
    pub(super) fn left_of(&self, column: &[f64]) -> f64 {
        let own = filtered(column, self.phi);
        let absorbed: f64 = self.basis.iter().map(|other| dot(&own, other).powi(2)).sum();
        (dot(&own, &own) - absorbed).max(0.0)
    }

    pub(super) fn columns(&self) -> usize {
        self.basis.len()
    }

    /// The possible next effects with the part of the squares that each would explain.
    pub(super) fn gains(&self, longest_run: usize, mut visit: impl FnMut(Effect, f64)) {
        let n = self.residual.len();
        let ways: Vec<Vec<f64>> = self.basis.iter().map(|column| unfiltered(column, self.phi)).collect();
        let target = unfiltered(&self.residual, self.phi);
        let stretches = Sums::of(&target, &ways);
        let mut offer = |effect: Effect, (explained, absorbed): (f64, f64), size: f64| {
            let free = size - absorbed;
            if free > 1e-6 * size {
                visit(effect, explained * explained / free);
            }
        };
        for from in 0..n {
            offer(Effect::Point(from), stretches.between(from, from + 1), stretch_size(from, from + 1, n, self.phi));
            if from >= LEVEL_EDGE && from + LEVEL_EDGE <= n {
                offer(Effect::Level(from), stretches.between(from, n), stretch_size(from, n, n, self.phi));
            }
            if from >= 1 {
                for to in from + SHORTEST_RUN..(from + longest_run + 1).min(n) {
                    offer(Effect::Run(from, to), stretches.between(from, to), stretch_size(from, to, n, self.phi));
                }
            }
        }
        let bends = stretches.bends();
        let mut size = 0.0;
        for from in (TREND_EDGE..n).rev() {
            let rise = ((n - from - 1) as f64).mul_add(1.0 - self.phi, 1.0);
            size += rise * rise;
            if from + TREND_EDGE <= n {
                offer(Effect::Trend(from), bends[from], size);
            }
        }
    }
}

/// Prefix sums of the target and of every basis column.
struct Sums {
    target: Vec<f64>,
    ways: Vec<Vec<f64>>,
}

impl Sums {
    fn of(target: &[f64], ways: &[Vec<f64>]) -> Self {
        Self { target: prefix(target), ways: ways.iter().map(|way| prefix(way)).collect() }
    }

    /// Product of a stretch of ones with the target, and the squares of it that the basis absorbs.
    fn between(&self, from: usize, to: usize) -> (f64, f64) {
        let absorbed = self.ways.iter().map(|way| (way[to] - way[from]).powi(2)).sum();
        (self.target[to] - self.target[from], absorbed)
    }

    /// The same for rising ramps that begin at each position.
    fn bends(&self) -> Vec<(f64, f64)> {
        let target = ramp(&self.target);
        let ways: Vec<Vec<f64>> = self.ways.iter().map(|way| ramp(way)).collect();
        (0..target.len()).map(|at| (target[at], ways.iter().map(|way| way[at].powi(2)).sum())).collect()
    }
}

fn prefix(values: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    for (at, value) in values.iter().enumerate() {
        sums.push(sums[at] + value);
    }
    sums
}

/// Sum over `t >= at` of `(t - at + 1) x_t`, from the prefix sums of x.
fn ramp(prefix: &[f64]) -> Vec<f64> {
    let n = prefix.len() - 1;
    let mut sums = vec![0.0; n];
    let mut sum = 0.0;
    for at in (0..n).rev() {
        sum += prefix[n] - prefix[at];
        sums[at] = sum;
    }
    sums
}

/// Squares of a filtered stretch of ones.
fn stretch_size(from: usize, to: usize, n: usize, phi: f64) -> f64 {
    let first = if from == 0 { 1.0 - phi * phi } else { 1.0 };
    let after = if to < n { phi * phi } else { 0.0 };
    first + (to - from - 1) as f64 * (1.0 - phi).powi(2) + after
}

fn filtered(values: &[f64], phi: f64) -> Vec<f64> {
    let first = values.first().map(|x| x * (1.0 - phi * phi).sqrt());
    first.into_iter().chain(values.windows(2).map(|pair| pair[1] - phi * pair[0])).collect()
}

/// The transpose of `filtered`.
fn unfiltered(values: &[f64], phi: f64) -> Vec<f64> {
    let n = values.len();
    let one = |t: usize| {
        let own = if t == 0 { (1.0 - phi * phi).sqrt() } else { 1.0 };
        own * values[t] - if t + 1 < n { phi * values[t + 1] } else { 0.0 }
    };
    (0..n).map(one).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn subtract(vector: &mut [f64], direction: &[f64]) {
    let along = dot(vector, direction);
    vector.iter_mut().zip(direction).for_each(|(x, d)| *x -= along * d);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gain_of_a_column_is_what_it_takes_from_the_squares() {
        let n = 30;
        let values: Vec<f64> = (0..n).map(|t| f64::from((t * 17 % 13) as u8) + 0.3 * t as f64).collect();
        let base = [vec![1.0; n], (0..n).map(|t| t as f64).collect()];
        for phi in [0.0, 0.6] {
            let regression = Regression::of(&values, &base, phi);
            let mut seen = 0;
            regression.gains(6, |effect, gain| {
                let mut with = regression.clone();
                with.add(&effect.column(n));
                let taken = regression.squares() - with.squares();
                assert!((taken - gain).abs() < 1e-6 * regression.squares(), "{effect:?} {taken} {gain}");
                seen += 1;
            });
            assert!(seen > 100);
        }
    }
}
