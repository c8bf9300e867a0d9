//! What else changed among the jobs when the level of a series did.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use signwright_domain::cause_of_overrun::{Attribute, ChangeEvent};

use super::{Case, percent};

/// Fewer jobs on either side of a date show no shares.
const FEWEST: usize = 8;
/// With fewer other dates nothing can be said to be rare: 1 of 20 is the least probability that counts.
const FEWEST_DATES: usize = 19;
/// Of more, every so manieth is asked.
const MOST_DATES: usize = 200;
const RARE: f64 = 0.05;
/// Most changes told.
const MOST: usize = 3;

/// How far around a date is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// On each side.
    pub days: i32,
}

/// The attributes whose share among the jobs changed most at `date`, from the window before to the window after, as long as
/// at most one in twenty other dates saw any attribute change as much. None where a side has fewer than eight jobs or the
/// history has too few other dates. Dates within a window of `date` see the same change and are not asked.
pub fn changes_at(cases: &[Case], date: Date, window: Window) -> Vec<ChangeEvent> {
    let dated: Vec<Dated<'_>> = cases
        .iter()
        .filter_map(|case| Some(Dated { day: case.date?, job: &case.job, values: case.values() }))
        .collect();
    let Some(here) = Sides::at(&dated, date, window) else { return Vec::new() };
    let apart = |day: &Date| (*day - date).get_days().abs() > window.days;
    let others: BTreeSet<Date> = dated.iter().map(|one| one.day).filter(apart).collect();
    let others = others.iter().step_by(others.len().div_ceil(MOST_DATES).max(1));
    let elsewhere: Vec<f64> = others.filter_map(|day| Some(Sides::at(&dated, *day, window)?.largest())).collect();
    if elsewhere.len() < FEWEST_DATES {
        return Vec::new();
    }
    let mut found: Vec<(f64, ChangeEvent)> = Vec::new();
    for (value, size) in here.changes() {
        let as_large = elsewhere.iter().filter(|other| **other >= size).count();
        let p = (1 + as_large) as f64 / (1 + elsewhere.len()) as f64;
        if p <= RARE {
            found.push((size, here.event(date, value, p)));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(MOST).map(|(_, event)| event).collect()
}

struct Dated<'a> {
    day: Date,
    job: &'a str,
    values: Vec<(&'a str, &'a str)>,
}

/// The jobs in the window before a date and in the one from it on.
struct Sides<'a> {
    before: Vec<&'a Dated<'a>>,
    after: Vec<&'a Dated<'a>>,
    counts: BTreeMap<(&'a str, &'a str), (usize, usize)>,
}

impl<'a> Sides<'a> {
    fn at(dated: &'a [Dated<'a>], date: Date, window: Window) -> Option<Self> {
        let since = |one: &Dated<'_>| (one.day - date).get_days();
        let near = || dated.iter().filter(|one| (-window.days..window.days).contains(&since(one)));
        let (before, after): (Vec<&Dated<'_>>, Vec<&Dated<'_>>) = near().partition(|one| one.day < date);
        let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
        before.iter().flat_map(|one| &one.values).for_each(|value| counts.entry(*value).or_default().0 += 1);
        after.iter().flat_map(|one| &one.values).for_each(|value| counts.entry(*value).or_default().1 += 1);
        (before.len() >= FEWEST && after.len() >= FEWEST).then_some(Self { before, after, counts })
    }

    fn shares(&self, value: (&str, &str)) -> (f64, f64) {
        let (before, after) = self.counts.get(&value).copied().unwrap_or_default();
        (before as f64 / self.before.len() as f64, after as f64 / self.after.len() as f64)
    }

    /// The differences of the shares in their standard errors (two proportions, with half a job added to each cell, so that
    /// a share of nothing has an error as well).
    fn changes(&self) -> impl Iterator<Item = ((&'a str, &'a str), f64)> + '_ {
        let (n, m) = (self.before.len() as f64, self.after.len() as f64);
        self.counts.iter().map(move |(value, (before, after))| {
            let (first, second) = (*before as f64 / n, *after as f64 / m);
            let pooled = ((before + after) as f64 + 0.5) / (n + m + 1.0);
            let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
            (*value, (second - first).abs() / error)
        })
    }

    fn largest(&self) -> f64 {
        self.changes().map(|(_, size)| size).fold(0.0, f64::max)
    }

    fn event(&self, date: Date, value: (&'a str, &'a str), p: f64) -> ChangeEvent {
        let (before, after) = self.shares(value);
        let side = if after >= before { &self.after } else { &self.before };
        let holders = side.iter().filter(|one| one.values.contains(&value));
        let (name, content) = value;
        let sentence = format!(
            "the change goes together with {name} {content}: {} of the jobs before {date}, {} from then on",
            percent(before),
            percent(after)
        );
        ChangeEvent {
            date,
            attribute: Attribute { name: name.to_owned(), value: content.to_owned() },
            before,
            after,
            jobs: holders.map(|one| one.job.to_owned()).collect(),
            p,
            sentence,
        }
    }
}
