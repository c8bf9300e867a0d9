//! Quotes on their way out: files a CRM can import, the payload that waits in the outbox, and the systems it is sent to.
//!
//! What leaves the shop is listed field by field in this crate, so that cost, markup and margin cannot slip out with a
//! new field of the domain. Nothing is sent but by [`push`]: it takes one parcel to one system, once. When to call it,
//! and when again, is decided by who calls, with [`PushError::verdict`], [`retry`] and [`breaker`].

pub mod delivery;
pub mod export;

pub mod breaker;
pub mod retry;
pub mod secrets;

mod address;
mod brought;
mod call;
mod connector;
mod failure;
mod secret;
mod wire;

#[cfg(test)]
mod test_server;

use signwright_domain::connection::ParcelKind;
use thiserror::Error;

pub use brought::as_opportunity;
pub use connector::{check, preview, probe, pull, push, takes};
pub use delivery::{Delivery, delivery};
pub use failure::{PushError, Verdict};
pub use secret::Secret;

/// Why quotes could not be written, or made ready to be sent.
#[derive(Debug, Error)]
pub enum ConnectError {
    #[error("the quotes could not be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    #[error("the quotes could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the layout of the export cannot be used: {0}")]
    Layout(String),
    /// The address is not repeated, because a secret may be part of it.
    #[error("the address of the connection cannot be used: {0}")]
    Address(&'static str),
    #[error("the template of the connection cannot be used: {0}")]
    Template(String),
    #[error("the connection has no {0}")]
    Missing(&'static str),
    #[error("{to} takes no {kind}; take that off what is sent there")]
    NotTaken { to: &'static str, kind: &'static str },
    #[error("{subject} cannot be sent: {why}")]
    Payload { subject: String, why: String },
}

impl ConnectError {
    /// Whether the connection is wrong, rather than what is sent over it.
    pub fn is_of_the_endpoint(&self) -> bool {
        match self {
            Self::Address(_) | Self::Template(_) | Self::Missing(_) | Self::NotTaken { .. } => true,
            Self::Csv(_) | Self::Json(_) | Self::Layout(_) | Self::Payload { .. } => false,
        }
    }
}

/// Several of a kind, in words.
fn plural(kind: ParcelKind) -> &'static str {
    match kind {
        ParcelKind::Quote => "quotes",
        ParcelKind::Estimate => "estimates",
        ParcelKind::Alert => "alerts",
    }
}
