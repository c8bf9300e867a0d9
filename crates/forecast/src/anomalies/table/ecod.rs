//! ECOD (Li, Zhao, Hu, Botta, Ionescu and Chen 2022): how far out a row stands in the tails of each column on its own.

use super::Standardised;
use crate::numbers::sorted;

/// The largest of three sums of -ln tail probability: left tails, right tails, and each column's longer tail.
pub(super) fn scores(table: &[Standardised], rows: usize) -> Vec<f64> {
    let mut sums = vec![[0.0_f64; 3]; rows];
    for column in table {
        let ordered = sorted(&column.values);
        let left_is_long = skewness(&column.values) < 0.0;
        for (row, sum) in sums.iter_mut().enumerate() {
            let value = column.values[row];
            let left = surprise(ordered.partition_point(|x| *x <= value), rows);
            let right = surprise(rows - ordered.partition_point(|x| *x < value), rows);
            let longer = if left_is_long { left } else { right };
            *sum = [sum[0] + left, sum[1] + right, sum[2] + longer];
        }
    }
    sums.into_iter().map(|[left, right, longer]| left.max(right).max(longer)).collect()
}

fn surprise(count: usize, rows: usize) -> f64 {
    -(count as f64 / rows as f64).ln()
}

fn skewness(standardised: &[f64]) -> f64 {
    standardised.iter().map(|z| z.powi(3)).sum()
}
