//! What was typed, as the words to look for: each is the beginning of one, and all must occur.

use signwright_domain::salesforce;

/// Runs of letters and digits; an id of Salesforce as it is kept.
pub(super) fn of(typed: &str) -> Vec<&str> {
    typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(salesforce::id).collect()
}

/// As FTS5 asks for them (<https://sqlite.org/fts5.html#fts5_phrases>).
pub(super) fn query(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" ")
}

/// The same for words in which the search sees several, because of vowel signs between their letters: those outside ASCII
/// by their first letter alone, which finds too much rather than too little.
pub(super) fn query_of_first_letters(words: &[&str]) -> String {
    let first = |word: &&str| {
        let end = if word.is_ascii() { word.len() } else { word.chars().next().map_or(0, char::len_utf8) };
        format!("\"{}\"*", &word[..end])
    };
    words.iter().map(first).collect::<Vec<_>>().join(" ")
}
