//! Dates as positions on a calendar of periods, and back: what comes after the last point of a series.
//!
//! Months, quarters and years are counted, not days, so that month ends stay month ends. Daily series without a single
//! weekend are kept on a calendar of working days.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use signwright_domain::series::Frequency;

use crate::ForecastError;

/// The frequency that the distances between dates show: the commonest distance decides, gaps are allowed.
/// Order and doubles do not matter.
pub fn frequency_of(dates: &[Date]) -> Result<Frequency, ForecastError> {
    let mut days: Vec<i32> = dates.iter().map(|date| day_number(*date)).collect();
    days.sort_unstable();
    days.dedup();
    let mut distances: Vec<i32> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
    distances.sort_unstable();
    let Some(&middle) = distances.get(distances.len() / 2) else {
        return Err(ForecastError::TooFewDates { count: days.len() });
    };
    let counts = |f: Frequency| distances.iter().filter(|days| of_distance(**days) == Some(f)).count();
    let best = Frequency::ALL.into_iter().max_by_key(|f| (counts(*f), -(f.period() as i64))).filter(|f| counts(*f) > 0);
    best.ok_or(ForecastError::UnknownFrequency { days: middle })
}

fn of_distance(days: i32) -> Option<Frequency> {
    match days {
        1 => Some(Frequency::Daily),
        6..=8 => Some(Frequency::Weekly),
        28..=31 => Some(Frequency::Monthly),
        89..=92 => Some(Frequency::Quarterly),
        365 | 366 => Some(Frequency::Yearly),
        _ => None,
    }
}

/// A calendar of periods that starts at the first date of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Calendar {
    start: Date,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Days,
    WorkingDays,
    Weeks,
    Months { step: i32, at_end: bool },
}

impl Calendar {
    /// `dates` ascending and not empty.
    pub(crate) fn of(frequency: Frequency, dates: &[Date]) -> Option<Self> {
        let start = *dates.first()?;
        let at_end = dates.iter().all(|date| date.day() == date.days_in_month());
        let kind = match frequency {
            Frequency::Daily if dates.len() >= 10 && !dates.iter().any(|d| is_weekend(*d)) => Kind::WorkingDays,
            Frequency::Daily => Kind::Days,
            Frequency::Weekly => Kind::Weeks,
            Frequency::Monthly => Kind::Months { step: 1, at_end },
            Frequency::Quarterly => Kind::Months { step: 3, at_end },
            Frequency::Yearly => Kind::Months { step: 12, at_end },
        };
        Some(Self { start, kind })
    }

    /// Points in one season on this calendar.
    pub(crate) fn season(self, frequency: Frequency) -> usize {
        match self.kind {
            Kind::WorkingDays => 5,
            Kind::Days | Kind::Weeks | Kind::Months { .. } => frequency.period(),
        }
    }

    /// Points in a year, where the season is shorter than that; whole points, the quarter of a day is left out.
    pub(crate) fn year(self) -> Option<usize> {
        match self.kind {
            Kind::WorkingDays => Some(261),
            Kind::Days => Some(365),
            Kind::Weeks | Kind::Months { .. } => None,
        }
    }

    /// Which period a date falls in, 0 for the first; `None` where it stands between periods.
    pub(crate) fn position(self, date: Date) -> Option<i64> {
        let days = i64::from(day_number(date)) - i64::from(day_number(self.start));
        match self.kind {
            Kind::Days => Some(days),
            Kind::WorkingDays => (!is_weekend(date)).then(|| working_days(date) - working_days(self.start)),
            Kind::Weeks => Some((days + 3).div_euclid(7)).filter(|weeks| (days - weeks * 7).abs() <= 1),
            Kind::Months { step, .. } => {
                let months = month_number(date) - month_number(self.start);
                (months % step == 0).then_some(i64::from(months / step))
            }
        }
    }

    /// The date of a period; `None` past the year 9999.
    pub(crate) fn date(self, position: i64) -> Option<Date> {
        let position = i32::try_from(position).ok()?;
        match self.kind {
            Kind::Days => self.start.checked_add(position.days()).ok(),
            Kind::WorkingDays => self.start.checked_add(calendar_days(self.start, position).days()).ok(),
            Kind::Weeks => self.start.checked_add(position.weeks()).ok(),
            Kind::Months { step, at_end } => {
                let date = self.start.checked_add(position.checked_mul(step)?.months()).ok()?;
                Some(if at_end { date.last_of_month() } else { date })
            }
        }
    }
}

fn day_number(date: Date) -> i32 {
    let since = date.since(Date::constant(1970, 1, 1)).map(|span| span.get_days());
    since.expect("the distance of two civil dates in days always fits")
}

fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month())
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Working days since Monday, 5 January 1970.
fn working_days(date: Date) -> i64 {
    let days = i64::from(day_number(date)) - 4;
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

/// Days from a working day to the one `position` working days later.
fn calendar_days(start: Date, position: i32) -> i32 {
    let weekday = i32::from(start.weekday().to_monday_zero_offset());
    let target = weekday + position;
    target.div_euclid(5) * 7 + target.rem_euclid(5) - weekday
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_follows_the_last_date_keeps_the_calendar() {
        let check = |frequency, start: Date, second: Date, position, expected: Date| {
            let calendar = Calendar::of(frequency, &[start, second]).expect("calendar");
            assert_eq!(calendar.date(position), Some(expected));
            assert_eq!(calendar.position(expected), Some(position), "{expected}");
        };
        check(Frequency::Monthly, date(2024, 1, 31), date(2024, 2, 29), 2, date(2024, 3, 31));
        check(Frequency::Monthly, date(2024, 1, 31), date(2024, 2, 29), 13, date(2025, 2, 28));
        check(Frequency::Monthly, date(2024, 11, 1), date(2024, 12, 1), 2, date(2025, 1, 1));
        check(Frequency::Quarterly, date(2024, 1, 1), date(2024, 4, 1), 3, date(2024, 10, 1));
        check(Frequency::Quarterly, date(2024, 3, 31), date(2024, 6, 30), 3, date(2024, 12, 31));
        check(Frequency::Yearly, date(2024, 2, 29), date(2025, 2, 28), 1, date(2025, 2, 28));
        check(Frequency::Weekly, date(2024, 12, 30), date(2025, 1, 6), 2, date(2025, 1, 13));
        check(Frequency::Daily, date(2024, 2, 28), date(2024, 2, 29), 2, date(2024, 3, 1));
    }

    #[test]
    fn a_daily_series_without_weekends_stays_on_working_days() {
        let days: Vec<Date> = (0..14).map(|i| date(2024, 1, 3) + i.days()).filter(|day| !is_weekend(*day)).collect();
        let calendar = Calendar::of(Frequency::Daily, &days).expect("calendar");
        for (i, day) in days.iter().enumerate() {
            assert_eq!((calendar.position(*day), calendar.date(i as i64)), (Some(i as i64), Some(*day)));
        }
        assert_eq!(calendar.season(Frequency::Daily), 5);
    }

    #[test]
    fn the_commonest_distance_is_the_frequency() {
        let check = |dates: &[Date], frequency| assert_eq!(frequency_of(dates), frequency);
        let months = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 6, 30)];
        check(&months, Ok(Frequency::Monthly));
        check(&[date(2024, 1, 8), date(2024, 1, 1), date(2024, 1, 15)], Ok(Frequency::Weekly));
        check(&[date(2024, 1, 1), date(2024, 4, 1)], Ok(Frequency::Quarterly));
        check(&[date(2024, 1, 1), date(2024, 1, 1)], Err(ForecastError::TooFewDates { count: 1 }));
        check(&[date(2024, 1, 1), date(2024, 1, 18)], Err(ForecastError::UnknownFrequency { days: 17 }));
    }
}
