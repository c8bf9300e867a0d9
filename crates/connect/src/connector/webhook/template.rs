//! JSON with `{{path.to.value}}` in it.
//!
//! Inside of a text a slot stands for the words of a value, escaped as JSON wants it; elsewhere for the value itself,
//! whatever it is. A path leads through the payload by names and places (`quotes.0.total`), or through `parcel`: `kind`,
//! `subject`, `at` and `idempotency_key`. One that leads nowhere is an error, never an empty text.

use serde_json::{Value, json};
use signwright_domain::connection::Parcel;

use crate::ConnectError;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    /// A value; as words where it stands inside of a text.
    Slot {
        path: String,
        inside: bool,
    },
}

impl Template {
    pub(super) fn parse(text: &str) -> Result<Self, ConnectError> {
        let template = Self(parts(text)?);
        let tried = template.written(|_, inside| Ok(if inside { String::new() } else { "null".to_owned() }))?;
        serde_json::from_str::<Value>(&tried)
            .map_err(|error| ConnectError::Template(format!("it is no JSON with every slot filled: {error}")))?;
        Ok(template)
    }

    pub(super) fn filled(&self, parcel: &Parcel) -> Result<String, ConnectError> {
        let about = json!({
            "kind": parcel.kind,
            "subject": parcel.subject,
            "at": parcel.at,
            "idempotency_key": parcel.idempotency_key,
        });
        self.written(|path, inside| {
            let value = match path.strip_prefix("parcel.") {
                Some(rest) => found(&about, rest),
                None => found(&parcel.payload, path),
            };
            let value = value.ok_or_else(|| fault(parcel, path, "is not there"))?;
            if inside {
                words(value).ok_or_else(|| fault(parcel, path, "does not go into a text"))
            } else {
                Ok(value.to_string())
            }
        })
    }

    fn written(&self, fill: impl Fn(&str, bool) -> Result<String, ConnectError>) -> Result<String, ConnectError> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Slot { path, inside } => text.push_str(&fill(path, *inside)?),
            }
        }
        Ok(text)
    }
}

fn parts(text: &str) -> Result<Vec<Part>, ConnectError> {
    let (mut parts, mut plain, mut inside) = (Vec::new(), String::new(), false);
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some(slot) = rest.strip_prefix("{{") {
            let (path, behind) = slot.split_once("}}").ok_or_else(|| unclosed(slot))?;
            parts.push(Part::Text(std::mem::take(&mut plain)));
            parts.push(Part::Slot { path: checked(path.trim())?.to_owned(), inside });
            rest = behind;
            continue;
        }
        // An escaped character is taken whole, so that \" does not end a text.
        let length =
            if next == '\\' { 1 + rest[1..].chars().next().map_or(0, char::len_utf8) } else { next.len_utf8() };
        inside ^= next == '"';
        plain.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    parts.push(Part::Text(plain));
    Ok(parts)
}

fn unclosed(slot: &str) -> ConnectError {
    let begin: String = slot.chars().take(20).collect();
    ConnectError::Template(format!("{{{{{begin} is not closed by }}}}"))
}

fn checked(path: &str) -> Result<&str, ConnectError> {
    let fine = |step: &str| !step.is_empty() && step.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if path.split('.').all(fine) {
        return Ok(path);
    }
    Err(ConnectError::Template(format!("{{{{{path}}}}} is no path; write it like quotes.0.total")))
}

fn found<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => value.get(step),
    })
}

/// A value as a part of a text; nothing where it has no words of its own.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => return None,
    };
    let quoted = Value::String(text).to_string();
    Some(quoted[1..quoted.len() - 1].to_owned())
}

fn fault(parcel: &Parcel, path: &str, why: &str) -> ConnectError {
    let why = format!("{{{{{path}}}}} of the template {why}");
    ConnectError::Payload { subject: parcel.subject.clone(), why }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::connector::webhook::tests::parcel;

    fn filled(template: &str) -> Result<String, String> {
        let payload =
            json!({"quotes": [{"total": "23077.76", "title": "a \"big\" sign\n", "lines": [1], "contact": null}]});
        let template = Template::parse(template).map_err(|error| error.to_string())?;
        template.filled(&parcel(payload)).map_err(|error| error.to_string())
    }

    fn check(template: &str, expected: &str) {
        assert_eq!(filled(template).as_deref(), Ok(expected), "{template}");
    }

    fn refuses(template: &str, expected: &str) {
        let said = filled(template).expect_err(template);
        assert!(said.contains(expected), "{template}: {said}");
    }

    #[test]
    fn a_slot_is_words_inside_of_a_text_and_a_value_elsewhere() {
        check(r#"{"n": {{quotes.0.total}}}"#, r#"{"n": "23077.76"}"#);
        check(r#"{"n": "USD {{ quotes.0.total }}!"}"#, r#"{"n": "USD 23077.76!"}"#);
        check(r#"{"n": "{{quotes.0.title}}"}"#, r#"{"n": "a \"big\" sign\n"}"#);
        check(r#"{"n":{"l":{{quotes.0.lines}}}}"#, r#"{"n":{"l":[1]}}"#);
        check(
            r#"["\"{{quotes.0.total}}", {{quotes.0.contact}}, "{{quotes.0.contact}}"]"#,
            r#"["\"23077.76", null, ""]"#,
        );
        check(r#""{{parcel.kind}} {{parcel.subject}}""#, r#""quote quote:7""#);
        check(r#"{"plain": true}"#, r#"{"plain": true}"#);
    }

    #[test]
    fn a_path_that_leads_nowhere_is_not_filled_with_nothing() {
        refuses(
            r#"{"n": {{quotes.0.totl}}}"#,
            "quote:7 cannot be sent: {{quotes.0.totl}} of the template is not there",
        );
        refuses(r#"{"n": {{quotes.1.total}}}"#, "is not there");
        refuses(r#"{"n": {{quotes.x}}}"#, "is not there");
        refuses(r#"{"n": {{quotes.0.total.cents}}}"#, "is not there");
        refuses(r#"{"n": {{parcel.secret}}}"#, "is not there");
        refuses(r#"{"n": "{{quotes.0.lines}}"}"#, "does not go into a text");
    }

    #[test]
    fn a_template_that_can_make_no_json_is_refused_at_once() {
        refuses(r#"{"n": {{quotes.0.total}"#, "is not closed");
        refuses(r#"{"n": {{}}}"#, "is no path");
        refuses(r#"{"n": {{a b}}}"#, "is no path");
        refuses(r#"{"n": {{a..b}}}"#, "is no path");
        refuses(r#"{"n": {{a}}"#, "no JSON");
        refuses("{{a}} {{b}}", "no JSON");
        refuses(r#"{{{a}}: 1}"#, "is no path");
        refuses("hello", "no JSON");
        refuses("\"\\", "no JSON");
    }

    proptest! {
        #[test]
        fn whatever_a_customer_is_called_it_stays_one_text(name in ".*") {
            let template = Template::parse(r#"{"text": "for {{name}}"}"#).expect("template");
            let body = template.filled(&parcel(json!({"name": name}))).expect("filled");
            let read: Value = serde_json::from_str(&body).expect("JSON");
            prop_assert_eq!(read, json!({"text": format!("for {name}")}));
        }

        #[test]
        fn no_template_panics(text in r#"[\\"{}a.: \[\]é]*"#) {
            let _ = Template::parse(&text);
        }
    }
}
