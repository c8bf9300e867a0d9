//! A challenger and the model in use on the same jobs, which neither had learned from: which one is better beyond noise.

use signwright_domain::card::Trial;

use crate::random::mix;
use crate::score::{Pair, compare};

/// Fewest jobs that may decide.
pub const FEWEST_TRIED: usize = 20;

/// What both said of the jobs, in the same order; `None` where one could not.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    pub challenger: &'a [Option<f64>],
    pub champion: &'a [Option<f64>],
    pub actual: &'a [f64],
}

/// A paired bootstrap of the difference of their relative errors: clearly better is a smaller median error, and a smaller
/// mean error in 95 of 100 resamples. `None` where both could say something of fewer than [`FEWEST_TRIED`] jobs.
pub fn trial(against: i64, how: &str, said: &Said<'_>, seed: u64) -> Option<Trial> {
    let keys: Vec<u64> = (0..said.actual.len() as u64).map(mix).collect();
    let pair = Pair { first: said.challenger, second: said.champion, actual: said.actual, keys: &keys };
    let compared = compare(&pair, seed).filter(|compared| compared.n >= FEWEST_TRIED)?;
    Some(Trial {
        against,
        how: how.to_owned(),
        n: u32::try_from(compared.n).unwrap_or(u32::MAX),
        median_error: compared.first,
        against_median_error: compared.second,
        mae: compared.mae.0,
        against_mae: compared.mae.1,
        ahead: compared.share_ahead,
        clearly: compared.clearly,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_jobs_decide_nothing_and_many_do() {
        let check = |jobs: usize, challenger: f64, expected: Option<bool>| {
            let actual: Vec<f64> = (0..jobs).map(|job| 100.0 + job as f64).collect();
            let off = |by: f64| -> Vec<Option<f64>> {
                let sign = |job: usize| if job.is_multiple_of(2) { 1.0 } else { -1.0 };
                actual.iter().enumerate().map(|(job, y)| Some(y * (1.0 + by * sign(job)))).collect()
            };
            let (challenger, champion) = (off(challenger), off(0.2));
            let said = Said { challenger: &challenger, champion: &champion, actual: &actual };
            let trial = trial(3, "", &said, 1);
            assert_eq!(trial.as_ref().map(|trial| trial.clearly), expected, "{trial:?}");
        };
        check(19, 0.1, None);
        check(20, 0.1, Some(true));
        check(60, 0.2, Some(false));
        check(60, 0.3, Some(false));
    }
}
