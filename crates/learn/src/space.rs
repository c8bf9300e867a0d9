//! The space in which jobs are near or far: one axis per column of the model, weighted by what the column matters.
//!
//! A number counts in standard deviations (of its logarithm where it is positive and skewed), at most three; another
//! category counts one. What the job in question does not say yet tells no job from another (`hiding` says what it costs
//! in certainty); what it says and the other job does not counts as the largest difference. The distance is the weighted
//! root mean square.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use smartcore::algorithm::neighbour::linear_search::LinearKNNSearch;
use smartcore::metrics::distance::Distance;

use crate::encoding::{level, numbers};
use crate::statistics::{deviation, mean, skewness};
use crate::{Column, ColumnData, LearnError, Table, bits};

/// The largest difference on one axis.
const FARTHEST: f64 = 3.0;

/// The axes with their weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Space {
    axes: Vec<Axis>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Axis {
    name: String,
    #[serde(with = "bits")]
    weight: f64,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    Number {
        log: bool,
        #[serde(with = "bits")]
        centre: f64,
        #[serde(with = "bits")]
        spread: f64,
    },
    Category,
}

/// Coordinates on the axes; NaN where missing, a hash of the level for a category.
pub(crate) type Point = Vec<f64>;

#[derive(Clone, Debug)]
struct Metric {
    /// Weight, and whether the axis is a category.
    axes: Vec<(f64, bool)>,
}

impl Distance<Point> for Metric {
    /// Not symmetric: `asked` is the job in question, which the linear search passes first.
    fn distance(&self, asked: &Point, known: &Point) -> f64 {
        let axes = self.axes.iter().zip(asked.iter().zip(known));
        axes.map(|(&(weight, category), (&asked, &known))| weight * difference(asked, known, category).powi(2))
            .sum::<f64>()
            .sqrt()
    }
}

fn difference(asked: f64, known: f64, category: bool) -> f64 {
    match (asked.is_nan(), known.is_nan()) {
        (true, _) => 0.0,
        (false, true) if category => 1.0,
        (false, true) => FARTHEST,
        (false, false) if category => f64::from(asked != known),
        (false, false) => (asked - known).abs().min(FARTHEST),
    }
}

impl Space {
    /// Axes for these columns of the table, with their shares of importance.
    pub(crate) fn fit(table: &Table, importance: &[(String, f64)]) -> Self {
        let total: f64 = importance.iter().map(|(_, share)| share).sum();
        let even = 1.0 / importance.len().max(1) as f64;
        // A tenth is spread evenly, so that equal jobs are found equal also in what hardly matters.
        let weight = |share: f64| 0.1 * even + if total > 0.0 { 0.9 * share / total } else { 0.9 * even };
        let axis = |(name, share): &(String, f64)| {
            let column = table.column(name)?;
            Some(Axis { name: name.clone(), weight: weight(*share), kind: kind(column) })
        };
        Self { axes: importance.iter().filter_map(axis).collect() }
    }

    /// The coordinates of every row.
    pub(crate) fn points(&self, table: &Table) -> Result<Vec<Point>, LearnError> {
        let coordinates = self.axes.iter().map(|axis| axis.coordinates(table)).collect::<Result<Vec<_>, _>>()?;
        Ok((0..table.rows()).map(|row| coordinates.iter().map(|axis| axis[row]).collect()).collect())
    }

    /// The `k` nearest of the points with their distances, nearest first.
    pub(crate) fn nearest(
        &self,
        points: Vec<Point>,
        of: &[Point],
        k: usize,
    ) -> Result<Vec<Vec<(usize, f64)>>, LearnError> {
        let k = k.min(points.len());
        if k == 0 {
            return Ok(vec![Vec::new(); of.len()]);
        }
        let failed = |error: smartcore::error::Failed| LearnError::Neighbours { reason: error.to_string() };
        let search = LinearKNNSearch::new(points, self.metric()).map_err(failed)?;
        let find = |point: &Point| {
            let mut found: Vec<(usize, f64)> =
                search.find(point, k).map_err(failed)?.into_iter().map(|(row, distance, _)| (row, distance)).collect();
            found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            Ok(found)
        };
        of.iter().map(find).collect()
    }

    pub(crate) fn width(&self) -> usize {
        self.axes.len()
    }

    fn metric(&self) -> Metric {
        let axis = |axis: &Axis| (axis.weight, matches!(axis.kind, Kind::Category));
        Metric { axes: self.axes.iter().map(axis).collect() }
    }
}

impl Axis {
    fn coordinates(&self, table: &Table) -> Result<Vec<f64>, LearnError> {
        let column = table.column(&self.name);
        match self.kind {
            Kind::Number { log, centre, spread } => {
                let standard = |x: f64| (if log { x.max(f64::MIN_POSITIVE).ln() } else { x } - centre) / spread;
                Ok(numbers(column, table.rows())?.into_iter().map(standard_or_missing(standard)).collect())
            }
            Kind::Category => {
                let code = |row| column.and_then(|column| level(column, row)).map_or(f64::NAN, |level| code(&level));
                Ok((0..table.rows()).map(code).collect())
            }
        }
    }
}

/// `max` would turn a missing value into a number.
fn standard_or_missing(standard: impl Fn(f64) -> f64) -> impl Fn(f64) -> f64 {
    move |x| if x.is_nan() { x } else { standard(x) }
}

/// Levels only need to differ: 52 bits of their hash fit an f64.
fn code(level: &str) -> f64 {
    let hash = level
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    (hash >> 12) as f64
}

fn kind(column: &Column) -> Kind {
    match &column.data {
        ColumnData::Category(_) => Kind::Category,
        ColumnData::Number(values) => {
            let known: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
            let log = known.iter().all(|&x| x > 0.0) && known.len() > 1 && skewness(&known) > 1.0;
            let known: Vec<f64> = if log { known.iter().map(|x| x.ln()).collect() } else { known };
            let spread = if known.is_empty() { 0.0 } else { deviation(&known) };
            let centre = if known.is_empty() { 0.0 } else { mean(&known) };
            Kind::Number { log, centre, spread: if spread > 0.0 { spread } else { 1.0 } }
        }
    }
}

/// The same coordinates found in different rows, by how often.
pub(crate) fn level_counts(column: &Column) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for row in 0..column.data.len() {
        if let Some(level) = level(column, row) {
            *counts.entry(level.into_owned()).or_insert(0) += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: &[f64], kind: &[&str]) -> Table {
        let kinds = kind.iter().map(|k| (!k.is_empty()).then(|| (*k).to_owned())).collect();
        Table::new(vec![Column::number("width", width.to_vec()), Column::category("kind", kinds)]).expect("table")
    }

    #[test]
    fn the_nearest_agree_in_what_matters() {
        let jobs = table(&[1.0, 2.0, 3.0, 4.0, 2.5], &["a", "b", "a", "b", ""]);
        let one = table(&[2.1], &["a"]);
        let check = |importance: [f64; 2], expected: usize| {
            let space = Space::fit(&jobs, &[("width".into(), importance[0]), ("kind".into(), importance[1])]);
            let found = space.nearest(space.points(&jobs).expect("points"), &space.points(&one).expect("points"), 9);
            let found = found.expect("found").remove(0);
            assert_eq!(found.len(), 5);
            assert_eq!(found[0].0, expected);
            assert!(found.windows(2).all(|pair| pair[0].1 <= pair[1].1));
        };
        check([1.0, 0.0], 1);
        check([0.0, 1.0], 2);
    }

    #[test]
    fn what_is_asked_and_not_said_is_far_and_what_is_not_asked_tells_nothing() {
        let jobs = table(&[f64::NAN, 9.0, 3.0, 3.1], &["", "b", "a", ""]);
        let space = Space::fit(&jobs, &[("width".into(), 1.0), ("kind".into(), 1.0)]);
        let order = |one: &Table| -> Vec<usize> {
            let (points, one) = (space.points(&jobs).expect("points"), space.points(one).expect("points"));
            space.nearest(points, &one, 4).expect("found")[0].iter().map(|(row, _)| *row).collect()
        };
        assert_eq!(order(&table(&[3.2], &["a"])), [2, 3, 1, 0]);
        assert_eq!(order(&table(&[3.1], &[""]))[0], 3);
        let metric = space.metric();
        let apart = |a: [f64; 2], b: [f64; 2]| metric.distance(&a.to_vec(), &b.to_vec());
        assert_eq!(apart([f64::NAN, 1.0], [f64::NAN, 1.0]), 0.0);
        assert_eq!(apart([f64::NAN, 1.0], [5.0, 1.0]), 0.0);
        assert_eq!(apart([0.0, 1.0], [f64::NAN, f64::NAN]), apart([-5.0, 2.0], [5.0, 1.0]));
    }

    #[test]
    fn a_job_is_at_no_distance_from_itself() {
        let jobs = table(&[1.0, 30.0, 900.0], &["a", "", "c"]);
        let space = Space::fit(&jobs, &[("width".into(), 1.0), ("kind".into(), 1.0)]);
        let points = space.points(&jobs).expect("points");
        for (row, found) in space.nearest(points.clone(), &points, 1).expect("found").iter().enumerate() {
            assert_eq!(found, &[(row, 0.0)]);
        }
    }
}
