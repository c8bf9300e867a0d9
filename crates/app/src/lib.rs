//! Every use case of the product, once.
//!
//! The desktop, the command line and the local HTTP API all come through [`App::call`] (or the functions behind it), so a
//! capability that exists in one exists in all. This layer fetches, calls the pure crates, and saves; it computes nothing
//! of the trade itself.

mod action;
mod app;
mod audit;
mod background;
mod client;
mod error;
mod lease;
mod money;
mod tasks;

pub mod alerts;
pub mod anomalies;
pub mod assemblies;
pub mod commands;
pub mod demo;
pub mod document;
pub mod documents;
pub mod drivers;
pub mod estimates;
pub mod export;
pub mod files;
pub mod forecasts;
pub mod import;
pub mod jobs;
pub mod model_words;
pub mod models;
pub mod outlook;
pub mod price_drivers;
pub mod quotes;
pub mod rejects;
pub mod review;
pub mod rules;
pub mod scenarios;
pub mod sending;
pub mod series;
pub mod shop;
pub mod starter;
pub mod tables;
pub mod train;
pub mod watch;
pub mod winning;
pub mod worker;

pub use action::Action;
pub use app::{App, AppEvent, AppOptions, SecretsIn};
pub use background::Running;
pub use client::write_client;
pub use commands::{COMMANDS, CommandInfo};
pub use error::{CallError, Code};
pub use tasks::{TaskRef, TaskRunState, TaskStarted, TaskState};
