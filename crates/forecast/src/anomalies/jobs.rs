//! Jobs whose figures cannot be right: slips, swaps, wrong units, missing departments, duplicates; and jobs that cost far
//! more or less than anything explains.
//!
//! Every figure is compared with what the other figures of the same job say among jobs of its type. A suspicion is told
//! only where putting it right makes the job ordinary, so that dear, cheap and unlucky jobs stay quiet.

mod duplicates;
mod fields;
mod relations;
mod suspicions;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use signwright_domain::Task;
use signwright_domain::anomaly::{AnomalyKind, AnomalySeverity, RowAnomaly};
use signwright_domain::job::Job;
use signwright_domain::task::Cancelled;

use duplicates::repeated;
use fields::{Field, Figures, currency, figures, logarithms, sum_of_parts};
use relations::Relations;
use suspicions::{Case, Suspicion};

/// Robust deviations and factor from which a job is unusual although nothing is wrong with it.
const UNUSUAL: f64 = 4.0;
const UNUSUAL_FACTOR: f64 = 2.2;
/// Share of jobs whose parts add up from which a sum that does not is an error.
const SUMS_HOLD: f64 = 0.8;
/// After so many jobs is said how far it is.
const PIECE: usize = 500;

/// The strange jobs only, strongest first, at most one finding per job; `row` is the position in `jobs`. `expected_cost`
/// is the cost model's expectation of each job's total in major units, `None` (or a shorter slice) where there is none.
/// Jobs without actual costs are looked at with what they have; types with fewer than fifteen jobs are compared with all.
pub fn in_jobs(jobs: &[Job], expected_cost: &[Option<f64>]) -> Vec<RowAnomaly> {
    look_in_jobs(&Task::silent(), jobs, expected_cost).expect("nobody cancels a silent task")
}

/// The same with progress.
///
/// # Errors
/// [`Cancelled`] where the task was.
pub fn look_in_jobs(task: &Task, jobs: &[Job], expected_cost: &[Option<f64>]) -> Result<Vec<RowAnomaly>, Cancelled> {
    let step = |done: usize| task.step(done as u64, jobs.len() as u64, "comparing each job with its type");
    step(0)?;
    let expected = |at: usize| expected_cost.get(at).copied().flatten();
    let all: Vec<Figures> = jobs.iter().enumerate().map(|(at, job)| figures(job, expected(at))).collect();
    let repeats = repeated(jobs);
    step(0)?;
    let usual = Usual::among(jobs, &all, &repeats);
    let mut found: Vec<RowAnomaly> = Vec::new();
    for (at, (job, figures)) in jobs.iter().zip(&all).enumerate() {
        if at % PIECE == 0 {
            step(at)?;
        }
        found.extend(match repeats[at] {
            Some(earlier) => Some(duplicate(at, job, &jobs[earlier])),
            None => judged(at, job, figures, &usual),
        });
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
    Ok(found)
}

/// What is usual, per sign type and over all.
struct Usual<'a> {
    types: BTreeMap<&'a str, Option<Relations>>,
    once: Vec<&'a Figures>,
    /// Learnt only where some type is too small for relations of its own.
    all: OnceCell<Option<Relations>>,
    sums_hold: bool,
}

impl<'a> Usual<'a> {
    /// Repeats do not vote twice.
    fn among(jobs: &'a [Job], all: &'a [Figures], repeats: &[Option<usize>]) -> Self {
        let mut types: BTreeMap<&str, Vec<&Figures>> = BTreeMap::new();
        let mut once: Vec<&Figures> = Vec::new();
        for ((job, figures), _) in jobs.iter().zip(all).zip(repeats).filter(|(_, repeat)| repeat.is_none()) {
            types.entry(type_of(job)).or_default().push(figures);
            once.push(figures);
        }
        let sums: Vec<bool> = once.iter().filter_map(|figures| adds_up(figures)).collect();
        let right = sums.iter().filter(|right| **right).count();
        Self {
            types: types.into_iter().map(|(name, jobs)| (name, Relations::among(&jobs))).collect(),
            sums_hold: !sums.is_empty() && right as f64 >= SUMS_HOLD * sums.len() as f64,
            once,
            all: OnceCell::new(),
        }
    }

    fn of(&self, job: &Job) -> Option<&Relations> {
        let of_type = self.types.get(type_of(job)).and_then(Option::as_ref);
        of_type.or_else(|| self.all.get_or_init(|| Relations::among(&self.once)).as_ref())
    }
}

fn type_of(job: &Job) -> &str {
    job.sign_type.as_deref().or(job.specification.text("sign_type")).unwrap_or_default()
}

fn adds_up(figures: &Figures) -> Option<bool> {
    let (total, sum) = (figures[Field::Total.index()]?, sum_of_parts(figures)?);
    Some((total - sum).abs() <= (0.005 * total.abs()).max(1.0))
}

fn judged(at: usize, job: &Job, figures: &Figures, usual: &Usual<'_>) -> Option<RowAnomaly> {
    let relations = usual.of(job)?;
    match Case::of(figures, relations, usual.sums_hold).strongest() {
        Some(suspicion) => Some(told(at, job, figures, &suspicion)),
        None => unusual(at, job, figures, relations),
    }
}

fn told(at: usize, job: &Job, figures: &Figures, suspicion: &Suspicion) -> RowAnomaly {
    let detectors = ["figures of similar jobs"].into_iter().chain(suspicion.wrong_sum.then_some("sum of the parts"));
    RowAnomaly {
        row: at as u32,
        kind: suspicion.kind,
        score: score(suspicion.gain),
        severity: severity(figures, suspicion),
        field: suspicion.field.name().to_owned(),
        expected: suspicion.field.written(suspicion.right, currency(job)),
        detectors: detectors.map(str::to_owned).collect(),
        explanation: sentence(job, figures, suspicion),
    }
}

/// From squared disagreements taken away to 0..1: 16 gives .33, 100 gives .92.
fn score(gain: f64) -> f64 {
    1.0 - (-gain / 40.0).exp()
}

/// By the share of the job's cost that is wrong.
fn severity(figures: &Figures, suspicion: &Suspicion) -> AnomalySeverity {
    let value = figures[suspicion.field.index()].unwrap_or_default();
    let whole = figures[Field::Total.index()].or(figures[Field::EstimatedCost.index()]).unwrap_or(1.0).abs();
    let wrong = if suspicion.field.is_size() { whole } else { (value - suspicion.right).abs() };
    match wrong / whole.max(1.0) {
        share if share >= 0.25 => AnomalySeverity::High,
        share if share >= 0.05 => AnomalySeverity::Medium,
        _ => AnomalySeverity::Low,
    }
}

fn sentence(job: &Job, figures: &Figures, suspicion: &Suspicion) -> String {
    let written = |value: f64| suspicion.field.written(value, currency(job));
    let (name, words, right) = (job.number(), suspicion.field.words(), written(suspicion.right));
    let value = figures[suspicion.field.index()].map_or_else(|| "nothing".to_owned(), written);
    let sum = if suspicion.wrong_sum { "; the parts do not add up to the total" } else { "" };
    match suspicion.kind {
        AnomalyKind::DecimalSlip => {
            format!("{name}: the {words} of {value} looks like a slipped decimal point, {right} would fit{sum}")
        }
        AnomalyKind::WrongUnit => {
            let units = if suspicion.field.is_size() { "inches and feet" } else { "minutes and hours" };
            format!("{name}: the {words} of {value} looks like {units} mixed up, {right} would fit")
        }
        AnomalyKind::SwappedColumns => {
            let partner = suspicion.partner.map(Field::words).unwrap_or_default();
            format!("{name}: {words} and {partner} look exchanged, {words} should be {right}")
        }
        AnomalyKind::MissingDepartment if figures[suspicion.field.index()].is_some_and(|v| v > 0.0) => {
            format!(
                "{name}: the {words} is only {value} where about {right} is usual; a department's hours may be missing{sum}"
            )
        }
        AnomalyKind::MissingDepartment => {
            format!(
                "{name}: there is no {words}, though jobs of this type always have one; about {right} is missing{sum}"
            )
        }
        AnomalyKind::Unusual
        | AnomalyKind::Impossible
        | AnomalyKind::Duplicate
        | AnomalyKind::Point
        | AnomalyKind::Contextual
        | AnomalyKind::Collective
        | AnomalyKind::Level
        | AnomalyKind::Trend => {
            format!("{name}: the {words} is {value} where {right} would fit the other figures{sum}")
        }
    }
}

fn duplicate(at: usize, job: &Job, earlier: &Job) -> RowAnomaly {
    let same_order = job.work_order.is_some() && job.work_order == earlier.work_order;
    let explanation = if same_order {
        format!("work order {} is in the history twice; one of the two should go", job.number())
    } else {
        format!("{} repeats {}: same customer, type, size and amounts to the cent", job.number(), earlier.number())
    };
    RowAnomaly {
        row: at as u32,
        kind: AnomalyKind::Duplicate,
        score: 0.99,
        severity: AnomalySeverity::High,
        field: "work_order".to_owned(),
        expected: earlier.number().to_owned(),
        detectors: vec!["same record".to_owned()],
        explanation,
    }
}

/// Nothing is wrong with the figures, and yet the job cost a multiple or a fraction of what the model expects, without a
/// cause on record.
fn unusual(at: usize, job: &Job, figures: &Figures, usual: &Relations) -> Option<RowAnomaly> {
    let (total, expected) = (figures[Field::Total.index()]?, figures[Field::Model.index()]?);
    if total <= 0.0 || expected <= 0.0 || job.overrun_cause.is_some() {
        return None;
    }
    let strange = usual.strangeness(&logarithms(figures), Field::Model)?.abs();
    let factor = (total / expected).max(expected / total);
    if strange < UNUSUAL || factor < UNUSUAL_FACTOR {
        return None;
    }
    let written = |value: f64| Field::Total.written(value, currency(job));
    let way = if total > expected { "more" } else { "less" };
    Some(RowAnomaly {
        row: at as u32,
        kind: AnomalyKind::Unusual,
        score: score(strange.powi(2)).min(0.9),
        severity: AnomalySeverity::Medium,
        field: Field::Total.name().to_owned(),
        expected: written(expected),
        detectors: vec!["cost model".to_owned()],
        explanation: format!(
            "{}: the total cost of {} is far {way} than the {} that jobs like it cost, and no figure explains it",
            job.number(),
            written(total),
            written(expected)
        ),
    })
}
