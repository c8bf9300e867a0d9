//! One complete fit: columns, scale, parameters, trees, ranges, experience.

use crate::boost::Matrix;
use crate::columns::{Usable, usable};
use crate::context::Context;
use crate::fallback::Fallback;
use crate::hiding::Hiding;
use crate::member::View;
use crate::model::{Fitted, average};
use crate::novelty::Experience;
use crate::random::Random;
use crate::ranges::{Misses, Ranges};
use crate::recent::class_of;
use crate::rules::classes;
use crate::search::{Blend, Effort, Found, Ground, grow, measure, search};
use crate::space::Space;
use crate::split::{Split, folds};
use crate::stages::Stages;
use crate::statistics::median;
use crate::target::Scale;
use crate::training_set::TrainingSet;
use crate::{CostModel, LearnError};

/// Most rows whose contributions say what matters.
const IMPORTANCE_ROWS: usize = 2000;

/// Fewest misses of a fold whose size is compared with that of the last, and the factor it may differ by.
const FEWEST_MISSES: usize = 40;
const FARTHEST: f64 = 2.0;

/// Where the parameters come from.
#[derive(Clone, Debug)]
pub(super) enum Choice {
    Search(Effort),
    Known { blend: Blend, seed: u64 },
}

impl Choice {
    fn seed(&self) -> u64 {
        match self {
            Self::Search(effort) => effort.seed,
            Self::Known { seed, .. } => *seed,
        }
    }
}

/// A fitted model with what was decided on the way.
#[derive(Clone, Debug)]
pub(super) struct Learned {
    pub(super) model: CostModel,
    pub(super) blend: Blend,
    pub(super) usable: Usable,
    pub(super) contest: Contest,
}

/// What the mixture and the simple rule said of rows of the inner folds that neither had seen, in the target's unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Contest {
    pub(super) model: Vec<Option<f64>>,
    pub(super) rule: Vec<Option<f64>>,
}

pub(super) fn learn(
    stages: &Stages<'_>,
    set: &TrainingSet,
    target: &str,
    choice: &Choice,
) -> Result<Learned, LearnError> {
    let usable = usable(&set.table, &set.target, &set.known_from, &set.insisted);
    if usable.names.is_empty() {
        return Err(LearnError::NothingToLearnFrom { target: target.to_owned() });
    }
    let seed = choice.seed();
    let folds = folds(set, seed);
    let class = class(set, &usable, seed);
    let ground = Ground { set, columns: &usable.names, class: class.as_deref(), folds: &folds, seed };
    let Found { blend, scale, unseen, ruled } = found(stages, &ground, choice)?.ok_or_else(|| no_scale(set, target))?;
    let (inputs, members) = grow(stages, &ground, &scale, &blend)?;
    stages.next("calibrating the ranges")?;
    let x = inputs.transform(&set.table)?;
    let ranges = Ranges::fit(stages.task, &misses(&ground, &scale, &x, &unseen), seed)?;
    let names: Vec<String> = inputs.names().map(str::to_owned).collect();
    let importance =
        importance(&names, &x, |x| average(&members, &inputs.owners(), &View::of(x, inputs.knows_recent())), seed)?;
    let space = Space::fit(&set.table, &importance, |name| inputs.words(name));
    let experience = Experience::fit(&set.table, &space, &importance, seed)?;
    let y: Vec<f64> = set.target.iter().map(|&y| scale.scaled(y)).collect();
    let hiding = Hiding::fit(&x, &y, seed);
    let fallback = Fallback::fit(set, class.as_deref(), &scale, seed);
    let positive = set.target.iter().all(|&y| y >= 0.0);
    let fitted = Fitted {
        target: target.to_owned(),
        scale,
        context: Context::default(),
        inputs,
        ranges,
        space,
        experience,
        hiding,
        fallback,
        rule_answers: false,
        positive,
        verdict: None,
    };
    let targets = |z: &[Option<f64>]| z.iter().map(|z| z.map(|z| scale.target(z))).collect::<Vec<_>>();
    let contest = Contest { model: targets(&unseen), rule: targets(&ruled) };
    Ok(Learned { model: CostModel { fitted, members }, blend, usable, contest })
}

/// The column whose medians are the simple rule: the one that was named or, where none was, the one that tells most.
fn class(set: &TrainingSet, usable: &Usable, seed: u64) -> Option<String> {
    set.class_column.clone().or_else(|| class_of(set, &usable.names, seed))
}

/// Targets without a spread: all the same, or so large that their spread is no number.
fn no_scale(set: &TrainingSet, target: &str) -> LearnError {
    let target = target.to_owned();
    let largest = |a: usize, b: &usize| if set.target[*b].abs() > set.target[a].abs() { *b } else { a };
    if set.target.iter().all(|&y| y == set.target[0]) {
        return LearnError::ConstantTarget { target };
    }
    LearnError::TargetNotFinite { target, row: (0..set.rows()).collect::<Vec<_>>().iter().fold(0, largest) }
}

fn found(stages: &Stages<'_>, ground: &Ground<'_>, choice: &Choice) -> Result<Option<Found>, LearnError> {
    match choice {
        Choice::Search(effort) => search(stages, ground, effort),
        Choice::Known { blend, .. } => {
            let Some(scale) = Scale::known(&ground.set.target, blend.log) else { return Ok(None) };
            let unseen = measure(stages, ground, &scale, blend)?;
            Ok(Some(Found { blend: Blend { log: scale.log, ..blend.clone() }, scale, unseen, ruled: Vec::new() }))
        }
    }
}

fn misses(ground: &Ground<'_>, scale: &Scale, x: &Matrix, unseen: &[Option<f64>]) -> Misses {
    let set = ground.set;
    let rows: Vec<usize> = (0..unseen.len()).filter(|&row| unseen[row].is_some()).collect();
    let predicted: Vec<f64> = unseen.iter().filter_map(|z| *z).collect();
    let (keys, classes) = (set.keys(), classes(&set.table, ground.class));
    let mut miss: Vec<Option<f64>> =
        unseen.iter().enumerate().map(|(row, z)| z.map(|z| scale.scaled(set.target[row]) - z)).collect();
    as_of_the_last(ground.folds, &mut miss);
    Misses {
        x: x.select(&rows).with(&predicted),
        miss: miss.into_iter().flatten().collect(),
        day: rows.iter().map(|&row| set.known_from[row]).collect(),
        keys: rows.iter().map(|&row| keys[row]).collect(),
        class: rows.iter().map(|&row| classes[row].clone()).collect(),
    }
}

/// Brings the misses of earlier folds to the size of those of the last: what was learned from half of the jobs misses by
/// more than what is learned from all, and prices are not always as easy to tell.
fn as_of_the_last(folds: &[Split], miss: &mut [Option<f64>]) {
    let usual = |fold: &Split| {
        let sizes: Vec<f64> = fold.test.iter().filter_map(|&row| miss[row].map(f64::abs)).collect();
        (sizes.len() >= FEWEST_MISSES).then(|| median(&sizes)).filter(|size| *size > 0.0)
    };
    let Some(last) = folds.last().filter(|last| last.from.is_some()).and_then(usual) else { return };
    let ratios: Vec<f64> = folds.iter().map(|fold| usual(fold).map_or(1.0, |size| last / size)).collect();
    for (fold, ratio) in folds.iter().zip(ratios) {
        let share = fold.test.len() as f64 / (fold.test.len() + FEWEST_MISSES) as f64;
        let factor = 1.0 + share * (ratio.clamp(1.0 / FARTHEST, FARTHEST) - 1.0);
        fold.test.iter().for_each(|&row| miss[row] = miss[row].map(|miss| miss * factor));
    }
}

/// Mean size of the contributions of every column, on rows drawn by the seed.
fn importance(
    names: &[String],
    x: &Matrix,
    explain: impl Fn(&Matrix) -> Result<Vec<crate::model::Scaled>, LearnError>,
    seed: u64,
) -> Result<Vec<(String, f64)>, LearnError> {
    let mut rows: Vec<usize> = (0..x.rows).collect();
    Random::new(seed).shuffle(&mut rows);
    rows.truncate(IMPORTANCE_ROWS);
    let scaled = explain(&x.select(&rows))?;
    let mean = |column: usize| scaled.iter().map(|row| row.phi[column].abs()).sum::<f64>() / rows.len() as f64;
    Ok(names.iter().enumerate().map(|(column, name)| (name.clone(), mean(column))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misses_of_older_folds_are_brought_to_the_size_of_the_newest() {
        let fold = |from: usize| Split {
            train: Vec::new(),
            test: (from..from + 160).collect(),
            from: Some(jiff::civil::date(2025, 1, 1)),
        };
        let folds = [fold(0), fold(160), fold(320)];
        // 2, then 10, then 1; a fifth of the difference in size is left where a fold has four times the fewest misses.
        let mut miss: Vec<Option<f64>> = [2.0, 10.0, 1.0].iter().flat_map(|x| vec![Some(*x); 160]).collect();
        as_of_the_last(&folds, &mut miss);
        let sizes: Vec<f64> = [0, 160, 320].iter().filter_map(|&row| miss[row]).collect();
        assert_eq!(sizes, [1.2, 6.0, 1.0]);
        let undated: Vec<Split> = folds.iter().map(|fold| Split { from: None, ..fold.clone() }).collect();
        let mut miss = vec![Some(3.0); 480];
        as_of_the_last(&undated, &mut miss);
        assert_eq!(miss, vec![Some(3.0); 480]);
    }
}
