//! Imported prices as prices of items: what has moved is offered, and a person takes it.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::{Deserialize, Serialize};
use signwright_domain::cost_library::PriceItem;
use signwright_domain::unit::Unit;
use signwright_store::prices::{self, PricePoint};
use signwright_store::{Db, costs};
use ts_rs::TS;

use super::costs::{Costs, changed, sensible_item};
use crate::commands::Nothing;
use crate::{Action, CallError, audit};

/// Imported prices beside those of items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PriceChanges {
    pub changes: Vec<PriceChange>,
    /// Imported series that no item goes by.
    pub unused: Vec<String>,
}

/// An item for which a newer price was imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PriceChange {
    pub item: PriceItem,
    /// The imported series that it goes by.
    pub series: String,
    /// The item as it would be; `None` where the units do not fit.
    pub becomes: Option<PriceItem>,
    /// New over old price, less one.
    pub by: Option<f64>,
    /// "imported per box, the item is per sq ft".
    pub problem: Option<String>,
}

/// Items whose imported price is to count.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TakePrices {
    pub items: Vec<String>,
}

/// An item goes by the imported series that it names; where there is none, by one that is called as the item or its key. Several
/// items may go by one series, such as sheets of one alloy: where none of them is priced in its name, each moves as the series
/// did since the day of its own price.
pub fn list_price_changes(action: &Action, _: Nothing) -> Result<PriceChanges, CallError> {
    let shelf = action.shelf()?;
    let db = action.shop().read();
    let series: Vec<String> = prices::series(&db)?.into_iter().map(|one| one.series).collect();
    let mut used = Vec::new();
    let mut changes = Vec::new();
    for item in &shelf.library.items {
        let Some((name, as_item)) = goes_by(item, &series) else { continue };
        used.push(name.to_owned());
        changes.extend(change(&db, item, name, as_item)?);
    }
    let unused = series.into_iter().filter(|name| !used.contains(name)).collect();
    Ok(PriceChanges { changes, unused })
}

/// # Errors
/// `NotFound` for an item without a newer imported price that fits.
pub fn take_prices(action: &Action, input: TakePrices) -> Result<Costs, CallError> {
    let shelf = action.shelf()?;
    let found = list_price_changes(action, Nothing {})?;
    let taken = |key: &String| {
        let change = found.changes.iter().find(|change| change.item.key == *key);
        let becomes = change.and_then(|change| change.becomes.clone().map(|becomes| (change.item.clone(), becomes)));
        becomes.ok_or_else(|| CallError::not_found(format!("newer imported price of \"{key}\"")))
    };
    let taken = input.items.iter().map(taken).collect::<Result<Vec<_>, _>>()?;
    taken.iter().try_for_each(|(_, becomes)| sensible_item(action, becomes))?;
    action.shop().write(|db| {
        shelf.prices_unchanged(db)?;
        for (before, becomes) in &taken {
            costs::set_item(db, becomes, &action.options().user, action.now)?;
            audit::record(db, action, &format!("price of {}", becomes.key), Some(before), becomes)?;
        }
        Ok::<_, CallError>(())
    })?;
    changed(action)
}

/// The series, and whether it is the price of the item itself.
fn goes_by<'a>(item: &PriceItem, series: &'a [String]) -> Option<(&'a str, bool)> {
    let called = |name: &str| series.iter().find(|one| one.trim().eq_ignore_ascii_case(name.trim()));
    let own = called(&item.name).or_else(|| called(&item.key));
    own.map(|name| (name.as_str(), true)).or_else(|| Some((called(item.series.as_deref()?)?.as_str(), false)))
}

fn change(db: &Db<'_>, item: &PriceItem, series: &str, as_item: bool) -> Result<Option<PriceChange>, CallError> {
    let points = prices::points(db, series)?;
    let Some(newest) = points.last().filter(|newest| newest.date > item.on) else { return Ok(None) };
    let (becomes, problem) = match as_item {
        true => match in_unit(newest, item.unit) {
            Ok(price) => (Some(price), None),
            Err(problem) => (None, Some(problem)),
        },
        false => match moved(item, &points, newest) {
            Some(price) => (Some(price), None),
            None => (None, Some(format!("no price of \"{series}\" is known for {}", item.on))),
        },
    };
    let by = becomes.filter(|_| !item.unit_cost.is_zero()).and_then(|price| {
        let ratio = price.checked_div(item.unit_cost)?;
        rust_decimal::prelude::ToPrimitive::to_f64(&(ratio - Decimal::ONE))
    });
    let becomes = becomes.map(|unit_cost| PriceItem {
        unit_cost,
        on: newest.date,
        source: match as_item {
            true => format!("imported prices of {series}"),
            false => format!("{}, moved as {series} since {}", item.source, item.on),
        },
        confirmed: if as_item { true } else { item.confirmed },
        ..item.clone()
    });
    Ok(Some(PriceChange { item: item.clone(), series: series.to_owned(), becomes, by, problem }))
}

/// The price of one of the item's units.
fn in_unit(point: &PricePoint, unit: Unit) -> Result<Decimal, String> {
    if point.unit.trim().eq_ignore_ascii_case(unit.name()) {
        return Ok(point.price);
    }
    let refused = || format!("imported per {}, the item is per {}", point.unit, unit.name());
    let theirs = Unit::parse(point.unit.trim()).filter(|theirs| theirs.dimension() == unit.dimension());
    let theirs = theirs.ok_or_else(refused)?;
    let factor = Decimal::from_f64(unit.to_base(1.0) / theirs.to_base(1.0)).ok_or_else(refused)?;
    Ok(to_places(point.price.checked_mul(factor).ok_or_else(refused)?))
}

/// The item's price, moved as its series has since the newest price on or before its day.
fn moved(item: &PriceItem, points: &[PricePoint], newest: &PricePoint) -> Option<Decimal> {
    let then = points.iter().rev().find(|point| point.date <= item.on && point.unit == newest.unit)?;
    let ratio = newest.price.checked_div(then.price)?;
    Some(to_places(item.unit_cost.checked_mul(ratio)?))
}

/// As price lists write them: cents, and four places below one.
fn to_places(price: Decimal) -> Decimal {
    if price < Decimal::ONE { price.round_dp(4) } else { price.round_dp(2) }
}
