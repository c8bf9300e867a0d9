//! The changes of a drifting series, carried on as they usually follow each other: an autoregression of log changes around their
//! mean, an ARIMA(p, 1, 0) with drift. Orders are chosen by AICc along the recursion of Levinson and Durbin (Brockwell and
//! Davis 1991, section 8.2), which always gives a stationary one.
//!
//! Orders and years were chosen on prices of 1990 to 2009 and of 2010 to 2019.

use crate::drift::changes;
use crate::numbers::mean;

/// Changes of so many seasons are looked at: the drift of earlier ones is another.
const SEASONS: usize = 7;
const LONGEST_ORDER: usize = 2;

/// `horizon` values after a history of positive values.
pub(super) fn momentum(history: &[f64], season: usize, horizon: usize) -> Option<Vec<f64>> {
    let mut level = *history.last().filter(|_| history.iter().all(|y| *y > 0.0))?;
    let all = changes(history);
    let recent = &all[all.len().saturating_sub(SEASONS * season)..];
    let drift = mean(recent);
    let mut off: Vec<f64> = recent.iter().map(|change| change - drift).collect();
    let after = best_order(&off);
    let path = (0..horizon).map(|_| {
        let next: f64 = after.iter().zip(off.iter().rev()).map(|(weight, x)| weight * x).sum();
        off.push(next);
        level *= (drift + next).exp();
        level
    });
    Some(path.collect())
}

/// How much of the last change, of the one before and so on follows; nothing where that explains too little.
fn best_order(off: &[f64]) -> Vec<f64> {
    let count = off.len() as f64;
    let covariance = |lag: usize| off.iter().zip(off.iter().skip(lag)).map(|(a, b)| a * b).sum::<f64>() / count;
    let mut left = covariance(0);
    let criterion = |left: f64, order: usize| {
        let parameters = order as f64 + 1.0;
        count * left.ln() + 2.0 * parameters + 2.0 * parameters * (parameters + 1.0) / (count - parameters - 1.0)
    };
    let (mut weights, mut best) = (Vec::<f64>::new(), Vec::new());
    let mut least = criterion(left, 0);
    for order in 1..=LONGEST_ORDER {
        let explained: f64 = weights.iter().enumerate().map(|(at, w)| w * covariance(order - 1 - at)).sum();
        let partial = (covariance(order) - explained) / left;
        let turned: Vec<f64> = weights.iter().zip(weights.iter().rev()).map(|(a, b)| a - partial * b).collect();
        weights = turned;
        weights.push(partial);
        left *= 1.0 - partial * partial;
        let said = criterion(left, order);
        if said < least {
            (least, best) = (said, weights.clone());
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Log changes of 2 % and then 60 % of the last change above that, with bounded noise.
    fn history(after: f64) -> Vec<f64> {
        let (mut level, mut off, mut state) = (100.0_f64, 0.0, 7_u64);
        let mut noise = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5) / 50.0
        };
        let next = (0..85).map(|_| {
            off = after * off + noise();
            level *= (0.02 + off).exp();
            level
        });
        next.collect()
    }

    #[test]
    fn what_follows_changes_is_found_and_carried_on() {
        let known = history(0.6);
        let all = changes(&known);
        let drift = mean(&all);
        let off: Vec<f64> = all.iter().map(|change| change - drift).collect();
        let after = best_order(&off);
        assert!((after.iter().sum::<f64>() - 0.6).abs() < 0.1, "{after:?}");
        let path = momentum(&known, 12, 24).expect("positive");
        let last = (path[23] / path[22]).ln();
        assert!((last - drift).abs() < 1e-4, "it returns to the drift: {last}");
    }

    #[test]
    fn changes_without_an_order_give_the_drift_alone() {
        let steady: Vec<f64> = (0..60).map(|i| 50.0 * 1.01_f64.powi(i)).collect();
        let path = momentum(&steady, 12, 3).expect("positive");
        assert!((path[2] / (steady[59] * 1.01_f64.powi(3)) - 1.0).abs() < 1e-9, "{path:?}");
        assert_eq!(momentum(&[1.0, 0.0, 2.0], 12, 3), None);
    }
}
