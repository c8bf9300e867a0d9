//! Rules from a file: the product's own, changed by those of the shop.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::names::{self, Names};
use super::subject::{CostLine, Said, Subject};
use super::{Severity, Warning, ranges};
use crate::Specification;
use crate::formula::{Formula, Vocabulary};
use crate::job::Job;

mod file;

pub use file::RulesError;

/// The rules that come with the product, as a file to start from.
pub const STANDARD: &str = include_str!("rules/standard.toml");

static RULES: LazyLock<Rules> =
    LazyLock::new(|| file::read(STANDARD, None).expect("the product's own rules are held right by a test"));

/// What is asked of specifications and jobs.
#[derive(Clone, Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    pub(super) ranges: BTreeMap<String, DriverRange>,
    pub peers: Peers,
}

/// When a job is unlike its peers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peers {
    /// Finished jobs of the same type that are needed to say so.
    pub at_least: usize,
    /// Robust standard deviations of the logarithm from the median.
    pub beyond: f64,
}

/// What a numeric driver may be, and how bad it is when it is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DriverRange {
    pub(super) min: f64,
    pub(super) max: f64,
    /// `None`: not asked.
    pub(super) severity: Option<Severity>,
}

/// What a rule is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Estimate,
    Job,
}

#[derive(Clone, Debug)]
struct Rule {
    name: String,
    of: Vec<Asked>,
    /// `None`: not asked.
    severity: Option<Severity>,
    about: String,
    when: Formula,
    say: Vec<Part>,
}

/// A piece of a rule's sentence.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Name(usize),
}

impl Rules {
    /// The product's own rules.
    pub fn standard() -> &'static Self {
        &RULES
    }

    /// The product's own rules as a shop's file changes them.
    ///
    /// # Errors
    /// The line and what is wrong there, for people.
    pub fn with(text: &str) -> Result<Self, RulesError> {
        file::read(text, Some(Self::standard()))
    }

    /// What is wrong with a specification that is to be estimated, worst first.
    pub fn of_estimate(&self, specification: &Specification) -> Vec<Warning> {
        let subject = Subject { specification, job: None, lines: &[] };
        let mut found = ranges::check(specification, &self.ranges);
        found.extend(self.asked(Asked::Estimate, &subject));
        found.sort_by_key(|warning| std::cmp::Reverse(warning.severity));
        found
    }

    /// What looks wrong with a job that was imported, worst first. Drivers outside their range are warnings here.
    pub fn of_job(&self, job: &Job, lines: &[CostLine<'_>]) -> Vec<Warning> {
        let subject = Subject { specification: &job.specification, job: Some(job), lines };
        let mut found = ranges::check(&job.specification, &self.ranges);
        for warning in &mut found {
            warning.severity = warning.severity.min(Severity::Warning);
        }
        found.extend(self.asked(Asked::Job, &subject));
        found.sort_by_key(|warning| std::cmp::Reverse(warning.severity));
        found
    }

    fn asked<'s>(&'s self, asked: Asked, subject: &'s Subject<'_>) -> impl Iterator<Item = Warning> + 's {
        let asked_of = move |rule: &&Rule| rule.of.contains(&asked);
        self.rules.iter().filter(asked_of).filter_map(move |rule| {
            let severity = rule.severity?;
            rule.when.holds(subject).then(|| Warning {
                rule: rule.name.clone(),
                severity,
                driver: rule.about.clone(),
                message: rule.sentence(subject),
            })
        })
    }
}

impl Rule {
    fn sentence(&self, subject: &Subject<'_>) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Name(id) => names::value(subject, *id).map_or_else(
                || "?".to_owned(),
                |value| Said { value, shown: names::shown(*id), currency: subject.currency() }.to_string(),
            ),
        };
        self.say.iter().map(part).collect()
    }
}

/// Whether a name may stand in a rule's `about`: a driver or a figure.
fn is_named(name: &str) -> bool {
    Names.name(name).is_some()
}

#[cfg(test)]
mod tests;
