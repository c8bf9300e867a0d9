//! What the same class cost lately: the simple rule, as a feature that learners start from and as a model carries it.
//!
//! A row to learn from sees the median of its class over the 24 months before its own day, among rows whose target was
//! known by then and of other groups; a row to predict sees the median at the end of training. Without days a training row sees
//! the median of the other folds, a row to predict that of all. Prices of repeating work are often the same to the cent,
//! which no mean brings back.

use std::collections::{BTreeMap, HashMap, VecDeque};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::encoding::level;
use crate::random::fold;
use crate::rules::RULE_MONTHS;
use crate::statistics::{mean, median, middle};
use crate::{Column, ColumnData, LearnError, Table, TrainingSet, bits};

/// Keeps the folds here apart from those of the other features.
const SALT: u64 = 0x2EC5;
/// Share of the rows whose class must have a past for a column to name classes.
const KNOWN: f64 = 0.7;
/// Relative errors count at most this much.
const MOST: f64 = 1.0;

/// The median of every class at the end of training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Recent {
    /// The column that names the class; `None` where all rows are of one.
    class: Option<String>,
    medians: BTreeMap<String, Middle>,
    all: Middle,
}

/// A median of targets.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Middle {
    #[serde(with = "bits")]
    pub(crate) value: f64,
    pub(crate) rows: usize,
}

impl Recent {
    /// Learns the medians of a column's levels. The column must exist.
    pub(crate) fn fit(set: &TrainingSet, class: Option<&str>) -> Self {
        let levels = levels(&set.table, class);
        let newest = (0..set.rows()).filter_map(|row| set.completed(row)).max();
        let since = newest.filter(|_| set.is_dated()).map(|day| day.saturating_sub(RULE_MONTHS.months()));
        let fresh = |row: usize| since.is_none_or(|since| set.completed(row).is_some_and(|day| since <= day));
        let mut lately: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        let mut ever: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (row, level) in levels.iter().enumerate() {
            if let Some(level) = level {
                ever.entry(level).or_default().push(set.target[row]);
                if fresh(row) {
                    lately.entry(level).or_default().push(set.target[row]);
                }
            }
        }
        // A class without a recent price still has its last ones.
        let medians = ever.iter().map(|(level, ever)| (*level, lately.get(level).unwrap_or(ever)));
        let medians = medians.map(|(level, costs)| (level.to_owned(), Middle::of(costs))).collect();
        let all: Vec<f64> = (0..set.rows()).filter(|&row| fresh(row)).map(|row| set.target[row]).collect();
        Self { class: class.map(str::to_owned), medians, all: Middle::of(&all) }
    }

    pub(crate) fn class(&self) -> Option<&str> {
        self.class.as_deref()
    }

    /// The rule for every row: that of its class, where there are no classes that of all.
    pub(crate) fn of(&self, table: &Table) -> Vec<Option<Middle>> {
        let Some(class) = &self.class else { return vec![Some(self.all); table.rows()] };
        levels(table, Some(class)).iter().map(|level| self.medians.get(level.as_deref()?).copied()).collect()
    }

    /// The median of all rows, whatever their class.
    pub(crate) fn all(&self) -> Middle {
        self.all
    }
}

impl Middle {
    fn of(values: &[f64]) -> Self {
        Self { value: median(values), rows: values.len() }
    }
}

/// The column whose medians come closest to the target on rows that they had not seen, among categories that repeat;
/// `None` where there is none.
pub(crate) fn class_of(set: &TrainingSet, names: &[String], seed: u64) -> Option<String> {
    let categories = names.iter().filter_map(|name| set.table.column(name));
    let categories = categories.filter(|column| matches!(column.data, ColumnData::Category(_)));
    let judged = categories.filter_map(|column: &Column| {
        let unseen = unseen(set, Some(&column.name), seed);
        let errors = unseen.iter().zip(&set.target).filter_map(|(rule, y)| Some(relative((*rule)?, *y)));
        let errors: Vec<f64> = errors.collect();
        (errors.len() as f64 >= KNOWN * set.rows() as f64).then(|| (mean(&errors), column.name.clone()))
    });
    judged.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

fn relative(said: f64, actual: f64) -> f64 {
    if actual == 0.0 { MOST } else { ((said - actual) / actual).abs().min(MOST) }
}

/// What the rule says of rows that it has not seen: of every training row from what was known before it.
pub(crate) fn unseen(set: &TrainingSet, class: Option<&str>, seed: u64) -> Vec<Option<f64>> {
    let levels = levels(&set.table, class);
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let classes: Vec<Option<usize>> = levels
        .iter()
        .map(|level| {
            let count = numbers.len();
            level.as_deref().map(|level| *numbers.entry(level).or_insert(count))
        })
        .collect();
    if set.is_dated() { before(set, &classes, numbers.len()) } else { from_other_folds(set, &classes, seed) }
}

/// The text that names the class of every row; one name for all where there are no classes.
fn levels(table: &Table, class: Option<&str>) -> Vec<Option<String>> {
    let Some(class) = class else { return vec![Some(String::new()); table.rows()] };
    let Some(column) = table.column(class) else { return vec![None; table.rows()] };
    (0..table.rows()).map(|row| level(column, row).map(std::borrow::Cow::into_owned)).collect()
}

/// Costs of one class that were known in the last 24 months.
#[derive(Clone, Debug, Default)]
struct Window {
    queue: VecDeque<(Date, u64, f64)>,
    sorted: Vec<f64>,
    /// How many costs each group has in it.
    groups: HashMap<u64, usize>,
}

impl Window {
    fn add(&mut self, day: Date, key: u64, cost: f64) {
        self.queue.push_back((day, key, cost));
        let at = self.sorted.partition_point(|known| *known < cost);
        self.sorted.insert(at, cost);
        *self.groups.entry(key).or_default() += 1;
    }

    fn forget_before(&mut self, since: Date) {
        while let Some((_, key, cost)) = self.queue.pop_front_if(|(day, _, _)| *day < since) {
            let at = self.sorted.partition_point(|known| *known < cost);
            self.sorted.remove(at);
            if let Some(count) = self.groups.get_mut(&key) {
                *count -= 1;
            }
        }
    }

    /// The median of what other groups cost.
    fn median_without(&self, own: u64) -> Option<f64> {
        if self.groups.get(&own).is_some_and(|count| *count > 0) {
            let others = self.queue.iter().filter(|(_, key, _)| *key != own);
            let others: Vec<f64> = others.map(|(_, _, cost)| *cost).collect();
            return (!others.is_empty()).then(|| median(&others));
        }
        (!self.sorted.is_empty()).then(|| middle(&self.sorted))
    }
}

fn before(set: &TrainingSet, classes: &[Option<usize>], count: usize) -> Vec<Option<f64>> {
    let keys = set.keys();
    let mut asked: Vec<(Date, usize)> =
        (0..set.rows()).filter_map(|row| set.known_from[row].map(|day| (day, row))).collect();
    let mut known: Vec<(Date, usize)> =
        (0..set.rows()).filter_map(|row| set.completed(row).map(|day| (day, row))).collect();
    asked.sort_unstable();
    known.sort_unstable();
    let mut known = known.into_iter().peekable();
    let mut windows = vec![Window::default(); count];
    let mut said = vec![None; set.rows()];
    for (day, row) in asked {
        while let Some((done, other)) = known.next_if(|(done, _)| *done < day) {
            if let Some(class) = classes[other] {
                windows[class].add(done, keys[other], set.target[other]);
            }
        }
        let Some(class) = classes[row] else { continue };
        windows[class].forget_before(day.saturating_sub(RULE_MONTHS.months()));
        said[row] = windows[class].median_without(keys[row]);
    }
    said
}

const FOLDS: u64 = 5;

fn from_other_folds(set: &TrainingSet, classes: &[Option<usize>], seed: u64) -> Vec<Option<f64>> {
    let folds: Vec<u64> = set.keys().iter().map(|key| fold(*key, seed ^ SALT, FOLDS)).collect();
    let mut said = vec![None; set.rows()];
    for number in 0..FOLDS {
        let mut costs: HashMap<usize, Vec<f64>> = HashMap::new();
        for row in (0..set.rows()).filter(|&row| folds[row] != number) {
            if let Some(class) = classes[row] {
                costs.entry(class).or_default().push(set.target[row]);
            }
        }
        let medians: HashMap<usize, f64> = costs.iter().map(|(class, costs)| (*class, median(costs))).collect();
        for row in (0..set.rows()).filter(|&row| folds[row] == number) {
            said[row] = classes[row].and_then(|class| medians.get(&class).copied());
        }
    }
    said
}

/// Refuses what no training writes.
pub(crate) fn check(recent: &Recent) -> Result<(), LearnError> {
    let sound = recent.medians.values().chain([&recent.all]).all(|middle| middle.value.is_finite());
    if sound { Ok(()) } else { Err(LearnError::DamagedModel { reason: "its rule is no number".to_owned() }) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Two classes in turn, a row a month; the class "a" doubles its price after two years. Rows of a contract are two.
    fn set(dated: bool) -> TrainingSet {
        let rows = 60;
        let day = |row: usize| date(2018, 1, 1).saturating_add((row as i64).months());
        let names = (0..rows).map(|row| Some(["a", "b"][row % 2].to_owned())).collect();
        let other = (0..rows).map(|row| Some(["x", "y", "z"][row % 3].to_owned())).collect();
        let price = |row: usize| {
            if row % 2 == 1 {
                10.0
            } else if row < 24 {
                100.0
            } else {
                200.0
            }
        };
        TrainingSet {
            table: Table::new(vec![Column::category("kind", names), Column::category("crew", other)]).expect("table"),
            target: (0..rows).map(price).collect(),
            known_from: (0..rows).map(|row| dated.then(|| day(row))).collect(),
            known_to: vec![None; rows],
            group: Some((0..rows).map(|row| format!("{}", row / 4)).collect()),
            time_column: None,
            group_column: None,
            class_column: None,
            insisted: Vec::new(),
            own_estimate: None,
        }
    }

    #[test]
    fn a_row_sees_what_other_groups_of_its_class_cost_in_the_24_months_before_it() {
        let set = set(true);
        let said = unseen(&set, Some("kind"), 1);
        assert_eq!((said[0], said[2]), (None, None), "nothing was before but its own contract");
        assert_eq!((said[4], said[5]), (Some(100.0), Some(10.0)));
        assert_eq!(said[24], Some(100.0), "the new price is not known before it was paid");
        assert_eq!(said[50], Some(200.0), "the old one is forgotten");
        let recent = Recent::fit(&set, Some("kind"));
        let asked = Table::new(vec![Column::category("kind", ["a", "b", "c"].map(|c| Some(c.into())).to_vec())]);
        let of: Vec<Option<f64>> = recent.of(&asked.expect("table")).iter().map(|m| m.map(|m| m.value)).collect();
        assert_eq!(of, [Some(200.0), Some(10.0), None]);
        assert_eq!(Recent::fit(&set, None).of(&set.table)[0].map(|middle| middle.rows), Some(25));
    }

    #[test]
    fn without_days_a_row_sees_the_other_folds() {
        let mut set = set(false);
        let said = unseen(&set, Some("kind"), 1);
        set.target[8] = 1e9;
        assert_eq!(unseen(&set, Some("kind"), 1)[8], said[8], "not its own price");
        assert!(said.iter().zip(&set.target).filter(|(said, _)| **said == Some(10.0)).all(|(_, y)| *y == 10.0));
    }

    #[test]
    fn the_class_is_the_category_that_tells_most() {
        for dated in [true, false] {
            let names = ["crew".to_owned(), "kind".to_owned()];
            assert_eq!(class_of(&set(dated), &names, 1).as_deref(), Some("kind"));
            assert_eq!(class_of(&set(dated), &[], 1), None);
        }
    }
}
