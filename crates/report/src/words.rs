//! Amounts, dates and drivers as a reader expects them.

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::driver::{self, DriverKind};
use signwright_domain::{Currency, DriverValue, Money, Specification};

/// `$13,480`: whole units, rounded half away from zero; with cents below 1,000.
pub(crate) fn round_money(amount: Money) -> String {
    let unit = 10_i64.pow(amount.currency.places());
    if amount.minor.unsigned_abs() < 1_000 * unit.unsigned_abs() {
        return amount.to_string();
    }
    whole_money(round_div(amount.minor, unit), amount.currency)
}

/// `$13,480` for 13480 whole units.
pub(crate) fn whole_money(units: i64, currency: Currency) -> String {
    let places = currency.places();
    let text = Money::new(units.saturating_mul(10_i64.pow(places)), currency).to_string();
    if places == 0 { text } else { text.replacen(&format!(".{}", "0".repeat(places as usize)), "", 1) }
}

/// Divides and rounds half away from zero.
pub(crate) fn round_div(a: i64, b: i64) -> i64 {
    let (quotient, rest) = (a / b, a % b);
    if rest.unsigned_abs() * 2 >= b.unsigned_abs() { quotient + a.signum() } else { quotient }
}

/// A unit price with all its decimals and at least the currency's: `$0.0345`, `$1,250.00`.
pub(crate) fn unit_price(price: Decimal, currency: Currency) -> String {
    let exact = price.normalize();
    match Money::from_decimal(exact, currency) {
        Ok(money) if money.to_decimal() == exact => money.to_string(),
        Ok(_) | Err(_) => fine_price(exact, currency),
    }
}

fn fine_price(price: Decimal, currency: Currency) -> String {
    let sign = if price.is_sign_negative() { "-" } else { "" };
    let digits = price.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, "0"));
    let symbol = currency.symbol();
    let number = format!("{}.{fraction}", grouped(whole));
    if symbol == currency.code() { format!("{sign}{number} {symbol}") } else { format!("{sign}{symbol}{number}") }
}

/// `2`, `2.5`: a quantity without trailing zeros.
pub(crate) fn quantity(quantity: Decimal) -> String {
    quantity.normalize().to_string()
}

/// `7 %`, `8.25 %`.
pub(crate) fn percent(fraction: Decimal) -> String {
    format!("{} %", (fraction * Decimal::ONE_HUNDRED).normalize())
}

/// `37.5 %`: a share with one decimal.
pub(crate) fn share(fraction: Decimal) -> String {
    let percent = (fraction * Decimal::ONE_HUNDRED)
        .round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    format!("{percent} %").replace('-', "−")
}

/// `+$1,310`, `−$40.00`: a difference.
pub(crate) fn signed_money(amount: Money) -> String {
    let text = round_money(Money { minor: amount.minor.saturating_abs(), ..amount });
    match amount.minor.signum() {
        1 => format!("+{text}"),
        -1 => format!("−{text}"),
        _ => text,
    }
}

/// `12.5`, `1,204`: hours, with a decimal where there is one.
pub(crate) fn hours(hours: f64) -> String {
    if !hours.is_finite() {
        return "–".into();
    }
    let text = format!("{:.1}", hours.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let sign = if hours < 0.0 && text != "0.0" { "−" } else { "" };
    if fraction == "0" { format!("{sign}{}", grouped(whole)) } else { format!("{sign}{}.{fraction}", grouped(whole)) }
}

/// `+3.5`, `−2`: a difference of hours or quantities.
pub(crate) fn signed_hours(difference: f64) -> String {
    let text = hours(difference);
    if difference >= 0.05 { format!("+{text}") } else { text }
}

/// The label of a sign type, or the word itself for a shop's own.
pub(crate) fn sign_type(value: &str) -> String {
    cell(&driver_value("sign_type", &DriverValue::Text(value.to_owned())).replace('_', " "))
}

/// `November 2, 2026`.
pub(crate) fn long_date(date: Date) -> String {
    date.strftime("%B %-d, %Y").to_string()
}

/// `Nov 2, 2026`.
pub(crate) fn short_date(date: Date) -> String {
    date.strftime("%b %-d, %Y").to_string()
}

/// One line of readable text: control characters become spaces, characters that XML forbids go.
pub(crate) fn one_line(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c });
    clean.filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect::<String>().trim().to_owned()
}

/// The paragraphs of a text, without control characters, with places to break in words that no line could hold.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(one_line).filter(|line| !line.is_empty()).map(|line| breakable(&line)).collect()
}

/// One line with places to break in its overlong words.
pub(crate) fn cell(text: &str) -> String {
    breakable(&one_line(text))
}

/// The same for a column of about ten characters.
pub(crate) fn narrow_cell(text: &str) -> String {
    broken(&one_line(text), 9, 8)
}

/// `1,310`: a measure without decimals.
pub(crate) fn measure(x: f64) -> String {
    format!("{}{}", if x < 0.0 { "−" } else { "" }, grouped(&format!("{:.0}", x.abs())))
}

/// Digits with commas between the thousands.
pub(crate) fn grouped(digits: &str) -> String {
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// At most so many characters, with an ellipsis where some are missing.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= most {
        line
    } else {
        format!("{}…", line.chars().take(most).collect::<String>().trim_end())
    }
}

fn breakable(line: &str) -> String {
    // An address of usual length stays whole, so that it can be copied.
    broken(line, 40, 20)
}

/// Puts a zero-width space after every `piece` characters of a run of more than `long` without a space.
fn broken(line: &str, long: usize, piece: usize) -> String {
    let broken = line.split(' ').map(|word| {
        let chars: Vec<char> = word.chars().collect();
        if chars.len() <= long {
            return word.to_owned();
        }
        chars.chunks(piece).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("\u{200b}")
    });
    broken.collect::<Vec<_>>().join(" ")
}

/// The drivers of a specification as label and value with unit: the known ones in the order of the form, then the shop's.
pub(crate) fn drivers(spec: &Specification) -> Vec<(String, String)> {
    let known = driver::catalogue().iter().filter_map(|driver| Some((driver.name, spec.get(driver.name)?)));
    let own = spec.drivers.iter().filter(|(name, _)| driver::find(name).is_none());
    known
        .chain(own.map(|(name, value)| (name.as_str(), value)))
        .map(|(name, value)| (one_line(&driver::label(name)), one_line(&driver_value(name, value))))
        .collect()
}

fn driver_value(name: &str, value: &DriverValue) -> String {
    let plain = value.to_string();
    match driver::find(name).map(|driver| &driver.kind) {
        Some(DriverKind::Number { unit, .. }) if !unit.is_empty() => format!("{plain} {unit}"),
        Some(DriverKind::Choice { choices }) => {
            choices.iter().find(|choice| choice.value == plain).map_or(plain, |choice| choice.label.to_owned())
        }
        Some(DriverKind::Number { .. } | DriverKind::Flag | DriverKind::Text) | None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short_where_cents_say_nothing() {
        let check = |minor, text: &str| assert_eq!(round_money(Money::new(minor, Currency::USD)), text);
        check(1_348_049, "$13,480");
        check(1_348_050, "$13,481");
        check(-1_348_050, "-$13,481");
        check(99_999, "$999.99");
        check(0, "$0.00");
        assert_eq!(whole_money(1_200, "CHF".parse().expect("code")), "1,200 CHF");
        assert_eq!(whole_money(1_200, "JPY".parse().expect("code")), "1,200 JPY");
    }

    #[test]
    fn a_unit_price_keeps_its_decimals() {
        let check = |price: &str, text: &str| {
            assert_eq!(unit_price(price.parse().expect("decimal"), Currency::USD), text);
        };
        check("1250", "$1,250.00");
        check("1250.5000", "$1,250.50");
        check("0.0345", "$0.0345");
        check("-123456.7891", "-$123,456.7891");
        check("-20", "-$20.00");
    }

    #[test]
    fn a_word_that_fits_no_line_gets_places_to_break() {
        assert_eq!(cell("a short line"), "a short line");
        assert_eq!(cell(&"x".repeat(60)).matches('\u{200b}').count(), 2);
        assert_eq!((measure(1_310.4), measure(-12.0)), ("1,310".to_owned(), "−12".to_owned()));
        assert_eq!(shortened("abc def", 4), "abc…");
        assert_eq!(paragraphs("one\r\n\r\ntwo\tthree\u{0}"), ["one", "two three"]);
    }
}
