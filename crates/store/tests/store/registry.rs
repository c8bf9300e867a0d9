//! Models, estimates, quotes and the outbox.

use signwright_domain::card::{Card, Standing, Verdict};
use signwright_domain::connection::{Connection, Endpoint, ParcelKind};
use signwright_domain::estimate::{Basis, Estimate, Novelty};
use signwright_domain::quote::{QuoteStatus, QuoteVersion, Totals};
use signwright_domain::{DriverValue, Specification};
use signwright_store::models::{self, NewModel};
use signwright_store::outbox::{self, NewMessage, OutboxState};
use signwright_store::quotes::{self, Decision, Heading, NewQuote, QuoteQuery};
use signwright_store::{Change, Shop, StoreError, connections, estimates};

use crate::given::{at, now, usd};

fn card(target: &str) -> Card {
    Card {
        target: target.to_owned(),
        created_at: now(),
        learner: "boosted trees".to_owned(),
        version: "1".to_owned(),
        seed: 7,
        train_from: None,
        train_to: None,
        test_from: None,
        test_to: None,
        n_train: 900,
        n_all: 0,
        n_test: 300,
        data_hash: "0".to_owned(),
        drivers: Vec::new(),
        budget: None,
        test_share: None,
        scores: Vec::new(),
        coverage: Vec::new(),
        at_most: Vec::new(),
        by_type: Vec::new(),
        learning_curve: Vec::new(),
        by_estimator: Vec::new(),
        by_size: Vec::new(),
        importance: Vec::new(),
        limits: Vec::new(),
        trial: None,
        verdict: Verdict { promoted: true, better_than_rule: true, reason: "better".to_owned() },
    }
}

#[test]
fn there_is_one_champion_per_target_and_its_history_is_kept() {
    let shop = Shop::in_memory().expect("shop");
    let add = |target: &str, standing, bytes: &[u8]| {
        let card = card(target);
        let model = NewModel { card: &card, bytes, standing, reason: "trained", at: now() };
        shop.write(|db| models::insert(db, &model)).expect("kept")
    };
    let first = add("total_cost", Standing::Champion, b"first");
    let hours = add("hours", Standing::Champion, b"hours");
    let second = add("total_cost", Standing::Challenger, b"second");
    let champion = || models::champion(&shop.read(), "total_cost").expect("read").map(|model| model.id);
    assert_eq!(champion(), Some(first));
    shop.write(|db| models::set_standing(db, second, Standing::Champion, now(), "8 % better")).expect("promoted");
    assert_eq!(champion(), Some(second));
    let standings: Vec<_> = models::list(&shop.read()).expect("list").iter().map(|m| (m.id, m.standing)).collect();
    assert_eq!(standings, [(second, Standing::Champion), (hours, Standing::Champion), (first, Standing::Retired)]);
    assert_eq!(models::bytes(&shop.read(), second), Ok(Some(b"second".to_vec())));
    let history = models::history(&shop.read()).expect("history");
    assert_eq!((history[0].model_id, history[0].reason.as_str()), (second, "8 % better"));
    assert_eq!((history[1].model_id, history[1].standing), (first, Standing::Retired));
    shop.write(|db| models::set_standing(db, second, Standing::Retired, now(), "drifted")).expect("retired");
    assert_eq!(champion(), None);
}

#[test]
fn an_estimate_is_kept_as_made() {
    let shop = Shop::in_memory().expect("shop");
    let mut specification = Specification::default();
    specification.set("sign_type", DriverValue::Text("monument".to_owned()));
    let estimate = Estimate {
        id: 0,
        title: "Monument 6 x 10".to_owned(),
        created_at: at("2026-03-01T10:00:00.123456789Z"),
        quoted_on: "2026-03-01".parse().expect("a day"),
        specification,
        basis: Basis::MedianOfType,
        basis_note: "no model yet".to_owned(),
        model_id: None,
        cost: usd(1_250_000),
        ranges: Vec::new(),
        at_most: Vec::new(),
        base: usd(1_000_000),
        contributions: Vec::new(),
        novelty: Novelty { score: 0.2, reasons: Vec::new() },
        similar: Vec::new(),
        median_of_type: Some(usd(1_250_000)),
        median_count: 41,
        structure: None,
        warnings: Vec::new(),
        bottom_up: None,
        decision: None,
    };
    let id = shop.write(|db| estimates::insert(db, &estimate)).expect("kept");
    assert_eq!(estimates::get(&shop.read(), id), Ok(Some(Estimate { id, ..estimate })));
    let listed = estimates::list(&shop.read(), 0, 10).expect("list");
    assert_eq!((listed[0].id, listed[0].sign_type.as_deref(), listed[0].cost), (id, Some("monument"), usd(1_250_000)));
}

fn version(total: i64) -> QuoteVersion {
    QuoteVersion {
        version: 0,
        created_at: now(),
        locked: false,
        lines: Vec::new(),
        tax_rate: "0.07".parse().expect("a rate"),
        valid_until: "2026-03-31".parse().expect("a day"),
        terms: "50 % deposit".to_owned(),
        exclusions: vec!["rock".to_owned()],
        totals: Totals {
            amounts: Vec::new(),
            cost: usd(total / 2),
            subtotal: usd(total),
            tax: usd(0),
            total: usd(total),
            markup: None,
            margin: None,
        },
        decided: None,
        approval: None,
        options: Vec::new(),
        option_amounts: Vec::new(),
    }
}

fn quote(shop: &Shop, year: i16, title: &str) -> Result<signwright_domain::quote::Quote, StoreError> {
    let version = version(2_000_000);
    let new = NewQuote {
        year,
        title,
        customer: "Harbor Dental",
        contact: "",
        external_id: None,
        created_at: now(),
        version: &version,
    };
    shop.write(|db| quotes::create(db, &new))
}

#[test]
fn quotes_are_numbered_within_their_year() {
    let shop = Shop::in_memory().expect("shop");
    let check = |year, number: &str| assert_eq!(quote(&shop, year, "Sign").expect("a quote").number, number);
    check(2026, "Q-2026-0001");
    check(2026, "Q-2026-0002");
    check(2027, "Q-2027-0001");
    check(2026, "Q-2026-0003");
}

#[test]
fn a_locked_version_stays_and_the_next_one_is_active() {
    let shop = Shop::in_memory().expect("shop");
    let id = quote(&shop, 2026, "Monument").expect("a quote").id;
    shop.write(|db| quotes::update_draft(db, id, &version(2_100_000))).expect("a draft may change");
    shop.write(|db| quotes::lock(db, id)).expect("locked");
    shop.write(|db| quotes::set_status(db, id, QuoteStatus::Approved)).expect("approved");
    let error = shop.write(|db| quotes::update_draft(db, id, &version(1))).expect_err("locked");
    assert_eq!(error.to_string(), "version 1 of quote Q-2026-0001 is locked and cannot be changed");
    assert_eq!(shop.write(|db| quotes::add_version(db, id, &version(2_200_000))), Ok(2));
    let found = quotes::get(&shop.read(), id).expect("read").expect("there");
    let versions: Vec<_> = found.versions.iter().map(|v| (v.version, v.locked, v.totals.total.minor)).collect();
    assert_eq!(versions, [(1, true, 2_100_000), (2, false, 2_200_000)]);
    assert_eq!((found.status, found.active().version), (QuoteStatus::Approved, 2));
}

#[test]
fn a_quote_can_be_found_decided_and_renamed() {
    let shop = Shop::in_memory().expect("shop");
    let first = quote(&shop, 2026, "Monument").expect("a quote");
    quote(&shop, 2026, "Channel letters").expect("a quote");
    let decision =
        Decision { status: QuoteStatus::Lost, lost_reason: Some("price"), competitor_price: Some(usd(1_800_000)) };
    let heading = Heading { title: "Monument, lit", customer: "Harbor Dental", contact: "J. Roe" };
    let done: Result<(), StoreError> = shop.write(|db| {
        quotes::decide(db, first.id, &decision)?;
        quotes::set_heading(db, first.id, &heading)?;
        quotes::set_external_id(db, first.id, Some("crm:0061"))
    });
    done.expect("noted");
    let check = |search: &str, status, expected: &[&str]| {
        let query = QuoteQuery { search: search.to_owned(), status, ..QuoteQuery::default() };
        let (total, found) = quotes::list(&shop.read(), &query).expect("list");
        assert_eq!(found.iter().map(|q| q.title.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(total, expected.len() as u64);
    };
    check("", None, &["Channel letters", "Monument, lit"]);
    check("LETTERS", None, &["Channel letters"]);
    check("0001", None, &["Monument, lit"]);
    check("", Some(QuoteStatus::Lost), &["Monument, lit"]);
    check("100%_", None, &[]);
    let found = quotes::find_by_external_id(&shop.read(), "crm:0061").expect("read").expect("there");
    assert_eq!((found.lost_reason.as_deref(), found.competitor_price), (Some("price"), Some(usd(1_800_000))));
    assert_eq!(quotes::find_by_number(&shop.read(), &first.number), Ok(Some(found)));
    let missing = shop.write(|db| quotes::lock(db, 99));
    assert_eq!(missing.expect_err("none").to_string(), "no quote with id 99");
}

#[test]
fn a_lost_quote_that_is_revised_is_lost_no_more() {
    let shop = Shop::in_memory().expect("shop");
    let id = quote(&shop, 2026, "Monument").expect("a quote").id;
    let lost = |status| Decision { status, lost_reason: Some("price"), competitor_price: Some(usd(1_800_000)) };
    let kept = || {
        let found = quotes::get(&shop.read(), id).expect("read").expect("there");
        (found.status, found.lost_reason.is_some(), found.competitor_price.is_some())
    };
    for open in [QuoteStatus::Draft, QuoteStatus::Approved, QuoteStatus::Sent] {
        shop.write(|db| quotes::decide(db, id, &lost(QuoteStatus::Lost))).expect("lost");
        assert_eq!(kept(), (QuoteStatus::Lost, true, true));
        shop.write(|db| quotes::set_status(db, id, open)).expect("open again");
        assert_eq!(kept(), (open, false, false));
        shop.write(|db| quotes::decide(db, id, &lost(open))).expect("no decision");
        assert_eq!(kept(), (open, false, false));
    }
}

#[test]
fn a_message_is_sent_once_tried_again_and_given_up() {
    let shop = Shop::in_memory().expect("shop");
    let payload = serde_json::json!({"number": "Q-2026-0001"});
    let crm = shop.write(|db| connections::put(db, &connection("crm"), None)).expect("kept").expect("new");
    let put_about = |subject, key, connection_id| {
        let message = NewMessage {
            kind: "quote",
            subject,
            payload: &payload,
            idempotency_key: key,
            connection_id,
            at: now(),
            next_at: now(),
        };
        shop.write(|db| outbox::insert(db, &message)).expect("kept")
    };
    let put = |key| put_about(key, key, Some(crm));
    let (first, change) = put("Q-2026-0001/1");
    assert_eq!(change, Change::Created);
    assert_eq!(put("Q-2026-0001/1"), (first, Change::Unchanged));
    let (second, _) = put("Q-2026-0002/1");
    let (for_nobody, change) = put_about("Q-2026-0001/1", "Q-2026-0001/1", None);
    assert_eq!(change, Change::Created, "the same message for another");
    let later = at("2026-03-01T10:05:00Z");
    let due = |moment| -> Vec<i64> {
        outbox::due(&shop.read(), crm, moment, 10).expect("due").iter().map(|message| message.id).collect()
    };
    assert_eq!(due(now()), [first, second]);
    shop.write(|db| outbox::mark_failed(db, first, "connection refused", Some(later), true)).expect("noted");
    shop.write(|db| outbox::mark_sent(db, &outbox::get(db, second)?.expect("there"), "made", now())).expect("noted");
    assert_eq!((due(now()), due(later)), (vec![], vec![first]));
    shop.write(|db| outbox::mark_failed(db, first, "not found", None, true)).expect("noted");
    assert_eq!(due(later), Vec::<i64>::new());
    let dead = outbox::list(&shop.read(), Some(OutboxState::Dead), 10).expect("list");
    assert_eq!((dead[0].id, dead[0].attempts, dead[0].last_error.as_deref()), (first, 2, Some("not found")));
    shop.write(|db| outbox::retry(db, first, later)).expect("noted");
    assert_eq!(outbox::count(&shop.read(), OutboxState::Waiting), Ok(2));
    assert_eq!(outbox::get(&shop.read(), second).expect("read").expect("there").sent_at, Some(now()));
    assert_eq!(shop.write(|db| outbox::withdraw(db, "Q-2026-0001/1", "version 2 took its place")), Ok(2));
    assert_eq!(due(later), Vec::<i64>::new());
    assert_eq!(outbox::count(&shop.read(), OutboxState::Withdrawn), Ok(2));
    assert_eq!(outbox::get(&shop.read(), second).expect("read").expect("there").state, OutboxState::Sent);
    shop.write(|db| outbox::retry(db, for_nobody, later)).expect_err("it was taken back");
    let (for_nobody, _) = put_about("Q-2026-0003/1", "Q-2026-0003/1", None);
    assert_eq!(shop.write(|db| outbox::assign(db, "alert", crm, later)), Ok(0));
    assert_eq!(shop.write(|db| outbox::assign(db, "quote", crm, later)), Ok(1));
    assert_eq!(due(later), [for_nobody]);
}

#[test]
fn what_came_later_never_arrives_earlier() {
    let shop = Shop::in_memory().expect("shop");
    let crm = shop.write(|db| connections::put(db, &connection("crm"), None)).expect("kept").expect("new");
    let payload = serde_json::json!({});
    let put = |subject, key, next_at| {
        let message = NewMessage {
            kind: "quote",
            subject,
            payload: &payload,
            idempotency_key: key,
            connection_id: Some(crm),
            at: now(),
            next_at,
        };
        shop.write(|db| outbox::insert(db, &message)).expect("kept").0
    };
    let later = at("2026-03-01T10:05:00Z");
    let (first, second) = (put("quote 1", "1/1", later), put("quote 1", "1/2", now()));
    let other = put("quote 2", "2/1", now());
    let due = |moment| -> Vec<i64> {
        outbox::due(&shop.read(), crm, moment, 10).expect("due").iter().map(|message| message.id).collect()
    };
    assert_eq!((due(now()), due(later)), (vec![other], vec![first, other]));
    shop.write(|db| outbox::mark_sent(db, &outbox::get(db, first)?.expect("there"), "", later)).expect("noted");
    assert_eq!(due(now()), [second, other]);
}

#[test]
fn a_connection_is_held_until_it_is_changed_and_stays_for_what_was_sent() {
    let shop = Shop::in_memory().expect("shop");
    let id = shop.write(|db| connections::put(db, &connection("crm"), None)).expect("kept").expect("new");
    let kept = || connections::get::<u8>(&shop.read(), id).expect("read");
    shop.write(|db| {
        connections::set_breaker(db, id, 0, &3_u8)?;
        connections::hold(db, id, 0, "not signed in")
    })
    .expect("noted");
    let held = kept().expect("there");
    assert_eq!((held.breaker, held.held.as_deref()), (Some(3), Some("not signed in")));
    let changed = Connection { name: "our crm".to_owned(), ..held.connection };
    assert_eq!(shop.write(|db| connections::put(db, &changed, Some("name of a secret"))), Ok(Some(id)));
    shop.write(|db| connections::hold(db, id, 0, "what an older state came to")).expect("noted nowhere");
    let secret = Some("name of a secret".to_owned());
    assert_eq!(kept(), Some(connections::Kept { connection: changed, secret, revision: 1, breaker: None, held: None }));
    let refs = std::collections::BTreeMap::from([("Opportunity".to_owned(), "006".to_owned())]);
    shop.write(|db| connections::set_known(db, id, "quote 1", &refs, now())).expect("kept");
    assert_eq!(connections::known(&shop.read(), id, "quote 1"), Ok(refs));
    assert_eq!(shop.write(|db| connections::remove(db, id)), Ok(true));
    assert_eq!((kept(), connections::list::<u8>(&shop.read()).expect("read").len()), (None, 0));
    assert_eq!(connections::once::<u8>(&shop.read(), id).expect("read").expect("still there").secret, None);
    shop.write(|db| connections::put(db, &connection("our crm"), None)).expect("its name is free");
}

#[test]
fn a_message_that_is_repaired_on_its_way_goes_out_again() {
    let shop = Shop::in_memory().expect("shop");
    let crm = shop.write(|db| connections::put(db, &connection("crm"), None)).expect("kept").expect("new");
    let payload = serde_json::json!({"total": "1"});
    let message = NewMessage {
        kind: "quote",
        subject: "quote 1",
        payload: &payload,
        idempotency_key: "1/1",
        connection_id: Some(crm),
        at: now(),
        next_at: at("2026-03-01T12:00:00Z"),
    };
    let (id, _) = shop.write(|db| outbox::insert(db, &message)).expect("kept");
    let get = || outbox::get(&shop.read(), id).expect("read").expect("there");
    let on_its_way = get();
    shop.write(|db| outbox::hasten(db, "quote 1", now())).expect("sooner");
    assert_eq!(get().next_at, now());
    let right = serde_json::json!({"total": "2"});
    shop.write(|db| outbox::repair(db, id, &right, now())).expect("repaired");
    shop.write(|db| outbox::mark_sent(db, &on_its_way, "made", now())).expect("noted");
    assert_eq!((get().state, get().sent_at), (OutboxState::Waiting, None));
    let repaired = get();
    shop.write(|db| outbox::mark_sent(db, &repaired, "made", now())).expect("noted");
    assert_eq!(get().state, OutboxState::Sent);
    assert_eq!(outbox::is_outdated(&shop.read(), &get()), Ok(false));
    let other = NewMessage { idempotency_key: "1/0", ..message };
    let (older, _) = shop.write(|db| outbox::insert(db, &other)).expect("kept");
    let older = outbox::Message { id: 0, ..outbox::get(&shop.read(), older).expect("read").expect("there") };
    assert_eq!(outbox::is_outdated(&shop.read(), &older), Ok(true));
    assert_eq!(shop.write(|db| outbox::withdraw_kinds_but(db, crm, &["alert"], "not taken")), Ok(1));
}

fn connection(name: &str) -> Connection {
    let endpoint = Endpoint::Webhook { url: "https://example.com/in".to_owned(), template: None };
    Connection { id: 0, name: name.to_owned(), endpoint, sends: vec![ParcelKind::Quote], enabled: true }
}
