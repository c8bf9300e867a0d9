//! The learning curve: what the same learners miss by on the same test when they have fewer jobs, and from that how many
//! more it would take to beat the simple rule.

use signwright_domain::card::LearningPoint;

use super::evaluate::Evaluation;
use super::learn::Learned;
use crate::LearnError;
use crate::random::Random;
use crate::score::{Comparison, score};
use crate::search::{Ground, said_of};
use crate::split::{FEWEST_LEARNED, Split};
use crate::stages::Stages;
use crate::target::Scale;
use crate::training_set::TrainingSet;

/// Shares of the training jobs that are tried besides all of them.
const SHARES: [f64; 2] = [0.25, 0.5];
/// With more training jobs than this nobody asks how many more it would take, and it would take long.
const MOST: usize = 20_000;
/// How much below the rule's error the model's must be.
const GAIN: f64 = 0.95;
/// Standard errors that 95 of 100 resamples amount to.
const CLEAR: f64 = 1.645;
/// Beyond so many times the jobs there are a number would be a guess.
const FARTHEST: f64 = 20.0;

/// Median errors with fewer jobs, and last with all of them.
pub(super) fn curve(
    stages: &Stages<'_>,
    set: &TrainingSet,
    split: &Split,
    learned: &Learned,
    evaluation: &Evaluation,
    seed: u64,
) -> Result<Vec<LearningPoint>, LearnError> {
    stages.next("drawing the learning curve")?;
    let mut points = Vec::new();
    if split.train.len() <= MOST {
        let order = newest_last(set, split, seed);
        for share in SHARES {
            let jobs = (share * order.len() as f64) as usize;
            if jobs >= FEWEST_LEARNED {
                points.extend(point(stages, set, (&order[order.len() - jobs..], &split.test), learned, seed)?);
            }
        }
    }
    let all = score("", &evaluation.model, &evaluation.actual);
    points.extend(all.map(|all| LearningPoint { jobs: split.train.len() as u32, median_error: all.median_error }));
    Ok(points)
}

/// Training rows by time, else in an order drawn by the seed.
fn newest_last(set: &TrainingSet, split: &Split, seed: u64) -> Vec<usize> {
    let mut order = split.train.clone();
    match split.from {
        Some(_) => order.sort_by_key(|&row| set.known_from[row]),
        None => Random::new(seed).shuffle(&mut order),
    }
    order
}

fn point(
    stages: &Stages<'_>,
    set: &TrainingSet,
    (rows, test): (&[usize], &[usize]),
    learned: &Learned,
    seed: u64,
) -> Result<Option<LearningPoint>, LearnError> {
    let (train, test) = (set.select(rows), set.select(test));
    let Some(scale) = Scale::known(&train.target, learned.blend.log) else { return Ok(None) };
    let class = learned.model.class();
    let ground = Ground { set: &train, columns: &learned.usable.names, class, folds: &[], seed };
    let predicted = said_of(stages, &ground, &scale, &learned.blend, &test.table)?;
    let predicted: Vec<Option<f64>> = predicted.into_iter().map(Some).collect();
    let error = score("", &predicted, &test.target).map(|score| score.median_error);
    Ok(error.map(|median_error| LearningPoint { jobs: rows.len() as u32, median_error }))
}

/// How many more jobs it would take, in a sentence.
pub(super) fn needed(points: &[LearningPoint], rule: &Comparison, jobs: usize) -> String {
    const HARDLY: &str = "More jobs like these alone would hardly change that.";
    let more = if rule.first < GAIN * rule.second { unclear(rule.ahead) } else { behind(points, GAIN * rule.second) };
    match more.filter(|times| *times < FARTHEST) {
        Some(times) => format!("About {} more jobs would settle it.", rounded(times * jobs as f64)),
        None => HARDLY.to_owned(),
    }
}

/// Ahead, but by too few standard errors: these grow with the root of the number of jobs.
fn unclear(errors: f64) -> Option<f64> {
    (errors > 0.0).then(|| ((CLEAR / errors).powi(2) - 1.0).max(0.1))
}

/// Behind: the power law through the points, extended to the error wanted.
fn behind(points: &[LearningPoint], wanted: f64) -> Option<f64> {
    let (first, last) = (points.first()?, points.last()?);
    let slope = (first.median_error / last.median_error).ln() / (f64::from(last.jobs) / f64::from(first.jobs)).ln();
    (slope > 0.0 && wanted > 0.0)
        .then(|| (last.median_error / wanted).powf(1.0 / slope) - 1.0)
        .filter(|x| x.is_finite())
}

/// Two digits: the number is a guess.
fn rounded(jobs: f64) -> u64 {
    let unit = 10_f64.powf((jobs.max(1.0).log10().floor() - 1.0).max(0.0));
    ((jobs / unit).ceil() * unit) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(first: f64, second: f64, ahead: f64) -> Comparison {
        let (mae, rmse) = ((1.0, 1.0), (1.0, 1.0));
        Comparison { n: 50, first, second, mae, rmse, share_ahead: 0.5, closer: false, clearly: false, ahead }
    }

    #[test]
    fn what_it_would_take_follows_from_the_curve() {
        let point = |jobs, median_error| LearningPoint { jobs, median_error };
        // The error halves with four times the jobs: 20 % at 100, 10 % at 400, 9.5 % at 444.
        let falling = [point(25, 40.0), point(100, 20.0)];
        assert_eq!(needed(&falling, &comparison(20.0, 10.0, -1.0), 100), "About 350 more jobs would settle it.");
        let flat = [point(25, 20.0), point(100, 20.0)];
        let hardly = "More jobs like these alone would hardly change that.";
        assert_eq!(needed(&flat, &comparison(20.0, 10.0, -1.0), 100), hardly);
        assert_eq!(needed(&falling[1..], &comparison(20.0, 10.0, -1.0), 100), hardly);
        // Ahead by half of the standard errors that would be clear: four times as many jobs.
        assert_eq!(needed(&falling, &comparison(8.0, 10.0, CLEAR / 2.0), 100), "About 300 more jobs would settle it.");
        assert_eq!(needed(&falling, &comparison(8.0, 10.0, 0.0), 100), hardly);
    }
}
