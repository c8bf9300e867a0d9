//! The stages of one training, as the listener sees them: one count from start to end.

use std::cell::Cell;

use signwright_domain::{Cancelled, Task};

/// Counts stages and gives the work its chance to stop.
#[derive(Debug)]
pub(crate) struct Stages<'a> {
    pub(crate) task: &'a Task,
    done: Cell<u64>,
    total: u64,
}

impl<'a> Stages<'a> {
    pub(crate) fn new(task: &'a Task, total: u64) -> Self {
        Self { task, done: Cell::new(0), total }
    }

    pub(crate) fn next(&self, words: &str) -> Result<(), Cancelled> {
        let done = self.done.get();
        self.done.set((done + 1).min(self.total));
        self.task.step(done, self.total, words)
    }
}
