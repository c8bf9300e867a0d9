//! One series in, one forecast out: prepare, look back, weigh, combine, draw the ranges, say what was done.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use signwright_domain::Task;
use signwright_domain::series::{BacktestScore, Forecast, ForecastPoint, MethodUse, PastForecast, Series};

use crate::ForecastError;
use crate::backtest::{Backtest, backtest, continued};
use crate::calendar_terms::Periods;
use crate::choose::{Chosen, choose};
use crate::clamp::Clamp;
use crate::combine::combined;
use crate::components::Components;
use crate::methods::Methods;
use crate::past::recent_origins;
use crate::prepare::{Prepared, prepare};
use crate::ranges::{Errors, half_widths};
use crate::scores::{errors, scores};
use crate::together::{beside, same_frequency};
use crate::yardstick::{Measure, Yardstick};

/// Farther than this is not a forecast of a shop's figures any more.
const LONGEST_HORIZON: usize = 1_000;
/// Origins below which ranges come from the series' own moves.
const FEWEST_ORIGINS: usize = 4;

/// The next `horizon` values of a series with 80 and 95 % ranges, and the scores of every method at past origins, the one
/// used first.
///
/// Needs two points; fewer than eight are continued by the last value, and the notes say so. Errors: an empty, too short
/// or irregular series, infinite values, two values for one date, more gaps than values, a horizon of 0 or above 1,000,
/// cancellation.
pub fn forecast(task: &Task, series: &Series, horizon: usize) -> Result<Forecast, ForecastError> {
    forecast_with(task, series, &[], horizon)
}

/// The same with other series that may run ahead of this one (see [`crate::lead_lag`]): their past changes explain its next
/// ones in a ridge regression, which is used only where forecasts from past dates were closer with it; the notes say
/// whether. What another series is known beyond the last point of this one, it is taken to have been known at every past
/// date as well.
///
/// Errors: those of [`forecast`], for the other series too, and another frequency.
pub fn forecast_with(
    task: &Task,
    series: &Series,
    others: &[Series],
    horizon: usize,
) -> Result<Forecast, ForecastError> {
    if !(1..=LONGEST_HORIZON).contains(&horizon) {
        return Err(ForecastError::Horizon { horizon, most: LONGEST_HORIZON });
    }
    let mut history = prepare(series, 2)?;
    note_the_history(&mut history);
    let others = others.iter().map(|other| {
        same_frequency(other, series)?;
        Ok(beside(&prepare(other, 2)?, &history))
    });
    let others = others.collect::<Result<Vec<_>, ForecastError>>()?;
    let outlook = Outlook::of(task, &history, others, horizon)?;
    let mut notes = history.notes.clone();
    notes.extend(outlook.notes.iter().cloned());
    let components = Components::of(&history.values, &history.seasons());
    Ok(Forecast {
        name: series.name.clone(),
        method: outlook.name.clone(),
        points: points(series, &history, &outlook)?,
        backtest: outlook.scores,
        origins: outlook.origins as u32,
        notes,
        methods: outlook.methods,
        components: components.as_ref().map(|parts| parts.points(&history)).unwrap_or_default(),
        season_strength: components.and_then(|parts| parts.season_strength()),
        past: outlook.past,
        repaired: history.filled.iter().filter_map(|at| history.calendar.date(*at as i64)).collect(),
        misses: outlook.misses,
    })
}

/// How many periods between a series' first and last point have no value and are filled before it is forecast; 0 for a
/// series that cannot be.
pub fn gaps(series: &Series) -> usize {
    prepare(series, 2).map_or(0, |history| history.filled.len())
}

/// Forecasts of many series on all cores, in the order given. Progress counts series; each is one piece of work, so a
/// cancelled task leaves the finished ones and gives `Cancelled` for the rest.
pub fn forecast_many(task: &Task, series: &[Series], horizon: usize) -> Vec<Result<Forecast, ForecastError>> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(series.len()));
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = series.get(at) else { break };
            let begun = task.step(at as u64, series.len() as u64, format!("forecasting {}", one.name));
            let result = begun.map_err(ForecastError::from).and_then(|()| forecast(&Task::silent(), one, horizon));
            results.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from).min(series.len());
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// What the methods make of a history.
struct Outlook {
    name: String,
    path: Vec<f64>,
    /// From, to.
    of_80: Vec<(f64, f64)>,
    of_95: Vec<(f64, f64)>,
    scores: Vec<BacktestScore>,
    origins: usize,
    methods: Vec<MethodUse>,
    past: Vec<PastForecast>,
    misses: Vec<Errors>,
    notes: Vec<String>,
}

impl Outlook {
    fn of(
        task: &Task,
        history: &Prepared,
        others: Vec<Vec<Option<f64>>>,
        horizon: usize,
    ) -> Result<Self, ForecastError> {
        let (values, season) = (&history.values, history.season);
        let periods = Periods::of(history.calendar, history.frequency, season, values.len() + horizon);
        let methods = Methods::on_calendar(values, &history.seasons(), periods).beside(others);
        let past = backtest(task, values, horizon, &methods)?;
        let Chosen { name, weights, mut notes } = choose(values, &past);
        if let Some(note) = methods.holidays_said() {
            notes.push(note);
        }
        let past = past.counted();
        let clamp = Clamp::of(values, horizon);
        let paths: Vec<Vec<f64>> =
            past.methods.iter().map(|m| continued(&methods, *m, values, &clamp, horizon)).collect();
        let yardstick = Yardstick::of(values, season);
        let (errors, measure) = if past.origins.len() < FEWEST_ORIGINS {
            (moves(values, horizon), Measure::InProportion { level: 1.0 })
        } else {
            (errors(&past, &weights, &yardstick), yardstick.at(values.len()))
        };
        let path = combined(&paths, &weights);
        let widths = half_widths(&errors, horizon);
        let reach = |widths: &[f64]| {
            path.iter().zip(widths).map(|(yhat, w)| (measure.off(*yhat, -w), measure.off(*yhat, *w))).collect()
        };
        let miss = |(yhat, error): (&f64, &f64)| measure.off(*yhat, *error) - yhat;
        Ok(Self {
            name,
            of_80: reach(&widths.of_80),
            of_95: reach(&widths.of_95),
            scores: scores(&past, &weights, values, season, horizon),
            origins: past.origins.len(),
            methods: uses(&methods, &past, &paths),
            past: recent_origins(&past, &weights, history, horizon),
            misses: errors.iter().map(|errors| path.iter().zip(errors).map(miss).collect()).collect(),
            path,
            notes,
        })
    }
}

fn note_the_history(history: &mut Prepared) {
    let values = &history.values;
    if history.season > 1 && values.len() < 2 * history.season {
        history.notes.push(format!("{} values are fewer than two seasons: no season is used", values.len()));
        history.season = 1;
    }
    if values.iter().all(|y| *y == values[0]) {
        history.notes.push("all values are the same: the ranges have no width".to_owned());
    }
}

/// Every method with what it says by itself.
fn uses(methods: &Methods, past: &Backtest, paths: &[Vec<f64>]) -> Vec<MethodUse> {
    let path = |name: &str| past.methods.iter().position(|m| m.name() == name).map(|at| paths[at].clone());
    methods.uses().into_iter().map(|one| MethodUse { path: path(&one.method).unwrap_or_default(), ..one }).collect()
}

/// Where there is no backtest: how far the series itself moved in so many steps.
fn moves(values: &[f64], horizon: usize) -> Vec<Errors> {
    (0..values.len()).map(|at| values[at + 1..].iter().take(horizon).map(|y| y - values[at]).collect()).collect()
}

/// A series that was never negative is not forecast below zero.
fn points(series: &Series, history: &Prepared, outlook: &Outlook) -> Result<Vec<ForecastPoint>, ForecastError> {
    let floor = if history.values.iter().all(|y| *y >= 0.0) { 0.0 } else { f64::NEG_INFINITY };
    let past_calendar = || ForecastError::PastCalendar { series: series.name.clone() };
    let mut points = Vec::with_capacity(outlook.path.len());
    for (step, yhat) in outlook.path.iter().enumerate() {
        let ds = history.calendar.date((history.values.len() + step) as i64).ok_or_else(past_calendar)?;
        let (of_80, of_95) = (outlook.of_80[step], outlook.of_95[step]);
        points.push(ForecastPoint {
            ds,
            yhat: yhat.max(floor),
            lo_80: of_80.0.max(floor),
            hi_80: of_80.1,
            lo_95: of_95.0.max(floor),
            hi_95: of_95.1,
        });
    }
    Ok(points)
}
