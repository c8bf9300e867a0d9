//! Pages of a list that is too long to be sorted whole are those of the whole list, whichever way they are found.

use signwright_domain::job::{Job, JobStatus};
use signwright_domain::sanity::{Severity, Warning};
use signwright_store::jobs::{self, JobQuery, JobSort, flags};
use signwright_store::{Db, Shop, StoreError};

use crate::given::{job, usd};

const SORTS: [JobSort; 5] =
    [JobSort::Completed, JobSort::Number, JobSort::Customer, JobSort::ActualCost, JobSort::SignType];
/// More than are looked up one by one.
const JOBS: u32 = 4_500;

fn nth(n: u32) -> Job {
    let pick = |from: u32, factor: u32| (n.wrapping_mul(factor) >> 5) % from;
    let mut job = Job {
        customer: Some(format!("Customer {}", pick(40, 7_919))),
        description: Some(if n.is_multiple_of(3) { "Blade sign" } else { "Wall sign" }.to_owned()),
        sign_type: (!n.is_multiple_of(7)).then(|| ["pole", "monument", "ada"][pick(3, 31) as usize].to_owned()),
        estimator: (!n.is_multiple_of(5)).then(|| ["RK", "TM"][pick(2, 97) as usize].to_owned()),
        status: if n.is_multiple_of(4) { JobStatus::InProgress } else { JobStatus::Completed },
        completed_on: (!n.is_multiple_of(4)).then(|| {
            jiff::civil::date(2020, 1, 1).saturating_add(jiff::Span::new().days(i64::from(pick(900, 2_654_435_761))))
        }),
        ..job(&format!("{}", 10_000 + n))
    };
    job.actual.total = (!n.is_multiple_of(11)).then(|| usd(i64::from(pick(5_000, 40_503))));
    job
}

fn fill(db: &Db<'_>) -> Result<(), StoreError> {
    for n in 0..JOBS {
        let (id, _) = jobs::upsert(db, &nth(n))?;
        if n.is_multiple_of(2) {
            flags::replace(db, id, &[warning()])?;
        }
    }
    // Some say something else later, and some go.
    for n in (0..JOBS).step_by(9) {
        jobs::upsert(db, &Job { work_order: nth(n).work_order, ..nth(n + 1) })?;
    }
    (0..JOBS).step_by(50).try_for_each(|n| jobs::remove_work_order(db, &format!("{}", 10_000 + n)).map(drop))
}

fn warning() -> Warning {
    let text = |text: &str| text.to_owned();
    Warning { rule: text("margin"), severity: Severity::Warning, driver: text("total_cost"), message: text("low") }
}

/// The same page of the same list, from every job one by one.
fn expected(all: &[(Job, bool)], query: &JobQuery) -> (u64, Vec<i64>) {
    let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
    let has = |job: &Job, word: &String| {
        let texts = [&job.work_order, &job.customer, &job.description, &job.sign_type];
        let mut parts = texts.into_iter().flatten().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        parts.any(|part| part.to_lowercase().starts_with(word.as_str()))
    };
    let mut found: Vec<&Job> = all
        .iter()
        .filter(|(job, flagged)| {
            query.sign_type.as_ref().is_none_or(|asked| job.sign_type.as_ref() == Some(asked))
                && query.estimator.as_ref().is_none_or(|asked| job.estimator.as_ref() == Some(asked))
                && query.status.is_none_or(|asked| job.status == asked)
                && (!query.flagged || *flagged)
                && words.iter().all(|word| has(job, word))
        })
        .map(|(job, _)| job)
        .collect();
    let value = |job: &Job| match query.sort {
        JobSort::Completed => job.completed_on.map(|day| day.to_string()),
        JobSort::Number => job.work_order.clone(),
        JobSort::Customer => job.customer.clone(),
        JobSort::ActualCost => job.actual.total.map(|cost| format!("{:012}", cost.minor)),
        JobSort::SignType => job.sign_type.clone(),
        JobSort::Quoted | JobSort::EstimatedCost | JobSort::Overrun => unreachable!("not asked here"),
    };
    found.sort_by(|a, b| {
        let (of_a, of_b) = (value(a), value(b));
        let way = |order: std::cmp::Ordering| if query.descending { order.reverse() } else { order };
        of_a.is_none().cmp(&of_b.is_none()).then(way(of_a.cmp(&of_b))).then(way(a.id.cmp(&b.id)))
    });
    let page = found.iter().skip(query.offset as usize).take(query.limit as usize).map(|job| job.id);
    (found.len() as u64, page.collect())
}

fn queries() -> Vec<JobQuery> {
    let mut queries = Vec::new();
    for (at, sort) in SORTS.into_iter().enumerate() {
        for descending in [false, true] {
            for offset in [0, 70, 1_500, 2_600, 4_390, 4_400, 9_000] {
                let asked = JobQuery { sort, descending, offset, limit: 25, ..JobQuery::default() };
                let some = |text: &str| Some(text.to_owned());
                queries.push(asked.clone());
                queries.push(JobQuery { sign_type: some("pole"), ..asked.clone() });
                queries.push(JobQuery { status: Some(JobStatus::InProgress), estimator: some("RK"), ..asked.clone() });
                queries.push(JobQuery { search: "sign".to_owned(), ..asked.clone() });
                queries.push(JobQuery { search: "wall si".to_owned(), sign_type: some("ada"), ..asked.clone() });
                queries.push(JobQuery { search: format!("blade cust {}", at + 3), ..asked.clone() });
                queries.push(JobQuery { flagged: true, ..asked.clone() });
                queries.push(JobQuery { flagged: true, search: "wal".to_owned(), estimator: some("TM"), ..asked });
            }
        }
    }
    queries
}

fn check(shop: &Shop) {
    let db = shop.read();
    let flagged = |id| flags::list(&db, flags::Of::Job(id), Severity::Warning, 1).expect("flags").0 > 0;
    let all: Vec<(Job, bool)> =
        jobs::all(&db).expect("jobs").into_iter().map(|job| (flagged(job.id), job)).map(|(f, job)| (job, f)).collect();
    assert_eq!(jobs::count(&db), Ok(all.len() as u64));
    for query in queries() {
        let (total, page) = jobs::page(&db, &query).expect("a page");
        let ids: Vec<i64> = page.iter().map(|job| job.id).collect();
        assert_eq!((total, ids), expected(&all, &query), "{query:?}");
    }
    for facet in jobs::sign_types(&db).expect("types") {
        let jobs = all.iter().filter(|(job, _)| job.sign_type.as_deref() == Some(&facet.value)).count();
        assert_eq!(facet.jobs, jobs as u64, "{}", facet.value);
    }
    for facet in jobs::estimators(&db).expect("estimators") {
        let jobs = all.iter().filter(|(job, _)| job.estimator.as_deref() == Some(&facet.value)).count();
        assert_eq!(facet.jobs, jobs as u64, "{}", facet.value);
    }
}

#[test]
fn every_page_is_that_of_the_whole_list() {
    let shop = Shop::in_memory().expect("shop");
    shop.write(fill).expect("jobs");
    check(&shop);
}

#[test]
fn what_came_in_at_once_is_listed_like_what_came_in_one_by_one() {
    let shop = Shop::in_memory().expect("shop");
    shop.write(|db| {
        jobs::upsert(db, &job("9999"))?;
        let bulk = jobs::bulk::begin(db)?;
        fill(db)?;
        jobs::bulk::end(db, bulk)
    })
    .expect("jobs");
    check(&shop);
}

#[test]
fn bulk_that_is_given_up_leaves_the_list_as_it_was() {
    let shop = Shop::in_memory().expect("shop");
    shop.write(|db| jobs::upsert(db, &job("9999"))).expect("a job");
    let given_up: Result<(), StoreError> = shop.write(|db| {
        let bulk = jobs::bulk::begin(db)?;
        fill(db)?;
        jobs::bulk::end(db, bulk)?;
        Err(StoreError::NoSuch { what: "job", id: 1 })
    });
    given_up.expect_err("given up");
    let query = JobQuery { search: "monument".to_owned(), ..JobQuery::default() };
    assert_eq!(jobs::page(&shop.read(), &query).map(|(total, page)| (total, page.len())), Ok((1, 1)));
    shop.write(|db| jobs::upsert(db, &job("10000"))).expect("another job");
    assert_eq!(jobs::page(&shop.read(), &query).map(|(total, page)| (total, page.len())), Ok((2, 2)));
    assert_eq!(jobs::count(&shop.read()), Ok(2));
}

#[test]
fn a_word_with_vowel_signs_is_searched_by_its_beginning() {
    let shop = Shop::in_memory().expect("shop");
    let customer = |name: &str, number: &str| Job { customer: Some(name.to_owned()), ..job(number) };
    shop.write(|db| jobs::upsert(db, &customer("किताब घर", "1"))).expect("a job");
    shop.write(|db| jobs::upsert(db, &customer("Harbor", "2"))).expect("a job");
    let found = |words: &str| {
        let query = JobQuery { search: words.to_owned(), ..JobQuery::default() };
        let (_, page) = jobs::page(&shop.read(), &query).expect("a page");
        page.into_iter().filter_map(|job| job.work_order).collect::<Vec<_>>()
    };
    assert_eq!(found("किताब"), ["1"]);
    assert_eq!(found("घर किताब"), ["1"]);
    assert_eq!(found("किताब harbor"), Vec::<String>::new());
}
