//! Which parameters the trees get, and what the chosen ones missed by.
//!
//! A few candidates, no more: on the hundreds to thousands of jobs that a shop has, a wide search finds noise. Each is
//! measured on the inner folds after every tree, which gives the number of trees as well. The misses of the winner on
//! rows it had not seen are what the ranges are made of.

use serde::{Deserialize, Serialize};

use crate::boost::{BoostParams, Booster, Loss, Matrix, Sample, Shape};
use crate::encoding::{Encoder, Form, Rows};
use crate::split::Split;
use crate::stages::Stages;
use crate::target::Scale;
use crate::{LearnError, Table, TrainingSet};

/// Rows times features that a tree may split on which a machine of two cores works through in a second, as measured with
/// room to spare; a tree on fewer rows than `LEAST_ROWS` takes as long as on these.
const WORK_PER_SECOND: f64 = 3.0e7;
const LEAST_ROWS: usize = 500;
/// Columns that a level of a tree may split on: all but three tenths of a few, a draw of many.
const COLUMNS: f64 = 50.0;

/// Parameters with the form of categories that suits them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Recipe {
    pub(crate) params: BoostParams,
    pub(crate) form: Form,
    /// How many ensembles of different seeds are averaged.
    pub(crate) members: usize,
}

/// What the inner folds said.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) recipe: Recipe,
    /// Per row the scaled prediction of an ensemble that had not seen it.
    pub(crate) unseen: Vec<Option<f64>>,
}

/// The columns and targets of the rows that are learned from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lesson<'a> {
    pub(crate) set: &'a TrainingSet,
    pub(crate) columns: &'a [String],
    pub(crate) scale: &'a Scale,
}

/// How much work the search may do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Effort {
    /// Seconds on a machine of two cores.
    pub(crate) seconds: f64,
    pub(crate) seed: u64,
}

const SYMMETRIC: BoostParams = BoostParams {
    shape: Shape::Symmetric,
    loss: Loss::Squared,
    rounds: 600,
    depth: 5,
    eta: 0.05,
    lambda: 3.0,
    min_rows: 1.0,
    row_share: 0.8,
    column_share: 0.7,
};

const CANDIDATES: [(BoostParams, Form); 3] = [
    (SYMMETRIC, Form::Flags),
    (BoostParams { depth: 3, ..SYMMETRIC }, Form::Flags),
    (
        BoostParams { shape: Shape::Free, loss: Loss::Absolute, depth: 6, rounds: 300, min_rows: 5.0, ..SYMMETRIC },
        Form::Codes,
    ),
];

/// Tries the candidates that the effort allows on the folds.
pub(crate) fn search(
    stages: &Stages<'_>,
    lesson: &Lesson<'_>,
    folds: &[Split],
    effort: &Effort,
) -> Result<Found, LearnError> {
    let plan = plan(lesson, folds, effort);
    let mut best: Option<(f64, Found)> = None;
    for candidate in &plan {
        stages.next("choosing the trees")?;
        let (error, found) = try_candidate(stages, lesson, folds, candidate, effort.seed)?;
        if best.as_ref().is_none_or(|(least, _)| error < *least) {
            best = Some((error, found));
        }
    }
    let (_, found) = best.expect("a plan has at least one candidate");
    Ok(found)
}

/// The misses of a recipe that is already chosen.
pub(crate) fn measure(
    stages: &Stages<'_>,
    lesson: &Lesson<'_>,
    folds: &[Split],
    recipe: &Recipe,
    seed: u64,
) -> Result<Vec<Option<f64>>, LearnError> {
    stages.next("measuring what it misses")?;
    let mut unseen = vec![None; lesson.set.rows()];
    for fold in folds {
        let (x, y, tested) = prepare(lesson, fold, recipe.form, seed)?;
        let booster = Booster::fit(stages.task, &recipe.params, seed, Sample { x: &x, y: &y })?;
        place(&mut unseen, fold, booster.predict(&tested, recipe.params.rounds)?);
    }
    Ok(unseen)
}

/// Grows the members on all rows of the lesson.
pub(crate) fn grow(
    stages: &Stages<'_>,
    lesson: &Lesson<'_>,
    recipe: &Recipe,
    seed: u64,
) -> Result<(Encoder, Vec<Booster>), LearnError> {
    let y = targets(lesson, None);
    let encoder = Encoder::fit(&lesson.set.table, lesson.columns, &y, recipe.form);
    let keys = lesson.set.keys();
    let member = |number: usize| {
        stages.next("growing the trees")?;
        let seed = seed.wrapping_add(number as u64);
        let x = encoder.training(&lesson.set.table, Rows { y: &y, keys: &keys }, seed)?;
        Booster::fit(stages.task, &recipe.params, seed, Sample { x: &x, y: &y })
    };
    let members = (0..recipe.members).map(member).collect::<Result<_, _>>()?;
    Ok((encoder, members))
}

/// All candidates where the effort allows, else the first with as many trees as it allows.
fn plan(lesson: &Lesson<'_>, folds: &[Split], effort: &Effort) -> Vec<Recipe> {
    let rows: usize = folds.iter().map(|fold| fold.train.len().max(LEAST_ROWS)).sum();
    let column_share = (COLUMNS / lesson.columns.len() as f64).clamp(0.2, SYMMETRIC.column_share);
    let per_tree = (rows * lesson.columns.len().max(4)) as f64 * column_share / WORK_PER_SECOND;
    let members = if lesson.set.rows() > 20_000 { 2 } else { 4 };
    let mut left = effort.seconds;
    let mut plan = Vec::new();
    for (params, form) in CANDIDATES {
        let affordable = (left / per_tree) as usize;
        if plan.is_empty() || affordable >= params.rounds {
            let rounds = params.rounds.min(affordable.max(60));
            let eta = params.eta * (params.rounds as f64 / rounds as f64).min(4.0);
            plan.push(Recipe { params: BoostParams { rounds, eta, column_share, ..params }, form, members });
            left -= rounds as f64 * per_tree;
        }
    }
    plan
}

fn try_candidate(
    stages: &Stages<'_>,
    lesson: &Lesson<'_>,
    folds: &[Split],
    recipe: &Recipe,
    seed: u64,
) -> Result<(f64, Found), LearnError> {
    let mut total = vec![0.0; recipe.params.rounds];
    let mut grown = Vec::new();
    for fold in folds {
        let (x, y, tested) = prepare(lesson, fold, recipe.form, seed)?;
        let valid = targets(lesson, Some(&fold.test));
        let train = Sample { x: &x, y: &y };
        let (booster, curve) =
            Booster::fit_measured(stages.task, &recipe.params, seed, train, Sample { x: &tested, y: &valid })?;
        total.iter_mut().zip(curve).for_each(|(sum, error)| *sum += error * fold.test.len() as f64);
        grown.push((booster, tested));
    }
    let (last, error) = least(&total);
    let mut unseen = vec![None; lesson.set.rows()];
    for (fold, (booster, tested)) in folds.iter().zip(&grown) {
        place(&mut unseen, fold, booster.predict(tested, last + 1)?);
    }
    let params = BoostParams { rounds: last + 1, ..recipe.params };
    Ok((error, Found { recipe: Recipe { params, ..*recipe }, unseen }))
}

/// The first least value and where it stands.
fn least(values: &[f64]) -> (usize, f64) {
    let first = (0, f64::INFINITY);
    values.iter().enumerate().fold(first, |least, (i, &value)| if value < least.1 { (i, value) } else { least })
}

fn prepare(lesson: &Lesson<'_>, fold: &Split, form: Form, seed: u64) -> Result<(Matrix, Vec<f64>, Matrix), LearnError> {
    let (train, test): (Table, Table) = (lesson.set.table.select(&fold.train), lesson.set.table.select(&fold.test));
    let y = targets(lesson, Some(&fold.train));
    let keys = lesson.set.keys();
    let keys: Vec<u64> = fold.train.iter().map(|&row| keys[row]).collect();
    let encoder = Encoder::fit(&train, lesson.columns, &y, form);
    let x = encoder.training(&train, Rows { y: &y, keys: &keys }, seed)?;
    Ok((x, y, encoder.transform(&test)?))
}

fn targets(lesson: &Lesson<'_>, rows: Option<&[usize]>) -> Vec<f64> {
    let scaled = |y: f64| lesson.scale.scaled(y);
    match rows {
        Some(rows) => rows.iter().map(|&row| scaled(lesson.set.target[row])).collect(),
        None => lesson.set.target.iter().map(|&y| scaled(y)).collect(),
    }
}

fn place(unseen: &mut [Option<f64>], fold: &Split, predicted: Vec<f64>) {
    fold.test.iter().zip(predicted).for_each(|(&row, z)| unseen[row] = Some(z));
}
