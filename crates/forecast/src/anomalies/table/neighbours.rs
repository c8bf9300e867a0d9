//! Nearest rows by Euclidean distance, exact, on columns divided by the size that three quarters of their values stay within:
//! a column with long tails then does not hide behind its own outliers.

use super::Standardised;
use crate::numbers::{quantile, sorted};

/// Nearest rows kept, from which what is expected is read.
const NEAREST: usize = 10;
/// Rows over which the distance is averaged: one in forty, at most so many.
const MOST_AVERAGED: usize = 50;
/// Added to a column's size, so that a column with few different values does not drown the others.
const LEAST_SIZE: f64 = 0.1;
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
        let sizes: Vec<f64> = table.iter().map(size).collect();
        let point = |row: usize| table.iter().zip(&sizes).map(|(column, size)| column.values[row] / size).collect();
        let points: Vec<Vec<f64>> = (0..rows).map(point).collect();
        let averaged = (rows / 40).clamp(NEAREST, MOST_AVERAGED);
        let others: Vec<usize> = (0..rows).step_by(rows.div_ceil(MOST_COMPARED).max(1)).collect();
        let mut neighbours = Self { nearest: Vec::with_capacity(rows), distances: Vec::with_capacity(rows) };
        for row in 0..rows {
            let nearest = nearest(&points, &others, row, averaged);
            let mean = nearest.iter().map(|(squared, _)| squared.sqrt()).sum::<f64>() / nearest.len().max(1) as f64;
            neighbours.distances.push(mean);
            neighbours.nearest.push(nearest.into_iter().take(NEAREST).map(|(_, other)| other).collect());
        }
        neighbours
    }
}

fn size(column: &Standardised) -> f64 {
    let sizes: Vec<f64> = column.values.iter().map(|z| z.abs()).collect();
    quantile(&sorted(&sizes), 0.75) + LEAST_SIZE
}

/// Squared distance and row, nearest first.
fn nearest(points: &[Vec<f64>], others: &[usize], row: usize, wanted: usize) -> Vec<(f64, usize)> {
    let squared = |other: usize| points[row].iter().zip(&points[other]).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let mut near: Vec<(f64, usize)> =
        others.iter().filter(|other| **other != row).map(|other| (squared(*other), *other)).collect();
    let count = wanted.min(near.len());
    if count < near.len() {
        near.select_nth_unstable_by(count, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.truncate(count);
    }
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    near
}
