//! What to think about before a price goes out.
//!
//! The trade calls a conversion of 50 to 70 % healthy, below 40 % a worry and above 80 % too cheap (a single source); few
//! decided offers say nothing.

use signwright_domain::Money;
use signwright_domain::price_decision::{
    ChanceAtPrice, Conversion, FloorCheck, PriceBackground, PriceSignal, PriceSignalKind,
};

/// Fewer decided offers say nothing of the shop's prices.
const ENOUGH: u32 = 20;
const TOO_MANY_WON: f64 = 0.8;
const TOO_FEW_WON: f64 = 0.4;
/// Another price must be expected to earn so much more before it is named.
const WORTH_NAMING: f64 = 1.05;

pub(super) fn of(
    background: &PriceBackground,
    floor: Option<&FloorCheck>,
    chance: Option<&ChanceAtPrice>,
    cost: Money,
    net: Money,
) -> Vec<PriceSignal> {
    let mut signals = Vec::new();
    let mut tell = |kind, message: String| signals.push(PriceSignal { kind, message });
    if net.minor < background.cost.minor {
        let short = background.cost - net;
        tell(PriceSignalKind::BelowCost, format!("{short} below the expected cost: every such job loses money"));
    } else if net.minor < cost.minor {
        let short = cost - net;
        tell(PriceSignalKind::BelowCost, format!("{short} below the cost with contingency and escalation"));
    }
    if let Some(floor) = floor.filter(|floor| floor.needs_approval) {
        let (below, category, price) = (floor.below, &floor.category, floor.price);
        tell(PriceSignalKind::BelowFloor, format!("{below} below the floor of {category}, {price}: needs approval"));
    }
    if let Some((kind, message)) = chance.and_then(|chance| by_chance(chance, net)) {
        tell(kind, message);
    }
    if let Some((kind, message)) = background.conversion.and_then(by_conversion) {
        tell(kind, message);
    }
    signals
}

fn by_chance(chance: &ChanceAtPrice, net: Money) -> Option<(PriceSignalKind, String)> {
    let per_cent = |chance: f64| format!("{:.0} %", 100.0 * chance);
    let best = chance.best;
    let more = chance.best_profit.minor as f64 > WORTH_NAMING * (chance.profit.minor.max(0) as f64);
    let words = format!(
        "taken in {} of such cases, expected to earn {}; {} is taken in {} and expected to earn {}",
        per_cent(chance.chance),
        chance.profit,
        best.price,
        per_cent(best.chance),
        chance.best_profit
    );
    if more && best.price.minor > net.minor && chance.chance > TOO_MANY_WON {
        return Some((PriceSignalKind::TooCheap, words));
    }
    let dear = more && best.price.minor < net.minor && chance.chance < TOO_FEW_WON;
    dear.then_some((PriceSignalKind::TooDear, words))
}

fn by_conversion(conversion: Conversion) -> Option<(PriceSignalKind, String)> {
    let Conversion { decided, won } = conversion;
    if decided < ENOUGH {
        return None;
    }
    let share = f64::from(won) / f64::from(decided);
    let told = format!("{won} of {decided} such offers were won lately");
    if share > TOO_MANY_WON {
        return Some((PriceSignalKind::TooCheap, format!("{told}: more than 80 % means that prices are too low")));
    }
    let few = share < TOO_FEW_WON;
    few.then(|| (PriceSignalKind::TooDear, format!("{told}: below 40 % something keeps customers away")))
}
