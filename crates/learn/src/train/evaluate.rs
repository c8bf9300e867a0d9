//! The model beside the simple rules, on test rows that none of them has learned from.

use super::learn::Learned;
use crate::LearnError;
use crate::linear::elastic_net;
use crate::model::Prediction;
use crate::rules::{classes, rule_for};
use crate::score::{Comparison, Pair, compare};
use crate::split::Split;
use crate::training_set::TrainingSet;

/// What every method said about the test rows, in their order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Evaluation {
    pub(super) actual: Vec<f64>,
    pub(super) classes: Vec<Option<String>>,
    pub(super) predictions: Vec<Prediction>,
    pub(super) model: Vec<Option<f64>>,
    pub(super) rule: Vec<Option<f64>>,
    pub(super) own: Vec<Option<f64>>,
    pub(super) linear: Vec<Option<f64>>,
    pub(super) against_rule: Option<Comparison>,
    pub(super) against_own: Option<Comparison>,
}

pub(super) fn evaluate(
    learned: &Learned,
    set: &TrainingSet,
    split: &Split,
    seed: u64,
) -> Result<Evaluation, LearnError> {
    let test = set.select(&split.test);
    let predictions = learned.model.predict(&test.table)?;
    let model: Vec<Option<f64>> = predictions.iter().map(|prediction| Some(prediction.value)).collect();
    let rule = rule_for(set, &split.train, &split.test, split.from.is_some());
    let own = match &test.own_estimate {
        Some(own) => own.iter().map(|&estimate| Some(estimate).filter(|x| x.is_finite())).collect(),
        None => vec![None; test.rows()],
    };
    let keys = test.keys();
    let against = |other: &[Option<f64>]| {
        compare(&Pair { first: &model, second: other, actual: &test.target, keys: &keys }, seed)
    };
    let (against_rule, against_own) = (against(&rule), against(&own));
    let linear = linear(learned, set, split)?;
    Ok(Evaluation {
        classes: classes(&test),
        predictions,
        rule,
        own,
        linear,
        against_rule,
        against_own,
        model,
        actual: test.target,
    })
}

fn linear(learned: &Learned, set: &TrainingSet, split: &Split) -> Result<Vec<Option<f64>>, LearnError> {
    let train = set.select(&split.train);
    let test = set.table.select(&split.test);
    let scale = &learned.model.fitted.scale;
    let predicted = elastic_net(scale, &learned.usable.names, (&train.table, &train.target), &test)?;
    Ok(match predicted {
        Some(predicted) => predicted.into_iter().map(Some).collect(),
        None => vec![None; test.rows()],
    })
}
