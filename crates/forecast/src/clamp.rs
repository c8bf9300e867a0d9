//! No forecast moves further in h steps than the series ever did: smoothing with a trend otherwise runs away on price
//! series after a steep stretch.

/// The largest moves of a history per number of steps, up and down.
#[derive(Clone, Debug)]
pub(crate) struct Clamp {
    last: f64,
    /// Lowest and highest value allowed, index 0 for one step ahead.
    bounds: Vec<(f64, f64)>,
}

impl Clamp {
    pub(crate) fn of(history: &[f64], horizon: usize) -> Self {
        let last = history.last().copied().unwrap_or_default();
        let ratios = history.iter().all(|y| *y > 0.0);
        let mut bounds: Vec<(f64, f64)> = Vec::with_capacity(horizon);
        for steps in 1..=horizon {
            let (low, high) = bounds.last().copied().unwrap_or((last, last));
            let reach = reach(history, steps, last, ratios);
            bounds.push((low.min(reach.0), high.max(reach.1)));
        }
        Self { last, bounds }
    }

    /// The same path inside the bounds.
    pub(crate) fn apply(&self, path: &mut [f64]) {
        for (y, (low, high)) in path.iter_mut().zip(&self.bounds) {
            *y = if y.is_finite() { y.clamp(*low, *high) } else { self.last };
        }
    }
}

/// Where the largest move in `steps` steps would lead from `last`, by difference and, for positive series, by ratio.
fn reach(history: &[f64], steps: usize, last: f64, ratios: bool) -> (f64, f64) {
    let (mut low, mut high) = (last, last);
    for (from, to) in history.iter().zip(history.iter().skip(steps)) {
        let difference = last + (to - from);
        (low, high) = (low.min(difference), high.max(difference));
        if ratios {
            let ratio = last * (to / from);
            (low, high) = (low.min(ratio), high.max(ratio));
        }
    }
    if ratios { (low.max(0.0), high) } else { (low, high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_runs_away_is_held_at_the_largest_past_move() {
        let clamp = Clamp::of(&[10.0, 12.0, 11.0, 12.0], 3);
        let mut path = [99.0, -99.0, f64::NAN];
        clamp.apply(&mut path);
        assert!((path[0] - 14.4).abs() < 1e-12, "{path:?}");
        assert!((path[1] - 11.0).abs() < 1e-12, "{path:?}");
        assert_eq!(path[2], 12.0);
    }

    #[test]
    fn a_straight_line_may_go_on() {
        let history: Vec<f64> = (0..20).map(|i| 5.0 + f64::from(i)).collect();
        let mut path = [25.0, 26.0, 27.0];
        Clamp::of(&history, 3).apply(&mut path);
        assert_eq!(path, [25.0, 26.0, 27.0]);
    }
}
