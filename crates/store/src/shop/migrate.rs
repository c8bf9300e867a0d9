//! Brings a shop file to the format this version writes. Migrations are only ever appended; `user_version` counts them.
//!
//! Everything an opening changes in the schema is one transaction: a process that is killed leaves the file before or
//! after. An older file is copied beside itself, and the copy checked, before anything is changed.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use crate::backup::copy_verified;
use crate::error::{sql, sql_at};
use crate::{Db, StoreError};

use super::{APPLICATION_ID, one_customer, short_ids};

/// The formats in order: applying the first n gives version n.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../../../../migrations/0001_shop.sql"),
    include_str!("../../../../migrations/0002_review.sql"),
    include_str!("../../../../migrations/0003_table_profiles.sql"),
    include_str!("../../../../migrations/0004_watched_files.sql"),
    include_str!("../../../../migrations/0005_records.sql"),
    include_str!("../../../../migrations/0006_job_flags.sql"),
    include_str!("../../../../migrations/0007_said_once_more.sql"),
    include_str!("../../../../migrations/0008_corrections_of_records.sql"),
    include_str!("../../../../migrations/0009_large_shops.sql"),
    include_str!("../../../../migrations/0010_short_ids.sql"),
    include_str!("../../../../migrations/0011_one_customer.sql"),
    include_str!("../../../../migrations/0012_model_data.sql"),
    include_str!("../../../../migrations/0013_model_watch.sql"),
    include_str!("../../../../migrations/0014_scenarios.sql"),
    include_str!("../../../../migrations/0015_series.sql"),
    include_str!("../../../../migrations/0016_alerts.sql"),
    include_str!("../../../../migrations/0017_outlooks.sql"),
    include_str!("../../../../migrations/0018_connections.sql"),
    include_str!("../../../../migrations/0019_assemblies.sql"),
    include_str!("../../../../migrations/0020_quotes.sql"),
];

/// With these versions what SQL cannot say is done as well.
const SHORT_IDS: usize = 10;
const ONE_CUSTOMER: usize = 11;

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
        if connection.is_readonly("main").map_err(sql)? {
            return Err(StoreError::ReadOnly { path: path.to_owned() });
        }
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
    for (before, migration) in migrations.iter().enumerate().skip(found) {
        transaction.execute_batch(migration).map_err(sql)?;
        match before + 1 {
            SHORT_IDS => short_ids::shorten(&Db::writing(&transaction))?,
            ONE_CUSTOMER => one_customer::unite(&Db::writing(&transaction))?,
            _ => {}
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: &str =
        "CREATE TABLE crews (name TEXT PRIMARY KEY NOT NULL) STRICT; INSERT INTO crews VALUES ('night');";

    fn now() -> Timestamp {
        "2026-03-01T10:00:00Z".parse().expect("a moment")
    }

    /// A file of version 1 with one customer, made by the SQL of version 1.
    fn old_file(folder: &Path) -> (PathBuf, Connection) {
        let path = folder.join("Old.signwright");
        let mut connection = Connection::open(&path).expect("a file");
        settle(&mut connection, &MIGRATIONS[..1], Some((&path, now()))).expect("version 1");
        connection
            .execute("INSERT INTO customers (customer_id, customer) VALUES ('C-1', 'Harbor')", [])
            .expect("a row");
        (path, connection)
    }

    fn number(connection: &Connection, text: &str) -> i64 {
        connection.query_row(text, [], |row| row.get(0)).expect("a number")
    }

    #[test]
    fn every_migration_applies_to_an_empty_file_and_to_an_old_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, mut connection) = old_file(folder.path());
        let later: Vec<&str> = MIGRATIONS.iter().copied().chain([NEXT]).collect();
        settle(&mut connection, &later, Some((&path, now()))).expect("upgraded");
        assert_eq!(number(&connection, "PRAGMA user_version"), later.len() as i64);
        assert_eq!(number(&connection, "SELECT count(*) FROM customers"), 1);
        assert_eq!(number(&connection, "SELECT count(*) FROM crews"), 1);

        let mut fresh = Connection::open_in_memory().expect("memory");
        settle(&mut fresh, &later, None).expect("made");
        let schema = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
        let of = |connection: &Connection| connection.query_row(schema, [], |row| row.get::<_, String>(0));
        assert_eq!(of(&connection).expect("schema"), of(&fresh).expect("schema"));
    }

    #[test]
    fn jobs_and_records_of_an_older_file_are_counted_searched_and_read() {
        let mut connection = Connection::open_in_memory().expect("memory");
        settle(&mut connection, &MIGRATIONS[..7], None).expect("version 7");
        let rows = "INSERT INTO imports (id, file_name, started_at, user, state) VALUES (1, 'f', 't', 'Ada', 'read');
            INSERT INTO records (import_id, kind, key, digest, record)
                VALUES (1, 'work_order', '1', x'00', '{\"row\":2}');
            INSERT INTO jobs (work_order, sign_type, status, customer, specification)
                VALUES ('1', 'pole', 'completed', 'Harbor Dental', '{}'), ('2', 'pole', 'completed', 'Harbor', '{}'),
                       ('3', NULL, 'quoted', 'Pine', '{}');";
        connection.execute_batch(rows).expect("rows");
        settle(&mut connection, MIGRATIONS, None).expect("upgraded");
        let check = |text: &str, expected: i64| assert_eq!(number(&connection, text), expected, "{text}");
        check("SELECT jobs FROM job_counts WHERE sign_type = 'pole' AND status = 'completed' AND estimator IS NULL", 2);
        check("SELECT jobs FROM job_counts WHERE sign_type IS NULL AND status = 'quoted'", 1);
        check("SELECT count(*) FROM jobs_search WHERE jobs_search MATCH '\"harb\"*'", 2);
        check("SELECT count(*) FROM records WHERE form_id IS NULL AND record = '{\"row\":2}'", 1);
        connection
            .execute_batch("UPDATE jobs SET customer = 'Maple', sign_type = 'ada' WHERE id = 1")
            .expect("changed");
        connection.execute_batch("DELETE FROM jobs WHERE id = 2").expect("gone");
        check("SELECT count(*) FROM job_counts WHERE sign_type = 'pole'", 0);
        check("SELECT jobs FROM job_counts WHERE sign_type = 'ada'", 1);
        check("SELECT count(*) FROM jobs_search WHERE jobs_search MATCH '\"harb\"*'", 0);
        check("SELECT count(*) FROM jobs_search WHERE jobs_search MATCH '\"maple\"*'", 1);
    }

    #[test]
    fn salesforce_ids_of_an_older_file_are_known_by_their_fifteen_characters() {
        let mut connection = Connection::open_in_memory().expect("memory");
        settle(&mut connection, &MIGRATIONS[..9], None).expect("version 9");
        let (long, deal) = ("001A0000006Vm9rIAC", "a0D30000001n7PiEAI");
        let field = |name: &str, value: &str| {
            format!(
                r#""{name}":{{"value":{{"type":"text","value":"{value}"}},"raw":"{value}","at":{{"in":"cell","sheet":null,"row":2,"column":1}},"confidence":1.0,"found_by":"column x"}}"#
            )
        };
        let record = |kind: &str, key: &str, fields: &[String]| {
            let record = format!(r#"{{"kind":"{kind}","key":"{key}","fields":{{{}}},"lines":[]}}"#, fields.join(","));
            // As this program reads it: the test is wrong where it cannot.
            serde_json::from_str::<signwright_domain::record::Record>(&record).expect("a record");
            format!("(1, '{kind}', '{key}', x'00', '{record}')")
        };
        let records = [
            record("customer", long, &[field("customer_id", long), field("customer", "Harbor")]),
            record("opportunity", deal, &[field("customer_id", long), field("opportunity", deal)]),
            record("quote", "Q-1", &[field("opportunity", deal)]),
            record("customer", "123456789012345678", &[field("customer_id", "123456789012345678")]),
        ];
        let rows = format!(
            "INSERT INTO documents VALUES ('{0}', 'f', 'text/csv', 0, 't', x'');
             INSERT INTO imports (id, sha256, file_name, started_at, user, state)
                 VALUES (1, '{0}', 'f', '2026-03-01T10:00:00Z', 'Ada', 'read');
             INSERT INTO records (import_id, kind, key, digest, record) VALUES {1};
             INSERT INTO customers (customer_id, customer) VALUES ('{long}', 'Harbor'), ('123456789012345678', 'Quay');
             INSERT INTO jobs (quote_number, status, opportunity, customer_id, specification)
                 VALUES ('Q-1', 'quoted', '{deal}', '{long}', '{{}}');",
            "0".repeat(64),
            records.join(",")
        );
        connection.execute_batch(&rows).expect("rows");
        settle(&mut connection, MIGRATIONS, None).expect("upgraded");
        let check = |text: &str, expected: i64| assert_eq!(number(&connection, text), expected, "{text}");
        check("SELECT count(*) FROM records WHERE key IN ('001A0000006Vm9r', 'a0D30000001n7Pi')", 2);
        check("SELECT count(*) FROM records WHERE key = '123456789012345678' AND digest = x'00'", 1);
        check("SELECT count(*) FROM records WHERE digest = x'00'", 1);
        check("SELECT count(*) FROM customers WHERE customer_id IN ('001A0000006Vm9r', '123456789012345678')", 2);
        check("SELECT count(*) FROM jobs WHERE opportunity = 'a0D30000001n7Pi' AND customer_id = '001A0000006Vm9r'", 1);
        let db = Db::writing(&connection);
        let kept = crate::records::by_key(&db, signwright_domain::record::RecordKind::Quote, "Q-1").expect("records");
        assert_eq!(kept[0].record.text("opportunity"), Some("a0D30000001n7Pi"));
        assert_eq!(kept[0].record.fields["opportunity"].raw, deal, "what stood in the file stays");
        let asked = crate::jobs::JobQuery { search: deal.to_owned(), ..Default::default() };
        assert_eq!(crate::jobs::page(&db, &asked).expect("a page").0, 1, "found by the long id");
    }

    #[test]
    fn an_old_file_is_copied_beside_itself_before_it_is_upgraded() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, mut connection) = old_file(folder.path());
        settle(&mut connection, &[MIGRATIONS[0], NEXT], Some((&path, now()))).expect("upgraded");
        let kept = Connection::open(folder.path().join("Old.before-upgrade-1-20260301T100000.signwright"));
        let kept = kept.expect("the backup");
        assert_eq!(number(&kept, "PRAGMA user_version"), 1);
        assert_eq!(number(&kept, "SELECT count(*) FROM customers"), 1);
    }

    #[test]
    fn an_upgrade_that_fails_leaves_the_old_version() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, mut connection) = old_file(folder.path());
        let broken = [MIGRATIONS[0], NEXT, "CREATE TABLE customers (name TEXT) STRICT;"];
        settle(&mut connection, &broken, Some((&path, now()))).expect_err("the table is there already");
        assert_eq!(number(&connection, "PRAGMA user_version"), 1);
        assert_eq!(number(&connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'crews'"), 0);
        // The first try has left its backup, which a later one does not write over.
        let later = now() + std::time::Duration::from_secs(60);
        settle(&mut connection, MIGRATIONS, Some((&path, later))).expect("it still opens");
    }

    #[test]
    fn the_schema_refuses_to_change_the_past() {
        let mut connection = Connection::open_in_memory().expect("memory");
        settle(&mut connection, MIGRATIONS, None).expect("made");
        let rows = "INSERT INTO events (at, who, action_id, command, subject) VALUES ('t', 'Ada', 'a', 'c', 's');
            INSERT INTO estimates (title, created_at, quoted_on, basis, cost, estimate) VALUES ('t', 't', 'd', 'model', 1, '{}');
            INSERT INTO quotes (number, title, customer, contact, status, created_at) VALUES ('Q', 't', 'c', '', 'draft', 't');
            INSERT INTO quote_versions VALUES (1, 1, 1, 1, 1, 'd', '{}');";
        connection.execute_batch(rows).expect("rows");
        let check = |change: &str, message: &str| {
            let error = connection.execute(change, []).map_err(sql).expect_err("refused");
            assert_eq!(error, StoreError::Refused(message.to_owned()), "{change}");
        };
        check("UPDATE events SET who = 'Eve'", "the event log cannot be changed");
        check("DELETE FROM events", "the event log cannot be deleted from");
        check("UPDATE estimates SET cost = 2", "an estimate is kept as made and cannot be changed");
        check("DELETE FROM estimates", "an estimate is kept as made and cannot be deleted");
        check("UPDATE quote_versions SET total = 2", "a locked version of a quote cannot be changed");
        check("DELETE FROM quote_versions", "a locked version of a quote cannot be deleted");
        check("REPLACE INTO events SELECT 1, 't', 'Eve', 'a', 'c', 's', NULL, NULL", "the event log cannot be changed");
        check(
            "REPLACE INTO quote_versions VALUES (1, 1, 0, 9, 9, 'd', '{}')",
            "a locked version of a quote cannot be changed",
        );
        check("REPLACE INTO estimates SELECT * FROM estimates", "an estimate is kept as made and cannot be changed");
    }

    #[test]
    fn a_full_disk_is_said_and_the_write_leaves_nothing() {
        let mut connection = Connection::open_in_memory().expect("memory");
        settle(&mut connection, MIGRATIONS, None).expect("made");
        let pages = number(&connection, "PRAGMA page_count");
        connection.pragma_update(None, "max_page_count", pages + 4).expect("limited");
        let big = "INSERT INTO settings VALUES ('bulk', json_quote(hex(zeroblob(100000))))";
        assert_eq!(connection.execute(big, []).map_err(sql), Err(StoreError::DiskFull));
        assert_eq!(number(&connection, "SELECT count(*) FROM settings"), 0);
    }
}
