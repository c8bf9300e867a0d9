//! The distribution that the ranges of a forecast point stand for: normal between the bounds it names, each side by itself.

use signwright_domain::series::ForecastPoint;

/// Where 90 and 97.5 % of the standard normal lie below: the upper bounds of the 80 and the 95 % range.
const OF_80: f64 = 1.281_551_565_545;
const OF_95: f64 = 1.959_963_984_540;

/// Standard deviations from the forecast at which its bounds stand, with their values, ascending.
fn knots(point: &ForecastPoint) -> [(f64, f64); 5] {
    [(-OF_95, point.lo_95), (-OF_80, point.lo_80), (0.0, point.yhat), (OF_80, point.hi_80), (OF_95, point.hi_95)]
}

/// The value so many standard deviations from the forecast. Where both lower bounds coincide, the series cannot go lower.
pub(crate) fn value_at(point: &ForecastPoint, z: f64) -> f64 {
    let knots = knots(point);
    let within = knots.windows(2).find(|pair| z <= pair[1].0).unwrap_or(&knots[3..]);
    let ((z0, y0), (z1, y1)) = (within[0], within[1]);
    let slope = (y1 - y0) / (z1 - z0);
    if z > OF_95 && slope == 0.0 {
        return point.yhat + (point.hi_95 - point.yhat) * z / OF_95;
    }
    y0 + slope * (z - z0)
}

/// How likely the value lies above a threshold, 0 to 1.
pub(crate) fn above(point: &ForecastPoint, threshold: f64) -> f64 {
    if point.lo_95 == point.hi_95 {
        return f64::from(point.yhat > threshold);
    }
    let knots = knots(point);
    let within = knots.windows(2).find(|pair| threshold <= pair[1].1).unwrap_or(&knots[3..]);
    let ((z0, y0), (z1, y1)) = (within[0], within[1]);
    let z = if y1 > y0 {
        z0 + (threshold - y0) * (z1 - z0) / (y1 - y0)
    } else if threshold < y0 {
        return 1.0;
    } else if threshold > y1 {
        OF_95 * (threshold - point.yhat) / (point.hi_95 - point.yhat)
    } else {
        z1
    };
    if z.is_nan() { 0.0 } else { 1.0 - normal(z) }
}

/// Distribution function of the standard normal (Abramowitz and Stegun 1964, 26.2.17; within 7.5e-8).
fn normal(z: f64) -> f64 {
    const P: [f64; 5] = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let sum = P.iter().rev().fold(0.0, |sum, p| t * (p + sum));
    let tail = sum * (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    if z >= 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn point(lo_95: f64, lo_80: f64, yhat: f64, hi_80: f64, hi_95: f64) -> ForecastPoint {
        ForecastPoint { ds: date(2026, 1, 1), yhat, lo_80, hi_80, lo_95, hi_95 }
    }

    #[test]
    fn the_bounds_mean_what_their_names_say() {
        let skew = point(80.0, 90.0, 100.0, 120.0, 150.0);
        let check = |threshold, share: f64| {
            let found = above(&skew, threshold);
            assert!((found - share).abs() < 1e-6, "{threshold}: {found}");
        };
        check(80.0, 0.975);
        check(90.0, 0.9);
        check(100.0, 0.5);
        check(120.0, 0.1);
        check(150.0, 0.025);
        assert!(above(&skew, 200.0) < 0.002 && above(&skew, 40.0) > 0.999);
        let shares: Vec<f64> = (0..300).map(|t| 1.0 - above(&skew, f64::from(t))).collect();
        assert!(shares.is_sorted());
    }

    #[test]
    fn a_floor_holds_and_a_sure_value_is_sure() {
        let floor = point(0.0, 0.0, 4.0, 9.0, 12.0);
        assert_eq!((above(&floor, -1.0), value_at(&floor, -3.0)), (1.0, 0.0));
        assert!((above(&floor, 0.0) - 0.9).abs() < 1e-6);
        let sure = point(5.0, 5.0, 5.0, 5.0, 5.0);
        assert_eq!((above(&sure, 4.9), above(&sure, 5.0), value_at(&sure, 2.5)), (1.0, 0.0, 5.0));
        let blunt = point(1.0, 2.0, 5.0, 8.0, 8.0);
        assert!(above(&blunt, 8.5) < 0.025 && value_at(&blunt, 3.0) > 8.0);
    }

    #[test]
    fn value_and_share_are_inverse() {
        let skew = point(80.0, 90.0, 100.0, 120.0, 150.0);
        for z in [-3.0, -1.5, -0.4, 0.0, 0.7, 1.6, 2.8] {
            assert!((above(&skew, value_at(&skew, z)) - (1.0 - normal(z))).abs() < 1e-9, "{z}");
        }
    }
}
