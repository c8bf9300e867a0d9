//! What the combination said at the last few past origins, beside what came.

use signwright_domain::series::PastForecast;

use crate::backtest::{Backtest, Origin};
use crate::combine::combined;
use crate::prepare::Prepared;
use crate::ranges::{Errors, half_widths};
use crate::scores::errors;
use crate::yardstick::Yardstick;

/// Origins shown; more would cover each other.
const SHOWN: usize = 6;
/// Fewest other origins from which a range is drawn.
const FEWEST_OTHERS: usize = 2;

/// Oldest first, at least half a horizon apart. The ranges of an origin come from the errors of all others, as those of
/// the coverage do; with fewer than two others they have no width.
pub(crate) fn recent_origins(
    past: &Backtest,
    weights: &[f64],
    history: &Prepared,
    horizon: usize,
) -> Vec<PastForecast> {
    let yardstick = Yardstick::of(&history.values, history.season);
    let errors = errors(past, weights, &yardstick);
    let shown = apart(past, horizon.div_ceil(2));
    shown.into_iter().flat_map(|at| one(&past.origins[at], at, &errors, weights, history, horizon)).collect()
}

/// Indices of the newest origins that stand at least so many periods apart, ascending.
fn apart(past: &Backtest, periods: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    for (at, origin) in past.origins.iter().enumerate().rev() {
        if chosen.last().is_none_or(|later| past.origins[*later].known >= origin.known + periods) {
            chosen.push(at);
        }
        if chosen.len() == SHOWN {
            break;
        }
    }
    chosen.reverse();
    chosen
}

fn one(
    origin: &Origin,
    at: usize,
    errors: &[Errors],
    weights: &[f64],
    history: &Prepared,
    horizon: usize,
) -> Vec<PastForecast> {
    let others: Vec<Errors> = errors.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, e)| e.clone()).collect();
    let widths = (others.len() >= FEWEST_OTHERS).then(|| half_widths(&others, horizon).of_80);
    let measure = Yardstick::of(&history.values, history.season).at(origin.known);
    let floor = if history.values.iter().all(|y| *y >= 0.0) { 0.0 } else { f64::NEG_INFINITY };
    let date = |position: usize| history.calendar.date(position as i64);
    let point = |(step, yhat): (usize, f64)| {
        let width = widths.as_ref().map(|widths| widths[step]);
        let at = |share: f64| width.map_or(yhat, |width| measure.off(yhat, share * width));
        Some(PastForecast {
            origin: date(origin.known.checked_sub(1)?)?,
            ds: date(origin.known + step)?,
            yhat: yhat.max(floor),
            lo_80: at(-1.0).max(floor),
            hi_80: at(1.0).max(floor),
            actual: origin.actual[step],
        })
    };
    combined(&origin.paths, weights).into_iter().enumerate().filter_map(point).collect()
}
