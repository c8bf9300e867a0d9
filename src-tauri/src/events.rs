//! What the app tells its listeners, passed on to the page as the event `signwright`, and to the desktop where the window is
//! not looked at.

use signwright_app::{App, AppEvent};
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_notification::NotificationExt;

pub(crate) const NAME: &str = "signwright";

/// For as long as the app lives.
pub(crate) fn pass_on(app: &App, window: AppHandle) {
    app.subscribe(Box::new(move |event: &AppEvent| {
        if let Err(error) = window.emit(NAME, event) {
            tracing::warn!(%error, "an event did not reach the page");
        }
        if let AppEvent::Notice { title, body } = event {
            tell_desktop(&window, title, body);
        }
    }));
}

/// The page tells whoever looks at it.
fn tell_desktop(app: &AppHandle, title: &str, body: &str) {
    let is_looked_at = app.webview_windows().values().any(|window| window.is_focused().unwrap_or(false));
    if is_looked_at {
        return;
    }
    if let Err(error) = app.notification().builder().title(title).body(body).show() {
        // A desktop without a place for messages; it stands on the page of today all the same.
        tracing::warn!(%error, "the desktop shows no messages");
    }
}
