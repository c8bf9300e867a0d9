//! Habits of estimators: found, accepted, used, taken back.

use signwright_domain::{Currency, Money};
use signwright_store::jobs;

use super::history::{Shop, job};
use crate::commands::Nothing;
use crate::models::bias::{
    BiasOf, EstimatorBias, OwnEstimate, accept_bias, correct_own_estimate, list_biases, take_back_bias,
};

/// Ben's monuments take a fifth more than he says; Ada is right on average.
fn shop() -> Shop {
    let shop = Shop::new();
    let today = shop.action().today();
    let estimated = |number: u32| {
        let mut job = job(number, 1.0);
        let is_low = job.estimator.as_deref() == Some("Ben") && job.sign_type.as_deref() == Some("monument");
        let wobble = if number.is_multiple_of(4) || number % 4 == 1 { 1.05 } else { 0.95 };
        let by = wobble / if is_low { 1.2 } else { 1.0 };
        job.estimated_cost = job.actual.total.map(|total| Money::new((total.minor as f64 * by) as i64, total.currency));
        job.completed_on = Some(today);
        job
    };
    shop.app
        .shop()
        .write(|db| (0..super::history::JOBS).try_for_each(|number| jobs::upsert(db, &estimated(number)).map(drop)))
        .expect("estimates");
    shop
}

fn of(estimator: &str, sign_type: &str) -> BiasOf {
    BiasOf { estimator: estimator.to_owned(), sign_type: sign_type.to_owned(), work_code: None }
}

fn corrected(shop: &Shop, estimator: &str) -> Money {
    let (sign_type, cost) = ("monument".to_owned(), Money::new(1_000_000, Currency::USD));
    let input = OwnEstimate { estimator: estimator.to_owned(), sign_type, cost };
    correct_own_estimate(&shop.action(), input).expect("an answer").cost
}

#[test]
fn a_habit_is_suggested_and_used_only_once_accepted() {
    let shop = shop();
    let found = list_biases(&shop.action(), Nothing {}).expect("biases");
    let suggested: Vec<&EstimatorBias> = found.iter().filter(|one| one.suggested).collect();
    assert_eq!(suggested.iter().map(|one| &one.of).collect::<Vec<_>>(), [&of("Ben", "monument")], "{found:?}");
    assert!((1.15..1.25).contains(&suggested[0].factor) && suggested[0].low > 1.1, "{suggested:?}");
    assert_eq!(corrected(&shop, "Ben"), Money::new(1_000_000, Currency::USD), "nobody has accepted it");
    let accepted = accept_bias(&shop.action(), of("Ben", "monument")).expect("accepted").accepted.expect("in force");
    assert_eq!(accepted.who, "tester");
    assert_eq!(corrected(&shop, "Ben").minor, (1_000_000.0 * accepted.factor).round() as i64);
    assert_eq!(corrected(&shop, "Ada").minor, 1_000_000);
    accept_bias(&shop.action(), of("Ben", "monument")).expect("accepted anew");
    take_back_bias(&shop.action(), of("Ben", "monument")).expect("taken back");
    assert_eq!(corrected(&shop, "Ben").minor, 1_000_000);
    take_back_bias(&shop.action(), of("Ben", "monument")).expect_err("none is in force");
    accept_bias(&shop.action(), of("Zoe", "monument")).expect_err("nobody knows her");
}
