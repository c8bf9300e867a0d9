//! One learner of the blend: a line, what the class cost lately, trees, or trees on what one of the first two leaves.
//!
//! Trees see what they start from as one more feature, so that they can bend it (a least charge, a discount for size). What
//! that feature contributes is divided among a line's own terms by their size, so that all contributions stay with the
//! drivers and add up.

use std::borrow::Cow;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use signwright_domain::Task;

use crate::LearnError;
use crate::boost::{BoostParams, Booster, Matrix, Sample};
use crate::ridge::Line;

/// What a member starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Base {
    Nothing,
    Line,
    /// What the class cost lately.
    Recent,
}

/// What a member is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Recipe {
    pub(crate) base: Base,
    /// Grown on what the base leaves.
    pub(crate) trees: Option<BoostParams>,
    /// Whether recent rows count more for the trees.
    pub(crate) fading: bool,
}

/// A line, and what lines that had not seen a row say of it.
pub(crate) type Known = (Line, Vec<f64>);

/// Rows of features as members see them: what the class cost lately is for those that start from it alone.
#[derive(Clone, Debug)]
pub(crate) struct View<'a> {
    plain: Cow<'a, Matrix>,
    full: Option<Cow<'a, Matrix>>,
}

impl<'a> View<'a> {
    /// `recent` says that the last feature is what the class cost lately.
    pub(crate) fn of(x: &'a Matrix, recent: bool) -> Self {
        Self::new(Cow::Borrowed(x), recent)
    }

    pub(crate) fn owned(x: Matrix, recent: bool) -> View<'static> {
        View::new(Cow::Owned(x), recent)
    }

    fn new(x: Cow<'a, Matrix>, recent: bool) -> Self {
        if recent { Self { plain: Cow::Owned(x.without_last()), full: Some(x) } } else { Self { plain: x, full: None } }
    }

    /// Features without what the class cost lately.
    pub(crate) fn plain(&self) -> &Matrix {
        &self.plain
    }

    fn rows(&self) -> usize {
        self.plain.rows
    }

    fn full(&self) -> &Matrix {
        self.full.as_deref().unwrap_or(&self.plain)
    }

    /// What the class cost lately; the average where that is not known, or nothing names a class.
    fn recent(&self) -> Vec<f64> {
        let Some(x) = &self.full else { return vec![0.0; self.rows()] };
        let last = |row: usize| x.row(row).last().map_or(0.0, |&z| f64::from(z));
        (0..x.rows).map(last).map(|z| if z.is_nan() { 0.0 } else { z }).collect()
    }
}

/// Rows to learn from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lesson<'a> {
    pub(crate) view: &'a View<'a>,
    /// Scaled targets.
    pub(crate) y: &'a [f64],
    pub(crate) line: &'a Known,
    /// How much a row counts where recent ones count more; their mean is 1.
    pub(crate) weights: &'a [f64],
}

impl Lesson<'_> {
    fn root(&self, base: Base) -> Root {
        match base {
            Base::Nothing => Root::Nothing,
            Base::Line => Root::Line(self.line.0.clone()),
            Base::Recent => Root::Recent,
        }
    }

    /// What the base says of these rows, as one that has not seen them.
    fn start(&self, root: &Root) -> Vec<f64> {
        match root {
            Root::Nothing | Root::Recent => root.start(self.view),
            Root::Line(_) => self.line.1.clone(),
        }
    }

    fn grow<T>(&self, root: &Root, fading: bool, grow: impl Fn(Sample<'_>) -> T) -> T {
        let start = self.start(root);
        let rest: Vec<f64> = self.y.iter().zip(&start).map(|(y, z)| y - z).collect();
        let weights = fading.then_some(self.weights);
        grow(Sample { x: &root.features(self.view, &start), y: &rest, weights })
    }
}

/// Days after which a row counts half where recent ones count more.
const HALF_LIFE: f64 = 540.0;

/// How much each row counts by its age beside the newest, 1 in the mean; a row without a day counts as the oldest.
pub(crate) fn fading(days: &[Option<Date>]) -> Vec<f64> {
    let (Some(oldest), Some(newest)) = (days.iter().flatten().min(), days.iter().flatten().max()) else {
        return vec![1.0; days.len()];
    };
    let age = |day: &Option<Date>| f64::from((*newest - day.unwrap_or(*oldest)).get_days());
    let weights: Vec<f64> = days.iter().map(|day| 0.5_f64.powf(age(day) / HALF_LIFE)).collect();
    let mean = weights.iter().sum::<f64>() / weights.len().max(1) as f64;
    weights.into_iter().map(|weight| weight / mean).collect()
}

/// What the trees of a fitted member stand on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Root {
    Nothing,
    Line(Line),
    Recent,
}

impl Root {
    fn start(&self, view: &View<'_>) -> Vec<f64> {
        match self {
            Self::Nothing => vec![0.0; view.rows()],
            Self::Line(line) => line.predict(&view.plain),
            Self::Recent => view.recent(),
        }
    }

    /// What trees see of rows of which this says `start`.
    fn features<'a>(&self, view: &'a View<'_>, start: &[f64]) -> Cow<'a, Matrix> {
        match self {
            Self::Nothing => Cow::Borrowed(&*view.plain),
            Self::Line(_) => Cow::Owned(view.plain.with(start)),
            Self::Recent => Cow::Borrowed(view.full()),
        }
    }
}

/// A fitted member.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) root: Root,
    /// Ensembles of different seeds, averaged.
    pub(crate) boosters: Vec<Booster>,
}

impl Member {
    /// Grows an ensemble per seed and lesson, where the recipe has trees; the lessons differ only in how they encode
    /// categories.
    pub(crate) fn fit(task: &Task, recipe: &Recipe, lessons: &[(u64, Lesson<'_>)]) -> Result<Self, LearnError> {
        let root = lessons.first().map_or(Root::Nothing, |(_, lesson)| lesson.root(recipe.base));
        let boosters = match &recipe.trees {
            Some(params) => {
                let grow = |(seed, lesson): &(u64, Lesson<'_>)| {
                    lesson.grow(&root, recipe.fading, |sample| Booster::fit(task, params, *seed, sample))
                };
                lessons.par_iter().map(grow).collect::<Result<_, _>>()?
            }
            None => Vec::new(),
        };
        Ok(Self { root, boosters })
    }

    /// Fits on one lesson and looks at other rows after every round.
    pub(crate) fn try_out(
        task: &Task,
        recipe: &Recipe,
        (seed, lesson): (u64, &Lesson<'_>),
        (view, y): (&View<'_>, &[f64]),
    ) -> Result<Trial, LearnError> {
        let root = lesson.root(recipe.base);
        let base = root.start(view);
        let Some(params) = &recipe.trees else {
            return Ok(Trial { base, trees: None });
        };
        let x = root.features(view, &base).into_owned();
        let rest: Vec<f64> = y.iter().zip(&base).map(|(y, z)| y - z).collect();
        let tested = Sample { x: &x, y: &rest, weights: None };
        let (booster, curve) =
            lesson.grow(&root, recipe.fading, |sample| Booster::fit_measured(task, params, seed, sample, tested))?;
        Ok(Trial { base, trees: Some(Grown { booster, curve, x }) })
    }

    /// Scaled predictions.
    pub(crate) fn predict(&self, view: &View<'_>) -> Result<Vec<f64>, LearnError> {
        let start = self.root.start(view);
        let trees = self.trees(&self.root.features(view, &start))?;
        Ok(start.iter().zip(trees).map(|(start, trees)| start + trees).collect())
    }

    /// Per row one value per feature and last the start, which add up to the prediction.
    pub(crate) fn contributions(&self, view: &View<'_>) -> Result<Vec<Vec<f64>>, LearnError> {
        let start = self.root.start(view);
        let mut parts = self.of_trees(&self.root.features(view, &start))?;
        match &self.root {
            Root::Nothing => {}
            Root::Line(line) => {
                let lines = line.contributions(&view.plain).into_iter().zip(parts);
                parts = lines.map(|(line, trees)| add(line, &trees)).collect();
            }
            Root::Recent => {
                let last = view.full().width - 1;
                parts.iter_mut().zip(&start).for_each(|(phi, z)| phi[last] += z);
                return Ok(parts);
            }
        }
        if view.full.is_some() {
            parts.iter_mut().for_each(|phi| phi.insert(phi.len() - 1, 0.0));
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

    /// Whether its parts read this many features, of which the last may be what the class cost lately.
    pub(crate) fn fits(&self, width: usize, recent: bool) -> bool {
        let plain = width - usize::from(recent);
        let (sound, trees) = match &self.root {
            Root::Nothing => (!self.boosters.is_empty(), plain),
            Root::Line(line) => (line.fits(plain), plain + 1),
            Root::Recent => (true, width),
        };
        sound && self.boosters.iter().all(|booster| booster.width() == trees)
    }
}

/// Adds the contributions of trees, whose last feature is the line, to those of the line.
fn add(mut line: Vec<f64>, trees: &[f64]) -> Vec<f64> {
    let width = line.len() - 1;
    let bent = trees[width];
    let size: f64 = line[..width].iter().map(|phi| phi.abs()).sum();
    for (phi, own) in line[..width].iter_mut().zip(trees) {
        let share = if size > 0.0 { phi.abs() / size } else { 0.0 };
        *phi += own + bent * share;
    }
    line[width] += trees[width + 1] + if size > 0.0 { 0.0 } else { bent };
    line
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
    fn recent_rows_count_more_where_they_fade() {
        let day = |year| Some(jiff::civil::date(year, 1, 1));
        let weights = fading(&[day(2020), None, day(2024)]);
        assert_eq!(weights[0], weights[1]);
        assert!((weights[2] / weights[0] - 2.0_f64.powf(1461.0 / HALF_LIFE)).abs() < 1e-9);
        assert!((weights.iter().sum::<f64>() - 3.0).abs() < 1e-9);
        assert_eq!(fading(&[None, None]), [1.0, 1.0]);
        // The old half costs 1 and the new one 2, and nothing else tells them apart.
        let x = Matrix { values: vec![0.0; 100], rows: 100, width: 1 };
        let y: Vec<f64> = (0..100).map(|row| if row < 50 { 1.0 } else { 2.0 }).collect();
        let days: Vec<Option<Date>> = (0..100).map(|row| day(if row < 50 { 2020 } else { 2024 })).collect();
        let (view, keys) = (View::of(&x, false), (0..100).collect::<Vec<u64>>());
        let line = Line::fit(&x, &y, &keys, 1);
        let lesson = Lesson { view: &view, y: &y, line: &line, weights: &fading(&days) };
        let said = |fading| {
            let recipe = Recipe { base: Base::Nothing, trees: Some(TREES), fading };
            Member::fit(&Task::silent(), &recipe, &[(1, lesson)]).expect("fits").predict(&view).expect("predicts")[0]
        };
        assert!((said(false) - 1.5).abs() < 0.05 && said(true) > 1.8, "{} {}", said(false), said(true));
    }

    #[test]
    fn trees_bend_the_line_and_every_contribution_is_a_drivers() {
        let ((x, y, keys), (test, truth, _)) = (sample(500, 1), sample(300, 2));
        // What the class cost lately, which only a member that starts from it sees.
        let lately = |y: &[f64]| y.iter().map(|y| if *y > 2.0 { f64::NAN } else { y.round() }).collect::<Vec<f64>>();
        let (full, full_test) = (x.with(&lately(&y)), test.with(&lately(&truth)));
        let line = Line::fit(&x, &y, &keys, 1);
        let error = |base: Base, trees: Option<BoostParams>| {
            let (view, asked) = (View::of(&full, true), View::of(&full_test, true));
            let lesson = Lesson { view: &view, y: &y, line: &line, weights: &[] };
            let recipe = Recipe { base, trees, fading: false };
            let member = Member::fit(&Task::silent(), &recipe, &[(1, lesson), (2, lesson)]).expect("fits");
            let predicted = member.predict(&asked).expect("predicts");
            for (phi, z) in member.contributions(&asked).expect("explains").iter().zip(&predicted) {
                assert_eq!(phi.len(), 4);
                assert!((phi.iter().sum::<f64>() - z).abs() < 1e-5, "{phi:?} for {z}");
            }
            assert!(member.fits(3, true));
            assert!(trees.is_none() || !member.fits(4, true));
            predicted.iter().zip(&truth).map(|(z, y)| (z - y).abs()).sum::<f64>() / 300.0
        };
        let line = error(Base::Line, None);
        let trees = error(Base::Nothing, Some(TREES));
        let both = error(Base::Line, Some(TREES));
        assert!(both < 0.7 * trees && both < 0.3 * line, "{both} against {trees} and {line}");
        let (lately, bent) = (error(Base::Recent, None), error(Base::Recent, Some(TREES)));
        assert!(bent < 0.5 * lately, "{bent} against {lately}");
        // Where nothing names a class, it starts from the average and not from whatever feature is the last.
        let (view, asked) = (View::of(&x, false), View::of(&test, false));
        let lesson = Lesson { view: &view, y: &y, line: &Line::fit(&x, &y, &keys, 1), weights: &[] };
        let recipe = Recipe { base: Base::Recent, trees: Some(TREES), fading: false };
        let member = Member::fit(&Task::silent(), &recipe, &[(1, lesson)]).expect("fits");
        let nothing = Recipe { base: Base::Nothing, ..recipe };
        let plain = Member::fit(&Task::silent(), &nothing, &[(1, lesson)]).expect("fits");
        assert_eq!(member.predict(&asked).expect("predicts"), plain.predict(&asked).expect("predicts"));
        assert!(member.fits(2, false) && !member.fits(3, false));
    }
}
