//! How alerts reach people who are not looking at the window, and when they must not.

use jiff::ToSpan;
use jiff::civil::{DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::anomaly::AnomalySeverity;

/// How alerts leave the window. What is sent over a connection is said at the connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct AlertChannels {
    /// The desktop shows those that are at least so severe.
    pub desktop: Option<AnomalySeverity>,
    /// A mail is drafted for them.
    pub draft: Option<MailDraft>,
    /// When none of this happens; what fires meanwhile comes together at the end.
    pub quiet: Option<QuietHours>,
}

impl Default for AlertChannels {
    fn default() -> Self {
        Self { desktop: Some(AnomalySeverity::Medium), draft: None, quiet: None }
    }
}

/// Mails that are written into a folder as files and wait there for a person to send them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MailDraft {
    pub folder: String,
    /// Addresses separated by commas.
    pub to: String,
    /// For alerts at least so severe.
    pub severity: AnomalySeverity,
}

/// Hours of every day in which nobody is disturbed, by the clock of the place; across midnight where `until` is the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuietHours {
    #[ts(type = "string")]
    pub from: Time,
    #[ts(type = "string")]
    pub until: Time,
    /// Saturdays and Sundays as well, all day.
    pub weekends: bool,
    /// Alerts of high severity come through.
    pub except_high: bool,
}

impl QuietHours {
    /// When the quiet that holds at `at` ends; `None` where it does not hold. Never more than four days later.
    pub fn ends(&self, at: DateTime) -> Option<DateTime> {
        if !self.holds(at) {
            return None;
        }
        let days = (0..5).map(|days| at.date().saturating_add(days.days()));
        let ends = days.flat_map(|day| [day.to_datetime(Time::midnight()), day.to_datetime(self.until)]);
        ends.filter(|end| *end > at && !self.holds(*end)).min()
    }

    fn holds(&self, at: DateTime) -> bool {
        let is_weekend = matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday);
        let time = at.time();
        let is_night = if self.from <= self.until {
            (self.from..self.until).contains(&time)
        } else {
            time >= self.from || time < self.until
        };
        is_night || (self.weekends && is_weekend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(quiet: QuietHours, at: &str, ends: Option<&str>) {
        let read = |text: &str| text.parse::<DateTime>().expect("a time");
        assert_eq!(quiet.ends(read(at)), ends.map(read), "{at}");
    }

    fn hours(from: &str, until: &str, weekends: bool) -> QuietHours {
        let read = |text: &str| text.parse().expect("a time of day");
        QuietHours { from: read(from), until: read(until), weekends, except_high: true }
    }

    #[test]
    fn quiet_hours_end_in_the_morning_and_after_the_weekend() {
        let nights = hours("18:00", "07:00", false);
        check(nights, "2026-11-20T17:59", None);
        check(nights, "2026-11-20T18:00", Some("2026-11-21T07:00"));
        check(nights, "2026-11-21T06:59", Some("2026-11-21T07:00"));
        check(nights, "2026-11-21T07:00", None);
        let also_weekends = hours("18:00", "07:00", true);
        check(also_weekends, "2026-11-20T18:30", Some("2026-11-23T07:00"));
        check(also_weekends, "2026-11-22T12:00", Some("2026-11-23T07:00"));
        check(also_weekends, "2026-11-23T12:00", None);
        let lunch = hours("12:00", "13:00", false);
        check(lunch, "2026-11-20T12:30", Some("2026-11-20T13:00"));
        check(lunch, "2026-11-20T00:00", None);
    }

    #[test]
    fn hours_that_end_where_they_begin_are_none() {
        let only_weekends = hours("00:00", "00:00", true);
        check(only_weekends, "2026-11-20T23:59", None);
        check(only_weekends, "2026-11-21T10:00", Some("2026-11-23T00:00"));
    }
}
