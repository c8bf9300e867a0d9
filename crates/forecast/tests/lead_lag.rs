//! When one series is said to run ahead of another, and when not.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use signwright_domain::series::{Frequency, Point, Series};
use signwright_forecast::{ForecastError, lead_lag};

fn monthly(label: &str, from: Date, values: &[f64]) -> Series {
    let points = values.iter().enumerate().map(|(i, y)| Point { ds: from + (i as i64).months(), y: *y }).collect();
    Series { name: label.into(), label: label.into(), unit: String::new(), frequency: Frequency::Monthly, points }
}

/// Independent steps that are the same on every machine, normal enough (the sum of four uniforms).
fn steps(seed: u64, count: usize) -> Vec<f64> {
    // Seeds far apart, so that no two streams overlap.
    let seed = seed << 32;
    let mut state = seed;
    let mut uniform = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count).map(|_| (0..4).map(|_| uniform()).sum::<f64>() - 2.0).collect()
}

fn levels(steps: &[f64]) -> Vec<f64> {
    let mut level = 5.0;
    let mut one = |step: &f64| {
        level += 0.02 * step;
        f64::exp(level)
    };
    steps.iter().map(&mut one).collect()
}

#[test]
fn panels_that_follow_steel_by_three_months_are_found() {
    let (steel, own) = (steps(3, 90), steps(4, 90));
    let panel: Vec<f64> = (0..90).map(|t| if t < 3 { own[t] } else { 0.6 * steel[t - 3] + own[t] * 0.8 }).collect();
    let (steel, panel) = (levels(&steel), levels(&panel));
    let found =
        lead_lag(&monthly("steel", date(2015, 1, 1), &steel), &monthly("panel prices", date(2015, 1, 1), &panel))
            .expect("compared");
    assert_eq!(found.best.lag, 3, "{found:?}");
    assert!((0.4..0.8).contains(&found.best.r) && found.chance <= 0.01 && found.beyond_chance, "{found:?}");
    assert!(
        found.sentence.starts_with("steel goes together with panel prices three months later (r = 0."),
        "{}",
        found.sentence
    );
    assert_eq!((found.lags.len(), found.lags[0].lag, found.best.n), (13, 0, 86));
}

#[test]
fn a_common_trend_and_a_common_season_are_no_lead() {
    let trend = |seed| -> Vec<f64> {
        let noise = steps(seed, 120);
        let at = |t: usize| {
            (t as f64 * 0.01 + 0.1 * (std::f64::consts::TAU * t as f64 / 12.0).sin() + 0.02 * noise[t]).exp()
        };
        (0..120).map(at).collect()
    };
    let found = lead_lag(&monthly("a", date(2015, 1, 1), &trend(5)), &monthly("b", date(2015, 1, 1), &trend(6)));
    let found = found.expect("compared");
    assert!(!found.beyond_chance, "{found:?}");
    assert!(found.sentence.starts_with("no lag of up to 12 months"), "{}", found.sentence);
}

/// One time in twenty is what is promised, after thirteen lags; changes echo their own past here.
#[test]
fn series_that_have_nothing_to_do_with_each_other_are_rarely_called_a_lead() {
    let echo = |seed| {
        let mut last = 0.0;
        let mut one = |step: f64| {
            last = 0.7 * last + step;
            last
        };
        levels(&steps(seed, 100).into_iter().map(&mut one).collect::<Vec<_>>())
    };
    let called = (0..200).filter(|i| {
        let (a, b) = (echo(1_000 + i), echo(5_000 + i));
        lead_lag(&monthly("a", date(2015, 1, 1), &a), &monthly("b", date(2015, 1, 1), &b))
            .expect("compared")
            .beyond_chance
    });
    let share = called.count() as f64 / 200.0;
    assert!((0.01..=0.09).contains(&share), "{share}");
}

#[test]
fn one_upheaval_that_moved_both_proves_nothing() {
    let (mut a, mut b) = (steps(7, 100), steps(8, 100));
    (a[50], b[52]) = (40.0, 40.0);
    let found = lead_lag(&monthly("a", date(2015, 1, 1), &levels(&a)), &monthly("b", date(2015, 1, 1), &levels(&b)));
    let found = found.expect("compared");
    assert!(found.best.r > 0.5 && !found.beyond_chance, "{found:?}");
}

#[test]
fn months_are_matched_by_calendar_not_by_place() {
    let steel = steps(9, 100);
    let panel: Vec<f64> = (0..100).map(|t| if t < 2 { 0.0 } else { steel[t - 2] }).collect();
    let (steel, panel) = (levels(&steel), levels(&panel));
    let found =
        lead_lag(&monthly("steel", date(2015, 1, 31), &steel), &monthly("panel", date(2016, 3, 1), &panel[14..]));
    let found = found.expect("compared");
    assert_eq!((found.best.lag, found.best.r > 0.95), (2, true), "{found:?}");
}

#[test]
fn what_cannot_be_compared_is_refused_by_name() {
    let a = monthly("a", date(2015, 1, 1), &levels(&steps(1, 60)));
    let check = |b: &Series, text: &str| {
        let error = lead_lag(&a, b).expect_err("refused").to_string();
        assert!(error.contains(text), "{error}");
    };
    check(&monthly("b", date(2018, 1, 1), &levels(&steps(2, 60))), "24 times, 30 are needed");
    check(&monthly("b", date(2015, 1, 1), &[3.0; 60]), "\"b\" never changes");
    check(&monthly("b", date(2015, 1, 1), &[]), "no points");
    let quarterly = Series { frequency: Frequency::Quarterly, ..a.clone() };
    check(&quarterly, "\"a\" has monthly points and \"a\" quarterly ones");
    assert!(matches!(lead_lag(&quarterly, &a), Err(ForecastError::UnequalFrequencies { .. })));
}
