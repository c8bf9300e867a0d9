//! Whole lines corrected by hand: one that is none taken out, one that only continues a description joined to the line above.

use serde::{Deserialize, Serialize};
use signwright_domain::record::{Field, Place, RecordLine, Value};
use ts_rs::TS;

use super::{Correction, Review, edit, show};
use crate::{Action, CallError, Code};

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineEdit {
    /// It is no line of the document.
    Remove,
    /// It goes on with the description of the line above in its section.
    Join,
}

/// One line of a document, counted from 0, and what to do with it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CorrectLine {
    pub sha256: String,
    /// Of several records of the document, the key of this one.
    #[serde(default)]
    pub record: Option<String>,
    pub line: u32,
    pub edit: LineEdit,
}

pub fn correct_line(action: &Action, input: CorrectLine) -> Result<Review, CallError> {
    let key = action.shop().write(|db| -> Result<String, CallError> {
        let (editing, record) = edit::begin(db, &input.sha256, input.record.as_deref())?;
        let missing = || CallError::not_found(format!("line {} of the document", input.line));
        let mut record = record.ok_or_else(missing)?;
        let at = input.line as usize;
        let line = record.lines.get(at).cloned().ok_or_else(missing)?;
        let made = match input.edit {
            LineEdit::Remove => taken_away(action, input.line, &line),
            LineEdit::Join => {
                let above = record.lines[..at].iter().rposition(|above| above.section == line.section);
                let above = above.ok_or_else(|| CallError::invalid("no line stands above it"))?;
                joined(action, above, &mut record.lines[above], &line)?
            }
        };
        record.lines.remove(at);
        editing.keep(db, action, record, made)
    })?;
    edit::announce(action);
    show::review(action, &input.sha256, Some(&key))
}

fn taken_away(action: &Action, number: u32, line: &RecordLine) -> Vec<Correction> {
    let gone = line.fields.iter().map(|(name, field)| Correction {
        record: None,
        field: name.clone(),
        line: Some(number),
        who: action.options().user.clone(),
        at: action.now,
        before: Some(field.clone()),
        after: None,
    });
    gone.collect()
}

/// Texts are put together; any other value moves up where the line above has none. Two amounts are never made one.
fn joined(
    action: &Action,
    number: usize,
    above: &mut RecordLine,
    line: &RecordLine,
) -> Result<Vec<Correction>, CallError> {
    let mut made = Vec::new();
    for (name, field) in &line.fields {
        let before = above.fields.get(name).cloned();
        let mut after = match &before {
            None => field.clone(),
            Some(before) => continued(before, field).ok_or_else(|| two_values(name))?,
        };
        after.confidence = 1.0;
        after.found_by = format!("joined by {}", action.options().user);
        above.fields.insert(name.clone(), after.clone());
        made.push(Correction {
            record: None,
            field: name.clone(),
            line: u32::try_from(number).ok(),
            who: action.options().user.clone(),
            at: action.now,
            before,
            after: Some(after),
        });
    }
    Ok(made)
}

fn continued(above: &Field, below: &Field) -> Option<Field> {
    let (Value::Text(first), Value::Text(second)) = (&above.value, &below.value) else { return None };
    let at = match (&above.at, &below.at) {
        (Place::Page { page, bbox: a }, Place::Page { page: other, bbox: b }) if page == other => {
            Place::Page { page: *page, bbox: [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])] }
        }
        _ => above.at.clone(),
    };
    let value = Value::Text(format!("{first} {second}"));
    Some(Field { value, raw: format!("{} {}", above.raw, below.raw), at, ..above.clone() })
}

fn two_values(name: &str) -> CallError {
    CallError::new(Code::Conflict, format!("both lines have a value for {}", name.replace('_', " ")))
        .hint("Take the wrong one away first, or remove the line.")
}
