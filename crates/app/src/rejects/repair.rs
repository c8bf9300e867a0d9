//! A corrected value, read as strictly as at import.

use signwright_domain::Currency;
use signwright_domain::record::{Reject, RejectReason, Value};
use signwright_intake::dates::{self, DateOrder};
use signwright_intake::numbers::{self, DecimalMark};

use crate::{CallError, Code};

/// The value that `text` gives in the place of what was refused. What still cannot be read is refused again.
pub(super) fn value(reject: &Reject, field: &str, text: &str, currency: Currency) -> Result<Value, CallError> {
    let text = text.trim();
    let refused = |what: &str| CallError::invalid(format!("\"{text}\" is not {what} either"));
    match reject.reason {
        RejectReason::NotANumber if is_money(field) => {
            let amount = numbers::amount(text, DecimalMark::Point, currency);
            amount.map(Value::Money).map_err(|_| refused("an amount").hint("Write it as 1234.50."))
        }
        RejectReason::NotANumber => {
            let number = numbers::parse(text, DecimalMark::Point);
            number.map(Value::Number).ok_or_else(|| refused("a number").hint("Write it as 1234.5."))
        }
        RejectReason::NotADate => {
            let date = dates::parse(text, DateOrder::MonthFirst);
            date.map(Value::Date).ok_or_else(|| refused("a date").hint("Write it as 2026-01-31."))
        }
        RejectReason::NotAFlag => match text.to_ascii_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Ok(Value::Flag(true)),
            "no" | "n" | "false" | "0" => Ok(Value::Flag(false)),
            _ => Err(refused("yes or no")),
        },
        RejectReason::MissingKey
        | RejectReason::DuplicateKey
        | RejectReason::DoesNotAddUp
        | RejectReason::WrongShape
        | RejectReason::NoTextLayer
        | RejectReason::NeedsPassword
        | RejectReason::Damaged
        | RejectReason::TooLarge
        | RejectReason::UnknownLayout => Err(CallError::new(Code::Conflict, "this reject is not about one value")
            .hint("Correct the file and import it again; what was read before stays unchanged.")),
    }
}

/// Amounts of records by the names that the canonical fields have.
fn is_money(field: &str) -> bool {
    ["_cost", "_price", "amount", "use_tax", "tax", "total", "shipping"].iter().any(|ending| field.ends_with(ending))
        && field != "unit_price"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(reason: RejectReason, field: &str, text: &str, expected: Option<&str>) {
        let reject = Reject {
            kind: None,
            key: None,
            field: None,
            place: None,
            raw: String::new(),
            reason,
            message: String::new(),
        };
        let value = value(&reject, field, text, Currency::USD).ok().map(|value| value.to_string());
        assert_eq!(value.as_deref(), expected, "{field} {text}");
    }

    #[test]
    fn a_correction_is_read_as_strictly_as_a_file() {
        check(RejectReason::NotANumber, "material_cost", "120.50", Some("$120.50"));
        check(RejectReason::NotANumber, "width", "12", Some("12"));
        check(RejectReason::NotANumber, "material_cost", "12O.50", None);
        check(RejectReason::NotADate, "completed_on", "2025-02-28", Some("2025-02-28"));
        check(RejectReason::NotADate, "completed_on", "2025-02-31", None);
        check(RejectReason::NotAFlag, "rush", "Yes", Some("yes"));
        check(RejectReason::DuplicateKey, "work_order", "1", None);
    }
}
