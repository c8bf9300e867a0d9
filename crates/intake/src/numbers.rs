//! Numbers and amounts as people print them: `$1,234.00`, `(1,234)`, `123.45-`, `1.234,00`, `12.5 %`.
//!
//! Which character is the decimal mark is decided for a whole column or document from its unambiguous cells
//! ([`decimal_mark`]), never for one cell alone: `1,234` says nothing by itself. What does not follow the mark that was
//! decided is refused, not bent into a number.

use rust_decimal::Decimal;
use signwright_domain::{Currency, Money};

mod signs;

use signs::{Sign, without_currency};

/// The character that stands before the cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    Point,
    Comma,
}

impl DecimalMark {
    fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// Why a text is no amount in the shop's currency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    #[error("\"{0}\" is not an amount")]
    Unreadable(String),
    #[error("\"{text}\" is in {found}, and amounts here are in {expected}")]
    OtherCurrency { text: String, found: &'static str, expected: Currency },
}

/// Reads a number; a percentage is returned as a fraction. `None` where the text is not exactly one number.
pub fn parse(text: &str, mark: DecimalMark) -> Option<Decimal> {
    let printed = Printed::strip(text)?;
    let magnitude = digits(printed.body, mark)?;
    let scaled = if printed.percent { magnitude.checked_div(Decimal::ONE_HUNDRED)? } else { magnitude };
    Some(if printed.negative { -scaled } else { scaled })
}

/// Reads an amount of the shop's currency, rounded to its minor unit.
pub fn amount(text: &str, mark: DecimalMark, currency: Currency) -> Result<Money, AmountError> {
    let unreadable = || AmountError::Unreadable(text.to_owned());
    let printed = Printed::strip(text).ok_or_else(unreadable)?;
    if let Some(sign) = printed.currency.filter(|sign| !sign.codes.contains(&currency.code())) {
        return Err(AmountError::OtherCurrency { text: text.to_owned(), found: sign.codes[0], expected: currency });
    }
    if printed.percent {
        return Err(unreadable());
    }
    let value = parse(text, mark).ok_or_else(unreadable)?;
    Money::from_decimal(value, currency).map_err(|_| unreadable())
}

/// The currencies that a text may mean which is a currency's sign alone, or an amount with one; the likeliest first.
pub fn currencies(text: &str) -> Option<&'static [&'static str]> {
    match without_currency(text.trim()) {
        Some((sign, "")) => Some(sign.codes),
        Some(_) | None => Printed::strip(text)?.currency.map(|sign| sign.codes),
    }
}

/// The decimal mark that most unambiguous texts show; `None` where none does or where they are even.
pub fn decimal_mark<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<DecimalMark> {
    let (mut points, mut commas) = (0_usize, 0_usize);
    for mark in texts.into_iter().filter_map(evidence) {
        match mark {
            DecimalMark::Point => points += 1,
            DecimalMark::Comma => commas += 1,
        }
    }
    match points.cmp(&commas) {
        std::cmp::Ordering::Greater => Some(DecimalMark::Point),
        std::cmp::Ordering::Less => Some(DecimalMark::Comma),
        std::cmp::Ordering::Equal => None,
    }
}

/// What one text alone proves about the decimal mark: `1.234,50` and `0,5` do, `1,234` and `12` do not.
fn evidence(text: &str) -> Option<DecimalMark> {
    let body = Printed::strip(text)?.body;
    let mark = match (body.rfind('.'), body.rfind(',')) {
        (None, None) => return None,
        (Some(point), Some(comma)) if point > comma => DecimalMark::Point,
        (Some(_), Some(_)) => DecimalMark::Comma,
        (Some(_), None) => lone(body, DecimalMark::Point, DecimalMark::Comma)?,
        (None, Some(_)) => lone(body, DecimalMark::Comma, DecimalMark::Point)?,
    };
    digits(body, mark).map(|_| mark)
}

/// A body with one kind of separator: that is the decimal mark unless it can be read as grouping thousands.
fn lone(body: &str, own: DecimalMark, other: DecimalMark) -> Option<DecimalMark> {
    let parts: Vec<&str> = body.split(own.character()).collect();
    match parts.as_slice() {
        [whole, fraction] => {
            let grouping = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            (!grouping).then_some(own)
        }
        _ => Some(other),
    }
}

/// The digits of a number without sign, currency and percent.
fn digits(body: &str, mark: DecimalMark) -> Option<Decimal> {
    if let Some(number) = plain(body, mark) {
        return Some(number);
    }
    if let Some(number) = scientific(body, mark) {
        return Some(number);
    }
    let (whole, fraction) = match body.split_once(mark.character()) {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (body, ""),
    };
    let whole = if whole.is_empty() && !fraction.is_empty() { "0".to_owned() } else { ungrouped(whole, mark)? };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let plain = if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") };
    Decimal::from_str_exact(&plain).ok()
}

/// Digits, in groups of three or in one, with or without decimals: what nearly every cell of a list is. `None` for what
/// takes a closer look.
fn plain(body: &str, mark: DecimalMark) -> Option<Decimal> {
    let (point, group) = match mark {
        DecimalMark::Point => (b'.', b','),
        DecimalMark::Comma => (b',', b'.'),
    };
    let (mut value, mut digits, mut in_group, mut groups) = (0_i64, 0, 0, 0);
    let mut places = None;
    for byte in body.bytes() {
        match byte {
            b'0'..=b'9' => {
                if digits == 18 {
                    return None;
                }
                value = value * 10 + i64::from(byte - b'0');
                digits += 1;
                in_group += 1;
                if let Some(places) = &mut places {
                    *places += 1;
                }
            }
            _ if byte == point && places.is_none() && in_group > 0 && (groups == 0 || in_group == 3) => {
                places = Some(0);
            }
            _ if byte == group && places.is_none() && (1..=3).contains(&in_group) && (groups == 0 || in_group == 3) => {
                groups += 1;
                in_group = 0;
            }
            _ => return None,
        }
    }
    let whole = match places {
        Some(places) => places > 0,
        None => in_group > 0 && (groups == 0 || in_group == 3),
    };
    whole.then(|| Decimal::new(value, places.unwrap_or(0)))
}

/// `1.2E+05`, as spreadsheets write long numbers into CSV.
fn scientific(body: &str, mark: DecimalMark) -> Option<Decimal> {
    let (mantissa, exponent) = body.split_once(['e', 'E'])?;
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    if !plain(exponent.strip_prefix('-').unwrap_or(exponent)) || !plain(&mantissa.replacen(mark.character(), "", 1)) {
        return None;
    }
    Decimal::from_scientific(&format!("{}e{exponent}", mantissa.replace(mark.character(), "."))).ok()
}

/// Removes thousands separators, refusing groups that are not of three digits and separators that are mixed.
fn ungrouped(whole: &str, mark: DecimalMark) -> Option<String> {
    let separators = [',', '.', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}'];
    let separator = whole.chars().find(|c| separators.contains(c) && *c != mark.character());
    let groups: Vec<&str> = match separator {
        Some(separator) => whole.split(separator).collect(),
        None => vec![whole],
    };
    let numeric = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    let thousands = || groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    // Indian grouping: 1,23,45,678.
    let lakhs = || {
        let (last, inner) = (groups[groups.len() - 1], &groups[1..groups.len() - 1]);
        separator == Some(',')
            && groups[0].len() <= 2
            && !inner.is_empty()
            && last.len() == 3
            && inner.iter().all(|group| group.len() == 2)
    };
    let shaped = groups.len() == 1 || thousands() || lakhs();
    (numeric && shaped).then(|| groups.concat())
}

/// A text taken apart into its digits and what stands around them.
struct Printed<'a> {
    body: &'a str,
    negative: bool,
    percent: bool,
    currency: Option<Sign>,
}

impl<'a> Printed<'a> {
    /// Takes off one sign, one currency and one percent, in any order; two of a kind make it no number.
    fn strip(text: &'a str) -> Option<Self> {
        let mut printed = Self { body: text.trim(), negative: false, percent: false, currency: None };
        let bare = |b: u8| b.is_ascii_digit() || b == b'.' || b == b',';
        if printed.body.bytes().all(bare) && printed.body.ends_with(|c: char| c.is_ascii_digit()) {
            return Some(printed);
        }
        let mut signed = false;
        while let Some(rest) = printed.peel(&mut signed) {
            printed.body = rest.trim();
        }
        printed.body.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',').then_some(printed)
    }

    fn peel(&mut self, signed: &mut bool) -> Option<&'a str> {
        if let Some(rest) = (!*signed).then(|| unsigned(self.body)).flatten() {
            *signed = true;
            self.negative = rest.negative;
            return Some(rest.body);
        }
        if self.currency.is_none()
            && let Some((sign, rest)) = without_currency(self.body)
        {
            self.currency = Some(sign);
            return Some(rest);
        }
        let rest = self.body.strip_suffix('%').filter(|_| !self.percent)?;
        self.percent = true;
        Some(rest)
    }
}

struct Unsigned<'a> {
    body: &'a str,
    negative: bool,
}

fn unsigned(body: &str) -> Option<Unsigned<'_>> {
    const MINUS: [char; 3] = ['-', '\u{2212}', '\u{2013}'];
    const NO_CENTS: [&str; 4] = [",--", ",-", ".--", ".-"];
    let negative = |body| Some(Unsigned { body, negative: true });
    if let Some(body) = NO_CENTS.into_iter().find_map(|dash| body.strip_suffix(dash)) {
        return body.ends_with(|c: char| c.is_ascii_digit()).then_some(Unsigned { body, negative: false });
    }
    if let Some(inner) = body.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return negative(inner);
    }
    if let Some(rest) = body.strip_prefix(MINUS).or_else(|| body.strip_suffix(MINUS)) {
        return negative(rest);
    }
    if let Some(rest) = body.strip_suffix("CR") {
        return negative(rest);
    }
    body.strip_prefix('+').map(|body| Unsigned { body, negative: false })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Groups of three digits.
    fn grouped(whole: u64) -> Vec<String> {
        let digits = whole.to_string();
        let first = (digits.len() - 1) % 3 + 1;
        let rest = digits.as_bytes()[first..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
        std::iter::once(digits[..first].to_owned()).chain(rest).collect()
    }

    fn check(text: &str, mark: DecimalMark, expected: Option<&str>) {
        let expected: Option<Decimal> = expected.map(|e| e.parse().expect("decimal"));
        assert_eq!(parse(text, mark), expected, "{text:?} with {mark:?}");
    }

    #[test]
    fn numbers_as_they_are_printed() {
        use DecimalMark::{Comma, Point};
        check("1,234.50", Point, Some("1234.50"));
        check("$1,234.00", Point, Some("1234.00"));
        check("(1,234)", Point, Some("-1234"));
        check("($1,234.56)", Point, Some("-1234.56"));
        check("$(1,234.56)", Point, Some("-1234.56"));
        check("123.45-", Point, Some("-123.45"));
        check("-$3.00", Point, Some("-3.00"));
        check("$-3.00", Point, Some("-3.00"));
        check("\u{2212}3", Point, Some("-3"));
        check("120.00CR", Point, Some("-120.00"));
        check(" 12 ", Point, Some("12"));
        check(".5", Point, Some("0.5"));
        check("0.000", Point, Some("0.000"));
        check("12.5 %", Point, Some("0.125"));
        check("1'234.50 CHF", Point, Some("1234.50"));
        check("1.2E+05", Point, Some("120000"));
        check("1.234,00", Comma, Some("1234.00"));
        check("1 234,50 €", Comma, Some("1234.50"));
        check("1.234.567", Comma, Some("1234567"));
        check("1.234,00 EUR", Comma, Some("1234.00"));
        check("EUR 1.234,-", Comma, Some("1234"));
        check("12.-", Point, Some("12"));
        check("Rs. 1,23,456.50", Point, Some("123456.50"));
        check("120,50 zł", Comma, Some("120.50"));
        check("kr 99,00", Comma, Some("99.00"));
        check("1234", Comma, Some("1234"));
    }

    #[test]
    fn what_is_no_number_is_refused_and_never_bent() {
        use DecimalMark::{Comma, Point};
        for text in [
            "",
            "-",
            "n/a",
            "l6.2",
            "12O.50",
            "1,23.45",
            "1,2345",
            "1.234,50",
            "12,50",
            "1..2",
            "1.",
            "--3",
            "(-3)",
            "1 2",
            "$",
            "%",
            "12/5",
            "=1+1",
            "1e",
            "e5",
            "99999999999999999999999999999999999",
            "١٢",
        ] {
            check(text, Point, None);
        }
        check("1,234.50", Comma, None);
        check("12.50", Comma, None);
    }

    #[test]
    fn the_decimal_mark_is_decided_by_the_column() {
        use DecimalMark::{Comma, Point};
        let decided = |texts: &[&str]| decimal_mark(texts.iter().copied());
        assert_eq!(decided(&["1,234", "12.5", "900"]), Some(Point));
        assert_eq!(decided(&["1.234", "12,5", "900"]), Some(Comma));
        assert_eq!(decided(&["1.234.567"]), Some(Comma));
        assert_eq!(decided(&["0,250"]), Some(Comma));
        assert_eq!(decided(&["1,234", "900", "n/a"]), None);
        assert_eq!(decided(&["12.50-", "$3.10", "1,5"]), Some(Point));
    }

    #[test]
    fn an_amount_of_another_currency_is_refused() {
        let read = |text| amount(text, DecimalMark::Point, Currency::USD);
        assert_eq!(read("$1,234.5").map(|m| m.minor), Ok(123_450));
        assert_eq!(read("USD 12").map(|m| m.minor), Ok(1_200));
        assert_eq!(read("120.00-").map(|m| m.minor), Ok(-12_000));
        assert_eq!(read("€12.00").expect_err("euro").to_string(), "\"€12.00\" is in EUR, and amounts here are in USD");
        assert_eq!(read("12O.50").expect_err("letter O").to_string(), "\"12O.50\" is not an amount");
        assert!(read("12 %").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_panic(text in ".{0,40}") {
            let _ = parse(&text, DecimalMark::Point);
            let _ = parse(&text, DecimalMark::Comma);
            let _ = decimal_mark([text.as_str()]);
        }

        #[test]
        fn a_printed_amount_reads_back(minor in -99_999_999_999_i64..99_999_999_999) {
            let money = Money::new(minor, Currency::USD);
            prop_assert_eq!(amount(&money.to_string(), DecimalMark::Point, Currency::USD), Ok(money));
        }

        #[test]
        fn every_style_of_print_reads_back(minor in -99_999_999_999_i64..99_999_999_999) {
            let (whole, cents) = (grouped(minor.unsigned_abs() / 100), minor.unsigned_abs() % 100);
            let expected = Some(Decimal::new(minor, 2));
            let sign = if minor < 0 { "-" } else { "" };
            for (group, point, mark) in [
                (",", ".", DecimalMark::Point), ("'", ".", DecimalMark::Point), (" ", ".", DecimalMark::Point),
                ("", ".", DecimalMark::Point), (".", ",", DecimalMark::Comma), (" ", ",", DecimalMark::Comma),
                ("\u{202f}", ",", DecimalMark::Comma), ("\u{2019}", ",", DecimalMark::Comma), ("", ",", DecimalMark::Comma),
            ] {
                let number = format!("{}{point}{cents:02}", whole.join(group));
                for text in [
                    format!("{sign}{number}"), format!("{sign}${number}"), format!("${sign}{number}"), format!("{sign}{number} €"),
                    format!("EUR {sign}{number}"), format!("{number}{sign}"), format!("{number}{sign} CHF"),
                    if minor < 0 { format!("({number})") } else { format!("+{number}") },
                ] {
                    prop_assert_eq!(parse(&text, mark), expected, "{}", text);
                }
            }
        }

        #[test]
        fn european_and_us_print_mean_the_same(minor in 0_i64..99_999_999_999) {
            let us = Money::new(minor, Currency::USD).to_string().replace('$', "");
            let european: String = us.chars().map(|c| match c { ',' => '.', '.' => ',', c => c }).collect();
            prop_assert_eq!(parse(&us, DecimalMark::Point), parse(&european, DecimalMark::Comma));
            prop_assert_eq!(decimal_mark([european.as_str()]), Some(DecimalMark::Comma));
        }
    }
}
