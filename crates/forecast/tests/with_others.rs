//! Other series are used where they earn it, and only there.

use jiff::ToSpan;
use jiff::civil::date;
use signwright_domain::Task;
use signwright_domain::series::{Frequency, Point, Series};
use signwright_forecast::{forecast, forecast_with};

fn monthly(label: &str, values: &[f64]) -> Series {
    let at = |i: usize| date(2012, 1, 1) + (i as i64).months();
    let points = values.iter().enumerate().map(|(i, y)| Point { ds: at(i), y: *y }).collect();
    Series { name: label.into(), label: label.into(), unit: String::new(), frequency: Frequency::Monthly, points }
}

/// Independent steps that are the same on every machine.
fn step(t: usize, seed: usize) -> f64 {
    let mut mixed = ((t as u64) << 20 ^ seed as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

fn walk(count: usize, change: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut level = 5.0;
    let mut one = |t: usize| {
        level += change(t);
        f64::exp(level)
    };
    (0..count).map(&mut one).collect()
}

#[test]
fn a_price_that_runs_ahead_makes_the_forecast_better() {
    let steel = walk(120, |t| 0.04 * step(t, 1));
    let panel = walk(123, |t| if t < 3 { 0.0 } else { 0.04 * step(t - 3, 1) + 0.008 * step(t, 2) });
    let (steel, known) = (monthly("steel", &steel), monthly("panel", &panel[..120]));
    let with = forecast_with(&Task::silent(), &known, &[steel], 3).expect("forecast");
    let without = forecast(&Task::silent(), &known, 3).expect("forecast");
    assert!(with.method.contains("lagged regression"), "{} {:?}", with.method, with.notes);
    assert!(with.notes.iter().any(|n| n.contains("% closer with the other series")), "{:?}", with.notes);
    let error = |points: &[signwright_domain::series::ForecastPoint]| {
        points.iter().zip(&panel[120..]).map(|(p, y)| (p.yhat - y).abs()).sum::<f64>()
    };
    assert!(error(&with.points) < 0.75 * error(&without.points), "{} {}", error(&with.points), error(&without.points));
    let width = |points: &[signwright_domain::series::ForecastPoint]| points[0].hi_95 - points[0].lo_95;
    assert!(width(&with.points) < width(&without.points));
}

#[test]
fn a_series_that_has_nothing_to_say_changes_nothing() {
    let mut used = 0;
    for seed in 0..12 {
        let (a, b) = (walk(90, |t| 0.03 * step(t, 10 + seed)), walk(90, |t| 0.03 * step(t, 50 + seed)));
        let (a, b) = (monthly("a", &a), monthly("b", &b));
        let with = forecast_with(&Task::silent(), &a, &[b], 3).expect("forecast");
        let uses = ["lagged regression", "boosted lags"].iter().any(|name| with.method.contains(name));
        used += usize::from(uses);
        if !uses {
            let alone = forecast(&Task::silent(), &a, 3).expect("forecast");
            assert_eq!(with.points, alone.points);
        }
    }
    assert!(used <= 3, "{used}");
}

#[test]
fn other_series_that_do_not_fit_are_refused_or_said_to_be_too_short() {
    let a = monthly("a", &walk(60, |t| 0.03 * step(t, 1)));
    let quarterly = Series { frequency: Frequency::Quarterly, ..a.clone() };
    let error = forecast_with(&Task::silent(), &a, &[quarterly], 3).expect_err("refused").to_string();
    assert!(error.contains("monthly"), "{error}");
    let short = monthly("short", &walk(9, |t| 0.03 * step(t, 2)));
    let result = forecast_with(&Task::silent(), &a, &[short], 3).expect("forecast");
    let why = result.methods.iter().find(|m| m.method == "lagged regression").expect("listed");
    assert_eq!((why.serves, why.why.as_str()), (false, "9 periods in common with another series"));
    assert!(forecast_with(&Task::silent(), &a, &[monthly("none", &[])], 3).is_err());
}
