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
    let cuts = cuts_at_sign(&word.text);
    if cuts.is_empty() {
        return vec![word];
    }
    let [left, top, right, bottom] = word.bbox;
    let wide = (right - left) / word.text.chars().count() as f64;
    let ends = cuts.iter().copied().chain([word.text.len()]);
    let (mut from, mut x, mut out) = (0, left, Vec::with_capacity(cuts.len() + 1));
    for end in ends {
        let text = word.text[from..end].to_owned();
        let until = if end == word.text.len() { right } else { x + wide * text.chars().count() as f64 };
        out.push(Token {
            text,
            bbox: [x, top, until, bottom],
            baseline: word.baseline,
            size: word.size,
            level: word.level,
        });
        (from, x) = (end, until);
    }
    out
}

/// Where a number with cents ends and the sign of the next one begins.
fn cuts_at_sign(text: &str) -> Vec<usize> {
    let (bytes, mut from, mut cuts) = (text.as_bytes(), 0, Vec::new());
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for (at, c) in text.char_indices().filter(|(_, c)| "$€£".contains(*c)) {
        let cents = at > from + 3 && matches!(bytes[at - 3], b'.' | b',') && digit(at - 1);
        if cents && digit(at + c.len_utf8()) {
            cuts.push(at);
            from = at;
        }
    }
    cuts
}

/// A word as labels are compared: capital letters and digits only, American spelling.
pub(super) fn plain(word: &str) -> String {
    let plain: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    if plain == "LABOUR" { "LABOR".to_owned() } else { plain }
}

/// How many letters a text has.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<Token> {
        let bbox = [10.0, 0.0, 10.0 + text.chars().count() as f64, 10.0];
        split_at_sign(Token { text: text.to_owned(), bbox, baseline: 8.0, size: 10.0, level: true })
    }

    #[test]
    fn numbers_without_a_margin_are_parted_at_their_signs() {
        let parts = |text| split(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
        assert_eq!(parts("7.50$78.00"), ["7.50", "$78.00"]);
        assert_eq!(parts("7.50€78,00£3.10"), ["7.50", "€78,00", "£3.10"]);
        assert_eq!(parts("$78.00"), ["$78.00"]);
        assert_eq!(parts("US$78.00"), ["US$78.00"]);
        assert_eq!(parts("7.50$"), ["7.50$"]);
        let edges: Vec<[f64; 2]> = split("7.50€78,00£3.10").iter().map(|word| [word.bbox[0], word.bbox[2]]).collect();
        assert_eq!(edges, [[10.0, 14.0], [14.0, 20.0], [20.0, 25.0]]);
    }

    #[test]
    fn a_word_of_very_many_signs_is_parted_as_well() {
        let many = 100_000;
        let parts = split(&"1.00$".repeat(many));
        assert_eq!(parts.len(), many);
        assert!(parts[1..many - 1].iter().all(|word| word.text == "$1.00"));
    }
}
