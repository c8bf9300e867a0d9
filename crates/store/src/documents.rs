//! The original files, each kept once under the SHA-256 of its bytes, with what was read from it.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::record::Extraction;
use ts_rs::TS;

use crate::db::{Cells, json, limit, moment};
use crate::{Change, Db, StoreError, sha256};

/// A file as it comes in.
#[derive(Clone, Copy, Debug)]
pub struct NewDocument<'a> {
    pub name: &'a str,
    /// Such as `application/pdf`.
    pub media_type: &'a str,
    pub bytes: &'a [u8],
    pub imported_at: Timestamp,
}

/// A kept file, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Document {
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// As it was called when it first came in.
    pub name: String,
    pub media_type: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    #[ts(type = "string")]
    pub imported_at: Timestamp,
}

const COLUMNS: &str = "sha256, name, media_type, size, imported_at";

/// Keeps a file. The same bytes again, under whatever name, are `Unchanged`, and the first name stays.
pub fn put(db: &Db<'_>, document: &NewDocument<'_>) -> Result<(Document, Change), StoreError> {
    let sha256 = sha256(document.bytes);
    if let Some(kept) = info(db, &sha256)? {
        return Ok((kept, Change::Unchanged));
    }
    let size = i64::try_from(document.bytes.len()).map_err(|_| StoreError::TooLarge)?;
    let row = db.insert(
        "INSERT INTO documents (sha256, name, media_type, size, imported_at, bytes) \
         VALUES (:sha256, :name, :media_type, :size, :imported_at, zeroblob(:size))",
        named_params! {
            ":sha256": sha256, ":name": document.name, ":media_type": document.media_type, ":size": size,
            ":imported_at": moment(document.imported_at),
        },
    )?;
    // Written in place: a bound value would be copied, twice, and a file may have hundreds of megabytes.
    db.write_blob("documents", "bytes", row, document.bytes)?;
    let kept = Document {
        sha256,
        name: document.name.to_owned(),
        media_type: document.media_type.to_owned(),
        size: size.unsigned_abs(),
        imported_at: document.imported_at,
    };
    Ok((kept, Change::Created))
}

pub fn info(db: &Db<'_>, sha256: &str) -> Result<Option<Document>, StoreError> {
    db.row(&format!("SELECT {COLUMNS} FROM documents WHERE sha256 = ?1"), [sha256], read)
}

/// The file itself, byte for byte.
pub fn bytes(db: &Db<'_>, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
    db.row("SELECT bytes FROM documents WHERE sha256 = ?1", [sha256], |cells| cells.get())
}

/// Newest first.
pub fn list(db: &Db<'_>, offset: u32, rows: u32) -> Result<Vec<Document>, StoreError> {
    let text = format!("SELECT {COLUMNS} FROM documents ORDER BY rowid DESC LIMIT ?1 OFFSET ?2");
    db.rows(&text, [limit(rows), limit(offset)], read)
}

pub fn count(db: &Db<'_>) -> Result<u64, StoreError> {
    db.count("SELECT count(*) FROM documents", [])
}

/// Keeps what was read from a document, words and pages, in place of an earlier reading.
pub fn set_extraction(db: &Db<'_>, sha256: &str, extraction: &Extraction) -> Result<(), StoreError> {
    let text = "INSERT INTO extractions (sha256, extraction) VALUES (:sha256, :extraction) \
                ON CONFLICT (sha256) DO UPDATE SET extraction = excluded.extraction";
    db.run(text, named_params! { ":sha256": sha256, ":extraction": json(extraction)? })?;
    Ok(())
}

/// What was read from a document; `None` for one that is not a PDF or was never read.
pub fn extraction(db: &Db<'_>, sha256: &str) -> Result<Option<Extraction>, StoreError> {
    db.row("SELECT extraction FROM extractions WHERE sha256 = ?1", [sha256], |cells| cells.json())
}

fn read(cells: &mut Cells<'_>) -> Result<Document, StoreError> {
    Ok(Document {
        sha256: cells.get()?,
        name: cells.get()?,
        media_type: cells.get()?,
        size: cells.count()?,
        imported_at: cells.parse()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shop;

    #[test]
    fn a_file_is_kept_once_however_often_it_comes_in() {
        let shop = Shop::in_memory().expect("shop");
        let first = NewDocument {
            name: "WO-20431.pdf",
            media_type: "application/pdf",
            bytes: b"%PDF-1.7 cost summary",
            imported_at: "2026-03-01T10:00:00.123456789Z".parse().expect("time"),
        };
        let (kept, change) = shop.write(|db| put(db, &first)).expect("put");
        assert_eq!((change, kept.size), (Change::Created, 21));
        let again = NewDocument { name: "copy of WO-20431.pdf", ..first };
        assert_eq!(shop.write(|db| put(db, &again)), Ok((kept.clone(), Change::Unchanged)));
        let db = shop.read();
        assert_eq!(list(&db, 0, 10), Ok(vec![kept.clone()]));
        assert_eq!(bytes(&db, &kept.sha256), Ok(Some(first.bytes.to_vec())));
        assert_eq!(info(&db, "0"), Ok(None));
        assert_eq!(extraction(&db, &kept.sha256), Ok(None));
    }
}
