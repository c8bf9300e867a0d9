//! A cost model in three lines: a small tree grown on what the model itself says of its jobs.
//!
//! It is a picture of the model and not the model; how much of the differences between its predictions the picture shows goes
//! with it. linfa-trees tells classes apart and fits no amounts, so the classes are dear (the upper third) and not dear, and a
//! line says the middle of the predictions that end there.

use crate::statistics::{mean, median, quantile};
use crate::tree::{self, words};
use crate::{LearnError, Table};

/// One kind of jobs, in words, with what the model says of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// "Face area above 48 sq ft and Sign type Pole sign".
    pub when: String,
    pub jobs: usize,
    /// The middle of the predictions, in the target's unit.
    pub median: f64,
}

/// The lines, the dearest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Surrogate {
    pub lines: Vec<Line>,
    /// Share of the variance of the predictions, as logarithms where all are positive, between the leaves of the whole
    /// tree.
    pub explained: f64,
}

const LINES: usize = 3;
const DEAR: f64 = 2.0 / 3.0;

/// What makes jobs dear, by the model's own predictions for the rows of a table.
///
/// # Errors
/// `LengthMismatch` where there is not one prediction per row.
pub fn surrogate(table: &Table, predictions: &[f64]) -> Result<Surrogate, LearnError> {
    if predictions.len() != table.rows() {
        let what = "the predictions".to_owned();
        return Err(LearnError::LengthMismatch { what, expected: table.rows(), found: predictions.len() });
    }
    let dear = quantile(predictions, DEAR);
    let class: Vec<bool> = predictions.iter().map(|prediction| *prediction > dear).collect();
    let (meanings, columns) = words::columns(table);
    let leaves = tree::leaves(&columns, &class);
    let line = |leaf: &tree::Leaf| {
        let said: Vec<f64> = leaf.rows.iter().map(|&row| predictions[row]).collect();
        Line { when: words::said(&leaf.bounds, &meanings), jobs: said.len(), median: median(&said) }
    };
    let mut lines: Vec<Line> = leaves.iter().map(line).collect();
    lines.sort_by(|a, b| b.median.total_cmp(&a.median));
    // The dearest kinds and the cheapest: what lies between them is the least telling.
    while lines.len() > LINES {
        lines.remove(lines.len() - 2);
    }
    Ok(Surrogate { lines, explained: explained(&leaves, predictions) })
}

fn explained(leaves: &[tree::Leaf], predictions: &[f64]) -> f64 {
    let log = predictions.iter().all(|x| *x > 0.0);
    let scaled: Vec<f64> = predictions.iter().map(|x| if log { x.ln() } else { *x }).collect();
    let around = |rows: &[usize], centre: f64| rows.iter().map(|&row| (scaled[row] - centre).powi(2)).sum::<f64>();
    let rows: Vec<usize> = (0..scaled.len()).collect();
    let total = around(&rows, mean(&scaled));
    let of_leaf = |leaf: &tree::Leaf| mean(&leaf.rows.iter().map(|&row| scaled[row]).collect::<Vec<_>>());
    let within: f64 = leaves.iter().map(|leaf| around(&leaf.rows, of_leaf(leaf))).sum();
    if total > 0.0 { 1.0 - within / total } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Column;

    #[test]
    fn what_makes_jobs_dear_is_said_with_how_much_it_explains() {
        let area: Vec<f64> = (0..300).map(|i| f64::from(i % 100)).collect();
        let kind = |i: usize| Some(if i.is_multiple_of(2) { "pole" } else { "banner" }.to_owned());
        let kinds: Vec<Option<String>> = (0..300).map(kind).collect();
        let cost = |i: usize| if area[i] > 33.5 && i.is_multiple_of(2) { 9000.0 } else { 1000.0 + area[i] };
        let predictions: Vec<f64> = (0..300).map(cost).collect();
        let table =
            Table::new(vec![Column::number("face_area", area), Column::category("sign_type", kinds)]).expect("table");
        let said = surrogate(&table, &predictions).expect("surrogate");
        assert_eq!(said.lines.len(), 3);
        let dearest = &said.lines[0];
        assert!(dearest.when.contains("Face area above") && dearest.when.contains("Pole sign"), "{said:?}");
        assert_eq!((dearest.jobs, dearest.median), (99, 9000.0));
        assert!(said.explained > 0.9, "{said:?}");
        assert_eq!(surrogate(&table, &predictions), Ok(said));
        assert!(surrogate(&table, &[1.0]).is_err());
    }

    #[test]
    fn a_model_that_says_one_thing_of_all_jobs_is_one_line() {
        let table = Table::new(vec![Column::number("face_area", vec![1.0, 2.0, 3.0])]).expect("table");
        let said = surrogate(&table, &[5.0; 3]).expect("surrogate");
        assert_eq!(said.lines, [Line { when: "all".into(), jobs: 3, median: 5.0 }]);
        assert_eq!(said.explained, 0.0);
    }
}
