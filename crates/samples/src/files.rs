//! The shop's files: exports of its CRM and ERP, prices, printed cost summaries, vendor bills, and the answer key.

use crate::errors::Planted;
use crate::history::History;

mod bills;
mod crm;
pub(crate) mod erp;
mod key;
pub(crate) mod summaries;
pub(crate) mod table;
pub(crate) mod words;

pub(crate) use erp::windows_1252;
use table::{Style, Table};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// Below the output folder, with `/`.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// Why the files could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SampleError {
    #[error("cannot write {path}: {source}")]
    Write { path: String, source: std::io::Error },
    #[error("cannot make the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("cannot make the table: {0}")]
    Table(#[from] csv::Error),
    #[error("cannot make the answer key: {0}")]
    Key(#[from] serde_json::Error),
}

/// The exports as tables, before they are written.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) customers: Table,
    pub(crate) opportunities: Table,
    pub(crate) outcomes: Table,
    pub(crate) quotes: Table,
    pub(crate) work_orders: Table,
    pub(crate) prices: Table,
}

impl Tables {
    pub(crate) fn of(history: &History) -> Self {
        Self {
            customers: crm::customers(history),
            opportunities: crm::opportunities(history),
            outcomes: crm::outcomes(history),
            quotes: crm::quotes(history),
            work_orders: erp::work_orders(history),
            prices: erp::prices(history),
        }
    }
}

/// Every file, in a fixed order.
pub(crate) fn all(history: &History, tables: &Tables, planted: &Planted) -> Result<Vec<File>, SampleError> {
    let mut files = vec![
        file("crm/customers.csv", [b"\xef\xbb\xbf", &tables.customers.csv(Style::Crm)?[..]].concat()),
        file("crm/opportunities.csv", tables.opportunities.csv(Style::Crm)?),
        file("crm/outcomes-2026-11.csv", tables.outcomes.csv(Style::Crm)?),
        file("crm/quotes.xlsx", crm::workbook(&tables.quotes)?),
        file("erp/work-orders.csv", erp::encoded(&tables.work_orders)?),
        file("prices/material-prices.csv", tables.prices.csv(Style::Crm)?),
        file("answer-key.json", key::json(history, planted)?),
    ];
    files.extend(summaries::files(history, planted));
    files.extend(bills::files(history));
    Ok(files)
}

fn file(path: impl Into<String>, bytes: Vec<u8>) -> File {
    File { path: path.into(), bytes }
}
