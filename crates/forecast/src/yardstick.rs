//! What errors are measured by, so that those of different dates become comparable: in proportion to the level, and in a series
//! that drifts as prices do by ratio and in proportion to how lively it then was. A price is as likely to double as to halve, and
//! after a lively year the next is seldom calm.

use crate::backtest::level;
use crate::drift::{Liveliness, drifts};

/// A forecast by ratio is not taken to be below this share of the level.
const LEAST_SHARE: f64 = 1e-3;

/// Of one series, for any of its dates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Yardstick<'a> {
    values: &'a [f64],
    season: usize,
    liveliness: Option<Liveliness>,
}

/// At one date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Measure {
    InProportion { level: f64 },
    ByRatio { level: f64, lively: f64 },
}

impl<'a> Yardstick<'a> {
    pub(crate) fn of(values: &'a [f64], season: usize) -> Self {
        let liveliness = drifts(values, season).then(|| Liveliness::of(values, season)).flatten();
        Self { values, season, liveliness }
    }

    /// Where so many values were known.
    pub(crate) fn at(&self, known: usize) -> Measure {
        let history = &self.values[..known];
        let level = level(history, self.season);
        match self.liveliness {
            Some(usual) => Measure::ByRatio { level, lively: usual.after(history) },
            None => Measure::InProportion { level },
        }
    }
}

impl Measure {
    /// How far a value was above what was said.
    pub(crate) fn error(self, yhat: f64, y: f64) -> f64 {
        match self {
            Self::InProportion { level } => (y - yhat) / level,
            Self::ByRatio { level, lively } => (y / yhat.max(level * LEAST_SHARE)).ln() / lively,
        }
    }

    /// The value that is off by this error.
    pub(crate) fn off(self, yhat: f64, error: f64) -> f64 {
        match self {
            Self::InProportion { level } => yhat + error * level,
            Self::ByRatio { level, lively } => yhat.max(level * LEAST_SHARE) * (error * lively).exp(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_off_by_an_error_has_that_error() {
        for measure in [Measure::InProportion { level: 50.0 }, Measure::ByRatio { level: 50.0, lively: 1.4 }] {
            for error in [-0.5, 0.0, 0.3] {
                let y = measure.off(40.0, error);
                assert!((measure.error(40.0, y) - error).abs() < 1e-12, "{measure:?} {y}");
            }
        }
    }

    #[test]
    fn a_price_is_measured_by_ratio_and_a_swinging_count_by_its_level() {
        let price: Vec<f64> = (0..90_i32).map(|i| 100.0 * 1.01_f64.powi(i - 3 * (i % 7 - 3).abs())).collect();
        let count: Vec<f64> = (0..90).map(|i| 50.0 + f64::from(i * i * 7 % 31)).collect();
        assert!(matches!(Yardstick::of(&price, 12).at(80), Measure::ByRatio { .. }));
        assert!(matches!(Yardstick::of(&count, 12).at(80), Measure::InProportion { .. }));
    }
}
