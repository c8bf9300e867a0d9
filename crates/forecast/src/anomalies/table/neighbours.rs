//! Nearest rows by Euclidean distance on standardised columns, exact.

use super::Standardised;

/// Rows that are compared with.
const NEAREST: usize = 10;
/// Against more rows than this, every so manieth is compared with: time grows with rows times this.
const MOST_COMPARED: usize = 5_000;

/// The nearest rows of each row and the mean distance to them.
#[derive(Clone, Debug)]
pub(super) struct Neighbours {
    pub(super) nearest: Vec<Vec<usize>>,
    pub(super) distances: Vec<f64>,
}

impl Neighbours {
    pub(super) fn of(table: &[Standardised], rows: usize) -> Self {
        let points: Vec<Vec<f64>> = (0..rows).map(|row| table.iter().map(|column| column.values[row]).collect()).collect();
        let others: Vec<usize> = (0..rows).step_by(rows.div_ceil(MOST_COMPARED).max(1)).collect();
        let mut neighbours = Self { nearest: Vec::with_capacity(rows), distances: Vec::with_capacity(rows) };
        for row in 0..rows {
            let nearest = nearest(&points, &others, row);
            let mean = nearest.iter().map(|(squared, _)| squared.sqrt()).sum::<f64>() / nearest.len().max(1) as f64;
            neighbours.distances.push(mean);
            neighbours.nearest.push(nearest.into_iter().map(|(_, other)| other).collect());
        }
        neighbours
    }
}

fn nearest(points: &[Vec<f64>], others: &[usize], row: usize) -> Vec<(f64, usize)> {
    let squared = |other: usize| points[row].iter().zip(&points[other]).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let mut near: Vec<(f64, usize)> =
        others.iter().filter(|other| **other != row).map(|other| (squared(*other), *other)).collect();
    let count = NEAREST.min(near.len());
    if count < near.len() {
        near.select_nth_unstable_by(count, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.truncate(count);
    }
    near
}
