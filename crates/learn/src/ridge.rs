//! The linear learner: ridge regression (Hoerl and Kennard 1970) on standardised features and on the logarithms of those
//! that are positive and skewed, so that costs that grow with a power of a size are lines.
//!
//! The penalty is the one with the least squared error in cross-validation, whose predictions on rows not seen are kept:
//! trees are grown on what they leave. A missing value counts as the mean; values are held within six standard
//! deviations and predictions near the targets that were seen, because a line runs away outside the data.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linalg::traits::cholesky::CholeskyDecomposable;

use crate::bits;
use crate::boost::Matrix;
use crate::random::mix;
use crate::statistics::{deviation, mean, skewness};

const FOLDS: usize = 5;
const PENALTIES: [f64; 8] = [0.1, 0.5, 2.0, 8.0, 32.0, 128.0, 512.0, 4096.0];
/// Different values from which the logarithm of a feature is worth a try, and its least skewness.
const MANY_VALUES: usize = 10;
const SKEWED: f64 = 1.0;
/// Standard deviations that an input reaches at most.
const FARTHEST: f64 = 6.0;
/// How far a prediction may leave the targets seen, in the unit of the scale.
const BEYOND: f64 = 0.5;
/// Most inputs; of more, numbers first and then the flags of the most frequent levels. The target has no say in it.
const MOST_INPUTS: usize = 300;
/// Keeps the folds of the line apart from those that mean targets of categories are taken from.
const SALT: u64 = 0x11E5;

/// A fitted line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    inputs: Vec<Input>,
    #[serde(with = "bits")]
    centre: f64,
    #[serde(with = "bits")]
    least: f64,
    #[serde(with = "bits")]
    most: f64,
}

/// One input: a standardised feature or its logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Input {
    feature: usize,
    log: bool,
    #[serde(with = "bits")]
    centre: f64,
    #[serde(with = "bits")]
    spread: f64,
    #[serde(with = "bits")]
    slope: f64,
}

impl Input {
    fn value(&self, row: &[f32]) -> f64 {
        let x = f64::from(row[self.feature]);
        if self.log && x <= 0.0 {
            // As small as can be.
            return -FARTHEST;
        }
        let x = if self.log { x.ln() } else { x };
        if x.is_nan() { 0.0 } else { ((x - self.centre) / self.spread).clamp(-FARTHEST, FARTHEST) }
    }
}

impl Line {
    /// Fits the scaled targets; also gives what a line that had not seen it says of every row. Rows of one key stay
    /// together. Where no feature varies, or no line can be drawn, it is flat.
    pub(crate) fn fit(x: &Matrix, y: &[f64], keys: &[u64], seed: u64) -> (Self, Vec<f64>) {
        let mut inputs = inputs(x);
        let (least, most) = y.iter().fold((f64::MAX, f64::MIN), |(least, most), &y| (least.min(y), most.max(y)));
        let line = |inputs, centre| Self { inputs, centre, least: least - BEYOND, most: most + BEYOND };
        let Some((centre, slopes, unseen)) = solved(x, y, &fold_of(keys, seed ^ SALT), &inputs) else {
            return (line(Vec::new(), mean(y)), vec![mean(y); x.rows]);
        };
        inputs.iter_mut().zip(slopes).for_each(|(input, slope)| input.slope = slope);
        let line = line(inputs, centre);
        let unseen = unseen.into_iter().map(|z| line.held(z)).collect();
        (line, unseen)
    }

    pub(crate) fn predict(&self, x: &Matrix) -> Vec<f64> {
        (0..x.rows)
            .map(|row| self.held(self.centre + self.terms(x.row(row)).map(|(_, term)| term).sum::<f64>()))
            .collect()
    }

    /// Per feature what it adds, last where the line starts; they add up to the prediction. Where the prediction was held
    /// back, all by the same factor.
    pub(crate) fn contributions(&self, x: &Matrix) -> Vec<Vec<f64>> {
        let row = |row: usize| {
            let mut phi = vec![0.0; x.width + 1];
            self.terms(x.row(row)).for_each(|(feature, term)| phi[feature] += term);
            let sum: f64 = phi.iter().sum();
            let z = self.centre + sum;
            if self.held(z) != z {
                phi.iter_mut().for_each(|phi| *phi *= (self.held(z) - self.centre) / sum);
            }
            phi[x.width] = self.centre;
            phi
        };
        (0..x.rows).map(row).collect()
    }

    fn terms<'a>(&'a self, row: &'a [f32]) -> impl Iterator<Item = (usize, f64)> + 'a {
        self.inputs.iter().map(|input| (input.feature, input.slope * input.value(row)))
    }

    fn held(&self, z: f64) -> f64 {
        z.clamp(self.least, self.most)
    }

    /// Whether it reads no feature beyond these, and its numbers are ones that a fit can give.
    pub(crate) fn fits(&self, width: usize) -> bool {
        let sound = |input: &Input| {
            input.feature < width && input.slope.is_finite() && input.centre.is_finite() && input.spread > 0.0
        };
        self.inputs.iter().all(sound) && self.centre.is_finite() && self.least <= self.most
    }
}

/// Where the line starts, its slopes, and what lines that had not seen a row say of it.
fn solved(x: &Matrix, y: &[f64], fold: &[usize], inputs: &[Input]) -> Option<(f64, Vec<f64>, Vec<f64>)> {
    if inputs.is_empty() {
        return None;
    }
    let design = Design::new(x, inputs);
    let parts: Vec<Sums> = (0..FOLDS).map(|part| design.sums(y, |row| fold[row] == part)).collect();
    let all = parts.iter().fold(Sums::new(inputs.len()), |all, part| all.plus(part, 1.0));
    let without: Vec<Sums> = parts.iter().map(|part| all.plus(part, -1.0)).collect();
    let tried = PENALTIES.iter().filter_map(|&penalty| {
        let lines: Vec<(f64, Vec<f64>)> = without.iter().map(|sums| sums.solve(penalty)).collect::<Option<Vec<_>>>()?;
        let unseen: Vec<f64> = (0..x.rows).map(|row| design.predict(row, &lines[fold[row]])).collect();
        let error: f64 = unseen.iter().zip(y).map(|(z, y)| (z - y).powi(2)).sum();
        Some((error, penalty, unseen))
    });
    let (_, penalty, unseen) = tried.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (centre, slopes) = all.solve(penalty)?;
    Some((centre, slopes, unseen))
}

/// The fold of every row. Groups are dealt one after the other; a single group is cut by its rows.
fn fold_of(keys: &[u64], seed: u64) -> Vec<usize> {
    let mut groups: Vec<u64> = keys.to_vec();
    groups.sort_unstable();
    groups.dedup();
    if groups.len() < FOLDS {
        return (0..keys.len()).map(|row| row % FOLDS).collect();
    }
    groups.sort_by_key(|key| mix(key ^ mix(seed)));
    let place: HashMap<u64, usize> = groups.into_iter().enumerate().map(|(at, key)| (key, at % FOLDS)).collect();
    keys.iter().map(|key| place[key]).collect()
}

/// The inputs that vary, without slopes.
fn inputs(x: &Matrix) -> Vec<Input> {
    let mut found: Vec<(bool, Input)> = (0..x.width).flat_map(|feature| of_feature(x, feature)).collect();
    if found.len() > MOST_INPUTS {
        found.sort_by(|(flag, a), (other, b)| {
            flag.cmp(other).then(b.spread.total_cmp(&a.spread).then(a.feature.cmp(&b.feature)))
        });
        found.truncate(MOST_INPUTS);
    }
    found.into_iter().map(|(_, input)| input).collect()
}

/// With whether the feature is a flag.
fn of_feature(x: &Matrix, feature: usize) -> Vec<(bool, Input)> {
    let values = (0..x.rows).map(|row| f64::from(x.row(row)[feature]));
    let known: Vec<f64> = values.filter(|x| !x.is_nan()).collect();
    let flag = known.iter().all(|&x| x == 0.0 || x == 1.0);
    let input = |values: &[f64], log: bool| {
        let spread = deviation(values);
        let input = Input { feature, log, centre: mean(values), spread, slope: 0.0 };
        (spread > 0.0 && spread.is_finite()).then_some((flag, input))
    };
    let mut found = Vec::new();
    if !known.is_empty() {
        found.extend(input(&known, false));
    }
    if known.iter().all(|&x| x > 0.0) && varied(&known) && skewness(&known) > SKEWED {
        let logs: Vec<f64> = known.iter().map(|x| x.ln()).collect();
        found.extend(input(&logs, true));
    }
    found
}

fn varied(values: &[f64]) -> bool {
    let mut seen: Vec<u64> = Vec::new();
    values.iter().any(|x| {
        if !seen.contains(&x.to_bits()) {
            seen.push(x.to_bits());
        }
        seen.len() > MANY_VALUES
    })
}

/// The inputs of all rows, row by row.
struct Design {
    values: Vec<f64>,
    width: usize,
}

impl Design {
    fn new(x: &Matrix, inputs: &[Input]) -> Self {
        let row = |row: usize| inputs.iter().map(move |input| input.value(x.row(row)));
        Self { values: (0..x.rows).flat_map(row).collect(), width: inputs.len() }
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    fn predict(&self, row: usize, (centre, slopes): &(f64, Vec<f64>)) -> f64 {
        centre + self.row(row).iter().zip(slopes).map(|(x, slope)| x * slope).sum::<f64>()
    }

    fn sums(&self, y: &[f64], of: impl Fn(usize) -> bool) -> Sums {
        let mut sums = Sums::new(self.width);
        for (row, &y) in y.iter().enumerate().filter(|(row, _)| of(*row)) {
            sums.add(self.row(row), y);
        }
        sums
    }
}

/// Sums over rows that ridge regression is solved from.
#[derive(Clone)]
struct Sums {
    n: f64,
    y: f64,
    x: Vec<f64>,
    xy: Vec<f64>,
    /// Lower triangle, row by row.
    xx: Vec<f64>,
}

impl Sums {
    fn new(width: usize) -> Self {
        Self { n: 0.0, y: 0.0, x: vec![0.0; width], xy: vec![0.0; width], xx: vec![0.0; width * (width + 1) / 2] }
    }

    fn add(&mut self, row: &[f64], y: f64) {
        self.n += 1.0;
        self.y += y;
        let mut start = 0;
        for (i, &value) in row.iter().enumerate() {
            self.x[i] += value;
            self.xy[i] += value * y;
            if value != 0.0 {
                self.xx[start..=start + i].iter_mut().zip(row).for_each(|(sum, other)| *sum += value * other);
            }
            start += i + 1;
        }
    }

    fn plus(&self, other: &Self, sign: f64) -> Self {
        let list = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a + sign * b).collect();
        Self {
            n: self.n + sign * other.n,
            y: self.y + sign * other.y,
            x: list(&self.x, &other.x),
            xy: list(&self.xy, &other.xy),
            xx: list(&self.xx, &other.xx),
        }
    }

    /// Where the line starts, and its slopes. `None` without rows or where the sums are no numbers.
    fn solve(&self, penalty: f64) -> Option<(f64, Vec<f64>)> {
        let width = self.x.len();
        if self.n < 2.0 {
            return None;
        }
        let covariance = |i: usize, j: usize| self.xx[i * (i + 1) / 2 + j] - self.x[i] * self.x[j] / self.n;
        let cell = |i: usize, j: usize| covariance(i.max(j), i.min(j)) + if i == j { penalty } else { 0.0 };
        let matrix: Vec<f64> = (0..width * width).map(|at| cell(at / width, at % width)).collect();
        let right: Vec<f64> = (0..width).map(|i| self.xy[i] - self.x[i] * self.y / self.n).collect();
        let matrix = DenseMatrix::new(width, width, matrix, false).ok()?;
        let solved = matrix.cholesky_solve_mut(DenseMatrix::new(width, 1, right, false).ok()?).ok()?;
        let slopes: Vec<f64> = (0..width).map(|i| *solved.get((i, 0))).collect();
        let centre = (self.y - self.x.iter().zip(&slopes).map(|(x, slope)| x * slope).sum::<f64>()) / self.n;
        (centre.is_finite() && slopes.iter().all(|slope| slope.is_finite())).then_some((centre, slopes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// y = 2 ln a - b and a feature that is noise; a tenth of b is missing.
    fn sample(rows: usize) -> (Matrix, Vec<f64>) {
        let mut random = Random::new(3);
        let (mut values, mut y) = (Vec::new(), Vec::new());
        for row in 0..rows {
            let (a, b, noise) = ((4.0 * random.uniform()).exp(), random.uniform(), random.uniform());
            let given = row % 10 > 0;
            values.extend([a as f32, if given { b as f32 } else { f32::NAN }, noise as f32]);
            y.push(2.0 * a.ln() - if given { b } else { 0.5 });
        }
        (Matrix { values, rows, width: 3 }, y)
    }

    #[test]
    fn a_power_of_a_size_is_found_and_its_contributions_add_up() {
        let (x, y) = sample(400);
        let keys: Vec<u64> = (0..400).collect();
        let (line, unseen) = Line::fit(&x, &y, &keys, 1);
        let predicted = line.predict(&x);
        for row in 0..400 {
            assert!((predicted[row] - y[row]).abs() < 0.05, "{} for {}", predicted[row], y[row]);
            assert!((unseen[row] - y[row]).abs() < 0.06, "{} for {}", unseen[row], y[row]);
        }
        let far = Matrix { values: vec![1e9, 0.5, 0.5, f32::NAN, f32::NAN, f32::NAN], rows: 2, width: 3 };
        for x in [&x, &far] {
            for (phi, z) in line.contributions(x).iter().zip(line.predict(x)) {
                assert!((phi.iter().sum::<f64>() - z).abs() < 1e-9, "{phi:?} for {z}");
            }
        }
        assert!(line.predict(&far)[0] <= 8.5 && (line.predict(&far)[1] - line.centre).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_varies_and_where_there_are_two_groups_there_is_a_line_too() {
        let flat = Matrix { values: vec![1.0; 20], rows: 20, width: 1 };
        let y: Vec<f64> = (0..20).map(f64::from).collect();
        let (line, unseen) = Line::fit(&flat, &y, &(0..20).collect::<Vec<_>>(), 1);
        assert_eq!((line.predict(&flat), unseen), (vec![9.5; 20], vec![9.5; 20]));
        assert!(line.fits(1) && line.contributions(&flat)[3] == [0.0, 9.5]);
        let (x, y) = sample(400);
        let two: Vec<u64> = (0..400).map(|row| row % 2).collect();
        let (line, _) = Line::fit(&x, &y, &two, 1);
        assert!(line.predict(&x).iter().zip(&y).all(|(z, y)| (z - y).abs() < 0.1));
    }
}
