//! The thread that delivers what waits for as long as a program is open; what is on its way at the end is tried again
//! the next time.

use std::time::Duration;

use jiff::Timestamp;

use super::deliver::{PushOutbox, deliver};
use crate::background::{self, Running};
use crate::{Action, App};

const EVERY: Duration = Duration::from_secs(15);

/// Looks every so often whether something waits.
pub fn start(app: &App) -> Running {
    background::start(app, |turns, stop| {
        while let Some(app) = turns.after(EVERY) {
            let action = Action::new(&app, "push_outbox", Timestamp::now());
            if let Err(error) = deliver(&action, &stop, &PushOutbox::default()) {
                // A shop that is busy or read-only is looked at again later; nothing else depends on it.
                tracing::warn!(code = ?error.code, "the outbox was not looked at");
            }
        }
    })
}
