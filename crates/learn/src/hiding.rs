//! What a missing driver costs in certainty: measured by hiding the same drivers from jobs whose target is known.
//!
//! A job that lacks what others give is compared with the training jobs that lack most nearly the same; the more is
//! missing, the more of them, and all where everything is. What the model then misses by on these jobs, with the
//! drivers hidden, is how far its range must reach at least. A driver that jobs alike do not give either (the letter
//! height of a pole sign) is not missed: the model has learned from its absence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::boost::Matrix;
use crate::inputs::Inputs;
use crate::random::Random;
use crate::ranges::{Around, LEVELS};
use crate::statistics::quantile;
use crate::{LearnError, bits};

/// Most training jobs kept to hide drivers from, and fewest that a job is compared with.
const KEPT: usize = 256;
const FEWEST: usize = 50;
/// Share of all contributions from which a missing driver is looked at, and from which it is named.
const MATTERS: f64 = 0.01;
const NAMED: f64 = 0.05;

/// Training jobs from which drivers can be hidden.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Hiding {
    /// Features row by row, kept beside the JSON part of a stored model.
    #[serde(skip)]
    pub(crate) values: Vec<f32>,
    /// Scaled targets.
    #[serde(with = "bits::list")]
    y: Vec<f64>,
}

/// What a job lacks that jobs alike give.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lack {
    /// Numbers of the columns with a share worth naming.
    pub(crate) columns: Vec<usize>,
    /// Quantiles of the signed misses: level, lower and upper, in scaled units from the prediction. Empty where nothing
    /// is missed.
    pub(crate) reach: Around,
}

/// A model as hiding sees it.
pub(crate) struct Reader<'a, P> {
    pub(crate) inputs: &'a Inputs,
    /// Share of all contributions of every column.
    pub(crate) shares: &'a [f64],
    /// Scaled predictions.
    pub(crate) predict: P,
}

impl Hiding {
    pub(crate) fn fit(x: &Matrix, y: &[f64], seed: u64) -> Self {
        let mut rows: Vec<usize> = (0..x.rows).collect();
        Random::new(seed).shuffle(&mut rows);
        rows.truncate(KEPT);
        rows.sort_unstable();
        Self { values: x.select(&rows).values, y: rows.iter().map(|&row| y[row]).collect() }
    }

    /// Whether the features are as many as the jobs kept need.
    pub(crate) fn fits(&self, width: usize) -> bool {
        self.values.len() == self.y.len() * width
    }

    /// What every row lacks.
    pub(crate) fn lacks<P>(&self, x: &Matrix, reader: &Reader<'_, P>) -> Result<Vec<Lack>, LearnError>
    where
        P: Fn(&Matrix) -> Result<Vec<f64>, LearnError>,
    {
        let kept = Matrix { values: self.values.clone(), rows: self.y.len(), width: x.width };
        let given: Vec<Vec<bool>> = (0..kept.rows).map(|row| reader.inputs.given(&kept, row)).collect();
        let mut known: BTreeMap<Vec<bool>, Lack> = BTreeMap::new();
        let mut lack = |row: usize| {
            let asked = reader.inputs.given(x, row);
            if let Some(lack) = known.get(&asked) {
                return Ok(lack.clone());
            }
            let lack = self.lack(&kept, &given, &asked, reader)?;
            known.insert(asked, lack.clone());
            Ok(lack)
        };
        (0..x.rows).map(&mut lack).collect()
    }

    fn lack<P>(
        &self,
        kept: &Matrix,
        given: &[Vec<bool>],
        asked: &[bool],
        reader: &Reader<'_, P>,
    ) -> Result<Lack, LearnError>
    where
        P: Fn(&Matrix) -> Result<Vec<f64>, LearnError>,
    {
        let alike = alike(given, asked, reader.shares);
        let missed = missed(&alike, given, asked, reader.shares);
        if missed.is_empty() {
            return Ok(Lack::default());
        }
        let mut hidden = kept.select(&alike);
        let columns: Vec<usize> = (0..asked.len()).filter(|&column| !asked[column]).collect();
        reader.inputs.hide(&mut hidden, &columns);
        let predicted = (reader.predict)(&hidden)?;
        let miss: Vec<f64> = alike.iter().zip(predicted).map(|(&row, z)| self.y[row] - z).collect();
        let columns = missed.into_iter().filter(|&column| reader.shares[column] >= NAMED).collect();
        Ok(Lack { columns, reach: reach(&miss) })
    }
}

impl Lack {
    /// A range that reaches at least as far as the misses with the same drivers hidden.
    pub(crate) fn widen(&self, around: &mut Around) {
        for ((_, below, above), (_, lower, upper)) in around.iter_mut().zip(&self.reach) {
            *below = below.max(*lower);
            *above = above.max(*upper);
        }
    }
}

/// The jobs that differ least in what is given, by share; ties all together.
fn alike(given: &[Vec<bool>], asked: &[bool], shares: &[f64]) -> Vec<usize> {
    let total = |differs: &dyn Fn(usize) -> bool| -> f64 {
        (0..asked.len()).filter(|&column| differs(column)).map(|column| shares[column]).sum()
    };
    let missing = total(&|column| !asked[column]);
    let wanted = ((missing * given.len() as f64).ceil() as usize).max(FEWEST).min(given.len());
    let apart: Vec<f64> = given.iter().map(|given| total(&|column| given[column] != asked[column])).collect();
    let mut sorted = apart.clone();
    sorted.sort_by(f64::total_cmp);
    let farthest = wanted.checked_sub(1).map_or(0.0, |last| sorted[last]);
    (0..given.len()).filter(|&row| apart[row] <= farthest + 1e-9).collect()
}

/// The columns that matter, are not given, and are given by most of the jobs alike; the weightiest first.
fn missed(alike: &[usize], given: &[Vec<bool>], asked: &[bool], shares: &[f64]) -> Vec<usize> {
    let usual = |column: usize| 2 * alike.iter().filter(|&&row| given[row][column]).count() > alike.len();
    let missed = |&column: &usize| !asked[column] && shares[column] >= MATTERS && usual(column);
    let mut missed: Vec<usize> = (0..asked.len()).filter(missed).collect();
    missed.sort_by(|&a, &b| shares[b].total_cmp(&shares[a]));
    missed
}

fn reach(miss: &[f64]) -> Around {
    let lower: Vec<f64> = miss.iter().map(|miss| -miss).collect();
    let level = |&level: &u8| {
        let share = 0.5 + f64::from(level) / 200.0;
        (level, quantile(&lower, share), quantile(miss, share))
    };
    LEVELS.iter().map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty poles that never give a letter height, sixty letters that always do.
    fn given() -> Vec<Vec<bool>> {
        (0..120).map(|row| vec![true, row >= 60]).collect()
    }

    #[test]
    fn what_jobs_alike_do_not_give_either_is_not_missed() {
        let (given, shares) = (given(), [0.7, 0.3]);
        let check = |asked: [bool; 2], jobs: usize, expected: &[usize]| {
            let alike = alike(&given, &asked, &shares);
            assert_eq!(alike.len(), jobs, "{asked:?}");
            assert_eq!(missed(&alike, &given, &asked, &shares), expected, "{asked:?}");
        };
        check([true, true], 60, &[]);
        check([true, false], 60, &[]);
        check([false, true], 120, &[0]);
        check([false, false], 120, &[0]);
    }

    #[test]
    fn a_range_reaches_as_far_as_the_misses_but_never_shrinks() {
        let miss: Vec<f64> = (1..=100).map(|i| f64::from(i) / 50.0).collect();
        let lack = Lack { columns: vec![0], reach: reach(&miss) };
        let mut around = vec![(40, 0.0, 0.0), (60, 0.05, 0.05), (80, 0.1, 0.1), (90, 0.2, 0.2), (95, 0.3, 9.0)];
        lack.widen(&mut around);
        assert_eq!(around, [(40, 0.0, 1.4), (60, 0.05, 1.6), (80, 0.1, 1.8), (90, 0.2, 1.9), (95, 0.3, 9.0)]);
    }
}
