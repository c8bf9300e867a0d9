//! A table of an export: typed cells that each system writes in its own way.

use jiff::civil::Date;

use crate::amounts::{Cents, plain, printed};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Money(Cents),
    Date(Date),
    Flag(bool),
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn money(&self) -> Option<Cents> {
        match self {
            Self::Money(amount) => Some(*amount),
            Self::Empty | Self::Text(_) | Self::Number(_) | Self::Date(_) | Self::Flag(_) => None,
        }
    }

    /// The cell as a system writes it.
    pub(crate) fn written(&self, style: Style) -> String {
        match (self, style) {
            (Self::Empty, _) => String::new(),
            (Self::Text(text), _) => text.clone(),
            (Self::Number(number), _) => format!("{number}"),
            (Self::Money(amount), Style::Crm) => plain(*amount),
            (Self::Money(amount), Style::Erp) => printed(*amount),
            (Self::Date(date), Style::Crm) => date.to_string(),
            (Self::Date(date), Style::Erp) => date.strftime("%m/%d/%Y").to_string(),
            (Self::Flag(flag), _) => if *flag { "Yes" } else { "No" }.to_owned(),
        }
    }
}

/// How a system writes amounts and dates: `1234.50` and ISO, or `1,234.50` and month first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Crm,
    Erp,
}

/// A column: the header, and the field that it means.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) header: String,
    pub(crate) field: &'static str,
}

/// A table with its key in the first column of a row.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) path: &'static str,
    pub(crate) sheet: Option<&'static str>,
    /// The row of the header, counted from 1 as a spreadsheet shows it.
    pub(crate) header_row: usize,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(crate) fn new(path: &'static str, columns: &[(&str, &'static str)]) -> Self {
        let columns = columns.iter().map(|(header, field)| Column { header: (*header).to_owned(), field }).collect();
        Self { path, sheet: None, header_row: 1, columns, rows: Vec::new() }
    }

    pub(crate) fn column(&self, field: &str) -> usize {
        self.columns.iter().position(|column| column.field == field).expect("the column is one of this table's")
    }

    /// The row of a key, from 0.
    pub(crate) fn row(&self, key_field: &str, key: &str) -> Option<usize> {
        let column = self.column(key_field);
        self.rows.iter().position(|row| matches!(&row[column], Cell::Text(text) if text == key))
    }

    pub(crate) fn cell(&self, row: usize, field: &str) -> &Cell {
        &self.rows[row][self.column(field)]
    }

    pub(crate) fn set(&mut self, row: usize, field: &str, cell: Cell) {
        let column = self.column(field);
        self.rows[row][column] = cell;
    }

    /// A row from 0 as a spreadsheet counts it.
    pub(crate) fn printed_row(&self, row: usize) -> usize {
        row + self.header_row + 1
    }

    /// Comma separated, CRLF, quotes where needed, UTF-8.
    pub(crate) fn csv(&self, style: Style) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|column| &column.header))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| cell.written(style)))?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }
}
