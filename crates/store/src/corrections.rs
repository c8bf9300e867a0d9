//! What people corrected or confirmed in documents: who, when, before, after. Never changed or deleted.

use jiff::Timestamp;
use rusqlite::named_params;
use serde::{Deserialize, Serialize};
use signwright_domain::record::Field;
use ts_rs::TS;

use crate::db::{Cells, json, moment};
use crate::{Db, StoreError};

/// One correction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Correction {
    /// Of several records of the document, the key of the one it is in.
    #[serde(default)]
    pub record: Option<String>,
    /// A field's name; with `line` the column of that line; for all lines of a section its name.
    pub field: String,
    /// Counted from 0.
    pub line: Option<u32>,
    pub who: String,
    #[ts(type = "string")]
    pub at: Timestamp,
    /// `None` for what was not there.
    pub before: Option<Field>,
    /// `None` for what was taken away.
    pub after: Option<Field>,
}

/// Keeps one correction of a document.
pub fn append(db: &Db<'_>, sha256: &str, correction: &Correction) -> Result<(), StoreError> {
    let Correction { record, field, line, who, at, before, after } = correction;
    db.run(
        "INSERT INTO corrections (sha256, record, field, line, who, at, before, after) \
         VALUES (:sha256, :record, :field, :line, :who, :at, :before, :after)",
        named_params! {
            ":sha256": sha256, ":record": record, ":field": field, ":line": line, ":who": who, ":at": moment(*at),
            ":before": before.as_ref().map(json).transpose()?, ":after": after.as_ref().map(json).transpose()?,
        },
    )?;
    Ok(())
}

/// The corrections of a document in the order they were made.
pub fn of_document(db: &Db<'_>, sha256: &str) -> Result<Vec<Correction>, StoreError> {
    let text = "SELECT record, field, line, who, at, before, after FROM corrections WHERE sha256 = ?1 ORDER BY id";
    db.rows(text, [sha256], read)
}

fn read(cells: &mut Cells<'_>) -> Result<Correction, StoreError> {
    Ok(Correction {
        record: cells.get()?,
        field: cells.get()?,
        line: cells.get()?,
        who: cells.get()?,
        at: cells.parse()?,
        before: cells.json_opt()?,
        after: cells.json_opt()?,
    })
}

#[cfg(test)]
mod tests {
    use signwright_domain::record::{Place, Value};

    use super::*;
    use crate::{Shop, documents};

    #[test]
    fn a_correction_stays_as_it_was_made() {
        let shop = Shop::in_memory().expect("shop");
        let at: Timestamp = "2026-03-01T10:00:00Z".parse().expect("time");
        let document =
            documents::NewDocument { name: "WO-1.pdf", media_type: "application/pdf", bytes: b"1", imported_at: at };
        let place = Place::Page { page: 1, bbox: [10.0, 20.0, 30.0, 40.0] };
        let after = Field {
            value: Value::Text("20431".to_owned()),
            raw: "20431".to_owned(),
            at: place,
            confidence: 1.0,
            found_by: "corrected by Ann".to_owned(),
        };
        let made = Correction {
            record: None,
            field: "work_order".to_owned(),
            line: None,
            who: "Ann".to_owned(),
            at,
            before: None,
            after: Some(after),
        };
        let kept = shop.write(|db| documents::put(db, &document)).expect("put").0;
        shop.write(|db| append(db, &kept.sha256, &made)).expect("append");
        assert_eq!(of_document(&shop.read(), &kept.sha256), Ok(vec![made]));
        let gone: Result<usize, StoreError> = shop.write(|db| db.run("DELETE FROM corrections", []));
        assert!(gone.is_err(), "a correction was deleted");
    }
}
