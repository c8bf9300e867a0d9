//! The local HTTP API, and the same web UI in a browser.
//!
//! It listens on 127.0.0.1 only and is meant for the person at this machine: every call needs the token that is printed
//! when it starts, and a request that names another host or comes from another site's page is refused whatever it
//! carries. It knows no use case: `POST /api/v1/{command}` hands the command to the app as it is.

mod access;
mod calls;
mod chunks;
mod documents;
mod error;
mod events;
mod pages;
mod refusal;
mod routes;
mod serving;
mod uploads;
mod written;

pub use error::ServerError;
pub use serving::{Address, serve};

#[cfg(test)]
mod tests;
