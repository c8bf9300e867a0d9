//! Ids of Salesforce that older versions kept with 18 characters get the 15 by which they are known now; else every account
//! and opportunity of a newer export would come in a second time.
//!
//! In records the names and their references, with the digest of the values, so that the same row is still the same. What
//! stood in the file stays as raw text.

use std::ops::ControlFlow;

use rusqlite::params;
use signwright_domain::record::{Field, Record, Value};
use signwright_domain::salesforce;

use crate::records::{self, Forms};
use crate::{Db, StoreError};

/// The fields of a record that hold ids.
const IDS: [&str; 6] = ["customer_id", "opportunity", "quote_number", "work_order", "line_item", "external_id"];

pub(super) fn shorten(db: &Db<'_>) -> Result<(), StoreError> {
    for id in records_with_ids(db)? {
        records::rewrite(db, id, &mut Forms::default(), short)?;
    }
    let jobs = ["work_order", "quote_number", "opportunity", "customer_id"];
    jobs.iter().try_for_each(|column| column_of(db, "jobs", column))?;
    column_of(db, "customers", "customer_id")
}

/// Only a word in quotes that is such an id is worth a closer look.
fn records_with_ids(db: &Db<'_>) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    db.each("SELECT id, key, record FROM records", [], |cells| {
        let (id, key, text): (i64, String, String) = (cells.get()?, cells.get()?, cells.get()?);
        // A value is marked by a letter for its type where it is not its raw text.
        let may_be = |part: &str| is_long(part) || part.strip_prefix('t').is_some_and(is_long);
        if is_long(&key) || text.split('"').any(may_be) {
            found.push(id);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

fn is_long(text: &str) -> bool {
    salesforce::id(text).len() < text.len()
}

fn short(record: &mut Record) {
    record.key = salesforce::id(&record.key).to_owned();
    record.fields.iter_mut().for_each(in_field);
    record.lines.iter_mut().flat_map(|line| &mut line.fields).for_each(in_field);
}

fn in_field((name, field): (&String, &mut Field)) {
    if let (true, Value::Text(text)) = (IDS.contains(&name.as_str()), &field.value) {
        field.value = Value::Text(salesforce::id(text).to_owned());
    }
}

/// Where both forms are there already, the row of the short one stays and the other is left as it is.
fn column_of(db: &Db<'_>, table: &str, column: &str) -> Result<(), StoreError> {
    let text = format!("SELECT DISTINCT {column} FROM {table} WHERE length({column}) = 18");
    let long: Vec<String> = db.rows(&text, [], |cells| cells.get())?;
    for id in long.iter().filter(|id| is_long(id)) {
        let text = format!("UPDATE OR IGNORE {table} SET {column} = ?1 WHERE {column} = ?2");
        db.run(&text, params![salesforce::id(id), id])?;
    }
    Ok(())
}
