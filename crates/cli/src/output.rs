//! Results on standard output: for people, or as one JSON document with `--json`.

use std::io::{self, Write};

use serde::Serialize;
use signwright_app::CallError;

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

/// Rows under a header, columns as wide as they need; columns named in `right` are right-aligned.
pub(crate) fn table(header: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    let width = |i: usize| {
        let cells = rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.chars().count());
        cells.chain([header[i].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let render = |cells: &[String]| {
        let cells = cells.iter().enumerate().map(|(i, cell)| pad(cell, widths[i], right.contains(&i)));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let head: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  ");
    let mut lines = vec![render(&head), rule];
    lines.extend(rows.iter().map(|row| render(row)));
    lines.join("\n")
}

/// The JSON word of an enum without fields, for people: "needs password".
pub(crate) fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('_', " ")
}

fn pad(text: &str, width: usize, right: bool) -> String {
    let space = " ".repeat(width.saturating_sub(text.chars().count()));
    if right { format!("{space}{text}") } else { format!("{text}{space}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = vec![vec!["20431".to_owned(), "$9.50".to_owned()], vec!["7".to_owned(), "$11,836.10".to_owned()]];
        let expected = "Job          Cost\n-----  ----------\n20431       $9.50\n7      $11,836.10";
        assert_eq!(table(&["Job", "Cost"], &rows, &[1]), expected);
    }
}
