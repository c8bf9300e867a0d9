//! Long weekly and daily series: every one gets a forecast, and a year is carried on.

use jiff::ToSpan;
use jiff::civil::date;
use signwright_domain::Task;
use signwright_domain::series::{Forecast, Frequency, Point, Series};
use signwright_forecast::forecast;

fn series(frequency: Frequency, values: Vec<f64>) -> Series {
    let days = if frequency == Frequency::Weekly { 7 } else { 1 };
    let at = |i: usize| date(1990, 1, 1) + (days * i as i64).days();
    let points = values.into_iter().enumerate().map(|(i, y)| Point { ds: at(i), y }).collect();
    Series { name: "long".into(), label: "Long".into(), unit: String::new(), frequency, points }
}

fn forecasted(frequency: Frequency, values: Vec<f64>, horizon: usize) -> Forecast {
    forecast(&Task::silent(), &series(frequency, values), horizon).expect("forecast")
}

/// Noise that is the same on every machine, within one of zero.
fn noise(t: usize) -> f64 {
    ((t * 7_919 + 13) * 104_729 % 10_007) as f64 / 5_003.5 - 1.0
}

fn year(t: usize, length: f64) -> f64 {
    (std::f64::consts::TAU * t as f64 / length).sin()
}

#[test]
fn weeks_of_any_kind_and_length_get_a_forecast() {
    let kinds: [fn(usize) -> f64; 5] = [
        |_| 5.0,
        |t| -100.0 + noise(t),
        |t| if t % 5 == 0 { 3.0 } else { 0.0 },
        |t| 1e9 * (2.0 + noise(t)),
        |t| if t == 40 { 1e12 } else { 50.0 + noise(t) },
    ];
    for length in [3, 60, 104, 300] {
        for kind in kinds {
            let result = forecasted(Frequency::Weekly, (0..length).map(kind).collect(), 13);
            assert_eq!(result.points.len(), 13);
            assert!(result.points.iter().all(|p| p.lo_95 <= p.yhat && p.yhat <= p.hi_95 && p.hi_95.is_finite()));
        }
    }
}

#[test]
fn two_thousand_weeks_carry_their_year_on() {
    let value = |t: usize| 500.0 + 200.0 * year(t, 52.0) + 20.0 * noise(t);
    let result = forecasted(Frequency::Weekly, (0..2_000).map(value).collect(), 26);
    assert!(result.methods.iter().any(|m| m.method == "MSTL" && m.serves));
    for (step, point) in result.points.iter().enumerate() {
        let truth = 500.0 + 200.0 * year(2_000 + step, 52.0);
        assert!((point.yhat - truth).abs() < 30.0, "{step}: {} {truth}", point.yhat);
    }
}

#[test]
fn days_carry_week_and_year_on() {
    let week = |t: usize| [0.0, 4.0, 6.0, 3.0, 9.0, -12.0, -10.0][t % 7];
    let value = |t: usize| 300.0 + 60.0 * year(t, 365.25) + week(t) + 3.0 * noise(t);
    let result = forecasted(Frequency::Daily, (0..1_100).map(value).collect(), 90);
    let errors =
        (result.points.iter().enumerate()).map(|(step, point)| (point.yhat - value(1_100 + step)).abs()).sum::<f64>();
    assert!(errors / 90.0 < 12.0, "{}", errors / 90.0);
    let mstl = result.backtest.iter().find(|s| s.method == "MSTL").expect("a member");
    let ets = result.backtest.iter().find(|s| s.method == "ETS").expect("a member");
    assert!(mstl.mase < ets.mase, "{mstl:?} {ets:?}");
}

/// Hours of a shop that stands still on the fourth of July, Thanksgiving and Christmas.
#[test]
fn days_that_a_shop_is_closed_are_forecast_as_such() {
    let closed = |day: jiff::civil::Date| {
        let thanksgiving =
            day.month() == 11 && day.weekday() == jiff::civil::Weekday::Thursday && (22..29).contains(&day.day());
        thanksgiving || [(7, 4), (12, 25), (1, 1)].contains(&(day.month(), day.day()))
    };
    let day = |t: usize| date(1990, 1, 1) + (t as i64).days();
    let value = |t: usize| if closed(day(t)) { 10.0 } else { 100.0 + 5.0 * noise(t) };
    let known = 1_055;
    let result = forecasted(Frequency::Daily, (0..known).map(value).collect(), 40);
    assert!(result.notes.iter().any(|note| note.contains("holidays")), "{:?}", result.notes);
    let thanksgiving = result.points.iter().find(|point| closed(point.ds)).expect("one in the horizon");
    assert!(thanksgiving.yhat < 50.0, "{thanksgiving:?}");
    let usual = result.points.iter().filter(|point| !closed(point.ds)).map(|p| (p.yhat - 100.0).abs()).sum::<f64>();
    assert!(usual / 38.0 < 6.0, "{usual}");
}

#[test]
fn months_without_working_days_to_show_are_left_alone() {
    let at = |i: usize| date(2010, 1, 1) + (i as i64).months();
    let points = (0..72).map(|i| Point { ds: at(i), y: 100.0 + 10.0 * noise(i) }).collect();
    let months =
        Series { name: "m".into(), label: "M".into(), unit: String::new(), frequency: Frequency::Monthly, points };
    let result = forecast(&Task::silent(), &months, 6).expect("forecast");
    assert!(result.notes.iter().all(|note| !note.contains("working days")), "{:?}", result.notes);
    assert!(result.methods.iter().any(|m| m.method == "calendar regression" && !m.serves));
}
