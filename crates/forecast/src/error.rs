//! Why a series or a table was refused.

use jiff::civil::Date;
use signwright_domain::Cancelled;

/// What stands in the way of a forecast or a search for anomalies.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ForecastError {
    #[error("series \"{series}\" has no points")]
    Empty { series: String },
    #[error("series \"{series}\" has {points} usable points, {needed} are needed")]
    TooShort { series: String, points: usize, needed: usize },
    #[error("series \"{series}\" has no usable value on {date}: it is infinite or larger than 1e15")]
    NotFinite { series: String, date: Date },
    #[error("series \"{series}\" has two different values for {date}")]
    DuplicateDate { series: String, date: Date },
    #[error("series \"{series}\" mixes frequencies: {date} does not fit {frequency} points")]
    MixedFrequency { series: String, date: Date, frequency: &'static str },
    #[error("\"{one}\" has {of_one} points and \"{other}\" {of_other} ones: they cannot be compared period by period")]
    UnequalFrequencies { one: String, of_one: &'static str, other: String, of_other: &'static str },
    #[error("\"{one}\" and \"{other}\" have values for the same period {common} times, {needed} are needed")]
    TooLittleInCommon { one: String, other: String, common: usize, needed: usize },
    #[error("series \"{series}\" never changes: nothing can go together with it")]
    NeverChanges { series: String },
    #[error("series \"{series}\" has {missing} gaps in {periods} periods, more than it has values")]
    TooManyGaps { series: String, missing: usize, periods: usize },
    #[error("the dates are not daily, weekly, monthly, quarterly or yearly: the usual distance is {days} days")]
    UnknownFrequency { days: i32 },
    #[error("{count} dates do not show a frequency, two different ones are needed")]
    TooFewDates { count: usize },
    #[error("a horizon of {horizon} periods is outside 1 to {most}")]
    Horizon { horizon: usize, most: usize },
    #[error("the forecast of \"{series}\" runs past the last date of the calendar")]
    PastCalendar { series: String },
    #[error("column \"{column}\" has {rows} rows where the first column has {expected}")]
    UnequalColumns { column: String, rows: usize, expected: usize },
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
