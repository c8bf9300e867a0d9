//! The numbers of a row, units and prices per unit included: `12EA`, `3.42/EA`, `@ $4.00`.

use rust_decimal::Decimal;

use super::around;
use crate::layout::lines::Line;
use crate::layout::trade::print::Print;
use crate::pdf::words::Token;

/// One number, where it stands and what stands with it.
pub(in crate::layout::trade::items) struct Number {
    pub(super) value: Decimal,
    pub(super) words: Vec<Token>,
    pub(super) bbox: [f64; 4],
    /// Whether it has cents or a currency.
    pub(super) is_money: bool,
    /// Whether a currency stands at it.
    pub(super) is_signed: bool,
    /// The unit that is printed without a blank behind it.
    pub(super) unit: Option<String>,
}

/// All numbers of a line from left to right.
pub(super) fn of(print: &Print<'_>, line: &Line) -> Vec<Number> {
    let mut out: Vec<Number> = line.cells.iter().flat_map(|cell| in_cell(print, cell)).collect();
    out.sort_by(|a, b| a.bbox[0].total_cmp(&b.bbox[0]));
    out
}

fn in_cell(print: &Print<'_>, cell: &[Token]) -> Vec<Number> {
    let amounts = print.amounts(cell);
    let mut out: Vec<Number> = Vec::new();
    for amount in &amounts {
        let words = cell[amount.from..amount.to].to_vec();
        let signed = words.iter().any(|word| crate::numbers::currencies(&word.text).is_some());
        let (value, is_money) = (amount.value, amount.is_money || signed);
        out.push(Number { value, bbox: digits(&words), words, is_money, is_signed: signed, unit: None });
    }
    for (at, word) in cell.iter().enumerate() {
        if amounts.iter().any(|amount| (amount.from..amount.to).contains(&at)) {
            continue;
        }
        if let Some((value, unit)) = with_unit(print, &word.text) {
            let signed = crate::numbers::currencies(&word.text).is_some() || word.text.starts_with(['$', '€', '£']);
            let is_money = word.text.contains('/');
            let words = vec![word.clone()];
            out.push(Number { value, bbox: word.bbox, words, is_money, is_signed: signed, unit: Some(unit) });
        }
    }
    out
}

/// The words with digits: signs stand at their own distance.
fn digits(words: &[Token]) -> [f64; 4] {
    let digits: Vec<Token> =
        words.iter().filter(|word| word.text.bytes().any(|b| b.is_ascii_digit())).cloned().collect();
    around(&digits)
}

/// `12EA` is twelve, `3.42/EA` is a price for each; `4x8`, `2X4` and `M10` are no such numbers.
fn with_unit(print: &Print<'_>, text: &str) -> Option<(Decimal, String)> {
    let bare = text.trim_start_matches('@');
    let (number, unit) = match bare.split_once('/') {
        Some(parts) => parts,
        None => bare.split_at(bare.find(|c: char| c.is_alphabetic())?),
    };
    let fits = (1..=5).contains(&unit.chars().count()) && unit.chars().all(|c| c.is_alphabetic() || c == '.');
    let size = unit.eq_ignore_ascii_case("x") || ["\"", "'"].contains(&unit);
    (fits && !size).then(|| print.number(number)).flatten().map(|value| (value, unit.to_owned()))
}
