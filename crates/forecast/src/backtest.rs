//! What each method would have said at past origins, and how far off it was (rolling origin, Tashman 2000).

use signwright_domain::Task;

use crate::ForecastError;
use crate::clamp::Clamp;
use crate::methods::{Method, Methods};
use crate::numbers::mean;

/// Origins are spread over the usable history, at most this many.
const MOST_ORIGINS: usize = 24;

/// Origins at which two whole seasons were known, from which ranges can be drawn without the earlier ones.
const FEWEST_JUDGED: usize = 8;

/// Forecasts of every method at every origin, clamped as the final one is.
#[derive(Clone, Debug)]
pub(crate) struct Backtest {
    pub(crate) origins: Vec<Origin>,
    /// Which method stands where in `Origin::paths`.
    pub(crate) methods: Vec<Method>,
    pub(crate) loss: Loss,
    /// Values that must be known for two whole seasons; 0 without one.
    pub(crate) enough: usize,
    /// Points in the shorter season, 1 without one.
    pub(crate) season: usize,
    /// A year of weeks or days is known of which there are not yet two: only the regression on the calendar carries it.
    pub(crate) first_year: bool,
}

impl Backtest {
    /// The origins by which methods are compared: before two whole seasons were known, those that need them could not show
    /// what they can do now. Where there are no others, these still say more than nothing.
    pub(crate) fn judged(&self) -> Self {
        let origins: Vec<Origin> = self.origins.iter().filter(|origin| origin.known >= self.enough).cloned().collect();
        if origins.is_empty() { self.clone() } else { Self { origins, ..self.clone() } }
    }

    /// The same where enough are left to draw ranges from, else all: too wide ranges are better than guessed ones.
    pub(crate) fn counted(self) -> Self {
        let judged = self.judged();
        if judged.origins.len() >= FEWEST_JUDGED { judged } else { self }
    }
}

/// What methods are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Mean absolute error.
    Absolute,
    /// Root of the mean squared error: where most values are zero, the smallest absolute error is had by saying zero, but
    /// what a shop stocks for is the mean.
    Squared,
}

impl Loss {
    pub(crate) fn of(self, errors: &[f64]) -> f64 {
        match self {
            Self::Absolute => mean(&errors.iter().map(|e| e.abs()).collect::<Vec<_>>()),
            Self::Squared => mean(&errors.iter().map(|e| e * e).collect::<Vec<_>>()).sqrt(),
        }
    }
}

/// One past origin.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// How many values were known.
    pub(crate) known: usize,
    /// What came after; as long as the horizon or, near the end of the history, shorter.
    pub(crate) actual: Vec<f64>,
    /// Size of the series at the origin, by which errors of different origins become comparable.
    pub(crate) level: f64,
    /// One per method, as long as `actual`.
    pub(crate) paths: Vec<Vec<f64>>,
}

pub(crate) fn backtest(
    task: &Task,
    values: &[f64],
    horizon: usize,
    methods: &Methods,
) -> Result<Backtest, ForecastError> {
    let season = methods.season();
    let cuts = origins(values.len(), methods.seasons(), horizon);
    let loss = if methods.is_intermittent() { Loss::Squared } else { Loss::Absolute };
    let first_year = methods.first_year();
    let enough = first_year.unwrap_or(if season > 1 { 2 * season + 2 } else { 0 });
    let first_year = first_year.is_some();
    let mut backtest = Backtest { origins: Vec::new(), methods: methods.available(), loss, enough, season, first_year };
    for (done, cut) in cuts.iter().enumerate() {
        task.step(done as u64, cuts.len() as u64, "looking back from past dates")?;
        let (history, after) = values.split_at(*cut);
        let actual = after[..after.len().min(horizon)].to_vec();
        let clamp = Clamp::of(history, actual.len());
        let paths = backtest.methods.iter().map(|m| continued(methods, *m, history, &clamp, actual.len())).collect();
        backtest.origins.push(Origin { known: *cut, actual, level: level(history, season), paths });
    }
    Ok(backtest)
}

/// A method that cannot be fitted to a history stands in for itself with the last value.
pub(crate) fn continued(methods: &Methods, method: Method, history: &[f64], clamp: &Clamp, horizon: usize) -> Vec<f64> {
    let stand_in = || vec![history.last().copied().unwrap_or_default(); horizon];
    let mut path = methods.forecast(method, history, horizon).unwrap_or_else(stand_in);
    clamp.apply(&mut path);
    path
}

/// Where the history is cut: lengths of the part that is known, ascending.
fn origins(length: usize, seasons: &[usize], horizon: usize) -> Vec<usize> {
    let season = seasons.first().copied().unwrap_or(1);
    let enough = (2 * season + 2).max(8).min(length.div_ceil(2)).max(2);
    // Before two years are known nothing can be learned about methods that carry the year.
    let year = seasons.get(1).map(|year| 2 * year + 2).filter(|known| known + 2 * horizon <= length);
    let shortest = year.unwrap_or(enough);
    let Some(room) = length.checked_sub(shortest).filter(|room| *room > 0) else { return Vec::new() };
    let last = length - horizon.min(room.div_ceil(2)).max(1);
    let span = last.saturating_sub(shortest);
    let step = (span / (MOST_ORIGINS - 1)).max(1);
    let mut cuts: Vec<usize> = (0..MOST_ORIGINS).map_while(|i| last.checked_sub(i * step)).collect();
    cuts.retain(|cut| *cut >= shortest);
    cuts.reverse();
    cuts
}

/// Mean size of the last season (at least of three values) where all values are positive, else 1: errors of a price
/// that doubled are then seen in proportion.
pub(crate) fn level(history: &[f64], season: usize) -> f64 {
    let recent = &history[history.len().saturating_sub(season.max(3))..];
    let positive = history.iter().all(|y| *y > 0.0);
    if positive { mean(recent) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_leave_history_before_and_truth_after() {
        let check = |length, season, horizon, count, first, last| {
            let cuts = origins(length, &[season], horizon);
            assert_eq!((cuts.len(), cuts.first().copied(), cuts.last().copied()), (count, first, last));
        };
        check(144, 12, 12, 24, Some(40), Some(132));
        check(48, 12, 18, 13, Some(24), Some(36));
        check(10, 12, 6, 3, Some(5), Some(7));
        check(3, 1, 1, 1, Some(2), Some(2));
        check(2, 1, 1, 0, None, None);
        assert_eq!(origins(1_000, &[7, 365], 28).first(), Some(&742));
        assert_eq!(origins(760, &[7, 365], 28).first(), Some(&19));
    }

    #[test]
    fn methods_are_judged_where_two_seasons_were_known() {
        let values: Vec<f64> = (0..36).map(|i| f64::from(i % 12)).collect();
        let past = backtest(&Task::silent(), &values, 6, &Methods::for_history(&values, &[12])).expect("looked back");
        assert!(past.origins.iter().any(|origin| origin.known < 26));
        assert!(past.judged().origins.iter().all(|origin| origin.known >= 26) && !past.judged().origins.is_empty());
        let past = backtest(&Task::silent(), &values[..30], 6, &Methods::for_history(&values[..30], &[12]));
        let past = past.expect("looked back");
        assert_eq!(past.judged().origins.len(), past.origins.len());
    }

    #[test]
    fn the_work_stops_when_it_is_cancelled() {
        let task = Task::silent();
        task.cancel();
        let values: Vec<f64> = (0..40).map(f64::from).collect();
        let methods = Methods::for_history(&values, &[1]);
        assert!(matches!(backtest(&task, &values, 4, &methods), Err(ForecastError::Cancelled(_))));
    }
}
