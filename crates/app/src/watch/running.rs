//! The thread that looks at the watched folder for as long as a program is open; at the end it gives the lease back.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::look::{Look, Watcher};
use crate::App;
use crate::background::{self, Running};

/// How often a folder is looked at that is not watched here, at least.
const SELDOM: Duration = Duration::from_secs(2);

/// Looks every so often, and takes a file that was the same at two looks.
pub fn start(app: &App, every: Duration) -> Running {
    let still = SignedDuration::try_from(every).unwrap_or(SignedDuration::from_secs(3));
    background::start(app, move |turns, stop| {
        let Some(mut watcher) = turns.shop().map(|app| Watcher::new(&app, still, stop)) else { return };
        let mut pause = Duration::ZERO;
        while let Some(app) = turns.after(pause) {
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
        if let Some(app) = turns.shop()
            && let Err(error) = watcher.release(&app)
        {
            tracing::warn!(code = ?error.code, "the lease of the watched folder runs out by itself");
        }
    })
}
