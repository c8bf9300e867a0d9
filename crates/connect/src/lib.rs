//! Quotes on their way out: files a CRM can import, and the payload that waits in the outbox.
//!
//! Nothing here opens a connection. What leaves the shop is listed field by field in this crate, so that cost, markup
//! and margin cannot slip out with a new field of the domain.

pub mod delivery;
pub mod export;

use thiserror::Error;

pub use delivery::{Delivery, delivery};

/// Why quotes could not be written.
#[derive(Debug, Error)]
pub enum ConnectError {
    #[error("the quotes could not be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    #[error("the quotes could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}
