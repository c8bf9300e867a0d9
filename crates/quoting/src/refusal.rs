//! Why a line, a price or a step of a quote was refused.

use rust_decimal::Decimal;
use signwright_domain::Currency;
use signwright_domain::money::MoneyError;
use signwright_domain::quote::{QuoteStatus, QuoteStep};

use crate::status::words;
use crate::totals::{MAX_LINES, MAX_PRICE, MAX_QUANTITY};

/// What quoting refuses. Line numbers count from 1, as a person reads them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuotingError {
    #[error("a quote needs at least one line")]
    NoLines,
    #[error("a quote has at most {MAX_LINES} lines, not {0}")]
    TooManyLines(usize),
    #[error("line {line} has no description")]
    NoDescription { line: usize },
    #[error("line {line}: the quantity {quantity} is not between 0 and {MAX_QUANTITY}")]
    Quantity { line: usize, quantity: Decimal },
    #[error("line {line}: the unit price {price} is not between -{MAX_PRICE} and {MAX_PRICE}")]
    UnitPrice { line: usize, price: Decimal },
    #[error("line {line}: the unit cost {cost} is not between 0 and {MAX_PRICE}")]
    UnitCost { line: usize, cost: Decimal },
    #[error("the tax rate {0} is not a fraction from 0 to below 1 (7 % is 0.07)")]
    TaxRate(Decimal),
    #[error("the lines come to {0}, below zero")]
    BelowZero(Decimal),
    #[error("the cost {0} is below zero")]
    Cost(Decimal),
    #[error("the markup {0} is not above -1 and at most 100 (40 % is 0.40)")]
    Markup(Decimal),
    #[error("the margin {0} is not above -100 and below 1 (28 % is 0.28)")]
    Margin(Decimal),
    #[error("{0} is more than a quote can hold")]
    TooLarge(Decimal),
    #[error("a quantity of {0} signs is not a whole number from 1 to {MAX_QUANTITY}")]
    SignCount(String),
    #[error("{} cannot be {}: {reason}", words::status(*status), words::step(*step))]
    NotAllowed { status: QuoteStatus, step: QuoteStep, reason: &'static str },
    #[error("version {0} is locked: revise the quote to change it")]
    Locked(u32),
    #[error("{0}")]
    Burden(String),
    #[error("the estimate does not say what {0} of 100 such jobs cost at most")]
    Contingency(u8),
    #[error("a price cannot be rounded to {0}: give whole minor units above zero, such as 5 or 0.25")]
    RoundingStep(Decimal),
    #[error("a discount of {0} is not between nothing and the whole price")]
    Discount(Decimal),
    #[error("a deposit of {0} is not between nothing and the whole total")]
    Deposit(Decimal),
    #[error("an amount in {0} does not go with one in {1}")]
    OtherCurrency(Currency, Currency),
    #[error("no line has a cost, so {0} cannot be spread over them")]
    NothingToPrice(Decimal),
    #[error("lines without a cost come to {kept} already, more than the price of {price}")]
    KeptLines { kept: Decimal, price: Decimal },
    #[error("this quote has options: change the lines of its options")]
    HasOptions,
    #[error("version {0} is not one of this quote")]
    NoVersion(u32),
    #[error("a change order needs a reason")]
    NoReason,
    #[error("{0}")]
    Options(String),
    #[error("{0}")]
    Breaks(String),
    #[error("the curve of chances must have rising prices and chances between 0 and 1")]
    ChanceCurve,
}

impl From<MoneyError> for QuotingError {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::TooLarge(amount) => Self::TooLarge(amount),
            MoneyError::Code(code) => unreachable!("no currency code is parsed here: {code}"),
        }
    }
}
