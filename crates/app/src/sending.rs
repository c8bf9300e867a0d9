//! Sending to what a person has connected: the connections of a shop, what waits for them, and its delivery.
//!
//! A message is written in the transaction that caused it (`enqueue`). It is delivered by one process at a time, which
//! has the lease, as often as it takes (`deliver`). Secrets are in the keychain of the system, never in the shop file.

mod connections;
mod deliver;
mod enqueue;
mod estimate;
mod messages;
mod pulling;
mod running;
mod saving;
mod secrets;

#[cfg(test)]
mod tests;

pub use connections::{
    ConnectionRef, ConnectionStanding, Probed, SaveConnection, list_connections, probe_connection, remove_connection,
    save_connection,
};
pub use deliver::{PushOutbox, Pushed, deliver, start_push};
pub(crate) use enqueue::{New, enqueue};
pub use estimate::send_estimate;
pub use messages::{
    MessageQuery, MessageRef, MessageShown, RepairMessage, discard_message, list_outbox, preview_connection,
    repair_message, retry_message, show_message,
};
pub use pulling::{BroughtBack, PullConnection, bring_back, start_pull};
pub use running::start;
pub use signwright_connect::breaker::Breaker;
pub use signwright_store::outbox::{Message, OutboxState};
