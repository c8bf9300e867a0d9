//! What each figure says about each other one among the jobs of a type: straight lines between logarithms, fitted so that
//! a few wrong jobs do not matter.
//!
//! A figure that is wrong disagrees with all others; a figure that is right disagrees with the wrong one alone. Hence the
//! weighted median over what the others say.

use super::fields::{FIELDS, Field, Figures};
use crate::numbers::{mean, median, quantile, robust_sigma, sorted};

/// Fewest jobs from which a relation, and a type of its own, is learnt.
const FEWEST_JOBS: usize = 15;
/// No relation is believed to be tighter than this (logarithm): rounding, price changes.
const TIGHTEST: f64 = 0.05;
/// No figure's usual disagreement is taken to be smaller than this (logarithm).
const LEAST_DOUBT: f64 = 0.08;
/// Residuals beyond so many robust deviations do not shape a line.
const LEFT_OUT: f64 = 3.0;

/// What is usual among the jobs of one type.
#[derive(Clone, Debug)]
pub(super) struct Relations {
    lines: Vec<Vec<Option<Line>>>,
    /// Usual disagreement of each figure with the others (logarithm); `None` where too few jobs have it.
    doubt: [Option<f64>; FIELDS.len()],
    /// Share of jobs in which a figure is there and not zero.
    present: [f64; FIELDS.len()],
    /// What 97 in 100 jobs stay below.
    large: [f64; FIELDS.len()],
}

/// `ln y = start + slope ln x`, with the robust spread of what is left.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: f64,
    slope: f64,
    spread: f64,
}

impl Relations {
    /// `None` with too few jobs.
    pub(super) fn among(jobs: &[&Figures]) -> Option<Self> {
        if jobs.len() < FEWEST_JOBS {
            return None;
        }
        let line = |y: Field, x: Field| if x == y { None } else { Line::between(jobs, y, x) };
        let lines = FIELDS.iter().map(|y| FIELDS.iter().map(|x| line(*y, *x)).collect()).collect();
        let share = |f: Field| {
            let count = jobs.iter().filter(|job| job[f.index()].is_some_and(|v| v != 0.0)).count();
            count as f64 / jobs.len() as f64
        };
        let mut relations = Self {
            lines,
            doubt: [None; FIELDS.len()],
            present: FIELDS.map(share),
            large: FIELDS.map(|f| large(jobs, f)),
        };
        for field in FIELDS {
            let off: Vec<f64> = jobs.iter().filter_map(|job| relations.off(job, field)).collect();
            let doubt = (off.len() >= FEWEST_JOBS).then(|| robust_sigma(&off).max(LEAST_DOUBT));
            relations.doubt[field.index()] = doubt;
        }
        Some(relations)
    }

    pub(super) fn presence(&self, field: Field) -> f64 {
        self.present[field.index()]
    }

    pub(super) fn large(&self, field: Field) -> f64 {
        self.large[field.index()]
    }

    /// What the other figures of the job say this one should be.
    pub(super) fn expected(&self, job: &Figures, field: Field) -> Option<f64> {
        let mut says: Vec<(f64, f64)> = Vec::new();
        for other in FIELDS {
            if let (Some(x), Some(line)) = (positive(job, other), self.lines[field.index()][other.index()]) {
                says.push((line.start + line.slope * x.ln(), line.spread.powi(-2)));
            }
        }
        weighted_median(says).map(f64::exp)
    }

    /// Logarithm of the figure over what is expected.
    pub(super) fn off(&self, job: &Figures, field: Field) -> Option<f64> {
        Some((positive(job, field)? / self.expected(job, field)?).ln())
    }

    /// The same in usual disagreements.
    pub(super) fn strangeness(&self, job: &Figures, field: Field) -> Option<f64> {
        Some(self.off(job, field)? / self.doubt[field.index()]?)
    }

    /// Squared strangeness of all figures together; a single one counts at most so much that several are heard.
    pub(super) fn inconsistency(&self, job: &Figures) -> f64 {
        let one = |field: Field| self.strangeness(job, field).map_or(0.0, |z| z.powi(2).min(100.0));
        FIELDS.into_iter().map(one).sum()
    }
}

pub(super) fn positive(job: &Figures, field: Field) -> Option<f64> {
    job[field.index()].filter(|value| *value > 0.0)
}

fn large(jobs: &[&Figures], field: Field) -> f64 {
    let values: Vec<f64> = jobs.iter().filter_map(|job| positive(job, field)).collect();
    quantile(&sorted(&values), 0.97)
}

impl Line {
    fn between(jobs: &[&Figures], y: Field, x: Field) -> Option<Self> {
        let pairs: Vec<(f64, f64)> =
            jobs.iter().filter_map(|job| Some((positive(job, x)?.ln(), positive(job, y)?.ln()))).collect();
        if pairs.len() < FEWEST_JOBS {
            return None;
        }
        let differences: Vec<f64> = pairs.iter().map(|(x, y)| y - x).collect();
        let mut line = Self { start: median(&differences), slope: 1.0, spread: robust_sigma(&differences) };
        for _ in 0..4 {
            line = line.refitted(&pairs);
        }
        Some(line)
    }

    fn refitted(self, pairs: &[(f64, f64)]) -> Self {
        let limit = LEFT_OUT * self.spread.max(TIGHTEST);
        let kept: Vec<&(f64, f64)> = pairs.iter().filter(|pair| self.left(pair).abs() <= limit).collect();
        let (xs, ys): (Vec<f64>, Vec<f64>) = kept.iter().map(|pair| (pair.0, pair.1)).unzip();
        let (x_mean, y_mean) = (mean(&xs), mean(&ys));
        let together: f64 = kept.iter().map(|(x, y)| (x - x_mean) * (y - y_mean)).sum();
        let squares: f64 = xs.iter().map(|x| (x - x_mean).powi(2)).sum();
        let slope = if squares > 1e-9 { together / squares } else { 0.0 };
        let mut line = Self { start: y_mean - slope * x_mean, slope, spread: 0.0 };
        let left: Vec<f64> = pairs.iter().map(|pair| line.left(pair)).collect();
        line.spread = robust_sigma(&left).max(TIGHTEST);
        line
    }

    fn left(&self, pair: &(f64, f64)) -> f64 {
        pair.1 - self.start - self.slope * pair.0
    }
}

/// `None` with fewer than two voices: one alone cannot tell who is wrong.
fn weighted_median(mut says: Vec<(f64, f64)>) -> Option<f64> {
    if says.len() < 2 {
        return None;
    }
    says.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half: f64 = says.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let middle = says.iter().find(|(_, weight)| {
        sum += weight;
        sum >= half
    });
    middle.map(|(value, _)| *value)
}
