//! Which other series of the shop run ahead of one.

use serde::{Deserialize, Serialize};
use signwright_domain::series::LeadLag;
use signwright_forecast::lead_lag;
use ts_rs::TS;

use crate::series::{self, SeriesRef, find};
use crate::{Action, CallError};

/// Chance must make something as strong among all that were looked at at most this often.
const RARE: f64 = 0.05;

/// A series that runs ahead of another, beyond chance among all that were looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Lead {
    pub label: String,
    pub of: LeadLag,
    /// How often chance alone would have shown any of the series as far ahead, 0 to 1.
    pub chance: f64,
}

/// What runs ahead of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Leads {
    /// The strongest first.
    pub found: Vec<Lead>,
    /// Series that were long enough to be looked at.
    pub looked_at: u32,
}

/// Looks whether changes of the shop's other series and of imported prices come before those of this one. The search is
/// counted: with twenty series, chance alone would show one in twenty of them.
pub fn series_leads(action: &Action, input: SeriesRef) -> Result<Leads, CallError> {
    let following = find(action, &input.name)?;
    let others = series::all(action)?.into_iter().filter(|other| {
        other.frequency == following.frequency && other.name != following.name && !series::is_formula(&other.name)
    });
    // What is too short, or never changes, says nothing.
    let looked: Vec<(String, LeadLag)> =
        others.filter_map(|other| Some((other.label.clone(), lead_lag(&other, &following).ok()?))).collect();
    let count = looked.len();
    let lead = |(label, of): (String, LeadLag)| {
        let chance = (of.chance * count as f64).min(1.0);
        // What moves in the same period tells nothing of the next.
        (of.best.lag > 0 && chance <= RARE).then_some(Lead { label, of, chance })
    };
    let mut found: Vec<Lead> = looked.into_iter().filter_map(lead).collect();
    found.sort_by(|a, b| b.of.best.r.abs().total_cmp(&a.of.best.r.abs()));
    Ok(Leads { found, looked_at: u32::try_from(count).unwrap_or(u32::MAX) })
}
