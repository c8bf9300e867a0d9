//! One learner of the blend: a line, trees, or trees on what a line leaves.
//!
//! Trees see what the line says as one more feature, so that they can bend it (a least charge, a discount for size). What
//! that feature contributes is divided among the line's own terms by their size, so that all contributions stay with the
//! drivers and add up.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;

use crate::LearnError;
use crate::boost::{BoostParams, Booster, Matrix, Sample};
use crate::ridge::Line;

/// What a member is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Recipe {
    /// Whether there is a line, on whose rest the trees are grown.
    pub(crate) line: bool,
    pub(crate) trees: Option<BoostParams>,
}

/// A line, and what lines that had not seen a row say of it.
pub(crate) type Known = (Line, Vec<f64>);

fn rest(y: &[f64], z: &[f64]) -> Vec<f64> {
    y.iter().zip(z).map(|(y, z)| y - z).collect()
}

/// A fitted member.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) line: Option<Line>,
    /// Ensembles of different seeds, averaged.
    pub(crate) boosters: Vec<Booster>,
}

impl Member {
    /// Grows an ensemble per seed and lesson, where the recipe has trees; the lessons differ only in how they encode
    /// categories. `line` is that of the first lesson with what it says of rows it had not seen.
    pub(crate) fn fit(
        task: &Task,
        recipe: &Recipe,
        lessons: &[(u64, Sample<'_>)],
        line: &Known,
    ) -> Result<Self, LearnError> {
        let grow = |(seed, lesson): &(u64, Sample<'_>), params: &BoostParams| {
            if !recipe.line {
                return Booster::fit(task, params, *seed, *lesson);
            }
            let unseen = &line.1;
            Booster::fit(task, params, *seed, Sample { x: &lesson.x.with(unseen), y: &rest(lesson.y, unseen) })
        };
        let boosters = match &recipe.trees {
            Some(params) => lessons.par_iter().map(|lesson| grow(lesson, params)).collect::<Result<_, _>>()?,
            None => Vec::new(),
        };
        Ok(Self { line: recipe.line.then(|| line.0.clone()), boosters })
    }

    /// Fits on one lesson and looks at other rows after every round.
    pub(crate) fn try_out(
        task: &Task,
        recipe: &Recipe,
        (seed, lesson): (u64, &Sample<'_>),
        line: &Known,
        (x, y): (&Matrix, &[f64]),
    ) -> Result<Trial, LearnError> {
        let base = if recipe.line { line.0.predict(x) } else { vec![0.0; x.rows] };
        let Some(params) = &recipe.trees else {
            return Ok(Trial { base, trees: None });
        };
        let ((booster, curve), x) = if recipe.line {
            let (train, test) = (lesson.x.with(&line.1), x.with(&base));
            let train = Sample { x: &train, y: &rest(lesson.y, &line.1) };
            (Booster::fit_measured(task, params, seed, train, Sample { x: &test, y: &rest(y, &base) })?, test)
        } else {
            let train = *lesson;
            (Booster::fit_measured(task, params, seed, train, Sample { x, y })?, x.clone())
        };
        Ok(Trial { base, trees: Some(Grown { booster, curve, x }) })
    }

    /// Scaled predictions.
    pub(crate) fn predict(&self, x: &Matrix) -> Result<Vec<f64>, LearnError> {
        let Some(line) = &self.line else { return self.trees(x) };
        let base = line.predict(x);
        let trees = self.trees(&x.with(&base))?;
        Ok(base.iter().zip(trees).map(|(line, trees)| line + trees).collect())
    }

    /// Per row one value per feature and last the start, which add up to the prediction.
    pub(crate) fn contributions(&self, x: &Matrix) -> Result<Vec<Vec<f64>>, LearnError> {
        let Some(line) = &self.line else { return self.of_trees(x) };
        let mut parts = line.contributions(x);
        for (phi, trees) in parts.iter_mut().zip(self.of_trees(&x.with(&line.predict(x)))?) {
            add(phi, &trees);
        }
        Ok(parts)
    }

    fn trees(&self, x: &Matrix) -> Result<Vec<f64>, LearnError> {
        let mut mean = vec![0.0; x.rows];
        for booster in &self.boosters {
            let predicted = booster.predict(x, usize::MAX)?;
            mean.iter_mut().zip(predicted).for_each(|(mean, z)| *mean += z / self.boosters.len() as f64);
        }
        Ok(mean)
    }

    fn of_trees(&self, x: &Matrix) -> Result<Vec<Vec<f64>>, LearnError> {
        let mut mean = vec![vec![0.0; x.width + 1]; x.rows];
        for booster in &self.boosters {
            for (mean, phi) in mean.iter_mut().zip(booster.contributions(x)?) {
                mean.iter_mut().zip(phi).for_each(|(mean, phi)| *mean += phi / self.boosters.len() as f64);
            }
        }
        Ok(mean)
    }

    /// Whether its parts read this many features.
    pub(crate) fn fits(&self, width: usize) -> bool {
        let more = usize::from(self.line.is_some());
        self.line.as_ref().is_none_or(|line| line.fits(width))
            && self.boosters.iter().all(|booster| booster.width() == width + more)
            && (self.line.is_some() || !self.boosters.is_empty())
    }
}

/// Adds the contributions of trees, whose last feature is the line, to those of the line.
fn add(line: &mut [f64], trees: &[f64]) {
    let width = line.len() - 1;
    let bent = trees[width];
    let size: f64 = line[..width].iter().map(|phi| phi.abs()).sum();
    for (phi, own) in line[..width].iter_mut().zip(trees) {
        let share = if size > 0.0 { phi.abs() / size } else { 0.0 };
        *phi += own + bent * share;
    }
    line[width] += trees[width + 1] + if size > 0.0 { 0.0 } else { bent };
}

/// What a recipe says of rows it has not seen.
pub(crate) struct Trial {
    base: Vec<f64>,
    trees: Option<Grown>,
}

struct Grown {
    booster: Booster,
    curve: Vec<f64>,
    x: Matrix,
}

impl Trial {
    /// Mean absolute error after each round.
    pub(crate) fn curve(&self) -> &[f64] {
        self.trees.as_ref().map_or(&[], |grown| &grown.curve)
    }

    /// Predictions with this many rounds.
    pub(crate) fn predict(&self, rounds: usize) -> Result<Vec<f64>, LearnError> {
        let Some(grown) = &self.trees else { return Ok(self.base.clone()) };
        let trees = grown.booster.predict(&grown.x, rounds)?;
        Ok(self.base.iter().zip(trees).map(|(line, trees)| line + trees).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boost::{Loss, Shape};
    use crate::random::Random;

    const TREES: BoostParams = BoostParams {
        shape: Shape::Symmetric,
        loss: Loss::Squared,
        rounds: 150,
        depth: 3,
        eta: 0.1,
        lambda: 1.0,
        min_rows: 1.0,
        row_share: 0.8,
        column_share: 1.0,
        bins: 64,
    };

    /// A line with a floor: y = max(3 a - b, 0).
    fn sample(rows: usize, seed: u64) -> (Matrix, Vec<f64>, Vec<u64>) {
        let mut random = Random::new(seed);
        let mut x = Matrix { values: Vec::new(), rows, width: 2 };
        let mut y = Vec::new();
        for _ in 0..rows {
            let (a, b) = (random.uniform(), 2.0 * random.uniform());
            x.values.extend([a as f32, b as f32]);
            y.push((3.0 * a - b).max(0.0));
        }
        (x, y, (0..rows as u64).collect())
    }

    #[test]
    fn trees_bend_the_line_and_every_contribution_is_a_drivers() {
        let ((x, y, keys), (test, truth, _)) = (sample(500, 1), sample(300, 2));
        let lesson = Sample { x: &x, y: &y };
        let error = |recipe: Recipe| {
            let line = Line::fit(&x, &y, &keys, 1);
            let member = Member::fit(&Task::silent(), &recipe, &[(1, lesson), (2, lesson)], &line).expect("fits");
            let predicted = member.predict(&test).expect("predicts");
            for (phi, z) in member.contributions(&test).expect("explains").iter().zip(&predicted) {
                assert_eq!(phi.len(), 3);
                assert!((phi.iter().sum::<f64>() - z).abs() < 1e-5, "{phi:?} for {z}");
            }
            assert!(member.fits(2) && !member.fits(1));
            predicted.iter().zip(&truth).map(|(z, y)| (z - y).abs()).sum::<f64>() / 300.0
        };
        let line = error(Recipe { line: true, trees: None });
        let trees = error(Recipe { line: false, trees: Some(TREES) });
        let both = error(Recipe { line: true, trees: Some(TREES) });
        assert!(both < 0.7 * trees && both < 0.3 * line, "{both} against {trees} and {line}");
    }
}
