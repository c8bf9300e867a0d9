//! Imports, records, rejects and customers.

use signwright_domain::record::{Place, RecordKind, Reject, RejectReason, Value};
use signwright_store::customers::{self, Customer};
use signwright_store::imports::{self, Counts, ImportState, Outcome};
use signwright_store::rejects::{self, RejectQuery, RejectStatus};
use signwright_store::{Change, Shop, StoreError, records};

use crate::given::{at, import, now, origin, record};

#[test]
fn an_import_says_how_it_ended() {
    let shop = Shop::in_memory().expect("shop");
    let (id, sha256) = import(&shop, "quotes.csv", b"Quote No\n");
    let outcome = Outcome {
        state: ImportState::PartlyRead,
        kind: Some("quotes".to_owned()),
        counts: Counts { created: 3, updated: 2, unchanged: 1, rejected: 4 },
        checks: Vec::new(),
        understood: Some(serde_json::json!({"delimiter": ","})),
        message: None,
    };
    let finished = at("2026-03-01T10:00:02.5Z");
    shop.write(|db| imports::finish(db, id, finished, &outcome)).expect("finished");
    let db = shop.read();
    let found = imports::get(&db, id).expect("read").expect("there");
    assert_eq!((found.state, found.counts), (ImportState::PartlyRead, outcome.counts));
    assert_eq!((found.started_at, found.finished_at), (now(), Some(finished)));
    assert_eq!(found.understood, outcome.understood);
    assert_eq!(imports::list(&db, 0, 10), Ok(vec![found.clone()]));
    assert_eq!(imports::find_by_document(&db, &sha256), Ok(vec![found]));
    drop(db);
    let missing = shop.write(|db| imports::finish(db, 99, finished, &outcome));
    assert_eq!(missing.expect_err("none").to_string(), "no import with id 99");
}

#[test]
fn a_record_is_judged_by_its_values_and_kept_per_document() {
    let shop = Shop::in_memory().expect("shop");
    let january = import(&shop, "january.csv", b"january");
    let february = import(&shop, "february.csv", b"february");
    let check = |import: &(i64, String), total, row, expected| {
        let record = record(RecordKind::WorkOrder, "20431", total, row);
        assert_eq!(shop.write(|db| records::upsert(db, origin(import), &record)), Ok(expected));
    };
    check(&january, 1_000, 2, Change::Created);
    check(&january, 1_000, 2, Change::Unchanged);
    check(&february, 1_000, 5, Change::Unchanged);
    check(&february, 1_100, 5, Change::Updated);
    check(&january, 1_000, 2, Change::Unchanged);
    let db = shop.read();
    let said = records::by_key(&db, RecordKind::WorkOrder, "20431").expect("read");
    let totals: Vec<_> = said.iter().map(|s| s.record.money("total_cost").expect("an amount").minor).collect();
    assert_eq!(totals, [1_000, 1_100]);
    assert_eq!(said[1].record.fields["total_cost"].at, Place::Cell { sheet: None, row: 5, column: 4 });
    assert_eq!(said[1].file_name, "february.csv");
    assert_eq!(records::count(&db), Ok(2));
}

#[test]
fn every_source_that_speaks_of_a_job_is_found() {
    let shop = Shop::in_memory().expect("shop");
    let source = import(&shop, "all.csv", b"all");
    let mut quote = record(RecordKind::Quote, "Q-881", 900, 2);
    let mut field = quote.fields["total_cost"].clone();
    field.value = Value::Text("20431".to_owned());
    quote.fields.insert("work_order".to_owned(), field);
    let others = [
        quote,
        record(RecordKind::WorkOrder, "20431", 1_000, 3),
        record(RecordKind::CostSummary, "20431", 1_010, 4),
        record(RecordKind::CostSummary, "20432", 2_000, 5),
        record(RecordKind::Customer, "20431", 0, 6),
    ];
    let kept: Result<(), StoreError> =
        shop.write(|db| others.iter().try_for_each(|record| records::upsert(db, origin(&source), record).map(drop)));
    kept.expect("kept");
    let check = |work_order, quote, expected: &[RecordKind]| {
        let found = records::for_job(&shop.read(), work_order, quote).expect("read");
        assert_eq!(found.iter().map(|s| s.record.kind).collect::<Vec<_>>(), expected);
    };
    check(Some("20431"), None, &[RecordKind::Quote, RecordKind::WorkOrder, RecordKind::CostSummary]);
    check(None, Some("Q-881"), &[RecordKind::Quote]);
    check(None, None, &[]);
    assert_eq!(records::list_by_import(&shop.read(), source.0, 0, 2).map(|found| found.len()), Ok(2));
    assert_eq!(records::list_by_document(&shop.read(), &source.1, 4, 9).map(|found| found.len()), Ok(1));
}

#[test]
fn a_reject_is_kept_once_and_settled_by_a_person() {
    let shop = Shop::in_memory().expect("shop");
    let (id, sha256) = import(&shop, "work-orders.csv", b"rows");
    let reject = Reject {
        kind: Some(RecordKind::WorkOrder),
        key: Some("20431".to_owned()),
        field: Some("total_cost".to_owned()),
        place: Some(Place::Cell { sheet: None, row: 7, column: 9 }),
        raw: "12O.50".to_owned(),
        reason: RejectReason::NotANumber,
        message: "\"12O.50\" is not an amount".to_owned(),
    };
    let file = |reject: &Reject| shop.write(|db| rejects::insert(db, id, Some(&sha256), reject));
    assert_eq!(file(&reject), Ok(Change::Created));
    assert_eq!(file(&reject), Ok(Change::Unchanged));
    let next_row = Reject { place: Some(Place::Cell { sheet: None, row: 8, column: 9 }), ..reject.clone() };
    assert_eq!(file(&next_row), Ok(Change::Created));

    let open = rejects::list(&shop.read(), &RejectQuery::default()).expect("read");
    assert_eq!(open.iter().map(|r| &r.reject).collect::<Vec<_>>(), [&reject, &next_row]);
    let by_reason = rejects::counts(&shop.read()).expect("counts");
    assert_eq!((by_reason[0].reason, by_reason[0].count), (RejectReason::NotANumber, 2));

    let settle = |id| shop.write(|db| rejects::set_status(db, id, RejectStatus::Fixed, Some("it is 120.50")));
    settle(open[0].id).expect("settled");
    assert_eq!(rejects::count_open(&shop.read()), Ok(1));
    assert_eq!(file(&reject), Ok(Change::Unchanged), "a settled reject does not come back");
    let fixed = RejectQuery { status: Some(RejectStatus::Fixed), ..RejectQuery::default() };
    assert_eq!(rejects::list(&shop.read(), &fixed).expect("read")[0].note.as_deref(), Some("it is 120.50"));
    assert_eq!(settle(99).expect_err("none").to_string(), "no reject with id 99");
}

#[test]
fn a_customer_is_created_changed_or_the_same() {
    let shop = Shop::in_memory().expect("shop");
    let mut customer =
        Customer { customer_id: "C-7".to_owned(), customer: "Harbor Dental".to_owned(), ..Customer::default() };
    let keep = |customer: &Customer| shop.write(|db| customers::upsert(db, customer));
    assert_eq!(keep(&customer), Ok(Change::Created));
    assert_eq!(keep(&customer), Ok(Change::Unchanged));
    customer.city = Some("Port Hale".to_owned());
    assert_eq!(keep(&customer), Ok(Change::Updated));
    assert_eq!(customers::get(&shop.read(), "C-7"), Ok(Some(customer.clone())));
    assert_eq!(customers::list(&shop.read()), Ok(vec![customer]));
}

#[test]
fn a_record_taken_back_stays_as_that_of_another_file_that_said_the_same() {
    let shop = Shop::in_memory().expect("shop");
    let (first, second) = (import(&shop, "a.csv", b"a"), import(&shop, "b.csv", b"b"));
    let given = record(RecordKind::WorkOrder, "7", 100, 2);
    let written = records::written(&given, &mut records::Forms::default()).expect("written");
    for one in [&first, &second] {
        shop.write(|db| records::keep_row(db, origin(one), &written)).expect("kept");
    }
    let stands_in = || -> Vec<String> {
        let known = records::by_key(&shop.read(), RecordKind::WorkOrder, "7").expect("records");
        known.into_iter().map(|source| source.file_name).collect()
    };
    let remove = |key: &str, of: &(i64, String)| {
        shop.write(|db| records::remove(db, RecordKind::WorkOrder, key, &of.1)).expect("removed")
    };
    assert_eq!(stands_in(), ["a.csv"], "the second file only says it once more");
    assert!(!remove("8", &first), "it never said that");
    assert!(!remove("7", &second), "the record is the first file's");
    assert!(remove("7", &first));
    assert_eq!(stands_in(), ["b.csv"]);
    assert!(remove("7", &second));
    assert_eq!(stands_in(), [""; 0]);
    assert!(!remove("7", &second), "it is gone");
}
