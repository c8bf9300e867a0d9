//! How likely a series passes a value, and when; also what its periods add up to within the shop's year.

use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use signwright_domain::series::{Passing, PeriodChance};
use signwright_forecast::{Reaching, beyond, forecast, passes};
use signwright_lake::{Every, begin_of, next_begin};
use signwright_store::settings;
use ts_rs::TS;

use crate::series::find;
use crate::{Action, CallError};

/// Which series and what value.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PassQuery {
    pub name: String,
    pub threshold: f64,
    /// Periods; 12 when not given, at most 120.
    #[serde(default)]
    pub horizon: Option<u32>,
    /// What the periods of the shop's year add up to, such as a budget, instead of the value of one period.
    #[serde(default)]
    pub total: bool,
}

/// When a value is passed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PassAnswer {
    /// That a period by itself lies above; empty for a total.
    pub chances: Vec<PeriodChance>,
    pub passing: Passing,
    /// What the year has added up to so far, of a total.
    pub so_far: Option<f64>,
}

/// # Errors
/// `InvalidInput` for a value that is no number; what a forecast refuses.
pub fn series_passes(action: &Action, input: PassQuery) -> Result<PassAnswer, CallError> {
    if !input.threshold.is_finite() {
        return Err(CallError::invalid("the value to pass is no number"));
    }
    let series = find(action, &input.name)?;
    let horizon = input.horizon.unwrap_or(12).clamp(1, 120) as usize;
    let mut ahead = forecast(&Task::silent(), &series, horizon)?;
    if !input.total {
        let passing = passes(&ahead, Reaching::Value, input.threshold);
        return Ok(PassAnswer { chances: beyond(&ahead, input.threshold), passing, so_far: None });
    }
    let year = Every::Year(settings::shop(&action.shop().read())?.fiscal_year_starts.clamp(1, 12));
    let begin = begin_of(action.today(), year).unwrap_or(action.today());
    let end = next_begin(begin, year).unwrap_or(begin);
    let of_year = series.points.iter().filter(|point| (begin..end).contains(&point.ds));
    let so_far: f64 = of_year.map(|point| point.y).sum();
    // What belongs to the year before is not counted in this one.
    let before = ahead.points.iter().take_while(|point| point.ds < begin).count();
    ahead.points.drain(..before);
    ahead.misses.iter_mut().for_each(|path| drop(path.drain(..before.min(path.len()))));
    ahead.points.retain(|point| point.ds < end);
    ahead.misses.iter_mut().for_each(|path| path.truncate(ahead.points.len()));
    let passing = passes(&ahead, Reaching::Total { so_far }, input.threshold);
    Ok(PassAnswer { chances: Vec::new(), passing, so_far: Some(so_far) })
}
