//! One cell to one value, or a reason why not.

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::Currency;
use signwright_domain::Money;
use signwright_domain::record::{RejectReason, Value};

use super::fields::Reads;
use super::grid::Cell;
use super::plan::PlannedColumn;
use crate::numbers;
use crate::{choices, dates};

/// A value outside the list of choices waits for a person.
const UNLISTED: f64 = 0.6;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    Nothing,
    Value { value: Value, confidence: f64 },
    Unreadable { reason: RejectReason, message: String },
}

/// Reads a cell as its column is planned.
pub(super) fn read(cell: &Cell, column: &PlannedColumn, currency: Currency) -> Said {
    let blank = match column.reads {
        Reads::Id | Reads::Text | Reads::Choice(_) => is_empty_text(cell),
        Reads::Money
        | Reads::Number
        | Reads::Date
        | Reads::Month
        | Reads::Flag
        | Reads::Outcome
        | Reads::JobStatus
        | Reads::Measure(_) => is_blank(cell) || (column.writes_absence && is_absent(cell)),
    };
    if blank {
        return Said::Nothing;
    }
    match column.reads {
        Reads::Id | Reads::Text => certain(Value::Text(cell.raw().trim().to_owned())),
        Reads::Money => money(cell, column, currency),
        Reads::Number | Reads::Measure(_) => number(cell, column),
        Reads::Date => date(cell, dates::parse(&cell.raw(), column.order)),
        Reads::Month => date(cell, dates::parse_month(&cell.raw(), column.order)),
        Reads::Flag => match flag(cell) {
            Some(flag) => certain(Value::Flag(flag)),
            None => unreadable(RejectReason::NotAFlag, cell, "yes or no"),
        },
        Reads::Outcome => listed(cell, outcome(&cell.raw())),
        Reads::JobStatus => listed(cell, job_status(&cell.raw())),
        Reads::Choice(driver) => listed(cell, choices::value_of(driver, &cell.raw())),
    }
}

fn certain(value: Value) -> Said {
    Said::Value { value, confidence: 1.0 }
}

/// A value of a closed list; another one is kept as it stands and waits for a person.
fn listed(cell: &Cell, value: Option<&str>) -> Said {
    match value {
        Some(value) => certain(Value::Text(value.to_owned())),
        None => Said::Value { value: Value::Text(cell.raw().trim().to_owned()), confidence: UNLISTED },
    }
}

fn unreadable(reason: RejectReason, cell: &Cell, wanted: &str) -> Said {
    Said::Unreadable { reason, message: format!("\"{}\" is not {wanted}", cell.raw().trim()) }
}

fn money(cell: &Cell, column: &PlannedColumn, currency: Currency) -> Said {
    let amount = match cell {
        Cell::Number(number) => Money::from_decimal(*number, currency).map_err(|error| error.to_string()),
        Cell::Text(text) => numbers::amount(text.trim(), column.mark, currency).map_err(|error| error.to_string()),
        Cell::Blank | Cell::Date(_) | Cell::Flag(_) => Err(format!("\"{}\" is not an amount", cell.raw())),
    };
    match amount {
        Ok(amount) => certain(Value::Money(amount)),
        Err(message) => Said::Unreadable { reason: RejectReason::NotANumber, message },
    }
}

fn number(cell: &Cell, column: &PlannedColumn) -> Said {
    let number = match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => numbers::parse(text, column.mark),
        Cell::Blank | Cell::Date(_) | Cell::Flag(_) => None,
    };
    let converted = |number: Decimal| match column.conversion {
        Some(conversion) => conversion.apply(number),
        None => Some(number),
    };
    match number.and_then(converted) {
        Some(number) => certain(Value::Number(number)),
        None => unreadable(RejectReason::NotANumber, cell, "a number"),
    }
}

fn date(cell: &Cell, parsed: Option<Date>) -> Said {
    let date = match cell {
        Cell::Date(date) => Some(*date),
        Cell::Text(_) => parsed,
        Cell::Blank | Cell::Number(_) | Cell::Flag(_) => None,
    };
    match date {
        Some(date) => certain(Value::Date(date)),
        None => unreadable(RejectReason::NotADate, cell, "a date"),
    }
}

/// Whether a cell says yes or no.
pub(super) fn is_flag(cell: &Cell) -> bool {
    let word = !matches!(cell.raw().trim(), "0" | "1");
    word && flag(cell).is_some()
}

fn flag(cell: &Cell) -> Option<bool> {
    match cell.raw().trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "\u{2713}" | "\u{2714}" => Some(true),
        "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// Nothing was entered: blank, a dash, `n/a` or what databases and spreadsheets write for it.
pub(super) fn is_absent(cell: &Cell) -> bool {
    is_empty_text(cell) || matches!(cell.raw().trim().to_lowercase().as_str(), "na" | "null" | "nan" | "tbd" | "?")
}

fn is_empty_text(cell: &Cell) -> bool {
    is_blank(cell) || matches!(cell.raw().trim().to_lowercase().as_str(), "n/a" | "#n/a")
}

/// Empty or a dash: nothing was entered, and nobody can have meant a value.
pub(super) fn is_blank(cell: &Cell) -> bool {
    matches!(cell.raw().trim(), "" | "-" | "--" | "\u{2013}" | "\u{2014}")
}

/// open, won or lost, from what CRMs write.
pub(super) fn outcome(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "won" | "closed won" | "accepted" | "ordered" | "sold" | "awarded" | "win" => Some("won"),
        "lost" | "closed lost" | "rejected" | "declined" | "loss" => Some("lost"),
        "open" | "draft" | "sent" | "pending" | "submitted" | "approved" | "quoted" | "presented" | "new"
        | "in review" | "in progress" => Some("open"),
        _ => None,
    }
}

fn job_status(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().replace(['_', '-'], " ").as_str() {
        "completed" | "complete" | "closed" | "shipped" | "installed" | "done" | "invoiced" | "finished" => {
            Some("completed")
        }
        "in progress" | "open" | "released" | "wip" | "active" | "in production" | "started" => Some("in_progress"),
        _ => None,
    }
}
