//! The space in which jobs are near or far: one axis per column of the model, weighted by what the column matters.
//!
//! A number counts in standard deviations (of its logarithm where it is positive and skewed), at most three; another
//! category counts one; a text that is different in most jobs counts by its words. What the job in question does not say yet tells no job from another (`hiding` says what it costs
//! in certainty); what it says and the other job does not counts as the largest difference. The distance is the weighted
//! root mean square.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::encoding::{level, numbers};
use crate::statistics::{deviation, mean, skewness};
use crate::text::says;
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
    /// Whether the text says the word.
    Word(String),
}

/// Coordinates of jobs, row by row: NaN where missing, a hash of the level for a category.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Points {
    pub(crate) values: Vec<f64>,
    pub(crate) width: usize,
}

impl Points {
    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.width.max(1))
    }
}

/// One axis as a job in question sees it.
#[derive(Clone, Copy, Debug)]
struct Sight {
    axis: usize,
    asked: f64,
    weight: f64,
    category: bool,
}

impl Sight {
    /// Not symmetric: what is asked and the other job does not say is far, what is not asked tells nothing.
    fn square(&self, known: f64) -> f64 {
        let difference = match known.is_nan() {
            true if self.category => 1.0,
            true => FARTHEST,
            false if self.category => f64::from(self.asked != known),
            false => (self.asked - known).abs().min(FARTHEST),
        };
        self.weight * difference * difference
    }
}

impl Space {
    /// Axes for these columns of the table, with their shares of importance. `words` gives those of a text.
    pub(crate) fn fit<'a>(table: &Table, importance: &[(String, f64)], words: impl Fn(&str) -> &'a [String]) -> Self {
        let total: f64 = importance.iter().map(|(_, share)| share).sum();
        let even = 1.0 / importance.len().max(1) as f64;
        // A tenth is spread evenly, so that equal jobs are found equal also in what hardly matters.
        let weight = |share: f64| 0.1 * even + if total > 0.0 { 0.9 * share / total } else { 0.9 * even };
        let mut axes = Vec::new();
        for (name, share) in importance {
            let Some(column) = table.column(name) else { continue };
            let words = words(name);
            let kinds: Vec<Kind> = if !words.is_empty() && is_mostly_different(column) {
                words.iter().cloned().map(Kind::Word).collect()
            } else {
                vec![kind(column)]
            };
            let weight = weight(*share) / kinds.len() as f64;
            axes.extend(kinds.into_iter().map(|kind| Axis { name: name.clone(), weight, kind }));
        }
        Self { axes }
    }

    /// The coordinates of every row.
    pub(crate) fn points(&self, table: &Table) -> Result<Points, LearnError> {
        let coordinates = self.axes.iter().map(|axis| axis.coordinates(table)).collect::<Result<Vec<_>, _>>()?;
        let rows = (0..table.rows()).flat_map(|row| coordinates.iter().map(move |axis| axis[row]));
        Ok(Points { values: rows.collect(), width: self.axes.len() })
    }

    /// The `k` nearest of the points to each of those asked for with their distances, nearest first.
    pub(crate) fn nearest(&self, points: &Points, asked: &Points, k: usize) -> Vec<Vec<(usize, f64)>> {
        asked.rows().map(|asked| nearest(points, &self.sights(asked), k)).collect()
    }

    /// What a job says, the heaviest axis first: a job that is far is given up early.
    fn sights(&self, asked: &[f64]) -> Vec<Sight> {
        let said = self.axes.iter().zip(asked).enumerate().filter(|(_, (_, asked))| !asked.is_nan());
        let sight = |(number, (axis, &asked)): (usize, (&Axis, &f64))| Sight {
            axis: number,
            asked,
            weight: axis.weight,
            category: matches!(axis.kind, Kind::Category | Kind::Word(_)),
        };
        let mut sights: Vec<Sight> = said.map(sight).collect();
        sights.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        sights
    }

    pub(crate) fn width(&self) -> usize {
        self.axes.len()
    }
}

/// Looks at every point; of equally near ones the first are kept.
fn nearest(points: &Points, sights: &[Sight], k: usize) -> Vec<(usize, f64)> {
    let mut found: Vec<(usize, f64)> = Vec::with_capacity(k + 1);
    if k == 0 {
        return found;
    }
    for (row, point) in points.rows().enumerate() {
        let farthest = if found.len() < k { f64::INFINITY } else { found[k - 1].1 };
        let mut sum = 0.0;
        for sight in sights {
            sum += sight.square(point[sight.axis]);
            if sum >= farthest {
                break;
            }
        }
        if sum < farthest {
            found.insert(found.partition_point(|(_, known)| *known <= sum), (row, sum));
            found.truncate(k);
        }
    }
    found.into_iter().map(|(row, sum)| (row, sum.sqrt())).collect()
}

impl Axis {
    fn coordinates(&self, table: &Table) -> Result<Vec<f64>, LearnError> {
        let column = table.column(&self.name);
        match &self.kind {
            &Kind::Number { log, centre, spread } => {
                let standard = |x: f64| (if log { x.max(f64::MIN_POSITIVE).ln() } else { x } - centre) / spread;
                Ok(numbers(column, table.rows())?.into_iter().map(standard_or_missing(standard)).collect())
            }
            Kind::Category => {
                let code = |row| column.and_then(|column| level(column, row)).map_or(f64::NAN, |level| code(&level));
                Ok((0..table.rows()).map(code).collect())
            }
            Kind::Word(word) => {
                let said = |text: &str| f64::from(says(text, word));
                let said = |row| column.and_then(|column| level(column, row)).map_or(f64::NAN, |text| said(&text));
                Ok((0..table.rows()).map(said).collect())
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

/// Whether a column of categories holds a different one in most rows, as notes do.
pub(crate) fn is_mostly_different(column: &Column) -> bool {
    let counts = level_counts(column);
    matches!(column.data, ColumnData::Category(_)) && 2 * counts.len() > counts.values().sum::<usize>()
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
            let space = Space::fit(&jobs, &[("width".into(), importance[0]), ("kind".into(), importance[1])], |_| &[]);
            let found = space.nearest(&space.points(&jobs).expect("points"), &space.points(&one).expect("points"), 9);
            let found = found[0].clone();
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
        let space = Space::fit(&jobs, &[("width".into(), 1.0), ("kind".into(), 1.0)], |_| &[]);
        let order = |one: &Table| -> Vec<usize> {
            let (points, one) = (space.points(&jobs).expect("points"), space.points(one).expect("points"));
            space.nearest(&points, &one, 4)[0].iter().map(|(row, _)| *row).collect()
        };
        assert_eq!(order(&table(&[3.2], &["a"])), [2, 3, 1, 0]);
        assert_eq!(order(&table(&[3.1], &[""]))[0], 3);
        let apart = |asked: [f64; 2], known: [f64; 2]| {
            space.sights(&asked).iter().map(|sight| sight.square(known[sight.axis])).sum::<f64>()
        };
        assert_eq!(apart([f64::NAN, 1.0], [f64::NAN, 1.0]), 0.0);
        assert_eq!(apart([f64::NAN, 1.0], [5.0, 1.0]), 0.0);
        assert_eq!(apart([0.0, 1.0], [f64::NAN, f64::NAN]), apart([-5.0, 2.0], [5.0, 1.0]));
    }

    #[test]
    fn a_job_is_at_no_distance_from_itself() {
        let jobs = table(&[1.0, 30.0, 900.0], &["a", "", "c"]);
        let space = Space::fit(&jobs, &[("width".into(), 1.0), ("kind".into(), 1.0)], |_| &[]);
        let points = space.points(&jobs).expect("points");
        for (row, found) in space.nearest(&points, &points, 1).iter().enumerate() {
            assert_eq!(found, &[(row, 0.0)]);
        }
    }
}
