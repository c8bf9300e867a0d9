//! Dates as people print them: `11/14/26`, `2026-11-14`, `14.11.2026`, `14-Nov-2026`, `Nov 14, 2026`, `7. Mai 2014`,
//! `5 de marzo de 2026`, with or without a day of the week before and a time behind.
//!
//! Whether the month or the day comes first is decided for a whole column or document ([`order`]). A time of day after
//! the date is allowed and dropped: days are local dates.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod months;

/// Which number of an all-numeric date comes first, where the year does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    MonthFirst,
    DayFirst,
}

/// Reads a date; `None` where the text is not exactly one day between 1900 and 2100.
pub fn parse(text: &str, order: DateOrder) -> Option<Date> {
    let text = without_time(text.trim())?;
    match numeric(text) {
        Some(numbers) => from_numbers(&numbers, order),
        None => named(text),
    }
}

/// Reads a month (`2026-11`, `11/2026`, `Nov 2026`) as its first day, or a whole date as it stands.
pub fn parse_month(text: &str, order: DateOrder) -> Option<Date> {
    let text = text.trim();
    parse(text, order).or_else(|| {
        let parts: Vec<&str> = text.split(['-', '/', ' ']).filter(|part| !part.is_empty()).collect();
        let [a, b] = parts.as_slice() else { return None };
        let (year, month) = if a.len() == 4 { (a, b) } else { (b, a) };
        // Statistical offices number months M01 to M12.
        let digits = month.strip_prefix(['M', 'm']).filter(|digits| digits.len() == 2).unwrap_or(month);
        let month = months::month(month).or_else(|| number(digits))?;
        date(whole_year(year).filter(|_| year.len() == 4)?, month, 1)
    })
}

/// The order that most unambiguous texts show; `None` where none does or where they are even.
pub fn order<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<DateOrder> {
    let (mut month, mut day) = (0_usize, 0_usize);
    for order in texts.into_iter().filter_map(evidence) {
        match order {
            DateOrder::MonthFirst => month += 1,
            DateOrder::DayFirst => day += 1,
        }
    }
    match month.cmp(&day) {
        std::cmp::Ordering::Greater => Some(DateOrder::MonthFirst),
        std::cmp::Ordering::Less => Some(DateOrder::DayFirst),
        std::cmp::Ordering::Equal => None,
    }
}

fn evidence(text: &str) -> Option<DateOrder> {
    let numbers = numeric(without_time(text.trim())?)?;
    if numbers.parts[0].len() == 4 {
        return None;
    }
    let (a, b) = (number(numbers.parts[0])?, number(numbers.parts[1])?);
    match (a, b) {
        (13..=31, 1..=12) => Some(DateOrder::DayFirst),
        (1..=12, 13..=31) => Some(DateOrder::MonthFirst),
        _ => (numbers.separator == '.').then_some(DateOrder::DayFirst),
    }
}

/// Three numbers with one kind of separator between them.
struct Numbers<'a> {
    parts: [&'a str; 3],
    separator: char,
}

fn numeric(text: &str) -> Option<Numbers<'_>> {
    let separator = ['-', '/', '.'].into_iter().find(|s| text.contains(*s))?;
    let mut parts = text.split(separator);
    let parts = [parts.next()?, parts.next()?, parts.next().filter(|_| parts.next().is_none())?].map(str::trim);
    let digits = parts.iter().all(|p| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit()));
    digits.then_some(Numbers { parts, separator })
}

fn from_numbers(numbers: &Numbers<'_>, order: DateOrder) -> Option<Date> {
    let [a, b, c] = numbers.parts;
    if a.len() == 4 {
        return date(whole_year(a)?, number(b)?, number(c)?);
    }
    let order = if numbers.separator == '.' { DateOrder::DayFirst } else { order };
    let (month, day) = match order {
        DateOrder::MonthFirst => (a, b),
        DateOrder::DayFirst => (b, a),
    };
    date(whole_year(c)?, number(month)?, number(day)?)
}

/// `14-Nov-2026`, `Nov 14, 2026`, `14 November 26`, `Thursday, 2026 March 5`.
fn named(text: &str) -> Option<Date> {
    let parts = text.split([' ', '-', ',', '/', '.']).filter(|part| !part.is_empty() && !months::is_joint(part));
    let mut parts: Vec<&str> = parts.collect();
    if parts.len() == 4 && months::is_weekday(parts[0]) {
        parts.remove(0);
    }
    if parts.first().is_some_and(|first| first.len() == 4 && number(first).is_some()) {
        parts.rotate_left(1);
    }
    let [a, b, year] = parts.as_slice() else { return None };
    let (month, day) = match (months::month(a), months::month(b)) {
        (Some(month), None) => (month, b),
        (None, Some(month)) => (month, a),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == 'º');
    date(whole_year(year)?, month, number(day)?)
}

/// Two digits mean 1969 to 2068, as POSIX reads them.
fn whole_year(text: &str) -> Option<i16> {
    let year = number(text)?;
    match (text.len(), year) {
        (2, 0..=68) => Some(2000 + year),
        (2, _) => Some(1900 + year),
        (4, 1900..=2100) => Some(year),
        _ => None,
    }
}

fn number(text: &str) -> Option<i16> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Cuts off a time of day; `None` where what follows the date is something else.
fn without_time(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else { return Some(text) };
    let start = text[..colon].rfind([' ', 'T', 't'])?;
    let time = &text[start + 1..];
    let allowed = |c: char| c.is_ascii_digit() || " :.+-ZzAaPpMmUuTtCc".contains(c);
    time.chars().all(allowed).then(|| text[..start].trim_end_matches([' ', ',']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, order: DateOrder, expected: Option<&str>) {
        assert_eq!(parse(text, order).map(|d| d.to_string()).as_deref(), expected, "{text:?} with {order:?}");
    }

    #[test]
    fn dates_as_they_are_printed() {
        use DateOrder::{DayFirst, MonthFirst};
        check("11/14/26", MonthFirst, Some("2026-11-14"));
        check("11/14/2026", MonthFirst, Some("2026-11-14"));
        check("1/2/2026", MonthFirst, Some("2026-01-02"));
        check("1/2/2026", DayFirst, Some("2026-02-01"));
        check("2026-11-14", DayFirst, Some("2026-11-14"));
        check("2026/11/14", DayFirst, Some("2026-11-14"));
        check("14.11.2026", MonthFirst, Some("2026-11-14"));
        check("14-Nov-2026", MonthFirst, Some("2026-11-14"));
        check("14-NOV-26", MonthFirst, Some("2026-11-14"));
        check("Nov 14, 2026", MonthFirst, Some("2026-11-14"));
        check("14th September 2026", MonthFirst, Some("2026-09-14"));
        check("2026-11-14T08:30:00Z", MonthFirst, Some("2026-11-14"));
        check("2026-11-14 08:30:00.000 +0100", MonthFirst, Some("2026-11-14"));
        check("02/23/26 08:55 PM", MonthFirst, Some("2026-02-23"));
        check("02/29/24", MonthFirst, Some("2024-02-29"));
        check("01/01/70", MonthFirst, Some("1970-01-01"));
        check("05. 03. 2018", MonthFirst, Some("2018-03-05"));
        check("Thursday, March 5, 2026", MonthFirst, Some("2026-03-05"));
        check("2026 March 5", DayFirst, Some("2026-03-05"));
        check("August 3 , 2014", DayFirst, Some("2014-08-03"));
    }

    #[test]
    fn written_months() {
        for text in [
            "5. März 2026",
            "Donnerstag, 5. März 2026",
            "05-Mrz-2026",
            "5 mars 2026",
            "5 de marzo de 2026",
            "5 marzo 2026",
            "5 maart 2026",
            "le 5 mars 2026",
        ] {
            check(text, DateOrder::MonthFirst, Some("2026-03-05"));
        }
        check("1er août 2026", DateOrder::MonthFirst, Some("2026-08-01"));
        check("2 décembre 2026", DateOrder::MonthFirst, Some("2026-12-02"));
        check("7. Mai 2014", DateOrder::MonthFirst, Some("2014-05-07"));
        check("3 mag 2026", DateOrder::MonthFirst, Some("2026-05-03"));
        check("3 jui 2026", DateOrder::MonthFirst, None);
        check("3 ma 2026", DateOrder::MonthFirst, None);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "-",
            "13/14/26",
            "02/30/26",
            "02/29/23",
            "11/14",
            "20261114",
            "45291",
            "0000-00-00",
            "11/14/026",
            "11-14/26",
            "Novem 14 2026",
            "14:30",
            "11/14/26 x:1",
            "11/14/26/1",
            "1/1/1",
            "3026-01-01",
        ] {
            check(text, DateOrder::MonthFirst, None);
        }
    }

    #[test]
    fn a_month_is_its_first_day() {
        let read = |text| parse_month(text, DateOrder::MonthFirst).map(|d| d.to_string());
        for text in ["2026-11", "11/2026", "Nov 2026", "November 2026", "2026-11-01", "2026-M11"] {
            assert_eq!(read(text).as_deref(), Some("2026-11-01"), "{text}");
        }
        assert_eq!(read("2026-13"), None);
        assert_eq!(read("11/26"), None);
    }

    #[test]
    fn the_order_is_decided_by_the_column() {
        let decided = |texts: &[&str]| order(texts.iter().copied());
        assert_eq!(decided(&["01/02/2026", "14/02/2026"]), Some(DateOrder::DayFirst));
        assert_eq!(decided(&["01/02/2026", "02/14/2026"]), Some(DateOrder::MonthFirst));
        assert_eq!(decided(&["01/02/2026", "2026-02-14", ""]), None);
        assert_eq!(decided(&["01.02.2026"]), Some(DateOrder::DayFirst));
    }

    proptest! {
        #[test]
        fn a_written_month_reads_back_in_every_language(
            (month, name) in (0_usize..12).prop_flat_map(|m| (Just(m), proptest::sample::select(months::names(m)))),
            day in 1_i8..=28,
            year in 1970_i16..2068,
        ) {
            let expected = Some(jiff::civil::date(year, i8::try_from(month + 1).expect("a month"), day));
            for text in [
                format!("{day} {name} {year}"),
                format!("{day}. {name} {year}"),
                format!("{name} {day}, {year}"),
                format!("{day:02}-{}-{:02}", name.to_uppercase(), year % 100),
                format!("{day} de {name} de {year}"),
            ] {
                prop_assert_eq!(parse(&text, DateOrder::MonthFirst), expected, "{}", text);
            }
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in ".{0,30}") {
            let _ = parse(&text, DateOrder::DayFirst);
            let _ = parse_month(&text, DateOrder::MonthFirst);
            let _ = order([text.as_str()]);
        }

        #[test]
        fn every_day_reads_back_in_every_print(days in 0_i32..47_000) {
            let start = jiff::civil::date(1970, 1, 1);
            let day = start.checked_add(jiff::Span::new().days(days)).expect("in range");
            for (format, order) in [
                ("%Y-%m-%d", DateOrder::MonthFirst),
                ("%m/%d/%Y", DateOrder::MonthFirst),
                ("%d/%m/%Y", DateOrder::DayFirst),
                ("%d.%m.%Y", DateOrder::MonthFirst),
                ("%d-%b-%Y", DateOrder::MonthFirst),
                ("%B %d, %Y", DateOrder::DayFirst),
                ("%Y-%m-%dT00:00:00", DateOrder::DayFirst),
                ("%A, %B %d, %Y", DateOrder::DayFirst),
                ("%d. %m. %Y", DateOrder::MonthFirst),
                ("%Y %b %d", DateOrder::DayFirst),
                ("%d/%m/%Y 08:30", DateOrder::DayFirst),
            ] {
                let text = day.strftime(format).to_string();
                prop_assert_eq!(parse(&text, order), Some(day), "{}", text);
            }
        }
    }
}
