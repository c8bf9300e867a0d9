//! Who the shop works for.

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::db::{Cells, cell};
use crate::{Change, Db, StoreError};

/// A customer by the id the shop's own system uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Customer {
    pub customer_id: String,
    pub customer: String,
    pub customer_type: Option<String>,
    pub city: Option<String>,
    pub contact: Option<String>,
    pub email: Option<String>,
}

const COLUMNS: &str = "customer_id, customer, customer_type, city, contact, email";

/// Keeps a customer in place of what was known.
pub fn upsert(db: &Db<'_>, customer: &Customer) -> Result<Change, StoreError> {
    let row = cells_of(customer);
    let text = format!("SELECT {COLUMNS} FROM customers WHERE customer_id = ?1");
    let change = match db.row(&text, [&customer.customer_id], |cells| cells.rest())? {
        Some(before) if before == row => return Ok(Change::Unchanged),
        Some(_) => Change::Updated,
        None => Change::Created,
    };
    db.run(&format!("REPLACE INTO customers ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"), params_from_iter(row))?;
    Ok(change)
}

/// Takes back a customer that nobody speaks of any more.
pub fn remove(db: &Db<'_>, customer_id: &str) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM customers WHERE customer_id = ?1", [customer_id])? > 0)
}

pub fn get(db: &Db<'_>, customer_id: &str) -> Result<Option<Customer>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM customers WHERE customer_id = ?1"), [customer_id], read)
}

/// All customers by name.
pub fn list(db: &Db<'_>) -> Result<Vec<Customer>, StoreError> {
    db.rows(&format!("SELECT {COLUMNS} FROM customers ORDER BY customer, customer_id"), [], read)
}

pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM customers", [])
}

fn cells_of(customer: &Customer) -> Vec<Value> {
    let Customer { customer_id, customer, customer_type, city, contact, email } = customer.clone();
    vec![customer_id.into(), customer.into(), cell(customer_type), cell(city), cell(contact), cell(email)]
}

fn read(cells: &mut Cells<'_>) -> Result<Customer, StoreError> {
    Ok(Customer {
        customer_id: cells.get()?,
        customer: cells.get()?,
        customer_type: cells.get()?,
        city: cells.get()?,
        contact: cells.get()?,
        email: cells.get()?,
    })
}
