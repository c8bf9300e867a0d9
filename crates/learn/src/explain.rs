//! From contributions on the scale of the trees to contributions in the target's unit, which add up exactly.
//!
//! On a plain scale they only need their unit. On a log scale every contribution is a factor; its amount is the factor's
//! logarithm times the logarithmic mean of the prediction and the base, (p - b) / ln(p / b), so that amounts are
//! proportional to logarithms and their sum is p - b without remainder: the additive LMDI-I decomposition (Ang 2005,
//! "The LMDI approach to decomposition analysis: a practical guide", Energy Policy 33). It treats all drivers alike,
//! whatever their order. The base of a log model is the geometric mean of the predictions.

use crate::target::Scale;

/// A prediction taken apart; `base` and all amounts add up to `value`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parts {
    pub(crate) value: f64,
    pub(crate) base: f64,
    pub(crate) amounts: Vec<f64>,
}

/// Takes apart the prediction `z` of an ensemble with this bias, both scaled, given the scaled contributions.
pub(crate) fn parts(scale: &Scale, z: f64, bias: f64, phi: &[f64]) -> Parts {
    let (value, base) = (scale.target(z), scale.target(bias));
    let phi = exact(phi, z - bias);
    let (level, start) = (scale.level(z), scale.level(bias));
    let unit = if scale.log { log_mean(value, base, level - start) } else { 1.0 };
    Parts { value, base, amounts: phi.iter().map(|phi| phi * scale.spread() * unit).collect() }
}

/// Trees add up in f32: the remainder, some 1e-7 of the sum, goes to the contributions by their size.
fn exact(phi: &[f64], sum: f64) -> Vec<f64> {
    let remainder = sum - phi.iter().sum::<f64>();
    let size: f64 = phi.iter().map(|phi| phi.abs()).sum();
    if size == 0.0 {
        return phi.iter().map(|_| sum / phi.len().max(1) as f64).collect();
    }
    phi.iter().map(|phi| phi + remainder * phi.abs() / size).collect()
}

/// The logarithmic mean of a and b, given ln(a / b).
fn log_mean(a: f64, b: f64, log_ratio: f64) -> f64 {
    if log_ratio.abs() < 1e-9 { (a + b) / 2.0 } else { (a - b) / log_ratio }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(targets: &[f64], z: f64, bias: f64, phi: &[f64]) -> Parts {
        let scale = Scale::candidates(targets).first().copied().expect("varies");
        let parts = parts(&scale, z, bias, phi);
        let sum = parts.base + parts.amounts.iter().sum::<f64>();
        assert!((sum - parts.value).abs() <= 1e-9 * parts.value.abs(), "{sum} against {}", parts.value);
        parts
    }

    #[test]
    fn amounts_add_up_to_the_value_also_on_a_log_scale() {
        let skewed: Vec<f64> = (0..50).map(|i| 100.0 * (f64::from(i) / 8.0).exp()).collect();
        let even: Vec<f64> = (1..50).map(f64::from).collect();
        for targets in [&skewed, &even] {
            check(targets, 0.9, 0.1, &[0.5, 0.4, -0.100_000_1]);
            check(targets, -1.5, 0.0, &[-1.0, -0.5]);
            check(targets, 0.2, 0.2, &[0.3, -0.3]);
            check(targets, 0.2, 0.2, &[0.0, 0.0]);
        }
    }

    #[test]
    fn twice_and_three_times_share_their_product_by_their_logarithms() {
        let skewed: Vec<f64> = (0..50).map(|i| (f64::from(i) / 8.0).exp()).collect();
        let scale = Scale::candidates(&skewed).first().copied().expect("varies");
        let z = |y: f64| scale.scaled(y);
        let parts = check(&skewed, z(60.0), z(10.0), &[z(20.0) - z(10.0), z(60.0) - z(20.0)]);
        let expected = [50.0 * 2.0_f64.ln() / 6.0_f64.ln(), 50.0 * 3.0_f64.ln() / 6.0_f64.ln()];
        for (amount, expected) in parts.amounts.iter().zip(expected) {
            assert!((amount - expected).abs() < 1e-9, "{amount} for {expected}");
        }
    }
}
