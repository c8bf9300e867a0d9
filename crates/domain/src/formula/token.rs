//! A formula cut into words, numbers, texts and signs.

use std::ops::Range;

use super::FormulaError;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// A name or one of the words of the language, as written.
    Word(String),
    Sign(&'static str),
}

const SIGNS: [&str; 18] =
    ["<=", ">=", "!=", "==", "<", ">", "=", "+", "-", "*", "/", "(", ")", ",", "%", "$", "€", "£"];

pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, FormulaError> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(first) = text[from..].chars().next() {
        if first.is_whitespace() {
            from += first.len_utf8();
            continue;
        }
        let (token, length) =
            one(&text[from..]).map_err(|(message, length)| FormulaError { message, at: from..from + length })?;
        found.push((token, from..from + length));
        from += length;
    }
    Ok(found)
}

/// The token that `rest`, which does not start with white space, begins with, and its length in bytes.
fn one(rest: &str) -> Result<(Token, usize), (String, usize)> {
    let first = rest.chars().next().expect("the caller found a character");
    let taken = |fits: fn(char) -> bool| rest.find(|c: char| !fits(c)).unwrap_or(rest.len());
    match first {
        '"' => match rest[1..].find('"') {
            Some(end) => Ok((Token::Text(rest[1..=end].to_owned()), end + 2)),
            None => Err(("a text without its closing quotation mark".to_owned(), rest.len())),
        },
        '0'..='9' | '.' => {
            let length = taken(|c| c.is_ascii_digit() || c == '.');
            let number =
                rest[..length].parse().map_err(|_| (format!("{} is not a number", &rest[..length]), length))?;
            Ok((Token::Number(number), length))
        }
        _ if first.is_alphabetic() || first == '_' => {
            let length = taken(|c| c.is_alphanumeric() || c == '_');
            Ok((Token::Word(rest[..length].to_owned()), length))
        }
        _ => match SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            Some(sign) => Ok((Token::Sign(sign), sign.len())),
            None => Err((format!("\"{first}\" is no part of a formula"), first.len_utf8())),
        },
    }
}
