//! Every way in which a series can be wrong ends in a sentence or in a stated repair, never in a panic or a wrong number.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use signwright_domain::Task;
use signwright_domain::series::{Forecast, Frequency, Point, Series};
use signwright_forecast::{ForecastError, Reaching, beyond, forecast, forecast_with, lead_lag, passes};

fn series(frequency: Frequency, points: Vec<(Date, f64)>) -> Series {
    let points = points.into_iter().map(|(ds, y)| Point { ds, y }).collect();
    Series { name: "s".into(), label: "S".into(), unit: String::new(), frequency, points }
}

fn month(at: usize) -> Date {
    date(2018, 1, 1) + (at as i64).months()
}

fn monthly(values: &[f64]) -> Series {
    series(Frequency::Monthly, values.iter().enumerate().map(|(i, y)| (month(i), *y)).collect())
}

fn usual(at: usize) -> f64 {
    100.0 + ((at * 7_919 + 13) * 104_729 % 10_007) as f64 / 1_000.0
}

fn usuals(count: usize) -> Vec<f64> {
    (0..count).map(usual).collect()
}

fn forecasted(series: &Series) -> Forecast {
    let result = forecast(&Task::silent(), series, 6).expect("forecast");
    assert_eq!(result.points.len(), 6);
    assert!(result.points.iter().all(|p| [p.lo_95, p.lo_80, p.yhat, p.hi_80, p.hi_95].iter().all(|y| y.is_finite())));
    assert!(result.components.iter().all(|c| c.trend.is_finite() && c.season.is_finite()));
    result
}

#[test]
fn what_cannot_be_used_is_refused_by_name_everywhere() {
    let good = monthly(&usuals(60));
    let check = |bad: &Series, text: &str| {
        for error in [
            forecast(&Task::silent(), bad, 6).expect_err("refused"),
            forecast_with(&Task::silent(), &good, std::slice::from_ref(bad), 6).expect_err("refused"),
            lead_lag(bad, &good).expect_err("refused"),
            lead_lag(&good, bad).expect_err("refused"),
        ] {
            let error = error.to_string();
            assert!(error.contains(text) && error.contains("\"s\""), "{error}");
        }
    };
    check(&monthly(&[]), "no points");
    check(&monthly(&[4.0]), "1 usable points");
    check(&monthly(&[f64::NAN; 40]), "no points");
    let with = |at: usize, y: f64| {
        let mut values = usuals(60);
        values[at] = y;
        monthly(&values)
    };
    check(&with(3, f64::INFINITY), "infinite or larger than 1e15");
    check(&with(3, f64::NEG_INFINITY), "2018-04-01");
    check(&with(59, 1e300), "2022-12-01");
    let twice = Series { points: [good.points.clone(), vec![Point { ds: month(5), y: 1.0 }]].concat(), ..good.clone() };
    check(&twice, "two different values for 2018-06-01");
    let between = Point { ds: date(2018, 6, 17), y: 100.0 };
    let mixed = Series { points: [good.points[..20].to_vec(), vec![between]].concat(), ..good.clone() };
    check(&mixed, "mixes frequencies: 2018-06-17");
    let far = Series { points: vec![good.points[0], Point { ds: date(2999, 1, 1), y: 1.0 }], ..good.clone() };
    check(&far, "gaps");
    let holes: Vec<(Date, f64)> = (0..20).map(|i| (month(3 * i), usual(i))).collect();
    check(&series(Frequency::Monthly, holes), "38 gaps in 58 periods");
}

#[test]
fn what_can_be_repaired_is_repaired_and_said() {
    let good = monthly(&usuals(60));
    let plain = forecasted(&good);
    let check = |changed: &Series, note: &str| {
        let result = forecasted(changed);
        assert!(result.notes.iter().any(|n| n.contains(note)), "{:?}", result.notes);
        result
    };
    let backwards = Series { points: good.points.iter().rev().copied().collect(), ..good.clone() };
    assert_eq!(check(&backwards, "out of order").points, plain.points);
    let doubled = Series { points: [good.points.clone(), vec![good.points[9]]].concat(), ..good.clone() };
    assert_eq!(check(&doubled, "twice").points, plain.points);
    let mut holes = good.clone();
    holes.points[10].y = f64::NAN;
    holes.points.remove(30);
    let repaired = check(&holes, "2 missing of 60 periods");
    assert_eq!(repaired.repaired, [month(10), month(30)]);
    let ends =
        Series { points: [good.points.clone(), vec![Point { ds: month(60), y: f64::NAN }]].concat(), ..good.clone() };
    assert_eq!(forecasted(&ends).points, plain.points, "a missing value at the end is no value");
}

#[test]
fn odd_but_honest_values_get_a_forecast() {
    let constant = forecasted(&monthly(&[7.0; 40]));
    assert!(constant.points.iter().all(|p| (p.lo_95, p.hi_95) == (7.0, 7.0)));
    assert!(constant.notes.iter().any(|n| n.contains("all values are the same")));
    let zeros = forecasted(&monthly(&[0.0; 40]));
    assert!(zeros.points.iter().all(|p| p.yhat == 0.0));
    let mut once = vec![0.0; 40];
    once[20] = 5.0;
    assert!(forecasted(&monthly(&once)).points.iter().all(|p| p.yhat >= 0.0 && p.lo_95 >= 0.0));
    let negative: Vec<f64> = usuals(60).iter().map(|y| -y).collect();
    let turned = forecasted(&monthly(&negative));
    assert!(turned.points.iter().all(|p| (-130.0..-80.0).contains(&p.yhat)), "{:?}", turned.points);
    let mut through_zero = usuals(60);
    (through_zero[7], through_zero[8]) = (-3.0, 0.0);
    assert!(forecasted(&monthly(&through_zero)).points.iter().all(|p| p.yhat > 50.0), "logarithms are not taken");
    let tiny: Vec<f64> = usuals(60).iter().map(|y| y * 1e-12).collect();
    let huge: Vec<f64> = usuals(60).iter().map(|y| y * 1e12).collect();
    let (small, large) = (forecasted(&monthly(&tiny)), forecasted(&monthly(&huge)));
    for (a, b) in small.points.iter().zip(&large.points) {
        assert!((a.yhat * 1e24 / b.yhat - 1.0).abs() < 0.02, "{a:?} {b:?}");
    }
}

#[test]
fn a_series_called_by_the_wrong_frequency_is_refused() {
    let months = Series { frequency: Frequency::Daily, ..monthly(&usuals(40)) };
    assert!(matches!(forecast(&Task::silent(), &months, 6), Err(ForecastError::TooManyGaps { .. })));
    let days: Vec<(Date, f64)> = (0..40).map(|i| (date(2018, 1, 1) + (i as i64).days(), usual(i))).collect();
    let days = series(Frequency::Weekly, days);
    assert!(matches!(forecast(&Task::silent(), &days, 6), Err(ForecastError::MixedFrequency { .. })));
}

#[test]
fn chances_are_chances_whatever_is_asked() {
    for values in [vec![7.0; 40], vec![0.0; 40], usuals(3), usuals(60)] {
        let result = forecasted(&monthly(&values));
        for threshold in [f64::NEG_INFINITY, -1.0, 0.0, 7.0, 105.0, 1e18, f64::INFINITY, f64::NAN] {
            let chances = beyond(&result, threshold);
            assert!(chances.iter().all(|c| (0.0..=1.0).contains(&c.above)), "{threshold}: {chances:?}");
            for reaching in [Reaching::Value, Reaching::Total { so_far: 10.0 }, Reaching::Total { so_far: f64::NAN }] {
                let found = passes(&result, reaching, threshold);
                assert!((0.0..=1.0).contains(&found.within), "{found:?}");
            }
        }
    }
    assert_eq!(beyond(&forecasted(&monthly(&[7.0; 40])), 6.0)[0].above, 1.0);
}
