//! Printed words to typed fields with their place and confidence, or to a reject that says what stood there.

use rust_decimal::Decimal;
use signwright_domain::Currency;
use signwright_domain::record::{Field, Reject, RejectReason, Value};

use super::columns::Holds;
use super::lines::{self, Line};
use crate::dates::{self, DateOrder};
use crate::numbers::{self, DecimalMark};
use crate::pdf::second::SecondOpinion;
use crate::pdf::words::Token;

/// A value both readers see, one that there is no second opinion on, one that the second reader does not see.
const BOTH: f64 = 0.97;
const ALONE: f64 = 0.92;
const DISPUTED: f64 = 0.85;
/// Words that are no numbers: nothing to compare.
const TEXT: f64 = 0.95;

/// How one document prints its numbers and dates.
pub(super) struct Values<'a> {
    mark: DecimalMark,
    order: DateOrder,
    currency: Currency,
    second: Option<&'a SecondOpinion>,
}

/// Words that are to become one field.
pub(super) struct Printed<'t> {
    pub(super) field: &'static str,
    pub(super) page: u32,
    pub(super) words: &'t [Token],
    /// "label TOTAL COST", "column COST".
    pub(super) found_by: String,
}

impl<'a> Values<'a> {
    /// Decides decimal mark and date order from the whole document.
    pub(super) fn of(lines: &[Line], currency: Currency, second: Option<&'a SecondOpinion>) -> Self {
        let words = || lines.iter().flat_map(Line::words).map(|word| word.text.as_str());
        Self {
            mark: numbers::decimal_mark(words()).unwrap_or(DecimalMark::Point),
            order: dates::order(words()).unwrap_or(DateOrder::MonthFirst),
            currency,
            second,
        }
    }

    pub(super) fn read(&self, printed: &Printed<'_>, holds: Holds) -> Result<Field, Box<Reject>> {
        let raw = lines::raw(printed.words);
        let (value, confidence) = match holds {
            Holds::Text | Holds::Code => (Value::Text(raw.clone()), TEXT),
            Holds::Date => (Value::Date(self.date(&raw).map_err(|why| refused(printed, &raw, why))?), self.seen(&raw)),
            Holds::Number => {
                (Value::Number(self.number(&raw).map_err(|why| refused(printed, &raw, why))?), self.seen(&raw))
            }
            Holds::Amount => {
                let amount = numbers::amount(&raw, self.mark, self.currency);
                let why =
                    |error: numbers::AmountError| refused(printed, &raw, (RejectReason::NotANumber, error.to_string()));
                (Value::Money(amount.map_err(why)?), self.seen(&raw))
            }
        };
        let at = lines::place(printed.page, printed.words);
        Ok(Field { value, raw, at, confidence, found_by: printed.found_by.clone() })
    }

    fn date(&self, raw: &str) -> Result<jiff::civil::Date, (RejectReason, String)> {
        dates::parse(raw, self.order).ok_or_else(|| (RejectReason::NotADate, format!("\"{raw}\" is not a date")))
    }

    fn number(&self, raw: &str) -> Result<Decimal, (RejectReason, String)> {
        numbers::parse(raw, self.mark).ok_or_else(|| (RejectReason::NotANumber, format!("\"{raw}\" is not a number")))
    }

    fn seen(&self, raw: &str) -> f64 {
        match self.second {
            Some(second) if second.confirms(raw) => BOTH,
            Some(_) => DISPUTED,
            None => ALONE,
        }
    }
}

fn refused(printed: &Printed<'_>, raw: &str, (reason, message): (RejectReason, String)) -> Box<Reject> {
    Box::new(Reject {
        kind: None,
        key: None,
        field: Some(printed.field.to_owned()),
        place: Some(lines::place(printed.page, printed.words)),
        raw: raw.to_owned(),
        reason,
        message,
    })
}

/// A blank, a dash or "n/a" in a column of numbers: nothing was printed.
pub(super) fn is_absent(words: &[Token]) -> bool {
    let raw = lines::raw(words);
    matches!(raw.to_ascii_lowercase().as_str(), "" | "-" | "--" | "\u{2013}" | "\u{2014}" | "n/a" | "na")
}
