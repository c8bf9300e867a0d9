//! The lines of a document's tables, section by section, over page breaks and repeated headers.
//!
//! Subtotals (`****`, "Subtotal", "Total") are no lines. A number that cannot be read is a reject and its line stays
//! without it.

use std::collections::BTreeMap;

use signwright_domain::record::{Field, RecordLine, Reject, Section};

use super::columns::{ColumnKind, Header, Holds, Row};
use super::labels::{self, Label};
use super::lines::{Line, plain};
use super::values::{Printed, Values, is_absent};

/// What kinds of table a document may hold.
pub(super) struct Form {
    pub(super) columns: &'static [ColumnKind],
    pub(super) labels: &'static [Label],
    /// Which section a header opens, given the last section title.
    pub(super) section: fn(&Header, Option<Section>) -> Section,
    /// The section a title line announces.
    pub(super) title: fn(&str) -> Option<Section>,
}

/// The tables of a document, and the lines that are not part of them.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) lines: Vec<RecordLine>,
    pub(super) rejects: Vec<Reject>,
    /// Hours of the row "total hours", where there is one.
    pub(super) hours: BTreeMap<String, Field>,
    pub(super) others: Vec<Line>,
}

/// Reads all tables.
pub(super) fn read(lines: &[Line], form: &Form, values: &Values<'_>) -> Tables {
    let mut out = Tables::default();
    let (mut open, mut titled): (Option<(Header, Section)>, Option<Section>) = (None, None);
    for line in lines {
        let text = line.plain();
        if let Some(header) = Header::of(line, form.columns) {
            let section = (form.section)(&header, titled);
            open = Some((header, section));
        } else if let Some(section) = (form.title)(&text) {
            titled = Some(section);
            out.others.push(line.clone());
        } else if is_subtotal(line) {
            if let Some((header, _)) = open.as_ref().filter(|_| text.starts_with("TOTAL HOURS")) {
                out.take_hours(line.page, &header.row(line), values);
            }
            // Rows may go on below a department's subtotal, but not below the document's totals.
            if labels::begins(line, form.labels) {
                open = None;
            }
            out.others.push(line.clone());
        } else {
            match open
                .as_ref()
                .map(|(header, section)| (header.row(line), *section))
                .filter(|(row, _)| is_row(row, line, form))
            {
                Some((row, section)) => out.take(line.page, &row, section, values),
                None => out.others.push(line.clone()),
            }
        }
    }
    out
}

/// A row fills a text column and a number column; a line that begins like a label must fill three of numbers.
fn is_row(row: &Row<'_>, line: &Line, form: &Form) -> bool {
    let numbers = row.numeric_cells();
    let needed = if labels::begins(line, form.labels) { 3 } else { 1 };
    row.has_text() && numbers >= needed && !has_page_number(&line.plain())
}

/// `PAGE 1 OF 2`, alone or behind a remark at the foot of the page.
fn has_page_number(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    words.windows(2).any(|pair| pair[0] == "PAGE" && number(pair[1]))
}

fn is_subtotal(line: &Line) -> bool {
    let stars = line.words().any(|word| word.text.starts_with("**"));
    let first = line.cells.first();
    stars
        || first.is_some_and(|cell| {
            cell.iter().any(|word| matches!(plain(&word.text).as_str(), "TOTAL" | "TOTALS" | "SUBTOTAL"))
        })
}

impl Tables {
    fn take_hours(&mut self, page: u32, row: &Row<'_>, values: &Values<'_>) {
        let fields = self.fields(page, row, values);
        self.hours.extend(fields.into_iter().filter(|(name, _)| name.ends_with("_hours")));
    }

    fn take(&mut self, page: u32, row: &Row<'_>, section: Section, values: &Values<'_>) {
        let fields = self.fields(page, row, values);
        self.lines.push(RecordLine { section, fields });
    }

    /// A row's cells as fields; those that cannot be read become rejects.
    fn fields(&mut self, page: u32, row: &Row<'_>, values: &Values<'_>) -> BTreeMap<String, Field> {
        let mut fields: BTreeMap<String, Field> = BTreeMap::new();
        for (column, words) in &row.cells {
            if !matches!(column.holds, Holds::Text | Holds::Code) && is_absent(words) {
                continue;
            }
            let found_by = format!("column {}", column.field.replace('_', " "));
            let printed = Printed { field: column.field, page, words, found_by };
            match values.read(&printed, column.holds) {
                Ok(field) => {
                    fields.insert(column.field.to_owned(), field);
                }
                Err(reject) => self.rejects.push(*reject),
            }
        }
        fields
    }
}
