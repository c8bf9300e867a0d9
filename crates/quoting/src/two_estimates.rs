//! A cost built up from an assembly beside the one learned from finished jobs, with its range.
//!
//! Where the built-up cost lies outside of the range, it is said by what: which group of costs differs most, with its
//! largest lines; and which drivers move the learned cost that the assembly never asks about. Nobody is right by being one
//! or the other: the estimator decides.

mod makeup;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};
use signwright_domain::Money;
use signwright_domain::assembly::CostKind;
use signwright_domain::build_up::{BuildUp, BuildUpLine};
use signwright_domain::driver::Cause;
use signwright_domain::estimate::{Contribution, Range};
use signwright_domain::two_estimates::{
    CostGroup, GroupAmount, GroupDifference, RangeStanding, TwoEstimates, UnaskedDriver,
};

use crate::{Assembly, QuotingError};

pub use makeup::makeup;

/// Lines that are named of a group.
const LINES: usize = 3;

/// How a contribution calls a value that nobody gave.
const NOT_GIVEN: &str = "not given";
/// Drivers and groups that are told in sentences.
const TOLD: usize = 3;
/// A driver the assembly does not ask about is named from this share of the learned cost on.
const WORTH_NAMING: i64 = 100;

/// What finished jobs say of the cost.
#[derive(Clone, Debug)]
pub struct Learned<'a> {
    pub cost: Money,
    pub range: Range,
    pub contributions: &'a [Contribution],
    /// What such jobs spend on each group, as [`makeup`] says it: only the proportions count. Empty where nobody knows.
    pub makeup: &'a [GroupAmount],
}

/// Which group a line of a build-up belongs to in the account of a finished job.
pub fn group_of(line: &BuildUpLine) -> CostGroup {
    if line.is_labour {
        return CostGroup::Labour;
    }
    match line.kind {
        CostKind::Material | CostKind::Labour | CostKind::Other => CostGroup::Material,
        CostKind::Outplant | CostKind::Permit | CostKind::Engineering | CostKind::Survey | CostKind::Disposal => {
            CostGroup::Outplant
        }
        CostKind::Equipment | CostKind::Travel => CostGroup::Equipment,
        CostKind::Freight => CostGroup::Shipping,
        CostKind::UseTax => CostGroup::UseTax,
    }
}

/// Both costs side by side.
///
/// # Errors
/// Where the two are of different currencies.
pub fn side_by_side(assembly: &Assembly, built: &BuildUp, learned: &Learned<'_>) -> Result<TwoEstimates, QuotingError> {
    let (ours, theirs) = (built.total.currency, learned.cost.currency);
    if ours != theirs {
        return Err(QuotingError::OtherCurrency(ours, theirs));
    }
    let range = learned.range;
    let (standing, beyond) = if built.total.minor < range.low.minor {
        (RangeStanding::Below, range.low - built.total)
    } else if built.total.minor > range.high.minor {
        (RangeStanding::Above, built.total - range.high)
    } else {
        (RangeStanding::Inside, Money::zero(ours))
    };
    let groups = groups(built, learned)?;
    let unasked = unasked(assembly, learned);
    let said = said(built, learned, standing, beyond, &groups, &unasked);
    Ok(TwoEstimates { built_up: built.total, learned: learned.cost, range, standing, beyond, groups, unasked, said })
}

/// The learned cost in the proportions of its makeup, to the cent; what rounding leaves goes to the largest group.
fn shared(learned: &Learned<'_>) -> Result<BTreeMap<CostGroup, Money>, QuotingError> {
    let mut makeup: BTreeMap<CostGroup, i64> = BTreeMap::new();
    for part in learned.makeup.iter().filter(|part| part.amount.minor > 0) {
        let sum = makeup.entry(part.group).or_default();
        *sum = sum.checked_add(part.amount.minor).ok_or(QuotingError::TooLarge(part.amount.to_decimal()))?;
    }
    let all: Decimal = makeup.values().copied().map(Decimal::from).sum();
    let currency = learned.cost.currency;
    let mut shares: BTreeMap<CostGroup, Money> = BTreeMap::new();
    for (group, minor) in &makeup {
        let share = learned.cost.to_decimal() * (Decimal::from(*minor) / all);
        let share = share.round_dp_with_strategy(currency.places(), RoundingStrategy::MidpointAwayFromZero);
        shares.insert(*group, Money::from_decimal(share, currency)?);
    }
    let sum = shares.values().copied().sum::<Option<Money>>().unwrap_or(learned.cost);
    if let Some(largest) = shares.values_mut().max_by_key(|share| share.minor) {
        *largest = *largest + (learned.cost - sum);
    }
    Ok(shares)
}

fn groups(built: &BuildUp, learned: &Learned<'_>) -> Result<Vec<GroupDifference>, QuotingError> {
    let shares = shared(learned)?;
    if shares.is_empty() {
        return Ok(Vec::new());
    }
    let mut lines: BTreeMap<CostGroup, Vec<&BuildUpLine>> = BTreeMap::new();
    built.lines.iter().for_each(|line| lines.entry(group_of(line)).or_default().push(line));
    let all: BTreeSet<CostGroup> = shares.keys().chain(lines.keys()).copied().collect();
    let nothing = Money::zero(built.total.currency);
    let difference = |group: CostGroup| {
        let mut own = lines.get(&group).cloned().unwrap_or_default();
        own.sort_by_key(|line| std::cmp::Reverse(line.amount.minor));
        let built_up = own.iter().map(|line| line.amount).sum::<Option<Money>>().unwrap_or(nothing);
        let learned = shares.get(&group).copied().unwrap_or(nothing);
        let named = own.iter().take(LINES).map(|line| format!("{} {}", line.name, line.amount)).collect();
        GroupDifference { group, built_up, learned, difference: built_up - learned, lines: named }
    };
    let mut groups: Vec<GroupDifference> = all.into_iter().map(difference).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.difference.minor.abs()));
    Ok(groups)
}

/// Drivers with their own influence on the learned cost that no input of the assembly is filled by.
fn unasked(assembly: &Assembly, learned: &Learned<'_>) -> Vec<UnaskedDriver> {
    let asked: BTreeSet<&str> = assembly.inputs().iter().filter_map(|input| input.driver.as_deref()).collect();
    let counts = |contribution: &&Contribution| {
        let enough = contribution.amount.minor.abs() * WORTH_NAMING >= learned.cost.minor.abs();
        // What nobody said is no answer to a question, and the day of its prices the assembly does know.
        let said = contribution.value != NOT_GIVEN && contribution.cause != Cause::Time;
        enough && said && is_asked(&contribution.driver, &asked) == Some(false)
    };
    let of = |contribution: &Contribution| UnaskedDriver {
        driver: contribution.driver.clone(),
        label: contribution.label.clone(),
        value: contribution.value.clone(),
        amount: contribution.amount,
    };
    let mut unasked: Vec<UnaskedDriver> = learned.contributions.iter().filter(counts).map(of).collect();
    unasked.sort_by_key(|driver| std::cmp::Reverse(driver.amount.minor.abs()));
    unasked
}

/// Whether an assembly that asks for these drivers knows of a column of the model: the driver itself, or one of those that
/// a column is made of. `None` for what is no single thing, such as the remainder.
fn is_asked(column: &str, asked: &BTreeSet<&str>) -> Option<bool> {
    let made_of: &[&str] = match column {
        "" => return None,
        // An assembly is chosen by the type.
        "sign_type" => return Some(true),
        "face_area" | "total_area" | "perimeter" => &["width", "height", "face_area", "total_area", "perimeter"],
        "letter_outline" | "letter_area" => &["letter_height"],
        "total_emc_area" => &["emc_area"],
        "wind_speed" | "exposure" | "wind_force" | "wind_moment" | "concrete" | "pole_weight" | "pier_depth" => {
            &["concrete", "pole_weight", "wind_force", "wind_moment"]
        }
        other => return Some(asked.contains(other)),
    };
    Some(asked.contains(column) || made_of.iter().any(|driver| asked.contains(driver)))
}

fn said(
    built: &BuildUp,
    learned: &Learned<'_>,
    standing: RangeStanding,
    beyond: Money,
    groups: &[GroupDifference],
    unasked: &[UnaskedDriver],
) -> Vec<String> {
    let Range { level, low, high } = learned.range;
    let range = format!("{low} to {high} ({level} of 100 such jobs)");
    let mut said = match standing {
        RangeStanding::Inside => {
            return vec![format!("built up {}, inside the range of finished jobs, {range}", built.total)];
        }
        RangeStanding::Below => {
            vec![format!("built up {}, {beyond} below the range of finished jobs, {range}", built.total)]
        }
        RangeStanding::Above => {
            vec![format!("built up {}, {beyond} above the range of finished jobs, {range}", built.total)]
        }
    };
    let less = standing == RangeStanding::Below;
    let same_way = groups.iter().filter(|group| group.difference.minor != 0 && (group.difference.minor < 0) == less);
    for group in same_way.take(TOLD) {
        let (label, by) = (group.group.label().to_lowercase(), group.difference.abs());
        let way = if less { "less" } else { "more" };
        let lines = if group.lines.is_empty() { "no lines".to_owned() } else { group.lines.join(", ") };
        let (own, usual) = (group.built_up, group.learned);
        said.push(format!("{label}: {by} {way} than usual, {own} against {usual} ({lines})"));
    }
    let explains = unasked.iter().filter(|driver| (driver.amount.minor > 0) == less);
    for driver in explains.take(TOLD) {
        let (label, value, amount) = (&driver.label, &driver.value, driver.amount.abs());
        let way = if less { "adds" } else { "saves" };
        said.push(format!("{label} ({value}) {way} {amount} in finished jobs; the assembly does not ask about it"));
    }
    said
}

#[cfg(test)]
mod tests;
