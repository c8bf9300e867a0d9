//! A shallow decision tree that tells two classes of rows apart, for words about a table: never for predictions.
//!
//! Grown by linfa-trees on the ranks of the values, because it takes values closer than 1e-5 for equal. Both classes weigh the same:
//! otherwise a tree whose leaves all hold more lost than won offers would be pruned to nothing. Two classes only, and no weights
//! that tie, because its class counts are hash maps: sums and ties of more would depend on their order.

use linfa::Dataset;
use linfa::prelude::Fit;
use linfa_trees::{DecisionTree, TreeNode};
use ndarray::{Array1, Array2};

/// A bound on one column: values up to `most`, or above `least`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) column: usize,
    pub(crate) least: Option<f64>,
    pub(crate) most: Option<f64>,
}

/// Rows with what they have in common, one bound per column in the order of splitting.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leaf {
    pub(crate) bounds: Vec<Bounds>,
    pub(crate) rows: Vec<usize>,
}

const DEPTH: usize = 2;
/// Share of the rows of its class weight that a leaf has at least.
const SMALLEST: f32 = 0.04;
/// Keeps the weights of the classes from adding up to the same.
const UNTIED: f32 = 1.000_976_6;

/// The leaves of a tree of two levels; one with all rows where nothing tells the classes apart. Missing values count as
/// the middle one.
pub(crate) fn leaves(columns: &[Vec<f64>], class: &[bool]) -> Vec<Leaf> {
    let all = Leaf { bounds: Vec::new(), rows: (0..class.len()).collect() };
    let ones = class.iter().filter(|one| **one).count();
    if columns.is_empty() || ones == 0 || ones == class.len() {
        return vec![all];
    }
    let ranked: Vec<Ranked> = columns.iter().map(|column| Ranked::of(column)).collect();
    let Some(tree) = grown(&ranked, class, ones) else { return vec![all] };
    let mut leaves = Vec::new();
    gather(tree.root_node(), &ranked, all, &mut leaves);
    leaves
}

/// A column as places among its different values.
struct Ranked {
    places: Vec<f64>,
    values: Vec<f64>,
}

impl Ranked {
    fn of(column: &[f64]) -> Self {
        let mut values: Vec<f64> = column.iter().copied().filter(|x| !x.is_nan()).collect();
        values.sort_by(f64::total_cmp);
        let middle = values.get(values.len() / 2).copied().unwrap_or(0.0);
        values.dedup();
        let place = |x: &f64| {
            let x = if x.is_nan() { middle } else { *x };
            values.partition_point(|value| *value < x) as f64
        };
        Self { places: column.iter().map(place).collect(), values }
    }

    /// The value in the middle between the places that a split lies between.
    fn value(&self, split: f64) -> f64 {
        let last = self.values.len() - 1;
        let below = (split.floor() as usize).min(last);
        let above = (below + 1).min(last);
        (self.values[below] + self.values[above]) / 2.0
    }
}

fn grown(ranked: &[Ranked], class: &[bool], ones: usize) -> Option<DecisionTree<f64, bool>> {
    let rows = class.len();
    let records = Array2::from_shape_fn((rows, ranked.len()), |(row, column)| ranked[column].places[row]);
    let heavy = (rows - ones) as f32 / ones as f32 * UNTIED;
    let weights: Array1<f32> = class.iter().map(|one| if *one { heavy } else { 1.0 }).collect();
    let total: f32 = weights.iter().sum();
    let data = Dataset::new(records, Array1::from(class.to_vec())).with_weights(weights);
    let params = DecisionTree::params().max_depth(Some(DEPTH)).min_weight_leaf(SMALLEST * total);
    params.min_weight_split(2.0 * SMALLEST * total).fit(&data).ok()
}

fn gather(node: &TreeNode<f64, bool>, ranked: &[Ranked], here: Leaf, leaves: &mut Vec<Leaf>) {
    let children = node.children();
    let (Some(left), Some(right)) = (children[0], children[1]) else {
        leaves.push(here);
        return;
    };
    let (column, split, _) = node.split();
    let at = ranked[column].value(split);
    let (low, high): (Vec<usize>, Vec<usize>) = here.rows.iter().partition(|&&row| ranked[column].places[row] <= split);
    gather(left, ranked, Leaf { bounds: with(&here.bounds, column, None, Some(at)), rows: low }, leaves);
    gather(right, ranked, Leaf { bounds: with(&here.bounds, column, Some(at), None), rows: high }, leaves);
}

/// The later bound of a column is the tighter one.
fn with(bounds: &[Bounds], column: usize, least: Option<f64>, most: Option<f64>) -> Vec<Bounds> {
    let mut bounds = bounds.to_vec();
    match bounds.iter_mut().find(|bound| bound.column == column) {
        Some(bound) => *bound = Bounds { column, least: least.or(bound.least), most: most.or(bound.most) },
        None => bounds.push(Bounds { column, least, most }),
    }
    bounds
}

/// The columns of a table that words can be made of: its numbers, and a flag for each level that is frequent.
pub(crate) mod words {
    use super::Bounds;
    use crate::{Cell, ColumnData, Table, features};

    /// Share of the rows that a level has at least.
    const FREQUENT: f64 = 0.03;

    /// What a column of the tree is.
    #[derive(Clone, Debug)]
    pub(crate) enum Meaning {
        Number(String),
        Level(String, String),
        /// Words of its own, and how a value is written.
        Said(&'static str, fn(f64) -> String),
    }

    pub(crate) fn columns(table: &Table) -> (Vec<Meaning>, Vec<Vec<f64>>) {
        let (mut meanings, mut columns) = (Vec::new(), Vec::new());
        for column in table.columns() {
            match &column.data {
                ColumnData::Number(values) => {
                    meanings.push(Meaning::Number(column.name.clone()));
                    columns.push(values.clone());
                }
                ColumnData::Category(values) => {
                    for level in frequent(values) {
                        let is = |value: &Option<String>| f64::from(value.as_deref() == Some(level.as_str()));
                        columns.push(values.iter().map(is).collect());
                        meanings.push(Meaning::Level(column.name.clone(), level));
                    }
                }
            }
        }
        (meanings, columns)
    }

    fn frequent(values: &[Option<String>]) -> Vec<String> {
        let mut levels: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
        levels.sort_unstable();
        let fewest = ((values.len() as f64 * FREQUENT) as usize).max(5);
        let runs = levels.chunk_by(|a, b| a == b);
        runs.filter(|run| (fewest..values.len()).contains(&run.len())).map(|run| run[0].to_owned()).collect()
    }

    /// "Face area above 48 sq ft and Sign type Pole sign"; "all" without bounds.
    pub(crate) fn said(bounds: &[Bounds], meanings: &[Meaning]) -> String {
        let words: Vec<String> = bounds.iter().map(|bound| one(bound, &meanings[bound.column])).collect();
        if words.is_empty() { "all".to_owned() } else { words.join(" and ") }
    }

    fn one(bound: &Bounds, meaning: &Meaning) -> String {
        match meaning {
            Meaning::Level(column, level) => {
                let not = if bound.least.is_some() { "" } else { "not " };
                format!("{} {not}{}", features::label(column), features::describe(column, Cell::Category(level)))
            }
            Meaning::Number(column) if is_flag(column) => {
                format!("{} {}", features::label(column), if bound.least.is_some() { "yes" } else { "no" })
            }
            Meaning::Number(column) => {
                between(&features::label(column), bound, |x| features::describe(column, Cell::Number(x)))
            }
            Meaning::Said(label, write) => between(label, bound, write),
        }
    }

    fn is_flag(column: &str) -> bool {
        use signwright_domain::driver::{DriverKind, find};
        find(column).is_some_and(|driver| matches!(driver.kind, DriverKind::Flag))
    }

    fn between(label: &str, bound: &Bounds, write: impl Fn(f64) -> String) -> String {
        match (bound.least, bound.most) {
            (Some(least), Some(most)) => format!("{label} {} to {}", write(least), write(most)),
            (Some(least), None) => format!("{label} above {}", write(least)),
            (None, Some(most)) => format!("{label} up to {}", write(most)),
            (None, None) => label.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_made_the_classes_is_found() {
        // True where the first column is above 10 and the second is not above 0.000005.
        let a: Vec<f64> = (0..400).map(|i| f64::from(i % 20)).collect();
        let b: Vec<f64> = (0..400).map(|i| f64::from(i / 200) * 1e-5).collect();
        let class: Vec<bool> = (0..400).map(|i| a[i] > 10.0 && b[i] < 5e-6).collect();
        let found = leaves(&[a, b], &class);
        let pure = found.iter().find(|leaf| leaf.rows.iter().all(|&row| class[row])).expect("a leaf of true rows");
        assert_eq!(pure.rows.len(), 90);
        let bound = |column| pure.bounds.iter().find(|bound| bound.column == column).copied().expect("bound");
        assert_eq!(bound(0).least, Some(10.5));
        assert!((bound(1).most.expect("most") - 5e-6).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_tells_there_is_one_leaf() {
        let class: Vec<bool> = (0..50).map(|i| i % 2 == 0).collect();
        assert_eq!(leaves(&[vec![1.0; 50]], &class).len(), 1);
        assert_eq!(leaves(&[vec![f64::NAN; 50]], &class).len(), 1);
        assert_eq!(leaves(&[(0..50).map(f64::from).collect()], &[true; 50]).len(), 1);
    }
}
