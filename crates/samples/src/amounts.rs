//! Amounts in cents, and how they are written in the shop's files.

pub(crate) type Cents = i64;

/// Rounds dollars to cents, half away from zero.
pub(crate) fn cents(dollars: f64) -> Cents {
    (dollars * 100.0).round() as Cents
}

/// `1234.50`, a leading minus: the CRM and price exports.
pub(crate) fn plain(amount: Cents) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", amount.abs() / 100, amount.abs() % 100)
}

/// `1,234.50`, a trailing minus: the ERP and its printed reports.
pub(crate) fn printed(amount: Cents) -> String {
    let digits = (amount.abs() / 100).to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if amount < 0 { "-" } else { "" };
    format!("{out}.{:02}{sign}", amount.abs() % 100)
}

/// A quantity or hours with `places` decimals and a trailing minus.
pub(crate) fn quantity(value: f64, places: usize) -> String {
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{:.places$}{sign}", value.abs())
}

/// Rounds to one decimal.
pub(crate) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_each_file_writes_them() {
        let check =
            |amount, crm: &str, erp: &str| assert_eq!((plain(amount).as_str(), printed(amount).as_str()), (crm, erp));
        check(123_456_789, "1234567.89", "1,234,567.89");
        check(-4_550, "-45.50", "45.50-");
        check(5, "0.05", "0.05");
        check(100_000, "1000.00", "1,000.00");
    }
}
