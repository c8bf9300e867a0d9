//! Amounts are integer minor units with their currency; nothing here is a float.
//!
//! Rounding happens at named places only: [`Money::from_decimal`] rounds half away from zero to the currency's minor unit.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An ISO 4217 currency code, three upper-case letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Currency([u8; 3]);

/// Why a currency code or an amount was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("\"{0}\" is not a three-letter currency code")]
    Code(String),
    #[error("{0} is too large an amount")]
    TooLarge(Decimal),
}

impl Currency {
    pub const USD: Self = Self(*b"USD");
    pub const EUR: Self = Self(*b"EUR");

    /// How many decimal places the currency's amounts have (ISO 4217: 0 for JPY and KRW, 3 for KWD, 2 for most).
    pub fn places(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"CLP" | b"ISK" | b"VND" => 0,
            b"KWD" | b"BHD" | b"OMR" | b"TND" | b"JOD" => 3,
            _ => 2,
        }
    }

    /// The sign that is written before an amount, or the code where there is no common one.
    pub fn symbol(&self) -> &str {
        match &self.0 {
            b"USD" | b"CAD" | b"AUD" => "$",
            b"EUR" => "€",
            b"GBP" => "£",
            _ => self.code(),
        }
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency code is three ASCII letters by construction")
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        match code.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(MoneyError::Code(code.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, MoneyError> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in minor units (cents for USD).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Money {
    #[ts(type = "number")]
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Rounds half away from zero to the minor unit.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let scaled = amount
            .checked_mul(Decimal::from(10_i64.pow(currency.places())))
            .ok_or(MoneyError::TooLarge(amount))?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        scaled.to_i64().map(|minor| Self::new(minor, currency)).ok_or(MoneyError::TooLarge(amount))
    }

    /// The same amount in major units (dollars for USD), exact.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.places())
    }

    /// The same amount in major units for statistics and drawing.
    pub fn to_f64(self) -> f64 {
        self.minor as f64 / 10_f64.powi(self.currency.places() as i32)
    }

    pub fn abs(self) -> Self {
        Self::new(self.minor.abs(), self.currency)
    }
}

/// Panics on different currencies: a shop has one, and mixing two is a defect of the program, not of the data.
impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        assert_eq!(self.currency, other.currency, "amounts of different currencies cannot be added");
        Self::new(self.minor + other.minor, self.currency)
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self::new(-self.minor, self.currency)
    }
}

/// `None` for an empty sum: without an amount there is no currency.
impl Sum<Money> for Option<Money> {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Self {
        amounts.reduce(|a, b| a + b)
    }
}

impl fmt::Display for Money {
    /// `$1,234.50`, `-$3.00`, `1,234.50 CHF`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.currency.places() as usize;
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.minor < 0 { "-" } else { "" };
        let point = if places > 0 { "." } else { "" };
        let symbol = self.currency.symbol();
        if symbol.len() == 3 && symbol == self.currency.code() {
            write!(f, "{sign}{}{point}{fraction} {symbol}", grouped(whole))
        } else {
            write!(f, "{sign}{symbol}{}{point}{fraction}", grouped(whole))
        }
    }
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_the_trade_writes_them() {
        let check = |minor, code: &str, text: &str| {
            assert_eq!(Money::new(minor, code.parse().expect("code")).to_string(), text);
        };
        check(123_450, "USD", "$1,234.50");
        check(-300, "USD", "-$3.00");
        check(5, "USD", "$0.05");
        check(1_234, "JPY", "1,234 JPY");
        check(123_456_789, "EUR", "€1,234,567.89");
        check(0, "CHF", "0.00 CHF");
    }

    #[test]
    fn decimals_round_half_away_from_zero() {
        let check = |text: &str, minor| {
            let amount: Decimal = text.parse().expect("decimal");
            assert_eq!(Money::from_decimal(amount, Currency::USD).map(|m| m.minor), Ok(minor));
        };
        check("1.005", 101);
        check("-1.005", -101);
        check("1.004999", 100);
        check("0", 0);
    }

    #[test]
    fn an_amount_that_does_not_fit_is_refused() {
        assert!(Money::from_decimal(Decimal::MAX, Currency::USD).is_err());
    }

    #[test]
    fn a_currency_is_three_upper_case_letters() {
        assert!("usd".parse::<Currency>().is_err());
        assert!("EURO".parse::<Currency>().is_err());
        assert_eq!("CAD".parse::<Currency>().map(|c| c.to_string()), Ok("CAD".to_owned()));
    }
}
