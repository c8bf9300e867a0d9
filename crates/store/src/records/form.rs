//! What the rows of one table have in common: the kind of record, the sheet, and of every field its column and how it was
//! found. Kept once per table; a row then is its number and its cells.
//!
//! `{"kind":"work_order","sheet":null,"fields":[["total_cost",8,">Total Cost"]]}`; `>` stands for "column ".

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use signwright_domain::record::{Field, Place, Record, RecordKind};

use super::{CORRECTED_BY, Written};
use crate::db::json;
use crate::{Db, StoreError};

const COLUMN: &str = "column ";
/// So many are tried before another one is made: a table has one, or a few where columns are filled in turns.
const MOST: usize = 16;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Form {
    pub(super) kind: RecordKind,
    pub(super) sheet: Option<String>,
    /// By name, in the order of the names.
    pub(super) fields: Vec<FormField>,
}

/// Name, column and how it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FormField(pub(super) String, pub(super) u32, String);

impl FormField {
    pub(super) fn found_by(&self) -> String {
        found_by(&self.2)
    }

    fn is_found_by(&self, found_by: &str) -> bool {
        match self.2.strip_prefix('>') {
            Some(header) => found_by.strip_prefix(COLUMN) == Some(header),
            None => self.2 == found_by,
        }
    }

    /// Whether a field of this name stands in this column and was found in this way.
    pub(super) fn fits(&self, field: &Field) -> bool {
        matches!(field.at, Place::Cell { column, .. } if column == self.1) && self.is_found_by(&field.found_by)
    }
}

/// How a field was found, of its short form: `>` stands for "column ".
pub(super) fn found_by(short: &str) -> String {
    short.strip_prefix('>').map_or_else(|| short.to_owned(), |header| format!("{COLUMN}{header}"))
}

impl Form {
    /// `None` where the record has lines, pages, cells of several rows, or what a person has corrected, which is
    /// said of this row alone.
    fn of(record: &Record) -> Option<Self> {
        let (sheet, row) = row_of(record)?;
        let fields = record.fields.iter().map(|(name, field)| match &field.at {
            Place::Cell { sheet: of, row: at, column } if of.as_deref() == sheet && *at == row => {
                // A way of finding that begins with the mark is left to the long form.
                let found_by = match field.found_by.strip_prefix(COLUMN) {
                    Some(header) => format!(">{header}"),
                    None => Some(field.found_by.clone())
                        .filter(|words| !words.starts_with('>') && !words.starts_with(CORRECTED_BY))?,
                };
                Some(FormField(name.clone(), *column, found_by))
            }
            Place::Cell { .. } | Place::Page { .. } => None,
        });
        let fields = fields.collect::<Option<Vec<_>>>()?;
        Some(Self { kind: record.kind, sheet: sheet.map(str::to_owned), fields })
    }

    /// The fields of both, where those that both have are the same.
    fn with(&self, other: Self) -> Self {
        let of_one_table = self.kind == other.kind && self.sheet == other.sheet;
        let mut fields = self.fields.clone();
        for field in &other.fields {
            match fields.binary_search_by(|own| own.0.cmp(&field.0)) {
                Ok(at) if of_one_table && fields[at] == *field => {}
                Err(at) if of_one_table => fields.insert(at, field.clone()),
                Ok(_) | Err(_) => return other,
            }
        }
        Self { fields, ..other }
    }
}

/// Sheet and row of a record that is one row of a table, by its first field.
pub(super) fn row_of(record: &Record) -> Option<(Option<&str>, u32)> {
    match &record.fields.values().next()?.at {
        Place::Cell { sheet, row, .. } if record.lines.is_empty() => Some((sheet.as_deref(), *row)),
        Place::Cell { .. } | Place::Page { .. } => None,
    }
}

/// A form and its text.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) form: Form,
    pub(super) text: Arc<str>,
}

/// The forms of the rows that were written, the newest last.
#[derive(Debug, Default)]
pub struct Forms {
    known: Vec<Kept>,
}

impl Forms {
    /// What `write` makes of the record by the newest form that fits it, else by a new one.
    pub(super) fn write(
        &mut self,
        record: &Record,
        write: impl Fn(&Form, &Record) -> Option<String>,
    ) -> Result<Option<(Arc<str>, String)>, StoreError> {
        let written = |kept: &Kept| write(&kept.form, record).map(|text| (Arc::clone(&kept.text), text));
        if let Some(found) = self.known.iter().rev().find_map(written) {
            return Ok(Some(found));
        }
        let Some(own) = Form::of(record) else { return Ok(None) };
        let form = match self.known.last() {
            Some(newest) => newest.form.with(own),
            None => own,
        };
        if self.known.len() == MOST {
            self.known.remove(0);
        }
        self.known.push(Kept { text: json(&form)?.into(), form });
        Ok(self.known.last().and_then(written))
    }
}

/// The id of the form that a record was written by; `None` for one that says everything itself.
pub(super) fn id(db: &Db<'_>, written: &Written) -> Result<Option<i64>, StoreError> {
    let Some(text) = &written.form else { return Ok(None) };
    if let Some(id) = db.form_id(text) {
        return Ok(Some(id));
    }
    let known = db.row("SELECT id FROM record_forms WHERE form = ?1", [text.as_ref()], |cells| cells.get())?;
    let id = match known {
        Some(id) => id,
        None => db.insert("INSERT INTO record_forms (form) VALUES (?1)", [text.as_ref()])?,
    };
    db.note_form(text, id);
    Ok(Some(id))
}
