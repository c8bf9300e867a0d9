//! The simple rules that stand in where no model is good enough, always labelled as what they are.

use jiff::ToSpan;
use jiff::civil::Date;
use signwright_domain::Money;
use signwright_domain::estimate::{AtMost, Basis, Range};
use signwright_domain::job::Job;
use signwright_learn::{AT_MOST, RANGE_LEVELS};

/// What a rule says of a job.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) basis: Basis,
    pub(super) cost: Money,
    pub(super) ranges: Vec<Range>,
    pub(super) at_most: Vec<AtMost>,
    pub(super) jobs: usize,
}

/// Fewer jobs of a type than this say nothing about it.
const FEWEST: usize = 5;

/// Median cost of the type over the 24 months before the day, with the spread of those jobs as ranges.
pub(super) fn median_of_type(history: &[Job], sign_type: &str, on: Date) -> Option<Rule> {
    let from = on.saturating_sub(24.months());
    let of_type = history.iter().filter(|job| {
        job.sign_type.as_deref() == Some(sign_type) && job.completed_on.is_some_and(|done| done >= from && done < on)
    });
    rule(Basis::MedianOfType, of_type.filter_map(|job| job.actual.total).collect())
}

/// Median cost of the jobs given.
pub(super) fn median_of_similar(costs: Vec<Money>) -> Option<Rule> {
    rule(Basis::SimilarJobs, costs)
}

fn rule(basis: Basis, mut costs: Vec<Money>) -> Option<Rule> {
    if costs.len() < FEWEST {
        return None;
    }
    costs.sort_by_key(|cost| cost.minor);
    let range = |level: u8| {
        let tail = (100.0 - f64::from(level)) / 200.0;
        Range { level, low: quantile(&costs, tail, false), high: quantile(&costs, 1.0 - tail, true) }
    };
    let cost = median(&costs);
    let at_most = |percentile: u8| AtMost::new(percentile, quantile(&costs, f64::from(percentile) / 100.0, true), cost);
    Some(Rule {
        basis,
        cost,
        ranges: RANGE_LEVELS.map(range).to_vec(),
        at_most: AT_MOST.map(|(percentile, _)| at_most(percentile)).to_vec(),
        jobs: costs.len(),
    })
}

/// Of two middle ones their mean, rounded down to the minor unit.
fn median(sorted: &[Money]) -> Money {
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    Money::new((low.minor + high.minor).div_euclid(2), low.currency)
}

/// The conformal quantile: of n jobs the ceil or floor of share x (n + 1), which errs to the wide side.
pub(crate) fn quantile<T: Copy>(sorted: &[T], share: f64, upwards: bool) -> T {
    let place = share * (sorted.len() as f64 + 1.0);
    let place = if upwards { place.ceil() } else { place.floor() };
    sorted[(place as usize).clamp(1, sorted.len()) - 1]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use signwright_domain::Currency;
    use signwright_domain::job::CostRecord;

    use super::*;

    fn job(done: Date, dollars: i64) -> Job {
        let total = Some(Money::new(dollars * 100, Currency::USD));
        let actual = CostRecord { total, ..CostRecord::default() };
        Job { sign_type: Some("pole".to_owned()), completed_on: Some(done), actual, ..Job::default() }
    }

    #[test]
    fn the_median_uses_the_type_and_the_last_24_months_before_the_day_alone() {
        let mut history: Vec<Job> = (1..=5).map(|i| job(date(2025, 6, 1), i * 1000)).collect();
        history.push(job(date(2022, 1, 1), 900_000));
        history.push(job(date(2026, 1, 1), 900_000));
        let rule = median_of_type(&history, "pole", date(2026, 1, 1)).expect("rule");
        assert_eq!((rule.cost.minor, rule.jobs), (300_000, 5));
        assert_eq!((rule.ranges[0].low.minor, rule.ranges[0].high.minor), (100_000, 500_000));
        let at_most: Vec<_> = rule.at_most.iter().map(|one| (one.percentile, one.cost.minor, one.over.minor)).collect();
        assert_eq!(at_most, [(70, 500_000, 200_000), (80, 500_000, 200_000), (90, 500_000, 200_000)]);
        assert_eq!(median_of_type(&history, "banner", date(2026, 1, 1)), None);
    }
}
