//! The few statistics that every part here needs.

/// The median; NaN of nothing. NaN values must have been taken out.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    middle(&sorted)
}

/// The median of values in order; NaN of nothing.
pub(crate) fn middle(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0,
    }
}

/// The value that a share of the values does not exceed, by rank without interpolation; NaN of nothing.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Root mean square distance from the mean.
pub(crate) fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
}

/// Third standardised moment; 0 where all values are the same.
pub(crate) fn skewness(values: &[f64]) -> f64 {
    let (mean, deviation) = (mean(values), deviation(values));
    if deviation == 0.0 {
        return 0.0;
    }
    values.iter().map(|x| ((x - mean) / deviation).powi(3)).sum::<f64>() / values.len() as f64
}

/// Pearson's correlation; 0 where one side is constant.
pub(crate) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let covariance = a.iter().zip(b).map(|(x, y)| (x - mean_a) * (y - mean_b)).sum::<f64>() / a.len() as f64;
    let scale = deviation(a) * deviation(b);
    if scale > 0.0 { covariance / scale } else { 0.0 }
}

/// Ranks from 0, the same for equal values (their middle).
pub(crate) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let same = order[start..].iter().take_while(|&&row| values[row] == values[order[start]]).count().max(1);
        for &row in &order[start..start + same] {
            ranks[row] = start as f64 + (same - 1) as f64 / 2.0;
        }
        start += same;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_known_by_hand() {
        let check = |got: f64, expected: f64| assert!((got - expected).abs() < 1e-12, "{got} for {expected}");
        check(median(&[3.0, 1.0, 2.0]), 2.0);
        check(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        check(quantile(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.8), 4.0);
        check(quantile(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.81), 5.0);
        check(deviation(&[1.0, 3.0]), 1.0);
        check(skewness(&[1.0, 1.0, 1.0, 5.0]), 2.0 / 3.0_f64.sqrt());
        check(correlation(&[1.0, 2.0, 3.0], &[6.0, 4.0, 2.0]), -1.0);
        assert_eq!(ranks(&[5.0, 1.0, 5.0]), [1.5, 0.0, 1.5]);
        assert!(median(&[]).is_nan() && quantile(&[], 0.5).is_nan());
    }
}
