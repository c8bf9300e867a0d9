//! Long work: a handle that carries the stop flag one way and progress the other.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a piece of work is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Progress {
    #[ts(type = "number")]
    pub done: u64,
    /// 0 while the amount of work is not known.
    #[ts(type = "number")]
    pub total: u64,
    /// What is being done now, in words a user reads: "reading WO 20431.pdf".
    pub step: String,
}

/// The user asked for the work to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

type Listener = dyn Fn(Progress) + Send + Sync;

/// A cloneable handle on one piece of long work.
#[derive(Clone)]
pub struct Task {
    stop: Arc<AtomicBool>,
    /// Others that end it as well.
    ends: Vec<Arc<AtomicBool>>,
    listener: Arc<Listener>,
}

impl Task {
    pub fn new(listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self { stop: Arc::default(), ends: Vec::new(), listener: Arc::new(listener) }
    }

    /// For callers that show no progress and never cancel.
    pub fn silent() -> Self {
        Self::new(|_| {})
    }

    /// The same task, that also ends when `other` is cancelled.
    #[must_use]
    pub fn ended_by(&self, other: &Self) -> Self {
        let ends = self.ends.iter().chain([&other.stop]).chain(&other.ends).cloned().collect();
        Self { ends, ..self.clone() }
    }

    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.ends.iter().any(|end| end.load(Ordering::Relaxed))
    }

    /// Reports progress and gives the work its chance to stop. Call it in every loop, before each piece.
    pub fn step(&self, done: u64, total: u64, step: impl Into<String>) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            return Err(Cancelled);
        }
        (self.listener)(Progress { done, total, step: step.into() });
        Ok(())
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("cancelled", &self.is_cancelled()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_cancelled_task_stops_at_its_next_step_and_says_nothing_more() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let task = Task::new(move |p| log.lock().expect("lock").push(p.done));
        assert_eq!(task.step(1, 3, "one"), Ok(()));
        task.clone().cancel();
        assert_eq!(task.step(2, 3, "two"), Err(Cancelled));
        assert_eq!(*seen.lock().expect("lock"), [1]);
    }

    #[test]
    fn a_task_that_another_ends_does_not_end_that_one() {
        let (own, other) = (Task::silent(), Task::silent());
        let both = own.ended_by(&other);
        both.cancel();
        assert!((own.is_cancelled(), other.is_cancelled()) == (true, false));
        let (own, other) = (Task::silent(), Task::silent());
        let both = own.ended_by(&other);
        other.cancel();
        assert!(both.is_cancelled() && !own.is_cancelled());
        assert_eq!(both.step(1, 2, "one"), Err(Cancelled));
    }
}
