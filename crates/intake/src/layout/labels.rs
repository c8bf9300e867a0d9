//! Values found by the label in front of them: `WORK ORDER 20431`, `Order Number:  20431`, `TOTAL COST ...... 11,836.10`.
//!
//! A label must begin a cell. Its value is the rest of the cell, or the cells after it up to the next label.

use super::lines::{Line, plain};
use crate::pdf::words::Token;

/// A field and the ways its label is printed, in capitals without punctuation.
pub(super) struct Label {
    pub(super) field: &'static str,
    pub(super) phrases: &'static [&'static str],
}

/// A label with what stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) field: &'static str,
    /// The label as recognised.
    pub(super) label: &'static str,
    pub(super) page: u32,
    /// The cells behind the label; the first is the rest of the label's own cell, where there is one.
    pub(super) cells: Vec<Vec<Token>>,
    /// Whether the first cell is the rest of the label's own.
    same_cell: bool,
}

impl Found {
    /// The first cell behind the label.
    pub(super) fn first(&self) -> &[Token] {
        self.cells.first().map_or(&[], Vec::as_slice)
    }

    /// The first words behind the label up to one with a digit: `20431` of `20431 continued`.
    pub(super) fn code(&self) -> &[Token] {
        let first = self.first();
        let end = first.iter().position(|word| word.text.bytes().any(|b| b.is_ascii_digit()));
        end.map_or(first, |end| &first[..=end])
    }

    /// Whether the label is only the beginning of a phrase, as `TOTAL` is in `TOTAL HOURS  31.0`.
    pub(super) fn is_title(&self) -> bool {
        let wordy = |word: &Token| word.text.chars().next().is_some_and(char::is_alphabetic) && !is_sign(&word.text);
        self.same_cell && self.first().iter().any(wordy)
    }

    /// The last cell behind the label, or its last word where a remark such as `(7.0 %)` stands close before the number.
    pub(super) fn last_number(&self) -> &[Token] {
        let Some(cell) = self.cells.last() else { return &[] };
        match cell.as_slice() {
            [.., sign, _] if is_sign(&sign.text) => &cell[cell.len() - 2..],
            [.., _] => &cell[cell.len() - 1..],
            [] => &[],
        }
    }
}

fn is_sign(text: &str) -> bool {
    matches!(text, "$" | "€" | "£" | "-" | "-$" | "US$" | "USD" | "EUR")
}

/// All labels of one line, each with its value.
pub(super) fn in_line(line: &Line, labels: &[Label]) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for cell in line.cells.iter().flat_map(|cell| parts(cell, labels)) {
        match longest(cell, labels) {
            Some((field, label, length)) => {
                let rest: Vec<Token> = cell[length..]
                    .iter()
                    .skip_while(|w| plain(&w.text).is_empty() && !is_sign(&w.text))
                    .cloned()
                    .collect();
                let same_cell = !rest.is_empty();
                let cells = if same_cell { vec![rest] } else { Vec::new() };
                out.push(Found { field, label, page: line.page, cells, same_cell });
            }
            None => {
                if let Some(last) = out.last_mut() {
                    last.cells.push(cell.to_vec());
                }
            }
        }
    }
    out.retain(|found| !found.cells.is_empty());
    out
}

/// Cuts a cell before a label with a colon: a long value may reach up to the next label.
fn parts<'t>(cell: &'t [Token], labels: &[Label]) -> Vec<&'t [Token]> {
    let labelled = |at: &usize| {
        longest(&cell[*at..], labels).is_some_and(|(_, _, length)| cell[at + length - 1].text.ends_with(':'))
    };
    let mut cuts: Vec<usize> = (1..cell.len()).filter(labelled).collect();
    // `Your Work Order:` is one label, although `Work Order:` is another.
    if let Some((_, _, length)) = longest(cell, labels) {
        cuts.retain(|cut| *cut >= length);
    }
    cuts.push(cell.len());
    let mut from = 0;
    cuts.into_iter().map(|to| &cell[std::mem::replace(&mut from, to)..to]).collect()
}

/// Whether a line begins with one of the labels.
pub(super) fn begins(line: &Line, labels: &[Label]) -> bool {
    line.cells.first().is_some_and(|cell| longest(cell, labels).is_some())
}

/// The longest label at the start of a cell, with the number of words it takes.
fn longest(cell: &[Token], labels: &[Label]) -> Option<(&'static str, &'static str, usize)> {
    let words: Vec<String> = cell.iter().map(|word| plain(&word.text)).collect();
    let candidates = labels.iter().flat_map(|label| label.phrases.iter().map(|phrase| (label.field, *phrase)));
    candidates
        .filter_map(|(field, phrase)| phrase_length(&words, phrase).map(|length| (field, phrase, length)))
        .max_by_key(|(_, phrase, _)| phrase.len())
}

/// How many words a phrase takes at the start of `words`; words without letters and digits (`#`, `&`) may stand between.
pub(super) fn phrase_length(words: &[String], phrase: &str) -> Option<usize> {
    let mut at = 0;
    for expected in phrase.split(' ') {
        while at > 0 && words.get(at).is_some_and(String::is_empty) {
            at += 1;
        }
        if words.get(at).map(String::as_str) != Some(expected) {
            return None;
        }
        at += 1;
    }
    Some(at)
}
