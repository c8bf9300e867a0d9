//! Why the server cannot start or had to end.

use std::io;

/// What [`crate::serve`] can fail with. A failing request is answered, not returned.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error("port {port} of 127.0.0.1 cannot be opened: {source}")]
    Port { port: u16, source: io::Error },
    #[error("this system gives no random numbers for the token: {0}")]
    NoRandomness(String),
    #[error("no private folder for uploads can be made: {0}")]
    UploadFolder(io::Error),
    #[error("the server stopped: {0}")]
    Stopped(io::Error),
}
