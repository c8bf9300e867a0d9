//! Tables found by their header line: which columns there are, and which words of a row belong to which.
//!
//! Text columns are aligned at their left edge, number columns at their right edge; that is how printed lists are set,
//! with a typewriter font or a proportional one.

use super::labels::phrase_length;
use super::lines::{Line, plain};
use crate::pdf::words::Token;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    /// A number that names something; remarks behind it are not part of it.
    Code,
    Date,
    Number,
    Amount,
}

impl Holds {
    fn is_numeric(self) -> bool {
        match self {
            Self::Number | Self::Amount => true,
            Self::Text | Self::Code | Self::Date => false,
        }
    }
}

/// A column that may appear in a table.
pub(super) struct ColumnKind {
    pub(super) field: &'static str,
    pub(super) holds: Holds,
    pub(super) phrases: &'static [&'static str],
}

/// A column of one table, with the edges of its header.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) field: &'static str,
    pub(super) holds: Holds,
    left: f64,
    right: f64,
}

/// The header line of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
}

/// The words of one row, by column.
pub(super) struct Row<'h> {
    pub(super) cells: Vec<(&'h Column, Vec<Token>)>,
}

impl Row<'_> {
    pub(super) fn numeric_cells(&self) -> usize {
        self.cells.iter().filter(|(column, _)| column.holds.is_numeric()).count()
    }

    pub(super) fn has_text(&self) -> bool {
        self.cells.iter().any(|(column, _)| !column.holds.is_numeric())
    }
}

impl Header {
    /// Recognises a header line: at least three known columns, one of them with amounts, and few unknown words.
    pub(super) fn of(line: &Line, kinds: &[ColumnKind]) -> Option<Self> {
        let words: Vec<&Token> = line.words().collect();
        let plain_words: Vec<String> = words.iter().map(|word| plain(&word.text)).collect();
        let (mut columns, mut unknown, mut at) = (Vec::<Column>::new(), 0, 0);
        while at < words.len() {
            let used: Vec<&str> = columns.iter().map(|column| column.field).collect();
            match longest(&plain_words[at..], kinds, &used) {
                Some((kind, length)) => {
                    columns.push(column(kind, &words[at..at + length]));
                    at += length;
                }
                None => {
                    unknown += usize::from(!plain_words[at].is_empty());
                    at += 1;
                }
            }
        }
        let amounts = columns.iter().any(|column| column.holds == Holds::Amount);
        (columns.len() >= 3 && amounts && unknown * 2 <= columns.len()).then_some(Self { columns })
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.columns.iter().any(|column| column.field == field)
    }

    /// Sorts a line's words into the columns.
    pub(super) fn row(&self, line: &Line) -> Row<'_> {
        let mut filled: Vec<Vec<Token>> = vec![Vec::new(); self.columns.len()];
        for part in line.cells.iter().flat_map(|cell| self.parts(cell)) {
            for (column, words) in self.placed(part) {
                filled[column].extend(words.iter().cloned());
            }
        }
        let cells = self.columns.iter().zip(filled).filter(|(_, words)| !words.is_empty()).collect();
        Row { cells }
    }

    /// Cuts a cell where one of its words begins exactly where another text column begins: columns set one blank apart.
    fn parts<'t>(&self, cell: &'t [Token]) -> Vec<&'t [Token]> {
        let begins = |word: &Token| {
            let near =
                |column: &Column| !column.holds.is_numeric() && (word.bbox[0] - column.left).abs() < 0.3 * word.size;
            self.columns.iter().any(near)
        };
        let mut cuts: Vec<usize> = (1..cell.len()).filter(|i| begins(&cell[*i])).collect();
        cuts.push(cell.len());
        let mut from = 0;
        cuts.into_iter().map(|to| &cell[std::mem::replace(&mut from, to)..to]).collect()
    }

    fn placed<'t>(&self, cell: &'t [Token]) -> Vec<(usize, &'t [Token])> {
        let bare = cell.iter().filter(|word| !matches!(word.text.as_str(), "$" | "€" | "£")).count();
        if bare <= 1 {
            return self.nearest(cell).map(|column| (column, cell)).into_iter().collect();
        }
        if cell.iter().all(|word| word.text.bytes().any(|b| b.is_ascii_digit())) && self.numeric_near(cell) {
            return cell.chunks(1).filter_map(|word| Some((self.nearest(word)?, word))).collect();
        }
        let tail = cell.iter().rev().take_while(|word| self.aligned(word).is_some()).count().min(cell.len() - 1);
        let (text, numbers) = cell.split_at(cell.len() - tail);
        let text_column = self.nearest_text(text);
        let numbers = numbers.chunks(1).filter_map(|word| Some((self.aligned(&word[0])?, word)));
        text_column.map(|column| (column, text)).into_iter().chain(numbers).collect()
    }

    /// The column a cell without neighbours belongs to.
    fn nearest(&self, cell: &[Token]) -> Option<usize> {
        let (left, right) = (cell.first()?.bbox[0], cell.last()?.bbox[2]);
        let distance = |column: &Column| {
            if column.holds.is_numeric() {
                let centre = ((left + right) - (column.left + column.right)).abs() / 2.0;
                (right - column.right).abs().min(centre)
            } else {
                (left - column.left).abs()
            }
        };
        self.closest(distance)
    }

    fn nearest_text(&self, cell: &[Token]) -> Option<usize> {
        let left = cell.first()?.bbox[0];
        self.closest(|column| if column.holds.is_numeric() { f64::INFINITY } else { (left - column.left).abs() })
            .filter(|column| !self.columns[*column].holds.is_numeric())
    }

    fn closest(&self, distance: impl Fn(&Column) -> f64) -> Option<usize> {
        (0..self.columns.len()).min_by(|a, b| distance(&self.columns[*a]).total_cmp(&distance(&self.columns[*b])))
    }

    /// Whether all of a cell's words end near the right edge of a number column.
    fn numeric_near(&self, cell: &[Token]) -> bool {
        cell.iter()
            .all(|word| self.nearest(std::slice::from_ref(word)).is_some_and(|c| self.columns[c].holds.is_numeric()))
    }

    /// The number column whose right edge a word with digits ends at, within less than a font size.
    fn aligned(&self, word: &Token) -> Option<usize> {
        let digits = word.text.bytes().any(|b| b.is_ascii_digit());
        let near = |column: &Column| column.holds.is_numeric() && (word.bbox[2] - column.right).abs() < 0.7 * word.size;
        self.columns.iter().position(near).filter(|_| digits)
    }
}

fn longest<'k>(words: &[String], kinds: &'k [ColumnKind], used: &[&str]) -> Option<(&'k ColumnKind, usize)> {
    kinds
        .iter()
        .filter(|kind| !used.contains(&kind.field))
        .flat_map(|kind| kind.phrases.iter().map(move |phrase| (kind, phrase)))
        .filter_map(|(kind, phrase)| phrase_length(words, phrase).map(|length| (kind, length)))
        .max_by_key(|(_, length)| *length)
}

fn column(kind: &ColumnKind, words: &[&Token]) -> Column {
    let left = words.iter().map(|word| word.bbox[0]).fold(f64::INFINITY, f64::min);
    let right = words.iter().map(|word| word.bbox[2]).fold(f64::NEG_INFINITY, f64::max);
    Column { field: kind.field, holds: kind.holds, left, right }
}
