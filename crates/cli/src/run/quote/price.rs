//! `quote price`, `quote floors`: what was typed becomes a decision.

use rust_decimal::Decimal;
use signwright_app::commands::Nothing;
use signwright_app::outlook::{EscalationQuery, escalation};
use signwright_app::quotes::{
    PriceQuote, QuoteRef, apply_price, by_number, margin_floors, preview_price, quote_pricing, save_margin_floors,
};
use signwright_app::{Action, CallError};
use signwright_domain::Money;
use signwright_domain::price_decision::{MarginFloors, PriceDecision, PriceRounding, PriceWay, ShareOrAmount};
use signwright_domain::quote::Quote;

use super::{decimal, price as amount, told};
use crate::arguments::Price;
use crate::output::{Output, table};

const NONE: &str = "none";

pub(super) fn price(action: &Action, input: &Price, output: &Output) -> Result<(), CallError> {
    let quote = by_number(action, &input.number)?;
    let request = PriceQuote { id: quote.id, decision: decision(action, &quote, input)?, reason: input.reason.clone() };
    if input.preview {
        output.result(&preview_price(action, request)?, told::price_text);
        return Ok(());
    }
    told::whole(action, &apply_price(action, request)?, output)
}

fn decision(action: &Action, quote: &Quote, input: &Price) -> Result<PriceDecision, CallError> {
    let pricing = quote_pricing(action, QuoteRef { id: quote.id })?;
    let mut decision = pricing.decision;
    if let Some(markup) = &input.markup {
        decision.way = PriceWay::Markup { markup: decimal(markup)? };
    }
    if let Some(margin) = &input.margin {
        decision.way = PriceWay::Margin { margin: decimal(margin)? };
    }
    if let Some(price) = &input.price {
        decision.way = PriceWay::Price { price: amount(action, price)? };
    }
    if let Some(percentile) = &input.contingency {
        decision.contingency = given(percentile, |text| {
            let percentile = text.trim_start_matches(['p', 'P']).parse();
            percentile
                .map_err(|_| CallError::invalid(format!("\"{text}\" is no percentile")).hint("Write 70, 80 or 90."))
        })?;
    }
    if let Some(text) = &input.escalation {
        decision.escalation = given(text, |text| match text {
            "suggested" => suggested(action, quote, pricing.kinds.first().cloned()),
            text => amount(action, text),
        })?;
    }
    if let Some(to) = &input.round {
        decision.rounding = PriceRounding { to: given(to, decimal)?, up: input.up };
    }
    if let Some(discount) = &input.discount {
        decision.discount = share(action, discount)?;
    }
    if let Some(deposit) = &input.deposit {
        decision.deposit = share(action, deposit)?;
    }
    if let Some(tax) = &input.tax {
        decision.tax_rate = decimal(tax)?;
    }
    Ok(decision)
}

/// What the forecasts of prices say that the cost may rise until the quote ends.
fn suggested(action: &Action, quote: &Quote, sign_type: Option<String>) -> Result<Money, CallError> {
    let version = quote.active();
    let days = (version.valid_until - action.today()).get_days().max(1);
    let days = u16::try_from(days).map_err(|_| CallError::invalid("the quote stands for too long"))?;
    let cost = version.totals.cost;
    let told = escalation(action, EscalationQuery { days, sign_type, cost: Some(cost) })?;
    let rises = told.expected_amount.filter(|amount| amount.minor > 0);
    Ok(rises.unwrap_or_else(|| Money::zero(cost.currency)))
}

fn given<T>(text: &str, read: impl FnOnce(&str) -> Result<T, CallError>) -> Result<Option<T>, CallError> {
    if text.trim() == NONE { Ok(None) } else { read(text.trim()).map(Some) }
}

fn share(action: &Action, text: &str) -> Result<ShareOrAmount, CallError> {
    match text.trim().strip_suffix('%') {
        Some(percent) => Ok(ShareOrAmount::Part { share: decimal(percent)? / Decimal::ONE_HUNDRED }),
        None if text.trim() == NONE => Ok(ShareOrAmount::Nothing),
        None => Ok(ShareOrAmount::Amount { amount: amount(action, text)? }),
    }
}

pub(super) fn floors(action: &Action, set: &[String], output: &Output) -> Result<(), CallError> {
    let mut floors = margin_floors(action, Nothing {})?;
    for one in set {
        let (kind, margin) = one.split_once('=').ok_or_else(|| {
            CallError::invalid(format!("\"{one}\" is no floor")).hint("Write pole=0.3 or default=0.25.")
        })?;
        let margin = if margin.trim().is_empty() { None } else { Some(decimal(margin)?) };
        match (kind.trim(), margin) {
            ("default", margin) => floors.default = margin,
            (kind, Some(margin)) => {
                floors.by_type.insert(kind.to_owned(), margin);
            }
            (kind, None) => {
                floors.by_type.remove(kind);
            }
        }
    }
    if !set.is_empty() {
        floors = save_margin_floors(action, floors)?;
    }
    output.result(&floors, floors_text);
    Ok(())
}

fn floors_text(floors: &MarginFloors) -> String {
    let percent = |margin: &Decimal| format!("{} %", (margin * Decimal::ONE_HUNDRED).normalize());
    let mut rows: Vec<Vec<String>> =
        floors.by_type.iter().map(|(kind, margin)| vec![kind.clone(), percent(margin)]).collect();
    if let Some(margin) = &floors.default {
        rows.push(vec!["all other work".to_owned(), percent(margin)]);
    }
    if rows.is_empty() {
        return "no price needs approval".to_owned();
    }
    table(&["sign type", "lowest margin"], &rows, &[1])
}
