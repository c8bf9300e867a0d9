//! The days on which shops in the United States stand still, by rule, for any year: the federal holidays (5 U.S.C. 6103, Juneteenth
//! since 2021), Good Friday and Easter Monday. A federal holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday
//! after (Executive Order 11582).
//!
//! Nothing says that a shop keeps them: what they do to a series is learned from it, and used only where it is plain.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A day of the year that moves working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    NewYear,
    KingDay,
    PresidentsDay,
    GoodFriday,
    EasterMonday,
    MemorialDay,
    Juneteenth,
    Independence,
    LabourDay,
    ColumbusDay,
    VeteransDay,
    Thanksgiving,
    Christmas,
}

impl Holiday {
    pub(crate) const ALL: [Self; 13] = [
        Self::NewYear,
        Self::KingDay,
        Self::PresidentsDay,
        Self::GoodFriday,
        Self::EasterMonday,
        Self::MemorialDay,
        Self::Juneteenth,
        Self::Independence,
        Self::LabourDay,
        Self::ColumbusDay,
        Self::VeteransDay,
        Self::Thanksgiving,
        Self::Christmas,
    ];

    /// The day itself; `None` before there was one and outside the calendar.
    pub(crate) fn day(self, year: i16) -> Option<Date> {
        let fixed = |month, day| Date::new(year, month, day).ok();
        let nth = |month, nth, weekday| Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok();
        match self {
            Self::NewYear => fixed(1, 1),
            Self::KingDay => nth(1, 3, Weekday::Monday).filter(|_| year >= 1986),
            Self::PresidentsDay => nth(2, 3, Weekday::Monday),
            Self::GoodFriday => easter(year)?.checked_sub(2.days()).ok(),
            Self::EasterMonday => easter(year)?.checked_add(1.day()).ok(),
            Self::MemorialDay => nth(5, -1, Weekday::Monday),
            Self::Juneteenth => fixed(6, 19).filter(|_| year >= 2021),
            Self::Independence => fixed(7, 4),
            Self::LabourDay => nth(9, 1, Weekday::Monday),
            Self::ColumbusDay => nth(10, 2, Weekday::Monday),
            Self::VeteransDay => fixed(11, 11),
            Self::Thanksgiving => nth(11, 4, Weekday::Thursday),
            Self::Christmas => fixed(12, 25),
        }
    }

    /// The working day on which it is kept.
    pub(crate) fn kept(self, year: i16) -> Option<Date> {
        let day = self.day(year)?;
        match day.weekday() {
            Weekday::Saturday => day.checked_sub(1.day()).ok(),
            Weekday::Sunday => day.checked_add(1.day()).ok(),
            _ => Some(day),
        }
    }

    /// Those on which offices close.
    pub(crate) fn is_federal(self) -> bool {
        !matches!(self, Self::GoodFriday | Self::EasterMonday)
    }

    /// The one that is kept on a day, or falls on it.
    pub(crate) fn on(date: Date) -> Option<Self> {
        Self::ALL.into_iter().find(|holiday| holiday.falls_on(date))
    }

    fn falls_on(self, date: Date) -> bool {
        let of = |year: i16| self.kept(year) == Some(date) || self.day(year) == Some(date);
        // New Year's Day may be kept on the last day of the year before.
        of(date.year()) || (self == Self::NewYear && of(date.year().saturating_add(1)))
    }
}

/// Monday to Friday and no federal holiday kept on it.
pub(crate) fn is_working_day(date: Date) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    !weekend && !Holiday::on(date).is_some_and(Holiday::is_federal)
}

/// Easter Sunday of the Gregorian calendar (Butcher 1876, as in Meeus, Astronomical Algorithms, 1991, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year_of = i32::from(year);
    let (a, b, c) = (year_of % 19, year_of / 100, year_of % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date::new(year, (day / 31) as i8, (day % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Dates of the United States Naval Observatory and the Office of Personnel Management.
    #[test]
    fn holidays_fall_on_their_days() {
        let check = |holiday: Holiday, year, day: Date, kept: Date| {
            assert_eq!((holiday.day(year), holiday.kept(year)), (Some(day), Some(kept)), "{holiday:?} {year}");
        };
        check(Holiday::Thanksgiving, 2023, date(2023, 11, 23), date(2023, 11, 23));
        check(Holiday::MemorialDay, 2024, date(2024, 5, 27), date(2024, 5, 27));
        check(Holiday::LabourDay, 2025, date(2025, 9, 1), date(2025, 9, 1));
        check(Holiday::KingDay, 2026, date(2026, 1, 19), date(2026, 1, 19));
        check(Holiday::Independence, 2020, date(2020, 7, 4), date(2020, 7, 3));
        check(Holiday::Christmas, 2022, date(2022, 12, 25), date(2022, 12, 26));
        check(Holiday::NewYear, 2022, date(2022, 1, 1), date(2021, 12, 31));
        check(Holiday::GoodFriday, 2024, date(2024, 3, 29), date(2024, 3, 29));
        assert_eq!(Holiday::Juneteenth.day(2020), None);
        assert_eq!(Holiday::on(date(2021, 12, 31)), Some(Holiday::NewYear));
        assert!(!is_working_day(date(2021, 12, 31)) && is_working_day(date(2024, 3, 29)));
    }

    #[test]
    fn easter_falls_on_its_sunday() {
        for (year, month, day) in
            [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2019, 4, 21), (2025, 4, 20), (2038, 4, 25)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn years_at_the_ends_of_the_calendar_are_answered() {
        for day in [Date::MIN, Date::MAX] {
            let _ = is_working_day(day);
        }
    }
}
