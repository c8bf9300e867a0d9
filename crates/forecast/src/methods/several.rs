//! Long seasons and several at once: the history is taken apart (MSTL, Bandara, Hyndman and Bergmeir 2021), exponential
//! smoothing continues what is left without seasons, and the last round of each season is repeated on top.
//!
//! It stands in where exponential smoothing would need a state for every week of the year.

use super::smoothing::EtsForm;
use crate::components::{held, taken_apart};

/// Older values are left out: four years of days.
pub(super) const LONGEST: usize = 1_500;

/// A history without its seasons.
#[derive(Clone, Debug)]
pub(super) struct Plain {
    /// Length of the history it was made of.
    pub(super) of: usize,
    pub(super) values: Vec<f64>,
    seasons: Vec<(usize, Vec<f64>)>,
    /// Taken apart in logarithms.
    grown: bool,
}

impl Plain {
    /// `None` where the history does not hold two rounds of any season.
    pub(super) fn of(history: &[f64], seasons: &[usize]) -> Option<Self> {
        let of = history.len();
        let history = &history[history.len().saturating_sub(LONGEST)..];
        let periods = held(seasons, history.len());
        if periods.is_empty() {
            return None;
        }
        let grown = history.iter().all(|y| *y > 0.0);
        let scaled: Vec<f64> = history.iter().map(|y| if grown { y.ln() } else { *y }).collect();
        let (_, parts) = taken_apart(&scaled, &periods, 0)?;
        let without = |at: usize| scaled[at] - parts.iter().map(|season| season[at]).sum::<f64>();
        let values = (0..scaled.len()).map(without).map(|y| if grown { y.exp() } else { y }).collect();
        Some(Self { of, values, seasons: periods.into_iter().zip(parts).collect(), grown })
    }

    /// Gives the last round of each season to a path that follows the history.
    pub(super) fn put_back(&self, path: &mut [f64]) {
        for (step, y) in path.iter_mut().enumerate() {
            let of = |(length, season): &(usize, Vec<f64>)| season[season.len() - length + step % length];
            let all: f64 = self.seasons.iter().map(of).sum();
            *y = if self.grown { *y * all.exp() } else { *y + all };
        }
    }

    pub(super) fn continued(&self, form: EtsForm, horizon: usize) -> Option<Vec<f64>> {
        let mut path = form.forecast(&self.values, 1, horizon)?;
        self.put_back(&mut path);
        Some(path)
    }
}

/// The form of exponential smoothing for the history without its seasons.
pub(super) fn form(history: &[f64], seasons: &[usize]) -> Option<EtsForm> {
    EtsForm::chosen(&Plain::of(history, seasons)?.values, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Level, week and year of a daily measure.
    fn daily(t: usize) -> f64 {
        let year = (std::f64::consts::TAU * t as f64 / 365.0).sin();
        200.0 + 30.0 * year + [0.0, 4.0, 6.0, 3.0, 9.0, -12.0, -10.0][t % 7]
    }

    #[test]
    fn a_week_and_a_year_are_carried_on_together() {
        let history: Vec<f64> = (0..1_200).map(daily).collect();
        let seasons = [7, 365];
        let form = form(&history, &seasons).expect("two years");
        let path = Plain::of(&history, &seasons).and_then(|plain| plain.continued(form, 120)).expect("fitted");
        for (step, y) in path.iter().enumerate() {
            let truth = daily(1_200 + step);
            assert!((y / truth - 1.0).abs() < 0.03, "{step}: {y} {truth}");
        }
    }

    #[test]
    fn without_two_rounds_there_is_nothing_to_carry() {
        let history: Vec<f64> = (0..90).map(daily).collect();
        assert!(form(&history, &[52]).is_none());
    }
}
