//! Which values are commoner among flagged jobs than among all.

use std::collections::BTreeMap;

use signwright_domain::Currency;
use signwright_domain::cause_of_overrun::{Attribute, OverrunCluster};

use super::chance::{Urn, false_discovery, log_factorials};
use super::{Case, FALSE_FINDINGS, beyond_estimate, percent};

/// Fewer flagged jobs than this are no cluster.
const FEWEST: usize = 3;

/// The values over-represented among the flagged jobs, the most money lost first; `cases` are all jobs. Every value that
/// three jobs have is looked at and counts against the others.
pub fn clusters(cases: &[Case], currency: Currency) -> Vec<OverrunCluster> {
    let mut holders: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        case.values().into_iter().for_each(|value| holders.entry(value).or_default().push(at));
    }
    holders.retain(|_, jobs| jobs.len() >= FEWEST && jobs.len() < cases.len());
    let drawn = cases.iter().filter(|case| case.flagged).count();
    let ln_factorial = log_factorials(cases.len());
    let flagged = |jobs: &[usize]| -> Vec<usize> { jobs.iter().copied().filter(|at| cases[*at].flagged).collect() };
    let chance = |jobs: &Vec<usize>| {
        Urn { all: cases.len(), marked: jobs.len(), drawn }.at_least(flagged(jobs).len(), &ln_factorial)
    };
    let p: Vec<f64> = holders.values().map(chance).collect();
    let q = false_discovery(&p);
    let mut found: Vec<OverrunCluster> = Vec::new();
    for ((((name, value), jobs), p), q) in holders.iter().zip(p).zip(q) {
        let evidence = flagged(jobs);
        if q > FALSE_FINDINGS || evidence.len() < FEWEST {
            continue;
        }
        let elsewhere = (drawn - evidence.len()) as f64 / (cases.len() - jobs.len()) as f64;
        let lost = evidence.iter().map(|at| cases[*at].lost()).sum();
        let sentence = format!(
            "{} of {} jobs with {name} {value} stand out, {} elsewhere; together they cost {}",
            evidence.len(),
            jobs.len(),
            percent(elsewhere),
            beyond_estimate(lost, currency)
        );
        let attribute = Attribute { name: (*name).to_owned(), value: (*value).to_owned() };
        let named = evidence.iter().map(|at| cases[*at].job.clone()).collect();
        found.push(OverrunCluster { attribute, jobs: named, of: jobs.len() as u32, elsewhere, p, q, lost, sentence });
    }
    found.sort_by(|a, b| b.lost.cmp(&a.lost).then(a.p.total_cmp(&b.p)));
    found
}
