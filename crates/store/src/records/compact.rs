//! A record of one row of a table, written short: the number of the row, and its cells in the order of the table's
//! [`Form`]. A tenth of the full form, of which a long list makes hundreds of megabytes.
//!
//! `[7,"Harbor Bakery",["9,333.17","m933317USD"],null,["Pole","=",0.6]]`: a text that is as it stood; raw text and value;
//! nothing; and the confidence where it is not 1. A value begins with a letter for its type; `=` is a text that is its raw
//! text. Shops that older versions wrote hold rows that say everything themselves ([`in_full`]).

mod in_full;

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value as Json;
use signwright_domain::Money;
use signwright_domain::record::{Field, Place, Record, Value};

use super::form::{Form, row_of};
use crate::StoreError;
use crate::db::Cells;

/// `None` where the form is not that of the record.
pub(super) fn write(form: &Form, record: &Record) -> Option<String> {
    let (sheet, row) = row_of(record)?;
    if form.kind != record.kind || form.sheet.as_deref() != sheet {
        return None;
    }
    let mut text = String::with_capacity(24 * form.fields.len() + 16);
    write!(text, "[{row}").expect("into a string");
    let mut fields = record.fields.iter().peekable();
    for planned in &form.fields {
        let Some((_, field)) = fields.next_if(|(name, _)| **name == planned.0) else {
            text.push_str(",null");
            continue;
        };
        let in_row =
            matches!(&field.at, Place::Cell { sheet: of, row: at, .. } if of.as_deref() == sheet && *at == row);
        if !in_row || !planned.fits(field) {
            return None;
        }
        text.push(',');
        cell(&mut text, field);
    }
    // What is left is no field of the form.
    fields.next().is_none().then(|| {
        text.push(']');
        text
    })
}

fn cell(text: &mut String, field: &Field) {
    let sure = field.confidence == 1.0;
    if sure && matches!(&field.value, Value::Text(words) if *words == field.raw) {
        return quoted(text, &field.raw);
    }
    text.push('[');
    quoted(text, &field.raw);
    text.push(',');
    value(text, &field.value, &field.raw);
    match field.confidence {
        1.0 => {}
        confidence if confidence.is_finite() => write!(text, ",{confidence:?}").expect("into a string"),
        _ => text.push_str(",0.0"),
    }
    text.push(']');
}

fn value(text: &mut String, value: &Value, raw: &str) {
    let written = match value {
        Value::Text(words) if words == raw => return text.push_str("\"=\""),
        Value::Text(words) => {
            text.push_str("\"t");
            escaped(text, words);
            return text.push('"');
        }
        Value::Number(number) => write!(text, "\"n{number}\""),
        Value::Money(money) => write!(text, "\"m{}{}\"", money.minor, money.currency.code()),
        Value::Date(date) if (0..=9999).contains(&date.year()) => {
            write!(text, "\"d{:04}-{:02}-{:02}\"", date.year(), date.month(), date.day())
        }
        Value::Date(date) => write!(text, "\"d{date}\""),
        Value::Flag(flag) => write!(text, "\"{}\"", if *flag { "yes" } else { "no" }),
    };
    written.expect("into a string");
}

/// A text as JSON.
pub(super) fn quoted(text: &mut String, words: &str) {
    text.push('"');
    escaped(text, words);
    text.push('"');
}

fn escaped(text: &mut String, words: &str) {
    if words.bytes().all(|b| b >= 0x20 && b != b'"' && b != b'\\') {
        return text.push_str(words);
    }
    let json = serde_json::to_string(words).expect("a string is JSON");
    text.push_str(&json[1..json.len() - 1]);
}

/// Key, form and record of a row of the database, in this order.
pub(super) fn of_row(cells: &mut Cells<'_>) -> Result<Record, StoreError> {
    let (key, form): (String, Option<String>) = (cells.get()?, cells.get()?);
    cells.text_as(|text| read(&key, form.as_deref(), text))
}

/// Reads a record; one without a form says everything itself.
fn read(key: &str, form: Option<&str>, text: &str) -> Result<Record, String> {
    let Some(form) = form else { return in_full::read(text) };
    let form: Form = serde_json::from_str(form).map_err(|error| error.to_string())?;
    let cells: Vec<Json> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let (row, cells) = cells.split_first().ok_or("a record without its row")?;
    let row = row.as_u64().and_then(|row| u32::try_from(row).ok()).ok_or_else(|| format!("{row} is no row"))?;
    if cells.len() != form.fields.len() {
        return Err(format!("{} cells in a form of {}", cells.len(), form.fields.len()));
    }
    let mut fields = BTreeMap::new();
    for (planned, cell) in form.fields.iter().zip(cells).filter(|(_, cell)| !cell.is_null()) {
        let (raw, value, confidence) = said(cell).ok_or_else(|| format!("{cell} is no stored cell"))?;
        let at = Place::Cell { sheet: form.sheet.clone(), row, column: planned.1 };
        let field = Field { value, raw: raw.to_owned(), at, confidence, found_by: planned.found_by() };
        fields.insert(planned.0.clone(), field);
    }
    Ok(Record { kind: form.kind, key: key.to_owned(), fields, lines: Vec::new() })
}

/// Raw text, value and confidence.
fn said(cell: &Json) -> Option<(&str, Value, f64)> {
    let (raw, value, confidence) = match cell {
        Json::String(raw) => return Some((raw, Value::Text(raw.clone()), 1.0)),
        Json::Array(parts) => match parts.as_slice() {
            [raw, value] => (raw.as_str()?, value.as_str()?, 1.0),
            [raw, value, confidence] => (raw.as_str()?, value.as_str()?, confidence.as_f64()?),
            _ => return None,
        },
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => return None,
    };
    Some((raw, parsed(value, raw)?, confidence))
}

fn parsed(value: &str, raw: &str) -> Option<Value> {
    match value {
        "=" => return Some(Value::Text(raw.to_owned())),
        "yes" => return Some(Value::Flag(true)),
        "no" => return Some(Value::Flag(false)),
        _ => {}
    }
    let text = value.get(1..)?;
    match value.get(..1)? {
        "t" => Some(Value::Text(text.to_owned())),
        "n" => text.parse().ok().map(Value::Number),
        "d" => text.parse().ok().map(Value::Date),
        "m" => {
            let (minor, currency) = text.split_at_checked(text.len().checked_sub(3)?)?;
            Some(Value::Money(Money::new(minor.parse().ok()?, currency.parse().ok()?)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use signwright_domain::Currency;
    use signwright_domain::record::RecordKind;

    use super::super::form::Forms;
    use super::*;

    fn record(found_by: &str, at: &[Place]) -> Record {
        let values = [
            Value::Text("=".to_owned()),
            Value::Text("o".to_owned()),
            Value::Number("12.50".parse().expect("number")),
            Value::Money(Money::new(-933_317, Currency::USD)),
            Value::Date(jiff::civil::date(2026, 2, 28)),
            Value::Flag(true),
            Value::Flag(false),
            Value::Text(String::new()),
        ];
        let field = |(index, value): (usize, Value)| {
            let at = at[index % at.len()].clone();
            let raw = if index == 0 { "=" } else { "raw \"x\" \u{fc}" }.to_owned();
            let confidence = if index < 2 { 1.0 } else { 0.6 };
            (format!("f{index}"), Field { value, raw, at, confidence, found_by: found_by.to_owned() })
        };
        let fields = values.into_iter().enumerate().map(field).collect();
        Record { kind: RecordKind::Quote, key: "Q \"1\"".to_owned(), fields, lines: Vec::new() }
    }

    fn cell(sheet: Option<&str>, row: u32) -> Place {
        Place::Cell { sheet: sheet.map(str::to_owned), row, column: 3 }
    }

    fn written(forms: &mut Forms, record: &Record) -> Option<(String, String)> {
        let written = forms.write(record, write).expect("written");
        written.map(|(form, text)| (form.as_ref().to_owned(), text))
    }

    #[test]
    fn what_is_written_short_reads_back() {
        let mut forms = Forms::default();
        for found_by in ["column Total Cost", "column ", "column >x", "label TOTAL"] {
            for sheet in [None, Some("Sheet \"1\"")] {
                let record = record(found_by, &[cell(sheet, 7)]);
                let (form, text) = written(&mut forms, &record).expect("one row");
                assert_eq!(read(&record.key, Some(&form), &text).as_ref(), Ok(&record));
            }
        }
    }

    #[test]
    fn rows_with_other_cells_filled_share_a_form() {
        let mut forms = Forms::default();
        let whole = record("column x", &[cell(None, 7)]);
        let with = |names: &[&str]| {
            let mut some = whole.clone();
            some.fields.retain(|name, _| names.contains(&name.as_str()));
            some
        };
        let rows = [with(&["f1", "f4"]), with(&["f2", "f4"]), whole.clone(), with(&["f7"])];
        let used: Vec<String> = rows
            .iter()
            .map(|row| {
                let (form, text) = written(&mut forms, row).expect("one row");
                assert_eq!(read(&row.key, Some(&form), &text).as_ref(), Ok(row));
                form
            })
            .collect();
        assert_eq!(used[2], used[3]);
        assert_ne!(used[0], used[2]);
    }

    #[test]
    fn other_forms_are_left_alone() {
        let mut forms = Forms::default();
        assert_eq!(written(&mut forms, &record("column x", &[cell(None, 7), cell(None, 8)])), None);
        assert_eq!(written(&mut forms, &record(">x", &[cell(None, 7)])), None);
        // What a person has put right is said of that row alone, also beside a form that would take its field in.
        let mut corrected = record("column x", &[cell(None, 7)]);
        corrected.fields.retain(|name, _| name == "f1");
        assert!(written(&mut forms, &corrected).is_some());
        let more = record("corrected by Ann", &[cell(None, 7)]).fields.remove("f2").expect("a field");
        corrected.fields.insert("f2".to_owned(), more);
        assert_eq!(written(&mut forms, &corrected), None);
        assert_eq!(written(&mut forms, &record("x", &[Place::Page { page: 1, bbox: [0.0; 4] }])), None);
        let full = record("column x", &[cell(None, 7), cell(None, 8)]);
        assert_eq!(read("", None, &serde_json::to_string(&full).expect("json")), Ok(full));
    }
}
