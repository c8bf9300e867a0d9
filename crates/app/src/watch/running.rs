//! The thread that looks at the watched folder for as long as a program is open.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use signwright_domain::Task;

use super::look::{Look, Watcher};
use crate::App;

/// Looking, until it is dropped; then the lease is given back.
#[derive(Debug)]
pub struct Running {
    stop: Task,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// How often a folder is looked at that is not watched here, at least.
const SELDOM: Duration = Duration::from_secs(2);

/// Looks every so often, and takes a file that was the same at two looks. It does not keep the shop open.
pub fn start(app: &App, every: Duration) -> Running {
    let stop = Task::silent();
    let (end, ended) = mpsc::channel::<()>();
    let still = SignedDuration::try_from(every).unwrap_or(SignedDuration::from_secs(3));
    let mut watcher = Watcher::new(app, still, stop.clone());
    let weak = app.downgrade();
    let thread = std::thread::spawn(move || {
        let mut pause = Duration::ZERO;
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(pause) {
            let Some(app) = weak.upgrade() else { return };
            pause = match watcher.look(&app, Timestamp::now()) {
                Ok(Look::Waiting | Look::Took(_)) => every,
                Ok(Look::Off | Look::Elsewhere | Look::Gone) => every.max(SELDOM),
                Err(error) => {
                    // A shop that is busy or read-only is tried again later; nothing else depends on it.
                    tracing::warn!(code = ?error.code, "the watched folder was not looked at");
                    every.max(SELDOM) * 5
                }
            };
        }
        if let Some(app) = weak.upgrade()
            && let Err(error) = watcher.release(&app)
        {
            tracing::warn!(code = ?error.code, "the lease of the watched folder runs out by itself");
        }
    });
    Running { stop, end: Some(end), thread: Some(thread) }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
        self.end.take();
        if let Some(thread) = self.thread.take() {
            // A thread that has panicked has said so already.
            let _ = thread.join();
        }
    }
}
