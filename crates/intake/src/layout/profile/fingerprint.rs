//! What a layout is known by: the words that stand in all of its documents, and how far from the left.
//!
//! Words below a table move up and down with its length, so only their distance from the left counts. Fonts do not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::MOST_WORDS;
use super::page::{Sheet, is_label};
use super::values::Hidden;

/// How far a word may stand from where it stood before, points.
const NEAR: i32 = 8;
/// Fewer words than this say nothing.
const FEWEST: usize = 6;

/// The printed words of a layout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    /// Width and height of the first page, points.
    pub page: [i32; 2],
    /// Words in capitals with the distance of their left edge, points.
    pub words: BTreeSet<(String, i32)>,
}

/// How alike a document must be: what was seen once still holds words of that document's own text.
pub(super) fn threshold(examples: u32) -> f64 {
    if examples < 2 { 0.6 } else { 0.75 }
}

impl Fingerprint {
    /// The words of one document without those of its values.
    pub(super) fn of(sheet: &Sheet, hidden: &Hidden) -> Self {
        let words = places(sheet, Some(hidden)).into_iter().take(MOST_WORDS).collect();
        Self { page: size(sheet), words }
    }

    /// What of it stands in another document too.
    pub(super) fn shared_with(&self, sheet: &Sheet, hidden: &Hidden) -> Self {
        let there = places(sheet, Some(hidden));
        let words = self.words.iter().filter(|(word, left)| stands(&there, word, *left));
        Self { page: self.page, words: words.cloned().collect() }
    }

    /// The share of its words that stand in a document.
    pub(super) fn likeness(&self, sheet: &Sheet) -> f64 {
        let size = size(sheet);
        let same_page = (0..2).all(|side| (size[side] - self.page[side]).abs() <= 5);
        if !same_page || self.words.len() < FEWEST {
            return 0.0;
        }
        let there = places(sheet, None);
        let found = self.words.iter().filter(|(word, left)| stands(&there, word, *left)).count();
        found as f64 / self.words.len() as f64
    }

    pub(super) fn forget(&mut self, private: &BTreeSet<String>) {
        self.words.retain(|(word, _)| !private.contains(word));
    }
}

fn places(sheet: &Sheet, hidden: Option<&Hidden>) -> BTreeSet<(String, i32)> {
    let words =
        sheet.rows.iter().flat_map(|row| row.words.iter().zip(&row.plain).map(|(word, plain)| (row.page, word, plain)));
    words
        .filter(|(_, _, plain)| plain.chars().count() > 1 && is_label(plain))
        .filter(|(page, word, _)| !hidden.is_some_and(|hidden| hidden.covers(*page, word)))
        .map(|(_, word, plain)| (plain.clone(), word.bbox[0].round() as i32))
        .collect()
}

fn stands(there: &BTreeSet<(String, i32)>, word: &str, left: i32) -> bool {
    there.range((word.to_owned(), left - NEAR)..=(word.to_owned(), left + NEAR)).next().is_some()
}

fn size(sheet: &Sheet) -> [i32; 2] {
    sheet.page_sizes.first().map_or([0, 0], |[width, height]| [width.round() as i32, height.round() as i32])
}
