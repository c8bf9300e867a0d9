//! How much of a job's cost is a material, and how much is labour: from the accounts of finished jobs.
//!
//! A price series is the lines of material whose description has all its words; spelling and endings do not matter. The share is what
//! these lines cost over what the jobs with lines cost in all. Where no line is of a series, its share is not known, and said to be.

use std::collections::HashMap;

use jiff::ToSpan;
use signwright_domain::job::Job;
use signwright_store::ledger;

use crate::{Action, CallError};

/// So far back it is looked.
const MONTHS: i32 = 36;
/// Fewest jobs with lines for a share of a type of its own.
const FEWEST: usize = 12;

/// Shares of the cost of jobs, of all and by sign type.
#[derive(Debug, Default)]
pub(super) struct Shares {
    all: Spent,
    types: HashMap<String, Spent>,
}

/// What was spent on what.
#[derive(Debug, Default)]
struct Spent {
    jobs: usize,
    total: f64,
    labour: f64,
    /// In the order of the series.
    materials: Vec<f64>,
}

impl Shares {
    /// Of these price series, by their names without `material:`.
    pub(super) fn of(action: &Action, series: &[String]) -> Result<Self, CallError> {
        let since = action.today().saturating_sub(MONTHS.months());
        let experience = action.experience()?;
        let recent = |job: &&Job| job.completed_on.is_some_and(|day| day >= since);
        let jobs: HashMap<i64, &Job> = experience.history.iter().filter(recent).map(|job| (job.id, job)).collect();
        let words: Vec<Vec<String>> = series.iter().map(|name| stems(name)).collect();
        let mut lines: HashMap<i64, Vec<f64>> = HashMap::new();
        ledger::lines(&action.shop().read(), |line| {
            let (false, Some(cost), Some(description)) = (line.labour, line.cost, line.description.as_deref()) else {
                return;
            };
            if !jobs.contains_key(&line.job_id) {
                return;
            }
            let spent = lines.entry(line.job_id).or_insert_with(|| vec![0.0; words.len()]);
            let said = stems(description);
            // Of two that fit, the one that says more.
            let fits = |at: &usize| words[*at].iter().all(|word| said.contains(word));
            if let Some(at) = (0..words.len()).filter(fits).max_by_key(|at| words[*at].len()) {
                spent[at] += cost.to_f64();
            }
        })?;
        let mut shares = Self::default();
        for (id, materials) in &lines {
            let job = jobs[id];
            shares.all.add(job, materials);
            if let Some(sign_type) = &job.sign_type {
                shares.types.entry(sign_type.clone()).or_default().add(job, materials);
            }
        }
        // Labour is told by more jobs than those with lines.
        shares.all.labour = labour_share(jobs.values().copied()) * shares.all.total;
        Ok(shares)
    }

    /// Jobs that the shares rest on.
    pub(super) fn jobs(&self) -> usize {
        self.all.jobs
    }

    /// Of a series, 0 to 1; `None` where no line is of it.
    pub(super) fn material(&self, at: usize, sign_type: Option<&str>) -> Option<f64> {
        let known = self.all.share(self.all.materials.get(at).copied()?);
        known.filter(|share| *share > 0.0)?;
        let of_type = sign_type.and_then(|name| self.types.get(name)).filter(|spent| spent.jobs >= FEWEST);
        of_type.and_then(|spent| spent.share(spent.materials[at])).or(known)
    }

    pub(super) fn labour(&self) -> Option<f64> {
        self.all.share(self.all.labour).filter(|share| *share > 0.0)
    }
}

impl Spent {
    fn add(&mut self, job: &Job, materials: &[f64]) {
        let Some(total) = job.actual.total.map(|total| total.to_f64()).filter(|total| *total > 0.0) else { return };
        self.jobs += 1;
        self.total += total;
        self.materials.resize(materials.len(), 0.0);
        self.materials.iter_mut().zip(materials).for_each(|(sum, cost)| *sum += cost);
    }

    fn share(&self, of: f64) -> Option<f64> {
        (self.total > 0.0).then(|| (of / self.total).clamp(0.0, 1.0))
    }
}

fn labour_share<'a>(jobs: impl Iterator<Item = &'a Job>) -> f64 {
    let pair = |job: &Job| Some((job.actual.labour?.to_f64(), job.actual.total?.to_f64()));
    let (labour, total) = jobs.filter_map(pair).fold((0.0, 0.0), |(a, b), (labour, total)| (a + labour, b + total));
    if total > 0.0 { (labour / total).clamp(0.0, 1.0) } else { 0.0 }
}

/// The words of a description without their endings; aluminium is aluminum.
fn stems(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let stem = |word: &str| {
        let word = word.to_lowercase().replace("aluminium", "aluminum");
        if word.len() > 3 { word.strip_suffix('s').map_or(word.clone(), str::to_owned) } else { word }
    };
    words.map(stem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_in_either_spelling_and_number() {
        assert_eq!(stems("Aluminium sheets"), stems("ALUMINUM SHEET"));
        assert_eq!(stems("STEEL PIPE & PLATE"), ["steel", "pipe", "plate"]);
        assert_eq!(stems("gas"), ["gas"], "short words have no ending");
    }
}
