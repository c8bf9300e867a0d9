//! Probabilities under chance alone.

/// `ln n!` for 0 to `n`.
pub(super) fn log_factorials(n: usize) -> Vec<f64> {
    let mut sums = vec![0.0; n + 1];
    for k in 1..=n {
        sums[k] = sums[k - 1] + (k as f64).ln();
    }
    sums
}

/// A draw without putting back: from `all`, of which `marked` are marked, `drawn` are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Urn {
    pub(super) all: usize,
    pub(super) marked: usize,
    pub(super) drawn: usize,
}

impl Urn {
    /// Probability of at least so many marked ones among the drawn (Fisher's exact test, one-sided).
    pub(super) fn at_least(self, seen: usize, ln_factorial: &[f64]) -> f64 {
        let choose = |n: usize, k: usize| ln_factorial[n] - ln_factorial[k] - ln_factorial[n - k];
        let most = self.marked.min(self.drawn);
        let least = (self.marked + self.drawn).saturating_sub(self.all);
        let one = |k: usize| {
            let rest = choose(self.all - self.marked, self.drawn - k);
            (choose(self.marked, k) + rest - choose(self.all, self.drawn)).exp()
        };
        (seen.max(least)..=most).map(one).sum::<f64>().min(1.0)
    }
}

/// Adjusted probabilities of Benjamini and Hochberg (1995), in the order given.
pub(super) fn false_discovery(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (at, index) in order.iter().enumerate() {
        least = least.min(p[*index] * p.len() as f64 / (p.len() - at) as f64);
        q[*index] = least;
    }
    q
}

/// Count, mean and squared deviations of a sample, to which others can be added and from which they can be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sample {
    pub(super) count: f64,
    sum: f64,
    squares: f64,
}

impl Sample {
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        values.fold(Self::default(), |s, x| Self { count: s.count + 1.0, sum: s.sum + x, squares: s.squares + x * x })
    }

    pub(super) fn without(self, part: Self) -> Self {
        Self { count: self.count - part.count, sum: self.sum - part.sum, squares: self.squares - part.squares }
    }

    pub(super) fn mean(self) -> f64 {
        self.sum / self.count.max(1.0)
    }

    /// Of the mean.
    fn squared_error(self, least_variance: f64) -> f64 {
        let variance = (self.squares - self.count * self.mean().powi(2)) / (self.count - 1.0).max(1.0);
        variance.max(least_variance) / self.count
    }
}

/// Probability that the first mean would be so much higher by chance alone (Welch 1947, one-sided); 1 with fewer than three
/// on either side. No sample's variance counts as less than `least_variance`: a few equal values prove nothing.
pub(super) fn higher(first: Sample, second: Sample, least_variance: f64) -> f64 {
    if first.count < 2.5 || second.count < 2.5 {
        return 1.0;
    }
    let (a, b) = (first.squared_error(least_variance), second.squared_error(least_variance));
    if a + b <= 0.0 {
        return 1.0;
    }
    let t = (first.mean() - second.mean()) / (a + b).sqrt();
    let free = (a + b).powi(2) / (a * a / (first.count - 1.0) + b * b / (second.count - 1.0)).max(f64::MIN_POSITIVE);
    student_above(t, free)
}

/// Probability that Student's t exceeds `t`.
fn student_above(t: f64, free: f64) -> f64 {
    let both = beta_share(free / (free + t * t), free / 2.0, 0.5);
    if t > 0.0 { both / 2.0 } else { 1.0 - both / 2.0 }
}

/// The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22).
fn beta_share(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_share(1.0 - x, b, a);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp() / a;
    let step = |m: usize| {
        let half = (m / 2) as f64;
        if m.is_multiple_of(2) {
            half * (b - half) * x / ((a + 2.0 * half - 1.0) * (a + 2.0 * half))
        } else {
            -(a + half) * (a + b + half) * x / ((a + 2.0 * half) * (a + 2.0 * half + 1.0))
        }
    };
    // From the tail inwards: two hundred steps are far more than the fraction needs left of its turning point.
    let fraction = (1..=200).rev().fold(1.0, |inner, m| 1.0 + step(m) / inner);
    (front / fraction).clamp(0.0, 1.0)
}

/// By Stirling's series (DLMF 5.11.1) from 10 up, reached by recurrence.
fn ln_gamma(x: f64) -> f64 {
    let (mut at, mut less) = (x, 0.0);
    while at < 10.0 {
        less += at.ln();
        at += 1.0;
    }
    let series = 1.0 / (12.0 * at) - 1.0 / (360.0 * at.powi(3)) + 1.0 / (1260.0 * at.powi(5));
    (at - 0.5) * at.ln() - at + 0.5 * std::f64::consts::TAU.ln() + series - less
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, known: f64) {
        assert!((found - known).abs() < 1e-5 * known.abs().max(0.01), "{found} instead of {known}");
    }

    #[test]
    fn probabilities_are_the_tabulated_ones() {
        // Fisher's tea: all four of four right.
        close(Urn { all: 8, marked: 4, drawn: 4 }.at_least(4, &log_factorials(8)), 1.0 / 70.0);
        close(Urn { all: 8, marked: 4, drawn: 4 }.at_least(3, &log_factorials(8)), 17.0 / 70.0);
        close(student_above(2.228_139, 10.0), 0.025);
        close(student_above(-1.0, 1.0), 0.75);
        close(student_above(3.090_232, 1e7), 0.001);
        close(student_above(12.706_205, 1.0), 0.025);
        close(ln_gamma(0.5), 0.572_364_9);
    }

    #[test]
    fn false_findings_are_shared_out_over_all_that_was_looked_at() {
        let q = false_discovery(&[0.01, 0.8, 0.04, 0.03]);
        for (found, known) in q.into_iter().zip([0.04, 0.8, 0.04 * 4.0 / 3.0, 0.04 * 4.0 / 3.0]) {
            close(found, known);
        }
        assert!(false_discovery(&[]).is_empty());
    }

    #[test]
    fn a_higher_mean_needs_a_difference_and_enough_values() {
        let sample = |values: &[f64]| Sample::of(values.iter().copied());
        let (low, high) = (sample(&[1.0, 2.0, 3.0, 2.0]), sample(&[11.0, 12.0, 13.0]));
        assert!(higher(high, low, 0.0) < 0.001 && higher(low, high, 0.0) > 0.999);
        assert_eq!(higher(sample(&[9.0, 9.0]), low, 0.0), 1.0);
    }
}
