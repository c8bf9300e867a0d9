//! Three ways to measure a column, because what is far apart depends on it: no one of them is right for every table.

use super::Standardised;
use crate::anomalies::normal::upper_normal;
use crate::numbers::{quantile, sorted};

/// Added to a column's size, so that a column with few different values does not drown the others.
const LEAST_SIZE: f64 = 0.1;

/// Rows as points.
pub(super) type Points = Vec<Vec<f64>>;

/// In units of the size that three quarters of a column's values stay within: a column with long tails then does not hide
/// behind its own outliers.
pub(super) fn by_size(table: &[Standardised], rows: usize) -> Points {
    points(table.iter().map(in_sizes).collect(), rows)
}

/// The same, with large values drawn in (sign and logarithm), so that one wild column does not decide alone.
pub(super) fn compressed(table: &[Standardised], rows: usize) -> Points {
    let drawn_in = |x: f64| x.abs().ln_1p().copysign(x);
    points(table.iter().map(|column| in_sizes(column).into_iter().map(drawn_in).collect()).collect(), rows)
}

/// As normal deviates of the ranks, ties sharing theirs: only the order within a column counts.
pub(super) fn by_rank(table: &[Standardised], rows: usize) -> Points {
    points(table.iter().map(|column| normal_scores(&column.values)).collect(), rows)
}

fn points(columns: Vec<Vec<f64>>, rows: usize) -> Points {
    (0..rows).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

fn in_sizes(column: &Standardised) -> Vec<f64> {
    let sizes: Vec<f64> = column.values.iter().map(|z| z.abs()).collect();
    let size = quantile(&sorted(&sizes), 0.75) + LEAST_SIZE;
    column.values.iter().map(|z| z / size).collect()
}

fn normal_scores(values: &[f64]) -> Vec<f64> {
    let ordered = sorted(values);
    let score = |value: &f64| {
        let below = ordered.partition_point(|other| other < value);
        let until = ordered.partition_point(|other| other <= value);
        let share = (below + until) as f64 / 2.0 / values.len() as f64;
        if share < 0.5 { -upper_normal(share) } else { upper_normal(1.0 - share) }
    };
    values.iter().map(score).collect()
}
