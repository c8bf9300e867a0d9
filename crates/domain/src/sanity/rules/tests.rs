use super::*;
use crate::DriverValue;
use crate::job::{CostRecord, JobStatus};
use crate::record::Section;
use crate::{Currency, Money};

fn check(spec: &Specification) -> Vec<Warning> {
    Rules::standard().of_estimate(spec)
}

fn sound() -> Specification {
    let mut spec = Specification::default();
    for (name, value) in [("sign_type", "pole"), ("foundation", "pier"), ("access", "crane"), ("lighting", "led")] {
        spec.set(name, DriverValue::Text(value.to_owned()));
    }
    for (name, value) in [("width", 10.0), ("height", 6.0), ("overall_height", 25.0), ("travel_miles", 12.0)] {
        spec.set(name, DriverValue::Number(value));
    }
    spec.set("permit", DriverValue::Flag(true));
    spec.set("engineering", DriverValue::Flag(true));
    spec
}

fn changed(name: &str, value: DriverValue) -> Vec<Warning> {
    let mut spec = sound();
    spec.set(name, value);
    check(&spec)
}

#[test]
fn a_sound_specification_and_an_empty_one_pass() {
    assert_eq!(check(&sound()), []);
    assert_eq!(check(&Specification::default()), []);
}

#[test]
fn each_slip_is_found_with_its_driver_and_severity() {
    let number = DriverValue::Number;
    let text = |value: &str| DriverValue::Text(value.to_owned());
    let check = |name: &str, value: DriverValue, driver: &str, severity: Severity| {
        let found = changed(name, value.clone());
        assert!(
            found.iter().any(|warning| warning.driver == driver && warning.severity == severity),
            "{name} = {value}: {found:?}"
        );
    };
    check("width", number(0.0), "width", Severity::Error);
    check("width", number(f64::NAN), "width", Severity::Error);
    check("width", number(200.0), "width", Severity::Error);
    check("wind_speed", number(80.0), "wind_speed", Severity::Error);
    check("wind_speed", number(210.0), "wind_speed", Severity::Error);
    check("letter_height", number(2.0), "letter_height", Severity::Error);
    check("letter_height", number(144.0), "letter_height", Severity::Error);
    check("travel_miles", number(900.0), "travel_miles", Severity::Warning);
    check("overall_height", number(4.0), "overall_height", Severity::Error);
    check("emc_area", number(80.0), "emc_area", Severity::Warning);
    check("access", text("ground"), "access", Severity::Warning);
    check("foundation", text("none"), "foundation", Severity::Warning);
    check("permit", DriverValue::Flag(false), "permit", Severity::Warning);
    check("engineering", DriverValue::Flag(false), "engineering", Severity::Info);
    check("sign_type", text("obelisk"), "sign_type", Severity::Warning);
    check("sign_type", text("channel_letters"), "letter_height", Severity::Warning);
    check("sign_type", text("emc"), "emc_area", Severity::Warning);
    check("lighting", text("none"), "lighting", Severity::Info);
    check("mounting", text("pickup"), "mounting", Severity::Warning);
    check("faces", text("two"), "faces", Severity::Error);
}

#[test]
fn area_above_a_thousand_square_feet_is_refused_and_large_ones_in_storm_regions_reviewed() {
    let mut spec = sound();
    spec.set("width", DriverValue::Number(30.0));
    spec.set("height", DriverValue::Number(20.0));
    spec.set("wind_speed", DriverValue::Number(160.0));
    assert!(check(&spec).iter().any(|warning| warning.message.contains("engineer")));
    spec.set("width", DriverValue::Number(60.0));
    assert_eq!(check(&spec)[0].severity, Severity::Error);
}

#[test]
fn the_worst_comes_first() {
    let mut spec = sound();
    spec.set("engineering", DriverValue::Flag(false));
    spec.set("wind_speed", DriverValue::Number(20.0));
    let severities: Vec<_> = check(&spec).into_iter().map(|warning| warning.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Info]);
}

fn job() -> Job {
    let usd = |minor| Some(Money::new(minor, Currency::USD));
    let actual = CostRecord {
        material: usd(300_000),
        labour: usd(400_000),
        burden: usd(100_000),
        equipment: usd(40_000),
        total: usd(900_000),
        ..CostRecord::default()
    };
    let sale_price = usd(1_500_000);
    let mut specification = sound();
    specification.set("mounting", DriverValue::Text("single_pole".to_owned()));
    Job { status: JobStatus::Completed, actual, sale_price, specification, ..Job::default() }
}

fn labour(department: &'static str, description: &'static str, hours: f64) -> CostLine<'static> {
    let section = Section::Labour;
    let (department, description) = (Some(department), Some(description));
    CostLine {
        section,
        department,
        work_code: None,
        description,
        file: None,
        hours: Some(hours),
        quantity: None,
        cost: None,
    }
}

fn material(description: &'static str, quantity: f64, cost: i64) -> CostLine<'static> {
    CostLine {
        section: Section::Material,
        quantity: Some(quantity),
        cost: Some(Money::new(cost, Currency::USD)),
        hours: None,
        ..labour("600", description, 0.0)
    }
}

fn complete() -> Vec<CostLine<'static>> {
    vec![
        labour("300", "LED WIRING", 8.0),
        labour("600", "INSTALL", 12.0),
        labour("600", "LOAD / UNLOAD", 2.0),
        labour("600", "TRAVEL", 3.0),
        material("CONCRETE 3000 PSI", 4.0, 60_000),
        material("CITY PERMIT FEE", 1.0, 25_000),
    ]
}

fn told(job: &Job, lines: &[CostLine<'_>]) -> Vec<String> {
    Rules::standard().of_job(job, lines).into_iter().map(|warning| warning.rule).collect()
}

#[test]
fn a_job_in_order_passes_and_one_without_its_lines_is_not_accused() {
    assert_eq!(told(&job(), &complete()), Vec::<String>::new());
    assert_eq!(told(&job(), &[]), Vec::<String>::new());
    assert_eq!(told(&Job::default(), &[]), Vec::<String>::new());
}

#[test]
fn what_a_finished_job_lacks_is_told() {
    let without = |word: &str| -> Vec<_> {
        complete().into_iter().filter(|line| !line.description.is_some_and(|text| text.contains(word))).collect()
    };
    assert_eq!(told(&job(), &without("LED")), ["lit-without-electrical-hours"]);
    assert_eq!(told(&job(), &without("TRAVEL")), ["installed-without-load-or-travel"]);
    assert_eq!(told(&job(), &without("CONCRETE")), ["pole-without-concrete"]);
    assert_eq!(told(&job(), &without("PERMIT")), ["pole-without-permit-or-engineering-booked"]);
    let office: Vec<_> = complete().into_iter().filter(|line| line.department != Some("600")).collect();
    assert!(told(&job(), &office).contains(&"installed-without-install-hours".to_owned()));
    let mut open = job();
    open.status = JobStatus::InProgress;
    assert_eq!(told(&open, &without("LED")), Vec::<String>::new());
}

#[test]
fn hours_of_several_files_without_a_sum_are_told_unless_silenced() {
    let of = |file| CostLine { file: Some(file), ..labour("200", "CREW", 8.0) };
    let lines = [of("a"), of("b")];
    assert_eq!(told(&Job::default(), &lines), ["hours-not-added"]);
    assert_eq!(told(&Job::default(), &[of("a"), of("a")]), Vec::<String>::new());
    let summed = Job { actual_hours: Some(16.0), ..Job::default() };
    assert_eq!(told(&summed, &lines), Vec::<String>::new());
    let silent = Rules::with("[[rule]]\nname = \"hours-not-added\"\nseverity = \"off\"\n").expect("a rule");
    assert_eq!(silent.of_job(&Job::default(), &lines), []);
}

#[test]
fn sentences_carry_the_figures_of_the_job() {
    let mut cheap = job();
    cheap.sale_price = Some(Money::new(950_000, Currency::USD));
    let found = Rules::standard().of_job(&cheap, &complete());
    assert_eq!(found[0].message, "a margin of 5 %; 25 to 65 % is usual");
    let mut lines = complete();
    lines.push(material("LED DISPLAY MODULES, COMPLETE", 40.0, 1_200_000));
    let found = Rules::standard().of_job(&cheap, &lines);
    assert_eq!(found[0].message, "sold for $9,500.00, less than its LED display cost");
}

#[test]
fn a_wrong_unit_in_an_imported_job_is_a_warning_and_not_a_refusal() {
    let mut inches = job();
    inches.specification.set("width", DriverValue::Number(120.0));
    let found = Rules::standard().of_job(&inches, &[]);
    assert_eq!((found[0].rule.as_str(), found[0].severity), ("ranges", Severity::Warning));
}

#[test]
fn a_shop_silences_changes_and_adds_rules() {
    let rules = Rules::with(
        r#"
        [ranges]
        letter_height = { max = 240 }
        panel_count = { min = 1, max = 12, severity = "error" }
        [peers]
        beyond = 7
        [[rule]]
        name = "high-without-lift"
        severity = "off"
        [[rule]]
        name = "pole-without-permit"
        severity = "error"
        [[rule]]
        name = "far-away"
        of = ["estimate", "job"]
        severity = "warning"
        about = "travel_miles"
        when = 'travel_miles > 100 and text("crew") is "one"'
        say = "{travel_miles} miles with a crew of one"
        "#,
    )
    .expect("rules");
    let mut spec = sound();
    for (name, value) in [("travel_miles", 120.0), ("letter_height", 200.0), ("panel_count", 13.0)] {
        spec.set(name, DriverValue::Number(value));
    }
    spec.set("access", DriverValue::Text("ground".to_owned()));
    spec.set("crew", DriverValue::Text("one".to_owned()));
    spec.set("permit", DriverValue::Flag(false));
    let found: Vec<_> = rules.of_estimate(&spec).into_iter().map(|w| (w.rule, w.severity, w.message)).collect();
    let named = |rule: &str| found.iter().find(|(name, ..)| name == rule);
    assert_eq!(named("high-without-lift"), None);
    assert_eq!(named("pole-without-permit").expect("told").1, Severity::Error);
    assert_eq!(named("far-away").expect("told").2, "120 miles with a crew of one");
    assert_eq!(named("ranges").expect("told").2, "panel count: 13 is outside 1 to 12");
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(rules.peers, Peers { at_least: 20, beyond: 7.0 });
}

#[test]
fn what_is_wrong_in_a_file_of_rules_is_said_with_its_line() {
    let rule = |more: &str| format!("\n[[rule]]\nname = \"high-without-lift\"\n{more}\n");
    for (text, line, part) in [
        ("[[rule]\n".to_owned(), 1, ""),
        ("\n\ncolour = 3\n".to_owned(), 3, "unknown field"),
        (rule("when = 'overal_height > 20'"), 4, "is overall_height meant?"),
        (rule("when = '''\noverall_height > 20\nand heigth > 2'''"), 6, "is height meant?"),
        (rule("when = 'overall_height'"), 4, "compare it"),
        (rule("say = 'the {colour}'"), 4, "not known"),
        (rule("say = ' '"), 4, "says nothing"),
        (rule("say = 'the {height'"), 4, "closing brace"),
        (rule("about = 'colour'"), 4, "neither a driver nor a figure"),
        (rule("of = []"), 2, "asked of nothing"),
        (rule("severity = 'loud'"), 4, "unknown variant"),
        (rule("[[rule]]\nname = 'high-without-lift'"), 5, "stands twice"),
        ("[[rule]]\nname = 'my rule'".to_owned(), 2, "letters, digits and hyphens"),
        ("[[rule]]\nname = 'mine'".to_owned(), 1, "needs of"),
        ("[[rule]]\nname = 'peers'".to_owned(), 2, "no rule makes"),
        ("[ranges]\nwidth = { min = 9, max = 3 }".to_owned(), 2, "below max"),
        ("[ranges]\nwidth = { min = nan }".to_owned(), 2, "below max"),
        ("[ranges]\nfont = { min = 1 }".to_owned(), 2, "not a number"),
        ("[ranges]\npanels = { min = 1 }".to_owned(), 2, "give min and max"),
        ("[peers]\nbeyond = 1".to_owned(), 2, "below 2"),
        ("[peers]\nat_least = 3".to_owned(), 2, "8 or more"),
    ] {
        let error = Rules::with(&text).expect_err(&text);
        assert!(error.message.contains(part), "{text}: {error}");
        assert_eq!(error.line, line, "{text}: {error}");
    }
}

#[test]
fn the_products_own_file_is_a_file_that_a_shop_may_give() {
    let again = Rules::with(STANDARD).expect("rules");
    assert_eq!(format!("{again:?}"), format!("{:?}", Rules::standard()));
}
