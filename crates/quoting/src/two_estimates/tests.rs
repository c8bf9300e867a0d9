use jiff::civil::date;
use signwright_domain::driver::Cause;
use signwright_domain::{Currency, DriverValue, Specification};

use super::*;
use crate::assembly::{Asked, build_up, read, shipped_assemblies, shipped_library};

fn usd(dollars: i64) -> Money {
    Money::new(100 * dollars, Currency::USD)
}

fn cabinet() -> (Assembly, BuildUp) {
    let all = shipped_assemblies();
    let definition = all.iter().find(|definition| definition.id == "cabinet").expect("a cabinet");
    let assembly = read(definition, &all).expect("an assembly");
    let mut specification = Specification::default();
    specification.set("width", DriverValue::Number(8.0));
    specification.set("height", DriverValue::Number(4.0));
    let asked = Asked { specification: &specification, given: [].into(), on: date(2026, 11, 1) };
    let built = build_up(&assembly, &asked, &shipped_library()).expect("a cost");
    (assembly, built)
}

fn part(driver: &str, dollars: i64) -> Contribution {
    Contribution {
        driver: driver.into(),
        label: driver.into(),
        value: "x".into(),
        cause: Cause::of(driver),
        amount: usd(dollars),
    }
}

fn learned<'a>(cost: i64, contributions: &'a [Contribution], makeup: &'a [GroupAmount]) -> Learned<'a> {
    let range = Range { level: 80, low: usd(cost - 500), high: usd(cost + 500) };
    Learned { cost: usd(cost), range, contributions, makeup }
}

fn makeup(shares: &[(CostGroup, i64)]) -> Vec<GroupAmount> {
    shares.iter().map(|(group, share)| GroupAmount { group: *group, amount: usd(*share) }).collect()
}

#[test]
fn inside_the_range_there_is_nothing_to_explain() {
    let (assembly, built) = cabinet();
    let near = built.total.minor / 100 + 200;
    let both = side_by_side(&assembly, &built, &learned(near, &[], &[])).expect("both");
    assert_eq!((both.standing, both.beyond.minor, both.groups.len()), (RangeStanding::Inside, 0, 0));
    assert_eq!(both.said.len(), 1);
    assert!(both.said[0].contains("inside the range"), "{:?}", both.said);
}

#[test]
fn outside_of_it_groups_say_by_what_and_add_up() {
    let (assembly, built) = cabinet();
    let cost = built.total.minor / 100 + 3_000;
    let usual = makeup(&[(CostGroup::Material, 30), (CostGroup::Labour, 60), (CostGroup::Equipment, 10)]);
    let both = side_by_side(&assembly, &built, &learned(cost, &[], &usual)).expect("both");
    assert_eq!(both.standing, RangeStanding::Below);
    assert_eq!(both.beyond, both.range.low - built.total);
    let sum = |of: fn(&GroupDifference) -> Money| both.groups.iter().map(of).sum::<Option<Money>>().expect("groups");
    assert_eq!(sum(|group| group.difference), built.total - usd(cost));
    assert_eq!((sum(|group| group.built_up), sum(|group| group.learned)), (built.total, usd(cost)));
    assert_eq!(both.groups[0].group, CostGroup::Labour, "labour is what is least of all");
    assert!(both.said[1].starts_with("labour: $") && both.said[1].contains("less than usual"), "{:?}", both.said);
    assert!(both.groups[0].lines[0].starts_with("Installing $"), "{:?}", both.groups[0].lines);
    let above = side_by_side(&assembly, &built, &learned(1_000, &[], &usual)).expect("both");
    assert_eq!(above.standing, RangeStanding::Above);
    assert!(above.said[1].contains("more than usual"), "{:?}", above.said);
}

#[test]
fn what_the_assembly_never_asks_about_is_named() {
    let (assembly, built) = cabinet();
    let cost = built.total.minor / 100 + 2_000;
    let parts = [
        part("face_area", 900),
        part("letter_count", 0),
        part("customer_type", 700),
        part("wind_speed", 400),
        part("our_grade", -800),
        part("", 300),
        part("sign_type", 2_000),
        part("estimator", 10),
    ];
    let both = side_by_side(&assembly, &built, &learned(cost, &parts, &[])).expect("both");
    let named: Vec<_> = both.unasked.iter().map(|driver| driver.driver.as_str()).collect();
    assert_eq!(named, ["our_grade", "customer_type", "wind_speed"]);
    let said = &both.said[1..];
    assert_eq!(said.len(), 2, "what saves does not explain a cost that is too low: {said:?}");
    assert!(said[0].starts_with("customer_type (x) adds $700.00"), "{said:?}");
}

#[test]
fn proportions_are_shared_to_the_cent() {
    let thirds = makeup(&[(CostGroup::Material, 1), (CostGroup::Labour, 1), (CostGroup::Outplant, 1)]);
    let cost = Money::new(100_000, Currency::USD);
    let range = Range { level: 80, low: cost, high: cost };
    let shares = shared(&Learned { cost, range, contributions: &[], makeup: &thirds }).expect("shares");
    let minor: Vec<_> = shares.values().map(|share| share.minor).collect();
    assert_eq!(minor.iter().sum::<i64>(), 100_000);
    assert!(minor.iter().all(|share| (33_333..=33_334).contains(share)), "{minor:?}");
}

#[test]
fn two_currencies_are_refused() {
    let (assembly, built) = cabinet();
    let euro = Money::new(1, Currency::EUR);
    let range = Range { level: 80, low: euro, high: euro };
    let learned = Learned { cost: euro, range, contributions: &[], makeup: &[] };
    assert!(side_by_side(&assembly, &built, &learned).is_err());
}
