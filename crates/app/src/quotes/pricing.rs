//! The price of a draft: what is known when it is decided, what a decision would come to, and taking it.
//!
//! A decision moves prices, never costs: lines keep what they are expected to cost, and contingency and escalation stand in the
//! steps of the decision.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use signwright_domain::bottom_up::CostSource;
use signwright_domain::estimate::{AtMost, Estimate};
use signwright_domain::price_decision::{
    DecidedPrice, FloorCheck, MarginFloor, MarginFloors, PriceBackground, PriceDecision, PriceRounding, PriceWay,
    PricedJob, ShareOrAmount,
};
use signwright_domain::quote::{Quote, QuoteVersion};
use signwright_domain::{Money, Specification, driver};
use signwright_quoting::decision::{
    floor_for, floor_of_totals, lines_at, options_at, options_without_discount, without_discount,
};
use signwright_quoting::{Offer, decide, edit};
use signwright_store::{Db, settings};
use ts_rs::TS;

use super::edits::{Draft, change_draft};
use super::{QuoteRef, get};
use crate::commands::Nothing;
use crate::{Action, CallError, audit, estimates, winning};

/// What is known when the price of a quote is decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Pricing {
    pub background: PriceBackground,
    /// The sign types of the quote's estimates.
    pub kinds: Vec<String>,
    /// As it was decided; else one that keeps the markup of the lines as they are.
    pub decision: PriceDecision,
    /// What that comes to; absent where the lines have no cost to price on.
    pub priced: Option<PricedJob>,
    /// Why something above is not known.
    pub unknown: Vec<String>,
}

/// A decision about the price of a quote.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PriceQuote {
    #[ts(type = "number")]
    pub id: i64,
    pub decision: PriceDecision,
    /// Why so; kept with it.
    #[serde(default)]
    pub reason: String,
}

const FLOORS: &str = "margin_floors";

pub fn quote_pricing(action: &Action, input: QuoteRef) -> Result<Pricing, CallError> {
    let quote = get(action, input.id)?;
    let version = quote.active();
    let known = Known::of(action, &quote.customer, version)?;
    let decision = match &version.decided {
        Some(decided) => decided.decision.clone(),
        None => as_it_is(version),
    };
    Ok(Pricing {
        priced: decide(&decision, &known.background).ok(),
        decision,
        kinds: known.kinds.into_iter().collect(),
        background: known.background,
        unknown: known.unknown,
    })
}

/// What a decision would come to. Nothing is written.
pub fn preview_price(action: &Action, input: PriceQuote) -> Result<PricedJob, CallError> {
    let quote = get(action, input.id)?;
    Ok(decide(&input.decision, &Known::of(action, &quote.customer, quote.active())?.background)?)
}

/// Prices the lines of a draft by a decision, to the cent.
pub fn apply_price(action: &Action, input: PriceQuote) -> Result<Quote, CallError> {
    let quote = get(action, input.id)?;
    let version = priced_by(action, &quote.customer, quote.active(), &input.decision, &input.reason)?;
    change_draft(action, &quote, Draft { version, ..Draft::of(&quote) })
}

/// The version with its lines at the decided price.
pub(super) fn priced_by(
    action: &Action,
    customer: &str,
    version: &QuoteVersion,
    decision: &PriceDecision,
    reason: &str,
) -> Result<QuoteVersion, CallError> {
    let priced = decide(decision, &Known::of(action, customer, version)?.background)?;
    let earlier = version.decided.as_ref().map(|decided| &decided.priced);
    let mut offer = Offer::of(version);
    if offer.options.is_empty() {
        offer.lines = lines_at(&priced, &without_discount(&offer.lines, earlier))?;
    } else {
        offer.options = options_at(&priced, &options_without_discount(&offer.options, earlier))?;
    }
    offer.tax_rate = decision.tax_rate;
    offer.decided = Some(DecidedPrice {
        decision: decision.clone(),
        priced,
        who: action.options().user.clone(),
        at: action.now,
        reason: reason.trim().to_owned(),
    });
    Ok(edit(version, offer)?)
}

/// The decision that would have led to the lines as they are priced now, to a hundredth of a per cent.
fn as_it_is(version: &QuoteVersion) -> PriceDecision {
    let totals = &version.totals;
    let way = match totals.markup {
        Some(markup) if markup > -Decimal::ONE && markup <= Decimal::ONE_HUNDRED => {
            PriceWay::Markup { markup: markup.round_dp(4).normalize() }
        }
        _ => PriceWay::Price { price: totals.subtotal },
    };
    PriceDecision { tax_rate: version.tax_rate, ..plain(way) }
}

pub(super) fn plain(way: PriceWay) -> PriceDecision {
    PriceDecision {
        contingency: None,
        escalation: None,
        way,
        rounding: PriceRounding::default(),
        discount: ShareOrAmount::Nothing,
        tax_rate: Decimal::ZERO,
        deposit: ShareOrAmount::Nothing,
    }
}

/// Everything a decision rests on.
struct Known {
    background: PriceBackground,
    kinds: BTreeSet<String>,
    unknown: Vec<String>,
}

impl Known {
    fn of(action: &Action, customer: &str, version: &QuoteVersion) -> Result<Self, CallError> {
        let estimates = estimates_of(action, version)?;
        let kinds = kinds(&estimates);
        let cost = version.totals.cost;
        let mut unknown = Vec::new();
        let at_most = at_most(version, &estimates);
        if at_most.is_empty() {
            unknown.push("no line comes from an estimate that says what most such jobs cost at most".to_owned());
        }
        let floor = floor(&action.shop().read(), &kinds)?;
        let nothing = Specification::default();
        let specification = estimates.first().map_or(&nothing, |one| &one.specification);
        let told = winning::price_chances(action, cost, customer, specification)?;
        let chances = told.chances.unwrap_or_else(|reason| {
            unknown.push(reason);
            Vec::new()
        });
        let background = PriceBackground { cost, at_most, floor, chances, conversion: told.conversion };
        Ok(Self { background, kinds, unknown })
    }
}

/// The estimates behind the lines, each once.
fn estimates_of(action: &Action, version: &QuoteVersion) -> Result<Vec<Estimate>, CallError> {
    let ids: BTreeSet<i64> = version.lines.iter().filter_map(|line| line.estimate_id).collect();
    ids.into_iter().map(|id| estimates::get(action, id)).collect()
}

fn kinds(estimates: &[Estimate]) -> BTreeSet<String> {
    estimates.iter().filter_map(|estimate| estimate.specification.text("sign_type").map(str::to_owned)).collect()
}

/// What the quote costs at most: of each line that is estimated its share of the estimate's contingency. Several are added
/// up, as if all went wrong together.
fn at_most(version: &QuoteVersion, estimates: &[Estimate]) -> Vec<AtMost> {
    let cost = version.totals.cost;
    let over = |percentile: u8| -> Option<Decimal> {
        let mut over = None;
        for line in &version.lines {
            let Some(estimate) = estimates.iter().find(|one| Some(one.id) == line.estimate_id) else { continue };
            // What was decided on instead of what finished jobs say is a cost without a spread.
            if estimate.decision.as_ref().is_some_and(|decision| decision.by != CostSource::Learned) {
                return None;
            }
            let known = estimate.at_most.iter().find(|one| one.percentile == percentile)?;
            let share = line.quantity.checked_mul(line.unit_cost)?.checked_div(estimate.cost.to_decimal())?;
            let more = known.over.to_decimal().checked_mul(share)?;
            over = Some(over.unwrap_or_default() + more);
        }
        over
    };
    let bound = |percentile: u8| {
        let bound = Money::from_decimal(cost.to_decimal() + over(percentile)?, cost.currency).ok()?;
        Some(AtMost::new(percentile, bound, cost))
    };
    [70, 80, 90].into_iter().filter_map(bound).collect()
}

fn floor(db: &Db<'_>, kinds: &BTreeSet<String>) -> Result<Option<MarginFloor>, CallError> {
    let floors: MarginFloors = settings::get(db, FLOORS)?.unwrap_or_default();
    let kinds: Vec<Option<&str>> = kinds.iter().map(|kind| Some(kind.as_str())).collect();
    Ok(floor_for(&floors, &kinds))
}

/// Whether a version keeps its floor; `None` where there is none.
pub(super) fn floor_check(action: &Action, version: &QuoteVersion) -> Result<Option<FloorCheck>, CallError> {
    let floor = floor(&action.shop().read(), &kinds(&estimates_of(action, version)?))?;
    let check = floor.map(|floor| floor_of_totals(&floor, &version.totals, version.decided.as_ref()));
    Ok(check.transpose()?)
}

pub fn margin_floors(action: &Action, _: Nothing) -> Result<MarginFloors, CallError> {
    Ok(settings::get(&action.shop().read(), FLOORS)?.unwrap_or_default())
}

pub fn save_margin_floors(action: &Action, input: MarginFloors) -> Result<MarginFloors, CallError> {
    for margin in input.by_type.values().chain(&input.default) {
        if *margin < Decimal::ZERO || *margin >= Decimal::ONE {
            return Err(CallError::invalid(format!("a lowest margin of {margin} is not from 0 to below 1"))
                .hint("Write a fraction of the price: 0.3 for 30 %."));
        }
    }
    let known: Vec<&str> = driver::choices("sign_type").iter().map(|choice| choice.value).collect();
    if let Some(unknown) = input.by_type.keys().find(|kind| !known.contains(&kind.as_str())) {
        return Err(CallError::invalid(format!("no sign type is called \"{unknown}\""))
            .hint(format!("Known are {}.", known.join(", "))));
    }
    action.shop().write(|db| {
        let before: MarginFloors = settings::get(db, FLOORS)?.unwrap_or_default();
        settings::set(db, FLOORS, &input)?;
        audit::record(db, action, "margin floors", Some(before), &input)
    })?;
    action.changed("settings");
    Ok(input)
}
