//! What stands in the way of a window, for people who started it from a menu and see no terminal.

use rfd::{MessageButtons, MessageDialog, MessageLevel};

/// Shows why there is no window in a message of the system and waits until it is closed. Must be called on the main thread
/// and only where there is a display.
pub fn say(what: &str, hint: Option<&str>) {
    let description = hint.map_or_else(|| what.to_owned(), |hint| format!("{what}\n\n{hint}"));
    MessageDialog::new()
        .set_level(MessageLevel::Error)
        .set_title("Signwright")
        .set_description(description)
        .set_buttons(MessageButtons::Ok)
        .show();
}
