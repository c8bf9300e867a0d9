//! What a rule may speak of: the drivers of a specification and, for a job, its figures and lines.

use std::collections::BTreeSet;
use std::fmt;

use super::names::{self, Shown};
use crate::formula::{Value, Values};
use crate::job::Job;
use crate::record::Section;
use crate::{Currency, Money, Specification};

/// One line of what a job cost, as far as rules ask about it.
#[derive(Clone, Copy, Debug)]
pub struct CostLine<'a> {
    pub section: Section,
    pub department: Option<&'a str>,
    pub work_code: Option<&'a str>,
    pub description: Option<&'a str>,
    /// What tells the file that says it from others.
    pub file: Option<&'a str>,
    /// Actual hours of a labour line.
    pub hours: Option<f64>,
    pub quantity: Option<f64>,
    pub cost: Option<Money>,
}

/// A specification, and the job that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) specification: &'a Specification,
    pub(super) job: Option<&'a Job>,
    pub(super) lines: &'a [CostLine<'a>],
}

impl Subject<'_> {
    pub(super) fn currency(&self) -> Option<Currency> {
        let job = self.job?;
        let amounts = [job.actual.total, job.actual.material, job.sale_price, job.quoted_price, job.estimated_cost];
        amounts.into_iter().flatten().map(|money| money.currency).next()
    }

    /// Hours of the labour lines that one of the words names; `None` where no labour line is known.
    pub(super) fn hours(&self, words: &[String]) -> Option<f64> {
        let labour = |line: &&CostLine<'_>| line.section == Section::Labour;
        self.lines.iter().find(labour)?;
        Some(self.named(words).filter(labour).filter_map(|line| line.hours).sum())
    }

    /// How many files tell of hours that were worked; `None` where no line is known.
    pub(super) fn files_of_hours(&self) -> Option<f64> {
        self.lines.first()?;
        let worked = self.lines.iter().filter(|line| line.section == Section::Labour && line.hours.is_some());
        Some(worked.filter_map(|line| line.file).collect::<BTreeSet<_>>().len() as f64)
    }

    /// Cost of all lines that one of the words names; `None` where no line is known.
    pub(super) fn cost(&self, words: &[String]) -> Option<f64> {
        self.lines.first()?;
        Some(self.named(words).filter_map(|line| line.cost).map(Money::to_f64).sum())
    }

    /// Quantity of the material that one of the words names; `None` where no material line is known.
    pub(super) fn quantity(&self, words: &[String]) -> Option<f64> {
        let material = |line: &&CostLine<'_>| line.section == Section::Material;
        self.lines.iter().find(material)?;
        Some(self.named(words).filter(material).filter_map(|line| line.quantity).sum())
    }

    fn named<'s>(&'s self, words: &'s [String]) -> impl Iterator<Item = &'s CostLine<'s>> {
        self.lines.iter().filter(|line| words.iter().any(|word| line.is_named(word)))
    }
}

impl CostLine<'_> {
    /// The department or work code itself, or words that department or description contain.
    fn is_named(&self, word: &str) -> bool {
        let codes = [self.department, self.work_code].into_iter().flatten();
        let texts = [self.department, self.description].into_iter().flatten();
        codes.into_iter().any(|code| code.eq_ignore_ascii_case(word)) || texts.into_iter().any(|text| has(text, word))
    }
}

/// Whether a word of `text` begins with `sought`; one that is only digits is a code and never part of a text.
fn has(text: &str, sought: &str) -> bool {
    if sought.is_empty() || sought.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let (text, sought) = (text.as_bytes(), sought.as_bytes());
    let begins = |at: usize| at == 0 || !text[at - 1].is_ascii_alphanumeric();
    text.windows(sought.len()).enumerate().any(|(at, part)| part.eq_ignore_ascii_case(sought) && begins(at))
}

impl Values for Subject<'_> {
    fn name(&self, id: usize) -> Option<Value<'_>> {
        names::value(self, id)
    }

    fn function(&self, id: usize, texts: &[String]) -> Option<Value<'_>> {
        names::called(self, id, texts)
    }
}

/// A value as a sentence shows it.
pub(super) struct Said<'a> {
    pub(super) value: Value<'a>,
    pub(super) shown: Shown,
    pub(super) currency: Option<Currency>,
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match self.value {
            Value::Text(text) => return f.write_str(text),
            Value::Flag(flag) => return f.write_str(if flag { "yes" } else { "no" }),
            Value::Number(number) => number,
        };
        match (self.shown, self.currency) {
            (Shown::Percent, _) => write!(f, "{number:.0} %"),
            (Shown::Money, Some(currency)) => {
                let minor = (number * 10_f64.powi(currency.places() as i32)).round();
                write!(f, "{}", Money::new(minor as i64, currency))
            }
            (Shown::Money, None) => write!(f, "{number:.2}"),
            (Shown::Plain, _) if number.abs() >= 100.0 => write!(f, "{number:.0}"),
            (Shown::Plain, _) => write!(f, "{}", (number * 10.0).round() / 10.0),
        }
    }
}
