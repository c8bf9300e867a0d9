//! Ranges that follow the actual costs which come in after a model was made.
//!
//! Each side of each range has a factor. A job whose actual cost lies beyond the range moves the factor up, one inside a
//! little down, so that in the long run the range holds as often as it says, whatever prices do: quantile tracking
//! (Angelopoulos, Candès and Tibshirani 2023, "Conformal PID control for time series prediction", after Gibbs and Candès
//! 2021, "Adaptive conformal inference under distribution shift"), here on the logarithm of the factor, because ranges differ
//! in width. The model stays as it is.

use serde::{Deserialize, Serialize};

use crate::model::{CostModel, Prediction};

/// How far one job beyond its range moves the logarithm of a factor.
const RATE: f64 = 0.03;
/// Factors stay within this one and its inverse.
const FARTHEST: f64 = 4.0;

/// By how much the two sides of a range are stretched.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Per cent of the actual values that the range should hold.
    pub level: u8,
    /// Factors of the distance below and above the prediction, on the scale that the model learned.
    pub below: f64,
    pub above: f64,
}

/// What the jobs since a model was made say of its ranges.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// How many there were.
    pub jobs: u32,
    pub sides: Vec<Side>,
}

impl Stretch {
    /// Learns from what a model said of one job, unstretched, and what the job cost. Jobs come in the order in which their
    /// actual costs became known.
    pub fn learn(&mut self, model: &CostModel, said: &Prediction, actual: f64) {
        if !actual.is_finite() {
            return;
        }
        self.jobs = self.jobs.saturating_add(1);
        for &(level, low, high) in &said.ranges {
            let now = self.of(level);
            let (low, high) = model.reached(said.value, (low, high), (now.below, now.above));
            let share = (1.0 - f64::from(level) / 100.0) / 2.0;
            let moved = |factor: f64, beyond: bool| {
                let step = RATE * (f64::from(u8::from(beyond)) - share);
                (factor * step.exp()).clamp(1.0 / FARTHEST, FARTHEST)
            };
            let next = Side { level, below: moved(now.below, actual < low), above: moved(now.above, actual > high) };
            match self.sides.iter_mut().find(|side| side.level == level) {
                Some(side) => *side = next,
                None => self.sides.push(next),
            }
        }
    }

    /// Whether some side is stretched as far as any can be: ranges cannot follow any more.
    pub fn at_its_end(&self) -> bool {
        self.sides.iter().any(|side| side.below >= FARTHEST || side.above >= FARTHEST)
    }

    /// 1 where nothing was learned.
    fn of(&self, level: u8) -> Side {
        let known = self.sides.iter().find(|side| side.level == level);
        known.copied().unwrap_or(Side { level, below: 1.0, above: 1.0 })
    }
}

impl CostModel {
    /// The ranges of one of its predictions, stretched; a range of a higher level reaches at least as far as one of a lower.
    pub fn stretched(&self, said: &Prediction, by: &Stretch) -> Vec<(u8, f64, f64)> {
        let mut widest = (said.value, said.value);
        let stretch = |&(level, low, high): &(u8, f64, f64)| {
            let side = by.of(level);
            let (low, high) = self.reached(said.value, (low, high), (side.below, side.above));
            widest = (widest.0.min(low), widest.1.max(high));
            (level, widest.0, widest.1)
        };
        said.ranges.iter().map(stretch).collect()
    }
}

#[cfg(test)]
mod tests {
    use signwright_domain::Task;

    use super::*;
    use crate::random::Random;
    use crate::train::tests::shop::{params, shop};
    use crate::train::train;

    fn small_model() -> (CostModel, Vec<Prediction>) {
        let set = shop(200, 0.08, 3);
        let model = train(&Task::silent(), &set, &params(1)).expect("trains").model;
        let said = model.predict(&set.table).expect("predicts");
        (model, said)
    }

    /// The share of jobs in the ranges once costs miss by `times` as much as before, over the last half of 2,000 jobs.
    fn held(times: f64, shift: f64) -> Vec<f64> {
        let (model, said) = small_model();
        let mut random = Random::new(3);
        let mut stretch = Stretch::default();
        let mut inside = vec![0.0; 5];
        for number in 0..2_000 {
            let said = &said[number % said.len()];
            let at = |share: f64| {
                // Uniform between the ends of the 95 % range, and beyond them.
                let (_, low, high) = said.ranges[4];
                let (low, high) = (said.value.ln() - low.ln(), high.ln() - said.value.ln());
                (said.value.ln() + shift + times * if share < 0.0 { share * low } else { share * high }).exp()
            };
            let actual = at(2.0 * random.uniform() - 1.0);
            if number >= 1_000 {
                for (level, (_, low, high)) in model.stretched(said, &stretch).into_iter().enumerate() {
                    inside[level] += f64::from(u8::from((low..=high).contains(&actual))) / 1_000.0;
                }
            }
            stretch.learn(&model, said, actual);
        }
        assert_eq!(stretch.jobs, 2_000);
        inside
    }

    #[test]
    fn ranges_hold_as_often_as_they_say_whatever_costs_do() {
        for (times, shift) in [(0.8, 0.0), (1.5, 0.0), (1.0, 0.1), (1.0, -0.1)] {
            for (held, said) in held(times, shift).into_iter().zip([0.4, 0.6, 0.8, 0.9, 0.95]) {
                assert!((held - said).abs() < 0.03, "{held} of {said} at {times} and {shift}");
            }
        }
    }

    #[test]
    fn without_jobs_nothing_is_stretched_and_higher_levels_hold_lower_ones() {
        let (model, said) = small_model();
        let none = model.stretched(&said[0], &Stretch::default());
        for (one, same) in none.iter().zip(&said[0].ranges) {
            assert!((one.1 - same.1).abs() < 1e-9 * same.1 && (one.2 - same.2).abs() < 1e-9 * same.2);
        }
        let wide = Side { level: 80, below: 3.0, above: 3.0 };
        let crossed = Stretch { jobs: 9, sides: vec![wide] };
        let ranges = model.stretched(&said[0], &crossed);
        assert!(ranges.windows(2).all(|pair| pair[1].1 <= pair[0].1 && pair[1].2 >= pair[0].2), "{ranges:?}");
        let mut unknown = Stretch::default();
        unknown.learn(&model, &said[0], f64::NAN);
        assert_eq!(unknown, Stretch::default());
    }
}
