//! ETS by the `anofox-forecast` crate: the only place that sees its types.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anofox_forecast::core::TimeSeries;
use anofox_forecast::models::Forecaster;
use anofox_forecast::models::exponential::{AutoETS, AutoETSConfig, ETS, ETSSpec, ModelPool};
use chrono::{DateTime, Utc};

use super::{LONGEST_HISTORY, recent};

/// Longest season that ETS keeps a state for; longer ones (weeks of a year) are Theta's and the seasonal naive's.
pub(crate) const LONGEST_ETS_SEASON: usize = 24;

/// From so many values on the smoothings are fitted once, on the whole history: hundreds of later values hardly move two to four
/// numbers, and fitting them anew at every origin takes seconds.
const LONG: usize = 250;
/// Form and smoothings of a history that is longer than what is fitted come from its last values: each of several forms is fitted to
/// all that are looked at, which takes long.
const LOOKED_AT: usize = 250;
/// A past origin with fewer values is fitted by itself all the same.
const LONG_ENOUGH: usize = 150;

/// The chosen error, trend and season of ETS.
#[derive(Clone, Copy, Debug)]
pub(super) struct EtsForm {
    spec: ETSSpec,
    /// Of a long history.
    smoothings: Option<Smoothings>,
}

/// Of level, trend and season, and how fast the trend fades.
#[derive(Clone, Copy, Debug)]
struct Smoothings {
    level: f64,
    trend: Option<f64>,
    season: Option<f64>,
    damping: Option<f64>,
}

impl EtsForm {
    pub(super) fn chosen(history: &[f64], season: usize) -> Option<Self> {
        let long = history.len() >= LONG;
        let looked_at = if history.len() > LONGEST_HISTORY { LOOKED_AT } else { history.len() };
        let history = &history[history.len() - looked_at..];
        let config = AutoETSConfig::with_period(ets_season(season)).with_model_pool(ModelPool::Reduced);
        let mut model = AutoETS::with_config(config);
        model.fit(&evenly_spaced(history)?).ok()?;
        let form = Self { spec: model.selected_spec()?, smoothings: None };
        let smoothings = long.then(|| form.smoothings(history, season)).flatten();
        Some(Self { smoothings, ..form })
    }

    fn smoothings(self, history: &[f64], season: usize) -> Option<Smoothings> {
        let mut model = self.model(season);
        continued(&mut model, history, 1)?;
        Some(Smoothings { level: model.alpha()?, trend: model.beta(), season: model.gamma(), damping: model.phi() })
    }

    pub(super) fn forecast(self, history: &[f64], season: usize, horizon: usize) -> Option<Vec<f64>> {
        if history.len() < 2 * self.season(season) + 2 {
            return None;
        }
        let known = self.smoothings.filter(|_| history.len() >= LONG_ENOUGH);
        let mut model = known.map_or_else(
            || self.model(season),
            |s| ETS::with_params(self.spec, self.season(season), s.level, s.trend, s.season, s.damping),
        );
        continued(&mut model, history, horizon)
    }

    fn model(self, season: usize) -> ETS {
        ETS::new(self.spec, self.season(season))
    }

    fn season(self, season: usize) -> usize {
        if self.spec.has_seasonal() { ets_season(season) } else { 1 }
    }
}

fn ets_season(season: usize) -> usize {
    if season <= LONGEST_ETS_SEASON { season } else { 1 }
}

pub(super) fn continued(model: &mut impl Forecaster, history: &[f64], horizon: usize) -> Option<Vec<f64>> {
    let series = evenly_spaced(history)?;
    // The crate indexes by orders and seasons without always asking how much history there is: a series it stumbles over is left
    // to the other methods.
    let path = catch_unwind(AssertUnwindSafe(|| {
        model.fit(&series).ok()?;
        Some(model.predict(horizon).ok()?.primary().to_vec())
    }));
    path.ok().flatten()
}

/// The crate wants timestamps and uses only their order; any even spacing serves.
fn evenly_spaced(history: &[f64]) -> Option<TimeSeries> {
    let recent = recent(history)?;
    let times: Option<Vec<DateTime<Utc>>> =
        (0..recent.len() as i64).map(|day| DateTime::from_timestamp(day * 86_400, 0)).collect();
    TimeSeries::univariate(times?, recent.to_vec()).ok()
}
