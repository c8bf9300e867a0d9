//! The monthly series of the shop.

use signwright_domain::DriverValue;
use signwright_domain::job::{Job, JobStatus, Outcome};
use signwright_store::rollup::{self, Points};
use signwright_store::{Shop, StoreError, jobs};

use crate::given::{job, usd};

/// Two jobs in November, two in January, one more without any area.
fn shop() -> Shop {
    let shop = Shop::in_memory().expect("shop");
    let finished = |number: &str, day: &str, cost: i64, price: i64| {
        let mut job = Job {
            completed_on: Some(day.parse().expect("a day")),
            quoted_on: Some("2025-10-05".parse().expect("a day")),
            sale_price: Some(usd(price)),
            outcome: Some(Outcome::Won),
            ..job(number)
        };
        job.actual.total = Some(usd(cost));
        job.actual.labour = Some(usd(cost / 2));
        job
    };
    let mut small = finished("5", "2026-01-20", 50_000, 90_000);
    small.specification.set("width", DriverValue::Text("unknown".to_owned()));
    small.sign_type = Some("ada".to_owned());
    let lost = Job {
        quote_number: Some("Q-1".to_owned()),
        outcome: Some(Outcome::Lost),
        quoted_on: Some("2025-10-30".parse().expect("a day")),
        status: JobStatus::Quoted,
        ..Job::default()
    };
    let given = [
        finished("1", "2025-11-03", 1_200_000, 2_000_000),
        finished("2", "2025-11-28", 2_400_000, 3_000_000),
        finished("3", "2026-01-01", 600_000, 900_000),
        small,
        lost,
    ];
    let kept: Result<(), StoreError> =
        shop.write(|db| given.iter().try_for_each(|job| jobs::upsert(db, job).map(drop)));
    kept.expect("kept");
    shop
}

fn check(points: Result<Points, StoreError>, expected: &[(&str, f64)]) {
    let points = points.expect("points");
    let found: Vec<(String, f64)> = points.iter().map(|(day, y)| (day.to_string(), *y)).collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((day, y), (expected_day, expected_y)) in found.iter().zip(expected) {
        assert!(day == expected_day && (y - expected_y).abs() < 1e-9, "{found:?}");
    }
}

#[test]
fn sums_have_every_month_and_medians_only_those_with_jobs() {
    let shop = shop();
    let db = shop.read();
    check(rollup::booked_revenue(&db), &[("2025-11-01", 50_000.0), ("2025-12-01", 0.0), ("2026-01-01", 9_900.0)]);
    check(rollup::total_cost(&db), &[("2025-11-01", 36_000.0), ("2025-12-01", 0.0), ("2026-01-01", 6_500.0)]);
    check(rollup::hours(&db), &[("2025-11-01", 63.0), ("2025-12-01", 0.0), ("2026-01-01", 63.0)]);
    check(rollup::completed_jobs(&db), &[("2025-11-01", 2.0), ("2025-12-01", 0.0), ("2026-01-01", 2.0)]);
    check(rollup::cost_per_square_foot(&db, None), &[("2025-11-01", 150.0), ("2026-01-01", 50.0)]);
    check(rollup::cost_per_square_foot(&db, Some("ada")), &[]);
    check(rollup::labour_rate(&db), &[("2025-11-01", 18_000.0 / 63.0), ("2026-01-01", 3_250.0 / 63.0)]);
    check(rollup::quotes(&db), &[("2025-10-01", 5.0)]);
    check(rollup::win_rate(&db), &[("2025-10-01", 0.8)]);
}

#[test]
fn a_shop_without_jobs_has_empty_series() {
    let shop = Shop::in_memory().expect("shop");
    check(rollup::booked_revenue(&shop.read()), &[]);
    check(rollup::win_rate(&shop.read()), &[]);
}
