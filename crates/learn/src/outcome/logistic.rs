//! Logistic regression with a ridge penalty and slopes that may be held to one sign.
//!
//! Newton's method; each step is a quadratic problem with bounds, solved by coordinate descent (Friedman, Hastie and
//! Tibshirani 2010), and halved as long as it does not lower the loss.

const STEPS: usize = 30;
const SWEEPS: usize = 200;
const SMALL: f64 = 1e-8;

/// What is fitted: columns of equal length, and how far each slope may go.
pub(crate) struct Problem<'a> {
    pub(crate) columns: &'a [Vec<f64>],
    /// Log odds that are given, one per row.
    pub(crate) offset: Option<&'a [f64]>,
    pub(crate) won: &'a [bool],
    /// Least and largest slope per column.
    pub(crate) bounds: &'a [(f64, f64)],
    pub(crate) penalty: f64,
}

/// Log odds as a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Logistic {
    pub(crate) start: f64,
    pub(crate) slopes: Vec<f64>,
}

pub(crate) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

impl Problem<'_> {
    pub(crate) fn solve(&self) -> Logistic {
        let mut now = Logistic { start: 0.0, slopes: vec![0.0; self.columns.len()] };
        let mut loss = self.loss(&now);
        for _ in 0..STEPS {
            let next = self.step(&now);
            let Some((better, lower)) = self.halved(&now, &next, loss) else { break };
            let gained = loss - lower;
            (now, loss) = (better, lower);
            if gained < SMALL * (1.0 + loss.abs()) {
                break;
            }
        }
        now
    }

    fn halved(&self, from: &Logistic, to: &Logistic, loss: f64) -> Option<(Logistic, f64)> {
        let mut share = 1.0;
        for _ in 0..20 {
            let between = |a: f64, b: f64| a + share * (b - a);
            let slopes = from.slopes.iter().zip(&to.slopes).map(|(a, b)| between(*a, *b)).collect();
            let tried = Logistic { start: between(from.start, to.start), slopes };
            let lower = self.loss(&tried);
            if lower < loss {
                return Some((tried, lower));
            }
            share /= 2.0;
        }
        None
    }

    fn loss(&self, line: &Logistic) -> f64 {
        let miss = |(z, won): (f64, &bool)| (if *won { -z } else { z }).exp().ln_1p();
        let fit: f64 = self.odds(line).into_iter().zip(self.won).map(miss).sum();
        fit + self.penalty / 2.0 * line.slopes.iter().map(|slope| slope * slope).sum::<f64>()
    }

    fn odds(&self, line: &Logistic) -> Vec<f64> {
        let mut odds = self.offset.map_or_else(|| vec![0.0; self.won.len()], <[f64]>::to_vec);
        odds.iter_mut().for_each(|z| *z += line.start);
        for (column, slope) in self.columns.iter().zip(&line.slopes).filter(|(_, slope)| **slope != 0.0) {
            odds.iter_mut().zip(column).for_each(|(z, x)| *z += slope * x);
        }
        odds
    }

    /// The minimum of the quadratic that touches the loss here.
    fn step(&self, from: &Logistic) -> Logistic {
        let shares: Vec<f64> = self.odds(from).into_iter().map(probability).collect();
        let weights: Vec<f64> = shares.iter().map(|p| (p * (1.0 - p)).max(1e-6)).collect();
        let left: Vec<f64> = shares.iter().zip(self.won).map(|(p, won)| f64::from(*won) - p).collect();
        let mut at: Vec<f64> = from.slopes.iter().copied().chain([from.start]).collect();
        let pull = |(a, at): (usize, &f64)| match self.columns.get(a) {
            Some(x) => x.iter().zip(&left).map(|(x, r)| x * r).sum::<f64>() - self.penalty * at,
            None => left.iter().sum(),
        };
        let mut pull: Vec<f64> = at.iter().enumerate().map(pull).collect();
        let curve = self.curvature(&weights);
        for _ in 0..SWEEPS {
            let mut moved = 0.0_f64;
            for (a, row) in curve.iter().enumerate() {
                moved = moved.max(self.descend(a, row, &mut at, &mut pull));
            }
            if moved < SMALL {
                break;
            }
        }
        let start = at.pop().expect("the intercept is the last");
        Logistic { start, slopes: at }
    }

    /// Moves one coordinate to its best place within its bounds and keeps the slopes of the loss up to date; gives what
    /// the move was worth.
    fn descend(&self, a: usize, row: &[f64], at: &mut [f64], pull: &mut [f64]) -> f64 {
        let penalty = if a < self.columns.len() { self.penalty } else { 0.0 };
        let (least, most) = self.bounds.get(a).copied().unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let stiff = row[a] + penalty;
        if stiff <= 1e-12 {
            return 0.0;
        }
        let by = (at[a] + pull[a] / stiff).clamp(least, most) - at[a];
        at[a] += by;
        pull.iter_mut().zip(row).for_each(|(pull, curve)| *pull -= by * curve);
        pull[a] -= by * penalty;
        by * by * stiff
    }

    /// Weighted products of all pairs of columns; the last is that of ones, for the intercept.
    fn curvature(&self, weights: &[f64]) -> Vec<Vec<f64>> {
        let ones = vec![1.0; weights.len()];
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).chain([ones.as_slice()]).collect();
        let mut curve = vec![vec![0.0; columns.len()]; columns.len()];
        for (a, x) in columns.iter().enumerate() {
            let weighted: Vec<f64> = x.iter().zip(weights).map(|(x, w)| x * w).collect();
            for (b, y) in columns.iter().enumerate().skip(a) {
                curve[a][b] = weighted.iter().zip(*y).map(|(x, y)| x * y).sum();
                curve[b][a] = curve[a][b];
            }
        }
        curve
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn fitted(bound: (f64, f64)) -> Logistic {
        // Three of ten at 0, six of ten at 1: log odds -0.8473 and 0.4055.
        let x: Vec<f64> = (0..20).map(|i| f64::from(i / 10)).collect();
        let won: Vec<bool> = (0..20).map(|i| if i < 10 { i < 3 } else { i < 16 }).collect();
        Problem { columns: &[x], offset: None, won: &won, bounds: &[bound], penalty: 0.0 }.solve()
    }

    #[test]
    fn a_line_through_two_shares_is_their_log_odds() {
        let line = fitted(FREE);
        assert!((line.start + 0.847_298).abs() < 1e-4, "{line:?}");
        assert!((line.slopes[0] - 1.252_763).abs() < 1e-4, "{line:?}");
    }

    #[test]
    fn a_slope_of_the_wrong_sign_is_held_at_nothing() {
        let line = fitted((f64::NEG_INFINITY, 0.0));
        assert_eq!(line.slopes[0], 0.0);
        // Nine of twenty.
        assert!((line.start + 0.200_671).abs() < 1e-4, "{line:?}");
    }
}
