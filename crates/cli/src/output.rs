//! Results on standard output: for people, or as one JSON document with `--json`.

mod columns;

use std::io::{self, Write};

use serde::Serialize;
use signwright_app::CallError;

pub(crate) use columns::table;

/// Where results go.
#[derive(Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Prints `value` as JSON, or what `text` makes of it.
    pub(crate) fn result<T: Serialize>(&self, value: &T, text: impl FnOnce(&T) -> String) {
        let text = if self.json { json(value) } else { text(value) };
        line(&mut io::stdout().lock(), &text);
    }

    /// A line for people; on standard error when standard output carries JSON.
    pub(crate) fn note(&self, text: &str) {
        if self.json {
            line(&mut io::stderr().lock(), text);
        } else {
            line(&mut io::stdout().lock(), text);
        }
    }

    /// The document itself on standard output, as asked for with `-`.
    pub(crate) fn document(&self, bytes: &[u8]) {
        // A closed pipe is not an error of ours.
        let _ = io::stdout().lock().write_all(bytes);
    }

    /// What to know besides the result: always on standard error.
    pub(crate) fn warning(&self, text: &str) {
        line(&mut io::stderr().lock(), &format!("note: {text}"));
    }

    pub(crate) fn error(&self, error: &CallError) {
        let text = if self.json { json(error) } else { format!("signwright: {error}") };
        line(&mut io::stderr().lock(), &text);
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("results are made of strings, numbers, lists and maps with text keys")
}

/// A closed pipe (`| head`) is not an error of ours.
fn line(to: &mut impl Write, text: &str) {
    let _ = writeln!(to, "{text}");
}

/// The JSON word of an enum without fields, for people: "needs password".
pub(crate) fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('_', " ")
}
