//! Why there is no window.

/// What [`crate::run`] can fail with.
#[derive(Debug, thiserror::Error)]
pub enum DesktopError {
    /// Neither X11 nor Wayland, for instance over ssh.
    #[error("there is no display to open a window on; `signwright serve` shows the same pages in a browser")]
    NoDisplay,
    /// The display is named but does not answer, or refuses.
    #[error("the display does not take a window; `signwright serve` shows the same pages in a browser")]
    DisplayRefuses,
    #[error("the window cannot be opened: {0}")]
    Window(#[from] tauri::Error),
}
