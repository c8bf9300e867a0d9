//! From values to pixels, and the round values an axis is labelled with.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::words::grouped;

/// A straight scale from values to pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Maps `low..high` to `from..to` pixels. A span of nothing is widened, so that one value stands in the middle.
    pub(crate) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        if high > low { Self { low, high, from, to } } else { Self { low: low - 0.5, high: low + 0.5, from, to } }
    }

    pub(crate) fn at(self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }
}

/// Larger values are left out of every figure: nothing a shop measures is that large, and axes stay readable.
const LARGEST: f64 = 1e19;

/// Whether a value can be drawn: finite and not absurdly large.
pub(crate) fn drawable(x: f64) -> bool {
    x.abs() <= LARGEST
}

/// Smallest and largest of the values that can be drawn, `None` without one.
pub(crate) fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|x| drawable(*x)).fold(None, |span, x| match span {
        None => Some((x, x)),
        Some((low, high)) => Some((low.min(x), high.max(x))),
    })
}

/// An extent with a share of its width added on both sides; a single value gets a tenth of itself.
pub(crate) fn padded((low, high): (f64, f64), share: f64) -> (f64, f64) {
    let room = if high > low { (high - low) * share } else { (low.abs() * 0.1).max(1.0) };
    (low - room, high + room)
}

/// Steps of 1, 2, 2.5 or 5 times a power of ten, about `count` of them.
pub(crate) fn step((low, high): (f64, f64), count: f64) -> f64 {
    let rough = ((high - low) / count).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|f| f * power >= rough * 0.999).unwrap_or(10.0);
    factor * power
}

/// The round values inside an extent.
pub(crate) fn ticks(span: (f64, f64), count: f64) -> Vec<f64> {
    let step = step(span, count);
    let first = (span.0 / step).ceil();
    (0..100).map(|i| (first + f64::from(i)) * step).take_while(|tick| *tick <= span.1 + step * 1e-9).collect()
}

/// `$9k`, `$1.5M`, `$20.50`, `120 hours`: a value on an axis, as fine as the steps are.
pub(crate) fn tick_label(value: f64, step: f64, unit: &str) -> String {
    let value = if value.abs() < step * 1e-6 { 0.0 } else { value };
    let size = value.abs().max(step);
    let (scaled, suffix) = match size {
        s if s >= 1e9 => (1e9, "B"),
        s if s >= 1e6 => (1e6, "M"),
        s if s >= 10_000.0 || (s >= 1_000.0 && step >= 500.0) => (1e3, "k"),
        _ => (1.0, ""),
    };
    let fine = (step / scaled).abs();
    let places = (0..6).find(|p| ((fine * 10_f64.powi(*p)).round() - fine * 10_f64.powi(*p)).abs() < 1e-6).unwrap_or(6);
    let number = format!("{:.*}", places as usize, (value / scaled).abs());
    let sign = if value < 0.0 { "−" } else { "" };
    let number = if value == 0.0 { "0".to_owned() } else { format!("{number}{suffix}") };
    format!("{sign}{}{number}", prefix(unit))
}

/// The sign before an amount: a series in `$/sq ft` is labelled `$20`.
pub(crate) fn prefix(unit: &str) -> &str {
    ["$", "€", "£"].into_iter().find(|symbol| unit.starts_with(symbol)).unwrap_or_default()
}

/// `$21.10`, `1,240`, `0.345`: one value of a series, to about four digits.
pub(crate) fn value_label(value: f64, unit: &str) -> String {
    let places = match value.abs() {
        x if x >= 1_000.0 => 0,
        x if x >= 1.0 => 2,
        _ => 3,
    };
    let digits = format!("{:.*}", places, value.abs());
    let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), None), |(w, f)| (w, Some(f)));
    let sign = if value < 0.0 { "−" } else { "" };
    let fraction = fraction.map(|f| format!(".{f}")).unwrap_or_default();
    format!("{sign}{}{}{fraction}", prefix(unit), grouped(whole))
}

/// Days since the year 1, for a time axis.
pub(crate) fn day(date: Date) -> f64 {
    let start = Date::constant(1, 1, 1);
    date.since(start).map(|span| f64::from(span.get_days())).unwrap_or_default()
}

/// Dates to label a time axis with, about eight: years, months or days as the span asks for.
pub(crate) fn date_ticks(from: Date, to: Date) -> Vec<(Date, String)> {
    let days = day(to) - day(from);
    let (months, format) = match days {
        d if d > 8.0 * 900.0 => (12 * ((d / 365.0 / 8.0).ceil() as i32), "%Y"),
        d if d > 1_000.0 => (12, "%Y"),
        d if d > 500.0 => (3, "%b %Y"),
        d if d > 200.0 => (2, "%b %Y"),
        d if d > 70.0 => (1, "%b %Y"),
        _ => return day_ticks(from, to),
    };
    let first = Date::constant(1, 1, 1).saturating_add((i32::from(from.year()) - 1).years());
    (0..1_200)
        .map(|i| first.saturating_add((i * months).months()))
        .take_while(|date| *date <= to)
        .filter(|date| *date >= from)
        .take(40)
        .map(|date| (date, date.strftime(format).to_string()))
        .collect()
}

fn day_ticks(from: Date, to: Date) -> Vec<(Date, String)> {
    let every = ((day(to) - day(from)) / 7.0).ceil().max(1.0) as i32;
    (0..40)
        .map(|i| from.saturating_add((i * every).days()))
        .take_while(|date| *date <= to)
        .map(|date| (date, date.strftime("%b %-d").to_string()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_values() {
        assert_eq!(ticks((8_800.0, 17_100.0), 4.0), [10_000.0, 12_500.0, 15_000.0]);
        assert_eq!(ticks((13.4, 24.2), 6.0), [14.0, 16.0, 18.0, 20.0, 22.0, 24.0]);
        assert!(ticks((-LARGEST, LARGEST), 5.0).len() <= 12);
        assert!(!drawable(f64::NAN) && !drawable(-1e300));
    }

    #[test]
    fn values_are_short() {
        let check = |value, step, unit, label: &str| assert_eq!(tick_label(value, step, unit), label);
        check(12_500.0, 2_500.0, "$", "$12.5k");
        check(9_000.0, 1_000.0, "$", "$9k");
        check(20.0, 2.0, "$/sq ft", "$20");
        check(0.0, 2.0, "$", "$0");
        check(-1_500_000.0, 500_000.0, "", "−1.5M");
        check(0.25, 0.05, "index", "0.25");
        assert_eq!(value_label(21.1, "$/sq ft"), "$21.10");
        assert_eq!(value_label(-1_234_567.0, "$"), "−$1,234,567");
    }

    #[test]
    fn a_time_axis_is_labelled_in_years_months_or_days() {
        let date = |text: &str| text.parse::<Date>().expect("date");
        let labels =
            |from, to| date_ticks(date(from), date(to)).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(labels("2020-06-01", "2023-06-01"), ["2021", "2022", "2023"]);
        assert_eq!(labels("2025-11-15", "2026-02-15"), ["Dec 2025", "Jan 2026", "Feb 2026"]);
        assert_eq!(labels("2026-03-01", "2026-03-03"), ["Mar 1", "Mar 2", "Mar 3"]);
    }
}
