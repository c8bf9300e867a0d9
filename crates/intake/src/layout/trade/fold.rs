//! Words as labels are compared in six languages: capital letters without accents, and digits.

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

/// One word as compared.
pub(super) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_uppercase) {
        match c {
            'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' | 'Ą' | 'Ă' => out.push('A'),
            'É' | 'È' | 'Ê' | 'Ë' | 'Ę' | 'Ě' => out.push('E'),
            'Í' | 'Ì' | 'Î' | 'Ï' => out.push('I'),
            'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' | 'Ø' | 'Ő' => out.push('O'),
            'Ú' | 'Ù' | 'Û' | 'Ü' | 'Ů' | 'Ű' => out.push('U'),
            'Ý' => out.push('Y'),
            'Ç' | 'Ć' | 'Č' => out.push('C'),
            'Ñ' | 'Ń' | 'Ň' => out.push('N'),
            'Ś' | 'Š' | 'Ș' | 'Ş' => out.push('S'),
            'Ź' | 'Ż' | 'Ž' => out.push('Z'),
            'Ł' | 'Ľ' => out.push('L'),
            'Ř' => out.push('R'),
            'Ť' | 'Ț' | 'Ţ' => out.push('T'),
            'Ď' => out.push('D'),
            'Œ' => out.push_str("OE"),
            'Æ' => out.push_str("AE"),
            '№' => out.push_str("NO"),
            'º' | 'ª' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

/// Everything as one compared text.
pub(super) fn joined(tokens: &[Token]) -> String {
    words(tokens).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}
