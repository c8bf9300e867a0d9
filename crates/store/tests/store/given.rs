//! What the tests start from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use signwright_domain::job::{CostRecord, Job, JobStatus};
use signwright_domain::record::{Field, Place, Record, RecordKind, Value};
use signwright_domain::{Currency, DriverValue, Money, Specification};
use signwright_store::documents::{self, NewDocument};
use signwright_store::imports::{self, NewImport};
use signwright_store::records::Origin;
use signwright_store::{Shop, StoreError};
use tempfile::TempDir;

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

pub(crate) fn now() -> Timestamp {
    at("2026-03-01T10:00:00Z")
}

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// A folder and the place of a shop in it.
pub(crate) fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Beacon Signs.signwright");
    (folder, path)
}

pub(crate) fn open(path: &Path) -> Shop {
    Shop::open(path, now()).expect("the shop opens")
}

/// A finished monument of 60 square feet per face, two faces.
pub(crate) fn job(work_order: &str) -> Job {
    let mut specification = Specification::default();
    specification.set("width", DriverValue::Number(10.0));
    specification.set("height", DriverValue::Number(6.0));
    specification.set("faces", DriverValue::Number(2.0));
    Job {
        work_order: Some(work_order.to_owned()),
        customer: Some("Café Zürich".to_owned()),
        description: Some("Double-faced monument".to_owned()),
        sign_type: Some("monument".to_owned()),
        estimator: Some("RK".to_owned()),
        status: JobStatus::Completed,
        completed_on: Some("2026-02-10".parse().expect("a day")),
        estimated_cost: Some(usd(1_000_000)),
        actual: CostRecord { total: Some(usd(1_200_000)), ..CostRecord::default() },
        actual_hours: Some(31.5),
        specification,
        ..Job::default()
    }
}

/// Keeps a document of these bytes and begins an import of it.
pub(crate) fn import(shop: &Shop, name: &str, bytes: &[u8]) -> (i64, String) {
    shop.write(|db| -> Result<_, StoreError> {
        let document = NewDocument { name, media_type: "text/csv", bytes, imported_at: now() };
        let (kept, _) = documents::put(db, &document)?;
        let new = NewImport { sha256: Some(&kept.sha256), file_name: name, at: now(), user: "Ada" };
        Ok((imports::start(db, &new)?, kept.sha256))
    })
    .expect("an import")
}

pub(crate) fn origin(import: &(i64, String)) -> Origin<'_> {
    Origin { import_id: import.0, sha256: &import.1 }
}

/// A record with one amount, read in `row`.
pub(crate) fn record(kind: RecordKind, key: &str, total: i64, row: u32) -> Record {
    let field = Field {
        value: Value::Money(usd(total)),
        raw: total.to_string(),
        at: Place::Cell { sheet: None, row, column: 4 },
        confidence: 1.0,
        found_by: "column Total Cost".to_owned(),
    };
    Record { kind, key: key.to_owned(), fields: BTreeMap::from([("total_cost".to_owned(), field)]), lines: Vec::new() }
}
