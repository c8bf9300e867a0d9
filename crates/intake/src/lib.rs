//! Bytes to records and rejects: PDFs, CSV files and spreadsheets.
//!
//! No database, no network, no clock. What cannot be read is a [`signwright_domain::record::Reject`] with its place and its
//! reason, never a zero and never a guess; every value that can be read says where it stood.

pub mod dates;
pub mod numbers;

mod choices;
mod fold;

mod layout;
pub mod pdf;

pub mod table;

pub use layout::profile;
pub use pdf::{
    Ask, Limits, Password, Readers, Recognised, Request, ScannedWord, Size, read_pdf, read_scan, recognised_words,
    send, worker_main,
};
pub use table::{
    IntakeError, Mapping, Options, TableReading, Tables, Understood, open, open_cells, read_table, read_table_as,
};
