//! The steel pole of a sign: section modulus in bending, and weight. For costing only.

/// Yield of round HSS, ASTM A500 grade C, ksi.
const YIELD: f64 = 46.0;

/// Allowable share of the yield in bending of a compact section (AISC ASD).
const BENDING: f64 = 0.66;

/// Section modulus in cubic inches that carries `moment` foot-pounds at `allowable` ksi: S = 12 M / Fb.
pub fn section_modulus(moment: f64, allowable: f64) -> f64 {
    12.0 * moment / 1000.0 / allowable
}

/// Pounds of one pole of `height` feet that carries `moment` foot-pounds: h (9 + 1.15 S), a line through the weights
/// per foot of standard pipes from 4 to 16 inches. An assumption fitted to published prices.
pub fn weight(height: f64, moment: f64) -> f64 {
    height * (9.0 + 1.15 * section_modulus(moment, BENDING * YIELD))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vector e: 50 sq ft at 22.5 ft and 30 psf. The rule of thumb S = 0.42 M (k-ft) allows 12 / 0.42 = 28.6 ksi; an
    /// 8 inch schedule 40 pipe (16.81 in3) holds it, a 6 inch one (8.50 in3) does not.
    #[test]
    fn a_rule_of_thumb_picks_an_eight_inch_pipe() {
        let moment = 50.0 * 22.5 * 30.0;
        assert_eq!(moment, 33_750.0);
        let s = section_modulus(moment, 12.0 / 0.42);
        assert!((s - 14.18).abs() < 0.01, "{s}");
        assert!((8.50..16.81).contains(&s));
        assert!((8.50..16.81).contains(&section_modulus(moment, BENDING * YIELD)));
    }

    #[test]
    fn weight_grows_with_height_and_moment() {
        assert!((weight(20.0, 19_700.0) - 20.0 * (9.0 + 1.15 * 7.787)).abs() < 0.1);
        assert!(weight(20.0, 40_000.0) > weight(20.0, 19_700.0));
    }
}
