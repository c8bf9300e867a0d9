use jiff::civil::date;
use rust_decimal::Decimal;
use signwright_domain::assembly::AssemblyDefinition;
use signwright_domain::build_up::{BuildUp, BuildUpWarningKind};
use signwright_domain::cost_library::CostLibrary;
use signwright_domain::{DriverValue, Specification};

use super::*;

mod definitions;
mod hostile;
mod shipped;

const PANEL: &str = r#"
id = "panel"
name = "Panel"
version = 3
sign_types = ["flat_panel"]
confirmed = true
learning = 0.9
labour_factor = 'if(rush, 1.5, 1)'

[[input]]
name = "width"
unit = "ft"
driver = "width"
min = 0.1
max = 100

[[input]]
name = "tall"
label = "Height"
unit = "in"
driver = "height"

[[input]]
name = "finish"
kind = "choice"
driver = "finish"
default = "paint"

[[input]]
name = "rush"
kind = "flag"
driver = "rush"

[[value]]
name = "trips"
formula = 'ceil(site / 8 h)'

[[value]]
name = "site"
unit = "h"
formula = 'hours("620")'

[[value]]
name = "area"
label = "Face"
unit = "sq ft"
formula = 'width * tall'

[[part]]
name = "Panel"
kind = "material"
item = "acm"
stock = { sheets = [["4 ft", "8 ft"]] }
pieces = [{ width = 'width', length = 'tall' }]

[[part]]
name = "Paint"
kind = "material"
when = 'finish is "paint"'
item = "paint"
quantity = '0.01 gal/sq ft * area'
waste = '10 %'

[[part]]
name = "Film"
kind = "material"
when = 'finish is "vinyl"'
item = "film"
quantity = 'area'

[[part]]
name = "Crane"
kind = "equipment"
per = "job"
item = "crane"
quantity = 'site / 4'
minimum = '4 h'

[[part]]
name = "Install"
kind = "labour"
code = "620"
hours = '1 h + 0.1 h/sq ft * area'

[[part]]
name = "Travel"
kind = "travel"
per = "job"
code = "640"
hours = '2 h * trips'
"#;

const LIBRARY: &str = r#"
currency = "USD"
use_tax = "0.06"
[[item]]
key = "acm"
name = "ACM"
unit = "sheet"
unit_cost = "75.50"
on = "2026-06-01"
source = "price list"
confirmed = true
[[item]]
key = "paint"
name = "Paint"
unit = "qt"
unit_cost = "24.50"
on = "2025-10-31"
source = "price list"
confirmed = true
[[item]]
key = "crane"
name = "Crane"
unit = "h"
unit_cost = "210"
on = "2026-06-01"
source = "hire"
[[rate]]
code = "600"
name = "Installation"
rate = "66.00"
on = "2026-06-01"
source = "wizard"
confirmed = true
"#;

fn definition(text: &str) -> AssemblyDefinition {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn library(text: &str) -> CostLibrary {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// `sign_type=pole width=8 permit=yes`.
fn spec(text: &str) -> Specification {
    let mut spec = Specification::default();
    for pair in text.split_whitespace() {
        let (name, value) = pair.split_once('=').expect("name=value");
        let value = match (value, value.parse()) {
            ("yes", _) => DriverValue::Flag(true),
            (_, Ok(number)) => DriverValue::Number(number),
            (text, Err(_)) => DriverValue::Text(text.to_owned()),
        };
        spec.set(name, value);
    }
    spec
}

fn built(assembly: &Assembly, library: &CostLibrary, text: &str) -> Result<BuildUp, AssemblyError> {
    let specification = spec(text);
    let asked = Asked { specification: &specification, given: Default::default(), on: date(2026, 11, 1) };
    build_up(assembly, &asked, library)
}

fn panel(text: &str) -> Result<BuildUp, AssemblyError> {
    let assembly = read(&definition(PANEL), &[]).unwrap_or_else(|error| panic!("{error}"));
    built(&assembly, &library(LIBRARY), text)
}

fn told(build_up: &BuildUp) -> Vec<(String, String, String, i64)> {
    let line = |line: &signwright_domain::build_up::BuildUpLine| {
        let quantity = format!("{} {}", line.quantity, line.unit).trim().to_owned();
        (line.name.clone(), quantity, line.unit_cost.to_string(), line.amount.minor)
    };
    build_up.lines.iter().map(line).collect()
}

#[test]
fn every_line_has_its_quantity_its_price_and_its_amount() {
    let build_up = panel("width=6 height=4").expect("a cost");
    let expected = [
        ("Panel", "1 sheet", "75.50", 7_550),
        ("Paint", "1.056 qt", "24.50", 2_587),
        ("Crane", "4 h", "210", 84_000),
        ("Install", "3.4 h", "66.00", 22_440),
        ("Travel", "2 h", "66.00", 13_200),
        ("Use tax on material", "101.37", "0.06", 608),
    ];
    let expected: Vec<_> =
        expected.map(|(name, quantity, cost, amount)| (name.into(), quantity.into(), cost.into(), amount)).into();
    assert_eq!(told(&build_up), expected);
    assert_eq!((build_up.total.minor, build_up.hours), (130_385, Decimal::new(54, 1)));
    let subtotals: Vec<_> = build_up.subtotals.iter().map(|sum| (sum.kind, sum.amount.minor)).collect();
    use CostKind::{Equipment, Labour, Material, Travel, UseTax};
    assert_eq!(subtotals, [(Material, 10_137), (Labour, 22_440), (Equipment, 84_000), (Travel, 13_200), (UseTax, 608)]);
    assert_eq!(
        build_up.left_out.iter().map(|part| part.why.as_str()).collect::<Vec<_>>(),
        ["not: finish is \"vinyl\""]
    );
    let panel = &build_up.lines[0];
    assert_eq!((panel.net.to_string().as_str(), panel.waste.to_string().as_str()), ("0.75", "0.3333"));
    assert_eq!(panel.values, ["width 6 ft", "tall 48 in"]);
    assert_eq!(build_up.lines[3].formula, "1 h + 0.1 h/sq ft * area");
    assert_eq!(build_up.lines[3].values, ["area 24 sq ft"]);
    let values: Vec<_> = build_up.values.iter().map(|value| (value.label.as_str(), value.value.as_str())).collect();
    assert_eq!(values, [("trips", "1"), ("site", "3.4 h"), ("Face", "24 sq ft")]);
}

#[test]
fn several_signs_share_sheets_and_learning_but_not_trips() {
    let build_up = panel("width=4 height=2 quantity=6 rush=yes").expect("a cost");
    let hours = 1.8 * 6_f64.powf(0.9) * 1.5;
    assert_eq!(build_up.lines[0].quantity, Decimal::from(2), "four of 4 x 2 ft come out of a sheet of 4 x 8 ft");
    let install = &build_up.lines[3];
    assert_eq!(install.quantity.to_string(), format!("{hours:.2}"));
    let travel = &build_up.lines[4];
    assert_eq!(travel.quantity, Decimal::from(2 * (hours / 8.0).ceil() as i64 * 3 / 2), "rush counts there as well");
    assert_eq!(build_up.quantity, 6);
}

#[test]
fn prices_that_are_old_or_not_the_shops_own_are_told() {
    let build_up = panel("width=6 height=4").expect("a cost");
    let warnings: Vec<_> = build_up.warnings.iter().map(|warning| (warning.kind, warning.about.as_str())).collect();
    let expected = [
        (BuildUpWarningKind::Placeholder, "Crane"),
        (BuildUpWarningKind::OldPrice, "Paint of 2025-10-31"),
        (BuildUpWarningKind::Default, "finish paint"),
    ];
    assert_eq!(warnings, expected);
    let message = "priced more than twelve months ago: Paint of 2025-10-31";
    assert_eq!(build_up.warnings[1].message, message);
    assert!(!build_up.lines[0].placeholder && build_up.lines[2].placeholder);
    let large = panel("width=9 height=5 finish=paint").expect("a cost");
    let joint = large.warnings.iter().find(|warning| warning.kind == BuildUpWarningKind::Joint);
    assert_eq!(
        joint.map(|warning| warning.message.as_str()),
        Some("larger than the stock, so made of parts: Panel of 3")
    );
}

#[test]
fn what_is_missing_is_refused_and_never_nothing() {
    let check = |assembly: &str, prices: &str, text: &str, told: &[&str]| {
        let assembly = read(&definition(assembly), &[]).unwrap_or_else(|error| panic!("{error}"));
        let error = built(&assembly, &library(prices), text).expect_err(text);
        for word in told {
            assert!(error.to_string().contains(word), "{error} lacks {word}");
        }
        assert_eq!(error.0.len(), told.len(), "{error}");
    };
    let sign = "width=6 height=4";
    check(PANEL, LIBRARY, "sign_type=flat_panel", &["width is not known", "Height is not known"]);
    check(PANEL, LIBRARY, "width=600 height=4", &["600 ft is not between 0.1 and 100"]);
    check(PANEL, LIBRARY, "width=6 height=4 finish=chrome", &["\"chrome\" is none of mill, paint"]);
    check(PANEL, LIBRARY, "width=wide height=4", &["\"wide\" is not a number"]);
    check(PANEL, LIBRARY, "width=6 height=4 quantity=2.5", &["not a whole number of signs"]);
    check(PANEL, LIBRARY, "width=6 height=4 finish=vinyl", &["part \"Film\": there is no price for \"film\""]);
    check(
        PANEL,
        &LIBRARY.replace("\"600\"", "\"700\""),
        sign,
        &["rate for work code \"620\"", "rate for work code \"640\""],
    );
    check(PANEL, &LIBRARY.replace("75.50", "0"), sign, &["price of \"acm\" is 0, not above zero"]);
    check(PANEL, &LIBRARY.replace("\"qt\"", "\"sq ft\""), sign, &["priced per sq ft, but the quantity is of cu ft"]);
    check(PANEL, &LIBRARY.replace("0.06", "6"), sign, &["6 is not a share"]);
    check(&PANEL.replace("1 h + 0.1 h/sq ft", "1 h - 0.1 h/sq ft"), LIBRARY, sign, &["comes to -1.4 h, below zero"]);
    check(&PANEL.replace("area'\nwaste", "area / (width - 6 ft) * ft'\nwaste"), LIBRARY, sign, &["divided by zero"]);
    let open = PANEL.replace("'finish is \"paint\"'", "'area / (width - 6 ft) > 3 ft'");
    check(&open, LIBRARY, sign, &["part \"Paint\", when: this is divided by zero"]);
}

#[test]
fn what_is_not_needed_has_no_minimum() {
    let text = PANEL.replace("'site / 4'", "'if(finish is \"mill\", 0, site / 4)'");
    let assembly = read(&definition(&text), &[]).expect("an assembly");
    let build_up = built(&assembly, &library(LIBRARY), "width=6 height=4 finish=mill").expect("a cost");
    let crane = build_up.left_out.iter().find(|part| part.name == "Crane").expect("no crane");
    assert_eq!(crane.why, "comes to nothing");
}

#[test]
fn a_formula_without_a_value_shows_what_its_parts_come_to() {
    let text = PANEL.replace("ceil(site / 8 h)", "ceil(site / (width - 6 ft) * ft / h)");
    let assembly = read(&definition(&text), &[]).expect("an assembly");
    let error = built(&assembly, &library(LIBRARY), "width=6 height=4").expect_err("a division by zero");
    let problem = &error.0[0];
    assert_eq!((problem.place.as_str(), problem.message.as_str()), ("value trips", "this is divided by zero"));
    assert_eq!(problem.near.as_deref(), Some("site / (width - 6 ft)"));
    let formula = problem.formula.as_deref().expect("a formula");
    assert_eq!(&formula[problem.start as usize..problem.end as usize], "site / (width - 6 ft)");
    let parts: Vec<_> = problem.parts.iter().map(|part| (part.text.as_str(), part.value.as_deref())).collect();
    assert_eq!(parts[..3], [("site", Some("3.4 h")), ("width", Some("6 ft")), ("(width - 6 ft)", Some("0 ft"))]);
    assert_eq!(parts[3], ("site / (width - 6 ft)", None));
}

#[test]
fn what_a_person_gives_stands_above_the_specification() {
    let assembly = read(&definition(PANEL), &[]).expect("an assembly");
    let specification = spec("width=6 height=4");
    let on = date(2026, 11, 1);
    let given = |name: &str, value| Asked {
        specification: &specification,
        given: [(name.to_owned(), DriverValue::Number(value))].into(),
        on,
    };
    let build_up = build_up(&assembly, &given("tall", 24.0), &library(LIBRARY)).expect("a cost");
    assert_eq!(build_up.values[2].value, "12 sq ft");
    let refused = super::build_up(&assembly, &given("depth", 1.0), &library(LIBRARY)).expect_err("no such input");
    assert!(refused.to_string().contains("input depth: this assembly asks for nothing of that name"));
}

#[test]
fn a_formula_is_explained_part_by_part() {
    let assembly = read(&definition(PANEL), &[]).expect("an assembly");
    let specification = spec("width=6 height=4");
    let asked = Asked { specification: &specification, given: Default::default(), on: date(2026, 11, 1) };
    let explained = explain(&assembly, &asked, "Install").expect("formulas");
    assert_eq!(explained.len(), 1);
    assert_eq!(
        (explained[0].place.as_str(), explained[0].value.as_deref()),
        ("part \"Install\", hours", Some("3.4 h"))
    );
    let parts: Vec<_> = explained[0].parts.iter().map(|part| (part.text.as_str(), part.value.as_deref())).collect();
    let expected = [
        ("0.1 h/sq ft", Some("0.1 h/sq ft")),
        ("area", Some("24 sq ft")),
        ("0.1 h/sq ft * area", Some("2.4 h")),
        ("1 h + 0.1 h/sq ft * area", Some("3.4 h")),
    ];
    assert_eq!(parts, expected);
    let places = |name: &str| -> Vec<String> {
        let explained = explain(&assembly, &asked, name).expect("formulas");
        explained.into_iter().map(|formula| formula.place).collect()
    };
    assert_eq!(places("Paint"), ["part \"Paint\", when", "part \"Paint\", quantity", "part \"Paint\", waste"]);
    assert_eq!(places("Panel"), ["part \"Panel\", width of a piece", "part \"Panel\", length of a piece"]);
    assert_eq!(places("trips"), ["value trips"]);
    assert!(places("Neon").is_empty());
}

#[test]
fn several_cost_less_by_the_piece() {
    let assembly = read(&definition(PANEL), &[]).expect("an assembly");
    let specification = spec("width=4 height=2");
    let asked = Asked { specification: &specification, given: Default::default(), on: date(2026, 11, 1) };
    let costs = costs_by_quantity(&assembly, &asked, &library(LIBRARY), &[1, 4, 10]).expect("costs");
    let each: Vec<i64> = costs.iter().map(|(quantity, cost)| cost.minor / i64::from(*quantity)).collect();
    assert!(each[0] > each[1] && each[1] > each[2], "{each:?}");
    assert_eq!(costs[0].1, panel("width=4 height=2").expect("a cost").total);
}

#[test]
fn what_is_stored_comes_back() {
    fn check<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(stored: &T) {
        let text = serde_json::to_string(stored).expect("JSON");
        assert_eq!(&serde_json::from_str::<T>(&text).expect(&text), stored);
    }
    check(&definition(PANEL));
    check(&library(LIBRARY));
    check(&panel("width=9 height=5.3 quantity=3").expect("a cost"));
    check(&panel("width=600").expect_err("refused").0);
}

#[test]
fn two_build_ups_differ_line_by_line() {
    let (small, large) =
        (panel("width=4 height=2").expect("a cost"), panel("width=6 height=4 finish=mill").expect("a cost"));
    let changes = differences(&small, &large);
    let told: Vec<_> = changes
        .iter()
        .map(|change| (change.name.as_str(), change.difference.minor, change.after_quantity.as_deref()))
        .collect();
    let expected =
        [("Install", 10_560, Some("3.4 h")), ("Paint", -862, None), ("Use tax on material", -52, Some("75.50"))];
    assert_eq!(told, expected);
    let sum: i64 = changes.iter().map(|change| change.difference.minor).sum();
    assert_eq!(sum, large.total.minor - small.total.minor);
    assert!(differences(&large, &large).is_empty());
}
