//! What things and hours cost the shop: shown with their age and use, changed, confirmed.

use jiff::ToSpan;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::Currency;
use signwright_domain::cost_library::{LabourRate, PriceItem};
use signwright_store::costs::{self, PastItem};
use signwright_store::settings;
use ts_rs::TS;

use super::shelf::{Shelf, USE_TAX};
use crate::commands::Nothing;
use crate::{Action, CallError, Code, audit};

/// Everything that a cost is built up with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Costs {
    pub currency: Currency,
    /// Share of material that is paid as use tax: 0.06 is 6 %.
    #[ts(type = "string")]
    pub use_tax: Decimal,
    pub items: Vec<CostItem>,
    pub rates: Vec<CostRate>,
}

/// One item of the price list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CostItem {
    pub item: PriceItem,
    /// Older than twelve months.
    pub old: bool,
    /// Names of the assemblies and blocks that draw on it.
    pub used_by: Vec<String>,
}

/// What an hour of one work code costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CostRate {
    pub rate: LabourRate,
    pub old: bool,
}

/// Names an item or a rate.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CostKey {
    Item(String),
    /// A work code or a department.
    Rate(String),
}

/// What an item costs from now on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveItem {
    pub item: PriceItem,
    /// It must not be there yet.
    #[serde(default)]
    pub new: bool,
    /// As it was when somebody began to change it, so that nobody's change is lost.
    #[serde(default)]
    pub before: Option<PriceItem>,
}

/// Items and rates that the shop has found right as they stand.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConfirmCosts {
    #[serde(default)]
    pub items: Vec<String>,
    #[serde(default)]
    pub rates: Vec<String>,
}

/// As a fraction: 0.06 is 6 %.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SetUseTax {
    #[ts(type = "string")]
    pub use_tax: Decimal,
}

pub fn show_costs(action: &Action, _: Nothing) -> Result<Costs, CallError> {
    let shelf = action.shelf()?;
    let since = action.today().saturating_sub(12.months());
    let item =
        |item: &PriceItem| CostItem { old: item.on < since, used_by: used_by(&shelf, &item.key), item: item.clone() };
    let rate = |rate: &LabourRate| CostRate { old: rate.on < since, rate: rate.clone() };
    Ok(Costs {
        currency: shelf.library.currency,
        use_tax: shelf.library.use_tax,
        items: shelf.library.items.iter().map(item).collect(),
        rates: shelf.library.rates.iter().map(rate).collect(),
    })
}

/// Keeps what an item costs, in place of what was known of it; a price that a person gives is the shop's own.
///
/// # Errors
/// `InvalidInput` for a price of nothing or less, a missing name or source, a day to come; `Conflict` for a new item whose key is taken,
/// for one that has changed since it was looked at, and for a unit that what draws on it cannot count in.
pub fn save_item(action: &Action, input: SaveItem) -> Result<Costs, CallError> {
    let item = PriceItem { confirmed: true, ..input.item };
    sensible_item(action, &item)?;
    let shelf = action.shelf()?;
    let known = shelf.library.item(&item.key);
    let refused = |why: String, hint: &str| Err(CallError::new(Code::Conflict, why).hint(hint));
    if let Some(known) = known {
        if input.new {
            let why = format!("there is an item \"{}\" already: {}", item.key, known.name);
            return refused(why, "Change that one, or give the new one another name.");
        }
        if input.before.as_ref().is_some_and(|before| before != known) {
            let why = format!("{} was changed in the meantime: {} of {}", known.name, known.unit_cost, known.on);
            return refused(why, "Look at it again.");
        }
        let used = used_by(&shelf, &item.key);
        if known.unit.dimension() != item.unit.dimension() && !used.is_empty() {
            let why =
                format!("{} is counted in {}, not in {}, by {}", known.name, known.unit, item.unit, used.join(", "));
            return refused(why, "Make a new item, and let them draw on that.");
        }
    }
    action.shop().write(|db| {
        shelf.prices_unchanged(db)?;
        costs::set_item(db, &item, &action.options().user, action.now)?;
        audit::record(db, action, &format!("price of {}", item.key), known, &item)
    })?;
    changed(action)
}

/// Keeps what an hour costs, burden included.
///
/// # Errors
/// As [`save_item`].
pub fn save_rate(action: &Action, mut input: LabourRate) -> Result<Costs, CallError> {
    input.confirmed = true;
    sensible(action, "a rate", &[&input.code, &input.name, &input.source], input.rate, input.on)?;
    let shelf = action.shelf()?;
    let known = shelf.library.rates.iter().find(|rate| rate.code == input.code);
    action.shop().write(|db| {
        shelf.prices_unchanged(db)?;
        costs::set_rate(db, &input, &action.options().user, action.now)?;
        audit::record(db, action, &format!("rate of {}", input.code), known, &input)
    })?;
    changed(action)
}

/// Says that prices and rates are right as they stand; of those that are, the day stays that of the price.
///
/// # Errors
/// `NotFound` for one that there is not.
pub fn confirm_costs(action: &Action, input: ConfirmCosts) -> Result<Costs, CallError> {
    let shelf = action.shelf()?;
    let missing = |what: &str, name: &str| CallError::not_found(format!("{what} \"{name}\""));
    let find = |key: &String| shelf.library.item(key).cloned().ok_or_else(|| missing("item", key));
    let items = input.items.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let find = |code: &String| {
        let rate = shelf.library.rates.iter().find(|rate| rate.code == *code);
        rate.cloned().ok_or_else(|| missing("rate", code))
    };
    let rates = input.rates.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let who = &action.options().user;
    action.shop().write(|db| {
        shelf.prices_unchanged(db)?;
        for item in items.iter().filter(|item| !item.confirmed) {
            costs::set_item(db, &PriceItem { confirmed: true, ..item.clone() }, who, action.now)?;
        }
        for rate in rates.iter().filter(|rate| !rate.confirmed) {
            costs::set_rate(db, &LabourRate { confirmed: true, ..rate.clone() }, who, action.now)?;
        }
        audit::record(db, action, "prices and rates", None::<()>, &("confirmed", &input.items, &input.rates))
    })?;
    changed(action)
}

/// Takes an item or a rate away that nothing draws on.
///
/// # Errors
/// `NotFound` where there is none; `Conflict` where an assembly draws on it.
pub fn remove_cost(action: &Action, input: CostKey) -> Result<Costs, CallError> {
    let shelf = action.shelf()?;
    let who = &action.options().user;
    match &input {
        CostKey::Item(key) => {
            let item = shelf.library.item(key).ok_or_else(|| CallError::not_found(format!("item \"{key}\"")))?;
            refuse_used(&format!("\"{}\"", item.name), &used_by(&shelf, key))?;
            action.shop().write(|db| {
                costs::remove_item(db, key, who, action.now)?;
                audit::record(db, action, &format!("price of {key}"), Some(item), &"removed")
            })?;
        }
        CostKey::Rate(code) => {
            let rate = shelf.library.rates.iter().find(|rate| rate.code == *code);
            let rate = rate.ok_or_else(|| CallError::not_found(format!("rate of \"{code}\"")))?;
            refuse_used(&format!("the rate of {code}"), &hours_of(&shelf, code))?;
            action.shop().write(|db| {
                costs::remove_rate(db, code, who, action.now)?;
                audit::record(db, action, &format!("rate of {code}"), Some(rate), &"removed")
            })?;
        }
    }
    changed(action)
}

/// Everything that was ever said of an item, newest first.
pub fn past_prices(action: &Action, input: CostKey) -> Result<Vec<PastItem>, CallError> {
    match input {
        CostKey::Item(key) => Ok(costs::past(&action.shop().read(), &key)?),
        CostKey::Rate(code) => Err(CallError::invalid(format!("{code} is a rate: its past is in the event log"))),
    }
}

/// # Errors
/// `InvalidInput` outside of 0 to 1.
pub fn set_use_tax(action: &Action, input: SetUseTax) -> Result<Costs, CallError> {
    if !(Decimal::ZERO..Decimal::ONE).contains(&input.use_tax) {
        return Err(CallError::invalid(format!("a use tax of {} is none", input.use_tax)).hint("0.06 is 6 %."));
    }
    let before = action.shelf()?.library.use_tax;
    action.shop().write(|db| {
        settings::set(db, USE_TAX, &input.use_tax)?;
        audit::record(db, action, "use tax", Some(before), &input.use_tax)
    })?;
    changed(action)
}

pub(super) fn changed(action: &Action) -> Result<Costs, CallError> {
    action.changed("assemblies");
    show_costs(action, Nothing {})
}

pub(super) fn sensible_item(action: &Action, item: &PriceItem) -> Result<(), CallError> {
    sensible(action, "a price", &[&item.key, &item.name, &item.source], item.unit_cost, item.on)
}

fn sensible(
    action: &Action,
    what: &str,
    texts: &[&String],
    amount: Decimal,
    on: jiff::civil::Date,
) -> Result<(), CallError> {
    if texts.iter().any(|text| text.trim().is_empty()) {
        return Err(CallError::invalid(format!("{what} needs a name and whose it is")));
    }
    if amount <= Decimal::ZERO || amount > Decimal::from(10_000_000) {
        return Err(CallError::invalid(format!("{what} of {amount} is none")));
    }
    if on > action.today() {
        return Err(CallError::invalid(format!("{what} of {on} is of a day to come")));
    }
    Ok(())
}

fn refuse_used(what: &str, used_by: &[String]) -> Result<(), CallError> {
    match used_by.is_empty() {
        true => Ok(()),
        false => Err(CallError::new(Code::Conflict, format!("{what} is used by {}", used_by.join(", ")))
            .hint("Take it out of them first.")),
    }
}

fn used_by(shelf: &Shelf, key: &str) -> Vec<String> {
    let draws = |kept: &&super::shelf::Kept| kept.definition.parts.iter().any(|part| part.item.as_deref() == Some(key));
    shelf.kept.iter().filter(draws).map(|kept| kept.definition.name.clone()).collect()
}

/// Assemblies whose hours would have no rate without this one, or another.
fn hours_of(shelf: &Shelf, code: &str) -> Vec<String> {
    let counts = |of: &str| shelf.library.rate(of).is_some_and(|rate| rate.code == code);
    let draws =
        |kept: &&super::shelf::Kept| kept.definition.parts.iter().any(|part| part.code.as_deref().is_some_and(counts));
    shelf.kept.iter().filter(draws).map(|kept| kept.definition.name.clone()).collect()
}
