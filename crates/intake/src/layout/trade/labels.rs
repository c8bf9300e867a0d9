//! Where a document's labels stand, and what stands beside and below each.

use std::ops::Range;

use super::fold;
use super::vocabulary::{self, Phrase, Weight};
use crate::layout::lines::{Line, union};
use crate::pdf::words::Token;

/// A label as found.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) field: &'static str,
    pub(super) weight: Weight,
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) cell: usize,
    /// Its tokens in the cell.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where the next label of the same cell begins, or the cell's end.
    pub(super) until: usize,
    pub(super) bbox: [f64; 4],
}

/// All labels of a document.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// In the order of their lines, so that those of a line are found without looking at all.
    all: Vec<Label>,
}

/// Words near a label.
#[derive(Clone, Debug)]
pub(super) struct Near {
    pub(super) line: usize,
    pub(super) page: u32,
    pub(super) words: Vec<Token>,
}

impl Labels {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut all = Vec::new();
        for (line, content) in lines.iter().enumerate() {
            for (cell, tokens) in content.cells.iter().enumerate() {
                in_cell(tokens, line, cell, &mut all);
            }
        }
        Self { all }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Label> {
        self.all.iter()
    }

    /// The labels that stand in some lines.
    pub(super) fn in_lines(&self, lines: Range<usize>) -> &[Label] {
        let from = self.all.partition_point(|label| label.line < lines.start);
        let length = self.all[from..].partition_point(|label| label.line < lines.end);
        &self.all[from..from + length]
    }

    /// The labels that stand in one line.
    pub(super) fn in_line(&self, line: usize) -> &[Label] {
        self.in_lines(line..line + 1)
    }

    /// The labels of one field, the surest first, then in reading order.
    pub(super) fn named(&self, fields: &[&str]) -> Vec<&Label> {
        let mut found: Vec<&Label> = self.all.iter().filter(|label| fields.contains(&label.field)).collect();
        found.sort_by_key(|label| std::cmp::Reverse(label.weight));
        found
    }

    /// The label that a cell begins with.
    pub(super) fn at(&self, line: usize, cell: usize) -> Option<&Label> {
        self.in_line(line).iter().find(|label| label.cell == cell && label.from == 0)
    }

    /// What stands behind a label in its own cell.
    pub(super) fn behind(&self, lines: &[Line], label: &Label) -> Option<Near> {
        let cell = lines.get(label.line)?.cells.get(label.cell)?;
        let rest = cell.get(label.to..label.until)?;
        let skipped = rest.iter().take_while(|word| word.text.chars().all(|c| ":-.#|\u{2013}".contains(c))).count();
        let words = rest[skipped..].to_vec();
        (!words.is_empty()).then(|| Near { line: label.line, page: lines[label.line].page, words })
    }

    /// The cells right of a label, up to the next label. They may stand a little higher or lower than the label.
    pub(super) fn right(&self, lines: &[Line], label: &Label) -> Vec<Near> {
        let Some(own) = lines.get(label.line) else { return Vec::new() };
        if own.cells.get(label.cell).is_some_and(|cell| cell.len() != label.until) {
            return Vec::new();
        }
        let mut cells: Vec<(usize, usize, f64, &Vec<Token>)> = Vec::new();
        for (number, line) in lines.iter().enumerate().take(label.line + 3).skip(label.line.saturating_sub(2)) {
            for (cell, words) in line.cells.iter().enumerate() {
                let Some(bbox) = words.iter().map(|word| word.bbox).reduce(union) else { continue };
                let shared = bbox[3].min(label.bbox[3]) - bbox[1].max(label.bbox[1]);
                let beside = line.page == own.page && bbox[0] >= label.bbox[2];
                let level = number == label.line || shared > 0.4 * (label.bbox[3] - label.bbox[1]);
                if beside && level {
                    cells.push((number, cell, bbox[0], words));
                }
            }
        }
        cells.sort_by(|a, b| a.2.total_cmp(&b.2));
        let free = cells.into_iter().take_while(|(line, cell, ..)| self.at(*line, *cell).is_none());
        free.map(|(line, _, _, words)| Near { line, page: own.page, words: words.clone() }).collect()
    }

    /// The cells below a label, nearest first, while they follow each other closely.
    pub(super) fn below(&self, lines: &[Line], label: &Label, most: usize) -> Vec<(usize, Near)> {
        let Some(own) = lines.get(label.line) else { return Vec::new() };
        let (mut out, mut bottom) = (Vec::new(), label.bbox[3]);
        for (number, line) in lines.iter().enumerate().skip(label.line + 1) {
            let size = line.words().map(|word| word.size).fold(0.0, f64::max);
            let top = line.words().map(|word| word.bbox[1]).fold(f64::INFINITY, f64::min);
            if line.page != own.page || top - bottom > 2.6 * size || out.len() >= most {
                break;
            }
            // Headings may stand around the middle of a box and the values at its left: then it is the box that counts.
            let boxed = number == label.line + 1 && own.cells.len() > 2 && own.cells.len() == line.cells.len();
            let found = line.cells.iter().enumerate().find(|(_, cell)| beneath(label.bbox, cell));
            let Some((cell, words)) = found.or_else(|| boxed.then(|| (label.cell, &line.cells[label.cell]))) else {
                continue;
            };
            bottom = words.iter().map(|word| word.bbox[3]).fold(bottom, f64::max);
            out.push((cell, Near { line: number, page: line.page, words: under(label.bbox, words) }));
        }
        out
    }
}

/// The words of a cell that stand under a box: those before them stand under its neighbour where one begins at its edge.
fn under(above: [f64; 4], cell: &[Token]) -> Vec<Token> {
    let at = cell.iter().position(|word| (word.bbox[0] - above[0]).abs() < 1.0).unwrap_or(0);
    cell[at..].to_vec()
}

/// Whether a cell stands under a box: their left edges, right edges or middles meet, or one covers most of the other.
fn beneath(above: [f64; 4], cell: &[Token]) -> bool {
    let Some(own) = cell.iter().map(|word| word.bbox).reduce(union) else { return false };
    let size = cell[0].size;
    let near = |a: f64, b: f64| (a - b).abs() < 1.2 * size;
    let shared = above[2].min(own[2]) - above[0].max(own[0]);
    let narrower = (above[2] - above[0]).min(own[2] - own[0]);
    let middle = |b: [f64; 4]| (b[0] + b[2]) / 2.0;
    let meets = near(above[0], own[0]) || near(above[2], own[2]) || near(middle(above), middle(own));
    shared > -0.2 * size && (meets || shared > 0.6 * narrower)
}

fn in_cell(tokens: &[Token], line: usize, cell: usize, all: &mut Vec<Label>) {
    let folded = fold::words(tokens);
    let texts: Vec<&str> = folded.iter().map(|word| word.text.as_str()).collect();
    let (first, mut at) = (all.len(), 0);
    // Where the last label of this cell ends.
    let mut ended = usize::MAX;
    while at < folded.len() {
        let Some(phrase) = vocabulary::longest(&texts[at..]) else {
            at += 1;
            continue;
        };
        let (from, last) = (folded[at].token, folded[at + phrase.words.len() - 1].token);
        let begins = at == 0
            || opens(tokens, from)
            || (ended == from && phrase.weight == 3 && phrase.words.len() > 1)
            || is_prefixed(phrase, &tokens[..from]);
        let closes = tokens[last].text.ends_with(':') || tokens.get(last + 1).is_some_and(|next| next.text == ":");
        // `Lieferant GmbH` is a name that only begins like a label.
        let party = matches!(phrase.field, "vendor" | "customer" | "name" | "payee") && phrase.words.len() == 1;
        let named = party && !closes && last + 1 < tokens.len();
        let spoken = !begins && !closes && is_spoken(phrase, &texts[..at]);
        if (begins || closes || spoken) && !named && !is_of_another(phrase, &texts[..at]) {
            let bbox = tokens[from..=last].iter().map(|word| word.bbox).reduce(union).unwrap_or_default();
            let text = phrase.words.join(" ");
            let (field, weight) = (phrase.field, phrase.weight);
            // The words between the cell's beginning and a label with a colon belong to the label: it says more than is known.
            let weight = if begins { weight } else { weight.min(2) };
            all.push(Label { field, weight, text, line, cell, from, to: last + 1, until: tokens.len(), bbox });
            at += phrase.words.len();
            ended = last + 1;
        } else {
            at += 1;
        }
    }
    for i in first..all.len().saturating_sub(1) {
        all[i].until = all[i + 1].from;
    }
}

/// `21% VAT`, `less discount`, `PA Sales Tax`, `Rostock, den`: what may stand before a label without changing it.
fn is_prefixed(phrase: &Phrase, before: &[Token]) -> bool {
    const WORDS: &[&str] = &[
        "LESS",
        "PLUS",
        "ADD",
        "ESTIMATED",
        "STATE",
        "CITY",
        "COUNTY",
        "ABZGL",
        "ABZUGLICH",
        "ZZGL",
        "ZUZUGLICH",
        "INKL",
    ];
    let rate = |word: &Token| word.text.bytes().all(|b| b.is_ascii_digit() || b".,%()".contains(&b));
    let short = |word: &Token| word.text.len() <= 3 && word.text.bytes().all(|b| b.is_ascii_uppercase());
    let known = |word: &Token| WORDS.contains(&fold::fold(&word.text).as_str());
    match phrase.field {
        "tax" => before.len() <= 3 && before.iter().all(|word| rate(word) || short(word) || known(word)),
        "discount" | "shipping" | "prepaid" => before.len() <= 2 && before.iter().all(|word| rate(word) || known(word)),
        "date" => phrase.weight == 2 && before.len() <= 3 && before.last().is_some_and(|word| word.text.ends_with(',')),
        _ => false,
    }
}

/// `Please find below our invoice no. 4711`: the full name of a number in a sentence.
fn is_spoken(phrase: &Phrase, before: &[&str]) -> bool {
    let own =
        before.last().is_some_and(|word| matches!(*word, "OUR" | "THE" | "THIS" | "UNSERE" | "NOTRE" | "NUESTRA"));
    phrase.field == "invoice_no" && phrase.weight == 3 && phrase.words.len() > 1 && own
}

/// `Reference invoice: 4711` names another paper.
fn is_of_another(phrase: &Phrase, before: &[&str]) -> bool {
    const OTHER: &[&str] =
        &["REFERENCE", "REF", "ORIGINAL", "RELATED", "PREVIOUS", "APPLIES", "AGAINST", "YOUR", "ZUR", "ZU"];
    phrase.field == "invoice_no" && before.last().is_some_and(|word| OTHER.contains(word))
}

/// Whether what stands before a token ends what came before.
fn opens(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|i| tokens.get(i)) else { return true };
    fold::fold(&before.text).is_empty() && !matches!(before.text.as_str(), "#" | "&" | "(" | "$" | "€")
        || before.text.ends_with(':')
}
