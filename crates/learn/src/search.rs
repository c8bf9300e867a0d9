//! Which learners are mixed, with which parameters, and what the mixture misses by.
//!
//! A handful of learners that err in different ways, no wide search: on the hundreds to thousands of jobs that a shop has,
//! a wide one finds noise. Each is measured on the inner folds, boosted trees after every tree, which gives their number
//! as well; then it is decided how much each counts. The misses of the mixture on rows it had not seen are what the
//! ranges are made of.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;

use crate::blend::{Judge, weights};
use crate::boost::{BoostParams, FOREST, Loss, Shape};
use crate::inputs::Inputs;
use crate::member::{Base, Known, Lesson, Member, Recipe, Trial, View, fading};
use crate::model::mean_prediction;
use crate::ridge::Line;
use crate::split::Split;
use crate::stages::Stages;
use crate::target::Scale;
use crate::{LearnError, Table, TrainingSet, bits};

/// Rows times features times levels that a machine of two cores works through in a second, as measured with room to
/// spare; a tree on fewer rows than `LEAST_ROWS` takes as long as on these.
const WORK_PER_SECOND: f64 = 5.0e8;
const LEAST_ROWS: usize = 500;
/// Share of its rounds that a learner must be able to grow to be tried.
const LEAST_SHARE: f64 = 0.15;
/// Fewest rounds of the first trees, however little may be spent.
const FEWEST_ROUNDS: usize = 60;
/// Up to these rows this many ensembles of different seeds are averaged, one of more: the more rows, the less a seed
/// matters.
const SEEDS: [(usize, u64); 2] = [(2_000, 4), (20_000, 2)];

/// What is mixed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Blend {
    /// Whether the members learn the logarithm of the target.
    pub(crate) log: bool,
    pub(crate) parts: Vec<Part>,
}

/// A member and how much it counts; weights add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    #[serde(with = "bits")]
    pub(crate) weight: f64,
    pub(crate) recipe: Recipe,
}

/// What the inner folds said.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) blend: Blend,
    pub(crate) scale: Scale,
    /// Per row the scaled prediction of a mixture that had not seen it.
    pub(crate) unseen: Vec<Option<f64>>,
    /// What the simple rule said of the same rows at the same time; empty where it was not asked.
    pub(crate) ruled: Vec<Option<f64>>,
}

/// The columns and rows that are learned from, and the folds that what is learned is measured on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'a> {
    pub(crate) set: &'a TrainingSet,
    pub(crate) columns: &'a [String],
    /// The column whose medians are the simple rule.
    pub(crate) class: Option<&'a str>,
    pub(crate) folds: &'a [Split],
    pub(crate) seed: u64,
}

impl Ground<'_> {
    /// The class where it is learned from: one that is the same in every row names nothing to start from.
    fn told(&self) -> Option<&str> {
        self.class.filter(|class| self.columns.iter().any(|name| name == class))
    }
}

/// Seconds of work on a machine of two cores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Effort {
    pub(crate) seconds: f64,
    pub(crate) seed: u64,
}

const LOW: BoostParams = BoostParams {
    shape: Shape::Symmetric,
    loss: Loss::Squared,
    rounds: 1200,
    depth: 4,
    eta: 0.025,
    lambda: 1.0,
    min_rows: 1.0,
    row_share: 0.5,
    column_share: 0.3,
    bins: 64,
};
const DEEP: BoostParams =
    BoostParams { rounds: 1500, depth: 6, eta: 0.06, lambda: 3.0, row_share: 0.8, column_share: 0.8, bins: 255, ..LOW };
const FREE: BoostParams =
    BoostParams { shape: Shape::Free, rounds: 700, depth: 8, eta: 0.04, min_rows: 3.0, column_share: 0.5, ..DEEP };
const MEDIAN: BoostParams =
    BoostParams { loss: Loss::Absolute, rounds: 400, depth: 6, eta: 0.05, min_rows: 5.0, column_share: 0.6, ..FREE };
const RANDOM: BoostParams = BoostParams {
    shape: Shape::Forest,
    rounds: 1,
    depth: 9,
    eta: 1.0,
    lambda: 0.0,
    min_rows: 1.0,
    row_share: 1.0,
    column_share: 0.5,
    ..DEEP
};

const LINE: Recipe = Recipe { base: Base::Line, trees: None, fading: false };
const RECENT: Recipe = Recipe { base: Base::Recent, trees: None, fading: false };
const fn trees(params: BoostParams) -> Recipe {
    on(Base::Nothing, params)
}
const fn on(base: Base, params: BoostParams) -> Recipe {
    Recipe { base, trees: Some(params), fading: false }
}

/// These decide the scale.
const FIRST: [Recipe; 2] = [LINE, trees(LOW)];
/// The likeliest to help first.
const MORE: [Recipe; 9] = [
    RECENT,
    on(Base::Line, BoostParams { rounds: 800, ..LOW }),
    trees(MEDIAN),
    on(Base::Recent, MEDIAN),
    trees(DEEP),
    on(Base::Line, BoostParams { rounds: 400, eta: 0.05, column_share: 0.6, ..DEEP }),
    trees(FREE),
    trees(RANDOM),
    Recipe { fading: true, ..on(Base::Line, BoostParams { rounds: 800, ..LOW }) },
];
/// Learners tried at most: the first on two scales.
pub(crate) const TRIED: u64 = 2 * FIRST.len() as u64 + MORE.len() as u64;

/// Tries the learners that the effort allows on the folds, and mixes them.
pub(crate) fn search(stages: &Stages<'_>, ground: &Ground<'_>, effort: &Effort) -> Result<Option<Found>, LearnError> {
    let scales = Scale::candidates(&ground.set.target);
    let mut purse = Purse { left: effort.seconds };
    let share = effort.seconds / 4.0 / scales.len().max(1) as f64;
    let mut contest = Vec::new();
    for scale in scales {
        let folds = prepare(ground, &scale)?;
        let mut bench = Bench::new(ground, scale, folds);
        for recipe in FIRST {
            bench.try_out(stages, &purse.required(&recipe, &bench, share))?;
        }
        contest.push((bench.mixed().1, bench));
    }
    let best = contest.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, mut bench)) = best else { return Ok(None) };
    // What the class cost lately moves on with time; where time does not count, trees find the classes by themselves.
    let useful = |recipe: &Recipe| match (recipe.base, recipe.trees) {
        _ if recipe.fading => bench.by_time(),
        (Base::Recent, None) => ground.told().is_some(),
        (Base::Recent, Some(_)) => ground.told().is_some() && bench.by_time(),
        (Base::Nothing | Base::Line, _) => true,
    };
    let useful: Vec<Recipe> = MORE.into_iter().filter(useful).collect();
    for recipe in useful {
        if let Some(recipe) = purse.affordable(&recipe, &bench) {
            bench.try_out(stages, &recipe)?;
        }
    }
    Ok(Some(bench.found()))
}

/// What a mixture that is already chosen misses by.
pub(crate) fn measure(
    stages: &Stages<'_>,
    ground: &Ground<'_>,
    scale: &Scale,
    blend: &Blend,
) -> Result<Vec<Option<f64>>, LearnError> {
    let mut bench = Bench::new(ground, *scale, prepare(ground, scale)?);
    for part in &blend.parts {
        bench.keep(stages, &part.recipe)?;
    }
    let weights: Vec<f64> = blend.parts.iter().map(|part| part.weight).collect();
    Ok(bench.unseen(&weights))
}

/// Grows the members on all rows.
pub(crate) fn grow(
    stages: &Stages<'_>,
    ground: &Ground<'_>,
    scale: &Scale,
    blend: &Blend,
) -> Result<(Inputs, Vec<(f64, Member)>), LearnError> {
    let set = ground.set;
    let y: Vec<f64> = set.target.iter().map(|&y| scale.scaled(y)).collect();
    let inputs = Inputs::fit(set, ground.columns, scale, ground.told());
    let recent = blend.parts.iter().any(|part| part.recipe.base == Base::Recent);
    let inputs = if recent { inputs } else { inputs.plain() };
    let seeds = SEEDS.iter().find(|(rows, _)| set.rows() <= *rows).map_or(1, |(_, seeds)| *seeds);
    let seeds: Vec<u64> = (0..seeds).map(|number| ground.seed.wrapping_add(number)).collect();
    let view = |&seed: &u64| Ok((seed, View::owned(inputs.training(set, seed)?, inputs.knows_recent())));
    let views = seeds.iter().map(view).collect::<Result<Vec<(u64, View<'_>)>, LearnError>>()?;
    stages.next("growing the trees")?;
    let line = Line::fit(views[0].1.plain(), &y, &set.keys(), ground.seed);
    let weights = fading(&set.known_from);
    let lessons = views.iter().map(|(seed, view)| (*seed, Lesson { view, y: &y, line: &line, weights: &weights }));
    let lessons: Vec<(u64, Lesson<'_>)> = lessons.collect();
    let fit = |part: &Part| Ok((part.weight, Member::fit(stages.task, &part.recipe, &lessons)?));
    let members = blend.parts.par_iter().map(fit).collect::<Result<Vec<_>, LearnError>>()?;
    Ok((inputs, members))
}

/// What a blend that is already chosen, grown on all rows, says of others, in the target's unit.
pub(crate) fn said_of(
    stages: &Stages<'_>,
    ground: &Ground<'_>,
    scale: &Scale,
    blend: &Blend,
    asked: &Table,
) -> Result<Vec<f64>, LearnError> {
    let (inputs, members) = grow(stages, ground, scale, blend)?;
    let x = inputs.transform(asked)?;
    let scaled = mean_prediction(&members, &View::of(&x, inputs.knows_recent()))?;
    Ok(scaled.into_iter().map(|z| scale.target(z)).collect())
}

/// One fold with its features.
struct Prepared {
    view: View<'static>,
    y: Vec<f64>,
    line: Known,
    weights: Vec<f64>,
    tested: View<'static>,
    truth: Vec<f64>,
}

impl Prepared {
    fn lesson(&self) -> Lesson<'_> {
        Lesson { view: &self.view, y: &self.y, line: &self.line, weights: &self.weights }
    }
}

fn prepare(ground: &Ground<'_>, scale: &Scale) -> Result<Vec<Prepared>, LearnError> {
    let scaled = |set: &TrainingSet| set.target.iter().map(|&y| scale.scaled(y)).collect::<Vec<f64>>();
    let fold = |fold: &Split| {
        let (train, test) = (ground.set.select(&fold.train), ground.set.select(&fold.test));
        let (y, truth) = (scaled(&train), scaled(&test));
        let inputs = Inputs::fit(&train, ground.columns, scale, ground.told());
        let view = |x| View::owned(x, inputs.knows_recent());
        let (view, tested) = (view(inputs.training(&train, ground.seed)?), view(inputs.transform(&test.table)?));
        let line = Line::fit(view.plain(), &y, &train.keys(), ground.seed);
        let weights = fading(&train.known_from);
        Ok(Prepared { view, y, line, weights, tested, truth })
    };
    ground.folds.par_iter().map(fold).collect()
}

/// What may still be spent, in seconds.
struct Purse {
    left: f64,
}

impl Purse {
    /// The recipe with as many rounds as `seconds` allow, but a few in any case.
    fn required(&mut self, recipe: &Recipe, bench: &Bench<'_>, seconds: f64) -> Recipe {
        let Some(params) = recipe.trees else { return *recipe };
        let rounds = (seconds / bench.cost(&params)) as usize;
        self.paid(recipe, &params, rounds.max(FEWEST_ROUNDS), bench)
    }

    /// The recipe with as many rounds as can be paid; `None` where these are too few to be worth it.
    fn affordable(&mut self, recipe: &Recipe, bench: &Bench<'_>) -> Option<Recipe> {
        let Some(params) = recipe.trees else { return Some(*recipe) };
        let rounds = (self.left / bench.cost(&params)).max(0.0) as usize;
        let least = ((LEAST_SHARE * params.rounds as f64) as usize).max(1);
        (rounds >= least).then(|| self.paid(recipe, &params, rounds, bench))
    }

    /// Fewer rounds learn faster.
    fn paid(&mut self, recipe: &Recipe, params: &BoostParams, rounds: usize, bench: &Bench<'_>) -> Recipe {
        let rounds = rounds.min(params.rounds);
        self.left -= rounds as f64 * bench.cost(params);
        let faster = (params.rounds as f64 / rounds as f64).min(4.0);
        Recipe { trees: Some(BoostParams { rounds, eta: (params.eta * faster).min(1.0), ..*params }), ..*recipe }
    }
}

/// Where learners of one scale are tried side by side.
struct Bench<'a> {
    ground: Ground<'a>,
    scale: Scale,
    folds: Vec<Prepared>,
    actual: Vec<f64>,
    unit: f64,
    recipes: Vec<Recipe>,
    predicted: Vec<Vec<f64>>,
}

impl<'a> Bench<'a> {
    fn new(ground: &Ground<'a>, scale: Scale, folds: Vec<Prepared>) -> Self {
        let tested = ground.folds.iter().flat_map(|fold| &fold.test);
        let actual = tested.map(|&row| ground.set.target[row]).collect();
        let unit = Scale::identity(&ground.set.target).map_or(1.0, |scale| scale.spread());
        Self { ground: *ground, scale, folds, actual, unit, recipes: Vec::new(), predicted: Vec::new() }
    }

    /// Seconds that one round takes on all folds.
    fn cost(&self, params: &BoostParams) -> f64 {
        let rows: usize = self.folds.iter().map(|fold| fold.y.len().max(LEAST_ROWS)).sum();
        let trees = if params.shape == Shape::Forest { FOREST } else { 1 };
        let features = self.folds.first().map_or(1, |fold| fold.view.plain().width).max(4) as f64 * params.column_share;
        (rows * params.depth * trees) as f64 * features / WORK_PER_SECOND
    }

    /// Finds how many rounds are best, and keeps the predictions.
    fn try_out(&mut self, stages: &Stages<'_>, recipe: &Recipe) -> Result<(), LearnError> {
        stages.next("comparing ways to learn")?;
        let trials = self.trials(stages.task, recipe)?;
        let mut total = vec![0.0; recipe.trees.map_or(0, |trees| trees.rounds)];
        for (fold, trial) in self.folds.iter().zip(&trials) {
            total.iter_mut().zip(trial.curve()).for_each(|(sum, error)| *sum += error * fold.truth.len() as f64);
        }
        let rounds = least(&total) + 1;
        let trees = recipe.trees.map(|trees| BoostParams { rounds, ..trees });
        self.place(Recipe { trees, ..*recipe }, &trials, rounds)
    }

    /// Keeps the predictions of a recipe whose rounds are known.
    fn keep(&mut self, stages: &Stages<'_>, recipe: &Recipe) -> Result<(), LearnError> {
        stages.next("measuring what it misses")?;
        let trials = self.trials(stages.task, recipe)?;
        self.place(*recipe, &trials, usize::MAX)
    }

    fn trials(&self, task: &Task, recipe: &Recipe) -> Result<Vec<Trial>, LearnError> {
        let trial = |fold: &Prepared| {
            Member::try_out(task, recipe, (self.ground.seed, &fold.lesson()), (&fold.tested, &fold.truth))
        };
        self.folds.par_iter().map(trial).collect()
    }

    fn place(&mut self, recipe: Recipe, trials: &[Trial], rounds: usize) -> Result<(), LearnError> {
        let predicted = trials.iter().map(|trial| trial.predict(rounds)).collect::<Result<Vec<_>, _>>()?;
        self.predicted.push(predicted.concat());
        self.recipes.push(recipe);
        Ok(())
    }

    fn mixed(&self) -> (Vec<f64>, f64) {
        self.mixed_on(&vec![true; self.actual.len()])
    }

    fn mixed_on(&self, counts: &[bool]) -> (Vec<f64>, f64) {
        let judge =
            Judge { scale: &self.scale, actual: &self.actual, unit: self.unit, counts, by_time: self.by_time() };
        weights(&judge, &self.predicted)
    }

    /// Whether later blocks are predicted from what was before.
    fn by_time(&self) -> bool {
        self.ground.folds.iter().all(|fold| fold.from.is_some())
    }

    /// What the mixture with these weights says of every tested row.
    fn unseen(&self, weights: &[f64]) -> Vec<Option<f64>> {
        self.placed(|_| weights.to_vec())
    }

    /// What mixtures say of every tested row whose weights come from the other folds.
    fn twice_unseen(&self) -> Vec<Option<f64>> {
        let fold = self.folds_of_rows();
        self.placed(|number| self.mixed_on(&fold.iter().map(|&other| other != number).collect::<Vec<_>>()).0)
    }

    fn folds_of_rows(&self) -> Vec<usize> {
        let folds = self.ground.folds.iter().enumerate();
        folds.flat_map(|(number, fold)| std::iter::repeat_n(number, fold.test.len())).collect()
    }

    fn placed(&self, weights: impl Fn(usize) -> Vec<f64>) -> Vec<Option<f64>> {
        let mut unseen = vec![None; self.ground.set.rows()];
        let mut at = 0;
        for (number, fold) in self.ground.folds.iter().enumerate() {
            let weights = weights(number);
            for &row in &fold.test {
                unseen[row] = Some(self.predicted.iter().zip(&weights).map(|(z, weight)| weight * z[at]).sum());
                at += 1;
            }
        }
        unseen
    }

    fn found(self) -> Found {
        let (weights, _) = self.mixed();
        let unseen = if self.folds.len() > 1 { self.twice_unseen() } else { self.unseen(&weights) };
        let rule = self.recipes.iter().position(|recipe| *recipe == RECENT);
        let alone = |rule: usize| self.unseen(&(0..weights.len()).map(|i| f64::from(i == rule)).collect::<Vec<_>>());
        let ruled = rule.map(alone).unwrap_or_default();
        let parts = weights.iter().zip(&self.recipes).filter(|(weight, _)| **weight > 0.0);
        let parts = parts.map(|(&weight, &recipe)| Part { weight, recipe }).collect();
        Found { blend: Blend { log: self.scale.log, parts }, scale: self.scale, unseen, ruled }
    }
}

/// Where the first least value stands.
fn least(values: &[f64]) -> usize {
    let first = (0, f64::INFINITY);
    values.iter().enumerate().fold(first, |least, (i, &value)| if value < least.1 { (i, value) } else { least }).0
}
