//! Formulas over series that are kept under a title.

use serde::{Deserialize, Serialize};
use signwright_store::saved_series::{self, SavedSeries};
use ts_rs::TS;

use super::formula::OverSeries;
use super::{find, is_formula};
use crate::commands::Nothing;
use crate::{Action, CallError, Code, audit};

/// A formula to be kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveSeries {
    /// One that is there is changed; a new one is made without.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub id: Option<i64>,
    pub title: String,
    /// What stands behind its numbers, such as `$/hour`.
    #[serde(default)]
    pub unit: String,
    /// `series("booked_revenue") / series("labour_hours")`.
    pub formula: String,
}

/// A kept formula.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SavedRef {
    #[ts(type = "number")]
    pub id: i64,
}

pub fn list_saved_series(action: &Action, _: Nothing) -> Result<Vec<SavedSeries>, CallError> {
    Ok(saved_series::list(&action.shop().read())?)
}

/// # Errors
/// `Invalid` with the place that is wrong; `Conflict` where another series has this title.
pub fn save_series(action: &Action, input: SaveSeries) -> Result<SavedSeries, CallError> {
    let title = input.title.trim();
    if title.is_empty() {
        return Err(CallError::invalid("the series needs a title"));
    }
    let formula = OverSeries::read(&input.formula)?;
    if let Some(name) = formula.names.iter().find(|name| is_formula(name)) {
        return Err(CallError::invalid(format!("a formula cannot be over another one, \"{name}\""))
            .hint("Write out what that one says."));
    }
    let of = formula.names.iter().map(|name| find(action, name)).collect::<Result<Vec<_>, _>>()?;
    if formula.points(&of)?.is_empty() {
        return Err(CallError::invalid("the formula has no value in any period")
            .hint("All that it asks for must be known in the same periods, and nothing may be divided by 0."));
    }
    let mut series = SavedSeries {
        id: input.id.unwrap_or_default(),
        title: title.to_owned(),
        unit: input.unit.trim().to_owned(),
        formula: input.formula.trim().to_owned(),
        who: action.options().user.clone(),
        at: action.now,
    };
    series.id = action.shop().write(|db| {
        if saved_series::list(db)?.iter().any(|other| other.title == series.title && Some(other.id) != input.id) {
            return Err(CallError::new(Code::Conflict, format!("there is a series \"{title}\" already")));
        }
        let before = input.id.map(|id| saved_series::get(db, id)).transpose()?.flatten();
        let id = match input.id {
            Some(id) if saved_series::update(db, &series)? => id,
            Some(id) => return Err(CallError::not_found(format!("series {id}"))),
            None => saved_series::insert(db, &series)?,
        };
        audit::record(db, action, &format!("series {id}"), before.map(|before| before.formula), &series.formula)?;
        Ok(id)
    })?;
    action.changed("series");
    Ok(series)
}

/// Forgets a formula and gives it back; the event log keeps it.
pub fn delete_series(action: &Action, input: SavedRef) -> Result<SavedSeries, CallError> {
    let before = get(action, input.id)?;
    action.shop().write(|db| {
        saved_series::delete(db, input.id)?;
        audit::record(db, action, &format!("series {}", input.id), Some(&before.formula), &"deleted")
    })?;
    action.changed("series");
    Ok(before)
}

pub(super) fn get(action: &Action, id: i64) -> Result<SavedSeries, CallError> {
    saved_series::get(&action.shop().read(), id)?.ok_or_else(|| CallError::not_found(format!("series {id}")))
}
