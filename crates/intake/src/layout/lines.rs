//! Words to lines, and lines to cells: stretches of text with a wide gap on either side.

use signwright_domain::record::Place;

use crate::pdf::open::Text;
use crate::pdf::words::{self, Token};

/// A gap wider than this ends a cell, in font sizes. One blank of a typewriter font is 0.6 wide, two are 1.2.
const CELL_GAP: f64 = 0.9;

/// One line of a page, left to right.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) page: u32,
    pub(super) cells: Vec<Vec<Token>>,
}

impl Line {
    pub(super) fn words(&self) -> impl Iterator<Item = &Token> {
        self.cells.iter().flatten()
    }

    /// The line's words in capital letters and digits, as labels are compared.
    pub(super) fn plain(&self) -> String {
        let words: Vec<String> = self.words().map(|word| plain(&word.text)).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }
}

/// All level lines of a document in reading order.
pub(super) fn of_document(text: &Text) -> Vec<Line> {
    let mut out = Vec::new();
    for (page, content) in (1_u32..).zip(&text.pages) {
        let level: Vec<Token> = content.words.iter().filter(|word| word.level).cloned().collect();
        for mut line in words::lines(level, |word| (word.baseline, word.size)) {
            line.sort_by(|a, b| a.bbox[0].total_cmp(&b.bbox[0]));
            let words = unspaced(line).into_iter().flat_map(split_at_sign).flat_map(split_at_colon).collect();
            let cells = cells(words);
            // A line drawn with characters says nothing.
            if !cells.is_empty() {
                out.push(Line { page, cells });
            }
        }
    }
    out
}

/// Fewer single capitals in a row than this are initials, and further apart than this, in font sizes, they are columns.
const SPACED: usize = 4;
const LETTER_GAP: f64 = 0.85;

/// `I N V O I C E` as one word: capitals at even distances, with a wider gap between two words.
fn unspaced(line: Vec<Token>) -> Vec<Token> {
    let is_capital = |word: &Token| {
        let mut letters = word.text.trim_end_matches(':').chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    let mut out: Vec<Token> = Vec::with_capacity(line.len());
    for run in line.chunk_by(|a, b| is_capital(a) && is_capital(b) && gap(a, b) < 2.0 * LETTER_GAP) {
        let mut gaps: Vec<f64> = run.windows(2).map(|pair| gap(&pair[0], &pair[1])).collect();
        gaps.sort_by(f64::total_cmp);
        let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(f64::INFINITY);
        if run.len() < SPACED || usual > LETTER_GAP {
            out.extend_from_slice(run);
            continue;
        }
        out.extend(run.chunk_by(|a, b| gap(a, b) < 1.7 * usual + 0.05).map(|letters| Token {
            text: letters.iter().map(|letter| letter.text.as_str()).collect(),
            bbox: letters.iter().map(|letter| letter.bbox).reduce(union).unwrap_or_default(),
            ..letters[0].clone()
        }));
    }
    out
}

fn cells(words: Vec<Token>) -> Vec<Vec<Token>> {
    let mut out: Vec<Vec<Token>> = Vec::new();
    for word in words.into_iter().filter(|word| !is_rule(&word.text)) {
        let near = out.last().and_then(|cell| cell.last()).is_some_and(|last| gap(last, &word) < CELL_GAP);
        match out.last_mut() {
            Some(cell) if near => cell.push(word),
            Some(_) | None => out.push(vec![word]),
        }
    }
    out
}

fn gap(left: &Token, right: &Token) -> f64 {
    (right.bbox[0] - left.bbox[2]) / f64::max(left.size, right.size).max(0.1)
}

/// Lines drawn with characters, and dots that lead from a label to its amount.
pub(super) fn is_rule(text: &str) -> bool {
    text.len() > 1 && text.chars().all(|c| "-=_.|+\u{2013}\u{2014}".contains(c))
}

/// `EST:KM` is a label and its value, `08:30` is not.
fn split_at_colon(word: Token) -> Vec<Token> {
    let at = word.text.find(':').filter(|at| {
        let (label, value) = word.text.split_at(*at);
        value.len() > 1 && !value.starts_with("://") && label.chars().all(|c| c.is_alphabetic() || c == '.' || c == '#')
    });
    let Some(at) = at else { return vec![word] };
    let (label, value) = word.text.split_at(at + 1);
    let [left, top, right, bottom] = word.bbox;
    let share = label.chars().count() as f64 / word.text.chars().count() as f64;
    let middle = left + (right - left) * share;
    let part =
        |text: &str, from: f64, to: f64| Token { text: text.to_owned(), bbox: [from, top, to, bottom], ..word.clone() };
    vec![part(label, left, middle), part(value, middle, right)]
}

/// `7.50$78.00` is two numbers of two cells without a margin.
fn split_at_sign(word: Token) -> Vec<Token> {
    let text = word.text.as_str();
    let sign = |(at, c): (usize, char)| {
        let rest = &text[at + c.len_utf8()..];
        let digit = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_digit());
        let cents = at > 3 && matches!(text.as_bytes()[at - 3], b'.' | b',');
        "$€£".contains(c) && cents && digit(text.as_bytes().get(at - 1).copied()) && digit(rest.bytes().next())
    };
    let Some((at, _)) = text.char_indices().find(|each| sign(*each)) else { return vec![word] };
    let [left, top, right, bottom] = word.bbox;
    let share = text[..at].chars().count() as f64 / text.chars().count() as f64;
    let middle = left + (right - left) * share;
    let first = Token { text: text[..at].to_owned(), bbox: [left, top, middle, bottom], ..word.clone() };
    let rest = Token { text: text[at..].to_owned(), bbox: [middle, top, right, bottom], ..word.clone() };
    std::iter::once(first).chain(split_at_sign(rest)).collect()
}

/// A word as labels are compared: capital letters and digits only, American spelling.
pub(super) fn plain(word: &str) -> String {
    let plain: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    if plain == "LABOUR" { "LABOR".to_owned() } else { plain }
}

/// Words as they stood, with single blanks.
pub(super) fn raw(words: &[Token]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The box around some words of one page.
pub(super) fn place(page: u32, words: &[Token]) -> Place {
    Place::Page { page, bbox: words.iter().map(|word| word.bbox).reduce(union).unwrap_or_default() }
}

/// The smallest box around two.
pub(super) fn union(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}
