//! Brings a shop file to the format this version writes. Migrations are only ever appended; `user_version` counts them.
//!
//! Everything an opening changes in the schema is one transaction: a process that is killed leaves the file before or
//! after. An older file is copied beside itself, and the copy checked, before anything is changed.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;
use crate::backup::copy_verified;
use crate::error::{sql, sql_at};

use super::APPLICATION_ID;
use super::header::writable;

/// The formats in order: applying the first n gives version n.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("../../../../migrations/0001_shop.sql")];

/// The version this program writes.
pub(crate) fn current_version() -> i32 {
    version_after(MIGRATIONS)
}

/// Makes a new shop of an empty file, upgrades an older one, refuses what it does not know. `at` is the file and the
/// moment that names its backup; `None` in memory.
pub(super) fn settle(
    connection: &mut Connection,
    migrations: &[&str],
    at: Option<(&Path, Timestamp)>,
) -> Result<(), StoreError> {
    let known = version_after(migrations);
    let path = at.map_or_else(|| PathBuf::from("the shop in memory"), |(path, _)| path.to_owned());
    let found = version(connection, &path)?;
    if found > known {
        return Err(StoreError::Newer { path, found, known });
    }
    if let Some((path, now)) = at {
        writable(path)?;
        if (1..known).contains(&found) {
            copy_verified(connection, &backup_name(path, found, now))?;
        }
    }
    if found < known { apply(connection, migrations, &path) } else { Ok(()) }
}

/// The version of the file; 0 for one without any content.
fn version(connection: &Connection, path: &Path) -> Result<i32, StoreError> {
    let failed = sql_at(path);
    let number =
        |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0)).map_err(&failed);
    let (application, version) = (number("application_id")?, number("user_version")?);
    let objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(&failed)?;
    let empty = application == 0 && version == 0 && objects == 0;
    if application != APPLICATION_ID && !empty {
        return Err(StoreError::OtherApplication { path: path.to_owned() });
    }
    Ok(version)
}

/// Applies what is missing. Foreign keys are checked once at the end, so that a migration may rebuild a table.
fn apply(connection: &mut Connection, migrations: &[&str], path: &Path) -> Result<(), StoreError> {
    let failed = sql_at(path);
    connection.pragma_update(None, "foreign_keys", false).map_err(&failed)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
    // Another process may have been quicker while this one waited for the lock.
    let found = usize::try_from(version(&transaction, path)?).unwrap_or(0);
    for migration in migrations.iter().skip(found) {
        transaction.execute_batch(migration).map_err(sql)?;
    }
    let orphans: i64 =
        transaction.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).map_err(sql)?;
    if orphans > 0 {
        return Err(StoreError::Damaged(format!("{orphans} rows refer to rows that are not there")));
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(sql)?;
    transaction.pragma_update(None, "user_version", version_after(migrations)).map_err(sql)?;
    transaction.commit().map_err(&failed)
}

/// `Shop.signwright` -> `Shop.before-upgrade-1-20261121T013359.signwright`, beside it.
fn backup_name(path: &Path, version: i32, now: Timestamp) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}.before-upgrade-{version}-{}.signwright", now.strftime("%Y%m%dT%H%M%S")))
}

fn version_after(migrations: &[&str]) -> i32 {
    i32::try_from(migrations.len()).expect("there are few migrations")
}
