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
    /// Against the rule as the model carries it, which knows nothing newer than the model does.
    pub(super) against_fallback: Option<Comparison>,
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
    let class = learned.model.class();
    let rule = rule_for(set, class, split);
    let own = match &test.own_estimate {
        Some(own) => own.iter().map(|&estimate| Some(estimate).filter(|x| x.is_finite())).collect(),
        None => vec![None; test.rows()],
    };
    let keys = test.keys();
    let against = |other: &[Option<f64>]| {
        compare(&Pair { first: &model, second: other, actual: &test.target, keys: &keys }, seed)
    };
    let (against_rule, against_own) = (against(&rule), against(&own));
    let carried = learned.model.fitted.fallback.of(&test.table)?;
    let carried: Vec<Option<f64>> = carried.into_iter().map(|said| said.map(|said| said.median.value)).collect();
    let against_fallback = against_fallback(learned, set, split, (&model, &carried), seed);
    let linear = linear(learned, set, split)?;
    Ok(Evaluation {
        classes: classes(&test.table, class),
        predictions,
        rule,
        own,
        linear,
        against_rule,
        against_own,
        against_fallback,
        model,
        actual: test.target,
    })
}

/// The model beside the rule that it carries, on the test rows and on those of the inner folds: more rows tell more
/// surely.
fn against_fallback(
    learned: &Learned,
    set: &TrainingSet,
    split: &Split,
    (model, rule): (&[Option<f64>], &[Option<f64>]),
    seed: u64,
) -> Option<Comparison> {
    let contest = &learned.contest;
    let asked = contest.model.len().min(contest.rule.len());
    let rows: Vec<usize> = split.test.iter().chain(&split.train[..asked]).copied().collect();
    let keys = set.keys();
    let pair = Pair {
        first: &[model, &contest.model[..asked]].concat(),
        second: &[rule, &contest.rule[..asked]].concat(),
        actual: &rows.iter().map(|&row| set.target[row]).collect::<Vec<f64>>(),
        keys: &rows.iter().map(|&row| keys[row]).collect::<Vec<u64>>(),
    };
    compare(&pair, seed)
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
