//! Variants over a real shop file with a trained model.

use signwright_domain::{DriverValue, Specification};

use super::*;
use crate::models::tests::history::{JOBS, Shop};
use crate::models::{PromoteModel, promote_model};

fn pole(width: f64, height: f64) -> Specification {
    let mut spec = Specification::default();
    spec.set("sign_type", DriverValue::Text("pole".to_owned()));
    spec.set("width", DriverValue::Number(width));
    spec.set("height", DriverValue::Number(height));
    spec
}

fn estimate(shop: &Shop) -> Estimate {
    let title = "Corner pole".to_owned();
    let input = CreateEstimate {
        title,
        specification: pole(10.0, 8.0),
        quoted_on: None,
        save: true,
        ..CreateEstimate::default()
    };
    create_estimate(&shop.action(), input).expect("an estimate")
}

fn keep(shop: &Shop, estimate_id: i64, name: &str, specification: Specification) -> Result<ListedScenario, CallError> {
    save_scenario(&shop.action(), SaveScenario { estimate_id, name: name.to_owned(), specification })
}

fn compare(shop: &Shop, estimate_id: i64, scenarios: &[i64]) -> Result<Comparison, CallError> {
    let input = CompareScenarios { estimate_id, scenarios: scenarios.to_vec(), estimate: true };
    compare_scenarios(&shop.action(), input)
}

fn check_sums(comparison: &Comparison) {
    for column in &comparison.columns {
        let of_causes: i64 = column.causes.iter().map(|cause| cause.amount.minor).sum();
        assert_eq!(column.start.minor + of_causes, column.difference.minor, "{}", column.name);
        assert_eq!(column.now.cost.minor, comparison.columns[0].now.cost.minor + column.difference.minor);
        for cause in &column.causes {
            assert_eq!(cause.amount.minor, cause.drivers.iter().map(|driver| driver.amount.minor).sum::<i64>());
        }
    }
}

#[test]
fn variants_are_kept_renamed_and_forgotten_under_their_estimate() {
    let shop = Shop::new();
    shop.train();
    let id = estimate(&shop).id;
    let lower = keep(&shop, id, " lower ", pole(10.0, 5.0)).expect("kept");
    assert_eq!((lower.scenario.name.as_str(), lower.scenario.who.as_str()), ("lower", "tester"));
    assert_eq!((lower.changes.join(", ").as_str(), lower.unseen.len()), ("Height 5 ft instead of 8 ft", 0));
    let tower = keep(&shop, id, "tower", pole(10.0, 40.0)).expect("kept, and said to be unseen");
    assert!(tower.unseen[0].starts_with("Height 40 ft: finished jobs of this type had "), "{:?}", tower.unseen);

    let refused = |name: &str, specification| keep(&shop, id, name, specification).expect_err("refused").code;
    assert_eq!(refused("lower", pole(9.0, 8.0)), Code::Conflict);
    assert_eq!(refused("the same", pole(10.0, 8.0)), Code::Conflict);
    assert_eq!(refused(" ", pole(9.0, 8.0)), Code::InvalidInput);
    let mut odd = pole(10.0, 8.0);
    odd.set("lighting", DriverValue::Text("candles".to_owned()));
    assert_eq!(refused("odd", odd), Code::InvalidInput);

    let rename =
        |name: &str| rename_scenario(&shop.action(), RenameScenario { id: lower.scenario.id, name: name.to_owned() });
    assert_eq!(rename("tower").expect_err("taken").code, Code::Conflict);
    assert_eq!(rename("low").expect("renamed").scenario.name, "low");
    delete_scenario(&shop.action(), ScenarioRef { id: tower.scenario.id }).expect("deleted");
    let names = |estimate_id| {
        let found = list_scenarios(&shop.action(), ScenariosOf { estimate_id }).expect("a list");
        found.into_iter().map(|one| one.scenario.name).collect::<Vec<_>>()
    };
    assert_eq!(names(id), ["low"]);
    assert!(names(estimate(&shop).id).is_empty());
}

#[test]
fn the_difference_comes_from_its_drivers_to_the_cent() {
    let shop = Shop::new();
    shop.train();
    let estimate = estimate(&shop);
    let lower = keep(&shop, estimate.id, "lower", pole(10.0, 5.0)).expect("kept").scenario;
    let wider = keep(&shop, estimate.id, "wider", pole(16.0, 8.0)).expect("kept").scenario;
    let found = compare(&shop, estimate.id, &[lower.id, wider.id]).expect("a comparison");
    assert_eq!(
        found.columns.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["Corner pole", "lower", "wider"]
    );
    check_sums(&found);
    assert!(found.columns.iter().all(|one| one.said.is_none() && one.start.minor == 0), "one model said all of it");
    assert!(found.columns[1].difference.minor < 0 && found.columns[2].difference.minor > 0);
    assert_eq!(found.columns[1].causes[0].cause, signwright_domain::driver::Cause::Size);
    let drivers: Vec<_> = found.drivers.iter().map(|one| (one.driver.as_str(), one.values.clone())).collect();
    let feet = |values: [&str; 3]| values.map(|value| Some(format!("{value} ft"))).to_vec();
    assert_eq!(drivers, [("width", feet(["10", "10", "16"])), ("height", feet(["8", "5", "8"]))]);

    assert_eq!(compare(&shop, estimate.id, &[]).expect_err("one alone").code, Code::InvalidInput);
    let five = [lower.id, wider.id, lower.id, wider.id];
    assert_eq!(compare(&shop, estimate.id, &five).expect_err("five").code, Code::InvalidInput);
    assert_eq!(compare(&shop, estimate.id, &[99]).expect_err("not its own").code, Code::InvalidInput);
}

#[test]
fn another_model_is_asked_anew_and_what_was_said_stays() {
    let shop = Shop::new();
    let first = shop.train();
    let estimate = estimate(&shop);
    let kept = keep(&shop, estimate.id, "lower", pole(10.0, 5.0)).expect("kept").scenario;
    shop.add(JOBS..JOBS + 120, 1.6);
    let second = shop.train();
    let reason = "newer prices".to_owned();
    if second.standing != signwright_domain::card::Standing::Champion {
        promote_model(&shop.action(), PromoteModel { id: second.id, reason }).expect("promoted");
    }
    let found = compare(&shop, estimate.id, &[kept.id]).expect("a comparison");
    check_sums(&found);
    let lower = &found.columns[1];
    assert_eq!(lower.now.model_id, Some(second.id));
    let said = lower.said.as_ref().expect("another figure then");
    assert_eq!((said.model_id, said.cost), (Some(first.id), kept.said.cost));
}
