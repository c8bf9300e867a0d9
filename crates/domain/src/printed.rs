//! What stands on a document's pages whatever it means: tables, and values beside their labels.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A table, joined over the pages it runs over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Table {
    pub found_by: TableSign,
    /// What the header rows call each column, from top to bottom; empty where they do not.
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
}

/// What gave a table away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableSign {
    /// Lines around its cells.
    Ruled,
    /// White space between its columns.
    Spaced,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TableRow {
    pub kind: TableRowKind,
    /// From left to right; cells without words are left out.
    pub cells: Vec<TableCell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableRowKind {
    Header,
    Body,
    /// A row that sums up others.
    Subtotal,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TableCell {
    /// The first column it covers, from 0, and how many columns and rows it covers.
    pub column: u32,
    pub columns: u32,
    pub rows: u32,
    pub text: String,
    pub page: u32,
    /// Around its words: left, top, right, bottom in points from the top left corner of the page as displayed.
    pub bbox: [f64; 4],
}

/// A value with the label it stands behind, beside or below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Pair {
    pub label: String,
    pub value: String,
    pub page: u32,
    /// Around the value.
    pub bbox: [f64; 4],
}
