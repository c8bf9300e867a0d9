//! What holds, in sentences.

use jiff::civil::Date;
use signwright_domain::alert::{ModelFigure, Side};
use signwright_domain::anomaly::SeriesAnomaly;
use signwright_domain::series::{Frequency, Point, Series};

/// Numbers of records that are named.
const NAMED: usize = 5;

pub(super) fn beyond(series: &Series, last: &[Point], side: Side, threshold: f64) -> String {
    let values = last.iter().map(|point| amount(series, point.y)).collect::<Vec<_>>().join(", ");
    let periods = match last.len() {
        1 => period(series, last[0].ds),
        n => format!("the last {n} {}s", series.frequency.period_word()),
    };
    format!("{} was {} {} in {periods}: {values}.", series.label, side_word(side), amount(series, threshold))
}

pub(super) fn change(series: &Series, before: &Point, last: &Point, moved: f64) -> String {
    let went = if moved > 0.0 { "rose" } else { "fell" };
    let (from, to) = (period(series, before.ds), period(series, last.ds));
    let (was, is) = (amount(series, before.y), amount(series, last.y));
    format!("{} {went} by {:.1} % from {from} to {to}: {was} to {is}.", series.label, moved.abs())
}

pub(super) fn strange(series: &Series, found: &SeriesAnomaly) -> String {
    format!("{}, {}: {}.", series.label, period(series, found.start), found.explanation)
}

pub(super) fn will_pass(series: &Series, day: Date, chance: f64, side: Side, threshold: f64) -> String {
    format!(
        "{} will be {} {} in {} with a probability of {:.0} %, if nothing breaks with the past.",
        series.label,
        side_word(side),
        amount(series, threshold),
        period(series, day),
        100.0 * chance
    )
}

pub(super) fn of_model(figure: ModelFigure, value: f64, threshold: f64) -> String {
    match figure {
        ModelFigure::Error => format!("The model is usually off by {value:.1} %; the limit is {threshold} %."),
        ModelFigure::ErrorOverCard => {
            format!("The model's error is {value:.2} times that on its card; the limit is {threshold}.")
        }
        ModelFigure::Held80 => {
            format!("The 80 % ranges held for {value:.0} % of the jobs since; the limit is {threshold} %.")
        }
        ModelFigure::DriversDrifted => format!("{value:.0} drivers are distributed otherwise than the model learned."),
    }
}

pub(super) fn jobs(has: &str, have: &str, numbers: &[&str]) -> String {
    listed("job", "jobs", has, have, numbers)
}

pub(super) fn listed(one: &str, many: &str, has: &str, have: &str, numbers: &[&str]) -> String {
    let named = numbers.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = numbers.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match numbers.len() {
        1 => format!("1 {one} {has}: {named}."),
        n => format!("{n} {many} {have}: {named}{more}."),
    }
}

fn side_word(side: Side) -> &'static str {
    match side {
        Side::Above => "above",
        Side::Below => "below",
    }
}

fn period(series: &Series, day: Date) -> String {
    match series.frequency {
        Frequency::Daily => day.to_string(),
        Frequency::Weekly => format!("the week of {day}"),
        Frequency::Monthly => day.strftime("%B %Y").to_string(),
        Frequency::Quarterly => format!("the quarter from {}", day.strftime("%B %Y")),
        Frequency::Yearly => format!("the year from {}", day.strftime("%B %Y")),
    }
}

/// Enough digits to tell it from its neighbours, with its unit.
fn amount(series: &Series, value: f64) -> String {
    let digits = if value.abs() >= 1000.0 { 0 } else { 2 };
    let number = format!("{value:.digits$}");
    let number =
        if digits > 0 { number.trim_end_matches('0').trim_end_matches('.').to_owned() } else { thousands(&number) };
    let currency = series.unit.split('/').next().unwrap_or_default();
    let is_symbol = !currency.is_empty() && currency.chars().all(|c| !c.is_alphanumeric() && c != '%');
    match (is_symbol, series.unit.split_once('/')) {
        (true, Some((symbol, per))) => format!("{symbol}{number}/{per}"),
        (true, None) => format!("{currency}{number}"),
        (false, _) => format!("{number} {}", series.unit).trim_end().to_owned(),
    }
}

fn thousands(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{sign}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_their_unit_and_lists_their_end() {
        let of = |unit: &str, value: f64| {
            let series = Series {
                name: "s".into(),
                label: "S".into(),
                unit: unit.into(),
                frequency: Frequency::Monthly,
                points: Vec::new(),
            };
            amount(&series, value)
        };
        assert_eq!([of("$", 1_234_567.4), of("$/sq ft", 12.5), of("%", 30.0)], ["$1,234,567", "$12.5/sq ft", "30 %"]);
        assert_eq!([of("hours", -1200.0), of("", 0.25)], ["-1,200 hours", "0.25"]);
        assert_eq!(jobs("is odd", "are odd", &["1"]), "1 job is odd: 1.");
        let many = ["1", "2", "3", "4", "5", "6", "7"];
        assert_eq!(jobs("is odd", "are odd", &many), "7 jobs are odd: 1, 2, 3, 4, 5 and 2 more.");
    }
}
