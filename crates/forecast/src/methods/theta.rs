//! The dynamic optimised Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016): exponential smoothing of
//! the season-free history, pulled along by the straight line through all that was known at each step.
//!
//! For a given smoothing the errors one step ahead are linear in the starting level and in the weight of the line. So only
//! the smoothing is searched for, and the other two are least squares: the optimum is found exactly, in little time.

use super::season::Season;

/// Range of the smoothing, as in the reference implementations.
const SMOOTHING: (f64, f64) = (0.1, 0.99);
/// Smoothings tried before the best is refined between its neighbours.
const TRIED: usize = 24;
const REFINED: usize = 24;
/// The first errors depend on the starting level alone and are not counted.
const SETTLING: usize = 3;
/// Weight of the line that the original Theta has (theta = 2); used where the history does not tell it.
const CLASSICAL: f64 = 0.5;
/// Relative determinant below which level and line cannot be told apart.
const SINGULAR: f64 = 1e-9;

/// `horizon` values after the history.
pub(super) fn theta(history: &[f64], season: usize, horizon: usize) -> Vec<f64> {
    let season = Season::of(history, season);
    let plain = season.removed(history);
    let mut path = Fit::best(&plain).continued(&plain, horizon);
    season.put_back(history.len(), &mut path);
    path
}

/// The straight line through the first values, as `start + slope * (time from 1)`, with their mean.
#[derive(Clone, Copy, Debug)]
struct Line {
    mean: f64,
    start: f64,
    slope: f64,
}

impl Line {
    /// With one more value, of index `at` counted from 0.
    fn after(self, y: f64, at: usize) -> Self {
        let i = at as f64;
        let mean = (i * self.mean + y) / (i + 1.0);
        let slope = ((i - 1.0) * self.slope + 6.0 * (y - self.mean) / (i + 1.0)) / (i + 2.0);
        Self { mean, start: mean - slope * (i + 2.0) / 2.0, slope }
    }

    /// What the smoothed level lacks of the line at index `at`; `decay` is `(1 - smoothing)^at`.
    fn pull(self, decay: f64, smoothing: f64) -> f64 {
        self.start * decay + self.slope * (1.0 - decay * (1.0 - smoothing)) / smoothing
    }
}

/// The line before each index from 1 on.
fn lines(y: &[f64]) -> Vec<Line> {
    let mut line = Line { mean: y[0], start: y[0], slope: 0.0 };
    let mut lines = vec![line];
    for (at, y) in y.iter().enumerate().skip(1) {
        line = line.after(*y, at);
        lines.push(line);
    }
    lines
}

/// The parameters of one history.
#[derive(Clone, Copy, Debug)]
struct Fit {
    smoothing: f64,
    /// Level before the first value.
    start: f64,
    /// `1 - 1 / theta`, from 0 to 1.
    weight: f64,
    squares: f64,
}

impl Fit {
    fn best(y: &[f64]) -> Self {
        let lines = lines(y);
        let step = (SMOOTHING.1 - SMOOTHING.0) / TRIED as f64;
        let tried = (0..=TRIED).map(|i| Self::with(SMOOTHING.0 + step * i as f64, y, &lines));
        let Some(mut best) = tried.min_by(|a, b| a.squares.total_cmp(&b.squares)) else {
            return Self::with(SMOOTHING.0, y, &lines);
        };
        let mut reach = step / 2.0;
        for _ in 0..REFINED {
            for smoothing in [best.smoothing - reach, best.smoothing + reach] {
                let fit = Self::with(smoothing.clamp(SMOOTHING.0, SMOOTHING.1), y, &lines);
                best = if fit.squares < best.squares { fit } else { best };
            }
            reach /= 2.0;
        }
        best
    }

    /// Least squares of starting level and weight.
    fn with(smoothing: f64, y: &[f64], lines: &[Line]) -> Self {
        let mut sums = Sums::default();
        let (mut level, mut decay) = (smoothing * y[0], 1.0 - smoothing);
        for at in 1..y.len() {
            if at >= SETTLING {
                sums.add(decay, lines[at - 1].pull(decay, smoothing), y[at] - level);
            }
            level += smoothing * (y[at] - level);
            decay *= 1.0 - smoothing;
        }
        let weight = sums.weight().map_or(CLASSICAL, |weight| weight.clamp(0.0, 1.0));
        let start = if sums.decay_2 > 0.0 { sums.start(weight) } else { y[0] };
        Self { smoothing, start, weight, squares: sums.left(start, weight) }
    }

    /// Every forecast is taken for the next value, so that level and line go on.
    fn continued(self, y: &[f64], horizon: usize) -> Vec<f64> {
        let mut line = Line { mean: y[0], start: y[0], slope: 0.0 };
        let mut level = self.start + self.smoothing * (y[0] - self.start);
        let mut decay = 1.0;
        let mut path = Vec::with_capacity(horizon);
        for at in 1..y.len() + horizon {
            decay *= 1.0 - self.smoothing;
            let ahead = level + self.weight * line.pull(decay, self.smoothing);
            let value = y.get(at).copied().unwrap_or(ahead);
            if at >= y.len() {
                path.push(ahead);
            }
            level += self.smoothing * (value - level);
            line = line.after(value, at);
        }
        path
    }
}

/// Sums of products over decay, pull and what the level alone leaves.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    decay_2: f64,
    pull_2: f64,
    left_2: f64,
    decay_pull: f64,
    decay_left: f64,
    pull_left: f64,
}

impl Sums {
    fn add(&mut self, decay: f64, pull: f64, left: f64) {
        self.decay_2 += decay * decay;
        self.pull_2 += pull * pull;
        self.left_2 += left * left;
        self.decay_pull += decay * pull;
        self.decay_left += decay * left;
        self.pull_left += pull * left;
    }

    /// `None` where level and line cannot be told apart.
    fn weight(&self) -> Option<f64> {
        let determinant = self.decay_2 * self.pull_2 - self.decay_pull.powi(2);
        let known = determinant > SINGULAR * self.decay_2 * self.pull_2;
        known.then(|| (self.decay_2 * self.pull_left - self.decay_pull * self.decay_left) / determinant)
    }

    fn start(&self, weight: f64) -> f64 {
        (self.decay_left - weight * self.decay_pull) / self.decay_2
    }

    fn left(&self, start: f64, weight: f64) -> f64 {
        self.left_2 + start * start * self.decay_2 + weight * weight * self.pull_2
            - 2.0 * (start * self.decay_left + weight * self.pull_left - start * weight * self.decay_pull)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_running_line_is_the_least_squares_line() {
        let line = lines(&[3.0, 5.0, 4.0, 9.0, 8.0])[4];
        assert!((line.slope - 1.4).abs() < 1e-12 && (line.start - 1.6).abs() < 1e-12, "{line:?}");
    }

    /// Parameters, criterion (sum of squared errors over the mean size) and forecasts that the dynamic optimised Theta of
    /// statsforecast 2.1 finds for the airline passengers of 1949 to 1959.
    const START: f64 = -783.420_887_850_306_9;
    const SMOOTHED: f64 = 0.820_296_149_811_935_4;
    const THETA: f64 = 31.856_107_486_449_32;
    const CRITERION: f64 = 38.668_889_179_816_36;
    const PATH: [f64; 12] =
        [412.698, 404.639, 466.829, 449.643, 454.123, 517.985, 572.573, 571.622, 502.383, 438.82, 382.978, 432.518];

    #[test]
    fn the_same_parameters_give_the_forecasts_of_an_independent_implementation() {
        let air: Vec<f64> = include_str!("../../tests/air_passengers.txt")
            .split_whitespace()
            .take(132)
            .map(|y| y.parse().expect("number"))
            .collect();
        let season = Season::of(&air, 12);
        let plain = season.removed(&air);
        let theirs = Fit { smoothing: SMOOTHED, start: START, weight: 1.0 - 1.0 / THETA, squares: 0.0 };
        let mut path = theirs.continued(&plain, 12);
        season.put_back(132, &mut path);
        assert!(path.iter().zip(PATH).all(|(ours, theirs)| (ours - theirs).abs() < 0.001), "{path:?}");
        let squares = CRITERION * crate::numbers::mean(&plain);
        let ours = Fit::best(&plain);
        assert!((0.995 * squares..=squares).contains(&ours.squares), "{ours:?} {squares}");
    }

    #[test]
    fn a_straight_line_and_a_constant_go_on() {
        let straight: Vec<f64> = (0..40).map(|i| 10.0 + 2.0 * f64::from(i)).collect();
        for (step, y) in theta(&straight, 1, 5).iter().enumerate() {
            assert!((y - 90.0 - 2.0 * step as f64).abs() < 0.5, "{step}: {y}");
        }
        assert!(theta(&[7.0; 20], 1, 4).iter().all(|y| (y - 7.0).abs() < 1e-9));
    }
}
