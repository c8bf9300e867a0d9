//! One estimate, one series, one card: invented, for the tests of this crate.

use jiff::ToSpan;
use jiff::civil::Date;
use signwright_domain::anomaly::{AnomalyKind, AnomalySeverity, SeriesAnomaly};
use signwright_domain::card::{Card, Coverage, GroupScore, Score, Verdict};
use signwright_domain::driver::Cause;
use signwright_domain::estimate::{AtMost, Basis, Contribution, Estimate, Novelty, Range, SimilarJob};
use signwright_domain::physics::Structure;
use signwright_domain::sanity::{Severity, Warning};
use signwright_domain::series::{Forecast, ForecastPoint, Frequency, Point, Series};
use signwright_domain::{Currency, DriverValue, Money, Specification};

pub(crate) fn usd(dollars: i64) -> Money {
    Money::new(dollars * 100, Currency::USD)
}

fn date(text: &str) -> Date {
    text.parse().expect("a date of a test is valid")
}

pub(crate) fn estimate() -> Estimate {
    let contributions = [
        ("area", "Face area", "60 sq ft, double face", 1_490),
        ("base", "Base", "masonry, 42 sq ft", 1_120),
        ("face_material", "Faces of", "routed acrylic", 610),
        ("price_level", "Material prices", "Nov 2026", 380),
        ("moment", "Wind moment at grade", "6.6 k-ft", 210),
        ("access", "Access", "lift, no crane", -540),
        ("travel_miles", "Travel", "34 miles", -310),
        ("estimator", "Estimator", "KM", -530),
        ("colours", "Colours", "2", 45),
        ("soil", "Soil", "clay", 22),
        ("rush", "Rush", "no", -60),
        ("survey", "Site survey", "no", -7),
    ];
    let contributions: Vec<_> = contributions
        .map(|(driver, label, value, dollars)| Contribution {
            driver: driver.into(),
            label: label.into(),
            value: value.into(),
            cause: Cause::of(driver),
            amount: usd(dollars),
        })
        .into();
    let cost = 11_050 + contributions.iter().map(|c| c.amount.minor / 100).sum::<i64>();
    Estimate {
        id: 1187,
        title: "Riverside Clinic monument".into(),
        created_at: "2026-11-02T15:04:05Z".parse().expect("timestamp"),
        quoted_on: date("2026-11-02"),
        specification: specification(),
        basis: Basis::Model,
        basis_note: "Right within 7 % on half of your newest 240 jobs; the median of the type was off by 12 %.".into(),
        model_id: Some(3),
        cost: usd(cost),
        at_most: [(70, 13_900), (80, 14_420), (90, 15_020)]
            .map(|(p, high)| AtMost::new(p, usd(high), usd(cost)))
            .to_vec(),
        ranges: vec![
            Range { level: 80, low: usd(12_150), high: usd(15_020) },
            Range { level: 90, low: usd(11_600), high: usd(15_700) },
            Range { level: 95, low: usd(11_120), high: usd(16_430) },
        ],
        base: usd(11_050),
        contributions,
        novelty: Novelty { score: 0.3, reasons: Vec::new() },
        similar: vec![
            similar("20418", "Harbor Dental", "9 x 5 ft, 1 colour", 11_200, 11_870),
            similar("20377", "Hill School", "crane, rock", 12_900, 16_310),
            similar("20290", "Alder Bank", "stone base, 50 sq ft", 13_400, 13_120),
            similar("20251", "Fern Street Church", "8 x 6 ft", 13_000, 13_160),
        ],
        median_of_type: Some(usd(13_960)),
        median_count: 41,
        structure: Some(Structure {
            wind_force: 1_310.0,
            moment: 6_600.0,
            piers: 2,
            pier_diameter: 2.0,
            pier_depth: 4.6,
            concrete: 1.1,
            pole_weight: 340.0,
        }),
        warnings: vec![Warning {
            rule: "high-without-lift".to_owned(),
            severity: Severity::Warning,
            driver: "survey".into(),
            message: "no site survey: 92 % of your monuments had one".into(),
        }],
        bottom_up: None,
        decision: None,
    }
}

fn similar(number: &str, customer: &str, differs: &str, estimated: i64, actual: i64) -> SimilarJob {
    SimilarJob {
        job_id: 1,
        number: number.into(),
        customer: Some(customer.into()),
        completed_on: Some(date("2026-05-04")),
        differs: differs.into(),
        estimated: Some(usd(estimated)),
        actual: usd(actual),
        distance: 0.4,
    }
}

fn specification() -> Specification {
    let mut spec = Specification::default();
    for (name, value) in
        [("sign_type", "monument"), ("lighting", "led"), ("base", "masonry"), ("soil", "clay"), ("access", "lift")]
    {
        spec.set(name, DriverValue::Text(value.into()));
    }
    for (name, value) in
        [("width", 10.0), ("height", 6.0), ("faces", 2.0), ("wind_speed", 115.0), ("travel_miles", 34.0)]
    {
        spec.set(name, DriverValue::Number(value));
    }
    spec.set("permit", DriverValue::Flag(true));
    spec.set("route_class", DriverValue::Text("county road".into()));
    spec
}

pub(crate) fn series() -> Series {
    let start = date("2018-11-01");
    let points = (0..97).map(|i| {
        let wave = (f64::from(i) * 1.7).sin() * 0.35 + (f64::from(i) * 0.52).cos() * 0.2;
        let lift = if i >= 68 { 1.4 } else { 0.0 } + if i == 83 { 1.9 } else { 0.0 };
        Point { ds: start.saturating_add(i.months()), y: 15.0 + f64::from(i) * 0.035 + wave + lift }
    });
    Series {
        name: "panel_price".into(),
        label: "Panel price per square foot".into(),
        unit: "$/sq ft".into(),
        frequency: Frequency::Monthly,
        points: points.collect(),
    }
}

pub(crate) fn forecast() -> Forecast {
    let start = date("2026-12-01");
    let points = (0..12_i32).map(|i| {
        let (h, yhat) = (f64::from(i + 1).sqrt(), 20.0 + f64::from(i) * 0.1);
        ForecastPoint {
            ds: start.saturating_add(i.months()),
            yhat,
            lo_80: yhat - 0.42 * h,
            hi_80: yhat + 0.42 * h,
            lo_95: yhat - 0.64 * h,
            hi_95: yhat + 0.64 * h,
        }
    });
    Forecast {
        name: "panel_price".into(),
        method: "Theta + AutoETS + drift".into(),
        points: points.collect(),
        backtest: Vec::new(),
        origins: 24,
        notes: Vec::new(),
        methods: Vec::new(),
        components: Vec::new(),
        season_strength: None,
        past: Vec::new(),
        repaired: Vec::new(),
        misses: Vec::new(),
    }
}

pub(crate) fn anomalies() -> Vec<SeriesAnomaly> {
    let anomaly = |start: &str, end: &str, kind, severity, expected, score| SeriesAnomaly {
        series: "panel_price".into(),
        start: date(start),
        end: date(end),
        kind,
        score,
        severity,
        expected,
        detectors: vec!["intervention search".into()],
        explanation: "two detectors agree".into(),
    };
    vec![
        anomaly("2024-07-01", "2024-07-01", AnomalyKind::Level, AnomalySeverity::High, 17.3, 0.98),
        anomaly("2025-10-01", "2025-10-01", AnomalyKind::Point, AnomalySeverity::Medium, 19.2, 0.9),
        anomaly("2022-02-01", "2022-06-01", AnomalyKind::Collective, AnomalySeverity::Low, 16.0, 0.7),
    ]
}

pub(crate) fn card() -> Card {
    let score = |method: &str, n, median_error, bias| Score {
        method: method.into(),
        n,
        mae: 812.0,
        rmse: 1_500.0,
        median_error,
        bias,
    };
    let group = |group: &str, n, median_error, rule| GroupScore {
        group: group.into(),
        n,
        median_error,
        rule_median_error: rule,
        held_80: 0.81,
        held_90: Some(0.91),
    };
    Card {
        target: "total_cost".into(),
        created_at: "2026-11-02T15:04:05Z".parse().expect("timestamp"),
        learner: "boosted trees".into(),
        version: "0.1.0".into(),
        seed: 7,
        train_from: Some(date("2023-11-01")),
        train_to: Some(date("2026-05-01")),
        test_from: Some(date("2026-05-02")),
        test_to: Some(date("2026-11-01")),
        n_train: 974,
        n_all: 0,
        n_test: 240,
        data_hash: String::new(),
        drivers: Vec::new(),
        budget: None,
        test_share: None,
        scores: vec![
            score("model", 240, 7.1, 0.8),
            score("your own estimates", 231, 11.2, -6.4),
            score("median of type, 24 months", 238, 24.9, 3.0),
            score("elastic net", 240, 13.3, -1.1),
        ],
        at_most: Vec::new(),
        coverage: vec![
            Coverage { level: 80, held: 0.81, n: 240, width: 0.22 },
            Coverage { level: 95, held: 0.94, n: 240, width: 0.4 },
        ],
        by_type: vec![
            group("monument", 41, 6.2, Some(14.0)),
            group("channel_letters", 88, 7.4, Some(19.5)),
            group("pylon", 9, 18.0, Some(12.5)),
            group("vinyl", 30, 9.9, None),
        ],
        by_estimator: Vec::new(),
        by_size: Vec::new(),
        importance: Vec::new(),
        learning_curve: Vec::new(),
        limits: Vec::new(),
        trial: None,
        verdict: Verdict { promoted: true, better_than_rule: true, reason: "better on the newest jobs".into() },
    }
}
