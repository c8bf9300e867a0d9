//! The simple rule every model must beat: the median of the same type over the last 24 months.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::encoding::level;
use crate::split::Split;
use crate::statistics::median;
use crate::{Table, TrainingSet};

/// How far back the rule looks.
pub const RULE_MONTHS: i32 = 24;

/// A finished job as the rule sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PastJob<'a> {
    /// Such as the sign type; `None` where not known.
    pub class: Option<&'a str>,
    pub completed_on: Option<Date>,
    pub cost: f64,
}

/// What the rule says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassMedian {
    pub median: f64,
    /// How many jobs it rests on.
    pub count: u32,
}

/// The median cost of jobs of a class that were completed in the 24 months before a day. `None` where there is none. A
/// job of unknown class is compared with jobs of unknown class.
pub fn median_rule(jobs: &[PastJob<'_>], class: Option<&str>, before: Date) -> Option<ClassMedian> {
    let since = before.saturating_sub(RULE_MONTHS.months());
    let recent = |day: Date| since <= day && day < before;
    let same = jobs.iter().filter(|job| job.class == class && job.completed_on.is_some_and(recent));
    let costs: Vec<f64> = same.map(|job| job.cost).collect();
    (!costs.is_empty()).then(|| ClassMedian { median: median(&costs), count: costs.len() as u32 })
}

/// The class of every row; all the same where no column names it.
pub(crate) fn classes(table: &Table, class: Option<&str>) -> Vec<Option<String>> {
    let column = class.and_then(|name| table.column(name));
    let class = |row| column.and_then(|column| level(column, row)).map(std::borrow::Cow::into_owned);
    (0..table.rows()).map(class).collect()
}

/// The rule for the test rows: by time from what was completed before each row's own day; without time the median of
/// the class among the training rows.
pub(crate) fn rule_for(set: &TrainingSet, class: Option<&str>, split: &Split) -> Vec<Option<f64>> {
    let classes = classes(&set.table, class);
    let mut by_class: HashMap<Option<&str>, Vec<PastJob<'_>>> = HashMap::new();
    let past: &mut dyn Iterator<Item = usize> =
        if split.from.is_some() { &mut (0..set.rows()) } else { &mut split.train.iter().copied() };
    for row in past {
        let class = classes[row].as_deref();
        let completed_on = set.known_from[row].and(set.completed(row));
        by_class.entry(class).or_default().push(PastJob { class, completed_on, cost: set.target[row] });
    }
    let said = |class: Option<&str>, day: Option<Date>| {
        let jobs = by_class.get(&class)?;
        match split.from {
            Some(_) => Some(median_rule(jobs, class, day?)?.median),
            None => Some(median(&jobs.iter().map(|job| job.cost).collect::<Vec<_>>())),
        }
    };
    // Of one class on one day it says the same of every row.
    let mut known: HashMap<(Option<&str>, Option<Date>), Option<f64>> = HashMap::new();
    let mut rule = |&row: &usize| {
        let (class, day) = (classes[row].as_deref(), split.from.and(set.known_from[row]));
        *known.entry((class, day)).or_insert_with(|| said(class, day))
    };
    split.test.iter().map(&mut rule).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_rule_takes_the_class_and_the_last_24_months() {
        let job = |class, completed_on, cost| PastJob { class, completed_on, cost };
        let jobs = [
            job(Some("pole"), Some(date(2023, 3, 1)), 9_000.0),
            job(Some("pole"), Some(date(2023, 6, 1)), 1_000.0),
            job(Some("pole"), Some(date(2025, 5, 31)), 3_000.0),
            job(Some("pole"), Some(date(2025, 6, 1)), 9_000.0),
            job(Some("blade"), Some(date(2025, 1, 1)), 9_000.0),
            job(Some("pole"), None, 9_000.0),
        ];
        let rule = median_rule(&jobs, Some("pole"), date(2025, 6, 1));
        assert_eq!(rule, Some(ClassMedian { median: 2_000.0, count: 2 }));
        assert_eq!(median_rule(&jobs, Some("awning"), date(2025, 6, 1)), None);
        assert_eq!(median_rule(&jobs, None, date(2025, 6, 1)), None);
    }
}
