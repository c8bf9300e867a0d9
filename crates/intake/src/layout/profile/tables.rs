//! Tables of a layout: the words of their header line and the edges of their columns.
//!
//! A word belongs to the column its middle lies in; a text that runs on belongs to the column it begins in. A line is a row
//! when every column that was filled in all examples is filled and reads as what it holds, where it stood before.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use signwright_domain::record::{Field, RecordLine, Section};

use super::super::lines;
use super::Printed;
use super::page::{Row, SHIFT, Sheet, Span, is_label};
use super::values::{Hidden, ValueKind, Values, kind_of, page_box};

/// How far the edge of a column's words may stand from where it stood, points.
const NEAR: f64 = 5.0;
/// Lines above a first row in which its header is looked for.
const HEADER_ABOVE: usize = 4;
/// What one example leaves to doubt; every further one leaves less.
const DOUBT: f64 = 0.2;
/// What stands between edges that a person has set.
const BETWEEN_EDGES: f64 = 0.95;
const MOST_STOPS: usize = 40;

/// One table of a layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableProfile {
    pub section: Section,
    /// From left to right.
    pub columns: Vec<ColumnProfile>,
    /// Words of the line above the header, in capitals, where it has no digits.
    pub title: Vec<String>,
    /// How lines inside and below the table begin that are no rows, with how many examples had them.
    pub stops: BTreeMap<String, u32>,
    pub seen: u32,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnProfile {
    pub field: String,
    pub holds: ValueKind,
    /// The words of its header in capitals.
    pub label: Vec<String>,
    pub left: f64,
    pub right: f64,
    /// Where all its words begin or end, points.
    pub begins: Option<f64>,
    pub ends: Option<f64>,
    /// Filled in every row of every example.
    pub always: bool,
}

/// A table as a person marks it: its columns from left to right, and where its rows begin and end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableEdges {
    pub section: Section,
    pub page: u32,
    pub top: f64,
    pub bottom: f64,
    pub columns: Vec<ColumnEdges>,
}

/// One column with its edges in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnEdges {
    pub field: String,
    pub holds: ValueKind,
    pub left: f64,
    pub right: f64,
}

/// Reads the rows between a table's edges. A line is a row where half of the columns are filled, one of them with what it
/// holds other than text; totals are none.
pub fn rows(printed: &Printed<'_>, edges: &TableEdges, found_by: &str) -> Vec<RecordLine> {
    let sheet = Sheet::of(printed);
    let values = Values::of(&sheet, printed.currency, None);
    let inside = |row: &&Row| {
        let middle = (row.top() + row.bottom()) / 2.0;
        row.page == edges.page && middle >= edges.top && middle <= edges.bottom && !is_total(row)
    };
    let columns: Vec<(&str, ValueKind, f64, f64)> =
        edges.columns.iter().map(|column| (column.field.as_str(), column.holds, column.left, column.right)).collect();
    let lines = sheet.rows.iter().filter(inside).filter_map(|row| {
        let fields = fields(row, &columns, &values, BETWEEN_EDGES, found_by)?;
        let number = fields.values().any(|field| kind_of(field) != ValueKind::Text);
        (fields.len() >= 2 && fields.len() * 2 >= columns.len() && number)
            .then_some(RecordLine { section: edges.section, fields })
    });
    lines.collect()
}

/// The edges of the columns that some lines of one section and page stand in, the page's first table first.
pub fn edges_of(found: &[RecordLine], page_width: f64) -> Vec<TableEdges> {
    let mut groups: Vec<(Section, u32, Vec<&RecordLine>)> = Vec::new();
    for line in found {
        let Some((page, _)) = line.fields.values().find_map(|field| page_box(&field.at)) else { continue };
        match groups.iter_mut().find(|(section, at, _)| *section == line.section && *at == page) {
            Some((_, _, lines)) => lines.push(line),
            None => groups.push((line.section, page, vec![line])),
        }
    }
    let tables = groups.into_iter().filter_map(|(section, page, lines)| {
        let boxes = lines.iter().flat_map(|line| line.fields.values()).filter_map(|field| page_box(&field.at));
        let (top, bottom) = boxes.fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), (_, bbox)| {
            (top.min(bbox[1]), bottom.max(bbox[3]))
        });
        let columns = columns_of(&lines, page_width);
        let columns: Vec<ColumnEdges> = columns
            .into_iter()
            .map(|one| ColumnEdges { field: one.field, holds: one.holds, left: one.left, right: one.right })
            .collect();
        (!columns.is_empty()).then_some(TableEdges { section, page, top, bottom, columns })
    });
    tables.collect()
}

/// Learns the tables of a confirmed document.
pub(super) fn learn(known: &mut Vec<TableProfile>, sheet: &Sheet, confirmed: &[RecordLine], hidden: &Hidden) {
    let mut sections: Vec<Section> = confirmed.iter().map(|line| line.section).collect();
    sections.dedup();
    let mut done: Vec<Section> = Vec::new();
    for section in sections {
        if done.contains(&section) {
            continue;
        }
        done.push(section);
        let lines: Vec<&RecordLine> = confirmed.iter().filter(|line| line.section == section).collect();
        let Some(shown) = TableProfile::of(sheet, section, &lines, hidden) else { continue };
        match known.iter_mut().find(|one| one.section == section) {
            Some(one) => one.join(shown),
            None => known.push(shown),
        }
    }
}

impl TableProfile {
    fn of(sheet: &Sheet, section: Section, found: &[&RecordLine], hidden: &Hidden) -> Option<Self> {
        let width = sheet.page_sizes.first().map_or(612.0, |size| size[0]);
        let mut columns = columns_of(found, width);
        let at: Vec<usize> = found.iter().filter_map(|line| row_of(sheet, line)).collect();
        let first = *at.iter().min()?;
        let header = header_above(sheet, first, &columns, hidden)?;
        let heads = labels(&sheet.rows[header], &columns);
        for (column, span) in columns.iter_mut().zip(heads) {
            column.label = span.map_or_else(Vec::new, |(from, to)| words(&sheet.rows[header], from, to));
        }
        let title = header.checked_sub(1).map(|above| &sheet.rows[above]).filter(|row| !row.has_digit());
        let title = title.map_or_else(Vec::new, |row| words(row, 0, row.words.len().min(4)));
        let last = *at.iter().max()?;
        let others = (header + 1..(last + 4).min(sheet.rows.len())).filter(|row| !at.contains(row));
        let stops = others.filter_map(|row| beginning(sheet, row, hidden)).map(|words| (words, 1)).collect();
        Some(Self { section, columns, title, stops, seen: 1 })
    }

    fn join(&mut self, shown: Self) {
        for column in shown.columns {
            match self.columns.iter_mut().find(|one| one.field == column.field) {
                Some(one) => one.join(column),
                None => self.columns.push(ColumnProfile { always: false, ..column }),
            }
        }
        self.columns.sort_by(|a, b| (a.left + a.right).total_cmp(&(b.left + b.right)));
        if self.title != shown.title {
            self.title = self.title.iter().filter(|word| shown.title.contains(word)).cloned().collect();
        }
        for stop in shown.stops.into_keys() {
            if self.stops.len() < MOST_STOPS || self.stops.contains_key(&stop) {
                *self.stops.entry(stop).or_insert(0) += 1;
            }
        }
        self.seen += 1;
    }

    pub(super) fn keep_proven(&mut self, private: &BTreeSet<String>) {
        self.stops.retain(|words, seen| *seen >= 2 && !words.split(' ').all(|word| private.contains(word)));
        for column in &mut self.columns {
            column.label.retain(|word| !private.contains(word));
        }
        self.title.retain(|word| !private.contains(word));
    }

    pub(super) fn sureness(&self) -> f64 {
        1.0 - DOUBT / f64::from(self.seen.max(1))
    }

    /// Whether a line is this table's header: most labels stand where they stood.
    fn heads(&self, row: &Row) -> bool {
        let labelled = self.columns.iter().filter(|column| !column.label.is_empty());
        let (mut found, mut all) = (0, 0);
        for column in labelled {
            all += 1;
            let here = |from: &usize| {
                row.phrase_at(*from, &column.label).is_some()
                    && row.words[*from].bbox[0] < column.right + SHIFT
                    && row.words[*from].bbox[2] > column.left - SHIFT
            };
            found += usize::from((0..row.words.len()).any(|from| here(&from)));
        }
        all >= 2 && found * 10 >= all * 7
    }

    fn titled(&self, row: &Row) -> bool {
        !self.title.is_empty() && self.title.iter().all(|word| row.plain.contains(word))
    }

    fn row(&self, row: &Row, values: &Values) -> Option<BTreeMap<String, Field>> {
        if self.stops.keys().any(|stop| begins_with(row, stop)) || is_total(row) {
            return None;
        }
        let columns: Vec<(&str, ValueKind, f64, f64)> =
            self.columns.iter().map(|one| (one.field.as_str(), one.holds, one.left, one.right)).collect();
        let found_by = format!("column of a table, learned from {} documents", self.seen);
        let fields = fields(row, &columns, values, self.sureness(), &found_by)?;
        let always = self.columns.iter().filter(|column| column.always);
        let whole = always.clone().all(|column| fields.get(&column.field).is_some_and(|field| column.aligns(field)));
        (whole && fields.len() >= 2 && always.count() > 0).then_some(fields)
    }
}

impl ColumnProfile {
    fn join(&mut self, shown: Self) {
        self.left = self.left.min(shown.left);
        self.right = self.right.max(shown.right);
        let same = |a: Option<f64>, b: Option<f64>| a.zip(b).filter(|(a, b)| (a - b).abs() < NEAR).map(|(a, _)| a);
        self.begins = same(self.begins, shown.begins);
        self.ends = same(self.ends, shown.ends);
        self.always &= shown.always;
        if self.label.is_empty() {
            self.label = shown.label;
        }
        if self.holds != shown.holds {
            self.holds = match (self.holds, shown.holds) {
                (ValueKind::Number, ValueKind::Amount) | (ValueKind::Amount, ValueKind::Number) => ValueKind::Amount,
                _ => ValueKind::Text,
            };
        }
    }

    fn aligns(&self, field: &Field) -> bool {
        let Some((_, bbox)) = page_box(&field.at) else { return false };
        let near = |edge: Option<f64>, at: f64| edge.is_none_or(|edge| (edge - at).abs() < NEAR);
        match (self.begins, self.ends) {
            (Some(_), Some(_)) => near(self.begins, bbox[0]) || near(self.ends, bbox[2]),
            (begins, ends) => near(begins, bbox[0]) && near(ends, bbox[2]),
        }
    }
}

/// All rows of the known tables in a document.
pub(super) fn read(tables: &[TableProfile], sheet: &Sheet, values: &Values) -> Vec<RecordLine> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let mut titles: Vec<usize> = Vec::new();
    for row in &sheet.rows {
        let headed: Vec<usize> = (0..tables.len()).filter(|table| tables[*table].heads(row)).collect();
        if headed.is_empty() {
            if let Some(fields) = open.and_then(|table| tables[table].row(row, values)) {
                out.push(RecordLine { section: tables[open.unwrap_or_default()].section, fields });
            } else {
                let titled: Vec<usize> = (0..tables.len()).filter(|table| tables[*table].titled(row)).collect();
                if !titled.is_empty() {
                    titles = titled;
                }
                // Another table's header, which is not known.
                if row.cells().len() >= 3 && !row.has_digit() {
                    open = None;
                }
            }
            continue;
        }
        let by_title = titles.iter().copied().find(|table| headed.contains(table));
        open = by_title.or(open.filter(|table| headed.contains(table))).or_else(|| headed.first().copied());
        titles.clear();
    }
    out
}

/// A row's fields by column; `None` where a column that is no text holds what cannot be read.
fn fields(
    row: &Row,
    columns: &[(&str, ValueKind, f64, f64)],
    values: &Values,
    sure: f64,
    found_by: &str,
) -> Option<BTreeMap<String, Field>> {
    let mut filled: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for (from, to) in row.cells() {
        let mut running: Option<usize> = None;
        for word in from..to {
            let middle = (row.words[word].bbox[0] + row.words[word].bbox[2]) / 2.0;
            let own = columns.iter().position(|(_, _, left, right)| middle >= *left && middle <= *right);
            let text = |column: usize| columns[column].1 == ValueKind::Text;
            let overflows = is_label(&row.plain[word]) || row.plain[word].is_empty();
            let column = match (running, own) {
                (Some(before), Some(own)) if before != own && text(before) && !text(own) && overflows => Some(before),
                (_, own) => own,
            };
            running = column.or(running);
            if let Some(column) = column {
                filled[column].push(word);
            }
        }
    }
    let mut fields = BTreeMap::new();
    for ((name, holds, _, _), words) in columns.iter().zip(filled) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let tokens = &row.words[*first..=*last];
        let raw = lines::raw(tokens);
        if *holds != ValueKind::Text && matches!(raw.as_str(), "-" | "--" | "\u{2013}" | "\u{2014}") {
            continue;
        }
        let value = values.value(&raw, *holds)?;
        let at = lines::place(row.page, tokens);
        fields.insert((*name).to_owned(), Field { value, raw, at, confidence: sure, found_by: found_by.to_owned() });
    }
    (!fields.is_empty()).then_some(fields)
}

/// The columns that some rows show: between two columns the edge lies in the middle of the gap.
fn columns_of(found: &[&RecordLine], page_width: f64) -> Vec<ColumnProfile> {
    let mut names: Vec<&String> = found.iter().flat_map(|line| line.fields.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let mut columns: Vec<ColumnProfile> = names.into_iter().filter_map(|name| column(name, found)).collect();
    columns.sort_by(|a, b| (a.left + a.right).total_cmp(&(b.left + b.right)));
    let edges: Vec<(f64, f64)> = columns.iter().map(|column| (column.left, column.right)).collect();
    for place in 0..columns.len() {
        columns[place].left = match place.checked_sub(1).map(|before| edges[before]) {
            Some((_, right)) => (right + edges[place].0) / 2.0,
            None => (edges[place].0 - SHIFT).max(0.0),
        };
        columns[place].right = match edges.get(place + 1) {
            Some((left, _)) => (edges[place].1 + left) / 2.0,
            None => (edges[place].1 + SHIFT).min(page_width),
        };
    }
    columns
}

fn column(name: &str, found: &[&RecordLine]) -> Option<ColumnProfile> {
    let fields: Vec<&Field> = found.iter().filter_map(|line| line.fields.get(name)).collect();
    let boxes: Vec<[f64; 4]> = fields.iter().filter_map(|field| page_box(&field.at)).map(|(_, bbox)| bbox).collect();
    let side = |at: usize| -> Option<f64> {
        let first = boxes.first()?[at];
        boxes.iter().all(|bbox| (bbox[at] - first).abs() < NEAR / 2.0).then_some(first)
    };
    let holds = fields.iter().map(|field| kind_of(field)).reduce(|a, b| if a == b { a } else { ValueKind::Text })?;
    Some(ColumnProfile {
        field: name.to_owned(),
        // A code of letters here and of digits there is a text.
        holds: if holds == ValueKind::Code { ValueKind::Text } else { holds },
        label: Vec::new(),
        left: boxes.iter().map(|bbox| bbox[0]).reduce(f64::min)?,
        right: boxes.iter().map(|bbox| bbox[2]).reduce(f64::max)?,
        begins: side(0),
        ends: side(2),
        always: fields.len() == found.len(),
    })
}

fn row_of(sheet: &Sheet, line: &RecordLine) -> Option<usize> {
    line.fields.values().find_map(|field| {
        let (page, bbox) = page_box(&field.at)?;
        sheet.within(page, bbox).map(|span: Span| span.row)
    })
}

/// The line above the first row that has a word for the most columns.
fn header_above(sheet: &Sheet, first: usize, columns: &[ColumnProfile], hidden: &Hidden) -> Option<usize> {
    let page = sheet.rows[first].page;
    let above = (first.saturating_sub(HEADER_ABOVE)..first).rev().filter(|row| sheet.rows[*row].page == page);
    let print = above.filter(|row| {
        let line = &sheet.rows[*row];
        !line.has_digit() && !line.words.iter().any(|word| hidden.covers(line.page, word))
    });
    let covered = |row: usize| labels(&sheet.rows[row], columns).into_iter().flatten().count();
    let best = print.map(|row| (row, covered(row))).reduce(|best, one| if one.1 > best.1 { one } else { best })?;
    (best.1 >= 2).then_some(best.0)
}

/// For each column the words of a header line that stand over it.
fn labels(row: &Row, columns: &[ColumnProfile]) -> Vec<Option<(usize, usize)>> {
    let over = |word: usize| {
        let [left, _, right, _] = row.words[word].bbox;
        let overlap = |column: &ColumnProfile| right.min(column.right) - left.max(column.left);
        let best = (0..columns.len()).max_by(|a, b| overlap(&columns[*a]).total_cmp(&overlap(&columns[*b])))?;
        (overlap(&columns[best]) > 0.0).then_some(best)
    };
    let owner: Vec<Option<usize>> = (0..row.words.len()).map(over).collect();
    // A label is not cut where its cell goes on: `EST COST` over a narrow column stays whole.
    (0..columns.len())
        .map(|column| {
            let from = owner.iter().position(|one| *one == Some(column))?;
            let to = owner.iter().rposition(|one| *one == Some(column))? + 1;
            row.plain[from..to].iter().any(|word| !word.is_empty()).then_some((from, to))
        })
        .collect()
}

fn words(row: &Row, from: usize, to: usize) -> Vec<String> {
    row.plain[from..to].iter().filter(|word| is_label(word)).cloned().collect()
}

/// How a line that is no row begins: up to three words without digits that are no value.
fn beginning(sheet: &Sheet, at: usize, hidden: &Hidden) -> Option<String> {
    let row = &sheet.rows[at];
    let print = |word: &usize| is_label(&row.plain[*word]) && !hidden.covers(row.page, &row.words[*word]);
    let begins: Vec<&str> =
        (0..row.words.len()).take_while(print).take(3).map(|word| row.plain[word].as_str()).collect();
    (!begins.is_empty()).then(|| begins.join(" "))
}

fn begins_with(row: &Row, stop: &str) -> bool {
    let mut words = row.plain.iter().filter(|word| !word.is_empty());
    stop.split(' ').all(|expected| words.next().is_some_and(|word| word == expected))
}

/// `****`, `Total`, `Subtotal`: no row in any layout.
fn is_total(row: &Row) -> bool {
    let stars = row.words.iter().any(|word| word.text.starts_with("**"));
    stars || row.plain.iter().take(3).any(|word| matches!(word.as_str(), "TOTAL" | "TOTALS" | "SUBTOTAL"))
}
