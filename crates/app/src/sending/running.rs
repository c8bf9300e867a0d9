//! The thread that delivers what waits for as long as a program is open.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use signwright_domain::Task;

use super::deliver::{PushOutbox, deliver};
use crate::{Action, App};

const EVERY: Duration = Duration::from_secs(15);

/// Delivering, until it is dropped; what is on its way then is tried again the next time.
#[derive(Debug)]
pub struct Running {
    stop: Task,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Looks every so often whether something waits. It does not keep the shop open.
pub fn start(app: &App) -> Running {
    let (end, ended) = mpsc::channel::<()>();
    let stop = Task::silent();
    let (weak, task) = (app.downgrade(), stop.clone());
    let thread = std::thread::spawn(move || {
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(EVERY) {
            let Some(app) = weak.upgrade() else { return };
            let action = Action::new(&app, "push_outbox", Timestamp::now());
            if let Err(error) = deliver(&action, &task, &PushOutbox::default()) {
                // A shop that is busy or read-only is looked at again later; nothing else depends on it.
                tracing::warn!(code = ?error.code, "the outbox was not looked at");
            }
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
