//! Opens the one window and keeps it until it is closed.

use std::any::Any;
use std::ffi::OsStr;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;

use signwright_app::App;
use tauri::{Builder, WebviewUrl, WebviewWindowBuilder, Wry};

use crate::{DesktopError, calls, events};

const SIZE: (f64, f64) = (1440.0, 900.0);
const SMALLEST: (f64, f64) = (1024.0, 680.0);

/// Opens the window on the shop and returns when it is closed. Must be called on the main thread.
pub fn run(app: App) -> Result<(), DesktopError> {
    if !has_display() {
        return Err(DesktopError::NoDisplay);
    }
    let title = title(app.shop_path());
    let builder = Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .invoke_handler(tauri::generate_handler![calls::call, calls::document])
        .setup(move |tauri| {
            events::pass_on(&app, tauri.handle().clone());
            tauri::Manager::manage(tauri, app);
            WebviewWindowBuilder::new(tauri, "main", WebviewUrl::default())
                .title(&title)
                .inner_size(SIZE.0, SIZE.1)
                .min_inner_size(SMALLEST.0, SMALLEST.1)
                .center()
                .build()?;
            Ok(())
        });
    opened(builder)?.run(|_, _| ());
    Ok(())
}

/// The window system's library panics where it cannot connect; a user gets a sentence instead.
fn opened(builder: Builder<Wry>) -> Result<tauri::App, DesktopError> {
    let loud = take_hook();
    set_hook(Box::new(|_| ()));
    let outcome = catch_unwind(AssertUnwindSafe(|| builder.build(tauri::generate_context!())));
    set_hook(loud);
    match outcome {
        Ok(built) => Ok(built?),
        Err(panic) => {
            tracing::warn!(reason = said(panic.as_ref()), "no window");
            Err(DesktopError::DisplayRefuses)
        }
    }
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no reason given")
}

/// Is there a display to open a window on? macOS and Windows always have one; elsewhere the environment names it.
pub fn has_display() -> bool {
    is_named(|name| std::env::var_os(name))
}

fn is_named<V: AsRef<OsStr>>(variable: impl Fn(&str) -> Option<V>) -> bool {
    let named = |name: &str| variable(name).is_some_and(|value| !value.as_ref().is_empty());
    cfg!(any(windows, target_os = "macos")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// The shop's name is that of its file until its settings say otherwise, which the page shows.
fn title(shop: &Path) -> String {
    match shop.file_stem() {
        Some(name) => format!("{} - Signwright", name.to_string_lossy()),
        None => "Signwright".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(not(any(windows, target_os = "macos")))]
    fn a_display_must_be_named() {
        let none = |_: &str| None::<&str>;
        assert!(!is_named(none));
        assert!(!is_named(|_| Some("")));
        assert!(is_named(|name| (name == "WAYLAND_DISPLAY").then_some("wayland-0")));
    }

    #[test]
    fn the_title_names_the_shop() {
        assert_eq!(title(Path::new("/data/Harbor Signs.signwright")), "Harbor Signs - Signwright");
    }
}
