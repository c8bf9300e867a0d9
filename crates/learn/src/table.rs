//! A table of named columns: what a model is given to learn from and to predict.
//!
//! Checked once, when it is made: equal lengths, no two columns of one name, no infinite numbers.

use std::collections::HashSet;

use crate::LearnError;

/// Columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
}

/// One named column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub data: ColumnData,
}

/// The values of a column, one per row.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnData {
    /// NaN where missing.
    Number(Vec<f64>),
    Category(Vec<Option<String>>),
}

/// One value of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    Number(f64),
    Category(&'a str),
    Missing,
}

impl ColumnData {
    pub fn len(&self) -> usize {
        match self {
            Self::Number(values) => values.len(),
            Self::Category(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value in a row.
    ///
    /// # Panics
    /// Where the row lies beyond the end.
    pub fn cell(&self, row: usize) -> Cell<'_> {
        match self {
            Self::Number(values) if values[row].is_nan() => Cell::Missing,
            Self::Number(values) => Cell::Number(values[row]),
            Self::Category(values) => values[row].as_deref().map_or(Cell::Missing, Cell::Category),
        }
    }

    fn select(&self, rows: &[usize]) -> Self {
        match self {
            Self::Number(values) => Self::Number(rows.iter().map(|&row| values[row]).collect()),
            Self::Category(values) => Self::Category(rows.iter().map(|&row| values[row].clone()).collect()),
        }
    }
}

impl Column {
    /// A column of numbers, NaN where missing.
    pub fn number(name: impl Into<String>, values: Vec<f64>) -> Self {
        Self { name: name.into(), data: ColumnData::Number(values) }
    }

    /// A column of categories, `None` where missing.
    pub fn category(name: impl Into<String>, values: Vec<Option<String>>) -> Self {
        Self { name: name.into(), data: ColumnData::Category(values) }
    }
}

impl Table {
    /// Takes columns of equal length and different names, without infinite numbers.
    pub fn new(columns: Vec<Column>) -> Result<Self, LearnError> {
        let rows = columns.first().map_or(0, |column| column.data.len());
        let mut names = HashSet::new();
        for column in &columns {
            if !names.insert(column.name.as_str()) {
                return Err(LearnError::DuplicateColumn { column: column.name.clone() });
            }
            check_column(column, rows)?;
        }
        Ok(Self { columns, rows })
    }

    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The value of a column in a row; missing where there is no such column.
    ///
    /// # Panics
    /// Where the row lies beyond the end.
    pub fn cell(&self, column: &str, row: usize) -> Cell<'_> {
        self.column(column).map_or(Cell::Missing, |column| column.data.cell(row))
    }

    /// The rows with these numbers, in this order.
    ///
    /// # Panics
    /// Where a row lies beyond the end.
    pub fn select(&self, rows: &[usize]) -> Self {
        let columns = self.columns.iter();
        let columns = columns.map(|column| Column { name: column.name.clone(), data: column.data.select(rows) });
        Self { columns: columns.collect(), rows: rows.len() }
    }
}

fn check_column(column: &Column, rows: usize) -> Result<(), LearnError> {
    let found = column.data.len();
    if found != rows {
        return Err(LearnError::LengthMismatch { what: format!("column {}", column.name), expected: rows, found });
    }
    match &column.data {
        ColumnData::Number(values) => match values.iter().position(|x| x.is_infinite()) {
            Some(row) => Err(LearnError::Infinite { column: column.name.clone(), row }),
            None => Ok(()),
        },
        ColumnData::Category(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_refuses_what_would_mislead_a_model() {
        let twice = Table::new(vec![Column::number("a", vec![1.0]), Column::number("a", vec![2.0])]);
        assert_eq!(twice, Err(LearnError::DuplicateColumn { column: "a".into() }));
        let uneven = Table::new(vec![Column::number("a", vec![1.0]), Column::category("b", vec![])]);
        assert_eq!(uneven, Err(LearnError::LengthMismatch { what: "column b".into(), expected: 1, found: 0 }));
        let infinite = Table::new(vec![Column::number("a", vec![1.0, f64::NEG_INFINITY])]);
        assert_eq!(infinite, Err(LearnError::Infinite { column: "a".into(), row: 1 }));
    }

    #[test]
    fn a_selection_keeps_the_order_asked_for() {
        let table = Table::new(vec![Column::number("a", vec![1.0, f64::NAN, 3.0])]).expect("table");
        let selected = table.select(&[2, 1]);
        assert_eq!((selected.cell("a", 0), selected.cell("a", 1)), (Cell::Number(3.0), Cell::Missing));
        assert_eq!(selected.cell("b", 0), Cell::Missing);
    }
}
