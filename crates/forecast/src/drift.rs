//! Series that drift as prices do: positive, without a season, each value near the one before. What counts in them are their
//! changes in proportion, and how lively these have been of late.

use crate::numbers::mean;

/// Seasons of which it was measured that this serves: a year of quarters and one of months.
const YEARS: [usize; 2] = [4, 12];
/// Fewest years from which it can be told.
pub(crate) const FEWEST_YEARS: usize = 4;
/// Changes that take each other back more than this are noise around a level.
const LEAST_CORRELATION: f64 = -0.2;
/// What moves by more than this share from period to period is no price: its ratios say nothing of a year ahead.
const LARGEST_USUAL: f64 = 0.04;
/// 90 % of the standard normal lie within this distance of zero.
const NORMAL_90: f64 = 1.645;

/// How much of the usual liveliness is added to that of late, and the power of their ratio by which errors grow: chosen on prices of
/// 1990 to 2009 and of 2010 to 2019.
const USUAL: f64 = 0.5;
const POWER: f64 = 0.5;

pub(crate) fn drifts(history: &[f64], season: usize) -> bool {
    if !YEARS.contains(&season) || history.len() < FEWEST_YEARS * season || history.iter().any(|y| *y <= 0.0) {
        return false;
    }
    let changes = changes(history);
    if size(&changes) > LARGEST_USUAL {
        return false;
    }
    let usual = mean(&changes);
    let off: Vec<f64> = changes.iter().map(|change| change - usual).collect();
    let squares: f64 = off.iter().map(|x| x * x).sum();
    if squares <= 0.0 {
        return false;
    }
    let correlation = |lag: usize| off.iter().zip(&off[lag..]).map(|(a, b)| a * b).sum::<f64>() / squares;
    let nearer: f64 = (1..season).map(|lag| correlation(lag).powi(2)).sum();
    let by_chance = NORMAL_90 * ((1.0 + 2.0 * nearer) / off.len() as f64).sqrt();
    correlation(1) > LEAST_CORRELATION && correlation(season) < by_chance
}

/// Changes of the logarithm from one period to the next; all values must be positive.
pub(crate) fn changes(history: &[f64]) -> Vec<f64> {
    history.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect()
}

fn size(changes: &[f64]) -> f64 {
    mean(&changes.iter().map(|change| change.abs()).collect::<Vec<_>>())
}

/// How lively a series that drifts is usually.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Liveliness {
    usual: f64,
    half_life: f64,
}

impl Liveliness {
    /// `None` where nothing moves.
    pub(crate) fn of(history: &[f64], season: usize) -> Option<Self> {
        let usual = size(&changes(history));
        (usual > 0.0).then_some(Self { usual, half_life: season as f64 })
    }

    /// By how much errors after this history are larger than usual: what it moved by of late counts for half after a year.
    pub(crate) fn after(self, history: &[f64]) -> f64 {
        let (mut moved, mut weights, mut weight) = (0.0, 0.0, 1.0);
        let fading = 0.5_f64.powf(1.0 / self.half_life);
        for change in changes(history).iter().rev() {
            moved += weight * change.abs();
            weights += weight;
            weight *= fading;
        }
        let of_late = moved / f64::max(weights, 1.0);
        ((of_late + USUAL * self.usual) / (self.usual * (1.0 + USUAL))).powf(POWER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A price that moves by these per cent again and again.
    fn price(moves: &[f64], count: usize) -> Vec<f64> {
        let mut at = 100.0;
        (0..count)
            .map(|i| {
                let now = at;
                at *= 1.0 + moves[i % moves.len()] / 100.0;
                now
            })
            .collect()
    }

    #[test]
    fn prices_drift_and_what_swings_around_a_level_or_has_a_season_does_not() {
        let check = |values: &[f64], season, drifting: bool| assert_eq!(drifts(values, season), drifting, "{values:?}");
        let wandering = price(&[1.0, 1.5, 0.2, -0.4, -1.0, -0.3, 0.6], 90);
        check(&wandering, 12, true);
        check(&wandering, 7, false);
        check(&wandering[..40], 12, false);
        check(&wandering.iter().map(|y| y - 100.0).collect::<Vec<_>>(), 12, false);
        check(&price(&[5.0, -4.8], 90), 12, false);
        check(&price(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0], 90), 12, false);
        check(&price(&[9.0, 13.0, 2.0, -4.0, -9.0, -3.0, 6.0], 90), 12, false);
        check(&[7.0; 90], 12, false);
    }

    #[test]
    fn errors_grow_with_the_moves_of_late() {
        let mut history = price(&[0.5, -0.4], 60);
        let calm = Liveliness::of(&history, 12).expect("it moves");
        assert!((calm.after(&history) - 1.0).abs() < 0.01, "{}", calm.after(&history));
        let last = history[59];
        history.extend(price(&[4.0, -3.0], 12).iter().map(|y| y * last / 100.0));
        let lively = Liveliness::of(&history, 12).expect("it moves").after(&history);
        assert!((1.2..1.5).contains(&lively), "{lively}");
        assert_eq!(Liveliness::of(&[3.0; 20], 12), None);
    }
}
