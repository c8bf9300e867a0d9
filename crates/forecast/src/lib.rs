//! Where a series may go, and what does not fit: forecasts with a backtest and ranges; anomalies in series, in tables and
//! among jobs.
//!
//! Pure and synchronous: no database, no clock. Dates and seeds come in as arguments, and the same input gives the same
//! output on every machine.

pub mod error;

pub mod calendar;
mod calendar_terms;
mod holidays;
mod numbers;
mod prepare;
mod random;
mod together;

mod backtest;
mod choose;
mod clamp;
mod combine;
mod components;
mod drift;
mod forecast;
mod methods;
mod past;
mod ranges;
mod scores;
mod yardstick;

mod distribution;
mod lead_lag;
mod passing;

pub mod anomalies;

pub use calendar::frequency_of;
pub use error::ForecastError;
pub use forecast::{forecast, forecast_many, forecast_with, gaps};
pub use lead_lag::lead_lag;
pub use passing::{Reaching, beyond, passes};
