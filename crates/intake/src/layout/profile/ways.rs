//! The ways a field can be found, tried on every example and counted.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use signwright_domain::record::{Field, Value};

use super::super::lines;
use super::page::{Row, Sheet, Span, is_label};
use super::values::{Hidden, ValueKind, Values, page_box};

/// Ways kept for one field.
const MOST: usize = 12;
/// Words of a label.
const LONGEST_LABEL: usize = 5;
/// How far a value may stand from where it stood, points.
const NEAR: f64 = 6.0;
/// What one example leaves to doubt; every further one leaves less.
const DOUBT: f64 = 0.2;
/// Ways that held equally often and now give different values.
const DISAGREE: f64 = 0.7;

/// One field of a layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldProfile {
    pub holds: ValueKind,
    /// How many examples had it.
    pub seen: u32,
    pub ways: Vec<Way>,
}

/// One way to find a field, with how often it gave what a person confirmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    pub side: Side,
    /// The label in capitals; empty for a place on the page.
    pub label: Vec<String>,
    /// Left edge of the label, points; for a place on the page left and top of the value.
    pub at: [f64; 2],
    /// Which of several such labels: 0 the first, 1 the second; -1 the last, -2 the one before.
    pub nth: i32,
    /// The label fills its cell, so that the value stands in another one.
    pub alone: bool,
    pub take: Take,
    pub hits: u32,
    pub tries: u32,
}

/// Where the value stands to its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Right,
    Below,
    /// No label: a place on the first page.
    Place,
}

/// Which of the words on that side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// The first value of the nearest cell.
    First,
    /// The last value of the line.
    Last,
    /// The word that begins or ends where it did, points.
    Edge([f64; 2]),
}

impl FieldProfile {
    pub(super) fn new(holds: ValueKind) -> Self {
        Self { holds, seen: 0, ways: Vec::new() }
    }

    /// Tries every known way on an example and adds the new ones that it shows.
    pub(super) fn learn(&mut self, sheet: &Sheet, values: &Values, field: &Field, hidden: &Hidden, again: bool) {
        let Some((page, bbox)) = page_box(&field.at) else { return };
        let Some(target) = sheet.within(page, bbox) else { return };
        if lines::raw(sheet.tokens(target)).split_whitespace().ne(field.raw.split_whitespace()) {
            return;
        }
        self.widen(field);
        let holds = self.holds;
        let gives = |way: &Way| way.find(sheet, values, holds) == Some(target);
        if !again {
            self.seen += 1;
            for way in &mut self.ways {
                way.tries += 1;
                way.hits += u32::from(gives(way));
            }
        }
        let known: Vec<Way> = self.ways.clone();
        let fresh = candidates(sheet, target, holds, hidden).into_iter().filter(|way| gives(way));
        self.ways.extend(fresh.filter(|way| !known.iter().any(|one| one.same(way))));
        self.ways.retain(|way| way.tries < 2 || way.hits * 2 > way.tries);
        self.ways.sort_by(|a, b| b.worth().total_cmp(&a.worth()).then(a.side.cmp(&b.side)));
        self.ways.truncate(MOST);
    }

    /// A way that finds something in an example that has no such field is wrong there.
    pub(super) fn learn_absence(&mut self, sheet: &Sheet, values: &Values) {
        for way in &mut self.ways {
            way.tries += u32::from(way.find(sheet, values, self.holds).is_some());
        }
        self.ways.retain(|way| way.tries < 2 || way.hits * 2 > way.tries);
    }

    /// One example may show a code and the next a text.
    fn widen(&mut self, field: &Field) {
        match (self.holds, super::kind_of(field)) {
            (ValueKind::Code, ValueKind::Text) => self.holds = ValueKind::Text,
            (ValueKind::Number, ValueKind::Amount) => self.holds = ValueKind::Amount,
            _ => {}
        }
    }

    /// The value in a document, with how sure it is.
    pub(super) fn read(&self, sheet: &Sheet, values: &Values) -> Option<(Span, Value, &Way, f64)> {
        let found = |way: &Way| {
            let span = way.find(sheet, values, self.holds)?;
            let value = values.value(&lines::raw(sheet.tokens(span)), self.holds)?;
            Some((span, value))
        };
        let all: Vec<(&Way, Span, Value)> =
            self.ways.iter().filter_map(|way| found(way).map(|(span, value)| (way, span, value))).collect();
        let (way, span, value) = all.first()?.clone();
        let others = all.iter().filter(|(other, _, _)| other.worth() >= way.worth());
        let contradicted = others.into_iter().any(|(_, _, other)| *other != value);
        let sure = way.sureness();
        Some((span, value, way, if contradicted { sure.min(DISAGREE) } else { sure }))
    }
}

impl Way {
    /// The value's words in a document.
    pub(super) fn find(&self, sheet: &Sheet, values: &Values, holds: ValueKind) -> Option<Span> {
        if self.side == Side::Place {
            return self.placed(sheet, values, holds);
        }
        let all: Vec<Span> =
            sheet.phrase(&self.label, self.at[0]).into_iter().filter(|span| self.fits(sheet, *span, holds)).collect();
        let nth = if self.nth < 0 { all.len() as i64 + i64::from(self.nth) } else { i64::from(self.nth) };
        let label = *all.get(usize::try_from(nth).ok()?)?;
        match self.side {
            Side::Right => self.right_of(sheet, values, holds, label),
            Side::Below | Side::Place => self.below(sheet, values, holds, label),
        }
    }

    /// Whether the words found are the whole label again and not the beginning of a longer one.
    fn fits(&self, sheet: &Sheet, span: Span, holds: ValueKind) -> bool {
        let row = &sheet.rows[span.row];
        let (from, to) = row.cell_around(span.from);
        let rest = (span.to..to).find(|word| !row.plain[*word].is_empty());
        // A long number may come so close that it joins the label's cell.
        let number = rest.is_some_and(|word| !is_label(&row.plain[word])) && holds != ValueKind::Text;
        from == span.from && (self.alone == rest.is_none() || number)
    }

    fn right_of(&self, sheet: &Sheet, values: &Values, holds: ValueKind, label: Span) -> Option<Span> {
        let row = &sheet.rows[label.row];
        let from =
            (label.to..row.words.len()).find(|word| !row.plain[*word].is_empty() || sign(&row.words[*word].text))?;
        let span = match self.take {
            Take::First => (from, row.cell_around(from).1),
            Take::Last => (from, row.words.len()),
            Take::Edge([left, right]) => edge(row, from, left, right, holds)?,
        };
        picked(row, label.row, span, values, holds, self.take == Take::Last)
    }

    fn below(&self, sheet: &Sheet, values: &Values, holds: ValueKind, label: Span) -> Option<Span> {
        let title = &sheet.rows[label.row];
        let (left, right) = (title.left((label.from, label.to)), title.right((label.from, label.to)));
        let height = title.bottom() - title.top();
        let below = sheet.rows.iter().enumerate().skip(label.row + 1).take(3);
        let near = below.filter(|(_, row)| row.page == title.page && row.top() - title.bottom() < 2.0 * height);
        for (at, row) in near {
            let overlap = |cell: &(usize, usize)| row.right(*cell).min(right) - row.left(*cell).max(left);
            let cell = row.cells().into_iter().max_by(|a, b| overlap(a).total_cmp(&overlap(b)));
            if let Some(cell) = cell.filter(|cell| overlap(cell) > 0.0 && row.top() > title.top()) {
                return picked(row, at, cell, values, holds, false);
            }
        }
        None
    }

    fn placed(&self, sheet: &Sheet, values: &Values, holds: ValueKind) -> Option<Span> {
        let rows = sheet.rows.iter().enumerate().take_while(|(_, row)| row.page == 1);
        rows.filter_map(|(at, row)| {
            let near = |word: &usize| {
                let bbox = row.words[*word].bbox;
                (bbox[0] - self.at[0]).abs() < NEAR && (bbox[1] - self.at[1]).abs() < NEAR
            };
            let from = (0..row.words.len()).find(near)?;
            picked(row, at, (from, row.cell_around(from).1), values, holds, false)
        })
        .next()
    }

    fn same(&self, other: &Self) -> bool {
        let edges = |take: Take| match take {
            Take::First => [-1.0, 0.0],
            Take::Last => [-2.0, 0.0],
            Take::Edge(edges) => edges,
        };
        let (a, b) = (edges(self.take), edges(other.take));
        let near = |a: f64, b: f64| (a - b).abs() < NEAR;
        self.side == other.side
            && self.label == other.label
            && self.nth == other.nth
            && self.alone == other.alone
            && (a[0] < 0.0) == (b[0] < 0.0)
            && (near(a[0], b[0]) || near(a[1], b[1]) && a[0] > 0.0)
            && near(self.at[0], other.at[0])
            && (self.side != Side::Place || near(self.at[1], other.at[1]))
    }

    /// What to try first: how often it held, a little discounted for few tries. A label says more than a place.
    fn worth(&self) -> f64 {
        let unsure = if self.side == Side::Place { 2.0 } else { 1.0 };
        f64::from(self.hits) / (f64::from(self.tries) + unsure)
    }

    fn sureness(&self) -> f64 {
        if self.hits == 0 {
            return 0.0;
        }
        (1.0 - DOUBT / f64::from(self.hits)) * f64::from(self.hits) / f64::from(self.tries.max(self.hits))
    }

    /// Whether the label is made of such words alone.
    pub(super) fn names(&self, words: &BTreeSet<String>) -> bool {
        !self.label.is_empty() && self.label.iter().all(|word| words.contains(word))
    }

    /// "label JOB TICKET, learned from 3 documents".
    pub(super) fn said(&self) -> String {
        let documents = if self.hits == 1 { "1 document".to_owned() } else { format!("{} documents", self.hits) };
        match self.side {
            Side::Right => format!("label {}, learned from {documents}", self.label.join(" ")),
            Side::Below => format!("below {}, learned from {documents}", self.label.join(" ")),
            Side::Place => format!("its place on the page, learned from {documents}"),
        }
    }
}

fn sign(text: &str) -> bool {
    matches!(text, "$" | "€" | "£" | "-" | "-$")
}

fn picked(
    row: &Row,
    at: usize,
    (from, to): (usize, usize),
    values: &Values,
    holds: ValueKind,
    last: bool,
) -> Option<Span> {
    let (start, end) = values.pick(&row.words[from..to], holds, last)?;
    Some(Span { row: at, from: from + start, to: from + end })
}

/// The cell, or for numbers the word, that begins or ends where it did.
fn edge(row: &Row, from: usize, left: f64, right: f64, holds: ValueKind) -> Option<(usize, usize)> {
    let near = |word: &usize| {
        let bbox = row.words[*word].bbox;
        (bbox[0] - left).abs() < NEAR || (bbox[2] - right).abs() < NEAR
    };
    let word = (from..row.words.len()).find(near)?;
    match holds {
        ValueKind::Text | ValueKind::Date => Some((word, row.cell_around(word).1)),
        ValueKind::Code | ValueKind::Number | ValueKind::Amount => {
            let signed = word > from && sign(&row.words[word - 1].text);
            Some((word - usize::from(signed), word + 1))
        }
    }
}

/// Every way that an example suggests, the best first.
fn candidates(sheet: &Sheet, target: Span, holds: ValueKind, hidden: &Hidden) -> Vec<Way> {
    let row = &sheet.rows[target.row];
    let bbox = [row.left((target.from, target.to)), row.right((target.from, target.to))];
    let mut out = Vec::new();
    let mut labels: Vec<(Side, Span)> = Vec::new();
    for (from, to) in row.cells().into_iter().filter(|(from, _)| *from < target.from).rev() {
        labels.extend(label(sheet, target.row, from, to.min(target.from), hidden).map(|span| (Side::Right, span)));
    }
    let above = sheet.rows.iter().enumerate().take(target.row).rev().take(3).filter(|(_, line)| line.page == row.page);
    for (at, line) in above {
        for (from, to) in line.cells() {
            if line.right((from, to)).min(bbox[1]) > line.left((from, to)).max(bbox[0]) {
                labels.extend(label(sheet, at, from, to, hidden).map(|span| (Side::Below, span)));
            }
        }
    }
    for (side, span) in labels {
        let takes: &[Take] = match side {
            Side::Right => &[Take::First, Take::Last, Take::Edge(bbox)],
            Side::Below | Side::Place => &[Take::First],
        };
        out.extend(takes.iter().flat_map(|take| numbered(sheet, side, span, *take, holds)));
    }
    if row.page == 1 {
        let at = [bbox[0], row.words[target.from].bbox[1]];
        out.push(Way {
            side: Side::Place,
            label: Vec::new(),
            at,
            nth: 0,
            alone: false,
            take: Take::First,
            hits: 1,
            tries: 1,
        });
    }
    out
}

/// The words without digits that a cell begins with, if they are no value.
fn label(sheet: &Sheet, at: usize, from: usize, to: usize, hidden: &Hidden) -> Option<Span> {
    let row = &sheet.rows[at];
    let is_print = |word: &usize| row.plain[*word].is_empty() || is_label(&row.plain[*word]);
    let mut end = (from..to).take_while(is_print).last()? + 1;
    while end > from && row.plain[end - 1].is_empty() {
        end -= 1;
    }
    let taken = (from..end).any(|word| hidden.covers(row.page, &row.words[word]));
    let words = row.plain[from..end].iter().filter(|word| !word.is_empty()).count();
    (!taken && (1..=LONGEST_LABEL).contains(&words) && !row.plain[from].is_empty()).then_some(Span {
        row: at,
        from,
        to: end,
    })
}

/// The way by this label, counted from the first and from the last of its like.
fn numbered(sheet: &Sheet, side: Side, span: Span, take: Take, holds: ValueKind) -> Vec<Way> {
    let row = &sheet.rows[span.row];
    let label: Vec<String> = row.plain[span.from..span.to].iter().filter(|word| !word.is_empty()).cloned().collect();
    let (_, end) = row.cell_around(span.from);
    let alone = row.plain[span.to..end].iter().all(String::is_empty);
    let at = [row.words[span.from].bbox[0], 0.0];
    let way = Way { side, label, at, nth: 0, alone, take, hits: 1, tries: 1 };
    let all: Vec<Span> =
        sheet.phrase(&way.label, at[0]).into_iter().filter(|one| way.fits(sheet, *one, holds)).collect();
    let Some(place) = all.iter().position(|one| *one == span) else { return Vec::new() };
    let (first, last) = (place as i32, place as i32 - all.len() as i32);
    vec![Way { nth: first, ..way.clone() }, Way { nth: last, ..way }]
}
