//! What the calendar does to a period, as columns of a regression: for days the holiday itself and the days around it, for weeks the
//! working days that holidays take, for months the number of working days (Taylor and Letham 2018 for holidays with windows; Bell
//! and Hillmer 1983 for trading days).
//!
//! All holidays share a column, so that two or three of them already say something; the larger ones have one of their own for what
//! they do differently.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use signwright_domain::series::Frequency;

use crate::calendar::Calendar;
use crate::holidays::{Holiday, is_working_day};

/// What the periods of a series are like, known as far ahead as is asked.
#[derive(Clone, Debug)]
pub(crate) struct Periods {
    /// Points in a year, with their fraction, where the history holds enough of one and it is longer than other methods carry.
    pub(crate) year: Option<f64>,
    /// Points in a shorter season, 1 without one.
    pub(crate) week: usize,
    /// What the calendar does to each, in columns.
    pub(crate) terms: Vec<Vec<f64>>,
    /// Days and weeks; the year of months is left to the other methods.
    pub(crate) carries_the_year: bool,
}

/// Days in a mean year of the Julian calendar, near enough to ours.
const YEAR: f64 = 365.25;

impl Periods {
    /// `count` positions, the history and what is asked for. `None` for quarters and years.
    pub(crate) fn of(calendar: Calendar, frequency: Frequency, season: usize, count: usize) -> Option<Self> {
        let (row, year): (fn(Date) -> Vec<f64>, _) = match frequency {
            Frequency::Daily if season == 5 => (of_day, Some(YEAR * 5.0 / 7.0)),
            Frequency::Daily => (of_day, Some(YEAR)),
            Frequency::Weekly => (of_week, Some(YEAR / 7.0)),
            Frequency::Monthly => (of_month, None),
            Frequency::Quarterly | Frequency::Yearly => return None,
        };
        let terms: Option<Vec<Vec<f64>>> = (0..count).map(|at| calendar.date(at as i64).map(row)).collect();
        let week = if frequency == Frequency::Weekly { 1 } else { season };
        Some(Self { year, week, terms: terms?, carries_the_year: frequency != Frequency::Monthly })
    }
}

/// Days that are worth a column of their own.
const LARGE: [Holiday; 6] = [
    Holiday::NewYear,
    Holiday::GoodFriday,
    Holiday::EasterMonday,
    Holiday::Independence,
    Holiday::Thanksgiving,
    Holiday::Christmas,
];

fn of_day(date: Date) -> Vec<f64> {
    let on = Holiday::on(date);
    let near = |days: i64| date.checked_add(days.days()).ok().and_then(Holiday::on);
    let (before, after) = (near(1), near(-1));
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let federal = |holiday: Option<Holiday>| holiday.is_some_and(Holiday::is_federal);
    let mut row: Vec<bool> = vec![
        federal(on) && !weekend,
        federal(on) && weekend,
        federal(before) && on.is_none() && !weekend,
        federal(after) && on.is_none() && !weekend,
        // The days before Easter Sunday and the Sunday itself.
        near(1) == Some(Holiday::EasterMonday) || near(2) == Some(Holiday::EasterMonday),
        date.month() == 12 && date.day() > 26 && !weekend,
    ];
    for large in LARGE {
        row.push(on == Some(large) && !weekend);
    }
    row.push(before == Some(Holiday::Christmas) && !weekend);
    row.push(after == Some(Holiday::Thanksgiving));
    row.into_iter().map(f64::from).collect()
}

fn of_week(first: Date) -> Vec<f64> {
    let days: Vec<Date> = (0..7_i64).filter_map(|day| first.checked_add(day.days()).ok()).collect();
    let weekdays = || days.iter().filter(|d| !matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday));
    let lost = weekdays().filter(|day| !is_working_day(**day)).count() as f64;
    let mut row = vec![lost];
    for large in LARGE {
        row.push(weekdays().filter(|day| Holiday::on(**day) == Some(large)).count() as f64);
    }
    row.push(weekdays().filter(|day| day.month() == 12 && day.day() > 26).count() as f64);
    row
}

/// The logarithm of the number of working days, around that of a usual month.
fn of_month(date: Date) -> Vec<f64> {
    const USUAL: f64 = 20.9;
    let first = date.first_of_month();
    let days = i64::from(first.days_in_month());
    let working = (0..days).filter_map(|day| first.checked_add(day.days()).ok()).filter(|day| is_working_day(*day));
    vec![(working.count() as f64 / USUAL).ln()]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_and_months_lose_the_days_that_holidays_take() {
        let lost = |first: Date| of_week(first)[0];
        assert_eq!(lost(date(2023, 11, 20)), 1.0, "Thanksgiving");
        assert_eq!(lost(date(2023, 12, 25)), 1.0, "Christmas");
        assert_eq!(lost(date(2024, 7, 8)), 0.0);
        let working = |month: Date| (of_month(month)[0].exp() * 20.9).round();
        assert_eq!((working(date(2024, 2, 1)), working(date(2024, 2, 29))), (20.0, 20.0));
        assert_eq!(working(date(2023, 11, 1)), 20.0);
    }

    #[test]
    fn days_know_what_they_stand_beside() {
        let row = of_day(date(2023, 11, 24));
        assert_eq!((row[0], row[3], row.last().copied()), (0.0, 1.0, Some(1.0)), "the day after Thanksgiving");
        assert_eq!(of_day(date(2023, 7, 4))[0], 1.0);
        assert!(of_day(date(2023, 8, 9)).iter().all(|x| *x == 0.0));
    }
}
