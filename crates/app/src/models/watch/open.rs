//! What error is to be expected of the quotes that are open, before anybody knows what they will cost.
//!
//! The width of an estimate's range says how hard its job is: the card's median error, times that width by the card's usual
//! width, times what the error has grown by since; ranges that follow the actual costs have grown by that themselves.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signwright_domain::Money;
use signwright_domain::estimate::Estimate;
use signwright_domain::quote::QuoteStatus;
use signwright_store::settings;
use ts_rs::TS;

use super::error::of_card;
use crate::estimates::Champion;
use crate::{Action, CallError, estimates, money, quotes};

/// Quotes that are neither won nor lost, as far as models estimated them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OpenQuotes {
    pub quotes: u32,
    pub estimates: u32,
    /// What they are estimated to cost together.
    pub cost: Money,
    /// Expected median error of one, per cent, weighed by cost.
    pub expected_error: f64,
    /// The same as the card alone would have it.
    pub card_error: f64,
}

pub(super) fn quotes(
    action: &Action,
    model: &Champion,
    ratio: Option<f64>,
    followed: Option<Timestamp>,
) -> Result<Option<OpenQuotes>, CallError> {
    let usual = model.card.coverage.iter().find(|coverage| coverage.level == 80).map(|coverage| coverage.width);
    let (Some(card_error), Some(usual)) = (of_card(&model.card), usual.filter(|width| *width > 0.0)) else {
        return Ok(None);
    };
    let currency = settings::shop(&action.shop().read())?.currency;
    let (mut open, mut count, mut cost, mut expected) = (0, 0, Money::new(0, currency), 0.0);
    for quote in quotes::all(action)? {
        if !matches!(quote.status, QuoteStatus::Draft | QuoteStatus::Approved | QuoteStatus::Sent) {
            continue;
        }
        let ids: BTreeSet<i64> = quote.active().lines.iter().filter_map(|line| line.estimate_id).collect();
        let mut any = false;
        for id in ids {
            let estimate = estimates::get(action, id)?;
            let Some(width) = width(&estimate).filter(|_| estimate.model_id.is_some()) else { continue };
            let amount = money::to_statistics(estimate.cost);
            let follows = followed.is_some_and(|since| estimate.created_at > since);
            let grown = ratio.filter(|_| !follows).unwrap_or(1.0);
            expected += amount * card_error * (width / usual) * grown;
            cost = cost + estimate.cost;
            count += 1;
            any = true;
        }
        open += u32::from(any);
    }
    let total = money::to_statistics(cost);
    Ok((total > 0.0).then(|| OpenQuotes {
        quotes: open,
        estimates: count,
        cost,
        expected_error: expected / total,
        card_error,
    }))
}

/// Of the 80 % range, relative to the cost.
fn width(estimate: &Estimate) -> Option<f64> {
    let range = estimate.ranges.iter().find(|range| range.level == 80)?;
    let width = money::to_statistics(range.high) - money::to_statistics(range.low);
    Some(width / money::to_statistics(estimate.cost)).filter(|width| width.is_finite())
}
