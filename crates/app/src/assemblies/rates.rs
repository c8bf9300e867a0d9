//! Burdened rates from what a month costs: worked out live, then kept as the rates of the shop.

use serde::{Deserialize, Serialize};
use signwright_domain::burden::{BurdenedRates, MonthlyCosts};
use signwright_domain::cost_library::LabourRate;
use signwright_quoting::burdened_rates;
use signwright_store::{costs, settings};
use ts_rs::TS;

use super::costs::{Costs, changed};
use crate::commands::Nothing;
use crate::{Action, CallError, audit};

const MONTHLY: &str = "monthly_costs";
const SOURCE: &str = "wages, payroll and overhead of a month";

/// A month whose rates are to be the shop's.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveRates {
    pub month: MonthlyCosts,
}

/// The month that the rates were worked out from, where they were.
pub fn show_monthly_costs(action: &Action, _: Nothing) -> Result<Option<MonthlyCosts>, CallError> {
    Ok(settings::get(&action.shop().read(), MONTHLY)?)
}

/// What an hour of each department costs, step by step. Nothing is kept.
///
/// # Errors
/// `InvalidInput` for a month that gives no rate, such as one without chargeable hours.
pub fn work_out_rates(_: &Action, input: MonthlyCosts) -> Result<BurdenedRates, CallError> {
    burdened_rates(&input).map_err(|error| CallError::invalid(error.to_string()))
}

/// Keeps the rates of a month, confirmed and of today, and the month that they come from.
///
/// # Errors
/// As [`work_out_rates`].
pub fn save_burdened_rates(action: &Action, input: SaveRates) -> Result<Costs, CallError> {
    let worked_out = work_out_rates(action, input.month.clone())?;
    let currency = action.shelf()?.library.currency;
    if input.month.currency != currency {
        let message = format!("a month in {}, and the shop counts in {currency}", input.month.currency);
        return Err(CallError::invalid(message));
    }
    let before: Option<MonthlyCosts> = settings::get(&action.shop().read(), MONTHLY)?;
    action.shop().write(|db| {
        for department in &worked_out.departments {
            let rate = LabourRate {
                code: department.code.clone(),
                name: department.name.clone(),
                rate: department.rate,
                on: action.today(),
                source: SOURCE.to_owned(),
                confirmed: true,
            };
            costs::set_rate(db, &rate, &action.options().user, action.now)?;
        }
        settings::set(db, MONTHLY, &input.month)?;
        audit::record(db, action, "burdened rates", before.as_ref(), &input.month)
    })?;
    changed(action)
}
