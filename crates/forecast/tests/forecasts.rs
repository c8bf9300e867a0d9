//! What a forecast promises, on published and invented series.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use signwright_domain::Task;
use signwright_domain::series::{Forecast, Frequency, Point, Series};
use signwright_forecast::anomalies::in_series;
use signwright_forecast::{ForecastError, forecast, forecast_many};

/// Monthly airline passengers in thousands, 1949 to 1960 (Box and Jenkins 1976, series G).
fn air() -> Vec<f64> {
    include_str!("air_passengers.txt").split_whitespace().map(|y| y.parse().expect("number")).collect()
}

fn monthly(values: &[f64]) -> Series {
    let at = |i: usize| date(1949, 1, 1) + (i as i64).months();
    let points = values.iter().enumerate().map(|(i, y)| Point { ds: at(i), y: *y }).collect();
    Series { name: "air".into(), label: "Air".into(), unit: String::new(), frequency: Frequency::Monthly, points }
}

fn forecasted(values: &[f64], horizon: usize) -> Forecast {
    forecast(&Task::silent(), &monthly(values), horizon).expect("forecast")
}

#[test]
fn airline_passengers_are_forecast_within_seven_per_cent() {
    let air = air();
    let result = forecasted(&air[..132], 12);
    let errors = result.points.iter().zip(&air[132..]).map(|(p, y)| (p.yhat / y - 1.0).abs());
    let mape = 100.0 * errors.sum::<f64>() / 12.0;
    assert!(mape < 7.0, "{mape}");
    assert_eq!(result.origins, 24);
    assert_eq!((result.points[0].ds, result.points[11].ds), (date(1960, 1, 1), date(1960, 12, 1)));
    let of = |name: &str| result.backtest.iter().find(|s| s.method == name).expect(name);
    assert_eq!(result.backtest[0].method, "combination");
    assert!(of("combination").mase < of("seasonal naive").mase && of("seasonal naive").mase < of("naive").mase);
    let held = of("combination").held_95.expect("measured");
    assert!((0.85..=1.0).contains(&held), "{held}");
    assert!((result.backtest.iter().map(|s| s.weight).sum::<f64>() - 1.0).abs() < 1e-9);
}

#[test]
fn many_series_come_back_in_their_order_with_their_errors() {
    let mut series: Vec<Series> = (3..7).map(|years| monthly(&air()[..12 * years])).collect();
    series[2].points.clear();
    let results = forecast_many(&Task::silent(), &series, 6);
    assert_eq!(results[2], Err(ForecastError::Empty { series: "air".into() }));
    assert_eq!(results[3], forecast(&Task::silent(), &series[3], 6));
    let task = Task::silent();
    task.cancel();
    assert!(forecast_many(&task, &series, 6).iter().all(|r| matches!(r, Err(ForecastError::Cancelled(_)))));
}

#[test]
fn difficult_histories_get_a_stated_fallback() {
    let check = |values: &[f64], method: &str, note: &str| {
        let result = forecasted(values, 4);
        assert!(result.method.contains(method), "{}", result.method);
        assert!(result.notes.iter().any(|n| n.contains(note)), "{:?}", result.notes);
    };
    check(&[5.0, 6.0], "naive", "too few to learn from");
    check(&[5.0; 30], "", "all values are the same");
    check(&air()[..20], "", "fewer than two seasons");
    let steady = forecasted(&[5.0; 30], 4);
    assert!(steady.points.iter().all(|p| p.yhat == 5.0 && p.lo_95 == 5.0 && p.hi_95 == 5.0), "{steady:?}");
}

#[test]
fn what_cannot_be_forecast_is_refused() {
    let check = |values: &[f64], horizon, text: &str| {
        let error = forecast(&Task::silent(), &monthly(values), horizon).expect_err("refused").to_string();
        assert!(error.contains(text), "{error}");
    };
    check(&[], 3, "no points");
    check(&[1.0], 3, "1 usable points");
    check(&air(), 0, "a horizon of 0");
    check(&air(), 5_000, "a horizon of 5000");
    let mut late = monthly(&[1.0, 2.0]);
    (late.points[0].ds, late.points[1].ds) = (Date::constant(9999, 10, 1), Date::constant(9999, 11, 1));
    let error = forecast(&Task::silent(), &late, 9).expect_err("refused");
    assert_eq!(error, ForecastError::PastCalendar { series: "air".into() });
}

#[test]
fn a_spike_a_shift_and_nothing_are_told_apart() {
    let base = |t: usize| {
        100.0 + 10.0 * (t as f64 * std::f64::consts::TAU / 12.0).sin() + [0.7, -0.4, 0.1, -0.6, 0.5][t * 7 % 5]
    };
    let clean: Vec<f64> = (0..72).map(base).collect();
    assert_eq!(in_series(&monthly(&clean)), Ok(Vec::new()));
    let mut spiked = clean.clone();
    spiked[40] += 30.0;
    let found = in_series(&monthly(&spiked)).expect("searched");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].start, found[0].end), (date(1952, 5, 1), date(1952, 5, 1)));
    assert!((found[0].expected - clean[40]).abs() < 1.5, "{found:?}");
    let shifted: Vec<f64> = clean.iter().enumerate().map(|(t, y)| if t < 30 { *y } else { y + 15.0 }).collect();
    let found = in_series(&monthly(&shifted)).expect("searched");
    assert_eq!((found.len(), found[0].start), (1, date(1951, 7, 1)), "{found:?}");
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    let one = prop_oneof![
        4 => -1e3..1e3,
        2 => 0.0..100.0,
        1 => Just(0.0),
        1 => Just(f64::NAN),
        1 => prop_oneof![Just(1e15), Just(-1e15), Just(1e-12), Just(f64::INFINITY)],
    ];
    prop::collection::vec(one, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_series_gets_ordered_finite_ranges_or_an_error(values in values(), horizon in 1_usize..15) {
        if let Ok(result) = forecast(&Task::silent(), &monthly(&values), horizon) {
            prop_assert_eq!(result.points.len(), horizon);
            for p in &result.points {
                prop_assert!([p.lo_95, p.lo_80, p.yhat, p.hi_80, p.hi_95].is_sorted(), "{:?}", p);
                prop_assert!(p.lo_95.is_finite() && p.hi_95.is_finite());
            }
            let widths: Vec<f64> = result.points.iter().map(|p| p.hi_95 - p.yhat).collect();
            prop_assert!(widths.windows(2).all(|w| w[0] <= w[1] * (1.0 + 1e-9) + 1e-9 * result.points[0].hi_95.abs()));
        }
    }

    #[test]
    fn any_series_is_searched_or_refused(values in values()) {
        if let Ok(found) = in_series(&monthly(&values)) {
            prop_assert!(found.iter().all(|a| a.score.is_finite() && a.expected.is_finite() && a.start <= a.end));
        }
    }
}
