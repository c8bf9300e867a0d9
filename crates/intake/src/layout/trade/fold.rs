//! The words of some tokens as labels are compared, whatever the language.

pub(super) use crate::fold::fold;
use crate::pdf::words::Token;

/// A word as compared, with the token it is (a part of).
#[derive(Clone, Debug)]
pub(super) struct Folded {
    pub(super) text: String,
    pub(super) token: usize,
}

/// The words of some tokens; a slash or an apostrophe inside a token parts two words, a dash does not.
pub(super) fn words(tokens: &[Token]) -> Vec<Folded> {
    let parts = |(token, word): (usize, &Token)| {
        let split = word.text.split(['/', '\'', '\u{2019}']).map(fold).filter(|text| !text.is_empty());
        split.map(move |text| Folded { text, token }).collect::<Vec<_>>()
    };
    tokens.iter().enumerate().flat_map(parts).collect()
}

/// Everything as one compared text.
pub(super) fn joined(tokens: &[Token]) -> String {
    words(tokens).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}
