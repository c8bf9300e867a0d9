//! Columns in and out of Parquet, and aggregations over many rows. polars lives here and nowhere else.
//!
//! Callers hand over and get back plain columns; no polars type crosses this boundary.

mod columns;
mod error;
mod ledger;
mod parquet;
mod table;

pub use columns::{Column, Columns, Frame};
pub use error::LakeError;
pub use ledger::{Aggregate, DAY, Every, Ledger, Measured, RollUp, begin_of, next_begin, quantile};
pub use parquet::{parquet_bytes, read_parquet, read_parquet_bytes, write_parquet, write_partitioned};
pub use table::{read_table, write_table};
