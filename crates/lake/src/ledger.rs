//! Dated rows, kept in columns, and their roll-ups to one value a period: a million rows in a fraction of a second.

use jiff::civil::Date;
use polars::prelude::{self as pl, IntoLazy, col, lit};

use crate::LakeError;
use crate::columns::{Column, Columns, Frame, date, days, from_polars, to_polars};

/// The column with the day of every row.
pub const DAY: &str = "day";
const MONTH: &str = "month since 0000-01";
const PERIOD: &str = "period";
const VALUE: &str = "value";
/// More than lie between the first day of the calendar and 1970.
const WEEKS: i64 = 1_000_000;

/// How the rows of a period become one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    Sum,
    Mean,
    Median,
    /// So many per cent of the rows are not above it, 1 to 99; between two rows on a straight line.
    Percentile(u8),
    /// How many rows have a value.
    Count,
}

/// What a row gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured<'a> {
    /// 1.
    Row,
    Column(&'a str),
    /// One column over another, where both are known and the other is above 0.
    PerRow(&'a str, &'a str),
    /// The sum of one column over the sum of another, of the rows that know both; whatever the aggregate.
    OfSums(&'a str, &'a str),
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    Day,
    /// From Monday.
    Week,
    Month,
    /// Three months, the first of which is that of a year that begins in this month, 1 to 12.
    Quarter(u8),
    Year(u8),
}

/// One roll-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollUp<'a> {
    pub of: Measured<'a>,
    pub how: Aggregate,
    pub every: Every,
    /// Only the rows that have this text in this column.
    pub only: Option<(&'a str, &'a str)>,
}

/// Rows with a day each.
#[derive(Clone, Debug)]
pub struct Ledger {
    frame: pl::DataFrame,
}

impl Ledger {
    /// `rows` must have a column [`DAY`] of dates; rows without one are left out.
    ///
    /// # Errors
    /// `Missing` where there is no such column.
    pub fn new(rows: &Frame) -> Result<Self, LakeError> {
        let Some(Columns::Date(dates)) = rows.column(DAY) else { return Err(LakeError::Missing(DAY.to_owned())) };
        let months = dates.iter().map(|day| day.map(month_of)).collect();
        let since = dates.iter().map(|day| day.map(|day| i64::from(days(day)))).collect();
        let mut columns = vec![Column::new(MONTH, Columns::Integer(months)), Column::new(DAY, Columns::Integer(since))];
        columns.extend(rows.columns().iter().filter(|column| column.name != DAY).cloned());
        let frame = to_polars(&Frame::new(columns)?)?.lazy().filter(col(DAY).is_not_null()).collect();
        Ok(Self { frame: frame.map_err(aggregation)? })
    }

    pub fn rows(&self) -> usize {
        self.frame.height()
    }

    /// One value for every period that has some, oldest first, dated on the first day of the period.
    ///
    /// # Errors
    /// `Missing` where a column is not there; `Aggregation` where one is no number.
    pub fn roll_up(&self, ask: &RollUp<'_>) -> Result<Vec<(Date, f64)>, LakeError> {
        self.known(ask)?;
        let mut rows = self.frame.clone().lazy();
        if let Some((column, text)) = ask.only {
            rows = rows.filter(col(column).eq(lit(text)));
        }
        let rows = rows
            .filter(given(ask.of))
            .select([period(ask.every).alias(PERIOD), value(ask.of).alias(VALUE), below(ask.of).alias("below")])
            .group_by([col(PERIOD)])
            .agg([aggregated(ask).cast(pl::DataType::Float64).alias(VALUE)])
            .sort([PERIOD], pl::SortMultipleOptions::default());
        let found = from_polars(&rows.collect().map_err(aggregation)?)?;
        let (Some(Columns::Integer(periods)), Some(Columns::Number(values))) =
            (found.column(PERIOD), found.column(VALUE))
        else {
            return Err(LakeError::Missing(VALUE.to_owned()));
        };
        let pair = |(period, value): (&Option<i64>, &Option<f64>)| {
            Some((first_day((*period)?, ask.every)?, value.filter(|value| value.is_finite())?))
        };
        Ok(periods.iter().zip(values).filter_map(pair).collect())
    }

    /// The texts of a column with how many rows have each, the most frequent first.
    ///
    /// # Errors
    /// `Missing` where the column is not there.
    pub fn levels(&self, column: &str) -> Result<Vec<(String, u64)>, LakeError> {
        self.is_there(column)?;
        let order = pl::SortMultipleOptions::default().with_order_descending_multi([true, false]);
        let counted = self
            .frame
            .clone()
            .lazy()
            .filter(col(column).is_not_null())
            .group_by([col(column)])
            .agg([pl::len().cast(pl::DataType::Int64).alias(VALUE)])
            .sort([VALUE, column], order);
        let counted = from_polars(&counted.collect().map_err(aggregation)?)?;
        let (Some(Columns::Text(texts)), Some(Columns::Integer(counts))) =
            (counted.column(column), counted.column(VALUE))
        else {
            return Err(LakeError::Missing(column.to_owned()));
        };
        let pair = |(text, count): (&Option<String>, &Option<i64>)| Some((text.clone()?, count.unwrap_or(0) as u64));
        Ok(texts.iter().zip(counts).filter_map(pair).collect())
    }

    fn known(&self, ask: &RollUp<'_>) -> Result<(), LakeError> {
        let of: &[&str] = match ask.of {
            Measured::Row => &[],
            Measured::Column(a) => &[a],
            Measured::PerRow(a, b) | Measured::OfSums(a, b) => &[a, b],
        };
        of.iter().copied().chain(ask.only.map(|(column, _)| column)).try_for_each(|column| self.is_there(column))
    }

    fn is_there(&self, column: &str) -> Result<(), LakeError> {
        let found = self.frame.column(column).is_ok();
        if found { Ok(()) } else { Err(LakeError::Missing(column.to_owned())) }
    }
}

fn aggregation(error: pl::PolarsError) -> LakeError {
    LakeError::Aggregation(error.to_string())
}

fn given(of: Measured<'_>) -> pl::Expr {
    match of {
        Measured::Row => lit(true),
        Measured::Column(a) => col(a).is_not_null(),
        Measured::PerRow(a, b) => col(a).is_not_null().and(col(b).gt(lit(0.0))),
        Measured::OfSums(a, b) => col(a).is_not_null().and(col(b).is_not_null()),
    }
}

fn value(of: Measured<'_>) -> pl::Expr {
    match of {
        Measured::Row => lit(1.0),
        Measured::Column(a) | Measured::OfSums(a, _) => col(a),
        Measured::PerRow(a, b) => col(a) / col(b),
    }
}

fn below(of: Measured<'_>) -> pl::Expr {
    match of {
        Measured::OfSums(_, b) => col(b),
        Measured::Row | Measured::Column(_) | Measured::PerRow(..) => lit(1.0),
    }
}

fn aggregated(ask: &RollUp<'_>) -> pl::Expr {
    if let Measured::OfSums(..) = ask.of {
        return col(VALUE).sum() / col("below").sum();
    }
    match ask.how {
        Aggregate::Sum => col(VALUE).sum(),
        Aggregate::Mean => col(VALUE).mean(),
        Aggregate::Median => col(VALUE).median(),
        Aggregate::Percentile(share) => col(VALUE).quantile(lit(f64::from(share) / 100.0), pl::QuantileMethod::Linear),
        Aggregate::Count => col(VALUE).count(),
    }
}

/// A number that is the same for all days of a period and grows with time.
fn period(every: Every) -> pl::Expr {
    let of_months = |months: i64, first: u8| whole(col(MONTH) - lit(i64::from(first) - 1), months);
    match every {
        Every::Day => col(DAY),
        // The first of January 1970 was a Thursday. What is cut off must not change its side before that.
        Every::Week => whole(col(DAY) + lit(7 * WEEKS + 3), 7) - lit(WEEKS),
        Every::Month => col(MONTH),
        Every::Quarter(first) => of_months(3, first),
        Every::Year(first) => of_months(12, first),
    }
}

/// How many times it goes into a number that is not negative.
fn whole(of: pl::Expr, times: i64) -> pl::Expr {
    (of / lit(times as f64)).cast(pl::DataType::Int64)
}

/// The first day of a period, from the number of `period`.
fn first_day(period: i64, every: Every) -> Option<Date> {
    let of_months = |months: i64, first: u8| first_of(period * months + i64::from(first) - 1);
    match every {
        Every::Day => date(i32::try_from(period).ok()?),
        Every::Week => date(i32::try_from(period * 7 - 3).ok()?),
        Every::Month => first_of(period),
        Every::Quarter(first) => of_months(3, first),
        Every::Year(first) => of_months(12, first),
    }
}

/// The first day of the period that a day falls in.
pub fn begin_of(day: Date, every: Every) -> Option<Date> {
    let of_months = |months: i64, first: u8| (month_of(day) - i64::from(first) + 1).div_euclid(months);
    let number = match every {
        Every::Day => i64::from(days(day)),
        Every::Week => (i64::from(days(day)) + 3).div_euclid(7),
        Every::Month => month_of(day),
        Every::Quarter(first) => of_months(3, first),
        Every::Year(first) => of_months(12, first),
    };
    first_day(number, every)
}

/// The first day of the period after the one that begins on this day.
pub fn next_begin(begin: Date, every: Every) -> Option<Date> {
    let span = match every {
        Every::Day => jiff::Span::new().days(1),
        Every::Week => jiff::Span::new().days(7),
        Every::Month => jiff::Span::new().months(1),
        Every::Quarter(_) => jiff::Span::new().months(3),
        Every::Year(_) => jiff::Span::new().months(12),
    };
    begin.checked_add(span).ok()
}

fn month_of(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

fn first_of(month: i64) -> Option<Date> {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i16, month: i8, day: i8) -> Date {
        Date::constant(year, month, day)
    }

    fn ledger() -> Ledger {
        let days = [(2025, 2, 9), (2025, 1, 31), (2025, 1, 1), (2025, 1, 7)];
        let mut days: Vec<Option<Date>> = days.iter().map(|&(y, m, d)| Some(day(y, m, d))).collect();
        days.push(None);
        let number = |values: [Option<f64>; 5]| Columns::Number(values.to_vec());
        let text = |values: [&str; 5]| Columns::Text(values.iter().map(|v| Some((*v).to_owned())).collect());
        let columns = vec![
            Column::new(DAY, Columns::Date(days)),
            Column::new("cost", number([Some(5.0), Some(1.0), Some(2.0), Some(6.0), Some(99.0)])),
            Column::new("hours", number([Some(2.0), Some(4.0), Some(0.0), None, Some(1.0)])),
            Column::new("code", text(["a", "b", "a", "a", "a"])),
        ];
        Ledger::new(&Frame::new(columns).expect("columns")).expect("a ledger")
    }

    fn check(of: Measured<'_>, how: Aggregate, every: Every, expected: &[(Date, f64)]) {
        let found = ledger().roll_up(&RollUp { of, how, every, only: None }).expect("roll-up");
        assert_eq!(found, expected, "{of:?} {how:?} {every:?}");
    }

    #[test]
    fn rows_of_a_period_become_one_value() {
        let (january, february) = (day(2025, 1, 1), day(2025, 2, 1));
        let cost = Measured::Column("cost");
        check(cost, Aggregate::Sum, Every::Month, &[(january, 9.0), (february, 5.0)]);
        check(cost, Aggregate::Mean, Every::Month, &[(january, 3.0), (february, 5.0)]);
        check(cost, Aggregate::Median, Every::Month, &[(january, 2.0), (february, 5.0)]);
        check(cost, Aggregate::Percentile(75), Every::Month, &[(january, 4.0), (february, 5.0)]);
        check(Measured::Column("hours"), Aggregate::Count, Every::Month, &[(january, 2.0), (february, 1.0)]);
        check(Measured::Row, Aggregate::Sum, Every::Month, &[(january, 3.0), (february, 1.0)]);
        check(Measured::PerRow("cost", "hours"), Aggregate::Mean, Every::Month, &[(january, 0.25), (february, 2.5)]);
        check(Measured::OfSums("cost", "hours"), Aggregate::Sum, Every::Month, &[(january, 0.75), (february, 2.5)]);
    }

    #[test]
    fn periods_begin_where_calendars_say() {
        let cost = |every, expected: &[(Date, f64)]| check(Measured::Column("cost"), Aggregate::Sum, every, expected);
        cost(
            Every::Week,
            &[(day(2024, 12, 30), 2.0), (day(2025, 1, 6), 6.0), (day(2025, 1, 27), 1.0), (day(2025, 2, 3), 5.0)],
        );
        cost(
            Every::Day,
            &[(day(2025, 1, 1), 2.0), (day(2025, 1, 7), 6.0), (day(2025, 1, 31), 1.0), (day(2025, 2, 9), 5.0)],
        );
        cost(Every::Quarter(1), &[(day(2025, 1, 1), 14.0)]);
        cost(Every::Quarter(2), &[(day(2024, 11, 1), 9.0), (day(2025, 2, 1), 5.0)]);
        cost(Every::Year(7), &[(day(2024, 7, 1), 14.0)]);
        for every in [Every::Day, Every::Week, Every::Month, Every::Quarter(5), Every::Year(10)] {
            let begin = begin_of(day(2024, 2, 29), every).expect("a day");
            let next = next_begin(begin, every).expect("a day");
            assert!(begin <= day(2024, 2, 29) && day(2024, 2, 29) < next, "{every:?}: {begin} {next}");
            assert_eq!(begin_of(next, every), Some(next));
        }
    }

    #[test]
    fn rows_are_chosen_by_text_and_texts_are_counted() {
        let only = |text| RollUp {
            of: Measured::Column("cost"),
            how: Aggregate::Sum,
            every: Every::Month,
            only: Some(("code", text)),
        };
        assert_eq!(ledger().roll_up(&only("b")).expect("roll-up"), [(day(2025, 1, 1), 1.0)]);
        assert_eq!(ledger().roll_up(&only("c")).expect("roll-up"), []);
        assert_eq!(ledger().levels("code").expect("levels"), [("a".to_owned(), 3), ("b".to_owned(), 1)]);
        assert!(matches!(ledger().levels("crew"), Err(LakeError::Missing(name)) if name == "crew"));
        let no_rows = Frame::new(vec![Column::new(DAY, Columns::Date(Vec::new()))]).expect("columns");
        let empty = Ledger::new(&no_rows).expect("a ledger");
        let ask = RollUp { of: Measured::Row, how: Aggregate::Sum, every: Every::Day, only: None };
        assert_eq!((empty.rows(), empty.roll_up(&ask).expect("roll-up")), (0, Vec::new()));
    }
}
