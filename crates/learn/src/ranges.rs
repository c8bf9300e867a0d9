//! How far the actual value may lie from the prediction: conformal quantiles of the misses on unseen rows.
//!
//! A miss is divided by its difficulty, which a small ensemble predicts (normalised conformal prediction, Papadopoulos
//! et al. 2011), where that makes ranges narrower. The quantiles are weighted so that recent jobs count more (Barber,
//! Candès, Ramdas and Tibshirani 2023, "Conformal prediction beyond exchangeability"): prices drift. From 200 misses
//! up each side has its own quantile, since overruns are longer than savings. From 300 up the quantiles are those of the
//! third of the rows by predicted size (Mondrian conformal prediction, Vovk, Gammerman and Shafer 2005), with a straight
//! line between the middles of the thirds, so that ranges hold for small jobs and for large ones. A class (the sign type)
//! with enough misses has a factor of its own on top, so that they hold for channel letters and for pole signs.
//!
//! The upper ends of the 40, 60 and 80 % ranges are what 70, 80 and 90 of 100 jobs cost at most: P70, P80 and P90.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;

use crate::boost::{BoostParams, Booster, Loss, Matrix, Sample, Shape};
use crate::random::fold;
use crate::statistics::{mean, median};
use crate::{LearnError, bits};

/// Per cent of the actual values that a range should hold, growing.
pub(crate) const LEVELS: [u8; 5] = [40, 60, 80, 90, 95];
/// Those that are shown as ranges; the ones below are there for their upper ends.
pub const RANGE_LEVELS: [u8; 3] = [80, 90, 95];
/// What so many of 100 jobs cost at most, and the range whose upper end that is.
pub const AT_MOST: [(u8, u8); 3] = [(70, 40), (80, 60), (90, 80)];
/// Days after which a miss counts half.
const HALF_LIFE: f64 = 540.0;
/// Fewest misses for a difficulty model, and for a quantile of its own on either side.
const MANY: usize = 120;
const SIDES: f64 = 200.0;
const FOLDS: u64 = 5;
/// Difficulties stay within this factor of the usual one.
const FACTOR: f64 = 4.0;
/// As do the ranges of a class beside those of the others.
const FARTHEST: f64 = 4.0;

const DIFFICULTY: BoostParams = BoostParams {
    shape: Shape::Symmetric,
    loss: Loss::Squared,
    rounds: 80,
    depth: 3,
    eta: 0.05,
    lambda: 10.0,
    min_rows: 10.0,
    row_share: 0.8,
    column_share: 0.7,
    bins: 64,
};

/// Fewest misses for quantiles by size, and how many sizes there are then.
const SIZED: usize = 300;
const SIZES: usize = 3;
/// Fewest misses, by their weights, for a factor of a class, and as many misses as the factor 1 counts for beside them.
const CLASSED: f64 = 40.0;

/// What ranges are made from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Ranges {
    /// Predicts the logarithm of the difficulty.
    #[serde(skip)]
    pub(crate) difficulty: Option<Booster>,
    #[serde(with = "bits")]
    usual: f64,
    /// By growing size; one where there are too few misses to tell sizes apart.
    sizes: Vec<Reach>,
    /// For classes with enough misses, how much wider than the others each level is.
    #[serde(default)]
    classes: BTreeMap<String, Vec<Wider>>,
}

/// A factor of both sides of a range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Wider(#[serde(with = "bits")] f64);

/// How far misses reach around predictions of a size.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Reach {
    /// The scaled prediction in the middle of the size.
    #[serde(with = "bits")]
    z: f64,
    /// For each level how far below and above, in difficulties.
    #[serde(with = "bits::list")]
    below: Vec<f64>,
    #[serde(with = "bits::list")]
    above: Vec<f64>,
}

/// Misses on rows that were not seen, in scaled units.
#[derive(Clone, Debug, Default)]
pub(crate) struct Misses {
    /// Features of these rows, the prediction last.
    pub(crate) x: Matrix,
    /// Actual minus predicted.
    pub(crate) miss: Vec<f64>,
    pub(crate) day: Vec<Option<Date>>,
    pub(crate) keys: Vec<u64>,
    /// `None` of rows of no class.
    pub(crate) class: Vec<Option<String>>,
}

/// Level, how far below and how far above.
pub(crate) type Around = Vec<(u8, f64, f64)>;

impl Ranges {
    pub(crate) fn fit(task: &Task, misses: &Misses, seed: u64) -> Result<Self, LearnError> {
        let weights = weights(&misses.day);
        let predicted = last(&misses.x);
        let alike = vec![1.0; predicted.len()];
        let plain = Self::calibrated(&misses.miss, &predicted, &weights);
        if misses.miss.len() < MANY {
            return Ok(plain);
        }
        let logs = logarithms(&misses.miss);
        let usual = mean(&logs);
        let unseen = cross_fitted(task, misses, &logs, seed)?;
        let difficulty: Vec<f64> = unseen.iter().map(|&log| factor(log, usual)).collect();
        let scores: Vec<f64> = misses.miss.iter().zip(&difficulty).map(|(miss, d)| miss / d).collect();
        let scaled = Self::calibrated(&scores, &predicted, &weights);
        if scaled.width(&predicted, &difficulty) >= plain.width(&predicted, &alike) {
            let classes = plain.classes(misses, &alike, &weights);
            return Ok(Self { classes, ..plain });
        }
        let model = Booster::fit(task, &DIFFICULTY, seed, Sample { x: &misses.x, y: &logs, weights: None })?;
        let classes = scaled.classes(misses, &difficulty, &weights);
        Ok(Self { difficulty: Some(model), usual, classes, ..scaled })
    }

    /// By how much the ranges of a class must grow to hold as often as they say, drawn towards not at all.
    fn classes(&self, misses: &Misses, difficulty: &[f64], weights: &[f64]) -> BTreeMap<String, Vec<Wider>> {
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, class) in misses.class.iter().enumerate() {
            if let Some(class) = class {
                rows.entry(class).or_default().push(row);
            }
        }
        let predicted = last(&misses.x);
        // How far into its range, or beyond it, each miss reaches.
        let reached = |row: usize, level: usize| {
            let (_, below, above) = self.at(predicted[row], difficulty[row])[level];
            let (miss, reach) = (misses.miss[row], if misses.miss[row] < 0.0 { below } else { above });
            if miss == 0.0 { 0.0 } else { (miss.abs() / reach.max(1e-12)).min(FARTHEST) }
        };
        let wider = |rows: &[usize], level: usize| {
            let weights: Vec<f64> = rows.iter().map(|&row| weights[row]).collect();
            let reached: Vec<f64> = rows.iter().map(|&row| reached(row, level)).collect();
            let needed = quantile(&reached, &weights, f64::from(LEVELS[level]) / 100.0).max(1.0 / FARTHEST);
            let share = effective(&weights) / (effective(&weights) + CLASSED);
            Wider(needed.powf(share))
        };
        rows.retain(|_, rows| effective(&rows.iter().map(|&row| weights[row]).collect::<Vec<_>>()) >= CLASSED);
        let class = |(class, rows): (&str, Vec<usize>)| {
            (class.to_owned(), (0..LEVELS.len()).map(|level| wider(&rows, level)).collect())
        };
        rows.into_iter().map(class).collect()
    }

    /// Ranges that are as wide for every row.
    pub(crate) fn alike(miss: &[f64], days: &[Option<Date>]) -> Self {
        let reach = Reach::of(0.0, miss, &weights(days));
        Self { sizes: vec![reach], ..Self::default() }
    }

    /// Per row and level how far below and above the prediction, in scaled units. `x` has the prediction last. A higher
    /// level reaches at least as far as a lower.
    pub(crate) fn around(&self, x: &Matrix, classes: &[Option<String>]) -> Result<Vec<Around>, LearnError> {
        let difficulty = match &self.difficulty {
            Some(model) => model.predict(x, DIFFICULTY.rounds)?.iter().map(|&log| factor(log, self.usual)).collect(),
            None => vec![1.0; x.rows],
        };
        let around = last(x).into_iter().zip(difficulty).map(|(z, d)| self.at(z, d));
        let class = |row: usize| classes.get(row)?.as_deref().and_then(|class| self.classes.get(class));
        Ok(around.enumerate().map(|(row, around)| of_class(around, class(row))).collect())
    }

    /// The ranges at a predicted size: between two sizes on a straight line, outside as at the nearest.
    fn at(&self, z: f64, difficulty: f64) -> Around {
        let next = self.sizes.partition_point(|reach| reach.z < z);
        let (low, high) = (next.saturating_sub(1), next.min(self.sizes.len() - 1));
        let (low, high) = (&self.sizes[low], &self.sizes[high]);
        let share = if high.z > low.z { ((z - low.z) / (high.z - low.z)).clamp(0.0, 1.0) } else { 0.0 };
        let between = |low: f64, high: f64| difficulty * (low + share * (high - low));
        let level = |(number, &level): (usize, &u8)| {
            (level, between(low.below[number], high.below[number]), between(low.above[number], high.above[number]))
        };
        LEVELS.iter().enumerate().map(level).collect()
    }

    fn calibrated(scores: &[f64], predicted: &[f64], weights: &[f64]) -> Self {
        let sizes = if scores.len() < SIZED { 1 } else { SIZES };
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&a, &b| predicted[a].total_cmp(&predicted[b]));
        let reach = |rows: &[usize]| {
            let of = |values: &[f64]| rows.iter().map(|&row| values[row]).collect::<Vec<f64>>();
            let z = if rows.is_empty() { 0.0 } else { median(&of(predicted)) };
            Reach::of(z, &of(scores), &of(weights))
        };
        let cut = |number: usize| number * order.len() / sizes;
        let sizes = (0..sizes).map(|number| reach(&order[cut(number)..cut(number + 1)])).collect();
        Self { sizes, ..Self::default() }
    }

    /// Width of these rows at the levels shown, together.
    fn width(&self, predicted: &[f64], difficulty: &[f64]) -> f64 {
        let rows = predicted.iter().zip(difficulty).flat_map(|(&z, &d)| self.at(z, d));
        rows.filter(|(level, ..)| RANGE_LEVELS.contains(level)).map(|(_, below, above)| below + above).sum()
    }

    /// Whether its numbers are ones that a fit can give.
    pub(crate) fn is_whole(&self) -> bool {
        let whole = |reach: &Reach| reach.below.len() == LEVELS.len() && reach.above.len() == LEVELS.len();
        let classes = self.classes.values().all(|wider| wider.len() == LEVELS.len());
        !self.sizes.is_empty() && self.sizes.iter().all(whole) && classes
    }
}

impl Reach {
    fn of(z: f64, scores: &[f64], weights: &[f64]) -> Self {
        let sizes: Vec<f64> = scores.iter().map(|s| s.abs()).collect();
        let lower: Vec<f64> = scores.iter().map(|s| -s).collect();
        let sides = effective(weights) >= SIDES;
        let of = |scores: &[f64], level: u8| {
            let out = 1.0 - f64::from(level) / 100.0;
            let share = if sides { 1.0 - out / 2.0 } else { 1.0 - out };
            quantile(if sides { scores } else { &sizes }, weights, share).max(0.0)
        };
        let below = LEVELS.iter().map(|&level| of(&lower, level)).collect();
        let above = LEVELS.iter().map(|&level| of(scores, level)).collect();
        Self { z, below, above }
    }
}

/// With the factors of a class; a higher level reaches at least as far as a lower.
fn of_class(mut around: Around, wider: Option<&Vec<Wider>>) -> Around {
    let mut widest = (0.0, 0.0);
    for (number, (_, below, above)) in around.iter_mut().enumerate() {
        let factor = wider.map_or(1.0, |wider| wider[number].0);
        widest = (f64::max(widest.0, factor * *below), f64::max(widest.1, factor * *above));
        (*below, *above) = widest;
    }
    around
}

/// The last feature of every row: the prediction.
fn last(x: &Matrix) -> Vec<f64> {
    (0..x.rows).map(|row| x.row(row).last().map_or(0.0, |&z| f64::from(z))).collect()
}

fn factor(log: f64, usual: f64) -> f64 {
    (log - usual).exp().clamp(1.0 / FACTOR, FACTOR)
}

/// Logarithms of the sizes of misses; a fifth of the median is added, so that a lucky hit does not count as easy.
fn logarithms(miss: &[f64]) -> Vec<f64> {
    let sizes: Vec<f64> = miss.iter().map(|m| m.abs()).collect();
    let floor = (0.2 * median(&sizes)).max(1e-9);
    sizes.iter().map(|size| (size + floor).ln()).collect()
}

/// The difficulty of every row from models that had not seen it.
fn cross_fitted(task: &Task, misses: &Misses, logs: &[f64], seed: u64) -> Result<Vec<f64>, LearnError> {
    let mut unseen = vec![mean(logs); logs.len()];
    for number in 0..FOLDS {
        let (test, train): (Vec<usize>, Vec<usize>) =
            (0..logs.len()).partition(|&row| fold(misses.keys[row], seed, FOLDS) == number);
        if train.is_empty() || test.is_empty() {
            continue;
        }
        let y: Vec<f64> = train.iter().map(|&row| logs[row]).collect();
        let model =
            Booster::fit(task, &DIFFICULTY, seed, Sample { x: &misses.x.select(&train), y: &y, weights: None })?;
        let predicted = model.predict(&misses.x.select(&test), DIFFICULTY.rounds)?;
        test.into_iter().zip(predicted).for_each(|(row, log)| unseen[row] = log);
    }
    Ok(unseen)
}

/// Halved with every half-life before the newest day; undated rows count as the oldest.
fn weights(days: &[Option<Date>]) -> Vec<f64> {
    let Some(newest) = days.iter().flatten().max() else { return vec![1.0; days.len()] };
    let oldest = days.iter().flatten().min().unwrap_or(newest);
    let age = |day: Date| (newest.duration_since(day).as_hours() as f64 / 24.0).max(0.0);
    days.iter().map(|day| 0.5_f64.powf(age(day.unwrap_or(*oldest)) / HALF_LIFE)).collect()
}

/// Kish's effective number of rows.
fn effective(weights: &[f64]) -> f64 {
    weights.iter().sum::<f64>().powi(2) / weights.iter().map(|w| w * w).sum::<f64>()
}

/// The weighted quantile with the next row's weight at infinity. Where that mass is reached, which happens with few
/// rows, the largest score and a fifth more stand in for infinity.
fn quantile(scores: &[f64], weights: &[f64], share: f64) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let needed = share * (weights.iter().sum::<f64>() + 1.0);
    let mut reached = 0.0;
    for &row in &order {
        reached += weights[row];
        if reached >= needed {
            return scores[row];
        }
    }
    order.last().map_or(0.0, |&row| 1.2 * scores[row].abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Random, mix};

    /// Misses, uniform within 1 for the easy half (x = 0) and within 3 for the hard half (x = 1).
    fn misses(rows: usize) -> Misses {
        let mut random = Random::new(11);
        let x = Matrix { values: Vec::new(), rows, width: 2 };
        let mut misses = Misses { x, ..Misses::default() };
        for row in 0..rows {
            let hard = f64::from(row % 2 == 1);
            misses.x.values.extend([hard as f32, random.uniform() as f32]);
            misses.miss.push((2.0 * random.uniform() - 1.0) * (1.0 + 2.0 * hard));
            misses.keys.push(mix(row as u64));
            misses.day.push(None);
            misses.class.push(None);
        }
        misses
    }

    #[test]
    fn ranges_hold_as_often_as_they_say_and_are_wide_where_it_is_hard() {
        let ranges = Ranges::fit(&Task::silent(), &misses(2000), 1).expect("fit");
        let fresh = misses(3000);
        let around = ranges.around(&fresh.x, &[]).expect("ranges");
        for (number, level) in LEVELS.iter().enumerate() {
            let inside = |row: usize| {
                let (_, below, above) = around[row][number];
                (-below..=above).contains(&fresh.miss[row])
            };
            let held = (0..3000).filter(|&row| inside(row)).count() as f64 / 30.0;
            assert!((held - f64::from(*level)).abs() < 3.0, "{level}: {held}");
        }
        assert!(around[1][2].2 > 1.8 * around[0][2].2, "{} and {}", around[1][2].2, around[0][2].2);
    }

    #[test]
    fn sizes_have_ranges_of_their_own_with_a_straight_line_between() {
        let predicted: Vec<f64> = (0..900).map(f64::from).collect();
        let scores: Vec<f64> = (0..900).map(|i| f64::from(i / 300 + 1) * f64::from(i % 7 - 3)).collect();
        let ranges = Ranges::calibrated(&scores, &predicted, &[1.0; 900]);
        let above = |z: f64| ranges.at(z, 1.0)[4].2;
        assert_eq!([-50.0, 149.5, 449.5, 749.5, 5000.0].map(above), [3.0, 3.0, 6.0, 9.0, 9.0]);
        assert!((above(299.5) - 4.5).abs() < 1e-9 && (ranges.at(299.5, 2.0)[4].2 - 9.0).abs() < 1e-9);
        assert_eq!(Ranges::calibrated(&scores[..200], &predicted[..200], &[1.0; 200]).sizes.len(), 1);
    }

    #[test]
    fn a_class_has_ranges_of_its_own_once_it_has_jobs_enough() {
        // Three classes whose misses no driver tells apart; the third has too few.
        let (mut misses, mut random) = (misses(0), Random::new(5));
        for row in 0..1_030 {
            let (class, spread) = match row {
                1_000.. => ("c", 8.0),
                _ if row % 2 == 0 => ("a", 1.0),
                _ => ("b", 4.0),
            };
            misses.x.values.extend([0.0, random.uniform() as f32]);
            misses.x.rows += 1;
            misses.miss.push((2.0 * random.uniform() - 1.0) * spread);
            misses.keys.push(mix(row));
            misses.day.push(None);
            misses.class.push(Some(class.to_owned()));
        }
        let ranges = Ranges::fit(&Task::silent(), &misses, 1).expect("fit");
        let x = Matrix { values: vec![0.0, 0.5, 0.0, 0.5, 0.0, 0.5], rows: 3, width: 2 };
        let around = ranges.around(&x, &["a", "b", "c"].map(|class| Some(class.to_owned()))).expect("ranges");
        let of = |class: usize| around[class][2].2;
        assert!((of(0) - 0.8).abs() < 0.2 && (of(1) - 3.2).abs() < 0.4, "{around:?}");
        assert_eq!(of(2), ranges.around(&x, &[]).expect("ranges")[2][2].2, "that of all");
        assert!(around[0].windows(2).all(|pair| pair[0].1 <= pair[1].1 && pair[0].2 <= pair[1].2), "{around:?}");
    }

    #[test]
    fn quantiles_count_the_next_row_and_weigh() {
        let scores: Vec<f64> = (1..=9).map(f64::from).collect();
        assert_eq!(quantile(&scores, &[1.0; 9], 0.8), 8.0);
        assert_eq!(quantile(&scores, &[1.0; 9], 0.95), 1.2 * 9.0);
        let recent = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 9.0, 9.0, 9.0];
        assert_eq!(quantile(&scores, &recent, 0.3), 7.0);
    }
}
