//! ETS by the `anofox-forecast` crate: the only place that sees its types.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anofox_forecast::core::TimeSeries;
use anofox_forecast::models::Forecaster;
use anofox_forecast::models::exponential::{AutoETS, AutoETSConfig, ETS, ETSSpec, ModelPool};
use chrono::{DateTime, Utc};

use super::recent;

/// Longest season that ETS keeps a state for; longer ones (weeks of a year) are Theta's and the seasonal naive's.
pub(super) const LONGEST_ETS_SEASON: usize = 24;

/// The chosen error, trend and season of ETS.
#[derive(Clone, Copy, Debug)]
pub(super) struct EtsForm(ETSSpec);

impl EtsForm {
    pub(super) fn chosen(history: &[f64], season: usize) -> Option<Self> {
        let config = AutoETSConfig::with_period(ets_season(season)).with_model_pool(ModelPool::Reduced);
        let mut model = AutoETS::with_config(config);
        model.fit(&evenly_spaced(history)?).ok()?;
        model.selected_spec().map(Self)
    }

    pub(super) fn forecast(self, history: &[f64], season: usize, horizon: usize) -> Option<Vec<f64>> {
        let season = if self.0.has_seasonal() { ets_season(season) } else { 1 };
        if history.len() < 2 * season + 2 {
            return None;
        }
        continued(&mut ETS::new(self.0, season), history, horizon)
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
