//! The few robust statistics that everything here shares. Slices hold no NaN; an empty one gives 0.

/// Makes the median absolute deviation of normal noise its standard deviation (Rousseeuw and Croux 1993).
const MAD_TO_SIGMA: f64 = 1.4826;

pub(crate) fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

/// Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996); `share` from 0 to 1.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = share.clamp(0.0, 1.0) * last as f64;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    sorted[low] + (sorted[high] - sorted[low]) * (at - low as f64)
}

pub(crate) fn median(values: &[f64]) -> f64 {
    median_of(&mut values.to_vec())
}

/// The median in linear time; the values are left in another order.
pub(crate) fn median_of(values: &mut [f64]) -> f64 {
    let count = values.len();
    if count == 0 {
        return 0.0;
    }
    let (below, middle, _) = values.select_nth_unstable_by(count / 2, f64::total_cmp);
    if count % 2 == 1 {
        return *middle;
    }
    let low = below.iter().copied().max_by(f64::total_cmp).unwrap_or(*middle);
    low + (*middle - low) * 0.5
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Standard deviation of the bulk: 1.4826 times the median absolute deviation from the median.
pub(crate) fn robust_sigma(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    let centre = median_of(&mut values);
    values.iter_mut().for_each(|x| *x = (*x - centre).abs());
    MAD_TO_SIGMA * median_of(&mut values)
}

/// A number as a sentence shows it: as many digits as matter, thousands separated.
pub(crate) fn shown(value: f64) -> String {
    let size = value.abs();
    let places = match size {
        x if x >= 100.0 => 0,
        x if x >= 10.0 => 1,
        x if x >= 0.1 => 2,
        _ => 4,
    };
    let text = format!("{size:.places$}");
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), ""), |(w, f)| (w, f));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_wild_values_do_not_move_the_centre_or_the_spread() {
        let values = [1.0, 2.0, 3.0, 4.0, 1e9];
        assert_eq!(median(&values), 3.0);
        assert!((robust_sigma(&values) - 1.4826).abs() < 1e-12);
        assert_eq!(median(&[]), 0.0);
        assert_eq!(quantile(&sorted(&[4.0, 1.0, 3.0, 2.0]), 0.5), 2.5);
    }

    #[test]
    fn numbers_are_written_for_people() {
        let check = |value, text: &str| assert_eq!(shown(value), text);
        check(1_234_567.8, "1,234,568");
        check(-12.345, "-12.3");
        check(0.5, "0.50");
        check(0.0123, "0.0123");
        check(999.7, "1,000");
    }
}
