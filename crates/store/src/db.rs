//! A connection as the table modules see it: SQL with bound parameters in, typed rows out, errors in the shop's words.

mod cells;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rusqlite::types::{FromSql, Value};
use rusqlite::{CachedStatement, Connection, Params, Statement};
use serde::Serialize;
use signwright_domain::{Currency, Money};

use crate::StoreError;
use crate::error::sql;

pub(crate) use cells::Cells;

/// The shop, for reading or inside one write. Every function of the table modules takes one.
pub struct Db<'shop> {
    access: Access<'shop>,
    /// Statements of one write, ready to run again. The connection's own cache looks a statement up by a hash of its whole
    /// text, which for a long list costs as much as what many of them do.
    ready: RefCell<Vec<Ready<'shop>>>,
    /// Of all amounts, once it was asked for in this write.
    pub(crate) currency: Cell<Option<Currency>>,
    /// Forms of records and their ids, as they were used in this write.
    forms: RefCell<Vec<(Arc<str>, i64)>>,
}

struct Ready<'shop> {
    text: String,
    statement: CachedStatement<'shop>,
}

impl fmt::Debug for Db<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("access", &self.access).finish_non_exhaustive()
    }
}

#[derive(Debug)]
enum Access<'shop> {
    Writing(&'shop Connection),
    /// Goes back to the pool when dropped. `Some` until then.
    Reading {
        connection: Option<Connection>,
        pool: &'shop Mutex<Vec<Connection>>,
    },
    /// Reading could not begin; every query says why.
    Failed(StoreError),
}

impl<'shop> Db<'shop> {
    pub(crate) fn writing(connection: &'shop Connection) -> Self {
        Self::with(Access::Writing(connection))
    }

    pub(crate) fn reading(connection: Result<Connection, StoreError>, pool: &'shop Mutex<Vec<Connection>>) -> Self {
        let access = match connection {
            Ok(connection) => Access::Reading { connection: Some(connection), pool },
            Err(error) => Access::Failed(error),
        };
        Self::with(access)
    }

    fn with(access: Access<'shop>) -> Self {
        Self { access, ready: RefCell::default(), currency: Cell::new(None), forms: RefCell::default() }
    }

    /// The id of a form of records, where this write has used it.
    pub(crate) fn form_id(&self, form: &Arc<str>) -> Option<i64> {
        self.forms.borrow().iter().rev().find(|(known, _)| Arc::ptr_eq(known, form)).map(|(_, id)| *id)
    }

    pub(crate) fn note_form(&self, form: &Arc<str>, id: i64) {
        self.forms.borrow_mut().push((Arc::clone(form), id));
    }

    /// Whether this is a write, in which nobody else changes anything.
    pub(crate) fn is_writing(&self) -> bool {
        matches!(self.access, Access::Writing(_))
    }

    /// Prepares a statement, or takes it as it was left by its last use in this write.
    fn prepared<T>(
        &self,
        text: &str,
        run: impl FnOnce(&mut Statement<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Access::Writing(connection) = self.access else {
            return run(&mut *self.connection()?.prepare_cached(text).map_err(sql)?);
        };
        let known = {
            let mut ready = self.ready.borrow_mut();
            ready.iter().rposition(|one| one.text == text).map(|at| ready.swap_remove(at))
        };
        let mut taken = match known {
            Some(known) => known,
            None => Ready { text: text.to_owned(), statement: connection.prepare_cached(text).map_err(sql)? },
        };
        let done = run(&mut taken.statement);
        self.ready.borrow_mut().push(taken);
        done
    }

    pub(crate) fn connection(&self) -> Result<&Connection, StoreError> {
        match &self.access {
            Access::Writing(connection) => Ok(connection),
            Access::Reading { connection, .. } => Ok(connection.as_ref().expect("taken only when dropped")),
            Access::Failed(error) => Err(error.clone()),
        }
    }

    /// Runs one changing statement; gives the number of rows it changed.
    pub(crate) fn run(&self, text: &str, params: impl Params) -> Result<usize, StoreError> {
        if let Access::Reading { .. } = self.access {
            return Err(StoreError::Query("a change was tried while only reading".to_owned()));
        }
        self.prepared(text, |statement| statement.execute(params).map_err(sql))
    }

    /// Sets how the connection works.
    pub(crate) fn setting(&self, name: &str, value: i64) -> Result<(), StoreError> {
        self.connection()?.pragma_update(None, name, value).map_err(sql)
    }

    /// Runs one `INSERT`; gives the id of the new row.
    pub(crate) fn insert(&self, text: &str, params: impl Params) -> Result<i64, StoreError> {
        self.run(text, params)?;
        Ok(self.connection()?.last_insert_rowid())
    }

    /// Fills a blob of zeros, as long as `bytes`.
    pub(crate) fn write_blob(&self, table: &str, column: &str, row: i64, bytes: &[u8]) -> Result<(), StoreError> {
        let mut blob = self.connection()?.blob_open("main", table, column, row, false).map_err(sql)?;
        if bytes.is_empty() { Ok(()) } else { blob.write_at(bytes, 0).map_err(sql) }
    }

    pub(crate) fn rows<T>(
        &self,
        text: &str,
        params: impl Params,
        read: impl Fn(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.prepared(text, |statement| {
            let mut rows = statement.query(params).map_err(sql)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next().map_err(sql)? {
                found.push(read(&mut Cells::new(row))?);
            }
            Ok(found)
        })
    }

    /// Several queries that see one state of the shop, whatever others write meanwhile.
    pub(crate) fn at_once<T>(&self, ask: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let connection = self.connection()?;
        if !connection.is_autocommit() {
            return ask();
        }
        let transaction = connection.unchecked_transaction().map_err(sql)?;
        let found = ask()?;
        transaction.commit().map_err(sql)?;
        Ok(found)
    }

    /// Calls with one row after the other until it says to stop.
    pub(crate) fn each(
        &self,
        text: &str,
        params: impl Params,
        mut with: impl FnMut(&mut Cells<'_>) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        self.prepared(text, |statement| {
            let mut rows = statement.query(params).map_err(sql)?;
            while let Some(row) = rows.next().map_err(sql)? {
                if with(&mut Cells::new(row))?.is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The first row, `None` without one.
    pub(crate) fn row<T>(
        &self,
        text: &str,
        params: impl Params,
        read: impl FnOnce(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.prepared(text, |statement| {
            let mut rows = statement.query(params).map_err(sql)?;
            rows.next().map_err(sql)?.map(|row| read(&mut Cells::new(row))).transpose()
        })
    }

    /// One value of a query that always has a row, such as a count.
    pub(crate) fn value<T: FromSql>(&self, text: &str, params: impl Params) -> Result<T, StoreError> {
        self.prepared(text, |statement| statement.query_row(params, |row| row.get(0)).map_err(sql))
    }

    /// A count of rows.
    pub(crate) fn count(&self, text: &str, params: impl Params) -> Result<u64, StoreError> {
        Ok(self.value::<i64>(text, params)?.unsigned_abs())
    }
}

impl Drop for Db<'_> {
    fn drop(&mut self) {
        if let Access::Reading { connection, pool } = &mut self.access {
            pool.lock().unwrap_or_else(PoisonError::into_inner).extend(connection.take());
        }
    }
}

/// A moment as text that sorts: UTC with nine decimals, so that nothing of it is lost.
pub(crate) fn moment(at: Timestamp) -> String {
    format!("{at:.9}")
}

/// The one word of an enum without fields, as its JSON form writes it.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(other) => Err(StoreError::Query(format!("{other} is not one word"))),
        Err(error) => Err(StoreError::Query(error.to_string())),
    }
}

pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Query(error.to_string()))
}

/// An amount as the column keeps it; refused in another currency than the shop's.
pub(crate) fn minor(amount: Option<Money>, currency: Currency) -> Result<Option<i64>, StoreError> {
    match amount {
        Some(money) if money.currency != currency => {
            Err(StoreError::Currency { expected: currency, found: money.currency })
        }
        Some(money) => Ok(Some(money.minor)),
        None => Ok(None),
    }
}

/// A column's value, for rows that are compared before they are written.
pub(crate) fn cell<T: Into<Value>>(value: Option<T>) -> Value {
    value.map_or(Value::Null, Into::into)
}

/// A measured number; what is not a number is absent.
pub(crate) fn real(value: Option<f64>) -> Value {
    cell(value.filter(|x| x.is_finite()))
}

/// `LIMIT` and `OFFSET` as SQLite takes them.
pub(crate) fn limit(rows: u32) -> i64 {
    i64::from(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shop;

    #[test]
    fn queries_that_are_asked_at_once_do_not_see_what_comes_between_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let shop = Shop::create(&folder.path().join("a.signwright"), Timestamp::UNIX_EPOCH).expect("a shop");
        let add = |id: &str| {
            let text = "INSERT INTO customers (customer_id, customer) VALUES (?1, 'Harbor')";
            shop.write(|db| db.run(text, [id])).expect("a row");
        };
        let db = shop.read();
        let count = || db.count("SELECT count(*) FROM customers", []);
        add("1");
        let counted = db.at_once(|| {
            let before = count()?;
            add("2");
            Ok((before, count()?, db.at_once(count)?))
        });
        assert_eq!((counted, count()), (Ok((1, 1, 1)), Ok(2)));
    }
}
