//! The words of the trade as types: money, drivers, jobs, estimates, quotes, cards, and the physics of signs.
//!
//! Pure: no database, no network, no clock, no files. Everything that is stored or shown to a client is defined here
//! once and derives its JSON form and its TypeScript form from the same definition.

mod counted;
pub mod money;
pub mod task;

pub mod driver;
pub mod formula;
pub mod physics;
pub mod sanity;
pub mod spec;
pub mod unit;

pub mod printed;
pub mod record;
pub mod salesforce;

pub mod alert;
pub mod anomaly;
pub mod assembly;
pub mod bottom_up;
pub mod build_up;
pub mod burden;
pub mod card;
pub mod cause_of_overrun;
pub mod change_order;
pub mod connection;
pub mod cost_library;
pub mod drift;
pub mod estimate;
pub mod forgotten;
pub mod job;
pub mod outlook;
pub mod price_decision;
pub mod quote;
pub mod quote_difference;
pub mod quote_option;
pub mod series;
pub mod starter;
pub mod two_estimates;

pub use counted::counted;
pub use money::{Currency, Money};
pub use spec::{DriverValue, Specification};
pub use task::{Cancelled, Task};
