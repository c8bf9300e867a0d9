//! Who trains and who tests.
//!
//! The newest rows by quote date are the test, and only rows completed before the test begins may train for it. A group
//! is never on both sides. Without dates the test is drawn at random by groups. The inner folds, from which parameters
//! and ranges come, follow the same rule: each predicts a later block from what was completed before it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::TrainingSet;
use crate::random::{Random, mix};

/// Rows from which two folds are enough.
const MANY_ROWS: usize = 20_000;
/// Fewest rows on the two sides of a split by time.
const FEWEST_TRAIN: usize = 20;
const FEWEST_TEST: usize = 5;

/// Fewest rows to learn from once the test rows are taken away.
pub(crate) const FEWEST_LEARNED: usize = 15;

/// One split of the rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Split {
    pub(crate) train: Vec<usize>,
    pub(crate) test: Vec<usize>,
    /// The first day of the test, where it is a split by time.
    pub(crate) from: Option<Date>,
}

/// The outer split: the newest `share` of the rows against those completed before, else a random one.
pub(crate) fn holdout(set: &TrainingSet, share: f64, seed: u64) -> Split {
    by_time(set, 1.0 - share, 1.0).unwrap_or_else(|| at_random(set, share, seed))
}

/// The inner folds: four later blocks over the newest half, each after what was completed before it; without dates five
/// groups at random. Of very many rows the newest two, or two at random, tell enough.
pub(crate) fn folds(set: &TrainingSet, seed: u64) -> Vec<Split> {
    let cuts = [0.5, 0.625, 0.75, 0.875, 1.0];
    let mut blocks: Vec<Split> = cuts.windows(2).filter_map(|cut| by_time(set, cut[0], cut[1])).collect();
    if blocks.len() < 2 {
        blocks = grouped(&set.keys(), 5, seed);
    }
    if blocks.len() < 2 {
        // A single group: its rows are all there is to measure on.
        blocks = grouped(&(0..set.rows() as u64).collect::<Vec<_>>(), 5, seed);
    }
    if set.rows() > MANY_ROWS && blocks.len() > 2 {
        blocks.drain(..blocks.len() - 2);
    }
    blocks
}

/// Tests the dated rows from share `from` to share `to` of their order in time. Rows of one day stay together.
fn by_time(set: &TrainingSet, from: f64, to: f64) -> Option<Split> {
    if !set.is_dated() {
        return None;
    }
    let mut days: Vec<Date> = set.known_from.iter().flatten().copied().collect();
    days.sort_unstable();
    let at = |share: f64| days.get((share * days.len() as f64).round() as usize).copied();
    let (start, end) = (at(from)?, at(to));
    let within = |day: Date| day >= start && end.is_none_or(|end| day < end);
    let test: Vec<usize> = (0..set.rows()).filter(|&row| set.known_from[row].is_some_and(within)).collect();
    let keys = set.keys();
    let tested: HashSet<u64> = test.iter().map(|&row| keys[row]).collect();
    let before = |row: usize| set.known_from[row].and(set.completed(row)).is_some_and(|day| day < start);
    let train: Vec<usize> = (0..set.rows()).filter(|&row| before(row) && !tested.contains(&keys[row])).collect();
    let enough = train.len() >= FEWEST_TRAIN && test.len() >= FEWEST_TEST;
    enough.then_some(Split { train, test, from: Some(start) })
}

/// Shuffles whole groups, then tests the first that together hold `share` of the rows.
fn at_random(set: &TrainingSet, share: f64, seed: u64) -> Split {
    let wanted = ((share * set.rows() as f64).round() as usize).max(FEWEST_TEST);
    let keys = set.keys();
    let mut rows: HashMap<u64, usize> = HashMap::new();
    keys.iter().for_each(|key| *rows.entry(*key).or_default() += 1);
    let mut tested = HashSet::new();
    let mut count = 0;
    for group in groups(&keys, seed) {
        if count >= wanted {
            break;
        }
        count += rows[&group];
        tested.insert(group);
    }
    sides(&keys, |key| tested.contains(&key))
}

fn grouped(keys: &[u64], folds: usize, seed: u64) -> Vec<Split> {
    let groups = groups(keys, seed);
    let fold = |number: usize| {
        let tested: HashSet<u64> = groups.iter().skip(number).step_by(folds).copied().collect();
        sides(keys, |key| tested.contains(&key))
    };
    (0..folds).map(fold).filter(|split| !split.train.is_empty() && !split.test.is_empty()).collect()
}

/// Every group once, in an order drawn by the seed.
fn groups(keys: &[u64], seed: u64) -> Vec<u64> {
    let mut groups = keys.to_vec();
    groups.sort_unstable();
    groups.dedup();
    Random::new(mix(seed)).shuffle(&mut groups);
    groups
}

fn sides(keys: &[u64], tested: impl Fn(u64) -> bool) -> Split {
    let (test, train) = (0..keys.len()).partition(|&row| tested(keys[row]));
    Split { train, test, from: None }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;
    use crate::{Column, Table};

    /// One row a day from 2024-01-01, completed `lag` days later; groups of three following rows.
    fn set(rows: usize, lag: i64, dated: bool) -> TrainingSet {
        let day = |row: usize, more: i64| dated.then(|| date(2024, 1, 1).saturating_add((row as i64 + more).days()));
        TrainingSet {
            table: Table::new(vec![Column::number("x", vec![1.0; rows])]).expect("table"),
            target: vec![1.0; rows],
            known_from: (0..rows).map(|row| day(row, 0)).collect(),
            known_to: (0..rows).map(|row| day(row, lag)).collect(),
            group: Some((0..rows).map(|row| format!("contract {}", row / 3)).collect()),
            time_column: None,
            group_column: None,
            class_column: None,
            insisted: Vec::new(),
            own_estimate: None,
        }
    }

    fn straddles(set: &TrainingSet, split: &Split) -> bool {
        let keys = set.keys();
        split.train.iter().any(|&a| split.test.iter().any(|&b| keys[a] == keys[b]))
    }

    #[test]
    fn the_newest_are_tested_after_what_was_completed_before() {
        let set = set(200, 10, true);
        let split = holdout(&set, 0.2, 1);
        assert_eq!(split.test, (160..200).collect::<Vec<_>>());
        assert_eq!(split.train, (0..150).collect::<Vec<_>>(), "row 150 is completed on the first day of the test");
        assert!(!straddles(&set, &split));
        for fold in folds(&set, 1) {
            let start = fold.from.expect("by time");
            assert!(fold.train.iter().all(|&row| set.completed(row) < Some(start)));
            assert!(!straddles(&set, &fold));
        }
    }

    #[test]
    fn without_dates_groups_are_drawn_and_never_straddle() {
        let set = set(100, 0, false);
        let split = holdout(&set, 0.2, 1);
        assert!(split.from.is_none() && (20..=26).contains(&split.test.len()), "{}", split.test.len());
        assert_eq!(split.train.len() + split.test.len(), 100);
        assert!(!straddles(&set, &split));
        let folds = folds(&set, 1);
        let mut tested: Vec<usize> = folds.iter().flat_map(|fold| fold.test.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, (0..100).collect::<Vec<_>>());
        assert!(folds.iter().all(|fold| !straddles(&set, fold)));
    }

    #[test]
    fn jobs_that_all_end_after_the_test_begins_fall_back_to_chance() {
        assert_eq!(holdout(&set(100, 400, true), 0.2, 1).from, None);
    }
}
