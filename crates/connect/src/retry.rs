//! When something is tried again: exponential waits with full jitter (Brooker, "Exponential Backoff And Jitter", 2015),
//! unless the other side named a time. Pure: chance is an argument.

use std::time::Duration;

/// How patient sending is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The longest wait after the first failure; it doubles with each further one.
    pub first: Duration,
    /// The longest wait that is ever chosen here.
    pub cap: Duration,
    /// The longest wait that another side may ask for.
    pub asked_cap: Duration,
    /// After so many failures that count, sending ends.
    pub attempts: u32,
}

impl Default for Policy {
    /// Twenty attempts: a day and a half on average, less than three in any case.
    fn default() -> Self {
        let hours = |hours: u64| Duration::from_secs(3600 * hours);
        Self { first: Duration::from_secs(30), cap: hours(6), asked_cap: hours(24), attempts: 20 }
    }
}

/// What has happened so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Failures that count, the last one included. Being offline does not count: see [`crate::Verdict::Again`].
    pub failures: u32,
    /// What the other side asked to be left alone for.
    pub asked: Option<Duration>,
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    After(Duration),
    GiveUp,
}

impl Policy {
    /// `chance` in 0..1 picks the place within the wait; anything else counts as the nearer end.
    pub fn next(&self, attempt: Attempt, chance: f64) -> Next {
        if attempt.failures >= self.attempts {
            return Next::GiveUp;
        }
        let chance = if chance.is_nan() { 1.0 } else { chance.clamp(0.0, 1.0) };
        Next::After(match attempt.asked {
            // A fifth more at random, so that all who were told the same time do not come back at once.
            Some(asked) => asked.min(self.asked_cap).mul_f64(1.0 + 0.2 * chance),
            None => self.longest(attempt.failures).mul_f64(chance),
        })
    }

    fn longest(&self, failures: u32) -> Duration {
        let doubled = 2_u32.checked_pow(failures.saturating_sub(1)).and_then(|times| self.first.checked_mul(times));
        doubled.unwrap_or(self.cap).min(self.cap)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(failures: u32, asked: Option<u64>, chance: f64, next: Option<u64>) {
        let policy = Policy {
            first: Duration::from_secs(10),
            cap: Duration::from_secs(1000),
            asked_cap: Duration::from_secs(3600),
            attempts: 10,
        };
        let attempt = Attempt { failures, asked: asked.map(Duration::from_secs) };
        let expected = next.map_or(Next::GiveUp, |seconds| Next::After(Duration::from_secs(seconds)));
        assert_eq!(policy.next(attempt, chance), expected, "{failures} {asked:?} {chance}");
    }

    #[test]
    fn waits_double_up_to_the_cap_and_end() {
        check(1, None, 1.0, Some(10));
        check(2, None, 1.0, Some(20));
        check(2, None, 0.5, Some(10));
        check(2, None, 0.0, Some(0));
        check(7, None, 1.0, Some(640));
        check(8, None, 1.0, Some(1000));
        check(9, None, 1.0, Some(1000));
        check(10, None, 1.0, None);
        check(u32::MAX, None, 1.0, None);
    }

    #[test]
    fn what_the_other_side_asks_for_wins_within_reason() {
        check(1, Some(120), 0.0, Some(120));
        check(1, Some(120), 1.0, Some(144));
        check(9, Some(1), 0.0, Some(1));
        check(1, Some(u64::MAX), 0.0, Some(3600));
        check(10, Some(5), 0.0, None);
    }

    #[test]
    fn chance_outside_of_its_range_counts_as_its_end() {
        check(1, None, f64::NAN, Some(10));
        check(1, None, -3.0, Some(0));
        check(1, None, 7.0, Some(10));
    }

    #[test]
    fn a_system_that_is_down_over_a_weekend_night_makes_no_dead_letter() {
        let policy = Policy::default();
        let all = |chance: f64| -> u64 {
            let wait = |failures| match policy.next(Attempt { failures, asked: None }, chance) {
                Next::After(wait) => wait.as_secs(),
                Next::GiveUp => 0,
            };
            (1..=policy.attempts).map(wait).sum()
        };
        let (average, longest) = (all(0.5) / 3600, all(1.0) / 3600);
        assert!((24..48).contains(&average) && longest < 72, "{average} h, {longest} h");
    }

    proptest! {
        #[test]
        fn a_wait_never_exceeds_the_cap(failures in 1_u32..20, chance in 0.0..1.0) {
            let policy = Policy::default();
            if let Next::After(wait) = policy.next(Attempt { failures, asked: None }, chance) {
                prop_assert!(wait <= policy.cap);
                prop_assert!(wait <= policy.first * 2_u32.pow(failures - 1));
            }
        }
    }
}
