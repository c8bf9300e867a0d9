//! The two places where money becomes a float for statistics and a float becomes money.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use signwright_domain::estimate::{AtMost, Range};
use signwright_domain::{Currency, Money};
use signwright_learn::{AT_MOST, RANGE_LEVELS};

use crate::{CallError, Code};

/// Into major units, for learning, forecasting and drawing.
pub(crate) fn to_statistics(amount: Money) -> f64 {
    amount.to_f64()
}

/// Out of a model, rounded half away from zero to the minor unit. Refuses what is not a finite amount.
pub(crate) fn from_statistics(amount: f64, currency: Currency) -> Result<Money, CallError> {
    let refused = || CallError::new(Code::Internal, format!("the model gave {amount}, which is not an amount"));
    let decimal = Decimal::from_f64(amount).ok_or_else(refused)?;
    Money::from_decimal(decimal, currency).map_err(|_| refused())
}

/// Ranges out of a model that are shown as such: level in per cent, low and high.
pub(crate) fn ranges(ranges: &[(u8, f64, f64)], currency: Currency) -> Result<Vec<Range>, CallError> {
    let range = |&(level, low, high): &(u8, f64, f64)| {
        Ok(Range { level, low: from_statistics(low, currency)?, high: from_statistics(high, currency)? })
    };
    ranges.iter().filter(|(level, ..)| RANGE_LEVELS.contains(level)).map(range).collect()
}

/// What so many of 100 jobs cost at most, out of the ranges of a model.
pub(crate) fn at_most(ranges: &[(u8, f64, f64)], cost: Money) -> Result<Vec<AtMost>, CallError> {
    let level = |&(percentile, level): &(u8, u8)| Some((percentile, ranges.iter().find(|range| range.0 == level)?.2));
    let at_most = |(percentile, high)| Ok(AtMost::new(percentile, from_statistics(high, cost.currency)?, cost));
    AT_MOST.iter().filter_map(level).map(at_most).collect()
}
