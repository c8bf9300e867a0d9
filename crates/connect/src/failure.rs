//! How sending can fail, told apart by what is to be done about it.

use std::time::Duration;

use thiserror::Error;

use crate::ConnectError;

/// Why a parcel did not arrive, or did not arrive for certain.
#[derive(Debug, Error)]
pub enum PushError {
    #[error("{to} cannot be reached: {why}; check the network and the address")]
    Unreachable { to: String, why: String },
    /// It may have arrived.
    #[error("{to} did not answer within {after} s")]
    TimedOut { to: String, after: u64 },
    /// It broke off, or answered in a way that nobody understands; it may have arrived.
    #[error("{to} gave no usable answer: {why}")]
    Unclear { to: String, why: String },
    #[error("{to} is busy or broken (HTTP {status}){}", colon(said))]
    Busy { to: String, status: u16, said: String, retry_after: Option<Duration> },
    #[error("{to} refused it{}", colon(said))]
    Refused { to: String, status: Option<u16>, said: String },
    #[error(
        "{to} does not let us in{}; enter the secret of the connection anew, or ask for the right there",
        colon(said)
    )]
    NotSignedIn { to: String, said: String },
    /// The connection itself must be put right, not the parcel.
    #[error("{to}: {why}")]
    Misconnected { to: String, why: String },
    /// It never went out.
    #[error(transparent)]
    NotSendable(#[from] ConnectError),
}

/// What is to be done about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Try again later. Where the network is down the failure does not count, so that days offline make no dead letters.
    Again { asked: Option<Duration>, counts: bool },
    /// The parcel is a dead letter.
    Dead,
    /// The connection waits for a person, and its parcels with it.
    Person,
}

impl PushError {
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Unreachable { .. } => Verdict::Again { asked: None, counts: false },
            Self::TimedOut { .. } | Self::Unclear { .. } => Verdict::Again { asked: None, counts: true },
            Self::Busy { retry_after, .. } => Verdict::Again { asked: *retry_after, counts: true },
            Self::Refused { .. } => Verdict::Dead,
            Self::NotSignedIn { .. } | Self::Misconnected { .. } => Verdict::Person,
            Self::NotSendable(error) if error.is_of_the_endpoint() => Verdict::Person,
            Self::NotSendable(_) => Verdict::Dead,
        }
    }
}

fn colon(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}
