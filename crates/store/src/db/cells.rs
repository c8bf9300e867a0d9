//! Reads the columns of one row from left to right, so that a `SELECT` and its reader list the same things in the same
//! order.

use std::fmt::Display;
use std::str::FromStr;

use rusqlite::types::{FromSql, Value};
use rusqlite::{Row, Statement};
use serde::de::DeserializeOwned;
use signwright_domain::{Currency, Money};

use crate::StoreError;

/// The columns of one row, left to right.
pub(crate) struct Cells<'row> {
    row: &'row Row<'row>,
    next: usize,
}

impl<'row> Cells<'row> {
    pub(crate) fn new(row: &'row Row<'row>) -> Self {
        Self { row, next: 0 }
    }

    pub(crate) fn get<T: FromSql>(&mut self) -> Result<T, StoreError> {
        let column = self.next;
        self.next += 1;
        self.row.get(column).map_err(|error| self.unreadable(column, &error))
    }

    pub(crate) fn parse<T: FromStr<Err: Display>>(&mut self) -> Result<T, StoreError> {
        let text: String = self.get()?;
        text.parse().map_err(|error: T::Err| self.unreadable(self.next - 1, &error))
    }

    pub(crate) fn parse_opt<T: FromStr<Err: Display>>(&mut self) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.get()?;
        text.map(|text| text.parse().map_err(|error: T::Err| self.unreadable(self.next - 1, &error))).transpose()
    }

    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text: String = self.get()?;
        serde_json::from_str(&text).map_err(|error| self.unreadable(self.next - 1, &error))
    }

    /// A text that `read` understands.
    pub(crate) fn text_as<T>(&mut self, read: impl Fn(&str) -> Result<T, String>) -> Result<T, StoreError> {
        let text: String = self.get()?;
        read(&text).map_err(|error| self.unreadable(self.next - 1, &error))
    }

    pub(crate) fn json_opt<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.get()?;
        text.map(|text| serde_json::from_str(&text).map_err(|error| self.unreadable(self.next - 1, &error))).transpose()
    }

    /// An enum without fields.
    pub(crate) fn word<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let word: String = self.get()?;
        self.understood(word)
    }

    pub(crate) fn word_opt<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        let word: Option<String> = self.get()?;
        word.map(|word| self.understood(word)).transpose()
    }

    pub(crate) fn money(&mut self, currency: Currency) -> Result<Money, StoreError> {
        Ok(Money::new(self.get()?, currency))
    }

    pub(crate) fn money_opt(&mut self, currency: Currency) -> Result<Option<Money>, StoreError> {
        let minor: Option<i64> = self.get()?;
        Ok(minor.map(|minor| Money::new(minor, currency)))
    }

    pub(crate) fn count(&mut self) -> Result<u64, StoreError> {
        self.get::<i64>().map(i64::unsigned_abs)
    }

    /// Every column that is left.
    pub(crate) fn rest(&mut self) -> Result<Vec<Value>, StoreError> {
        let columns = AsRef::<Statement<'_>>::as_ref(self.row).column_count();
        (self.next..columns).map(|_| self.get()).collect()
    }

    fn understood<T: DeserializeOwned>(&self, word: String) -> Result<T, StoreError> {
        serde_json::from_value(serde_json::Value::String(word)).map_err(|error| self.unreadable(self.next - 1, &error))
    }

    fn unreadable(&self, column: usize, error: &dyn Display) -> StoreError {
        let name = AsRef::<Statement<'_>>::as_ref(self.row).column_name(column).unwrap_or("column");
        StoreError::Content { column: name.to_owned(), detail: error.to_string() }
    }
}
