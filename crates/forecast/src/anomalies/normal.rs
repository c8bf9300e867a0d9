//! The normal distribution, as far as it is needed here.

/// What normal noise exceeds with this probability, below .5 (Abramowitz and Stegun 26.2.23, to 0.0005).
pub(super) fn upper_normal(probability: f64) -> f64 {
    let t = (-2.0 * probability.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    t - above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_the_tabulated_ones() {
        for (probability, z) in [(0.025, 1.959_964), (0.001, 3.090_232), (1e-5, 4.264_891)] {
            assert!((upper_normal(probability) - z).abs() < 5e-4, "{probability}");
        }
    }
}
