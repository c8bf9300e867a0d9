//! What a change of the specification would do: the cost over one driver, and what would bring a job under an amount.
//!
//! Only values that finished jobs of the same type had are asked about: beyond them a model guesses.

mod grid;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use signwright_domain::driver::{self, Driver, DriverGroup, DriverKind};
use signwright_domain::job::Job;
use signwright_domain::{Currency, DriverValue, Money, Specification};
use signwright_learn::features;
use signwright_store::settings;
use ts_rs::TS;

use super::experience::{Champion, Experience};
use super::levels::PriceLevels;
use super::understood::understood;
use crate::{Action, CallError, Code, money};

pub use grid::{ExplorePair, GridAxis, GridCell, GridValue, PairGrid, explore_pair};

/// Values tried of a number, and the shares of the jobs between which they lie.
const STEPS: usize = 16;
const SEEN: (f64, f64) = (0.02, 0.98);
/// Fewest jobs of the type that say anything about a driver, and fewest that had a choice.
const FEWEST: usize = 5;
const CHOSEN: usize = 2;
/// Another choice is as large a change as this share of the values of a number.
const CHOICE: f64 = 0.3;
/// Most changes that are proposed.
const MOST: usize = 8;
/// What the job is, not how it is made.
const GIVEN: [&str; 2] = ["sign_type", "quantity"];

/// One driver of a job.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExploreDriver {
    pub specification: Specification,
    #[serde(default)]
    #[ts(type = "string | null")]
    pub quoted_on: Option<jiff::civil::Date>,
    pub driver: String,
}

/// What the job would cost with other values of a driver, all else as it is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Dependence {
    pub driver: String,
    pub label: String,
    pub unit: String,
    /// By value; empty where finished jobs of the type do not tell.
    pub points: Vec<DependencePoint>,
}

/// The cost with one value.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DependencePoint {
    pub value: DriverValue,
    pub label: String,
    pub cost: Money,
}

/// What a job should cost at most.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FindWays {
    pub specification: Specification,
    #[serde(default)]
    #[ts(type = "string | null")]
    pub quoted_on: Option<jiff::civil::Date>,
    pub at_most: Money,
}

/// What would bring a job under an amount.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Ways {
    /// What it costs as it is.
    pub cost: Money,
    /// The smallest change first; empty where nothing that was seen is enough.
    pub ways: Vec<Way>,
}

/// Changes that together are enough.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Way {
    /// In words: "Height 12 ft instead of 15 ft".
    pub label: String,
    pub specification: Specification,
    pub cost: Money,
}

/// The cost of a job over one driver.
///
/// # Errors
/// `NotEnoughData` where no model is in use.
pub fn explore_driver(action: &Action, input: ExploreDriver) -> Result<Dependence, CallError> {
    let known = driver::find(&input.driver)
        .ok_or_else(|| CallError::invalid(format!("there is no driver called \"{}\"", input.driver)))?;
    let experience = action.experience()?;
    let ground = Ground::new(action, &experience, &input.specification, input.quoted_on)?;
    let values = ground.values(known);
    let changed: Vec<Specification> = values.iter().map(|value| ground.with(&[(known, value)])).collect();
    let costs = ground.costs(&changed)?;
    let point = |(value, cost): (DriverValue, Money)| DependencePoint { label: written(known, &value), value, cost };
    let unit = match known.kind {
        DriverKind::Number { unit, .. } => unit,
        DriverKind::Choice { .. } | DriverKind::Flag | DriverKind::Text => "",
    };
    Ok(Dependence {
        driver: known.name.to_owned(),
        label: known.label.to_owned(),
        unit: unit.to_owned(),
        points: values.into_iter().zip(costs).map(point).collect(),
    })
}

/// Single changes that bring a job to at most an amount; where none is enough, up to four that save most one by one.
///
/// # Errors
/// `NotEnoughData` where no model is in use.
pub fn find_ways(action: &Action, input: FindWays) -> Result<Ways, CallError> {
    let experience = action.experience()?;
    let ground = Ground::new(action, &experience, &input.specification, input.quoted_on)?;
    if input.at_most.currency != ground.currency {
        return Err(CallError::invalid(format!("the shop reckons in {}", ground.currency)));
    }
    let cost = ground.costs(std::slice::from_ref(&ground.specification))?[0];
    if cost.minor <= input.at_most.minor {
        return Ok(Ways { cost, ways: Vec::new() });
    }
    let changes = ground.changes()?;
    let enough = changes.iter().filter(|change| change.cost.minor <= input.at_most.minor);
    let mut smallest: BTreeMap<&str, &Change<'_>> = BTreeMap::new();
    for change in enough {
        let known = smallest.entry(change.driver.name).or_insert(change);
        if change.size < known.size {
            *known = change;
        }
    }
    let mut single: Vec<&Change<'_>> = smallest.into_values().collect();
    single.sort_by(|a, b| a.size.total_cmp(&b.size));
    let mut ways: Vec<Way> = single.into_iter().take(MOST).map(|change| ground.way(&[change], change.cost)).collect();
    if ways.is_empty() {
        ways.extend(ground.together(&changes, input.at_most)?);
    }
    Ok(Ways { cost, ways })
}

/// One other value of a driver and what the job costs with it.
struct Change<'a> {
    driver: &'a Driver,
    to: DriverValue,
    cost: Money,
    size: f64,
}

/// A job with all that is needed to ask what it would cost otherwise.
struct Ground<'a> {
    champion: &'a Champion,
    /// Finished jobs of the same type.
    jobs: Vec<&'a Job>,
    specification: Specification,
    quoted_on: jiff::civil::Date,
    levels: &'a PriceLevels,
    currency: Currency,
}

impl<'a> Ground<'a> {
    fn new(
        action: &Action,
        experience: &'a Experience,
        specification: &Specification,
        quoted_on: Option<jiff::civil::Date>,
    ) -> Result<Self, CallError> {
        let champion = experience.champion.as_ref().filter(|champion| champion.card.verdict.better_than_rule);
        let champion = champion.ok_or_else(|| {
            CallError::new(Code::NotEnoughData, "no model is in use that could say what a change would cost")
                .hint("Train a model on finished jobs first.")
        })?;
        let specification = understood(specification, &experience.history)?;
        let sign_type = specification.get("sign_type").and_then(DriverValue::text);
        let jobs = experience.history.iter().filter(|job| job.sign_type.as_deref() == sign_type).collect();
        let quoted_on = quoted_on.unwrap_or_else(|| action.today());
        let currency = settings::shop(&action.shop().read())?.currency;
        Ok(Self { champion, jobs, specification, quoted_on, levels: &experience.levels, currency })
    }

    fn costs(&self, specifications: &[Specification]) -> Result<Vec<Money>, CallError> {
        let priced: Vec<_> =
            specifications.iter().map(|one| self.levels.priced(one.clone(), Some(self.quoted_on))).collect();
        let table = self.levels.table(&priced);
        let costs = self.champion.model.values(&self.champion.model.aligned(table))?;
        costs.into_iter().map(|cost| money::from_statistics(cost, self.currency)).collect()
    }

    fn with(&self, changes: &[(&Driver, &DriverValue)]) -> Specification {
        let mut specification = self.specification.clone();
        changes.iter().for_each(|(driver, to)| specification.set(driver.name, (*to).clone()));
        specification
    }

    /// Values of a driver that jobs of the type had.
    fn values(&self, known: &Driver) -> Vec<DriverValue> {
        let had = self.jobs.iter().filter_map(|job| job.specification.get(known.name));
        match &known.kind {
            DriverKind::Number { step, .. } => numbers(had.filter_map(DriverValue::number).collect(), *step),
            DriverKind::Choice { choices } => {
                let had: Vec<&str> = had.filter_map(DriverValue::text).collect();
                let often = |value: &str| had.iter().filter(|text| **text == value).count() >= CHOSEN;
                let often = choices.iter().filter(|choice| often(choice.value));
                often.map(|choice| DriverValue::Text(choice.value.to_owned())).collect()
            }
            DriverKind::Flag => {
                let had: Vec<bool> = had.filter_map(flag).collect();
                let often = |value: &bool| had.iter().filter(|flag| *flag == value).count() >= CHOSEN;
                [false, true].into_iter().filter(often).map(DriverValue::Flag).collect()
            }
            DriverKind::Text => Vec::new(),
        }
    }

    /// Every other value of what can be chosen about a sign, with its cost.
    fn changes(&self) -> Result<Vec<Change<'a>>, CallError> {
        let choosable = |driver: &&Driver| {
            matches!(driver.group, DriverGroup::Sign | DriverGroup::Structure) && !GIVEN.contains(&driver.name)
        };
        let mut found: Vec<(&Driver, DriverValue, f64)> = Vec::new();
        for known in driver::catalogue().iter().filter(choosable) {
            let Some(now) = self.specification.get(known.name) else { continue };
            let values = self.values(known);
            let bounds = (values.first().and_then(DriverValue::number), values.last().and_then(DriverValue::number));
            for value in values.into_iter().filter(|value| value != now) {
                found.push((known, value.clone(), size(now, &value, bounds)));
            }
        }
        let changed: Vec<Specification> = found.iter().map(|(driver, to, _)| self.with(&[(driver, to)])).collect();
        let costs = self.costs(&changed)?;
        let change = |((driver, to, size), cost)| Change { driver, to, cost, size };
        Ok(found.into_iter().zip(costs).map(change).collect())
    }

    /// The changes that save most, one per driver, added one after the other until they are enough.
    fn together(&self, changes: &[Change<'a>], at_most: Money) -> Result<Option<Way>, CallError> {
        let mut cheapest: BTreeMap<&str, &Change<'_>> = BTreeMap::new();
        for change in changes {
            let known = cheapest.entry(change.driver.name).or_insert(change);
            if change.cost.minor < known.cost.minor {
                *known = change;
            }
        }
        let now = self.costs(std::slice::from_ref(&self.specification))?[0];
        let mut cheapest: Vec<&Change<'_>> =
            cheapest.into_values().filter(|change| change.cost.minor < now.minor).collect();
        cheapest.sort_by_key(|change| change.cost.minor);
        for count in 2..=cheapest.len().min(4) {
            let chosen = &cheapest[..count];
            let pairs: Vec<(&Driver, &DriverValue)> = chosen.iter().map(|change| (change.driver, &change.to)).collect();
            let cost = self.costs(&[self.with(&pairs)])?[0];
            if cost.minor <= at_most.minor {
                return Ok(Some(self.way(chosen, cost)));
            }
        }
        Ok(None)
    }

    fn way(&self, changes: &[&Change<'_>], cost: Money) -> Way {
        let words = |change: &&Change<'_>| {
            let to = written(change.driver, &change.to);
            match self.specification.get(change.driver.name) {
                Some(now) => format!("{} {to} instead of {}", change.driver.label, written(change.driver, now)),
                None => format!("{} {to}", change.driver.label),
            }
        };
        let pairs: Vec<(&Driver, &DriverValue)> = changes.iter().map(|change| (change.driver, &change.to)).collect();
        let label = changes.iter().map(words).collect::<Vec<_>>().join(", ");
        Way { label, specification: self.with(&pairs), cost }
    }
}

fn flag(value: &DriverValue) -> Option<bool> {
    match value {
        DriverValue::Flag(flag) => Some(*flag),
        DriverValue::Number(_) | DriverValue::Text(_) => None,
    }
}

/// Evenly between what jobs had, in steps of the form.
fn numbers(mut had: Vec<f64>, step: f64) -> Vec<DriverValue> {
    had.sort_by(f64::total_cmp);
    if had.len() < FEWEST {
        return Vec::new();
    }
    let at = |share: f64| had[(share * (had.len() - 1) as f64).round() as usize];
    let (least, most) = (at(SEEN.0), at(SEEN.1));
    let whole = |x: f64| if step > 0.0 { (x / step).round() * step } else { x };
    let mut values: Vec<f64> =
        (0..=STEPS).map(|number| whole(least + (most - least) * number as f64 / STEPS as f64)).collect();
    values.retain(|value| (had[0]..=had[had.len() - 1]).contains(value));
    values.dedup();
    if values.len() < 2 { Vec::new() } else { values.into_iter().map(DriverValue::Number).collect() }
}

/// How large a change is: for a number the share of what jobs had.
fn size(now: &DriverValue, to: &DriverValue, bounds: (Option<f64>, Option<f64>)) -> f64 {
    match (now.number(), to.number(), bounds) {
        (Some(now), Some(to), (Some(least), Some(most))) if most > least => (to - now).abs() / (most - least),
        _ => CHOICE,
    }
}

fn written(known: &Driver, value: &DriverValue) -> String {
    let cell = match value {
        DriverValue::Number(x) => signwright_learn::Cell::Number(*x),
        DriverValue::Flag(flag) => signwright_learn::Cell::Number(f64::from(*flag)),
        DriverValue::Text(text) => signwright_learn::Cell::Category(text),
    };
    features::describe(known.name, cell)
}
