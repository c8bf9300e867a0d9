//! Threads that look after a shop for as long as a program is open.
//!
//! Each decides by itself what a turn is and how long it then pauses. None keeps the shop open, and all end when what
//! [`start`] gave back is dropped.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use signwright_domain::Task;

use crate::App;
use crate::app::WeakApp;

/// A thread at work, until it is dropped: what it is doing then is cancelled and waited for.
#[derive(Debug)]
pub struct Running {
    stop: Task,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// When the thread has its next turn.
#[derive(Debug)]
pub(crate) struct Turns {
    app: WeakApp,
    ended: Receiver<()>,
}

/// Runs `work` on a thread of its own. It is given its turns, and a task that is cancelled when it shall end.
pub(crate) fn start(app: &App, work: impl FnOnce(Turns, Task) + Send + 'static) -> Running {
    let (end, ended) = mpsc::channel();
    let stop = Task::silent();
    let (turns, task) = (Turns { app: app.downgrade(), ended }, stop.clone());
    let thread = std::thread::spawn(move || work(turns, task));
    Running { stop, end: Some(end), thread: Some(thread) }
}

impl Turns {
    /// The shop after a pause; nothing once the thread shall end or the shop is closed.
    pub(crate) fn after(&self, pause: Duration) -> Option<App> {
        match self.ended.recv_timeout(pause) {
            Err(RecvTimeoutError::Timeout) => self.app.upgrade(),
            Ok(()) | Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// The shop at once, also when the thread shall end.
    pub(crate) fn shop(&self) -> Option<App> {
        self.app.upgrade()
    }
}

impl Running {
    /// For work that cannot be cancelled and may be broken off anywhere: its end is not waited for.
    pub(crate) fn not_waited_for(mut self) -> Self {
        self.thread = None;
        self
    }
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
