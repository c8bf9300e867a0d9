//! One cell to one value, or a reason why not.

use jiff::civil::Date;
use rust_decimal::Decimal;
use signwright_domain::record::{RejectReason, Value};
use signwright_domain::salesforce;
use signwright_domain::{Currency, Money};

use super::fields::Reads;
use super::grid::Cell;
use super::mapping::SignRule;
use super::plan::{Amounts, PlannedColumn};
use super::units;
use crate::numbers::{self, AmountError};
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

/// Reads a cell as its column is planned. `currency` is that of the row's amounts, where another column says one.
pub(super) fn read(cell: &Cell, column: &PlannedColumn, currency: Option<&str>, amounts: &Amounts) -> Said {
    match column.replaced(cell) {
        Some(cell) => of(&cell, column, currency, amounts),
        None => of(cell, column, currency, amounts),
    }
}

fn of(cell: &Cell, column: &PlannedColumn, currency: Option<&str>, amounts: &Amounts) -> Said {
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
    if let Some(error) = spreadsheet_error(cell) {
        let reason = wanted(column.reads);
        return Said::Unreadable {
            reason,
            message: format!("\"{error}\" is an error of the spreadsheet, not a value"),
        };
    }
    match column.reads {
        Reads::Id => certain(Value::Text(salesforce::id(cell.raw().trim()).to_owned())),
        Reads::Text => certain(Value::Text(cell.raw().trim().to_owned())),
        Reads::Money => money(cell, column, currency, amounts),
        Reads::Number | Reads::Measure(_) => number(cell, column),
        Reads::Date => date(cell, |text| dates::parse(text, column.order)),
        Reads::Month => date(cell, |text| dates::parse_month(text, column.order)),
        Reads::Flag => match flag(cell) {
            Some(flag) => certain(Value::Flag(flag)),
            None => unreadable(RejectReason::NotAFlag, cell, "yes or no"),
        },
        Reads::Outcome => listed(cell, outcome(&cell.raw())),
        Reads::JobStatus => listed(cell, job_status(&cell.raw())),
        Reads::Choice(driver) => listed(cell, choices::value_of(driver, &cell.raw())),
    }
}

fn wanted(reads: Reads) -> RejectReason {
    match reads {
        Reads::Money | Reads::Number | Reads::Measure(_) => RejectReason::NotANumber,
        Reads::Date | Reads::Month => RejectReason::NotADate,
        Reads::Flag => RejectReason::NotAFlag,
        Reads::Id | Reads::Text | Reads::Outcome | Reads::JobStatus | Reads::Choice(_) => RejectReason::WrongShape,
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

/// An amount in the shop's currency; one in another currency is converted where a rate was given, else refused.
fn money(cell: &Cell, column: &PlannedColumn, row: Option<&str>, amounts: &Amounts) -> Said {
    let own = match row.map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => code.parse().ok(),
        None => Some(column.currency.unwrap_or(amounts.currency)),
    };
    let Some(own) = own else {
        return unreadable(
            RejectReason::NotANumber,
            cell,
            &format!("in a currency that is known (\"{}\")", row.unwrap_or_default()),
        );
    };
    let read = match cell {
        Cell::Number(number) => Money::from_decimal(*number, own).map_err(|error| error.to_string()),
        Cell::Text(text) => printed(text.trim(), column, own, amounts),
        Cell::Blank | Cell::Date(_) | Cell::Flag(_) => Err(format!("\"{}\" is not an amount", cell.raw())),
    };
    let signed = |amount: Money| match column.sign {
        Some(SignRule::Reversed) => -amount,
        Some(SignRule::Absolute) => amount.abs(),
        None => amount,
    };
    match read.and_then(|amount| in_shop_currency(amount, cell, amounts)) {
        Ok(amount) => certain(Value::Money(signed(amount))),
        Err(message) => Said::Unreadable { reason: RejectReason::NotANumber, message },
    }
}

/// The amount in the currency printed beside it, else in `own`.
fn printed(text: &str, column: &PlannedColumn, own: Currency, amounts: &Amounts) -> Result<Money, String> {
    match numbers::amount(text, column.mark, own) {
        Ok(amount) => Ok(amount),
        Err(AmountError::OtherCurrency { found, .. }) if amounts.rates.contains_key(found) => {
            let found: Currency = found.parse().map_err(|_| format!("\"{text}\" is not an amount"))?;
            numbers::amount(text, column.mark, found).map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    }
}

fn in_shop_currency(amount: Money, cell: &Cell, amounts: &Amounts) -> Result<Money, String> {
    if amount.currency == amounts.currency {
        return Ok(amount);
    }
    let (raw, own) = (cell.raw(), amounts.currency);
    let Some(rate) = amounts.rates.get(amount.currency.code()) else {
        return Err(format!("\"{}\" is in {}, and amounts here are in {own}", raw.trim(), amount.currency));
    };
    let converted = amount.to_decimal().checked_mul(*rate).ok_or_else(|| format!("\"{raw}\" is out of reach"))?;
    Money::from_decimal(converted, own).map_err(|error| error.to_string())
}

fn number(cell: &Cell, column: &PlannedColumn) -> Said {
    let number = match (cell, column.reads) {
        (Cell::Number(number), Reads::Measure(to)) => match column.unit.as_deref() {
            Some(unit) => units::Conversion::between(unit, to).and_then(|conversion| conversion.apply(*number)),
            None => Some(*number),
        },
        (Cell::Text(text), Reads::Measure(to)) if !to.is_empty() => {
            units::size(text, column.unit.as_deref(), to, column.mark)
        }
        (Cell::Number(number), _) => Some(*number),
        (Cell::Text(text), _) => numbers::parse(text, column.mark),
        (Cell::Blank | Cell::Date(_) | Cell::Flag(_), _) => None,
    };
    let signed = |number: Decimal| match column.sign {
        Some(SignRule::Reversed) => -number,
        Some(SignRule::Absolute) => number.abs(),
        None => number,
    };
    match number.map(signed) {
        Some(number) => certain(Value::Number(number)),
        None => unreadable(RejectReason::NotANumber, cell, "a number"),
    }
}

fn date(cell: &Cell, parse: impl Fn(&str) -> Option<Date>) -> Said {
    let date = match cell {
        Cell::Date(date) => Some(*date),
        Cell::Text(text) => parse(text),
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

/// What spreadsheets show where a formula failed, except `#N/A`, which also says that there is nothing.
fn spreadsheet_error(cell: &Cell) -> Option<&str> {
    let text = cell.text()?.trim();
    matches!(text, "#REF!" | "#DIV/0!" | "#VALUE!" | "#NAME?" | "#NUM!" | "#NULL!" | "#SPILL!" | "#CALC!")
        .then_some(text)
}

/// Nothing was entered: blank, a dash, `n/a` or what databases and spreadsheets write for it.
pub(super) fn is_absent(cell: &Cell) -> bool {
    is_empty_text(cell)
        || cell.text().is_some_and(|text| {
            let text = text.trim();
            ["na", "null", "nan", "tbd", "?", "."].iter().any(|word| text.eq_ignore_ascii_case(word))
        })
}

fn is_empty_text(cell: &Cell) -> bool {
    is_blank(cell)
        || cell.text().is_some_and(|text| {
            let text = text.trim();
            text.eq_ignore_ascii_case("n/a") || text.eq_ignore_ascii_case("#n/a")
        })
}

/// Empty or a dash: nothing was entered, and nobody can have meant a value.
pub(super) fn is_blank(cell: &Cell) -> bool {
    match cell {
        Cell::Blank => true,
        Cell::Text(text) => matches!(text.trim(), "" | "-" | "--" | "\u{2013}" | "\u{2014}"),
        Cell::Number(_) | Cell::Date(_) | Cell::Flag(_) => false,
    }
}

/// open, won or lost, from what CRMs write.
pub(super) fn outcome(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "won" | "closed won" | "closedwon" | "accepted" | "ordered" | "sold" | "awarded" | "win" => Some("won"),
        "lost" | "closed lost" | "closedlost" | "rejected" | "declined" | "loss" | "denied" => Some("lost"),
        "open" | "draft" | "sent" | "pending" | "submitted" | "approved" | "quoted" | "presented" | "new"
        | "in review" | "in progress" | "quotation" | "quotation sent" => Some("open"),
        _ => None,
    }
}

fn job_status(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().replace(['_', '-'], " ").as_str() {
        "completed" | "complete" | "closed" | "shipped" | "installed" | "done" | "invoiced" | "finished" | "paid"
        | "picked up" | "delivered" => Some("completed"),
        "in progress" | "open" | "released" | "wip" | "active" | "in production" | "started" | "in design"
        | "production" | "scheduled" => Some("in_progress"),
        _ => None,
    }
}
