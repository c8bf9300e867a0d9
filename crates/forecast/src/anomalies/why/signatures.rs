//! Pairs and triples of attributes with which jobs overrun, where no part of them alone tells as much.

use std::collections::BTreeMap;

use signwright_domain::Currency;
use signwright_domain::cause_of_overrun::{Attribute, OverrunSignature};

use super::chance::{Sample, false_discovery, higher};
use super::{Case, FALSE_FINDINGS, beyond_estimate, percent};

/// Fewer jobs than this are no pattern.
const FEWEST: usize = 5;
/// So many jobs of the usual overrun are thought to stand beside those of a signature.
const DRAWN_IN: f64 = 4.0;
/// Smaller differences of the typical overrun (logarithm) are nothing to act on.
const LEAST_DIFFERENCE: f64 = 0.05;

/// Signatures, the most money lost first. An overrun is the logarithm of actual over estimated cost; jobs without both are
/// left out. A combination must overrun more than all other jobs and more than the other jobs of each of its parts: the
/// largest of these probabilities counts, and every combination of five jobs is looked at and counts against the others.
pub fn signatures(cases: &[Case], currency: Currency) -> Vec<OverrunSignature> {
    let known: Vec<&Case> = cases.iter().filter(|case| case.estimated > 0 && case.actual > 0).collect();
    let overruns: Vec<f64> = known.iter().map(|case| (case.actual as f64 / case.estimated as f64).ln()).collect();
    let scene = Scene { all: Sample::of(overruns.iter().copied()), usual: usual_variance(&overruns), overruns };
    let names = Names::of(&known);
    let holders = combinations(&known, &names);
    let samples: BTreeMap<Parts, Sample> = holders.iter().map(|(parts, jobs)| (*parts, scene.sample(jobs))).collect();
    let looked_at: Vec<Parts> = holders.keys().copied().filter(|parts| parts.size() > 1).collect();
    let p: Vec<f64> = looked_at.iter().map(|parts| scene.chance(*parts, &samples)).collect();
    let q = false_discovery(&p);
    let mut found: Vec<OverrunSignature> = Vec::new();
    for ((parts, p), q) in looked_at.into_iter().zip(p).zip(q) {
        let sample = samples[&parts];
        let rest = scene.all.without(sample).mean();
        if q > FALSE_FINDINGS || sample.mean() - rest < LEAST_DIFFERENCE {
            continue;
        }
        let jobs: Vec<&Case> = holders[&parts].iter().map(|at| known[*at]).collect();
        let shrunk = (sample.count * sample.mean() + DRAWN_IN * scene.all.mean()) / (sample.count + DRAWN_IN);
        let lost = jobs.iter().map(|case| case.lost()).sum();
        let (overrun, elsewhere) = (shrunk.exp_m1(), rest.exp_m1());
        let attributes = names.attributes(parts);
        let words: Vec<String> = attributes.iter().map(|a| format!("{} {}", a.name, a.value)).collect();
        let sentence = format!(
            "{} jobs with {} overran by {} on average ({} elsewhere), {} together; none of these alone goes with as much",
            jobs.len(),
            words.join(" + "),
            percent(overrun),
            percent(elsewhere),
            beyond_estimate(lost, currency)
        );
        found.push(OverrunSignature {
            attributes,
            jobs: jobs.iter().map(|case| case.job.clone()).collect(),
            overrun,
            elsewhere,
            p,
            q,
            lost,
            sentence,
        });
    }
    found.sort_by(|a, b| b.lost.cmp(&a.lost).then(a.p.total_cmp(&b.p)));
    found
}

/// One, two or three attributes by number, in order; the rest is [`NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Parts([u32; MOST]);

/// Most attributes of a signature.
const MOST: usize = 3;
const NONE: u32 = u32::MAX;

impl Parts {
    fn size(self) -> usize {
        self.each().count()
    }

    fn each(self) -> impl Iterator<Item = u32> {
        self.0.into_iter().filter(|part| *part != NONE)
    }

    fn of(parts: impl Iterator<Item = u32>) -> Self {
        let mut all = [NONE; MOST];
        all.iter_mut().zip(parts).for_each(|(place, part)| *place = part);
        Self(all)
    }

    fn without_one(self) -> impl Iterator<Item = Self> {
        self.each().map(move |left| Self::of(self.each().filter(move |part| *part != left)))
    }
}

/// The attributes that jobs have, numbered in order: comparing numbers is much quicker.
struct Names<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Names<'a> {
    fn of(cases: &[&'a Case]) -> Self {
        let mut names: Vec<(&str, &str)> = cases.iter().flat_map(|case| case.values()).collect();
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    fn numbers(&self, case: &Case) -> Vec<u32> {
        let number = |value: &(&str, &str)| self.0.binary_search(value).map(|at| at as u32).ok();
        case.values().iter().filter_map(number).collect()
    }

    fn are_of_one_kind(&self, a: u32, b: u32) -> bool {
        self.0[a as usize].0 == self.0[b as usize].0
    }

    fn attributes(&self, parts: Parts) -> Vec<Attribute> {
        let named = parts.each().map(|part| self.0[part as usize]);
        named.map(|(name, value)| Attribute { name: name.to_owned(), value: value.to_owned() }).collect()
    }
}

/// One, two or three attributes of different names that five jobs have together, with these jobs.
fn combinations(cases: &[&Case], names: &Names<'_>) -> BTreeMap<Parts, Vec<usize>> {
    let numbers: Vec<Vec<u32>> = cases.iter().map(|case| names.numbers(case)).collect();
    let mut holders: BTreeMap<Parts, Vec<usize>> = BTreeMap::new();
    for size in 1..=MOST {
        let mut more: BTreeMap<Parts, Vec<usize>> = BTreeMap::new();
        for (at, numbers) in numbers.iter().enumerate() {
            for parts in chosen(numbers, size, names) {
                // What five jobs do not have together, no larger combination has.
                if size == 1 || parts.without_one().all(|part| holders.contains_key(&part)) {
                    more.entry(parts).or_default().push(at);
                }
            }
        }
        holders.extend(more.into_iter().filter(|(_, jobs)| jobs.len() >= FEWEST));
    }
    holders
}

fn chosen(numbers: &[u32], size: usize, names: &Names<'_>) -> Vec<Parts> {
    let mut all: Vec<Parts> = vec![Parts([NONE; MOST])];
    for number in numbers {
        let shorter = all.iter().filter(|parts| parts.size() < size);
        let others = shorter.filter(|parts| parts.each().all(|part| !names.are_of_one_kind(part, *number)));
        let longer: Vec<Parts> = others.map(|parts| Parts::of(parts.each().chain([*number]))).collect();
        all.extend(longer);
    }
    all.retain(|parts| parts.size() == size);
    all
}

struct Scene {
    all: Sample,
    /// No small group of jobs is taken to scatter much less than jobs do.
    usual: f64,
    overruns: Vec<f64>,
}

impl Scene {
    fn sample(&self, jobs: &[usize]) -> Sample {
        Sample::of(jobs.iter().map(|at| self.overruns[*at]))
    }

    /// The weakest of the comparisons with all others and with the others of each part.
    fn chance(&self, parts: Parts, samples: &BTreeMap<Parts, Sample>) -> f64 {
        let own = samples[&parts];
        let beside = |whole: Sample| higher(own, whole.without(own), self.usual);
        let singles = parts.each().map(|part| Parts::of(std::iter::once(part)));
        let smaller = singles.chain(parts.without_one()).filter_map(|part| samples.get(&part));
        smaller.map(|whole| beside(*whole)).fold(beside(self.all), f64::max)
    }
}

/// Half the variance of the middle of the overruns.
fn usual_variance(overruns: &[f64]) -> f64 {
    crate::numbers::robust_sigma(overruns).powi(2) / 2.0
}
