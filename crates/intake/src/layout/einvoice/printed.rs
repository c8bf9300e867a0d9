//! Where a value that is known already stands on the pages; the whole first page where it is not printed.

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::record::Place;

use crate::dates::{self, DateOrder};
use crate::layout::lines::{self, Line, plain};
use crate::numbers::{self, DecimalMark};
use crate::pdf::words::Token;

/// The words that read like this text.
pub(super) fn text(lines: &[Line], text: &str) -> Place {
    let wanted: Vec<String> = text.split_whitespace().map(plain).collect();
    found(lines, wanted.len(), |words| words.iter().map(|word| plain(&word.text)).eq(wanted.iter().cloned()))
}

/// The last place where this number is printed: totals stand below.
pub(super) fn number(lines: &[Line], number: Decimal) -> Place {
    let same = |word: &Token| {
        [DecimalMark::Comma, DecimalMark::Point].iter().any(|mark| numbers::parse(&word.text, *mark) == Some(number))
    };
    let mut all = lines.iter().flat_map(|line| line.words().map(move |word| (line.page, word)));
    let last = all.by_ref().filter(|(_, word)| same(word)).last();
    last.map_or_else(nowhere, |(page, word)| lines::place(page, std::slice::from_ref(word)))
}

/// The words that are this day in either order.
pub(super) fn date(lines: &[Line], date: Date) -> Place {
    let same = |words: &[Token]| {
        let raw = lines::raw(words);
        [DateOrder::DayFirst, DateOrder::MonthFirst].iter().any(|order| dates::parse(&raw, *order) == Some(date))
    };
    let single = lines.iter().find_map(|line| at(line, 1, &same));
    single.or_else(|| lines.iter().find_map(|line| at(line, 3, &same))).unwrap_or_else(nowhere)
}

fn found(lines: &[Line], words: usize, same: impl Fn(&[Token]) -> bool) -> Place {
    lines.iter().find_map(|line| at(line, words, &same)).unwrap_or_else(nowhere)
}

fn at(line: &Line, words: usize, same: &impl Fn(&[Token]) -> bool) -> Option<Place> {
    let all: Vec<Token> = line.words().cloned().collect();
    let window = (words > 0).then(|| all.windows(words).find(|window| same(window))).flatten()?;
    Some(lines::place(line.page, window))
}

fn nowhere() -> Place {
    Place::Page { page: 1, bbox: [0.0; 4] }
}
