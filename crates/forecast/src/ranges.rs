//! How wide a forecast must be drawn: from the errors of the backtest, never from the model's own opinion.
//!
//! Errors are put in proportion to the level at their origin and to the usual size of errors at their horizon (isotonic,
//! so that ranges never narrow with distance); the pooled proportions give the conformal quantiles (Vovk et al. 2005).
//! Errors of one origin go together, so the finite-sample correction counts origins, not errors.

use crate::numbers::{mean, quantile, sorted};

/// Neighbouring origins are not taken to be more alike than this.
const MOST_ALIKE: f64 = 0.6;
/// Power of the share of an origin's error that all its steps have in common: noise around a level, whose share is small,
/// stays as it is. Chosen on price indices against M1 monthly.
const ONLY_DRIFT: i32 = 6;

/// How much wider the 80 % range is drawn where errors are nothing but drift, and the power of the share above from which that counts: the
/// next stretch of a price may be wilder than all that were seen, which no quantile of them can tell. Chosen inside the training
/// parts of price indices and M1 monthly; the 95 % range stays, because wider ones cost M1 more than they gave.
const WIDER_80: f64 = 0.8;
const WHOLE_DRIFT: i32 = 3;

/// Errors of one origin by what its series is measured by, index 0 for one step ahead.
pub(crate) type Errors = Vec<f64>;

/// Half widths by the same measure, for each horizon.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HalfWidths {
    pub(crate) of_80: Vec<f64>,
    pub(crate) of_95: Vec<f64>,
}

pub(crate) fn half_widths(origins: &[Errors], horizon: usize) -> HalfWidths {
    let sizes = sizes(origins, horizon);
    let (q80, q95) = quantiles(origins, &sizes);
    HalfWidths { of_80: sizes.iter().map(|s| s * q80).collect(), of_95: sizes.iter().map(|s| s * q95).collect() }
}

/// Shares of errors inside the 80 and the 95 % range when each origin is left out of its own range; `None` with fewer
/// than three origins.
pub(crate) fn held(origins: &[Errors], horizon: usize) -> Option<(f64, f64)> {
    if origins.len() < 3 {
        return None;
    }
    let (mut in_80, mut in_95, mut all) = (0.0, 0.0, 0.0);
    for (left_out, errors) in origins.iter().enumerate() {
        let others: Vec<Errors> =
            origins.iter().enumerate().filter(|(i, _)| *i != left_out).map(|(_, e)| e.clone()).collect();
        let widths = half_widths(&others, horizon);
        for (step, error) in errors.iter().enumerate() {
            in_80 += f64::from(error.abs() <= widths.of_80[step]);
            in_95 += f64::from(error.abs() <= widths.of_95[step]);
            all += 1.0;
        }
    }
    Some((in_80 / all, in_95 / all))
}

/// Usual size of an error per horizon, never falling; horizons without one grow with the square root of the distance.
fn sizes(origins: &[Errors], horizon: usize) -> Vec<f64> {
    let mut means = Vec::new();
    for step in 0..horizon {
        let at: Vec<f64> = origins.iter().filter_map(|errors| errors.get(step)).map(|e| e.abs()).collect();
        if at.is_empty() {
            break;
        }
        means.push((mean(&at), at.len() as f64));
    }
    let mut sizes = isotonic(&means);
    let (known, last) = (sizes.len().max(1), sizes.last().copied().unwrap_or_default());
    sizes.extend((sizes.len()..horizon).map(|step| last * ((step + 1) as f64 / known as f64).sqrt()));
    sizes
}

/// Pool adjacent violators: the nearest sequence that never falls.
fn isotonic(means: &[(f64, f64)]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for &(mean, weight) in means {
        pools.push((mean, weight, 1));
        while let [.., a, b] = pools[..] {
            if a.0 <= b.0 {
                break;
            }
            pools.truncate(pools.len() - 2);
            let weight = a.1 + b.1;
            pools.push(((a.0 * a.1 + b.0 * b.1) / weight, weight, a.2 + b.2));
        }
    }
    pools.into_iter().flat_map(|(mean, _, length)| std::iter::repeat_n(mean, length)).collect()
}

fn quantiles(origins: &[Errors], sizes: &[f64]) -> (f64, f64) {
    let pairs = origins.iter().flat_map(|errors| errors.iter().zip(sizes));
    let proportions: Vec<f64> = pairs.filter(|(_, size)| **size > 0.0).map(|(e, size)| e.abs() / size).collect();
    let proportions = sorted(&proportions);
    let count = independent(origins);
    let at = |share: f64| {
        let corrected = share * (1.0 + 1.0 / count);
        let beyond = (corrected - 1.0).max(0.0);
        quantile(&proportions, corrected) * (1.0 + 4.0 * beyond)
    };
    let drifting = in_common(origins).powi(WHOLE_DRIFT);
    let q80 = at(0.80) * (1.0 + WIDER_80 * drifting);
    (q80, at(0.95).max(q80))
}

/// How many origins without anything in common would say as much (effective sample size of a first-order autoregression):
/// in a price that drifts, neighbouring ones miss alike, and the history holds fewer lessons than origins.
fn independent(origins: &[Errors]) -> f64 {
    let known = || origins.iter().filter(|errors| !errors.is_empty());
    let means: Vec<f64> = known().map(|errors| mean(errors)).collect();
    let of_means: f64 = means.iter().map(|mean| mean * mean).sum();
    let alike: f64 = means.windows(2).map(|pair| pair[0] * pair[1]).sum();
    if of_means <= 0.0 {
        return origins.len().max(1) as f64;
    }
    let drifting = in_common(origins).powi(ONLY_DRIFT);
    let likeness = (alike / of_means * drifting).clamp(0.0, MOST_ALIKE);
    (origins.len() as f64 * (1.0 - likeness) / (1.0 + likeness)).max(1.0)
}

/// The share of the squared errors that the steps of an origin have in common: near 1 in a price that drifts away, small in noise around a
/// level.
fn in_common(origins: &[Errors]) -> f64 {
    let known = || origins.iter().filter(|errors| !errors.is_empty());
    let of_means: f64 = known().map(|errors| mean(errors).powi(2)).sum();
    let of_errors: f64 = known().map(|errors| mean(&errors.iter().map(|e| e * e).collect::<Errors>())).sum();
    if of_errors > 0.0 { of_means / of_errors } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_never_narrow_and_the_80_is_inside_the_95() {
        let origins: Vec<Errors> =
            (0..20).map(|i| (0..6).map(|h| f64::from((i * 7 + h * 13) % 11) - 5.0).collect()).collect();
        let widths = half_widths(&origins, 9);
        assert!(widths.of_80.is_sorted() && widths.of_95.is_sorted(), "{widths:?}");
        assert!(widths.of_80.iter().zip(&widths.of_95).all(|(a, b)| a <= b));
        assert_eq!(widths.of_95.len(), 9);
    }

    #[test]
    fn pooling_neighbours_gives_the_nearest_rising_sequence() {
        assert_eq!(isotonic(&[(1.0, 1.0), (3.0, 1.0), (2.0, 1.0), (4.0, 1.0)]), [1.0, 2.5, 2.5, 4.0]);
    }

    #[test]
    fn origins_that_miss_alike_count_for_fewer() {
        let drifting: Vec<Errors> = (0..24).map(|i| vec![if i < 12 { 1.0 } else { -1.0 }; 6]).collect();
        let noisy: Vec<Errors> =
            (0..24).map(|i| (0..6).map(|h| f64::from((i * 7 + h * 13) % 11) - 5.0).collect()).collect();
        assert!((independent(&drifting) - 6.0).abs() < 1e-9, "{}", independent(&drifting));
        assert!(independent(&noisy) > 23.9, "{}", independent(&noisy));
        assert_eq!(independent(&[vec![0.0; 3], vec![0.0; 3]]), 2.0);
    }

    #[test]
    fn drift_is_drawn_wider_and_noise_is_not() {
        let drift = vec![vec![1.0; 6]; 24];
        let noise: Vec<Errors> =
            (0..24).map(|i| (0..6).map(|h| f64::from((i + h) % 2) * 2.0 - 1.0).collect()).collect();
        let (of_drift, of_noise) = (half_widths(&drift, 6), half_widths(&noise, 6));
        assert!((of_noise.of_80[5] - 1.0).abs() < 0.01, "{of_noise:?}");
        assert!((of_drift.of_80[5] - 1.8).abs() < 0.05, "{of_drift:?}");
    }

    #[test]
    fn independent_errors_are_held_as_often_as_promised() {
        let mut state = 7_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let origins: Vec<Errors> = (0..200).map(|_| (0..4).map(|_| uniform() - uniform()).collect()).collect();
        let (in_80, in_95) = held(&origins, 4).expect("enough origins");
        assert!((in_80 - 0.80).abs() < 0.03 && (in_95 - 0.95).abs() < 0.02, "{in_80} {in_95}");
    }
}
