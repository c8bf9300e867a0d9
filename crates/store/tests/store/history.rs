//! Jobs: how they are found again, listed, searched, and their cost lines.

use signwright_domain::Money;
use signwright_domain::job::{Job, JobStatus};
use signwright_domain::record::{Place, Section};
use signwright_store::jobs::{self, JobLine, JobQuery, JobSort};
use signwright_store::{Change, Shop, StoreError};

use crate::given::{job, usd};

fn keep(shop: &Shop, job: &Job) -> (i64, Change) {
    shop.write(|db| jobs::upsert(db, job)).expect("kept")
}

#[test]
fn a_job_comes_back_as_it_was_given() {
    let shop = Shop::in_memory().expect("shop");
    let given = Job {
        quote_number: Some("Q-881".to_owned()),
        outcome: Some(signwright_domain::job::Outcome::Won),
        quoted_on: Some("2025-11-30".parse().expect("a day")),
        competitor_price: Some(usd(-5)),
        overrun_cause: Some("rock".to_owned()),
        ..job("20431")
    };
    let (id, change) = keep(&shop, &given);
    assert_eq!(change, Change::Created);
    assert_eq!(jobs::get(&shop.read(), id), Ok(Some(Job { id, ..given })));
    assert_eq!(jobs::get(&shop.read(), id + 1), Ok(None));
}

#[test]
fn a_job_is_found_again_by_its_work_order_and_then_by_its_quote() {
    let shop = Shop::in_memory().expect("shop");
    let quoted = Job { quote_number: Some("Q-881".to_owned()), ..Job::default() };
    let (id, _) = keep(&shop, &quoted);
    assert_eq!(keep(&shop, &quoted), (id, Change::Unchanged));
    let ordered = Job { quote_number: Some("Q-881".to_owned()), ..job("20431") };
    assert_eq!(keep(&shop, &ordered), (id, Change::Updated));
    assert_eq!(keep(&shop, &ordered), (id, Change::Unchanged));
    let second_order = Job { quote_number: Some("Q-881".to_owned()), ..job("20432") };
    let (other, change) = keep(&shop, &second_order);
    assert!(other != id && change == Change::Created);
    let check = |number: &str, expected: Option<i64>| {
        assert_eq!(jobs::find_by_number(&shop.read(), number).map(|j| j.map(|j| j.id)), Ok(expected), "{number}");
    };
    check("20431", Some(id));
    check("Q-881", Some(id));
    check("20432", Some(other));
    check("20433", None);
}

#[test]
fn a_job_with_an_id_is_kept_under_it() {
    let shop = Shop::in_memory().expect("shop");
    let (id, _) = keep(&shop, &job("20431"));
    let renumbered = Job { id, ..job("20499") };
    assert_eq!(keep(&shop, &renumbered), (id, Change::Updated));
    let nobody = shop.write(|db| jobs::upsert(db, &Job { id: 77, ..job("1") }));
    assert_eq!(nobody.expect_err("none").to_string(), "no job with id 77");
    keep(&shop, &job("20500"));
    let taken = shop.write(|db| jobs::upsert(db, &Job { id, ..job("20500") }));
    assert!(matches!(taken, Err(StoreError::Refused(_))), "{taken:?}");
}

#[test]
fn an_amount_in_another_currency_is_refused() {
    let shop = Shop::in_memory().expect("shop");
    let euro = Job { sale_price: Some(Money::new(1, signwright_domain::Currency::EUR)), ..job("20431") };
    let refused = shop.write(|db| jobs::upsert(db, &euro));
    let text = "an amount in EUR does not fit a shop that keeps its books in USD";
    assert_eq!(refused.expect_err("refused").to_string(), text);
}

fn shop_of_five() -> Shop {
    let shop = Shop::in_memory().expect("shop");
    let given = [
        ("20431", "Harbor Dental", "monument", "RK", "2026-01-10", 1_000, 900),
        ("20432", "Café Zürich", "channel_letters", "RK", "2026-02-10", 800, 1_600),
        ("20433", "Harbor Freight Lines", "pole", "TM", "2025-12-01", 5_000, 5_100),
        ("20434", "North & Pine", "monument", "TM", "2026-03-02", 300, 290),
    ];
    for (number, customer, sign_type, estimator, completed, estimated, actual) in given {
        let mut job = Job {
            customer: Some(customer.to_owned()),
            sign_type: Some(sign_type.to_owned()),
            estimator: Some(estimator.to_owned()),
            completed_on: Some(completed.parse().expect("a day")),
            estimated_cost: Some(usd(estimated)),
            ..job(number)
        };
        job.actual.total = Some(usd(actual));
        keep(&shop, &job);
    }
    keep(&shop, &Job { quote_number: Some("Q-900".to_owned()), ..Job::default() });
    shop
}

#[test]
fn the_list_is_searched_filtered_sorted_and_counted() {
    let shop = shop_of_five();
    let check = |query: JobQuery, expected: &[&str]| {
        let (total, found) = jobs::page(&shop.read(), &query).expect("a page");
        assert_eq!(found.iter().map(Job::number).collect::<Vec<_>>(), expected, "{query:?}");
        assert_eq!(total, expected.len() as u64, "{query:?}");
    };
    let all = JobQuery::default();
    let searched = |words: &str| JobQuery { search: words.to_owned(), ..all.clone() };
    let sorted = |sort, descending| JobQuery { sort, descending, ..all.clone() };
    check(all.clone(), &["20434", "20432", "20431", "20433", "Q-900"]);
    check(searched("harb"), &["20431", "20433"]);
    check(searched("HARBOR den"), &["20431"]);
    check(searched("cafe zurich"), &["20432"]);
    check(searched("20433"), &["20433"]);
    check(searched("q-900"), &["Q-900"]);
    check(searched("letters"), &["20432"]);
    check(searched("north \"& *(pine"), &["20434"]);
    check(searched("nobody"), &[]);
    check(searched(" ' "), &["20434", "20432", "20431", "20433", "Q-900"]);
    check(JobQuery { sign_type: Some("monument".to_owned()), ..all.clone() }, &["20434", "20431"]);
    check(JobQuery { status: Some(JobStatus::Quoted), ..all.clone() }, &["Q-900"]);
    check(JobQuery { estimator: Some("TM".to_owned()), ..searched("harbor") }, &["20433"]);
    check(sorted(JobSort::Completed, false), &["20433", "20431", "20432", "20434", "Q-900"]);
    check(sorted(JobSort::Overrun, true), &["20432", "20433", "20434", "20431", "Q-900"]);
    check(sorted(JobSort::Customer, false), &["20432", "20431", "20433", "20434", "Q-900"]);
    check(sorted(JobSort::ActualCost, true), &["20433", "20432", "20431", "20434", "Q-900"]);
    check(sorted(JobSort::EstimatedCost, false), &["20434", "20432", "20431", "20433", "Q-900"]);
    check(sorted(JobSort::Number, false), &["20431", "20432", "20433", "20434", "Q-900"]);
}

#[test]
fn a_page_is_part_of_the_whole_and_a_changed_job_is_found_by_its_new_words() {
    let shop = shop_of_five();
    let second = JobQuery { offset: 2, limit: 2, ..JobQuery::default() };
    let (total, found) = jobs::page(&shop.read(), &second).expect("a page");
    assert_eq!((total, found.iter().map(Job::number).collect::<Vec<_>>()), (5, vec!["20431", "20433"]));

    let moved = Job { customer: Some("Lakeview Clinic".to_owned()), ..found[0].clone() };
    keep(&shop, &moved);
    let count = |words: &str| {
        let query = JobQuery { search: words.to_owned(), ..JobQuery::default() };
        jobs::page(&shop.read(), &query).map(|(total, _)| total)
    };
    assert_eq!((count("lakeview"), count("dental")), (Ok(1), Ok(0)));
}

#[test]
fn the_values_to_filter_by_are_counted() {
    let shop = shop_of_five();
    let types = jobs::sign_types(&shop.read()).expect("types");
    assert_eq!((types[0].value.as_str(), types[0].jobs, types.len()), ("monument", 2, 3));
    let estimators = jobs::estimators(&shop.read()).expect("estimators");
    assert_eq!(estimators.iter().map(|e| e.value.as_str()).collect::<Vec<_>>(), ["RK", "TM"]);
    assert_eq!(jobs::all_completed(&shop.read()).map(|jobs| jobs.len()), Ok(4));
    assert_eq!(jobs::all(&shop.read()).map(|jobs| jobs.len()), Ok(5));
}

#[test]
fn the_lines_of_a_job_are_replaced_whole() {
    let shop = Shop::in_memory().expect("shop");
    let (id, _) = keep(&shop, &job("20431"));
    let line = |code: &str, cost| JobLine {
        section: Section::Labour,
        department: Some("200".to_owned()),
        work_code: Some(code.to_owned()),
        description: Some("Structural steel".to_owned()),
        unit: None,
        estimated_hours: Some(4.0),
        actual_hours: Some(5.25),
        estimated_quantity: None,
        quantity: Some("2.500".parse().expect("a quantity")),
        estimated_cost: None,
        cost: Some(usd(cost)),
        sha256: None,
        place: Some(Place::Page { page: 1, bbox: [72.0, 100.5, 400.0, 112.0] }),
    };
    let put = |lines: &[JobLine]| shop.write(|db| jobs::replace_lines(db, id, lines)).expect("lines");
    put(&[line("210", 100), line("220", 200)]);
    put(&[line("230", 300), line("210", 400)]);
    assert_eq!(jobs::lines(&shop.read(), id), Ok(vec![line("230", 300), line("210", 400)]));
    let nobody = shop.write(|db| jobs::replace_lines(db, 99, &[line("210", 1)]));
    assert!(matches!(nobody, Err(StoreError::Refused(_))), "{nobody:?}");
}
