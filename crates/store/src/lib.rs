//! The shop file: one shop is one SQLite file, and everything that is stored goes through here.
//!
//! [`Shop`] opens the file and hands out [`Db`], for reading or inside one transaction. Each table is a module of
//! functions over `&Db`, with SQL beside its row type. Nothing of SQLite appears in a signature. An absent row is
//! `None`; a query that failed is an error.

mod error;
mod shop;

mod change;
mod db;
mod hash;

pub mod settings;

pub mod documents;
pub mod imports;
pub mod profiles;
pub mod records;
pub mod rejects;

pub mod corrections;
pub mod layouts;
pub mod ledger;
pub mod reviews;

pub mod alerts;
pub mod anomaly_verdicts;
pub mod customers;
pub mod jobs;
pub mod outlooks;
pub mod prices;
pub mod saved_series;

pub mod assemblies;
pub mod costs;

pub mod bias;
pub mod estimates;
pub mod model_watch;
pub mod models;
pub mod predictions;
pub mod scenarios;
pub mod training_data;

pub mod change_orders;
pub mod connections;
pub mod notes;
pub mod outbox;
pub mod quote_templates;
pub mod quotes;

pub mod events;
pub mod leases;
pub mod watched;

pub mod backup;

pub use change::Change;
pub use db::Db;
pub use error::StoreError;
pub use hash::sha256;
pub use settings::ShopSettings;
pub use shop::{APPLICATION_ID, Shop};
