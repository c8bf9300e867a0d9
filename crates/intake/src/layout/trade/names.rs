//! Which words may be the name of a firm or person.

use super::fold;
use crate::layout::lines;
use crate::pdf::words::Token;

/// Legal forms, as they end a firm's name.
const FORMS: &[&str] = &[
    "INC",
    "LLC",
    "LLP",
    "LTD",
    "LIMITED",
    "CORP",
    "CORPORATION",
    "CO",
    "COMPANY",
    "PLC",
    "LP",
    "PVT",
    "PTY",
    "GMBH",
    "MBH",
    "AG",
    "KG",
    "OHG",
    "EK",
    "EV",
    "UG",
    "GBR",
    "SE",
    "KGAA",
    "SARL",
    "SAS",
    "SASU",
    "SA",
    "EURL",
    "SCI",
    "SNC",
    "SL",
    "SLU",
    "SRL",
    "SPA",
    "SAPA",
    "BV",
    "NV",
    "VOF",
    "BVBA",
    "SPRL",
    "AB",
    "AS",
    "APS",
    "OY",
    "EG",
    "EK",
    "SPZOO",
    "SRO",
    "DOO",
    "KFT",
    "OYJ",
    "ASA",
    "LDA",
    "LTDA",
    "SADECV",
    "INCORPORATED",
    "PC",
    "PLLC",
    "FZE",
    "FZCO",
    "ULC",
    "LTEE",
    "ASBL",
    "EIRL",
    "SPK",
    "SPJ",
    "COOPERATIVE",
];

/// The words of a cell as a name; `None` where they cannot be one.
pub(super) fn of(cell: &[Token]) -> Option<Vec<Token>> {
    let cell = trimmed(cell);
    let raw = lines::raw(cell);
    let letters = lines::letters(&raw);
    let digits = raw.chars().filter(char::is_ascii_digit).count();
    let known = ["@", "www.", "http", "://", "|"].iter().any(|sign| raw.contains(sign)) || raw.ends_with(':');
    let fits =
        letters >= 2 && cell.len() <= 8 && digits * 4 <= letters && !known && !raw.ends_with('.') | has_form(cell);
    let starts = raw.chars().next().is_some_and(|c| {
        c.is_uppercase() || c.is_ascii_digit() || has_form(cell) || c.is_lowercase() && cell.len() <= 3
    });
    (fits && starts).then(|| cell.to_vec())
}

/// Whether a legal form is part of the name.
pub(super) fn has_form(cell: &[Token]) -> bool {
    let words = fold::words(cell);
    let joined = |at: usize| words[at..].iter().map(|word| word.text.as_str()).collect::<String>();
    words.iter().skip(1).any(|word| FORMS.contains(&word.text.as_str()))
        || (1..words.len()).any(|at| FORMS.contains(&joined(at).as_str()))
}

/// Whether some words go on with a name that began in the line above: a legal form, or words that begin with `and`.
pub(super) fn goes_on(cell: &[Token]) -> bool {
    let words = fold::words(cell);
    let joins = cell.first().is_some_and(|word| word.text == "&")
        || words.first().is_some_and(|word| matches!(word.text.as_str(), "AND" | "UND" | "ET" | "Y" | "E" | "EN"));
    let form = words.first().is_some_and(|word| FORMS.contains(&word.text.as_str()));
    cell.len() <= 5 && (form && words.len() <= 4 || joins && has_form(cell))
}

/// Whether two names are one, or one is the other shortened.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= 3 && (long == short || long.starts_with(&format!("{short} ")))
}

fn trimmed(cell: &[Token]) -> &[Token] {
    let blank = |word: &&Token| fold::fold(&word.text).is_empty();
    let from = cell.iter().take_while(blank).count();
    let to = cell.len() - cell[from..].iter().rev().take_while(blank).count();
    &cell[from..to]
}
