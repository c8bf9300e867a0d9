//! Whose cost a person goes by: what finished jobs say, what is built up, or a figure of their own.

use signwright_domain::bottom_up::{CostDecision, CostSource};
use signwright_domain::estimate::Estimate;
use signwright_domain::{Money, estimate::Range};

use super::DecideCost;
use crate::{Action, CallError, Code};

/// # Errors
/// `InvalidInput` for a built-up cost where there is none, an own figure that is none, and a cost of one's own or outside of the
/// range without a reason; `Conflict` where the cost that somebody looked at has changed.
pub(super) fn decided(action: &Action, estimate: &Estimate, asked: &DecideCost) -> Result<CostDecision, CallError> {
    let why = asked.why.trim();
    let looked_at = asked.cost.filter(|_| asked.by != CostSource::Own);
    let cost = match asked.by {
        CostSource::Learned => estimate.cost,
        CostSource::BuiltUp => built_up(estimate)?,
        CostSource::Own => own(estimate, asked.cost)?,
    };
    if let Some(before) = looked_at.filter(|before| *before != cost) {
        let message = format!("the cost is {cost} now and no longer {before}");
        return Err(CallError::new(Code::Conflict, message).hint("Look at it again before you go by it."));
    }
    if why.is_empty() && (asked.by == CostSource::Own || is_outside(estimate, cost)) {
        let message = format!("{cost} needs a reason");
        return Err(CallError::invalid(message).hint("Say in a few words why this cost is right: it is kept with it."));
    }
    Ok(CostDecision { by: asked.by, cost, why: why.to_owned(), who: action.options().user.clone(), at: action.now })
}

fn built_up(estimate: &Estimate) -> Result<Money, CallError> {
    let bottom_up = estimate.bottom_up.as_ref();
    let built = bottom_up.and_then(|bottom_up| bottom_up.built.as_ref()).map(|built| built.total);
    built.ok_or_else(|| {
        let why = bottom_up.and_then(|one| one.problems.first());
        let why =
            why.map_or_else(|| "no assembly serves it".to_owned(), |one| format!("{}: {}", one.place, one.message));
        CallError::invalid(format!("this job has no built-up cost: {why}"))
    })
}

fn own(estimate: &Estimate, cost: Option<Money>) -> Result<Money, CallError> {
    let currency = estimate.cost.currency;
    match cost {
        Some(cost) if cost.currency != currency => {
            Err(CallError::invalid(format!("a cost in {}, and the shop counts in {currency}", cost.currency)))
        }
        Some(cost) if cost.minor > 0 => Ok(cost),
        Some(cost) => Err(CallError::invalid(format!("a cost of {cost} is none"))),
        None => Err(CallError::invalid("an own figure needs its amount")),
    }
}

fn is_outside(estimate: &Estimate, cost: Money) -> bool {
    let likely: Option<&Range> = estimate.ranges.iter().find(|range| range.level == 80);
    likely.is_some_and(|range| cost.minor < range.low.minor || cost.minor > range.high.minor)
}
