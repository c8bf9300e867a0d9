//! Whether the jobs of now are like those a model has learned from, driver by driver.
//!
//! The population stability index compares shares: of tenths of the earlier values, or of categories; the
//! Kolmogorov-Smirnov statistic is the largest distance of the two distributions of a number. Both are never 0, however
//! alike the jobs are: with few jobs an index of 0.3 is mere chance. A driver counts as changed when its index is above
//! [`NOTICEABLE`] and above what chance gives once in a thousand times (the index times n m / (n + m) is about
//! chi-squared with one degree of freedom less than there are shares; Yurdakul 2018).

use std::collections::BTreeMap;

use signwright_domain::drift::DriverChange;

use crate::encoding::level;
use crate::features::{describe, label};
use crate::statistics::{median, quantile};
use crate::{Cell, Column, ColumnData, Table};

/// The usual first step of the index: below it nothing is made of a change.
pub const NOTICEABLE: f64 = 0.1;
const TENTHS: usize = 10;
/// Categories with a smaller share of the earlier jobs are put together.
const RARE: f64 = 0.03;
/// A share that is empty on one side counts as half a job.
const HALF: f64 = 0.5;
/// Fewest jobs with a value, on both sides.
const FEWEST: usize = 20;
/// Exceeded once in a thousand times by a standard normal number.
const ONCE_IN_A_THOUSAND: f64 = 3.09;

/// Of every column that both tables have and that can be compared, the most changed first.
pub fn drift(before: &Table, now: &Table) -> Vec<DriverChange> {
    let pairs = before.columns().iter().filter_map(|column| Some((column, now.column(&column.name)?)));
    let mut all: Vec<DriverChange> = pairs.filter_map(|(before, now)| of_column(before, now)).collect();
    all.sort_by(|a, b| (b.changed, b.psi / b.chance).partial_cmp(&(a.changed, a.psi / a.chance)).expect("finite"));
    all
}

fn of_column(before: &Column, now: &Column) -> Option<DriverChange> {
    match (&before.data, &now.data) {
        (ColumnData::Number(before_values), ColumnData::Number(now_values)) => {
            number(&before.name, &known(before_values), &known(now_values))
        }
        _ => category(before, now),
    }
}

fn known(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|x| !x.is_nan()).collect()
}

fn number(name: &str, before: &[f64], now: &[f64]) -> Option<DriverChange> {
    if before.len() < FEWEST || now.len() < FEWEST {
        return None;
    }
    let mut edges: Vec<f64> = (1..TENTHS).map(|tenth| quantile(before, tenth as f64 / TENTHS as f64)).collect();
    edges.dedup();
    let place = |x: &f64| edges.partition_point(|edge| edge < x);
    let count = |values: &[f64]| {
        let mut counts = vec![0; edges.len() + 1];
        values.iter().for_each(|x| counts[place(x)] += 1);
        counts
    };
    let (psi, chance) = index(&count(before), &count(now))?;
    let ks = ks(before, now);
    let words = format!(
        "{}: the middle is {}, {} in the jobs it learned from",
        label(name),
        describe(name, Cell::Number(median(now))),
        describe(name, Cell::Number(median(before)))
    );
    let p = ks_probability(ks, before.len(), now.len());
    let changed = psi >= NOTICEABLE && psi > chance;
    Some(DriverChange { driver: name.to_owned(), psi, chance, ks: Some(ks), p: Some(p), changed, words })
}

fn category(before: &Column, now: &Column) -> Option<DriverChange> {
    let names = |column: &Column| -> Vec<String> {
        (0..column.data.len()).filter_map(|row| level(column, row).map(std::borrow::Cow::into_owned)).collect()
    };
    let (earlier, later) = (names(before), names(now));
    if earlier.len() < FEWEST || later.len() < FEWEST {
        return None;
    }
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (side, names) in [&earlier, &later].into_iter().enumerate() {
        names.iter().for_each(|name| counts.entry(name).or_default()[side] += 1);
    }
    let is_rare = |count: &[usize; 2]| (count[0] as f64) < RARE * earlier.len() as f64;
    let rare = counts
        .values()
        .filter(|count| is_rare(count))
        .fold([0, 0], |sum, count| [sum[0] + count[0], sum[1] + count[1]]);
    let common = counts.values().filter(|count| !is_rare(count)).copied();
    let shares: Vec<[usize; 2]> = common.chain((rare != [0, 0]).then_some(rare)).collect();
    let side = |side: usize| shares.iter().map(|count| count[side]).collect::<Vec<usize>>();
    let (psi, chance) = index(&side(0), &side(1))?;
    let share = |count: &[usize; 2]| (count[0] as f64 / earlier.len() as f64, count[1] as f64 / later.len() as f64);
    let gap = |count: &[usize; 2]| (share(count).0 - share(count).1).abs();
    let (most, count) = counts.iter().max_by(|a, b| gap(a.1).total_cmp(&gap(b.1)))?;
    let (was, is) = share(count);
    let words = format!(
        "{}: {:.0} % of the jobs are {}, {:.0} % of those it learned from",
        label(&before.name),
        100.0 * is,
        describe(&before.name, Cell::Category(most)),
        100.0 * was
    );
    let changed = psi >= NOTICEABLE && psi > chance;
    Some(DriverChange { driver: before.name.clone(), psi, chance, ks: None, p: None, changed, words })
}

/// The index and what chance exceeds once in a thousand times; `None` with a single share.
fn index(before: &[usize], now: &[usize]) -> Option<(f64, f64)> {
    let filled: Vec<(f64, f64)> =
        before.iter().zip(now).filter(|(a, b)| **a + **b > 0).map(|(a, b)| (*a as f64, *b as f64)).collect();
    if filled.len() < 2 {
        return None;
    }
    let total = filled.iter().fold((0.0, 0.0), |sum, (a, b)| (sum.0 + a, sum.1 + b));
    let term = |(a, b): &(f64, f64)| {
        let (p, q) = (a.max(HALF) / total.0, b.max(HALF) / total.1);
        (q - p) * (q / p).ln()
    };
    let psi = filled.iter().map(term).sum();
    let degrees = (filled.len() - 1) as f64;
    Some((psi, chi_squared(degrees, ONCE_IN_A_THOUSAND) * (1.0 / total.0 + 1.0 / total.1)))
}

/// The quantile of chi-squared where a standard normal number has its quantile at z (Wilson and Hilferty 1931).
fn chi_squared(degrees: f64, z: f64) -> f64 {
    let spread = 2.0 / (9.0 * degrees);
    degrees * (1.0 - spread + z * spread.sqrt()).powi(3)
}

/// The largest distance between the two empirical distributions.
fn ks(a: &[f64], b: &[f64]) -> f64 {
    let sorted = |values: &[f64]| {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted
    };
    let (a, b) = (sorted(a), sorted(b));
    let share = |values: &[f64], x: f64| values.partition_point(|value| *value <= x) as f64 / values.len() as f64;
    a.iter().chain(&b).map(|&x| (share(&a, x) - share(&b, x)).abs()).fold(0.0, f64::max)
}

/// Kolmogorov's distribution at the distance of samples of these sizes, with Stephens' correction (1970).
fn ks_probability(distance: f64, a: usize, b: usize) -> f64 {
    let n = (a * b) as f64 / (a + b) as f64;
    let x = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * distance;
    if x < 0.3 {
        return 1.0;
    }
    let term = |k: i32| (-1.0_f64).powi(k - 1) * (-2.0 * f64::from(k * k) * x * x).exp();
    (2.0 * (1..=100).map(term).sum::<f64>()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn drawn(rows: usize, seed: u64, of: impl Fn(f64) -> f64) -> Vec<f64> {
        let mut random = Random::new(seed);
        (0..rows).map(|_| of(random.uniform())).collect()
    }

    #[test]
    fn figures_known_by_hand() {
        let check = |got: f64, expected: f64, tolerance: f64| assert!((got - expected).abs() < tolerance, "{got}");
        // (0.25 - 0.5) ln 0.5 + (0.75 - 0.5) ln 1.5
        check(index(&[50, 50], &[25, 75]).expect("shares").0, 0.274_653, 1e-6);
        // Quantiles of chi-squared at 0.999: 27.877 for 9 degrees, 10.828 for one.
        check(chi_squared(9.0, ONCE_IN_A_THOUSAND), 27.877, 0.25);
        check(chi_squared(1.0, ONCE_IN_A_THOUSAND), 10.828, 0.5);
        check(ks(&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 5.0, 6.0]), 0.5, 1e-12);
        // The critical value of Kolmogorov's distribution at 5 % is 1.358.
        check(ks_probability(1.358 / 5000.0_f64.sqrt(), 10_000, 10_000), 0.05, 0.002);
        assert_eq!(ks_probability(0.0, 50, 50), 1.0);
    }

    #[test]
    fn chance_is_not_called_a_change_and_a_change_is() {
        let mut called = 0;
        for seed in 0..200 {
            let (before, now) = (drawn(300, seed, |x| x), drawn(30, 1000 + seed, |x| x));
            called += usize::from(number("width", &before, &now).expect("enough").changed);
        }
        assert!(called <= 2, "{called} of 200");
        let found = number("width", &drawn(300, 1, |x| x), &drawn(60, 2, |x| x + 0.5)).expect("enough");
        assert!(found.changed && found.p < Some(1e-6), "{found:?}");
    }

    #[test]
    fn a_change_is_said_in_words() {
        let types = |poles: usize, rows: usize| {
            let name = |row: usize| Some(if row < poles { "pole" } else { "monument" }.to_owned());
            Column::category("sign_type", (0..rows).map(name).collect())
        };
        let width = |rows: usize, by: f64| Column::number("width", drawn(rows, 3, |x| by + 10.0 * x));
        let before = Table::new(vec![width(200, 4.0), types(40, 200)]).expect("table");
        let now = Table::new(vec![types(30, 50), width(50, 4.0)]).expect("table");
        let found = drift(&before, &now);
        assert_eq!((found[0].driver.as_str(), found[0].changed, found[1].changed), ("sign_type", true, false));
        assert_eq!(found[0].words, "Type: 40 % of the jobs are Monument, 80 % of those it learned from");
        assert!(found[1].words.starts_with("Width: the middle is "), "{}", found[1].words);
    }
}
