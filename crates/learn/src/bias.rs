//! By how much somebody's estimates are usually off, in one kind of work, and how sure that is.
//!
//! Each cell (an estimator, a sign type, a work code) has a few ratios of what it took to what was estimated. Their mean
//! logarithm is pulled towards that of all cells the more, the fewer and the more scattered they are: empirical Bayes
//! with a normal prior whose spread is estimated from the cells themselves by moments (Morris 1983; DerSimonian and Laird
//! 1986). So that a cell of three jobs says little, and one of fifty speaks for itself.

use crate::statistics::mean;

/// Fewest ratios of a cell.
pub const FEWEST_RATIOS: usize = 3;
/// A ratio counts at most e to this: one job that went wrong is no habit.
const MOST: f64 = 1.1;
/// True means of cells differ by five per cent at least, whatever the few at hand say: people and kinds of work do differ, and
/// without it a cell of three jobs would be as sure as all of them together.
const BETWEEN: f64 = 0.05 * 0.05;
/// Of a standard normal number, two-sided 95 %.
const SURELY: f64 = 1.96;

/// The usual ratio of actual to estimated of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bias {
    pub n: usize,
    /// Of the cell alone.
    pub raw: f64,
    /// Shrunk: by this an estimate is to be multiplied.
    pub factor: f64,
    /// 95 % interval of the factor.
    pub low: f64,
    pub high: f64,
    /// 0 where nothing is believed of the cell itself, 1 where all is.
    pub own: f64,
}

impl Bias {
    /// Whether the interval leaves no doubt on which side it is.
    pub fn is_clear(&self) -> bool {
        self.low > 1.0 || self.high < 1.0
    }
}

/// One bias per cell of ratios (actual / estimated, above 0), in their order; `None` for a cell of too few.
pub fn biases(cells: &[Vec<f64>]) -> Vec<Option<Bias>> {
    let logs: Vec<Vec<f64>> = cells
        .iter()
        .map(|ratios| {
            let known = ratios.iter().filter(|ratio| ratio.is_finite() && **ratio > 0.0);
            known.map(|ratio| ratio.ln().clamp(-MOST, MOST)).collect()
        })
        .collect();
    let enough: Vec<&Vec<f64>> = logs.iter().filter(|logs| logs.len() >= FEWEST_RATIOS).collect();
    if enough.is_empty() {
        return vec![None; cells.len()];
    }
    let within = within(&enough);
    let (centre, between) = prior(&enough, within);
    let cell = |logs: &Vec<f64>| {
        let n = logs.len();
        (n >= FEWEST_RATIOS).then(|| {
            let own_mean = mean(logs);
            let noise = within / n as f64;
            let own = between / (between + noise);
            let shrunk = own * own_mean + (1.0 - own) * centre.0;
            // The centre is estimated as well.
            let spread = (own * noise + (1.0 - own).powi(2) * centre.1).sqrt();
            let factor = |by: f64| (shrunk + by * SURELY * spread).exp();
            Bias { n, raw: own_mean.exp(), factor: shrunk.exp(), low: factor(-1.0), high: factor(1.0), own }
        })
    };
    logs.iter().map(cell).collect()
}

/// Variance of single logarithms around the mean of their cell, pooled.
fn within(cells: &[&Vec<f64>]) -> f64 {
    let squares: f64 = cells.iter().map(|logs| logs.iter().map(|x| (x - mean(logs)).powi(2)).sum::<f64>()).sum();
    let degrees: usize = cells.iter().map(|logs| logs.len() - 1).sum();
    (squares / degrees.max(1) as f64).max(1e-8)
}

/// The mean over cells with its variance, and the variance of the cells' true means around it.
fn prior(cells: &[&Vec<f64>], within: f64) -> ((f64, f64), f64) {
    let means: Vec<f64> = cells.iter().map(|logs| mean(logs)).collect();
    let weights: Vec<f64> = cells.iter().map(|logs| logs.len() as f64 / within).collect();
    let centre = |weights: &[f64]| {
        let total: f64 = weights.iter().sum();
        (weights.iter().zip(&means).map(|(weight, mean)| weight * mean).sum::<f64>() / total, 1.0 / total)
    };
    let (at, _) = centre(&weights);
    let scatter: f64 = weights.iter().zip(&means).map(|(weight, mean)| weight * (mean - at).powi(2)).sum();
    let total: f64 = weights.iter().sum();
    let effective = total - weights.iter().map(|weight| weight * weight).sum::<f64>() / total;
    let between =
        if effective > 0.0 { ((scatter - (means.len() as f64 - 1.0)) / effective).max(BETWEEN) } else { BETWEEN };
    let weights: Vec<f64> = weights.iter().map(|weight| 1.0 / (1.0 / weight + between)).collect();
    (centre(&weights), between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Cells of `n` ratios each around their true factor.
    fn cells(truth: &[f64], n: usize, noise: f64, seed: u64) -> Vec<Vec<f64>> {
        let mut random = Random::new(seed);
        let mut normal = move || (0..12).map(|_| random.uniform()).sum::<f64>() - 6.0;
        truth.iter().map(|factor| (0..n).map(|_| factor * (noise * normal()).exp()).collect()).collect()
    }

    #[test]
    fn shrunk_factors_are_closer_to_the_truth_than_raw_ones_and_their_intervals_hold() {
        let mut random = Random::new(5);
        let truth: Vec<f64> =
            (0..400).map(|_| (0.1 * ((0..12).map(|_| random.uniform()).sum::<f64>() - 6.0)).exp()).collect();
        let found: Vec<Bias> = biases(&cells(&truth, 6, 0.25, 9)).into_iter().flatten().collect();
        assert_eq!(found.len(), truth.len());
        let off = |of: fn(&Bias) -> f64| {
            found.iter().zip(&truth).map(|(bias, truth)| (of(bias) / truth).ln().abs()).sum::<f64>() / 400.0
        };
        assert!(off(|bias| bias.factor) < 0.85 * off(|bias| bias.raw), "{} {}", off(|b| b.factor), off(|b| b.raw));
        let held = found.iter().zip(&truth).filter(|(bias, truth)| (bias.low..=bias.high).contains(truth)).count();
        assert!((370..=392).contains(&held), "{held} of 400 at 95 %");
    }

    #[test]
    fn chance_is_not_called_a_habit_and_a_habit_is() {
        let honest: Vec<Bias> = biases(&cells(&[1.0; 100], 8, 0.2, 3)).into_iter().flatten().collect();
        let called = honest.iter().filter(|bias| bias.is_clear()).count();
        assert!(called <= 3, "{called} of 100");
        let mut truth = vec![1.0; 20];
        truth[4] = 1.3;
        let found = biases(&cells(&truth, 30, 0.2, 4))[4].expect("enough");
        assert!(found.is_clear() && (1.15..1.35).contains(&found.factor), "{found:?}");
    }

    #[test]
    fn few_ratios_say_nothing() {
        assert_eq!(biases(&[vec![1.2, 1.3], vec![f64::NAN, 1.0, 0.0]]), [None, None]);
        let one = biases(&[vec![1.2, 1.25, 1.3, 1.2]])[0].expect("a cell alone");
        assert!(one.is_clear() && (one.factor - one.raw).abs() < 1e-9, "{one:?}");
    }
}
