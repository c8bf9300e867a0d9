//! Corrections by hand: one value, the columns of a table, what a document is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use signwright_domain::record::{Field, Place, Record, RecordKind, RecordLine, Section};
use signwright_intake::profile::{self, ColumnEdges, Printed, TableEdges, ValueKind};
use ts_rs::TS;

use super::edit::{self, Editing};
use super::{Correction, Review, ReviewTable, canonical, show};
use crate::{Action, CallError, Code};

/// One value of a document: typed, pointed at on the page, or both; neither takes it away.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CorrectField {
    pub sha256: String,
    /// Of several records of the document, the key of this one.
    #[serde(default)]
    pub record: Option<String>,
    pub field: String,
    /// The line that the field belongs to, counted from 0; without it a field of the document.
    #[serde(default)]
    pub line: Option<u32>,
    /// Where `line` is one more than there are: the section that gets a new line.
    #[serde(default)]
    pub section: Option<Section>,
    /// As typed; without it what stands at the place.
    #[serde(default)]
    pub value: Option<String>,
    /// Where it stands; without it, where the typed value is printed.
    #[serde(default)]
    pub place: Option<Place>,
}

/// A table with its columns where a person has put them. The lines of its section on that page are read anew.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CorrectTable {
    pub sha256: String,
    /// Of several records of the document, the key of this one.
    #[serde(default)]
    pub record: Option<String>,
    pub table: ReviewTable,
}

/// What a document is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetDocumentKind {
    pub sha256: String,
    pub kind: RecordKind,
}

pub fn correct_field(action: &Action, input: CorrectField) -> Result<Review, CallError> {
    let key = action.shop().write(|db| -> Result<String, CallError> {
        let (editing, record) = edit::begin(db, &input.sha256, input.record.as_deref())?;
        let mut record = record.ok_or_else(|| without_kind(&input.sha256))?;
        let added = input.section.filter(|_| input.line.is_some_and(|line| line as usize == record.lines.len()));
        record.lines.extend(added.map(|section| RecordLine { section, fields: BTreeMap::new() }));
        let after = if input.value.is_none() && input.place.is_none() {
            None
        } else {
            let known = known(&record, &input)?.cloned();
            Some(corrected(action, &editing, &input, known.as_ref())?)
        };
        let fields = fields(&mut record, &input)?;
        let before = match after.clone() {
            Some(field) => fields.insert(input.field.clone(), field),
            None => fields.remove(&input.field),
        };
        // A line whose last value is taken away was none.
        record.lines.retain(|line| !line.fields.is_empty());
        let made = correction(action, input.field.clone(), input.line, before, after);
        editing.keep(db, action, record, vec![made])
    })?;
    edit::announce(action);
    show::review(action, &input.sha256, Some(&key))
}

pub fn correct_table(action: &Action, input: CorrectTable) -> Result<Review, CallError> {
    let ReviewTable { section, page, top, bottom, columns } = input.table.clone();
    if columns.iter().any(|column| column.left >= column.right) {
        return Err(CallError::invalid("a column ends before it begins"));
    }
    let key = action.shop().write(|db| -> Result<String, CallError> {
        let (editing, record) = edit::begin(db, &input.sha256, input.record.as_deref())?;
        let mut record = record.ok_or_else(|| without_kind(&input.sha256))?;
        let edge = |column: super::TableColumn| ColumnEdges {
            holds: match canonical::holds(&column.field) {
                ValueKind::Code => ValueKind::Text,
                other => other,
            },
            field: column.field,
            left: column.left,
            right: column.right,
        };
        let edges = TableEdges { section, page, top, bottom, columns: columns.into_iter().map(edge).collect() };
        let found_by = format!("column set by {}", action.options().user);
        let read = profile::rows(&Printed::of(&editing.extraction, editing.currency), &edges, &found_by);
        if read.is_empty() {
            return Err(CallError::invalid("no line between these edges reads as a row")
                .hint("Move the edges so that each column holds its words alone."));
        }
        replace_lines(&mut record.lines, section, page, (top, bottom), read);
        let name = format!("{section:?}").to_lowercase();
        editing.keep(db, action, record, vec![correction(action, name, None, None, None)])
    })?;
    edit::announce(action);
    show::review(action, &input.sha256, Some(&key))
}

pub fn set_document_kind(action: &Action, input: SetDocumentKind) -> Result<Review, CallError> {
    if canonical::sections(input.kind).is_empty() && input.kind != RecordKind::WorkOrder {
        return Err(CallError::invalid(format!("a document is no {}", input.kind.label())));
    }
    action.shop().write(|db| -> Result<(), CallError> {
        let (editing, record) = edit::begin_as_one(db, &input.sha256)?;
        // What was read for another kind of document stays only where this kind has it too.
        let (mut fields, mut lines) = record.map(|record| (record.fields, record.lines)).unwrap_or_default();
        fields.retain(|name, _| canonical::fields(input.kind).contains(&name.as_str()));
        lines.retain(|line| canonical::sections(input.kind).contains(&line.section));
        let record = Record { kind: input.kind, key: String::new(), fields, lines };
        editing.keep(db, action, record, vec![correction(action, "kind".to_owned(), None, None, None)])?;
        Ok(())
    })?;
    edit::announce(action);
    show::review(action, &input.sha256, None)
}

fn without_kind(sha256: &str) -> CallError {
    CallError::new(Code::Conflict, format!("nobody has said yet what the document {sha256} is"))
        .hint("Say first whether it is a cost summary, a vendor bill or something else.")
}

fn correction(
    action: &Action,
    field: String,
    line: Option<u32>,
    before: Option<Field>,
    after: Option<Field>,
) -> Correction {
    Correction { record: None, field, line, who: action.options().user.clone(), at: action.now, before, after }
}

fn fields<'r>(record: &'r mut Record, input: &CorrectField) -> Result<&'r mut BTreeMap<String, Field>, CallError> {
    match input.line {
        None => Ok(&mut record.fields),
        Some(line) => {
            let found = record.lines.get_mut(line as usize);
            Ok(&mut found.ok_or_else(|| CallError::not_found(format!("line {line} of the document")))?.fields)
        }
    }
}

fn known<'r>(record: &'r Record, input: &CorrectField) -> Result<Option<&'r Field>, CallError> {
    Ok(match input.line {
        None => record.fields.get(&input.field),
        Some(line) => {
            let found = record.lines.get(line as usize);
            found.ok_or_else(|| CallError::not_found(format!("line {line} of the document")))?.fields.get(&input.field)
        }
    })
}

/// The value as a person gave it, read as strictly as at import.
fn corrected(
    action: &Action,
    editing: &Editing,
    input: &CorrectField,
    known: Option<&Field>,
) -> Result<Field, CallError> {
    let printed = Printed::of(&editing.extraction, editing.currency);
    let holds = canonical::holds(&input.field);
    let pointed = match &input.place {
        Some(Place::Page { page, bbox }) => {
            let here = profile::at(&printed, *page, *bbox);
            Some(here.ok_or_else(|| CallError::invalid(format!("nothing stands there on page {page}")))?)
        }
        Some(Place::Cell { .. }) | None => None,
    };
    let text = input.value.clone().or_else(|| pointed.as_ref().map(|(raw, _)| raw.clone())).unwrap_or_default();
    let value = profile::understood(&printed, &text, holds).ok_or_else(|| refused(&text, holds))?;
    let kept = known.filter(|field| field.value == value).map(|field| (field.raw.clone(), field.at.clone()));
    let found = || profile::find(&printed, &value, &text, holds);
    let nowhere = || (text.clone(), Place::Page { page: 1, bbox: [0.0; 4] });
    let (raw, at) = pointed.or(kept).or_else(found).unwrap_or_else(nowhere);
    let verb = if known.is_some_and(|field| field.value == value) { "confirmed" } else { "corrected" };
    Ok(Field { value, raw, at, confidence: 1.0, found_by: format!("{verb} by {}", action.options().user) })
}

fn refused(text: &str, holds: ValueKind) -> CallError {
    let (what, hint) = match holds {
        ValueKind::Amount => ("an amount", "Write it as 1234.50."),
        ValueKind::Number => ("a number", "Write it as 1234.5."),
        ValueKind::Date => ("a date", "Write it as 2026-01-31."),
        ValueKind::Text | ValueKind::Code => ("a value", "Type something, or point at it on the page."),
    };
    CallError::invalid(format!("\"{text}\" is not {what}")).hint(hint)
}

/// New lines in the place of the old ones of that section, page and stretch.
fn replace_lines(
    lines: &mut Vec<RecordLine>,
    section: Section,
    page: u32,
    (top, bottom): (f64, f64),
    read: Vec<RecordLine>,
) {
    let inside = |line: &RecordLine| {
        line.section == section
            && line.fields.values().any(|field| match &field.at {
                Place::Page { page: at, bbox } => *at == page && bbox[3] > top && bbox[1] < bottom,
                Place::Cell { .. } => false,
            })
    };
    let at = lines.iter().position(inside).unwrap_or(lines.len());
    lines.retain(|line| !inside(line));
    let at = at.min(lines.len());
    lines.splice(at..at, read);
}
