//! The booster: gradient-boosted trees on a matrix of f32, behind a parameter struct of our own.
//!
//! Nothing outside this file knows which crate grows the trees. `forecast` boosts lags with it. The same parameters, data and seed give the same trees,
//! whatever the number of threads.

use std::ops::ControlFlow;

use hessboost::config::{ExtraTrees, GrowPolicy, LeafEstimation, TreeMethod};
use hessboost::error::HessboostError;
use hessboost::metric::EvalMetric;
use hessboost::prelude::{BoostedModel, DMatrix, Iterations, ModelFormat, Objective, RegLoss, Trainer, TrainingParams};
use serde::{Deserialize, Serialize};
use signwright_domain::{Cancelled, Task};

use crate::LearnError;

/// Values of a matrix from which several threads are worth their coordination.
const PARALLEL_VALUES: usize = 500_000;
/// Trees of a forest.
pub(crate) const FOREST: usize = 100;

/// How trees are grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// One split per level for all nodes: strong regularisation, good on small tables.
    Symmetric,
    /// Every node splits for itself.
    Free,
    /// Many trees beside each other with thresholds drawn at random, averaged (extremely randomised trees, Geurts, Ernst
    /// and Wehenkel 2006).
    Forest,
}

/// What the trees minimise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loss {
    Squared,
    /// Leaves are medians: for prices that repeat and errors with long tails.
    Absolute,
}

/// The parameters that the search chooses among.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoostParams {
    pub shape: Shape,
    pub loss: Loss,
    pub rounds: usize,
    pub depth: usize,
    pub eta: f64,
    pub lambda: f64,
    /// Fewest rows in a leaf.
    pub min_rows: f64,
    /// Share of the rows that each tree sees.
    pub row_share: f64,
    /// Share of the columns that each level may split on, each node in a forest.
    pub column_share: f64,
    /// Thresholds tried per feature.
    pub bins: usize,
}

/// Row-major features, NaN where missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    pub values: Vec<f32>,
    pub rows: usize,
    pub width: usize,
}

impl Matrix {
    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    pub(crate) fn select(&self, rows: &[usize]) -> Self {
        let values = rows.iter().flat_map(|&row| self.row(row));
        Self { values: values.copied().collect(), rows: rows.len(), width: self.width }
    }

    /// With one more feature, the last.
    pub(crate) fn with(&self, feature: &[f64]) -> Self {
        let mut values = Vec::with_capacity((self.width + 1) * self.rows);
        for (row, value) in feature.iter().enumerate() {
            values.extend(self.row(row));
            values.push(*value as f32);
        }
        Self { values, rows: self.rows, width: self.width + 1 }
    }

    pub(crate) fn without_last(&self) -> Self {
        let width = self.width - 1;
        let values = self.values.chunks(self.width).flat_map(|row| &row[..width]);
        Self { values: values.copied().collect(), rows: self.rows, width }
    }

    fn dmatrix(&self) -> Result<DMatrix, LearnError> {
        DMatrix::from_dense(&self.values, self.rows, self.width).map_err(refused)
    }
}

/// Features with their target.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    pub x: &'a Matrix,
    pub y: &'a [f64],
    /// How much each row counts; the same for all where there are none.
    pub weights: Option<&'a [f64]>,
}

impl Sample<'_> {
    fn dmatrix(&self) -> Result<DMatrix, LearnError> {
        let labels: Vec<f32> = self.y.iter().map(|&y| y as f32).collect();
        let labelled = self.x.dmatrix()?.with_labels(&labels).map_err(refused)?;
        let Some(weights) = self.weights else { return Ok(labelled) };
        labelled.with_weights(&weights.iter().map(|&weight| weight as f32).collect::<Vec<_>>()).map_err(refused)
    }
}

/// A fitted ensemble of trees.
#[derive(Clone, Debug)]
pub struct Booster(BoostedModel);

impl Booster {
    /// Grows the trees. Stops between two trees when the task is cancelled.
    pub fn fit(task: &Task, params: &BoostParams, seed: u64, train: Sample<'_>) -> Result<Self, LearnError> {
        Ok(grow(task, params, seed, train, None)?.0)
    }

    /// Grows the trees and measures the mean absolute error on `valid` after each.
    pub(crate) fn fit_measured(
        task: &Task,
        params: &BoostParams,
        seed: u64,
        train: Sample<'_>,
        valid: Sample<'_>,
    ) -> Result<(Self, Vec<f64>), LearnError> {
        grow(task, params, seed, train, Some(valid))
    }

    /// Predictions of the first `rounds` trees.
    pub fn predict(&self, x: &Matrix, rounds: usize) -> Result<Vec<f64>, LearnError> {
        if x.rows == 0 {
            return Ok(Vec::new());
        }
        let rounds = rounds.min(self.0.num_boost_rounds());
        let margins = self.0.predict_margin(&x.dmatrix()?, ..rounds).map_err(refused)?;
        Ok(margins.as_slice().iter().map(|&margin| f64::from(margin)).collect())
    }

    /// Exact TreeSHAP values: per row one value per feature and last the bias, which add up to the prediction.
    pub(crate) fn contributions(&self, x: &Matrix) -> Result<Vec<Vec<f64>>, LearnError> {
        if x.rows == 0 {
            return Ok(Vec::new());
        }
        let contributions = self.0.predict_contribs(&x.dmatrix()?, Iterations::Best).map_err(refused)?;
        let rows = contributions.as_slice().chunks(x.width + 1);
        Ok(rows.map(|row| row.iter().map(|&phi| f64::from(phi)).collect()).collect())
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.encode(ModelFormat::Binary).expect("trees that were grown or read can be written in the native format")
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, LearnError> {
        let model = BoostedModel::decode(bytes, ModelFormat::Binary);
        model.map(Self).map_err(|error| LearnError::DamagedModel { reason: error.to_string() })
    }

    pub(crate) fn width(&self) -> usize {
        self.0.n_features()
    }
}

fn refused(error: HessboostError) -> LearnError {
    LearnError::Booster { reason: error.to_string() }
}

fn grow(
    task: &Task,
    params: &BoostParams,
    seed: u64,
    train: Sample<'_>,
    valid: Option<Sample<'_>>,
) -> Result<(Booster, Vec<f64>), LearnError> {
    let small = train.x.values.len() < PARALLEL_VALUES;
    let training = training_params(params, seed, small)?;
    let dtrain = train.dmatrix()?;
    let dvalid = valid.map(|valid| valid.dmatrix()).transpose()?;
    let mut trainer = Trainer::new(&training, &dtrain, params.rounds);
    if let Some(dvalid) = &dvalid {
        trainer = trainer.eval(dvalid, "valid");
    }
    let trainer = trainer.on_round(|_| match task.is_cancelled() {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    });
    let grown = trainer.train().map_err(refused)?;
    if task.is_cancelled() {
        return Err(Cancelled.into());
    }
    let curve = grown.history.series("valid", "mae").map(Iterator::collect).unwrap_or_default();
    Ok((Booster(grown.model), curve))
}

fn training_params(params: &BoostParams, seed: u64, small: bool) -> Result<TrainingParams, LearnError> {
    let (objective, leaves) = match params.loss {
        Loss::Squared => (Objective::SquaredError(RegLoss::default()), LeafEstimation::Newton),
        Loss::Absolute => (Objective::AbsoluteError, LeafEstimation::Exact),
    };
    let policy = match params.shape {
        Shape::Symmetric => GrowPolicy::Symmetric,
        Shape::Free | Shape::Forest => GrowPolicy::DepthWise,
    };
    let builder = TrainingParams::builder()
        .objective(objective)
        .leaf_estimation(leaves)
        .eval_metric(EvalMetric::Mae)
        .grow_policy(policy)
        .tree_method(TreeMethod::Hist)
        .max_depth(params.depth)
        .eta(params.eta)
        .lambda(params.lambda)
        .min_child_weight(params.min_rows)
        .subsample(params.row_share)
        .max_bin(params.bins)
        .seed(seed);
    let builder = match params.shape {
        Shape::Symmetric | Shape::Free => builder.colsample_bylevel(params.column_share),
        Shape::Forest => builder
            .colsample_bynode(params.column_share)
            .extra_trees(ExtraTrees::with_seed(seed))
            .num_parallel_tree(FOREST),
    };
    if small { builder.nthread(1) } else { builder }.build().map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const PARAMS: BoostParams = BoostParams {
        shape: Shape::Symmetric,
        loss: Loss::Squared,
        rounds: 60,
        depth: 4,
        eta: 0.1,
        lambda: 2.0,
        min_rows: 1.0,
        row_share: 0.8,
        column_share: 0.8,
        bins: 64,
    };

    /// y = 2 a - b, with a fifth of b missing.
    fn sample(rows: usize) -> (Matrix, Vec<f64>) {
        let mut random = Random::new(5);
        let mut x = Matrix { values: Vec::new(), rows, width: 2 };
        let mut y = Vec::new();
        for row in 0..rows {
            let (a, b) = (random.uniform(), random.uniform());
            x.values.extend([a as f32, if row % 5 == 0 { f32::NAN } else { b as f32 }]);
            y.push(2.0 * a - b);
        }
        (x, y)
    }

    #[test]
    fn shap_values_add_up_to_the_prediction() {
        let (x, y) = sample(400);
        for (shape, rounds) in [(Shape::Symmetric, 60), (Shape::Free, 60), (Shape::Forest, 1)] {
            let params = BoostParams { shape, rounds, ..PARAMS };
            let booster =
                Booster::fit(&Task::silent(), &params, 1, Sample { x: &x, y: &y, weights: None }).expect("fit");
            let predicted = booster.predict(&x, usize::MAX).expect("predict");
            for (prediction, phi) in predicted.iter().zip(booster.contributions(&x).expect("shap")) {
                let sum: f64 = phi.iter().sum();
                assert!((sum - prediction).abs() < 1e-5, "{shape:?}: {sum} against {prediction}");
            }
        }
    }

    /// What XGBoost itself says of its own trees (`pred_contribs`), on rows with missing values.
    #[test]
    fn shap_values_are_those_of_xgboost() {
        #[derive(Deserialize)]
        struct Said {
            rows: Vec<Vec<Option<f32>>>,
            predictions: Vec<f64>,
            contributions: Vec<Vec<f64>>,
        }
        let said: Said = serde_json::from_str(include_str!("../tests/xgboost/contributions.json")).expect("reads");
        let bytes = include_bytes!("../tests/xgboost/model.json");
        let booster = Booster(BoostedModel::decode(bytes, ModelFormat::XgboostJson).expect("a model of XGBoost"));
        let values = said.rows.iter().flatten().map(|x| x.unwrap_or(f32::NAN)).collect();
        let x = Matrix { values, rows: said.rows.len(), width: 5 };
        let near = |ours: f64, theirs: f64| assert!((ours - theirs).abs() < 1e-5, "{ours} against {theirs}");
        let predicted = booster.predict(&x, usize::MAX).expect("predict");
        predicted.iter().zip(&said.predictions).for_each(|(ours, theirs)| near(*ours, *theirs));
        for (ours, theirs) in booster.contributions(&x).expect("shap").iter().zip(&said.contributions) {
            assert_eq!(ours.len(), theirs.len());
            ours.iter().zip(theirs).for_each(|(ours, theirs)| near(*ours, *theirs));
        }
    }

    #[test]
    fn the_same_seed_grows_the_same_trees_and_another_seed_others() {
        let (x, y) = sample(3000);
        let fit = |seed| {
            let booster =
                Booster::fit(&Task::silent(), &PARAMS, seed, Sample { x: &x, y: &y, weights: None }).expect("fit");
            booster.predict(&x, usize::MAX).expect("predict")
        };
        assert_eq!(fit(3), fit(3));
        assert_ne!(fit(3), fit(4));
    }

    #[test]
    fn trees_come_back_from_bytes_as_they_were() {
        let (x, y) = sample(300);
        let booster = Booster::fit(&Task::silent(), &PARAMS, 1, Sample { x: &x, y: &y, weights: None }).expect("fit");
        let again = Booster::from_bytes(&booster.to_bytes()).expect("read");
        assert_eq!(booster.predict(&x, 99).expect("predict"), again.predict(&x, 99).expect("predict"));
    }

    #[test]
    fn a_cancelled_fit_stops() {
        let (x, y) = sample(300);
        let task = Task::silent();
        task.cancel();
        let stopped = Booster::fit(&task, &PARAMS, 1, Sample { x: &x, y: &y, weights: None });
        assert_eq!(stopped.err(), Some(LearnError::Cancelled(Cancelled)));
    }
}
