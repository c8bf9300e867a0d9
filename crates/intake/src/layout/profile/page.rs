//! A document's words as lines that can be searched for phrases.

use super::super::lines::{self, Line, plain};
use super::Printed;
use crate::pdf::open::{PageText, Text};
use crate::pdf::words::Token;

/// How far a label may stand from where it stood before, points.
pub(super) const SHIFT: f64 = 20.0;

/// All lines of a document.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    pub(super) page_sizes: Vec<[f64; 2]>,
}

/// One line: its words left to right, each with the cell it belongs to.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) page: u32,
    pub(super) words: Vec<Token>,
    /// As labels are compared; empty for punctuation.
    pub(super) plain: Vec<String>,
    pub(super) cell: Vec<usize>,
}

/// Some words of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) row: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Sheet {
    pub(super) fn of(printed: &Printed<'_>) -> Self {
        let count = printed.words.iter().map(|word| word.page).max().unwrap_or(0).max(printed.page_sizes.len() as u32);
        let mut pages: Vec<PageText> = (0..count.min(10_000))
            .map(|page| PageText {
                size: printed.page_sizes.get(page as usize).copied().unwrap_or_default(),
                ..PageText::default()
            })
            .collect();
        for word in printed.words {
            if let Some(page) = word.page.checked_sub(1).and_then(|page| pages.get_mut(page as usize)) {
                page.words.push(token(&word.text, word.bbox));
            }
        }
        let page_sizes = pages.iter().map(|page| page.size).collect();
        let rows = lines::of_document(&Text { pages, ..Text::default() }).into_iter().map(Row::of).collect();
        Self { rows, page_sizes }
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &Token> {
        self.rows.iter().flat_map(|row| &row.words)
    }

    pub(super) fn tokens(&self, span: Span) -> &[Token] {
        &self.rows[span.row].words[span.from..span.to]
    }

    /// The words of one page whose middle lies in a box.
    pub(super) fn within(&self, page: u32, bbox: [f64; 4]) -> Option<Span> {
        let inside = |word: &Token| {
            let (x, y) = ((word.bbox[0] + word.bbox[2]) / 2.0, (word.bbox[1] + word.bbox[3]) / 2.0);
            x >= bbox[0] - 0.5 && x <= bbox[2] + 0.5 && y >= bbox[1] - 0.5 && y <= bbox[3] + 0.5
        };
        let spans = self.rows.iter().enumerate().filter(|(_, row)| row.page == page).filter_map(|(row, line)| {
            let from = line.words.iter().position(inside)?;
            let to = line.words.iter().rposition(inside)? + 1;
            Some(Span { row, from, to })
        });
        spans.max_by_key(|span| span.to - span.from)
    }

    /// Where a phrase stands, with its left edge near `left`.
    pub(super) fn phrase(&self, phrase: &[String], left: f64) -> Vec<Span> {
        let mut out = Vec::new();
        for (row, line) in self.rows.iter().enumerate() {
            for from in 0..line.words.len() {
                if (line.words[from].bbox[0] - left).abs() <= SHIFT
                    && let Some(to) = line.phrase_at(from, phrase)
                {
                    out.push(Span { row, from, to });
                }
            }
        }
        out
    }
}

impl Row {
    fn of(line: Line) -> Self {
        let cell: Vec<usize> =
            line.cells.iter().enumerate().flat_map(|(cell, words)| std::iter::repeat_n(cell, words.len())).collect();
        let words: Vec<Token> = line.cells.into_iter().flatten().collect();
        let plain = words.iter().map(|word| plain(&word.text)).collect();
        Self { page: line.page, words, plain, cell }
    }

    /// Where the phrase that begins at a word ends; it lies in one cell, and punctuation does not count.
    pub(super) fn phrase_at(&self, from: usize, phrase: &[String]) -> Option<usize> {
        let mut at = from;
        for (place, expected) in phrase.iter().enumerate() {
            while place > 0 && self.plain.get(at).is_some_and(String::is_empty) {
                at += 1;
            }
            if self.plain.get(at) != Some(expected) || self.cell[at] != self.cell[from] {
                return None;
            }
            at += 1;
        }
        (at > from).then_some(at)
    }

    /// The words of the cell that a word belongs to.
    pub(super) fn cell_around(&self, word: usize) -> (usize, usize) {
        let cell = self.cell[word];
        let from = self.cell.iter().position(|one| *one == cell).unwrap_or(word);
        let to = self.cell.iter().rposition(|one| *one == cell).map_or(word + 1, |last| last + 1);
        (from, to)
    }

    /// The words of all cells, in order.
    pub(super) fn cells(&self) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let mut from = 0;
        while from < self.words.len() {
            let (_, to) = self.cell_around(from);
            out.push((from, to));
            from = to;
        }
        out
    }

    pub(super) fn left(&self, (from, _): (usize, usize)) -> f64 {
        self.words[from].bbox[0]
    }

    pub(super) fn right(&self, (from, to): (usize, usize)) -> f64 {
        self.words[from..to].iter().map(|word| word.bbox[2]).fold(f64::NEG_INFINITY, f64::max)
    }

    pub(super) fn top(&self) -> f64 {
        self.words.iter().map(|word| word.bbox[1]).fold(f64::INFINITY, f64::min)
    }

    pub(super) fn bottom(&self) -> f64 {
        self.words.iter().map(|word| word.bbox[3]).fold(f64::NEG_INFINITY, f64::max)
    }

    pub(super) fn has_digit(&self) -> bool {
        self.words.iter().any(|word| word.text.bytes().any(|b| b.is_ascii_digit()))
    }
}

/// Whether a word can be print: letters without a digit.
pub(super) fn is_label(plain: &str) -> bool {
    plain.chars().any(char::is_alphabetic) && !plain.bytes().any(|b| b.is_ascii_digit())
}

/// A stored word as the reader had it. Its box is three quarters of the font above the baseline and 0.22 below.
fn token(text: &str, bbox: [f64; 4]) -> Token {
    let (width, height) = (bbox[2] - bbox[0], bbox[3] - bbox[1]);
    let size = height / 0.97;
    let turned = text.chars().count() >= 3 && height > 1.5 * width;
    Token { text: text.to_owned(), bbox, baseline: bbox[3] - 0.22 * size, size, level: !turned }
}
