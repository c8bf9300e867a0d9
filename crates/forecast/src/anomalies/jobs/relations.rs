//! What each figure says about each other one among the jobs of a type: straight lines between logarithms, fitted so that
//! a few wrong jobs do not matter.
//!
//! A figure that is wrong disagrees with all others; a figure that is right disagrees with the wrong one alone. Hence the
//! weighted median over what the others say.

use super::fields::{FIELDS, Field, Figures, logarithms};
use crate::numbers::{median, quantile, robust_sigma, sorted};

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
    /// Usual disagreement of the labour cost with all that does not come from the same hours (logarithm).
    labour_doubt: Option<f64>,
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
    /// How much its word counts: one over the squared spread.
    weight: f64,
}

impl Relations {
    /// `None` with too few jobs.
    pub(super) fn among(jobs: &[&Figures]) -> Option<Self> {
        if jobs.len() < FEWEST_JOBS {
            return None;
        }
        let logs: Vec<Figures> = jobs.iter().map(|job| logarithms(job)).collect();
        let line = |y: Field, x: Field| if x == y { None } else { Line::between(&logs, y, x) };
        let lines = FIELDS.iter().map(|y| FIELDS.iter().map(|x| line(*y, *x)).collect()).collect();
        let share = |f: Field| {
            let count = jobs.iter().filter(|job| job[f.index()].is_some_and(|v| v != 0.0)).count();
            count as f64 / jobs.len() as f64
        };
        let mut relations = Self {
            lines,
            doubt: [None; FIELDS.len()],
            labour_doubt: None,
            present: FIELDS.map(share),
            large: FIELDS.map(|f| large(jobs, f)),
        };
        for field in FIELDS {
            let off: Vec<f64> = logs.iter().filter_map(|logs| relations.off(logs, field)).collect();
            let doubt = (off.len() >= FEWEST_JOBS).then(|| robust_sigma(&off).max(LEAST_DOUBT));
            relations.doubt[field.index()] = doubt;
        }
        let off: Vec<f64> = logs.iter().filter_map(|logs| relations.off(&without_hours(logs), Field::Labour)).collect();
        relations.labour_doubt = (off.len() >= FEWEST_JOBS).then(|| robust_sigma(&off).max(LEAST_DOUBT));
        Some(relations)
    }

    /// Logarithm of the labour cost that the figures without hours in them say, and by how many usual disagreements the job's
    /// differs.
    pub(super) fn labour_by_the_rest(&self, logs: &Figures) -> Option<(f64, f64)> {
        let rest = without_hours(logs);
        let expected = self.expected(&rest, Field::Labour)?;
        Some((expected, (logs[Field::Labour.index()]? - expected) / self.labour_doubt?))
    }

    pub(super) fn presence(&self, field: Field) -> f64 {
        self.present[field.index()]
    }

    pub(super) fn large(&self, field: Field) -> f64 {
        self.large[field.index()]
    }

    /// Logarithm of what the other figures of the job, given as logarithms, say this one should be.
    pub(super) fn expected(&self, logs: &Figures, field: Field) -> Option<f64> {
        let mut says = [(0.0, 0.0); FIELDS.len()];
        let mut count = 0;
        for (x, line) in logs.iter().zip(&self.lines[field.index()]) {
            if let (Some(x), Some(line)) = (x, line) {
                says[count] = (line.start + line.slope * x, line.weight);
                count += 1;
            }
        }
        weighted_median(&mut says[..count])
    }

    /// Logarithm of the figure over what is expected.
    pub(super) fn off(&self, logs: &Figures, field: Field) -> Option<f64> {
        Some(logs[field.index()]? - self.expected(logs, field)?)
    }

    /// The same in usual disagreements.
    pub(super) fn strangeness(&self, logs: &Figures, field: Field) -> Option<f64> {
        self.in_doubts(self.off(logs, field)?, field)
    }

    /// A disagreement in usual disagreements of the figure.
    pub(super) fn in_doubts(&self, off: f64, field: Field) -> Option<f64> {
        Some(off / self.doubt[field.index()]?)
    }

    /// Whether the labour cost is what the hours worked usually cost.
    pub(super) fn labour_fits_hours(&self, logs: &Figures) -> bool {
        let line = self.lines[Field::Labour.index()][Field::ActualHours.index()];
        let off = self.off_line(logs, Field::Labour, Field::ActualHours);
        line.zip(off).is_some_and(|(line, off)| off.abs() <= LEFT_OUT * line.spread)
    }

    /// Logarithm of the hours worked over what the estimated ones usually become.
    pub(super) fn hours_by_estimate(&self, logs: &Figures) -> Option<f64> {
        self.off_line(logs, Field::ActualHours, Field::EstimatedHours)
    }

    /// Logarithm of one figure over what another one alone says.
    fn off_line(&self, logs: &Figures, y: Field, x: Field) -> Option<f64> {
        let line = self.lines[y.index()][x.index()]?;
        Some(line.left(&(logs[x.index()]?, logs[y.index()]?)))
    }

    /// Squared strangeness of all figures together; a single one counts at most so much that several are heard.
    pub(super) fn inconsistency(&self, logs: &Figures) -> f64 {
        let one = |field: Field| self.strangeness(logs, field).map_or(0.0, |z| z.powi(2).min(100.0));
        FIELDS.into_iter().map(one).sum()
    }
}

/// The figures that do not follow the hours worked, and the labour cost.
fn without_hours(logs: &Figures) -> Figures {
    let mut rest = *logs;
    for field in [Field::Burden, Field::ActualHours, Field::Total] {
        rest[field.index()] = None;
    }
    rest
}

pub(super) fn positive(job: &Figures, field: Field) -> Option<f64> {
    job[field.index()].filter(|value| *value > 0.0)
}

fn large(jobs: &[&Figures], field: Field) -> f64 {
    let values: Vec<f64> = jobs.iter().filter_map(|job| positive(job, field)).collect();
    quantile(&sorted(&values), 0.97)
}

impl Line {
    fn between(logs: &[Figures], y: Field, x: Field) -> Option<Self> {
        let pairs: Vec<(f64, f64)> = logs.iter().filter_map(|job| Some((job[x.index()]?, job[y.index()]?))).collect();
        if pairs.len() < FEWEST_JOBS {
            return None;
        }
        let differences: Vec<f64> = pairs.iter().map(|(x, y)| y - x).collect();
        let mut line = Self::of(median(&differences), 1.0, robust_sigma(&differences));
        for _ in 0..4 {
            line = line.refitted(&pairs);
        }
        Some(line)
    }

    fn of(start: f64, slope: f64, spread: f64) -> Self {
        Self { start, slope, spread, weight: spread.powi(-2) }
    }

    fn refitted(self, pairs: &[(f64, f64)]) -> Self {
        let limit = LEFT_OUT * self.spread.max(TIGHTEST);
        let kept = || pairs.iter().filter(|pair| self.left(pair).abs() <= limit);
        let (xs, ys, count) = kept().fold((0.0, 0.0, 0_usize), |(xs, ys, n), (x, y)| (xs + x, ys + y, n + 1));
        let (x_mean, y_mean) = (xs / count.max(1) as f64, ys / count.max(1) as f64);
        let (together, squares) = kept().fold((0.0, 0.0), |(together, squares), (x, y)| {
            (together + (x - x_mean) * (y - y_mean), squares + (x - x_mean).powi(2))
        });
        let slope = if squares > 1e-9 { together / squares } else { 0.0 };
        let line = Self::of(y_mean - slope * x_mean, slope, 0.0);
        let left: Vec<f64> = pairs.iter().map(|pair| line.left(pair)).collect();
        Self::of(line.start, slope, robust_sigma(&left).max(TIGHTEST))
    }

    fn left(&self, pair: &(f64, f64)) -> f64 {
        pair.1 - self.start - self.slope * pair.0
    }
}

/// Over value and weight; `None` with fewer than two voices: one alone cannot tell who is wrong.
fn weighted_median(says: &mut [(f64, f64)]) -> Option<f64> {
    if says.len() < 2 {
        return None;
    }
    in_order(says);
    let half: f64 = says.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let middle = says.iter().find(|(_, weight)| {
        sum += weight;
        sum >= half
    });
    middle.map(|(value, _)| *value)
}

/// Insertion: quickest for at most sixteen.
fn in_order(says: &mut [(f64, f64)]) {
    for end in 1..says.len() {
        let one = says[end];
        let mut at = end;
        while at > 0 && says[at - 1].0 > one.0 {
            says[at] = says[at - 1];
            at -= 1;
        }
        says[at] = one;
    }
}
