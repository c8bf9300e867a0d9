//! The elastic net: an honest linear baseline on standardised numbers and flags for levels, fitted to the same scale.

use std::collections::BTreeMap;

use linfa::traits::{Fit, Predict};
use linfa::{Dataset, ParamGuard};
use linfa_elasticnet::{ElasticNet, ElasticNetParams};
use ndarray::{Array1, Array2};

use crate::encoding::{level, numbers};
use crate::statistics::{deviation, mean};
use crate::target::Scale;
use crate::{ColumnData, LearnError, Table};

/// Fewest rows of a level with a flag, and most flags of a column.
const FLAG_ROWS: usize = 5;
const MOST_FLAGS: usize = 30;
const PENALTY: f64 = 0.01;
const L1_SHARE: f64 = 0.5;

/// One input of the line.
#[derive(Debug)]
enum Input {
    Number { name: String, centre: f64, spread: f64 },
    Missing { name: String },
    Flag { name: String, level: String },
}

/// Fits on the rows of `train`, predicts those of `test`. `None` where the fit does not come to numbers.
///
/// # Errors
/// `NotANumber` where a column of numbers holds text in the test rows.
pub(crate) fn elastic_net(
    scale: &Scale,
    names: &[String],
    train: (&Table, &[f64]),
    test: &Table,
) -> Result<Option<Vec<f64>>, LearnError> {
    let (table, target) = train;
    let inputs: Vec<Input> = names.iter().flat_map(|name| inputs(table, name)).collect();
    let y: Vec<f64> = target.iter().map(|&y| scale.scaled(y)).collect();
    let (least, most) = y.iter().fold((f64::MAX, f64::MIN), |(least, most), &y| (least.min(y), most.max(y)));
    let dataset = Dataset::new(matrix(&inputs, table)?, Array1::from(y));
    let params: ElasticNetParams<f64> = ElasticNet::params().penalty(PENALTY).l1_ratio(L1_SHARE);
    let Ok(model) = params.check().and_then(|params| params.fit(&dataset)) else { return Ok(None) };
    let predicted: Array1<f64> = model.predict(&matrix(&inputs, test)?);
    let finite = predicted.iter().all(|z| z.is_finite());
    // A line runs away outside the data, and exponentially so on a log scale.
    Ok(finite.then(|| predicted.iter().map(|z| scale.target(z.clamp(least, most))).collect()))
}

fn inputs(table: &Table, name: &str) -> Vec<Input> {
    let Some(column) = table.column(name) else { return Vec::new() };
    let name = || name.to_owned();
    match &column.data {
        ColumnData::Number(values) => {
            let known: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
            let spread = if known.is_empty() { 0.0 } else { deviation(&known) };
            let mut inputs = Vec::new();
            if spread > 0.0 {
                inputs.push(Input::Number { name: name(), centre: mean(&known), spread });
            }
            if known.len() < values.len() {
                inputs.push(Input::Missing { name: name() });
            }
            inputs
        }
        ColumnData::Category(_) => {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            let levels = (0..table.rows()).filter_map(|row| level(column, row));
            levels.for_each(|level| *counts.entry(level.into_owned()).or_default() += 1);
            let mut levels: Vec<(String, usize)> = counts.into_iter().filter(|(_, n)| *n >= FLAG_ROWS).collect();
            levels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            levels.truncate(MOST_FLAGS);
            levels.into_iter().map(|(level, _)| Input::Flag { name: name(), level }).collect()
        }
    }
}

fn matrix(inputs: &[Input], table: &Table) -> Result<Array2<f64>, LearnError> {
    let mut matrix = Array2::zeros((table.rows(), inputs.len()));
    for (mut target, input) in matrix.columns_mut().into_iter().zip(inputs) {
        let values = input.values(table)?;
        target.iter_mut().zip(values).for_each(|(cell, value)| *cell = value);
    }
    Ok(matrix)
}

impl Input {
    fn values(&self, table: &Table) -> Result<Vec<f64>, LearnError> {
        match self {
            Self::Number { name, centre, spread } => {
                let standard = |x: f64| if x.is_nan() { 0.0 } else { (x - centre) / spread };
                Ok(numbers(table.column(name), table.rows())?.into_iter().map(standard).collect())
            }
            Self::Missing { name } => {
                let values = numbers(table.column(name), table.rows())?;
                Ok(values.into_iter().map(|x| f64::from(x.is_nan())).collect())
            }
            Self::Flag { name, level: wanted } => {
                let column = table.column(name);
                let found = |row| column.and_then(|column| level(column, row)).is_some_and(|level| level == *wanted);
                Ok((0..table.rows()).map(|row| f64::from(found(row))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Column;
    use crate::random::Random;

    #[test]
    fn a_line_with_a_step_is_found() {
        let mut random = Random::new(4);
        let x: Vec<f64> = (0..200).map(|_| 10.0 * random.uniform()).collect();
        let kind: Vec<Option<String>> = (0..200).map(|i| Some(["a", "b"][i % 2].to_owned())).collect();
        let y: Vec<f64> = (0..200).map(|i| 3.0 * x[i] + if i % 2 == 0 { 0.0 } else { 20.0 }).collect();
        let table = Table::new(vec![Column::number("x", x), Column::category("kind", kind)]).expect("table");
        let scale = Scale::candidates(&y).first().copied().expect("varies");
        let names = ["x".to_owned(), "kind".to_owned()];
        let predicted = elastic_net(&scale, &names, (&table, &y), &table).expect("numbers").expect("fits");
        let worst = predicted.iter().zip(&y).map(|(p, y)| (p - y).abs()).fold(0.0, f64::max);
        assert!(worst < 1.0, "{worst}");
    }
}
