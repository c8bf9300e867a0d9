//! Printed words as typed values, and values back to where they are printed.

use serde::{Deserialize, Serialize};
use signwright_domain::Currency;
use signwright_domain::record::{Field, Place, Record, Value};

use super::super::lines::{self, plain};
use super::Printed;
use super::page::{Sheet, Span};
use crate::dates::{self, DateOrder};
use crate::numbers::{self, DecimalMark};
use crate::pdf::words::Token;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    Text,
    /// One word with a digit in it.
    Code,
    Date,
    Number,
    Amount,
}

/// What a confirmed field holds.
pub fn kind_of(field: &Field) -> ValueKind {
    match &field.value {
        Value::Money(_) => ValueKind::Amount,
        Value::Number(_) => ValueKind::Number,
        Value::Date(_) => ValueKind::Date,
        Value::Text(_) if is_code(&field.raw) => ValueKind::Code,
        Value::Text(_) | Value::Flag(_) => ValueKind::Text,
    }
}

fn is_code(raw: &str) -> bool {
    raw.bytes().any(|b| b.is_ascii_digit()) && raw.split_whitespace().count() == 1
}

/// How one document prints its numbers and dates.
pub(super) struct Values {
    mark: DecimalMark,
    order: DateOrder,
    currency: Currency,
    /// What this document alone shows.
    pub(super) day_first: Option<bool>,
}

impl Values {
    /// `day_first` is what other documents of the layout showed.
    pub(super) fn of(sheet: &Sheet, currency: Currency, day_first: Option<bool>) -> Self {
        let words = || sheet.words().map(|word| word.text.as_str());
        let shown = dates::order(words()).map(|order| order == DateOrder::DayFirst);
        let order = if shown.or(day_first) == Some(true) { DateOrder::DayFirst } else { DateOrder::MonthFirst };
        Self { mark: numbers::decimal_mark(words()).unwrap_or(DecimalMark::Point), order, currency, day_first: shown }
    }

    /// The value of a text, `None` where it is none of this kind.
    pub(super) fn value(&self, raw: &str, kind: ValueKind) -> Option<Value> {
        match kind {
            ValueKind::Text => (!raw.is_empty()).then(|| Value::Text(raw.to_owned())),
            ValueKind::Code => is_code(raw).then(|| Value::Text(raw.to_owned())),
            ValueKind::Date => dates::parse(raw, self.order).map(Value::Date),
            ValueKind::Number => numbers::parse(raw, self.mark).map(Value::Number),
            ValueKind::Amount => numbers::amount(raw, self.mark, self.currency).ok().map(Value::Money),
        }
    }

    /// The words among some that are a value of this kind: the first such, or the last.
    pub(super) fn pick(&self, words: &[Token], kind: ValueKind, last: bool) -> Option<(usize, usize)> {
        if kind == ValueKind::Text {
            let from = words.iter().position(|word| !plain(&word.text).is_empty())?;
            return Some((from, words.len()));
        }
        let longest = match kind {
            ValueKind::Date => 4,
            ValueKind::Amount | ValueKind::Number => 2,
            ValueKind::Code | ValueKind::Text => 1,
        };
        let here = |from: usize| {
            let most = longest.min(words.len() - from);
            (1..=most).rev().map(|length| (from, from + length)).find(|(from, to)| self.fits(&words[*from..*to], kind))
        };
        if last {
            (0..words.len()).rev().find_map(|from| self.ending(words, from + 1, longest, kind))
        } else {
            (0..words.len()).find_map(here)
        }
    }

    fn ending(&self, words: &[Token], to: usize, longest: usize, kind: ValueKind) -> Option<(usize, usize)> {
        let most = longest.min(to);
        (1..=most).rev().map(|length| (to - length, to)).find(|(from, to)| self.fits(&words[*from..*to], kind))
    }

    /// Two numbers side by side are not one: more than one word with digits is a date alone.
    fn fits(&self, words: &[Token], kind: ValueKind) -> bool {
        let numbers = words.iter().filter(|word| word.text.bytes().any(|b| b.is_ascii_digit())).count();
        numbers >= 1 && (numbers == 1 || kind == ValueKind::Date) && self.value(&lines::raw(words), kind).is_some()
    }
}

/// What stands in a box of a page, as a person who points at it means it.
pub fn at(printed: &Printed<'_>, page: u32, bbox: [f64; 4]) -> Option<(String, Place)> {
    let sheet = Sheet::of(printed);
    let span = sheet.within(page, bbox)?;
    let words = sheet.tokens(span);
    Some((lines::raw(words), lines::place(page, words)))
}

/// Where a value that a person typed is printed: the first place that reads as the same.
pub fn find(printed: &Printed<'_>, value: &Value, typed: &str, kind: ValueKind) -> Option<(String, Place)> {
    let sheet = Sheet::of(printed);
    let values = Values::of(&sheet, printed.currency, None);
    let wanted: Vec<String> = typed.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
    let span = match kind {
        ValueKind::Text | ValueKind::Code => sheet.rows.iter().enumerate().find_map(|(row, line)| {
            (0..line.words.len()).find_map(|from| Some(Span { row, from, to: line.phrase_at(from, &wanted)? }))
        }),
        ValueKind::Date | ValueKind::Number | ValueKind::Amount => {
            sheet.rows.iter().enumerate().find_map(|(row, line)| {
                (0..line.words.len()).find_map(|from| {
                    let (start, end) = values.pick(&line.words[from..], kind, false)?;
                    let same =
                        values.value(&lines::raw(&line.words[from + start..from + end]), kind).as_ref() == Some(value);
                    same.then_some(Span { row, from: from + start, to: from + end })
                })
            })
        }
    }?;
    let words = sheet.tokens(span);
    Some((lines::raw(words), lines::place(sheet.rows[span.row].page, words)))
}

/// A text that a person gave, read as this document prints its values; `None` where it is none of this kind.
pub fn understood(printed: &Printed<'_>, text: &str, kind: ValueKind) -> Option<Value> {
    let text = text.trim();
    Values::of(&Sheet::of(printed), printed.currency, None).value(text, kind).or_else(|| match kind {
        // A person may also write as this product shows it.
        ValueKind::Date => dates::parse(text, DateOrder::MonthFirst).map(Value::Date),
        ValueKind::Code => (!text.is_empty()).then(|| Value::Text(text.to_owned())),
        ValueKind::Number => numbers::parse(text, DecimalMark::Point).map(Value::Number),
        ValueKind::Amount => numbers::amount(text, DecimalMark::Point, printed.currency).ok().map(Value::Money),
        ValueKind::Text => None,
    })
}

/// Where the values of a record stand: what may never be taken for print.
#[derive(Debug)]
pub(super) struct Hidden(Vec<(u32, [f64; 4])>);

impl Hidden {
    pub(super) fn of(record: &Record) -> Self {
        let fields = record.fields.values().chain(record.lines.iter().flat_map(|line| line.fields.values()));
        Self(fields.filter_map(|field| page_box(&field.at)).collect())
    }

    pub(super) fn covers(&self, page: u32, word: &Token) -> bool {
        let (x, y) = ((word.bbox[0] + word.bbox[2]) / 2.0, (word.bbox[1] + word.bbox[3]) / 2.0);
        self.0.iter().any(|(at, [left, top, right, bottom])| {
            *at == page && x >= *left && x <= *right && y >= *top && y <= *bottom
        })
    }
}

/// The page and box of a place on paper.
pub(super) fn page_box(place: &Place) -> Option<(u32, [f64; 4])> {
    match place {
        Place::Page { page, bbox } => Some((*page, *bbox)),
        Place::Cell { .. } => None,
    }
}
