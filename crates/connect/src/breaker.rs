//! A circuit breaker (Nygard, "Release It!"): a system that fails again and again is left alone for a while, then asked
//! with one thing only. Pure: `now` is an argument; the state is stored with its connection and shown.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::failure::{PushError, Verdict};

/// After so many failures in a row nothing is sent for a while.
const FAILURES: u32 = 5;
/// How long that is at first; it doubles each time the probe fails too.
const FIRST_REST: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_REST: SignedDuration = SignedDuration::from_mins(30);
/// A probe that has not ended by then was lost with its process, and another may begin.
const PROBE: SignedDuration = SignedDuration::from_mins(5);

/// Whether a system is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Breaker {
    /// Everything goes out.
    Closed {
        /// Failures in a row.
        failures: u32,
    },
    /// Nothing goes out.
    Open {
        #[ts(type = "string")]
        until: Timestamp,
        /// How often it has been opened in a row.
        times: u32,
    },
    /// One thing is on its way to see how things stand.
    HalfOpen {
        #[ts(type = "string")]
        since: Timestamp,
        times: u32,
    },
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Breaker {
    /// Whether something may be sent now. Whoever is told yes by an open one has the probe: the state must be stored
    /// before sending, so that nobody else gets it as well.
    pub fn admit(&mut self, now: Timestamp) -> bool {
        match *self {
            Self::Closed { .. } => true,
            Self::Open { until, times } if now >= until => self.probe(now, times),
            Self::HalfOpen { since, times } if now.duration_since(since) >= PROBE => self.probe(now, times),
            Self::Open { .. } | Self::HalfOpen { .. } => false,
        }
    }

    /// What became of something that was admitted.
    pub fn heard(&mut self, outcome: Result<(), &PushError>, now: Timestamp) {
        match outcome {
            // Nobody was asked: whoever has the probe gives it back.
            Err(PushError::NotSendable(_)) => {
                if let Self::HalfOpen { since, times } = *self {
                    *self = Self::Open { until: since, times };
                }
            }
            Err(error) if matches!(error.verdict(), Verdict::Again { .. }) => self.failed(now),
            Ok(()) | Err(_) => self.answered(),
        }
    }

    /// The system answered, be it with a refusal of what was sent.
    pub fn answered(&mut self) {
        *self = Self::default();
    }

    /// It did not answer, was busy, or broke.
    pub fn failed(&mut self, now: Timestamp) {
        *self = match *self {
            Self::Closed { failures } if failures + 1 < FAILURES => Self::Closed { failures: failures + 1 },
            Self::Closed { .. } => opened(now, 1),
            Self::HalfOpen { times, .. } => opened(now, times.saturating_add(1)),
            // Something that was under way when it opened.
            open @ Self::Open { .. } => open,
        };
    }

    fn probe(&mut self, now: Timestamp, times: u32) -> bool {
        *self = Self::HalfOpen { since: now, times };
        true
    }
}

fn opened(now: Timestamp, times: u32) -> Breaker {
    let doubled = 2_i32.checked_pow(times - 1).and_then(|factor| FIRST_REST.checked_mul(factor));
    let rest = doubled.unwrap_or(LONGEST_REST).min(LONGEST_REST);
    Breaker::Open { until: now.saturating_add(rest).unwrap_or(now), times }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
    }

    fn opened_at_zero() -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..FAILURES {
            assert!(breaker.admit(at(0)));
            breaker.failed(at(0));
        }
        breaker
    }

    #[test]
    fn five_failures_in_a_row_open_it_and_an_answer_in_between_does_not() {
        assert_eq!(opened_at_zero(), Breaker::Open { until: at(60), times: 1 });
        let mut breaker = Breaker::default();
        for _ in 0..3 {
            (0..FAILURES - 1).for_each(|_| breaker.failed(at(0)));
            breaker.answered();
        }
        assert_eq!(breaker, Breaker::Closed { failures: 0 });
    }

    #[test]
    fn after_its_rest_one_probe_goes_out_and_decides() {
        let mut breaker = opened_at_zero();
        assert!(!breaker.admit(at(59)));
        assert!(breaker.admit(at(60)) && !breaker.admit(at(60)) && !breaker.admit(at(61)));
        breaker.answered();
        assert!(breaker.admit(at(62)) && breaker.admit(at(62)));
    }

    #[test]
    fn each_failed_probe_doubles_the_rest_up_to_half_an_hour() {
        let mut breaker = opened_at_zero();
        let mut now = 60;
        for minutes in [2, 4, 8, 16, 30, 30, 30] {
            assert!(breaker.admit(at(now)));
            breaker.failed(at(now));
            assert!(!breaker.admit(at(now + minutes * 60 - 1)), "{minutes}");
            now += minutes * 60;
        }
        let mut worn = Breaker::HalfOpen { since: at(0), times: u32::MAX };
        worn.failed(at(0));
        assert_eq!(worn, Breaker::Open { until: at(1800), times: u32::MAX });
    }

    #[test]
    fn a_probe_lost_with_its_process_does_not_close_the_way_for_ever() {
        let mut breaker = opened_at_zero();
        assert!(breaker.admit(at(60)));
        assert!(!breaker.admit(at(359)));
        assert!(breaker.admit(at(360)));
    }

    #[test]
    fn what_fails_late_does_not_prolong_the_rest() {
        let mut breaker = opened_at_zero();
        breaker.failed(at(30));
        assert_eq!(breaker, Breaker::Open { until: at(60), times: 1 });
    }

    #[test]
    fn a_refusal_is_an_answer_and_what_never_went_out_is_none() {
        let to = || "crm.example.com".to_owned();
        let refused = PushError::Refused { to: to(), status: Some(422), said: String::new() };
        let closed_door = PushError::NotSignedIn { to: to(), said: String::new() };
        let unreachable = PushError::Unreachable { to: to(), why: String::new() };
        let unsent = PushError::NotSendable(crate::ConnectError::Missing("password"));
        let probing = Breaker::HalfOpen { since: at(60), times: 2 };
        let check = |outcome: Result<(), &PushError>, expected: Breaker| {
            let mut breaker = probing;
            breaker.heard(outcome, at(70));
            assert_eq!(breaker, expected, "{outcome:?}");
        };
        check(Ok(()), Breaker::Closed { failures: 0 });
        check(Err(&refused), Breaker::Closed { failures: 0 });
        check(Err(&closed_door), Breaker::Closed { failures: 0 });
        check(Err(&unreachable), Breaker::Open { until: at(70 + 240), times: 3 });
        check(Err(&unsent), Breaker::Open { until: at(60), times: 2 });
        let mut closed = Breaker::Closed { failures: 3 };
        closed.heard(Err(&unsent), at(0));
        assert_eq!(closed, Breaker::Closed { failures: 3 });
    }

    #[test]
    fn it_is_stored_and_read_back() {
        let breaker = opened_at_zero();
        let json = serde_json::to_string(&breaker).expect("json");
        assert_eq!(json, r#"{"state":"open","until":"2027-01-15T08:01:00Z","times":1}"#);
        assert_eq!(serde_json::from_str::<Breaker>(&json).expect("breaker"), breaker);
    }
}
