//! A record of one row of a table, written short: every value of it stands in the same row and sheet, and most were found
//! by the name of their column. A fifth of the full form, of which a long list makes hundreds of megabytes.
//!
//! `{"row":7,"sheet":null,"kind":"work_order","key":"431","fields":{"total_cost":[8,"9,333.17","m933317USD",">Total Cost",1.0]}}`:
//! column, raw text, value, how it was found, confidence. A value begins with a letter for its type; `=` is a text that is
//! its raw text. `>` stands for "column ".

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;
use signwright_domain::Money;
use signwright_domain::record::{Field, Place, Record, RecordKind, Value};

#[derive(Deserialize)]
struct Row<'r> {
    row: u32,
    #[serde(borrow)]
    sheet: Option<Cow<'r, str>>,
    kind: RecordKind,
    #[serde(borrow)]
    key: Cow<'r, str>,
    #[serde(borrow)]
    fields: BTreeMap<Cow<'r, str>, Cells<'r>>,
}

#[derive(Deserialize)]
struct Cells<'r>(u32, #[serde(borrow)] Cow<'r, str>, #[serde(borrow)] Cow<'r, str>, #[serde(borrow)] Cow<'r, str>, f64);

/// The form is told by how it begins.
const BEGINS: &str = "{\"row\":";
const COLUMN: &str = "column ";

/// `None` where the record has another form: lines, pages, or cells of several rows.
pub(super) fn write(record: &Record) -> Option<String> {
    let Place::Cell { sheet, row, .. } = &record.fields.values().next()?.at else { return None };
    if !record.lines.is_empty() {
        return None;
    }
    let mut text = String::with_capacity(80 * record.fields.len() + 100);
    write!(text, "{BEGINS}{row},\"sheet\":").expect("into a string");
    match sheet {
        Some(sheet) => quoted(&mut text, sheet),
        None => text.push_str("null"),
    }
    write!(text, ",\"kind\":\"{}\",\"key\":", record.kind.word()).expect("into a string");
    quoted(&mut text, &record.key);
    text.push_str(",\"fields\":{");
    for (index, (name, field)) in record.fields.iter().enumerate() {
        let Place::Cell { sheet: of, row: at, column } = &field.at else { return None };
        if of != sheet || at != row {
            return None;
        }
        if index > 0 {
            text.push(',');
        }
        quoted(&mut text, name);
        write!(text, ":[{column},").expect("into a string");
        cells(&mut text, field);
    }
    text.push_str("}}");
    Some(text)
}

fn cells(text: &mut String, field: &Field) {
    quoted(text, &field.raw);
    text.push(',');
    value(text, &field.value, &field.raw);
    match field.found_by.strip_prefix(COLUMN) {
        Some(header) => {
            text.push_str(",\">");
            escaped(text, header);
            text.push('"');
        }
        None => {
            text.push(',');
            quoted(text, &field.found_by);
        }
    }
    match field.confidence {
        1.0 => text.push_str(",1.0]"),
        confidence if confidence.is_finite() => write!(text, ",{confidence:?}]").expect("into a string"),
        _ => text.push_str(",0.0]"),
    }
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

/// Reads either form.
pub(super) fn read(text: &str) -> Result<Record, String> {
    if !text.starts_with(BEGINS) {
        return serde_json::from_str(text).map_err(|error| error.to_string());
    }
    let row: Row<'_> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let field = |(name, cells): (Cow<'_, str>, Cells<'_>)| {
        let Cells(column, raw, value, found_by, confidence) = cells;
        let value = parsed(&value, &raw).ok_or_else(|| format!("\"{value}\" is no stored value"))?;
        let at = Place::Cell { sheet: row.sheet.as_deref().map(str::to_owned), row: row.row, column };
        let found_by = match found_by.strip_prefix('>') {
            Some(header) => format!("{COLUMN}{header}"),
            None => found_by.into_owned(),
        };
        Ok((name.into_owned(), Field { value, raw: raw.into_owned(), at, confidence, found_by }))
    };
    let fields = row.fields.into_iter().map(field).collect::<Result<BTreeMap<_, _>, String>>()?;
    Ok(Record { kind: row.kind, key: row.key.into_owned(), fields, lines: Vec::new() })
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
            (format!("f{index}"), Field { value, raw, at, confidence: 0.6, found_by: found_by.to_owned() })
        };
        let fields = values.into_iter().enumerate().map(field).collect();
        Record { kind: RecordKind::Quote, key: "Q \"1\"".to_owned(), fields, lines: Vec::new() }
    }

    fn cell(sheet: Option<&str>, row: u32) -> Place {
        Place::Cell { sheet: sheet.map(str::to_owned), row, column: 3 }
    }

    #[test]
    fn what_is_written_short_reads_back() {
        for found_by in ["column Total Cost", "column ", "label TOTAL", ">x"] {
            for sheet in [None, Some("Sheet \"1\"")] {
                let record = record(found_by, &[cell(sheet, 7)]);
                let text = write(&record).expect("one row");
                let expected = if found_by == ">x" { "column x" } else { found_by };
                let read = read(&text).expect("reads");
                assert_eq!(read.fields["f3"].found_by, expected);
                assert!(found_by == ">x" || read == record);
            }
        }
    }

    #[test]
    fn other_forms_are_left_alone() {
        assert_eq!(write(&record("column x", &[cell(None, 7), cell(None, 8)])), None);
        assert_eq!(write(&record("x", &[Place::Page { page: 1, bbox: [0.0; 4] }])), None);
        let full = record("column x", &[cell(None, 7), cell(None, 8)]);
        assert_eq!(read(&serde_json::to_string(&full).expect("json")), Ok(full));
    }
}
