//! A record as it is stored: its text, and a digest of its values. Making both is most of the work of storing a row, and
//! needs no database, so another thread may do it.

use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use signwright_domain::record::{Field, JobPart, Record, RecordKind, Value};

use super::compact;
use super::form::Forms;
use crate::StoreError;
use crate::db::json;

/// A record ready to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub kind: RecordKind,
    pub key: String,
    /// What it names beside its key.
    pub names: Names,
    pub(super) form: Option<Arc<str>>,
    pub(super) text: String,
    pub(super) digest: [u8; 16],
}

/// Other things that a record names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub work_order: Option<String>,
    pub quote_number: Option<String>,
    pub opportunity: Option<String>,
    pub external_id: Option<String>,
}

/// As the columns beside a record keep them: what is its key already stands there alone.
pub(super) struct OwnNames<'w> {
    pub(super) work_order: Option<&'w str>,
    pub(super) quote_number: Option<&'w str>,
    pub(super) opportunity: Option<&'w str>,
    pub(super) external_id: Option<&'w str>,
}

impl Written {
    pub(super) fn own_names(&self) -> OwnNames<'_> {
        let (part, names) = (self.kind.job_part(), &self.names);
        OwnNames {
            work_order: names.work_order.as_deref().filter(|_| part != JobPart::Account),
            quote_number: names.quote_number.as_deref().filter(|_| part != JobPart::Quote),
            opportunity: names.opportunity.as_deref().filter(|_| self.kind == RecordKind::LineItem),
            external_id: names.external_id.as_deref(),
        }
    }
}

/// Writes a record; a row of a table is written short, by a form that it has in common with others.
pub fn written(record: &Record, forms: &mut Forms) -> Result<Written, StoreError> {
    let digest = digest(record)?;
    let (form, text) = match forms.write(record, compact::write)? {
        Some((form, text)) => (Some(form), text),
        None => (None, json(record)?),
    };
    Ok(Written { kind: record.kind, key: record.key.clone(), names: names(record), form, text, digest })
}

fn names(record: &Record) -> Names {
    let field = |name| record.value(name).map(Value::to_string);
    Names {
        work_order: field("work_order"),
        quote_number: field("quote_number"),
        opportunity: field("opportunity"),
        external_id: field("external_id"),
    }
}

/// Covers the values without places, raw text and confidence. Of the JSON that every version has made of them.
fn digest(record: &Record) -> Result<[u8; 16], StoreError> {
    let mut text = String::with_capacity(64 * record.fields.len());
    text.push('[');
    values(&mut text, &record.fields)?;
    text.push_str(",[");
    for (index, line) in record.lines.iter().enumerate() {
        text.push_str(if index == 0 { "[" } else { ",[" });
        text.push_str(&json(&line.section)?);
        text.push(',');
        values(&mut text, &line.fields)?;
        text.push(']');
    }
    text.push_str("]]");
    let hash = Sha256::digest(text.as_bytes());
    let mut short = [0; 16];
    short.copy_from_slice(&hash[..16]);
    Ok(short)
}

fn values<'f>(text: &mut String, fields: impl IntoIterator<Item = (&'f String, &'f Field)>) -> Result<(), StoreError> {
    text.push('[');
    for (index, (name, field)) in fields.into_iter().enumerate() {
        text.push_str(if index == 0 { "[" } else { ",[" });
        compact::quoted(text, name);
        text.push(',');
        value(text, &field.value)?;
        text.push(']');
    }
    text.push(']');
    Ok(())
}

/// As serde writes it, in a third of the time.
fn value(text: &mut String, value: &Value) -> Result<(), StoreError> {
    match value {
        Value::Text(words) => {
            text.push_str(r#"{"type":"text","value":"#);
            compact::quoted(text, words);
            text.push('}');
        }
        Value::Number(number) => write!(text, r#"{{"type":"number","value":"{number}"}}"#).expect("into a string"),
        Value::Money(money) => {
            let code = money.currency.code();
            write!(text, r#"{{"type":"money","value":{{"minor":{},"currency":"{code}"}}}}"#, money.minor)
                .expect("into a string");
        }
        Value::Flag(flag) => write!(text, r#"{{"type":"flag","value":{flag}}}"#).expect("into a string"),
        Value::Date(date) if (0..=9999).contains(&date.year()) => {
            let (year, month, day) = (date.year(), date.month(), date.day());
            write!(text, r#"{{"type":"date","value":"{year:04}-{month:02}-{day:02}"}}"#).expect("into a string");
        }
        Value::Date(_) => text.push_str(&json(value)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use signwright_domain::record::{Place, RecordLine, Section};
    use signwright_domain::{Currency, Money};

    use super::*;

    #[test]
    fn the_digest_is_that_of_the_values_as_json() {
        let values = [
            Value::Text("Bay \"7\"\n\u{fc}".to_owned()),
            Value::Number("-12.50".parse().expect("number")),
            Value::Money(Money::new(-933_317, Currency::USD)),
            Value::Date(jiff::civil::date(2026, 2, 28)),
            Value::Flag(true),
        ];
        let at = Place::Cell { sheet: None, row: 1, column: 1 };
        let field = |value: &Value| Field {
            value: value.clone(),
            raw: String::new(),
            at: at.clone(),
            confidence: 1.0,
            found_by: String::new(),
        };
        let fields: BTreeMap<String, Field> =
            values.iter().enumerate().map(|(i, value)| (format!("f{i}"), field(value))).collect();
        let line = RecordLine { section: Section::Labour, fields: fields.clone() };
        let record = Record {
            kind: RecordKind::Quote,
            key: String::new(),
            fields: fields.clone(),
            lines: vec![line.clone(), line],
        };
        let plain: Vec<(&String, &Value)> = fields.iter().map(|(name, field)| (name, &field.value)).collect();
        let lines = vec![(Section::Labour, plain.clone()), (Section::Labour, plain.clone())];
        let text = serde_json::to_string(&(plain, lines)).expect("json");
        let expected = Sha256::digest(text.as_bytes());
        assert_eq!(digest(&record).expect("digest"), expected[..16]);
    }
}
