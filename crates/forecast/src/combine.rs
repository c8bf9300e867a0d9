//! How much each method counts: weights from the backtest, shrunk to equal shares of those that learn.
//!
//! With few origins the backtest says little, so equal shares win (Smith and Wallis 2009, the forecast combination
//! puzzle); a simple rule gets a share only as far as it is nearly as good or better.

use crate::backtest::Backtest;
use crate::methods::{LONGEST_ETS_SEASON, Method};

/// Origins after which the backtest counts as much as the equal shares.
const HALF_TRUST: f64 = 8.0;
/// How sharply better methods are preferred.
const SHARPNESS: f64 = 4.0;
/// The same for weeks, of which most methods carry no year: chosen on generated series.
const SHARPNESS_OF_WEEKS: f64 = 8.0;
/// Share of the method that takes the year of weeks away.
const SHARE_OF_WEEKS: f64 = 3.0;
/// A simple rule's share where it is as good as the others.
const RULE_PRIOR: f64 = 0.3;

/// One weight per method of the backtest, summing to 1; 0 for those that are not used.
pub(crate) fn weights_of(backtest: &Backtest, used: impl Fn(Method) -> bool) -> Vec<f64> {
    let error =
        |(at, method): (usize, &Method)| if used(*method) { relative_error(backtest, at) } else { f64::INFINITY };
    let errors: Vec<f64> = backtest.methods.iter().enumerate().map(error).collect();
    let best = errors.iter().copied().fold(f64::INFINITY, f64::min).max(f64::MIN_POSITIVE);
    let origins = backtest.origins.len() as f64;
    let trust = origins / (origins + HALF_TRUST);
    let sharpness =
        if backtest.first_year || backtest.season > LONGEST_ETS_SEASON { SHARPNESS_OF_WEEKS } else { SHARPNESS };
    let prior = |method: Method| match (used(method), method.is_simple()) {
        (false, _) => 0.0,
        (true, true) => RULE_PRIOR,
        (true, false) => 1.0,
    };
    let earned: Vec<f64> = (backtest.methods.iter().zip(&errors))
        .map(|(method, error)| prior(*method) * (best / error.max(best)).powf(sharpness))
        .collect();
    let equal: Vec<f64> = backtest.methods.iter().map(|m| if used(*m) { share(*m, backtest) } else { 0.0 }).collect();
    let (earned, equal) = (shares(&earned), shares(&equal));
    earned.iter().zip(&equal).map(|(e, q)| trust * e + (1.0 - trust) * q).collect()
}

/// Before anything is known of a method: nothing of one that cannot carry a season as long as the year of weeks, more of the one
/// that is made for it.
fn share(method: Method, backtest: &Backtest) -> f64 {
    let long = backtest.season > LONGEST_ETS_SEASON;
    match method {
        method if method.is_simple() => 0.0,
        Method::Ets if long => 0.0,
        Method::Several if long => SHARE_OF_WEEKS,
        Method::Calendar if backtest.first_year => SHARE_OF_WEEKS,
        _ => 1.0,
    }
}

fn shares(parts: &[f64]) -> Vec<f64> {
    let sum: f64 = parts.iter().sum();
    parts.iter().map(|part| part / sum.max(f64::MIN_POSITIVE)).collect()
}

/// Error in proportion to the level at each origin.
pub(crate) fn relative_error(backtest: &Backtest, method: usize) -> f64 {
    error_of(backtest, |origin| origin.paths[method].clone())
}

/// The same for any path per origin.
pub(crate) fn error_of(backtest: &Backtest, path: impl Fn(&crate::backtest::Origin) -> Vec<f64>) -> f64 {
    let mut errors = Vec::new();
    for origin in &backtest.origins {
        let pairs = path(origin).into_iter().zip(&origin.actual);
        errors.extend(pairs.map(|(yhat, y)| (yhat - y) / origin.level));
    }
    backtest.loss.of(&errors)
}

/// The weighted mean of paths of equal length; where all say the same, exactly that.
pub(crate) fn combined(paths: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let Some(first) = paths.first() else { return Vec::new() };
    let off = |step: usize| paths.iter().zip(weights).map(|(path, w)| w * (path[step] - first[step])).sum::<f64>();
    first.iter().enumerate().map(|(step, y)| y + off(step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::{Loss, Origin};

    fn errors(theta: f64, ets: f64, naive: f64, origins: usize) -> Vec<f64> {
        let paths = vec![vec![theta], vec![ets], vec![naive]];
        let origin = Origin { known: 1, actual: vec![0.0], level: 1.0, paths };
        let methods = vec![Method::Theta, Method::Ets, Method::Naive];
        let past = Backtest {
            origins: vec![origin; origins],
            methods,
            loss: Loss::Absolute,
            enough: 0,
            season: 12,
            first_year: false,
        };
        weights_of(&past, |_| true)
    }

    #[test]
    fn better_methods_count_more_the_longer_the_backtest() {
        let (few, many) = (errors(1.0, 2.0, 2.0, 2), errors(1.0, 2.0, 2.0, 24));
        assert!(few[0] > few[1] && many[0] > few[0], "{few:?} {many:?}");
        assert!((many.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn only_methods_that_carry_a_year_of_weeks_share_it() {
        let methods = vec![Method::Theta, Method::Ets, Method::Several, Method::Naive];
        let past =
            Backtest { origins: Vec::new(), methods, loss: Loss::Absolute, enough: 0, season: 52, first_year: false };
        assert_eq!(weights_of(&past, |_| true), [0.25, 0.0, 0.75, 0.0]);
        assert_eq!(weights_of(&past, |method| method != Method::Several), [1.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn without_a_backtest_the_learning_methods_share_equally() {
        assert_eq!(errors(1.0, 1.0, 1.0, 0), [0.5, 0.5, 0.0]);
    }
}
