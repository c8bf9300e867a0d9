//! What a forecast shows beside its numbers: methods, parts of the history, past forecasts, filled dates.

use jiff::ToSpan;
use jiff::civil::date;
use signwright_domain::Task;
use signwright_domain::series::{Forecast, Frequency, Point, Series};
use signwright_forecast::forecast;

/// Monthly airline passengers in thousands, 1949 to 1960 (Box and Jenkins 1976, series G).
fn air() -> Series {
    let values = include_str!("air_passengers.txt").split_whitespace().map(|y| y.parse().expect("number"));
    monthly(&values.collect::<Vec<f64>>())
}

fn monthly(values: &[f64]) -> Series {
    let at = |i: usize| date(1949, 1, 1) + (i as i64).months();
    let points = values.iter().enumerate().map(|(i, y)| Point { ds: at(i), y: *y }).collect();
    Series { name: "air".into(), label: "Air".into(), unit: String::new(), frequency: Frequency::Monthly, points }
}

fn forecasted(series: &Series) -> Forecast {
    forecast(&Task::silent(), series, 12).expect("forecast")
}

#[test]
fn the_parts_of_a_history_add_up_to_it() {
    let air = air();
    let forecast = forecasted(&air);
    assert_eq!(forecast.components.len(), air.points.len());
    for (part, point) in forecast.components.iter().zip(&air.points) {
        assert_eq!(part.ds, point.ds);
        assert!((part.trend + part.season + part.remainder - point.y).abs() < 1e-9);
    }
    let strength = forecast.season_strength.expect("two seasons");
    assert!((0.8..=1.0).contains(&strength), "{strength}");
    let july_1960 = forecast.components[138];
    assert!(july_1960.season > 80.0 && (450.0..500.0).contains(&july_1960.trend), "{july_1960:?}");
}

#[test]
fn past_forecasts_stand_beside_what_came() {
    let air = air();
    let forecast = forecasted(&air);
    let past = &forecast.past;
    let mut origins: Vec<_> = past.iter().map(|p| p.origin).collect();
    origins.dedup();
    assert_eq!((origins.len(), origins[5]), (6, date(1959, 12, 1)));
    assert!(past.iter().all(|p| p.ds > p.origin && (p.lo_80..=p.hi_80).contains(&p.yhat)));
    for point in past {
        let truth = air.points.iter().find(|p| p.ds == point.ds).expect("in the history");
        assert_eq!(point.actual, truth.y);
    }
    let inside = past.iter().filter(|p| (p.lo_80..=p.hi_80).contains(&p.actual)).count() as f64 / past.len() as f64;
    assert!(inside > 0.5, "{inside}");
    let until = air.points.iter().position(|p| p.ds == date(1959, 12, 1)).expect("there") + 1;
    let cut = Series { points: air.points[..until].to_vec(), ..air.clone() };
    let said_then = forecasted(&cut).points[11].yhat;
    let shown = past.last().expect("some").yhat;
    assert!((said_then / shown - 1.0).abs() < 0.03, "weights differ a little: {said_then} {shown}");
}

#[test]
fn misses_are_the_errors_at_the_present_level() {
    let forecast = forecasted(&air());
    assert_eq!((forecast.misses.len(), forecast.misses[0].len()), (24, 12));
    let first = forecast.past.iter().rfind(|p| p.origin == date(1959, 12, 1)).expect("newest");
    let newest = forecast.misses.last().expect("some")[11];
    assert!(((first.actual - first.yhat) * newest) > 0.0 && newest.abs() > (first.actual - first.yhat).abs() * 0.9);
}

#[test]
fn filled_dates_are_named() {
    let mut gappy = air();
    gappy.points.remove(50);
    gappy.points[90].y = f64::NAN;
    let forecast = forecasted(&gappy);
    assert_eq!(forecast.repaired, [date(1953, 3, 1), date(1956, 8, 1)]);
    assert_eq!(forecasted(&air()).repaired, []);
}

#[test]
fn what_each_method_needs_and_found_comes_with_the_forecast() {
    let of = |forecast: &Forecast, method: &str| {
        forecast.methods.iter().find(|m| m.method == method).map(|m| (m.serves, m.why.clone())).expect("listed")
    };
    let long = forecasted(&air());
    assert_eq!(of(&long, "MFLES"), (true, "the history has 144 points and 12 whole seasons".to_owned()));
    let short = forecasted(&monthly(&[4.0, 6.0, 5.0, 9.0, 4.0]));
    assert_eq!(of(&short, "ETS"), (false, "the history has 5 points".to_owned()));
    assert!(short.methods.iter().all(|m| !m.needs.is_empty()) && short.methods[0].serves);
    assert!(short.components.is_empty());
    assert!(long.methods.iter().all(|m| m.path.len() == if m.serves { 12 } else { 0 }));
    let (lowest, highest) = (long.methods.iter().filter(|m| m.serves).map(|m| m.path[0]))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
    assert!((lowest..=highest).contains(&long.points[0].yhat));
    let named: Vec<&str> =
        long.backtest.iter().filter(|s| s.method != "combination").map(|s| s.method.as_str()).collect();
    assert!(named.iter().all(|name| of(&long, name).0));
}
