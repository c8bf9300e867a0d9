//! Is a shop file sound: SQLite's own checks, references, and every document against its hash.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use signwright_domain::Task;
use ts_rs::TS;

use crate::error::{io_at, sql, sql_at};
use crate::shop::{Found, MIGRATIONS, Opened, absolute, connect_to_read, current_version, look_and_open};
use crate::{StoreError, sha256};

/// What a check of a shop file found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Verification {
    /// Everything below is in order.
    pub sound: bool,
    /// Format of the file.
    pub version: i32,
    /// Size of the file, bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// What SQLite's integrity check complains about; empty when sound.
    pub integrity: Vec<String>,
    /// Rows that refer to rows that are not there; empty when sound.
    pub foreign_keys: Vec<String>,
    #[ts(type = "number")]
    pub documents: u64,
    /// Documents whose bytes are not those that came in; empty when sound.
    pub hashes_wrong: Vec<WrongHash>,
    #[ts(type = "number")]
    pub imports: u64,
    #[ts(type = "number")]
    pub records: u64,
    #[ts(type = "number")]
    pub jobs: u64,
    #[ts(type = "number")]
    pub quotes: u64,
    #[ts(type = "number")]
    pub events: u64,
}

/// A document that is not what came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WrongHash {
    pub name: String,
    /// Of what came in.
    pub sha256: String,
    /// Of what is there.
    pub found: String,
}

/// Checks the shop file at `path`, open elsewhere or not, and changes nothing in it. A file that is no shop is an
/// error; a damaged one is a finding.
pub fn verify(task: &Task, path: &Path) -> Result<Verification, StoreError> {
    let path = absolute(path)?;
    check(task, &open_to_look(&path)?.connection, &path)
}

/// The same for a connection to the file at `path`.
pub(super) fn check(task: &Task, connection: &Connection, path: &Path) -> Result<Verification, StoreError> {
    let mut report = Verification { size: fs::metadata(path).map_err(io_at(path))?.len(), ..Verification::default() };
    match examine(task, connection, &mut report) {
        Err(StoreError::Damaged(problem)) => report.integrity.push(problem),
        Err(other) => return Err(other),
        Ok(()) => {}
    }
    report.sound = report.integrity.is_empty() && report.foreign_keys.is_empty() && report.hashes_wrong.is_empty();
    Ok(report)
}

impl Verification {
    /// [`StoreError::Unsound`] with what is wrong.
    pub(super) fn require_sound(&self) -> Result<(), StoreError> {
        self.require_structure()?;
        let others = match self.hashes_wrong.len().saturating_sub(1) {
            0 => String::new(),
            1 => ", nor is 1 other document".to_owned(),
            more => format!(", nor are {more} other documents"),
        };
        match self.hashes_wrong.first() {
            Some(wrong) => Err(StoreError::Unsound(format!("{} is not the file that came in{others}", wrong.name))),
            None => Ok(()),
        }
    }

    /// The same without the documents.
    pub(super) fn require_structure(&self) -> Result<(), StoreError> {
        match self.integrity.iter().chain(&self.foreign_keys).next() {
            Some(problem) => Err(StoreError::Unsound(problem.clone())),
            None => Ok(()),
        }
    }
}

/// An existing shop, opened for looking only.
#[derive(Debug)]
pub(super) struct Looking {
    pub(super) connection: Connection,
    // After the connection.
    _opened: Opened,
}

/// A file in write-ahead-log mode must be opened for writing all the same: only then does SQLite tidy its log away at
/// the end.
pub(super) fn open_to_look(path: &Path) -> Result<Looking, StoreError> {
    let (connection, opened) = look_and_open(path, |found| {
        let readable = matches!(found, Found::Shop { .. });
        let access = match found {
            Found::Nothing => return Err(StoreError::Missing { path: path.to_owned() }),
            Found::Shop { wal: false } => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Found::Shop { wal: true } | Found::Unsettled => OpenFlags::SQLITE_OPEN_READ_WRITE,
        };
        let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .and_then(|connection| {
                connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
                Ok(connection)
            })
            .map_err(sql_at(path));
        match connection {
            // A file or folder that may not be written can be looked at all the same.
            Err(StoreError::ReadOnly { .. }) if readable => {
                connect_to_read(path).map(|(_, connection)| connection).map_err(sql_at(path))
            }
            // What is damaged is a finding of the checks to come.
            Err(StoreError::Damaged(_)) => {
                Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(sql_at(path))
            }
            other => other,
        }
    })?;
    connection.pragma_update(None, "query_only", true).map_err(sql)?;
    Ok(Looking { connection, _opened: opened })
}

/// SQLite's own check; empty when sound.
fn integrity(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut problems = lines(connection, "PRAGMA integrity_check(20)")?;
    problems.retain(|line| line != "ok");
    Ok(problems)
}

/// What the format of this program has and the file has not: tables, indexes and the triggers that guard the past.
fn absent(connection: &Connection, version: i32) -> Result<Vec<String>, StoreError> {
    if version != current_version() {
        return Ok(Vec::new());
    }
    const NAMES: &str = "SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY rowid";
    let whole = Connection::open_in_memory().map_err(sql)?;
    for migration in MIGRATIONS {
        whole.execute_batch(migration).map_err(sql)?;
    }
    let there = lines(connection, NAMES)?;
    let expected = lines(&whole, NAMES)?;
    Ok(expected.into_iter().filter(|name| !there.contains(name)).map(|name| format!("the {name} is missing")).collect())
}

fn examine(task: &Task, connection: &Connection, report: &mut Verification) -> Result<(), StoreError> {
    task.step(0, 0, "checking the structure of the file")?;
    report.version = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(sql)?;
    report.integrity = integrity(connection)?;
    report.integrity.extend(absent(connection, report.version)?);
    report.foreign_keys = lines(
        connection,
        "SELECT 'row ' || coalesce(rowid, '') || ' of ' || \"table\" || ' refers to a missing row of ' || parent \
         FROM pragma_foreign_key_check LIMIT 20",
    )?;
    let count = |table: &str| {
        let text = format!("SELECT count(*) FROM {table}");
        connection.query_row(&text, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs).map_err(sql)
    };
    report.documents = count("documents")?;
    report.imports = count("imports")?;
    report.records = count("records")?;
    report.jobs = count("jobs")?;
    report.quotes = count("quotes")?;
    report.events = count("events")?;
    rehash(task, connection, report)
}

fn rehash(task: &Task, connection: &Connection, report: &mut Verification) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT sha256, name, bytes FROM documents").map_err(sql)?;
    let mut rows = statement.query([]).map_err(sql)?;
    let mut done = 0;
    while let Some(row) = rows.next().map_err(sql)? {
        let (expected, name): (String, String) = (row.get(0).map_err(sql)?, row.get(1).map_err(sql)?);
        task.step(done, report.documents, format!("checking {name}"))?;
        let bytes = row.get_ref(2).map_err(sql)?;
        let found = sha256(bytes.as_bytes().unwrap_or_default());
        if found != expected {
            report.hashes_wrong.push(WrongHash { name, sha256: expected, found });
        }
        done += 1;
    }
    Ok(())
}

fn lines(connection: &Connection, text: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(text).map_err(sql)?;
    let found = statement.query_map([], |row| row.get(0)).map_err(sql)?;
    found.collect::<Result<_, _>>().map_err(sql)
}
