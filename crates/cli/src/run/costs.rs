//! `costs`.

use signwright_app::assemblies::{
    ConfirmCosts, CostItem, CostKey, CostRate, Costs as Shown, PriceChange, SaveItem, SaveRates, SetUseTax, TakePrices,
    confirm_costs, list_price_changes, remove_cost, save_burdened_rates, save_item, save_rate, set_use_tax, show_costs,
    take_prices, work_out_rates,
};
use signwright_app::commands::Nothing;
use signwright_app::{Action, App, CallError, files};
use signwright_domain::burden::{BurdenedRates, MonthlyCosts};
use signwright_domain::cost_library::{LabourRate, PriceItem};
use signwright_domain::unit::Unit;

use super::action;
use crate::arguments::{Costs, SetPrice, SetRate};
use crate::output::{Output, table};

pub(super) fn costs(app: &App, input: &Costs, output: &Output) -> Result<(), CallError> {
    let action = action(app, "costs");
    match input {
        Costs::List { unconfirmed, old } => {
            let mut found = show_costs(&action, Nothing {})?;
            found.items.retain(|one| (!unconfirmed || !one.item.confirmed) && (!old || one.old));
            found.rates.retain(|one| (!unconfirmed || !one.rate.confirmed) && (!old || one.old));
            output.result(&found, text);
        }
        Costs::Price(input) => {
            let item = price(&action, input)?;
            save_item(&action, SaveItem { item: item.clone(), new: false, before: None })?;
            output.result(&item, |item| format!("{}: {} per {}, {}", item.name, item.unit_cost, item.unit, item.on));
        }
        Costs::Rate(input) => {
            let rate = rate(&action, input)?;
            save_rate(&action, rate.clone())?;
            output.result(&rate, |rate| format!("{} {}: {} an hour, {}", rate.code, rate.name, rate.rate, rate.on));
        }
        Costs::Confirm { items, rates } => {
            let confirmed = ConfirmCosts { items: items.clone(), rates: rates.clone() };
            output.result(&confirm_costs(&action, confirmed)?, summary);
        }
        Costs::Remove { item } => output.result(&remove_cost(&action, CostKey::Item(item.clone()))?, summary),
        Costs::Changes => output.result(&list_price_changes(&action, Nothing {})?, |found| changes(&found.changes)),
        Costs::Take { items, all } => {
            let found = list_price_changes(&action, Nothing {})?;
            let fitting = found.changes.into_iter().filter(|change| change.becomes.is_some());
            let items = if *all { fitting.map(|change| change.item.key).collect() } else { items.clone() };
            output.result(&take_prices(&action, TakePrices { items })?, summary);
        }
        Costs::Burden { file, save } => burden(&action, file, *save, output)?,
        Costs::UseTax { share } => output.result(&set_use_tax(&action, SetUseTax { use_tax: *share })?, summary),
    }
    Ok(())
}

fn burden(action: &Action, file: &std::path::Path, save: bool, output: &Output) -> Result<(), CallError> {
    let text = String::from_utf8(files::read(file)?)
        .map_err(|_| CallError::invalid(format!("{} is not UTF-8 text", file.display())))?;
    let month: MonthlyCosts = toml::from_str(&text)
        .map_err(|error| CallError::invalid(format!("{} is no month: {}", file.display(), error.message())))?;
    let rates = work_out_rates(action, month.clone())?;
    if save {
        save_burdened_rates(action, SaveRates { month })?;
    }
    output.result(&rates, |rates| burden_text(rates, save));
    Ok(())
}

/// What is not said stays as it is.
fn price(action: &Action, input: &SetPrice) -> Result<PriceItem, CallError> {
    let known = show_costs(action, Nothing {})?.items.into_iter().find(|one| one.item.key == input.item);
    let known = known.map(|one| one.item);
    let unit = match &input.unit {
        Some(text) => {
            let unit = Unit::parse(text).ok_or_else(|| CallError::invalid(format!("\"{text}\" is no unit")))?;
            Some(unit)
        }
        None => known.as_ref().map(|item| item.unit),
    };
    let new = || CallError::invalid(format!("\"{}\" is a new item: give its --name and --unit", input.item));
    Ok(PriceItem {
        key: input.item.clone(),
        name: input.name.clone().or_else(|| known.as_ref().map(|item| item.name.clone())).ok_or_else(new)?,
        unit: unit.ok_or_else(new)?,
        unit_cost: input.price,
        on: input.on.unwrap_or_else(|| action.today()),
        source: input.source.clone(),
        confirmed: true,
        series: input.series.clone().or_else(|| known.and_then(|item| item.series)),
    })
}

fn rate(action: &Action, input: &SetRate) -> Result<LabourRate, CallError> {
    let known = show_costs(action, Nothing {})?.rates.into_iter().find(|one| one.rate.code == input.code);
    let new = || CallError::invalid(format!("{} is a new code: give its --name", input.code));
    Ok(LabourRate {
        code: input.code.clone(),
        name: input.name.clone().or_else(|| known.map(|one| one.rate.name)).ok_or_else(new)?,
        rate: input.rate,
        on: input.on.unwrap_or_else(|| action.today()),
        source: input.source.clone(),
        confirmed: true,
    })
}

fn text(found: &Shown) -> String {
    let state = |confirmed: bool, old: bool| match (confirmed, old) {
        (false, _) => "not confirmed".to_owned(),
        (true, true) => "over a year old".to_owned(),
        (true, false) => String::new(),
    };
    let item = |one: &CostItem| {
        let CostItem { item, old, .. } = one;
        let (price, unit) = (item.unit_cost.to_string(), item.unit.to_string());
        vec![item.key.clone(), item.name.clone(), price, unit, item.on.to_string(), state(item.confirmed, *old)]
    };
    let rate = |one: &CostRate| {
        let CostRate { rate, old } = one;
        let (price, on) = (rate.rate.to_string(), rate.on.to_string());
        vec![rate.code.clone(), rate.name.clone(), price, "h".to_owned(), on, state(rate.confirmed, *old)]
    };
    let rows: Vec<_> = found.items.iter().map(item).chain(found.rates.iter().map(rate)).collect();
    match rows.is_empty() {
        true => "nothing".to_owned(),
        false => table(&["key", "what", found.currency.code(), "per", "of", ""], &rows, &[2]),
    }
}

fn summary(costs: &Shown) -> String {
    let open = costs.items.iter().filter(|one| !one.item.confirmed).count();
    let rates = costs.rates.iter().filter(|one| !one.rate.confirmed).count();
    format!(
        "{} prices, {open} of them not confirmed; {} rates, {rates} of them not confirmed",
        costs.items.len(),
        costs.rates.len()
    )
}

fn changes(found: &[PriceChange]) -> String {
    if found.is_empty() {
        return "no newer prices were imported".to_owned();
    }
    let row = |change: &PriceChange| {
        let becomes = match (&change.becomes, &change.problem) {
            (Some(item), _) => item.unit_cost.to_string(),
            (None, problem) => problem.clone().unwrap_or_default(),
        };
        let by = change.by.map_or_else(String::new, |by| format!("{:+.1} %", 100.0 * by));
        vec![change.item.key.clone(), change.series.clone(), change.item.unit_cost.to_string(), becomes, by]
    };
    table(&["item", "by the prices of", "was", "becomes", ""], &found.iter().map(row).collect::<Vec<_>>(), &[2, 3, 4])
}

fn burden_text(rates: &BurdenedRates, saved: bool) -> String {
    let row = |one: &signwright_domain::burden::BurdenedRate| {
        let part = |amount: rust_decimal::Decimal| amount.round_dp(2).to_string();
        let (wage, payroll, overhead) = (part(one.wage), part(one.payroll), part(one.overhead));
        vec![one.code.clone(), one.name.clone(), part(one.hours), wage, payroll, overhead, one.rate.to_string()]
    };
    let rows: Vec<_> = rates.departments.iter().map(row).collect();
    let list =
        table(&["code", "department", "hours", "wage", "payroll", "overhead", "an hour"], &rows, &[2, 3, 4, 5, 6]);
    let said = format!("the month costs {}; its hours sold at these rates bring in {}", rates.cost, rates.recovered);
    let kept = if saved { "kept as the rates of the shop" } else { "not kept: --save" };
    format!("{list}\n{said}\n{kept}")
}
