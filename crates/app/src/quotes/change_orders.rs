//! Change orders: what is added to a won quote or taken out of it, numbered, with a reason.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::change_order::ChangeOrder;
use signwright_domain::quote::{QuoteLine, QuoteStep};
use signwright_quoting::{QuotingError, apply, change_order, ordered};
use signwright_store::{change_orders, quotes};
use ts_rs::TS;

use super::subject;
use crate::{Action, CallError, audit};

/// Something is added to what was won; lines with prices below zero take out.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AddChangeOrder {
    #[ts(type = "number")]
    pub id: i64,
    pub reason: String,
    pub lines: Vec<QuoteLine>,
    /// As a fraction; that of the quote when not given.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub tax_rate: Option<Decimal>,
}

pub fn add_change_order(action: &Action, input: AddChangeOrder) -> Result<ChangeOrder, CallError> {
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(QuotingError::NoReason.into());
    }
    let order = action.shop().write(|db| {
        // Read inside the write, so that two orders cannot take one number.
        let quote = quotes::get(db, input.id)?;
        let quote = quote.ok_or_else(|| CallError::not_found(format!("quote with id {}", input.id)))?;
        apply(quote.status, QuoteStep::ChangeOrder)?;
        let won = quote.active();
        let tax_rate = input.tax_rate.unwrap_or(won.tax_rate);
        let before = change_orders::of_quote(db, quote.id)?;
        let order = ChangeOrder {
            number: before.last().map_or(1, |last| last.number + 1),
            at: action.now,
            who: action.options().user.clone(),
            reason: reason.to_owned(),
            totals: change_order(&input.lines, tax_rate, won.totals.total.currency)?,
            lines: input.lines.clone(),
            tax_rate,
        };
        ordered(won, before.iter().chain([&order]).map(|order| &order.totals))?;
        change_orders::insert(db, quote.id, &order)?;
        audit::record(db, action, &subject(&quote), None::<()>, &order)?;
        Ok::<_, CallError>(order)
    })?;
    action.changed("quotes");
    Ok(order)
}
