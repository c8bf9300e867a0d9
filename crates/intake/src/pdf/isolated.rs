//! Readers of other people's files run in a thread of their own: with a stack that deep nesting does not exhaust, and so
//! that a panic ends the reader and nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{Builder, JoinHandle};

const STACK: usize = 64 << 20;

/// Starts `work` in its own thread; a panic there makes the result `None`. `None` at once where no thread can be had.
pub(crate) fn spawn<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<JoinHandle<Option<T>>> {
    Builder::new().name(name.to_owned()).stack_size(STACK).spawn(move || catch(work)).ok()
}

/// Runs `work` to its end in its own thread; `None` where it panicked.
pub(crate) fn run<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    // A process without room for a thread is of no use to any document: it ends, and the parent starts another.
    let thread = spawn(name, work).expect("memory allocation of a thread's stack");
    thread.join().ok().flatten()
}

/// `None` where `work` panicked.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
