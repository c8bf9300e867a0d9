//! Values beside their labels, whatever they mean: a label ends in a colon.

use signwright_domain::printed::Pair;

use crate::layout::lines::{self, Line, union};
use crate::pdf::words::Token;

/// A label of more words than this is a sentence.
const LONGEST: usize = 6;
/// A value further right of its label than this, in font sizes, belongs to something else.
const FAR: f64 = 25.0;
/// More pairs than this no paper has.
const MOST: usize = 2_000;

/// All pairs in reading order.
pub(in crate::layout) fn pairs(lines: &[Line]) -> Vec<Pair> {
    let mut out = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for cell in 0..line.cells.len() {
            out.extend(of_cell(lines, number, cell));
        }
        if out.len() >= MOST {
            break;
        }
    }
    out.truncate(MOST);
    out
}

/// A cell may hold several: `Date: 1/2/2026 Terms: net 30`.
fn of_cell(lines: &[Line], number: usize, cell: usize) -> Vec<Pair> {
    let line = &lines[number];
    let words = &line.cells[cell];
    let colons: Vec<usize> = (0..words.len()).filter(|at| is_label_end(&words[*at].text)).collect();
    let pair = |(place, colon): (usize, &usize)| {
        let from = if place == 0 { 0 } else { label_start(words, *colon) };
        let label = words.get(from..=*colon).filter(|label| label.len() <= LONGEST)?;
        let until = colons.get(place + 1).map_or(words.len(), |next| label_start(words, *next));
        let own = words.get(colon + 1..until).filter(|value| !value.is_empty());
        let beside = || line.cells.get(cell + 1).filter(|next| is_value(label, next)).map(Vec::as_slice);
        let value =
            own.or_else(|| beside().filter(|_| until == words.len())).or_else(|| below(lines, number, label))?;
        let bbox = value.iter().map(|word| word.bbox).reduce(union)?;
        let label = lines::raw(label).trim_end_matches([':', ' ']).to_owned();
        (!label.is_empty()).then(|| Pair { label, value: lines::raw(value), page: line.page, bbox })
    };
    colons.iter().enumerate().filter_map(pair).collect()
}

fn is_label_end(word: &str) -> bool {
    word == ":" || word.ends_with(':')
}

/// A second label in a cell begins where the words before its colon begin with a capital letter, at most three of them.
fn label_start(words: &[Token], colon: usize) -> usize {
    let begins = |at: &usize| words[*at].text.starts_with(char::is_uppercase);
    (colon.saturating_sub(2)..=colon).find(begins).unwrap_or(colon)
}

fn is_value(label: &[Token], next: &[Token]) -> bool {
    let Some(last) = label.last() else { return false };
    let near = next[0].bbox[0] - last.bbox[2] < FAR * last.size;
    near && !next.iter().take(LONGEST).any(|word| is_label_end(&word.text))
}

/// What stands right below a label that has nothing behind it.
fn below<'l>(lines: &'l [Line], number: usize, label: &[Token]) -> Option<&'l [Token]> {
    let own = label.iter().map(|word| word.bbox).reduce(union)?;
    let next = lines.get(number + 1).filter(|next| next.page == lines[number].page)?;
    let size = label[0].size;
    let starts = |cell: &&Vec<Token>| {
        (cell[0].bbox[0] - own[0]).abs() < 0.5 * size
            && cell[0].bbox[1] - own[3] < 1.5 * size
            && !cell.iter().any(|word| is_label_end(&word.text))
    };
    next.cells.iter().find(starts).map(Vec::as_slice)
}
