//! Dates in the order of a country: `31/01/2024`, `01/31/2024`.
//!
//! Which number is the month is decided for the whole file, by values above 12. Where no value tells, nothing is guessed:
//! the column stays text, and who needs its dates is told how to write them.

use jiff::civil::Date;
use signwright_intake::dates::{DateOrder, order, parse};
use signwright_lake::{Column, Columns, Frame};

use crate::CallError;

/// Turns columns of such dates into dates; a note says how they were read.
pub(super) fn settled(frame: Frame) -> Result<(Frame, Vec<String>), CallError> {
    let texts: Vec<&str> = frame.columns().iter().filter_map(dated).flatten().collect();
    let order = order(texts.iter().copied());
    let mut notes = Vec::new();
    let columns = frame.columns().iter().map(|column| {
        let Some(dates) = dated(column).and_then(|_| read(&column.values, order)) else { return column.clone() };
        let how = match order {
            Some(DateOrder::DayFirst) => " with the day first",
            Some(DateOrder::MonthFirst) => " with the month first",
            None => "",
        };
        notes.push(format!("column \"{}\" is read as dates{how}", column.name));
        Column::new(&column.name, Columns::Date(dates))
    });
    let columns = columns.collect();
    Ok((Frame::new(columns)?, notes))
}

/// The texts of a column of nothing but dates.
fn dated(column: &Column) -> Option<Vec<&str>> {
    let Columns::Text(values) = &column.values else { return None };
    let texts: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
    let is_date = |text: &&str| parse(text, DateOrder::MonthFirst).or(parse(text, DateOrder::DayFirst)).is_some();
    (!texts.is_empty() && texts.iter().all(is_date)).then_some(texts)
}

/// Without an order only what is the same day in both.
fn read(values: &Columns, order: Option<DateOrder>) -> Option<Vec<Option<Date>>> {
    let Columns::Text(values) = values else { return None };
    let day = |text: &str| match order {
        Some(order) => parse(text, order),
        None => parse(text, DateOrder::MonthFirst).filter(|day| parse(text, DateOrder::DayFirst) == Some(*day)),
    };
    values.iter().map(|text| text.as_deref().map_or(Some(None), |text| day(text).map(Some))).collect()
}

/// Why a column of texts is not taken as dates: by the first that is none, else by the first that may be two days.
pub(super) fn refused(column: &str, texts: &[Option<String>]) -> CallError {
    let read = |text: &str| (parse(text, DateOrder::MonthFirst), parse(text, DateOrder::DayFirst));
    let given = || texts.iter().enumerate().filter_map(|(row, text)| Some((row, text.as_deref()?)));
    let none = given().find(|(_, text)| read(text) == (None, None));
    let place = |row: usize, text: &str| format!("\"{text}\" in column \"{column}\", row {}", row + 2);
    let hint = "Dates are written as 2026-01-31.";
    if let Some((row, text)) = none {
        return CallError::invalid(format!("{}, is not a date", place(row, text))).hint(hint);
    }
    let two = given().find_map(|(row, text)| match read(text) {
        (Some(month), Some(day)) if month != day => Some((row, text, month, day)),
        _ => None,
    });
    match two {
        Some((row, text, month, day)) => CallError::invalid(format!(
            "{} may be {month} or {day}, and the dates of the file do not tell which",
            place(row, text)
        ))
        .hint(format!("Write dates as year-month-day: {month} or {day}.")),
        None => {
            CallError::invalid(format!("the dates in column \"{column}\" are written in different orders")).hint(hint)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: Option<&[&str]>) {
        let column = Column::new("ds", Columns::Text(texts.iter().map(|text| Some((*text).to_owned())).collect()));
        let (frame, notes) = settled(Frame::new(vec![column]).expect("frame")).expect("settled");
        let found = match frame.column("ds") {
            Some(Columns::Date(dates)) => Some(dates.iter().flatten().map(ToString::to_string).collect::<Vec<_>>()),
            _ => None,
        };
        assert_eq!(found, expected.map(|dates| dates.iter().map(|date| (*date).to_owned()).collect()), "{texts:?}");
        assert_eq!(notes.len(), usize::from(expected.is_some()));
    }

    #[test]
    fn the_order_is_what_one_value_proves_and_nothing_otherwise() {
        check(&["01/02/2024", "15/02/2024"], Some(&["2024-02-01", "2024-02-15"]));
        check(&["01/02/2024", "01/15/2024"], Some(&["2024-01-02", "2024-01-15"]));
        check(&["01.02.2024"], Some(&["2024-02-01"]));
        check(&["14-Nov-2026"], Some(&["2026-11-14"]));
        check(&["01/02/2024", "02/02/2024"], None);
        check(&["01/13/2024", "13/01/2024"], None);
        check(&["01/02/2024", "soon"], None);
    }

    #[test]
    fn what_is_ambiguous_is_said_with_both_readings() {
        let refused =
            |texts: &[&str]| refused("ds", &texts.iter().map(|text| Some((*text).to_owned())).collect::<Vec<_>>());
        let message = refused(&["01/01/2024", "01/02/2024"]).message;
        assert!(message.contains("row 3") && message.contains("2024-01-02 or 2024-02-01"), "{message}");
        assert!(refused(&["01/02/2024", "soon"]).message.ends_with("row 3, is not a date"));
        assert!(refused(&["01/13/2024", "13/01/2024"]).message.contains("different orders"));
    }
}
