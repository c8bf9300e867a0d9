//! The desktop window: the web UI over the same commands as everywhere else.
//!
//! It carries commands in and events out and knows no use case. What only a desktop can do stays here: the window, and
//! through its plugin the dialogs that choose files. Dropped files reach the page as the window's own drop event, with
//! their paths.

mod calls;
mod error;
mod events;
mod failure;
mod window;

pub use error::DesktopError;
pub use failure::say;
pub use window::{has_display, run};
