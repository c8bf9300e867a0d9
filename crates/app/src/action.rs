//! One call of one command: who, when, under which id. Everything a use case changes or logs carries it.

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::App;

/// The circumstances of one call.
#[derive(Clone, Debug)]
pub struct Action {
    pub app: App,
    pub command: String,
    /// Ties together the log lines and the event of one call.
    pub id: String,
    pub now: Timestamp,
}

impl Action {
    pub fn new(app: &App, command: &str, now: Timestamp) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:x}-{:x}-{count:x}", now.as_millisecond(), std::process::id());
        Self { app: app.clone(), command: command.to_owned(), id, now }
    }

    /// The local date of the call.
    pub fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::system()).date()
    }
}

impl Deref for Action {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}
