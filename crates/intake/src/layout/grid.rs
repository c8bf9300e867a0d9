//! Tables of any kind, as they stand: first those that lines rule, then those that white space sets apart.
//!
//! Nothing here knows what a table is about. Words inside ruled tables are not looked at again; of the rest, lines that
//! share columns of white space make a table when enough of them do and what stands in it is not prose.

use signwright_domain::printed::{Table, TableSign};

use super::lines::{self, union};
use crate::pdf::open::{PageText, Text};
use crate::pdf::words::Token;

mod pages;
mod pairs;
mod rows;
mod ruled;
mod spaced;
mod stacked;

pub(super) use pairs::pairs;

/// One table of one page.
#[derive(Clone, Debug)]
struct Draft {
    page: u32,
    sign: TableSign,
    /// Where its columns begin and end; one more than columns.
    edges: Vec<f64>,
    rows: Vec<Row>,
    /// How many of the first rows name the columns.
    header: usize,
}

#[derive(Clone, Debug, Default)]
struct Row {
    top: f64,
    bottom: f64,
    cells: Vec<Cell>,
    is_subtotal: bool,
}

/// A cell with words, the first column it covers and how many columns and rows.
#[derive(Clone, Debug)]
struct Cell {
    column: usize,
    columns: usize,
    rows: usize,
    words: Vec<Token>,
}

impl Draft {
    fn has_numbers(&self) -> bool {
        rows::numeric_columns(self).contains(&true)
    }
}

impl Cell {
    fn text(&self) -> String {
        super::lines::raw(&self.words)
    }

    fn bbox(&self) -> [f64; 4] {
        self.words.iter().map(|word| word.bbox).reduce(union).unwrap_or_default()
    }

    /// Whether it holds an amount, a count, a share or a sign for none of these.
    fn is_number(&self) -> bool {
        let text: String = self.words.iter().map(|word| word.text.as_str()).collect();
        is_number(&text)
    }
}

/// Digits with what may stand around them and nothing else.
fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && lines::letters(text) <= 3.min(digits)
}

/// All tables of a document, in reading order, joined over pages.
pub(super) fn tables(text: &Text) -> Vec<Table> {
    let drafts: Vec<Draft> = (1_u32..).zip(&text.pages).flat_map(|(page, content)| of_page(page, content)).collect();
    pages::joined(drafts, &text.pages)
}

fn of_page(page: u32, content: &PageText) -> Vec<Draft> {
    let mut free = vec![true; content.words.len()];
    let mut drafts: Vec<Draft> = ruled::frames(&content.rules)
        .iter()
        .filter_map(|frame| stacked::filled(page, frame, &content.words, &mut free))
        .collect();
    let rest =
        content.words.iter().zip(&free).filter(|(word, free)| **free && word.level).map(|(word, _)| word.clone());
    drafts.extend(spaced::drafts(page, rest.collect()));
    for draft in &mut drafts {
        rows::settle(draft);
    }
    drafts.retain(|draft| draft.rows.len() > 1);
    drafts.sort_by(|a, b| a.rows[0].top.total_cmp(&b.rows[0].top));
    drafts
}

/// Words of one cell in reading order: turned ones as they were drawn, level ones line by line. Raised and lowered signs
/// stand in the line whose letters they touch.
fn in_order(words: Vec<Token>) -> Vec<Token> {
    let (mut level, turned): (Vec<Token>, Vec<Token>) = words.into_iter().partition(|word| word.level);
    level.sort_by(|a, b| b.size.total_cmp(&a.size));
    let mut lines: Vec<(f64, f64, Vec<Token>)> = Vec::new();
    for word in level {
        let (top, bottom) = (word.bbox[1], word.bbox[3]);
        let shares = |line: &&mut (f64, f64, Vec<Token>)| bottom.min(line.1) - top.max(line.0) > 0.5 * (bottom - top);
        match lines.iter_mut().find(shares) {
            Some(line) => line.2.push(word),
            None => lines.push((top, bottom, vec![word])),
        }
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out = Vec::new();
    for (_, _, mut line) in lines {
        line.sort_by(|a, b| a.bbox[0].total_cmp(&b.bbox[0]));
        out.extend(line);
    }
    out.extend(turned);
    out
}
