//! How one document prints its numbers, days and money, decided from all of it: decimal mark, order of day and month,
//! currency.

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::record::{Field, Value};
use signwright_domain::{Currency, Money};

use super::fold;
use super::labels::{Labels, Near};
use crate::dates::{self, DateOrder};
use crate::layout::lines::{self, Line};
use crate::numbers::{self, DecimalMark};
use crate::pdf::second::SecondOpinion;
use crate::pdf::words::Token;

/// What the second reader does not see is in doubt.
const DISPUTED: f64 = 0.85;

pub(super) struct Print<'a> {
    mark: DecimalMark,
    order: DateOrder,
    /// Whether something in the document says which order it is.
    order_is_known: bool,
    currency: Currency,
    stated: Option<Stated>,
    second: Option<&'a SecondOpinion>,
}

/// A currency that is printed, and where.
struct Stated {
    raw: Token,
    page: u32,
}

/// A number among words, with the words it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) value: Decimal,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether it has cents or a currency, as money does.
    pub(super) is_money: bool,
}

impl<'a> Print<'a> {
    pub(super) fn of(lines: &[Line], labels: &Labels, shop: Currency, second: Option<&'a SecondOpinion>) -> Self {
        let stated = currency(lines);
        let order = order(lines, labels, stated.as_ref().map(|(code, _)| *code));
        Self {
            mark: decimal_mark(lines),
            order: order.unwrap_or(DateOrder::MonthFirst),
            order_is_known: order.is_some(),
            currency: stated.as_ref().and_then(|(code, _)| code.parse().ok()).unwrap_or(shop),
            stated: stated.map(|(_, stated)| stated),
            second,
        }
    }

    pub(super) fn currency_field(&self) -> Option<Field> {
        let stated = self.stated.as_ref()?;
        Some(Field {
            value: Value::Text(self.currency.code().to_owned()),
            raw: stated.raw.text.clone(),
            at: lines::place(stated.page, std::slice::from_ref(&stated.raw)),
            confidence: if stated.raw.text.contains('$') && self.currency != Currency::USD { 0.8 } else { 0.95 },
            found_by: "the sign beside the amounts".to_owned(),
        })
    }

    pub(super) fn money(&self, value: Decimal) -> Option<Money> {
        Money::from_decimal(value, self.currency).ok()
    }

    /// A number as one word prints it.
    pub(super) fn number(&self, text: &str) -> Option<Decimal> {
        numbers::parse(text.trim_end_matches(['*', ';', ':']), self.mark)
    }

    /// All numbers among some words; digits that a blank groups by thousands are one number.
    pub(super) fn amounts(&self, words: &[Token]) -> Vec<Amount> {
        let (mut out, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let longest = (1..=5.min(words.len() - at)).rev().find_map(|length| {
                let run = &words[at..at + length];
                let value = self.run(run)?;
                Some(Amount { value, from: at, to: at + length, is_money: is_money(run) })
            });
            at = longest.map_or(at + 1, |amount| amount.to);
            out.extend(longest);
        }
        out
    }

    /// Several words that print one number: `$ 12.00`, `1 234,50 €`, `- 3,00`.
    fn run(&self, words: &[Token]) -> Option<Decimal> {
        let digits = words.iter().filter(|word| word.text.bytes().any(|b| b.is_ascii_digit()));
        let close = |pair: &[Token]| pair[1].bbox[0] - pair[0].bbox[2] < 0.45 * pair[0].size;
        // `SEK 8 185,00`, `- 1 234,50`: what stands before the groups is no digit.
        let signs = words.iter().take_while(|word| !word.text.bytes().any(|b| b.is_ascii_digit())).count();
        let groups: &[Token] = words.get(signs..).unwrap_or_default();
        let starts = groups.first().is_some_and(|word| word.text.bytes().all(|b| b.is_ascii_digit()))
            && words[..signs].iter().all(|word| numbers::currencies(&word.text).is_some() || word.text == "-");
        match digits.count() {
            0 => return None,
            1 => {}
            _ if starts
                && groups.windows(2).take_while(|pair| pair[1].text.bytes().any(|b| b.is_ascii_digit())).all(close) => {
            }
            _ => return None,
        }
        let raw = lines::raw(words);
        let raw = raw.trim_end_matches(['*', ';', ':']);
        let raw = raw.strip_suffix('.').filter(|raw| raw.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(raw);
        (!raw.ends_with('%')).then(|| numbers::parse(raw, self.mark)).flatten()
    }

    /// The date that words begin with, and how many words it takes.
    pub(super) fn date(&self, words: &[Token]) -> Option<(Date, usize)> {
        (1..=6.min(words.len())).rev().find_map(|length| {
            let raw = lines::raw(&words[..length]);
            dates::parse(raw.trim_matches([',', '.', ';', '(', ')', ':']), self.order).map(|date| (date, length))
        })
    }

    /// Whether a date could as well mean another day, since nothing says which number is the month.
    pub(super) fn is_ambiguous(&self, raw: &str) -> bool {
        let raw = raw.trim_matches([',', '.', ';', '(', ')', ':']);
        let both = [DateOrder::MonthFirst, DateOrder::DayFirst].map(|order| dates::parse(raw, order));
        !self.order_is_known && both[0] != both[1] && both.iter().all(Option::is_some)
    }

    /// A field from words, doubted where the second reader sees other numbers.
    pub(super) fn field(&self, near: &Near, value: Value, confidence: f64, found_by: String) -> Field {
        let raw = lines::raw(&near.words);
        let disputed = self.second.is_some_and(|second| !second.confirms(&raw));
        let confidence = if disputed { confidence.min(DISPUTED) } else { confidence };
        Field { value, at: lines::place(near.page, &near.words), raw, confidence, found_by }
    }
}

fn is_money(words: &[Token]) -> bool {
    let raw = lines::raw(words);
    let bare = raw.trim_end_matches(|c: char| !c.is_ascii_digit());
    let cents = bare.len() > 3 && matches!(bare.as_bytes()[bare.len() - 3], b'.' | b',');
    cents || numbers::currencies(&raw).is_some()
}

/// Amounts with cents say it best; then whatever number says it; then a point.
fn decimal_mark(lines: &[Line]) -> DecimalMark {
    let words = || lines.iter().flat_map(Line::words).map(|word| word.text.as_str());
    let cents = |mark: char| {
        let fits = |word: &&str| {
            let bare = word.trim_matches(|c: char| !c.is_ascii_digit());
            let (whole, cents) = bare.rsplit_once(mark).unwrap_or_default();
            cents.len() == 2
                && !whole.is_empty()
                && !whole.contains(mark)
                && whole.bytes().all(|b| b.is_ascii_digit() || b",.'".contains(&b))
        };
        words().filter(fits).count()
    };
    match cents('.').cmp(&cents(',')) {
        std::cmp::Ordering::Greater => DecimalMark::Point,
        std::cmp::Ordering::Less => DecimalMark::Comma,
        std::cmp::Ordering::Equal => numbers::decimal_mark(words()).unwrap_or(DecimalMark::Point),
    }
}

/// The currency most amounts carry; a code beside a word such as `Currency` or `Total` counts like an amount.
fn currency(lines: &[Line]) -> Option<(&'static str, Stated)> {
    let mut seen: Vec<(&'static str, usize, Stated)> = Vec::new();
    for (page, word) in lines.iter().flat_map(|line| line.words().map(move |word| (line.page, word))) {
        let bare = word.text.trim_matches(['(', ')', ':', ',', '[', ']']);
        let Some(codes) = numbers::currencies(bare) else { continue };
        match seen.iter_mut().find(|(code, ..)| codes.contains(code)) {
            Some((_, count, _)) => *count += 1,
            None => seen.push((codes[0], 1, Stated { raw: word.clone(), page })),
        }
    }
    seen.into_iter().max_by_key(|(_, count, _)| *count).map(|(code, _, stated)| (code, stated))
}

/// What the dates say themselves, else what the language and the currency say.
fn order(lines: &[Line], labels: &Labels, currency: Option<&str>) -> Option<DateOrder> {
    let words = lines.iter().flat_map(Line::words).map(|word| word.text.trim_matches([',', '.', ';', '(', ')']));
    if let Some(order) = dates::order(words) {
        return Some(order);
    }
    let foreign = [
        "RECHNUNG", "DATUM", "BETRAG", "FACTURE", "FACTURA", "FATTURA", "FACTUUR", "FECHA", "IVA", "TVA", "MWST",
        "UST", "BTW", "TTC", "TOTALE", "DATA",
    ];
    let speaks = |word: &str| foreign.iter().any(|known| word.split(' ').any(|part| part.starts_with(known)));
    if labels.iter().any(|label| speaks(&label.text)) {
        return Some(DateOrder::DayFirst);
    }
    let folded: Vec<String> = lines.iter().flat_map(Line::words).map(|word| fold::fold(&word.text)).collect();
    let says = |words: &[&str]| folded.iter().any(|word| words.contains(&word.as_str()));
    match currency {
        Some("USD") if !says(&["ABN", "GST", "VAT", "GSTIN"]) => Some(DateOrder::MonthFirst),
        Some("EUR" | "GBP" | "INR" | "AUD" | "NZD" | "CHF" | "PLN" | "BRL" | "DKK" | "NOK") => {
            Some(DateOrder::DayFirst)
        }
        _ if says(&["VAT", "ABN", "GSTIN"]) => Some(DateOrder::DayFirst),
        _ => None,
    }
}
