//! Dated rows, kept in columns, and their roll-ups to one value a period.
//!
//! A million rows take some ten milliseconds, for which a plan of polars takes several hundred on two cores: a period is a
//! place in a list, so a sum is one pass.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::LakeError;
use crate::columns::{Columns, Frame, date, days};

/// The column with the day of every row.
pub const DAY: &str = "day";
/// The code of a text that is missing.
const MISSING: u32 = u32::MAX;
/// Days from the middle one beyond which a day is a slip: sixty years.
const FARTHEST: u32 = 60 * 366;

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
    /// Since 1970.
    days: Vec<i32>,
    /// The first and the last day.
    span: Option<(i32, i32)>,
    /// Missing is NaN.
    numbers: HashMap<String, Vec<f64>>,
    texts: HashMap<String, Texts>,
}

/// The day in the middle of all; 0 for none.
fn middle(mut days: Vec<i32>) -> i32 {
    let half = days.len() / 2;
    if days.is_empty() { 0 } else { *days.select_nth_unstable(half).1 }
}

/// A column of texts as numbers of levels.
#[derive(Clone, Debug, Default)]
struct Texts {
    levels: Vec<String>,
    codes: Vec<u32>,
}

impl Ledger {
    /// `rows` must have a column [`DAY`] of dates; rows without one, or with one that is decades from the others, are left out:
    /// one slip must not make a series of centuries. Numbers and texts are kept, other columns
    /// are not.
    ///
    /// # Errors
    /// `Missing` where there is no such column.
    pub fn new(rows: &Frame) -> Result<Self, LakeError> {
        let Some(Columns::Date(dates)) = rows.column(DAY) else { return Err(LakeError::Missing(DAY.to_owned())) };
        let about = middle(dates.iter().flatten().map(|day| days(*day)).collect());
        let is_near = |day: &Date| days(*day).abs_diff(about) <= FARTHEST;
        let kept: Vec<bool> = dates.iter().map(|day| day.as_ref().is_some_and(is_near)).collect();
        let days: Vec<i32> = dates.iter().flatten().filter(|day| is_near(day)).map(|day| days(*day)).collect();
        let mut ledger = Self {
            span: days.iter().min().copied().zip(days.iter().max().copied()),
            days,
            numbers: HashMap::new(),
            texts: HashMap::new(),
        };
        for column in rows.columns() {
            match &column.values {
                Columns::Number(values) => {
                    let kept = values.iter().zip(&kept).filter(|(_, kept)| **kept);
                    let values = kept.map(|(value, _)| value.unwrap_or(f64::NAN)).collect();
                    ledger.numbers.insert(column.name.clone(), values);
                }
                Columns::Text(values) => {
                    let kept = values.iter().zip(&kept).filter(|(_, kept)| **kept);
                    ledger.texts.insert(column.name.clone(), Texts::of(kept.map(|(value, _)| value.as_deref())));
                }
                Columns::Integer(_) | Columns::Date(_) | Columns::Flag(_) => {}
            }
        }
        Ok(ledger)
    }

    pub fn rows(&self) -> usize {
        self.days.len()
    }

    /// One value for every period that has some, oldest first, dated on the first day of the period.
    ///
    /// # Errors
    /// `Missing` where a column is not there.
    pub fn roll_up(&self, ask: &RollUp<'_>) -> Result<Vec<(Date, f64)>, LakeError> {
        let Some((first, last)) = self.span else { return Ok(Vec::new()) };
        // The period of each day, counted from that of the first.
        let begin = date(first).map_or(0, |day| period(day, ask.every));
        let places: Vec<usize> =
            (first..=last).map(|day| date(day).map_or(0, |day| (period(day, ask.every) - begin) as usize)).collect();
        let periods = places.last().map_or(0, |last| last + 1);
        let place = |row: usize| places[(self.days[row] - first) as usize];
        let rows = self.chosen(ask.only)?;
        let values = self.values(ask, periods, place, &rows)?;
        let point = |(at, value): (usize, Option<f64>)| {
            Some((first_day(begin + at as i64, ask.every)?, value.filter(|value| value.is_finite())?))
        };
        Ok(values.into_iter().enumerate().filter_map(point).collect())
    }

    /// The texts of a column with how many rows have each, the most frequent first.
    ///
    /// # Errors
    /// `Missing` where the column is not there.
    pub fn levels(&self, column: &str) -> Result<Vec<(String, u64)>, LakeError> {
        let texts = self.text(column)?;
        let mut counts = vec![0_u64; texts.levels.len()];
        texts.codes.iter().filter(|code| **code != MISSING).for_each(|code| counts[*code as usize] += 1);
        let mut levels: Vec<(String, u64)> = texts.levels.iter().cloned().zip(counts).collect();
        levels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(levels)
    }

    fn values(
        &self,
        ask: &RollUp<'_>,
        periods: usize,
        place: impl Fn(usize) -> usize,
        rows: &Rows<'_>,
    ) -> Result<Vec<Option<f64>>, LakeError> {
        let (above, below) = match ask.of {
            Measured::Row => (None, None),
            Measured::Column(a) => (Some(self.number(a)?), None),
            Measured::PerRow(a, b) | Measured::OfSums(a, b) => (Some(self.number(a)?), Some(self.number(b)?)),
        };
        let known = |row: usize| match (above, below) {
            (None, _) => Some((1.0, 1.0)),
            (Some(above), None) => Some((above[row], 1.0)).filter(|(a, _)| !a.is_nan()),
            (Some(above), Some(below)) => Some((above[row], below[row])).filter(|(a, b)| !a.is_nan() && !b.is_nan()),
        };
        if let Measured::OfSums(..) = ask.of {
            let mut sums = vec![(0.0, 0.0); periods];
            rows.each(self.days.len(), |row| {
                if let Some((a, b)) = known(row) {
                    let sum = &mut sums[place(row)];
                    *sum = (sum.0 + a, sum.1 + b);
                }
            });
            return Ok(sums.into_iter().map(|(a, b)| (b != 0.0).then(|| a / b)).collect());
        }
        let value = |row: usize| match ask.of {
            Measured::PerRow(..) => known(row).filter(|(_, b)| *b > 0.0).map(|(a, b)| a / b),
            Measured::Row | Measured::Column(_) | Measured::OfSums(..) => known(row).map(|(a, _)| a),
        };
        match ask.how {
            Aggregate::Sum | Aggregate::Mean | Aggregate::Count => {
                let mut sums = vec![(0.0, 0_u64); periods];
                rows.each(self.days.len(), |row| {
                    if let Some(value) = value(row) {
                        let sum = &mut sums[place(row)];
                        *sum = (sum.0 + value, sum.1 + 1);
                    }
                });
                let of = |(sum, count): (f64, u64)| match ask.how {
                    _ if count == 0 => None,
                    Aggregate::Count => Some(count as f64),
                    Aggregate::Mean => Some(sum / count as f64),
                    Aggregate::Sum | Aggregate::Median | Aggregate::Percentile(_) => Some(sum),
                };
                Ok(sums.into_iter().map(of).collect())
            }
            Aggregate::Median => Ok(self.quantiles(periods, place, rows, value, 0.5)),
            Aggregate::Percentile(share) => {
                Ok(self.quantiles(periods, place, rows, value, f64::from(share.min(100)) / 100.0))
            }
        }
    }

    fn quantiles(
        &self,
        periods: usize,
        place: impl Fn(usize) -> usize,
        rows: &Rows<'_>,
        value: impl Fn(usize) -> Option<f64>,
        share: f64,
    ) -> Vec<Option<f64>> {
        let mut values: Vec<Vec<f64>> = vec![Vec::new(); periods];
        rows.each(self.days.len(), |row| {
            if let Some(value) = value(row) {
                values[place(row)].push(value);
            }
        });
        values.iter_mut().map(|values| quantile(values, share)).collect()
    }

    fn number(&self, column: &str) -> Result<&[f64], LakeError> {
        self.numbers.get(column).map(Vec::as_slice).ok_or_else(|| LakeError::Missing(column.to_owned()))
    }

    fn text(&self, column: &str) -> Result<&Texts, LakeError> {
        self.texts.get(column).ok_or_else(|| LakeError::Missing(column.to_owned()))
    }

    fn chosen(&self, only: Option<(&str, &str)>) -> Result<Rows<'_>, LakeError> {
        let Some((column, text)) = only else { return Ok(Rows::All) };
        let texts = self.text(column)?;
        let code = texts.levels.iter().position(|level| level == text);
        Ok(code.map_or(Rows::None, |code| Rows::Of(&texts.codes, code as u32)))
    }
}

impl Texts {
    fn of<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Self {
        let mut texts = Self::default();
        let mut known: HashMap<&str, u32> = HashMap::new();
        for value in values {
            let code = value.map_or(MISSING, |value| {
                *known.entry(value).or_insert_with(|| {
                    texts.levels.push(value.to_owned());
                    texts.levels.len() as u32 - 1
                })
            });
            texts.codes.push(code);
        }
        texts
    }
}

/// Which rows are looked at.
enum Rows<'a> {
    All,
    None,
    /// Those with this code.
    Of(&'a [u32], u32),
}

impl Rows<'_> {
    fn each(&self, rows: usize, mut with: impl FnMut(usize)) {
        match self {
            Self::All => (0..rows).for_each(with),
            Self::None => {}
            Self::Of(codes, code) => {
                codes.iter().enumerate().filter(|(_, of)| *of == code).for_each(|(row, _)| with(row));
            }
        }
    }
}

/// Between two values on a straight line; `None` of none. The values are left in another order.
pub fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    let place = share * values.len().checked_sub(1)? as f64;
    let (_, low, above) = values.select_nth_unstable_by(place.floor() as usize, f64::total_cmp);
    let low = *low;
    let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + (next - low) * place.fract())
}

/// A number that is the same for all days of a period and grows by one from period to period.
fn period(day: Date, every: Every) -> i64 {
    let of_months = |months: i64, first: u8| (month_of(day) - i64::from(first) + 1).div_euclid(months);
    match every {
        Every::Day => i64::from(days(day)),
        // The first of January 1970 was a Thursday.
        Every::Week => (i64::from(days(day)) + 3).div_euclid(7),
        Every::Month => month_of(day),
        Every::Quarter(first) => of_months(3, first),
        Every::Year(first) => of_months(12, first),
    }
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
    first_day(period(day, every), every)
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
    use crate::Column;

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
    fn a_day_of_another_century_does_not_make_a_series_of_centuries() {
        let days = [day(1025, 3, 1), day(2025, 1, 1), day(2025, 1, 7), day(2205, 1, 1)];
        let columns = vec![
            Column::new(DAY, Columns::Date(days.iter().copied().map(Some).collect())),
            Column::new("cost", Columns::Number([7.0, 1.0, 2.0, 9.0].map(Some).to_vec())),
        ];
        let ledger = Ledger::new(&Frame::new(columns).expect("columns")).expect("a ledger");
        let ask = RollUp { of: Measured::Column("cost"), how: Aggregate::Sum, every: Every::Month, only: None };
        assert_eq!(ledger.roll_up(&ask).expect("roll-up"), [(day(2025, 1, 1), 3.0)]);
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
    fn percentiles_lie_between_values() {
        assert_eq!(quantile(&mut [3.0, 1.0, 2.0], 0.5), Some(2.0));
        assert!(quantile(&mut [0.0, 10.0], 0.9).is_some_and(|value| (value - 9.0).abs() < 1e-9));
        assert_eq!(quantile(&mut [], 0.5), None);
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
