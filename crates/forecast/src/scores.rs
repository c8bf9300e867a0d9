//! How well the combination and each member would have done at past origins, as figures.

use signwright_domain::series::BacktestScore;

use crate::backtest::{Backtest, Origin};
use crate::combine::combined;
use crate::numbers::mean;
use crate::ranges::{Errors, held};
use crate::yardstick::Yardstick;

/// The one used first, then the members by weight.
pub(crate) fn scores(
    past: &Backtest,
    weights: &[f64],
    values: &[f64],
    season: usize,
    horizon: usize,
) -> Vec<BacktestScore> {
    let unit = naive_step(values, season);
    let yardstick = Yardstick::of(values, season);
    let used = weights.iter().filter(|w| **w > 0.0).count();
    let mut scores = Vec::new();
    if used > 1 {
        let ranges = held(&errors(past, weights, &yardstick), horizon);
        scores.push(score("combination", 0.0, past, unit, ranges, |o| combined(&o.paths, weights)));
    }
    let mut members: Vec<usize> = (0..past.methods.len()).collect();
    members.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
    for at in members {
        let one: Vec<f64> = (0..weights.len()).map(|i| f64::from(i == at)).collect();
        let ranges = (used == 1 && weights[at] > 0.0).then(|| held(&errors(past, &one, &yardstick), horizon)).flatten();
        scores.push(score(past.methods[at].name(), weights[at], past, unit, ranges, |o| o.paths[at].clone()));
    }
    scores
}

fn score(
    method: &str,
    weight: f64,
    past: &Backtest,
    unit: Option<f64>,
    ranges: Option<(f64, f64)>,
    path: impl Fn(&Origin) -> Vec<f64>,
) -> BacktestScore {
    let pairs: Vec<(f64, f64)> = past.origins.iter().flat_map(|o| path(o).into_iter().zip(o.actual.clone())).collect();
    let count = pairs.len() as f64;
    let zero = pairs.is_empty() || pairs.iter().any(|(_, y)| *y == 0.0);
    let mape = pairs.iter().map(|(yhat, y)| 100.0 * ((yhat - y) / y).abs()).sum::<f64>() / count;
    let mae = pairs.iter().map(|(yhat, y)| (yhat - y).abs()).sum::<f64>() / count;
    BacktestScore {
        method: method.to_owned(),
        weight,
        mape: (!zero).then_some(mape),
        mase: unit.filter(|_| count > 0.0).map(|unit| mae / unit),
        held_80: ranges.map(|r| r.0),
        held_95: ranges.map(|r| r.1),
    }
}

/// Mean absolute error of the seasonal naive one season ahead over the whole history.
fn naive_step(values: &[f64], season: usize) -> Option<f64> {
    let steps: Vec<f64> = values.iter().zip(values.iter().skip(season)).map(|(a, b)| (b - a).abs()).collect();
    Some(mean(&steps)).filter(|unit| *unit > 0.0)
}

/// Errors of the combination by what the series is measured by, per origin.
pub(crate) fn errors(past: &Backtest, weights: &[f64], yardstick: &Yardstick<'_>) -> Vec<Errors> {
    let of = |origin: &Origin| {
        let (path, measure) = (combined(&origin.paths, weights), yardstick.at(origin.known));
        path.iter().zip(&origin.actual).map(|(yhat, y)| measure.error(*yhat, *y)).collect()
    };
    past.origins.iter().map(of).collect()
}
