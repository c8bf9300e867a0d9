//! Boosted lags: trees that learn from every past period how far the series then moved in so many steps, and ask it of the last one.
//!
//! What is learned are moves of the history without its season, in logarithms where it is positive, in proportion to how much it
//! lately moved and to the root of the distance: trees cannot continue a trend, but a move of the usual size is inside what they
//! have seen. The distance is a feature (direct forecasts, as in Taieb et al. 2012), so one fit serves the whole horizon
//! and no error is fed back. A fit serves the origins that follow it until the next one; it never sees later values.

use std::cell::RefCell;
use std::rc::Rc;

use signwright_domain::Task;
use signwright_learn::boost::{BoostParams, Booster, Loss, Matrix, Sample, Shape};

use super::season::Season;
use crate::numbers::mean;

/// Fewest values, and fewest where there are other series to learn from. Of long material prices alone they learn nothing that holds.
pub(super) const FEWEST: usize = 400;
pub(super) const FEWEST_BESIDE: usize = 72;
/// Fewest pairs of a period and a distance.
const FEWEST_ROWS: usize = 120;
/// More pairs than this are thinned out evenly.
const MOST_ROWS: usize = 1_500;
/// Periods over which the size of moves is taken.
const LATELY: usize = 24;
/// Distances back to which the last value is compared.
const BACK: [usize; 5] = [1, 2, 3, 6, 12];
/// Lengths of the means to which it is compared.
const MEANS: [usize; 3] = [4, 13, 52];
/// Distances over which another series has moved.
const OTHER_BACK: [usize; 4] = [1, 3, 6, 12];
/// Moves farther out than this many usual ones count as if they stood there.
const FARTHEST: f64 = 4.0;
/// The history is cut into so many parts, after each of which is fitted anew.
const PARTS: usize = 6;

const PARAMS: BoostParams = BoostParams {
    shape: Shape::Symmetric,
    loss: Loss::Squared,
    rounds: 60,
    depth: 3,
    eta: 0.08,
    lambda: 5.0,
    min_rows: 20.0,
    row_share: 0.7,
    column_share: 0.7,
    bins: 32,
};
const SEED: u64 = 1;

/// What one series is given to learn from beside its own past.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    /// Points of the whole history, of which an origin knows the beginning.
    pub(super) points: usize,
    pub(super) season: usize,
    /// Begin with the history; known as far as they are at the origin.
    pub(super) others: &'a [&'a [Option<f64>]],
}

/// Fits by the number of values they have seen and the farthest distance.
#[derive(Clone, Debug, Default)]
pub(super) struct Fits(RefCell<Vec<Fit>>);

#[derive(Clone, Debug)]
struct Fit {
    seen: usize,
    horizon: usize,
    booster: Option<Rc<Booster>>,
}

impl Fits {
    /// `plain` is the history without its seasons, all of it positive where `grown`.
    pub(super) fn forecast(&self, history: &[f64], around: Around<'_>, horizon: usize) -> Option<Vec<f64>> {
        let season = Season::of(history, around.season);
        let mut path = self.plain(&season.removed(history), around, horizon)?;
        season.put_back(history.len(), &mut path);
        Some(path)
    }

    /// The same for a history that has no season any more.
    pub(super) fn plain(&self, plain: &[f64], around: Around<'_>, horizon: usize) -> Option<Vec<f64>> {
        let moves = Moves::of(plain, around, horizon);
        let booster = self.fitted(&moves, around.points)?;
        let last = moves.values.len() - 1;
        let rows: Vec<Vec<f32>> = (1..=horizon).map(|ahead| moves.features(last, ahead)).collect();
        let said = booster.predict(&matrix(&rows), usize::MAX).ok()?;
        let usual = moves.usual(last);
        let at = |(step, said): (usize, &f64)| {
            let y = moves.values[last] + said * usual * ((step + 1) as f64).sqrt();
            if moves.grown { y.exp() } else { y }
        };
        Some(said.iter().enumerate().map(at).collect())
    }

    fn fitted(&self, moves: &Moves, points: usize) -> Option<Rc<Booster>> {
        let known = moves.values.len();
        let part = (points / PARTS).max(1);
        let seen = if known == points { known } else { known - known % part };
        let horizon = moves.horizon;
        let found = self.0.borrow().iter().find(|fit| fit.seen == seen && fit.horizon >= horizon).cloned();
        if let Some(fit) = found {
            return fit.booster;
        }
        let booster = moves.learned(seen).map(Rc::new);
        self.0.borrow_mut().push(Fit { seen, horizon, booster: booster.clone() });
        booster
    }
}

/// A history without season on the scale on which it moves.
struct Moves {
    values: Vec<f64>,
    grown: bool,
    others: Vec<Vec<Option<f64>>>,
    season: usize,
    horizon: usize,
    /// Of all moves, so that a stretch without any divides by nothing smaller.
    least: f64,
}

impl Moves {
    fn of(plain: &[f64], around: Around<'_>, horizon: usize) -> Self {
        let grown = plain.iter().all(|y| *y > 0.0);
        let values: Vec<f64> = plain.iter().map(|y| if grown { y.ln() } else { *y }).collect();
        let steps: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let log = |other: &&[Option<f64>]| {
            let positive = other.iter().flatten().all(|y| *y > 0.0);
            other.iter().map(|y| y.map(|y| if positive { y.ln() } else { y })).collect()
        };
        let least = 0.25 * mean(&steps);
        let others = around.others.iter().map(log).collect();
        Self { values, grown, others, season: around.season, horizon, least }
    }

    /// Mean size of the last moves up to a period.
    fn usual(&self, at: usize) -> f64 {
        let from = at.saturating_sub(LATELY);
        let steps: Vec<f64> = self.values[from..=at].windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        mean(&steps).max(self.least)
    }

    fn learned(&self, seen: usize) -> Option<Booster> {
        let pairs = self.pairs(seen);
        if pairs.len() < FEWEST_ROWS || self.least <= 0.0 {
            return None;
        }
        let rows: Vec<Vec<f32>> = pairs.iter().map(|(at, ahead)| self.features(*at, *ahead)).collect();
        let moved = |(at, ahead): &(usize, usize)| {
            let moved = self.values[at + ahead] - self.values[*at];
            (moved / (self.usual(*at) * (*ahead as f64).sqrt())).clamp(-FARTHEST, FARTHEST)
        };
        let y: Vec<f64> = pairs.iter().map(moved).collect();
        Booster::fit(&Task::silent(), &PARAMS, SEED, Sample { x: &matrix(&rows), y: &y, weights: None }).ok()
    }

    /// Periods and distances of which both ends were seen, evenly thinned out.
    fn pairs(&self, seen: usize) -> Vec<(usize, usize)> {
        let first = LATELY.min(seen / 4);
        let all = (first..seen).flat_map(|at| (1..=self.horizon).map(move |ahead| (at, ahead)));
        let all: Vec<(usize, usize)> = all.filter(|(at, ahead)| at + ahead < seen).collect();
        let every = all.len().div_ceil(MOST_ROWS).max(1);
        // A step that shares no factor with the horizon meets all distances alike.
        let every = (every..).find(|every| gcd(*every, self.horizon) == 1).unwrap_or(1);
        all.into_iter().step_by(every).collect()
    }

    fn features(&self, at: usize, ahead: usize) -> Vec<f32> {
        let (now, usual) = (self.values[at], self.usual(at));
        let mut row = vec![ahead as f32];
        let mut put = |x: Option<f64>| row.push(x.map_or(f32::NAN, |x| x as f32));
        for back in BACK {
            put(at.checked_sub(back).map(|before| (now - self.values[before]) / usual));
        }
        for length in MEANS {
            put(at.checked_sub(length - 1).map(|from| (now - mean(&self.values[from..=at])) / usual));
        }
        put(Some(usual / (4.0 * self.least)));
        if self.season > 1 {
            let before = (at + 1).checked_sub(self.season);
            let moved = before.filter(|_| ahead <= self.season).and_then(|_| {
                let (from, to) = (at.checked_sub(self.season)?, (at + ahead).checked_sub(self.season)?);
                Some((self.values[to] - self.values[from]) / usual)
            });
            put(moved);
            let phase = std::f64::consts::TAU * ((at + ahead) % self.season) as f64 / self.season as f64;
            put(Some(phase.sin()));
            put(Some(phase.cos()));
        }
        for other in &self.others {
            let value = |at: usize| other.get(at).copied().flatten();
            for back in OTHER_BACK {
                put(at.checked_sub(back).and_then(|before| Some(value(at)? - value(before)?)));
            }
            let ahead_of = |at: usize| (at + ahead < other.len()).then_some(at + ahead);
            let known = other.len() > self.values.len();
            put(ahead_of(at).filter(|_| known).and_then(|to| Some(value(to)? - value(at)?)));
        }
        row
    }
}

fn matrix(rows: &[Vec<f32>]) -> Matrix {
    let width = rows.first().map_or(0, Vec::len);
    Matrix { values: rows.concat(), rows: rows.len(), width }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(t: usize) -> f64 {
        ((t * 7_919 + 13) * 104_729 % 10_007) as f64 / 5_003.5 - 1.0
    }

    fn around<'a>(points: usize, others: &'a [&'a [Option<f64>]]) -> Around<'a> {
        Around { points, season: 1, others }
    }

    /// Low values are followed by high ones, as no line through the last ones would say.
    #[test]
    fn trees_find_what_follows_from_where_a_series_stands() {
        let mut values = vec![100.0];
        for t in 1..400 {
            let last: f64 = values[t - 1];
            values.push(last + if last > 105.0 { -8.0 } else { 2.0 } + 0.3 * noise(t));
        }
        let path = Fits::default().forecast(&values[..380], around(380, &[]), 3).expect("fitted");
        for (ours, truth) in path.iter().zip(&values[380..]) {
            assert!((ours - truth).abs() < 2.5, "{path:?} {:?}", &values[379..384]);
        }
    }

    #[test]
    fn a_fit_serves_later_origins_and_never_sees_what_came() {
        let values: Vec<f64> = (0..300).map(|t| 50.0 + noise(t)).collect();
        let mut changed = values.clone();
        changed[290..].fill(500.0);
        let one = Fits::default();
        let at = |fits: &Fits, values: &[f64], known: usize| fits.forecast(&values[..known], around(300, &[]), 5);
        assert_eq!(at(&one, &values, 260), at(&Fits::default(), &changed, 260));
        assert!(at(&one, &values, 270).is_some());
        assert_eq!(one.0.borrow().len(), 1, "both come from the fit of 250 values");
    }

    #[test]
    fn what_cannot_be_learned_is_refused() {
        let fits = Fits::default();
        assert_eq!(fits.forecast(&[5.0; 300], around(300, &[]), 6), None);
        assert_eq!(fits.forecast(&[1.0, 2.0, 3.0], around(300, &[]), 6), None);
    }
}
