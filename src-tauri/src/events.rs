//! What the app tells its listeners, passed on to the page as the event `signwright`.

use signwright_app::{App, AppEvent};
use tauri::{AppHandle, Emitter};

pub(crate) const NAME: &str = "signwright";

/// For as long as the app lives.
pub(crate) fn pass_on(app: &App, window: AppHandle) {
    app.subscribe(Box::new(move |event: &AppEvent| {
        if let Err(error) = window.emit(NAME, event) {
            tracing::warn!(%error, "an event did not reach the page");
        }
    }));
}
