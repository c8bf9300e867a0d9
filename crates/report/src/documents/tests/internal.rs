//! What stays in the shop: owner's version, work order, job costs, model card.

use signwright_domain::card::{Model, Standing};
use signwright_domain::job::{CostRecord, Job};
use signwright_domain::record::Section;

use super::*;
use crate::documents::{
    Evidence, JobCosts, WorkHours, WorkItem, WorkMaterial, WorkOrder, Worked, job_costs, model_card, owner, work_order,
};
use crate::figures::samples;

fn dollars(amount: i64) -> Money {
    Money::new(amount * 100, Currency::USD)
}

fn model() -> Model {
    Model { id: 3, standing: Standing::Champion, card: samples::card() }
}

#[test]
fn the_owner_reads_cost_margin_reasons_and_evidence() {
    let mut estimate = samples::estimate();
    estimate.id = 4711;
    let mut quote = quote(vec![line("Monument sign, double face", "1", "21568")]);
    quote.versions[0].lines[0].unit_cost = Decimal::from(13_480);
    quote.versions[0].totals.cost = dollars(13_480);
    let model = model();
    let evidence = Evidence { estimate: &estimate, model: Some(&model) };
    let pdf = set(owner(&quote, &[evidence], &letterhead()));
    keep("owner", &pdf);
    let text = text(&pdf);
    for words in [
        "Internal",
        "$13,480.00",
        "$21,568.00",
        "$8,088.00",
        "37.5 %",
        "90 cost no more than",
        "$15,020",
        "$6,548",
        "30.4 %",
        "Harbor Dental",
        "$16,310",
        "Model 3",
        "trained November 2, 2026",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
}

#[test]
fn an_owners_version_of_many_long_lines_is_set() {
    let long = "Interior wayfinding sign with raised letters and Braille on a brushed aluminium backer, ";
    let lines: Vec<_> = (1..=40).map(|i| line(&format!("{long}{i}"), "12", "123456.78")).collect();
    let pdf = set(owner(&quote(lines), &[], &letterhead()));
    keep("owner-forty", &pdf);
    assert!(pages(&pdf) >= 2 && text(&pdf).contains("backer, 40"));
}

fn order() -> WorkOrder {
    let hours = |department: &str, code: &str, description: &str, hours| WorkHours {
        department: department.into(),
        work_code: code.into(),
        description: description.into(),
        hours,
    };
    WorkOrder {
        number: "20511".into(),
        title: "Riverside Clinic monument".into(),
        customer: "Riverside Clinic".into(),
        contact: "Ana Ruiz, (555) 010-0199".into(),
        address: "88 River Street\nMillbrook, OH 44901".into(),
        facts: vec![("Quote".into(), "Q-2026-0007".into()), ("Estimator".into(), "KM".into())],
        items: vec![WorkItem {
            description: "Monument sign, double face, 10 x 6 ft, LED lit, masonry base".into(),
            quantity: "1".into(),
            unit: "each".into(),
            specification: samples::estimate().specification,
        }],
        labour: vec![
            hours("Art", "ART", "Drawings and patterns", 6.5),
            hours("Metal", "FAB", "Cut, bend, weld", 34.0),
            hours("Install", "INS", "Set on footing", 18.0),
        ],
        hours_from: "as estimated".into(),
        materials: vec![WorkMaterial {
            name: "Aluminium sheet .125".into(),
            quantity: "4".into(),
            unit: "sheet".into(),
        }],
        materials_from: "as estimated".into(),
        structure: samples::estimate().structure,
        exclusions: vec!["Primary power to the sign".into()],
        currency: Currency::USD,
        made_at: "2026-11-02T15:04:05Z".parse().expect("timestamp"),
    }
}

#[test]
fn the_floor_reads_what_to_make_and_no_price() {
    let pdf = set(work_order(&order(), &letterhead()));
    keep("work-order", &pdf);
    let text = text(&pdf);
    for words in
        ["20511", "88 River Street", "FAB", "58.5", "Aluminium sheet", "Masonry", "Primary power", "Permit at hand"]
    {
        assert!(text.contains(words), "no {words} in {text}");
    }
    assert!(!text.contains('$'), "{text}");
}

#[test]
fn a_long_work_order_is_set() {
    let mut order = order();
    order.items = (1..=40).map(|_| order.items[0].clone()).collect();
    order.title = "Supercalifragilistic".repeat(6);
    order.address = String::new();
    let pdf = set(work_order(&order, &letterhead()));
    keep("work-order-forty", &pdf);
    assert!(pages(&pdf) > 3);
}

fn job() -> Job {
    Job {
        id: 1,
        work_order: Some("20377".into()),
        customer: Some("Hill School".into()),
        description: Some("Double-faced monument with message centre".into()),
        sign_type: Some("monument".into()),
        estimator: Some("KM".into()),
        quoted_on: Some("2026-02-11".parse().expect("date")),
        completed_on: Some("2026-05-04".parse().expect("date")),
        estimated_cost: Some(dollars(12_900)),
        estimated_hours: Some(94.0),
        actual_hours: Some(121.5),
        actual: CostRecord {
            material: Some(dollars(5_200)),
            labour: Some(dollars(6_110)),
            burden: Some(dollars(1_800)),
            outplant: Some(dollars(3_200)),
            total: Some(dollars(16_310)),
            ..CostRecord::default()
        },
        sale_price: Some(dollars(20_640)),
        overrun_cause: Some("rock".into()),
        ..Job::default()
    }
}

fn worked(section: Section, code: &str, name: &str, hours: (f64, f64), cost: (Option<i64>, i64)) -> Worked {
    Worked {
        section,
        work_code: code.into(),
        name: name.into(),
        unit: "sq ft".into(),
        estimated: Some(hours.0),
        actual: Some(hours.1),
        estimated_cost: cost.0.map(dollars),
        cost: Some(dollars(cost.1)),
    }
}

fn account() -> Vec<Worked> {
    vec![
        worked(Section::Labour, "FAB", "Fabrication", (40.0, 41.0), (Some(2_600), 2_665)),
        worked(Section::Labour, "INS", "Installation", (24.0, 50.0), (Some(1_560), 3_250)),
        worked(Section::Labour, "PNT", "Paint", (10.0, 6.5), (Some(640), 416)),
        worked(Section::Material, "", "Aluminium sheet .125, mill finish", (192.0, 192.0), (Some(1_200), 1_240)),
        worked(Section::Outplant, "", "Drilling in rock", (0.0, 1.0), (None, 3_200)),
    ]
}

#[test]
fn a_finished_job_is_set_against_its_estimate() {
    let (job, lines) = (job(), account());
    let today = "2026-11-02".parse().expect("date");
    let remarks = ["installation took twice its hours".to_owned()];
    let account = JobCosts { job: &job, lines: &lines, remarks: &remarks, currency: Currency::USD, today };
    let pdf = set(job_costs(&account, &letterhead()));
    keep("job-costs", &pdf);
    let text = text(&pdf);
    for words in [
        "20377",
        "$16,310",
        "$12,900",
        "+$3,410",
        "26.4 % of the estimate",
        "121.5",
        "$4,330",
        "21.0 % of $20,640",
        "Installation (+$1,690)",
        "+26",
        "−3.5",
        "−$224.00",
        "cause: rock",
        "its source tells no estimated cost",
        "+$1,531",
        "installation took twice",
    ] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    // A missing estimate is a dash: the outplant has no sum of estimates.
    assert!(!text.contains("$0.00"), "{text}");
}

#[test]
fn a_job_of_which_only_the_total_is_known_is_set() {
    let job = Job { actual: CostRecord { total: Some(dollars(900)), ..CostRecord::default() }, ..Job::default() };
    let account = JobCosts {
        job: &job,
        lines: &[],
        remarks: &[],
        currency: Currency::USD,
        today: "2026-11-02".parse().expect("date"),
    };
    assert!(text(&set(job_costs(&account, &letterhead()))).contains("$900.00"));
}

#[test]
fn a_card_tells_errors_beside_the_rule_coverage_drivers_and_limits() {
    let mut model = model();
    model.card.limits = vec!["signs above 400 sq ft".into()];
    let pdf = set(model_card(&model, Currency::USD, &letterhead()));
    keep("model-card", &pdf);
    let text = text(&pdf);
    let card = &model.card;
    let mut words = vec!["Model 3".to_owned(), "signs above 400 sq ft".to_owned()];
    words.extend(card.scores.iter().map(|score| format!("{:.1} %", score.median_error)));
    words.extend(card.coverage.iter().map(|range| format!("{:.0} %", range.held * 100.0)));
    for words in words {
        assert!(text.contains(&words), "no {words} in {text}");
    }
}
