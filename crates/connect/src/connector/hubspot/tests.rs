//! Against a server on this machine that follows the published formats; a real HubSpot has not been asked.

mod fake;

use serde_json::{Value, json};
use signwright_domain::connection::{Endpoint, Parcel, PulledOutcome, Receipt};

use self::fake::{Account, TOKEN};
use crate::connector::offer::tests::{estimate_parcel, quote_parcel};
use crate::delivery::tests::{later, quote, two_lines, with_line};
use crate::test_server::{Fake, Lost, Reply, answering};
use crate::{PushError, Secret, Verdict, check, preview, probe, pull, push};

fn at(url: &str) -> Endpoint {
    Endpoint::Hubspot { url: url.to_owned(), pipeline: None, stage: None }
}

async fn sent(fake: &Fake<Account>, parcel: &Parcel) -> Result<Receipt, PushError> {
    push(&at(&fake.server.url()), Some(&Secret::new(TOKEN)), parcel).await
}

#[tokio::test]
async fn a_quote_is_a_deal_with_its_line_items_and_is_never_doubled() {
    let fake = Fake::started(Account::default()).await;
    let company = fake.change(|account| account.add("companies", &json!({"name": "Riverside Clinic"})));
    let receipt = sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    let deals = fake.all("deals");
    let (id, deal) = &deals[0];
    assert_eq!((deals.len(), receipt.said), (1, format!("deal {id} made")));
    assert_eq!(receipt.known["deal"], id.to_string());
    assert_eq!((&deal["dealname"], &deal["amount"]), (&json!("Riverside Clinic monument"), &json!("21617.98")));
    assert_eq!((&deal["pipeline"], &deal["dealstage"]), (&json!("default"), &json!("appointmentscheduled")));
    assert_eq!(deal["closedate"], "2026-12-02T00:00:00Z");
    let text = deal["description"].as_str().expect("a description");
    assert!(
        text.starts_with("Q-2026-0007 version 2 for Riverside Clinic: 21617.98 USD, with tax 23131.24 USD"),
        "{text}"
    );
    let lines = fake.all("line_items");
    assert_eq!(lines.iter().map(|(_, line)| line["price"].clone()).collect::<Vec<_>>(), ["21568", "49.98"]);
    assert_eq!((&lines[1].1["quantity"], &lines[1].1["description"]), (&json!("1"), &json!("2.5 each at 19.99")));
    let mut tied = fake.tied(*id);
    tied.sort_unstable();
    let mut expected = vec![company, lines[0].0, lines[1].0];
    expected.sort_unstable();
    assert_eq!(tied, expected);

    sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    let more = later(with_line(with_line(quote(), "Vinyl", "3", "20"), "Permit", "1", "450"));
    let receipt = sent(&fake, &quote_parcel(&more)).await.expect("receipt");
    assert_eq!(receipt.said, format!("deal {id} updated"));
    let now = fake.all("line_items");
    assert_eq!((fake.all("deals").len(), now.len(), now[1].0), (1, 3, lines[1].0));
    assert_eq!(now[1].1["quantity"], "3");
}

#[tokio::test]
async fn lines_that_went_are_taken_away_and_what_a_person_added_stays() {
    let fake = Fake::started(Account::default()).await;
    let longer = with_line(with_line(two_lines(), "Permit", "1", "450"), "Survey", "1", "200");
    sent(&fake, &quote_parcel(&longer)).await.expect("receipt");
    let deal = fake.all("deals")[0].0;
    let theirs = fake.change(|account| {
        let id = account.add("line_items", &json!({"name": "Maintenance"}));
        account.ties.insert((id, deal));
        id
    });
    sent(&fake, &quote_parcel(&later(quote()))).await.expect("receipt");
    let names: Vec<_> = fake.all("line_items").into_iter().map(|(_, line)| line["name"].clone()).collect();
    assert_eq!(names, ["Monument sign, double face, 10 x 6 ft", "Maintenance"]);
    assert!(fake.tied(deal).contains(&theirs));
}

#[tokio::test]
async fn whichever_answer_is_lost_the_quote_is_there_once_and_whole() {
    let whole = Fake::started(Account::default()).await;
    sent(&whole, &quote_parcel(&two_lines())).await.expect("receipt");
    let requests = whole.change(|account| account.asked);
    assert!(requests > 8, "{requests}");
    for lost in [Lost::BeforeItIsDone, Lost::AfterItIsDone] {
        for request in 0..requests {
            let fake = Fake::started(Account { lost: Some((request, lost)), ..Account::default() }).await;
            let error = sent(&fake, &quote_parcel(&two_lines())).await.expect_err("an answer was lost");
            assert_eq!(error.verdict(), Verdict::Again { asked: None, counts: true }, "{error}");
            sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
            let (deals, lines) = (fake.all("deals"), fake.all("line_items"));
            assert_eq!((deals.len(), lines.len()), (1, 2), "{lost:?} {request}");
            assert_eq!(fake.tied(deals[0].0).len(), 2, "{lost:?} {request}");
            assert!(deals[0].1["description"].as_str().is_some_and(|text| text.contains("version 2")));
        }
    }
}

#[tokio::test]
async fn a_deal_that_is_closed_is_left_alone() {
    let fake = Fake::started(Account::default()).await;
    sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    fake.change(|account| {
        let deal = account.records.values_mut().find(|(kind, _)| kind == "deals").expect("it");
        deal.1.insert("hs_is_closed".into(), json!("true"));
    });
    let before = fake.change(|account| account.records.clone());
    let same = sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    assert!(same.said.ends_with("is closed and was left as it is"), "{}", same.said);
    let error = sent(&fake, &quote_parcel(&later(two_lines()))).await.expect_err("closed");
    assert_eq!(error.verdict(), Verdict::Dead);
    assert_eq!(fake.change(|account| account.records.clone()), before);
}

#[tokio::test]
async fn many_lines_go_in_batches_and_odd_ones_at_their_amount() {
    let fake = Fake::started(Account::default()).await;
    let many = (0..130).fold(quote(), |quote, _| with_line(quote, "Letter", "0.333", "62.10"));
    sent(&fake, &quote_parcel(&many)).await.expect("receipt");
    let lines = fake.all("line_items");
    assert_eq!((lines.len(), fake.tied(fake.all("deals")[0].0).len()), (131, 131));
    let odd = &lines[1].1;
    assert_eq!((&odd["quantity"], &odd["price"]), (&json!("1"), &json!("20.68")));
    assert_eq!(odd["description"], "0.333 each at 62.1");
}

#[tokio::test]
async fn which_company_is_meant_is_not_guessed() {
    let fake = Fake::started(Account::default()).await;
    for _ in 0..2 {
        fake.change(|account| account.add("companies", &json!({"name": "Riverside Clinic"})));
    }
    sent(&fake, &quote_parcel(&quote())).await.expect("receipt");
    assert_eq!(fake.tied(fake.all("deals")[0].0).len(), 1);
}

#[tokio::test]
async fn the_stage_is_the_one_that_was_chosen() {
    let check = async |pipeline: Option<&str>, stage: Option<&str>, expected: Option<(&str, &str)>| {
        let fake = Fake::started(Account::default()).await;
        let (pipeline, stage) = (pipeline.map(str::to_owned), stage.map(str::to_owned));
        let to = Endpoint::Hubspot { url: fake.server.url(), pipeline, stage };
        let done = push(&to, Some(&Secret::new(TOKEN)), &estimate_parcel()).await;
        let Some((pipeline, stage)) = expected else {
            return assert_eq!(done.expect_err("there is none").verdict(), Verdict::Person);
        };
        done.expect("receipt");
        let deal = &fake.all("deals")[0].1;
        assert_eq!((&deal["pipeline"], &deal["dealstage"]), (&json!(pipeline), &json!(stage)));
    };
    check(None, None, Some(("default", "appointmentscheduled"))).await;
    check(Some("service"), None, Some(("service", "asked"))).await;
    check(Some("service"), Some("waiting"), Some(("service", "waiting"))).await;
    check(Some("gone"), None, None).await;
    assert!(
        crate::check(&Endpoint::Hubspot {
            url: "https://api.hubapi.com".into(),
            pipeline: None,
            stage: Some("x".into())
        })
        .is_err()
    );
}

#[tokio::test]
async fn an_estimate_is_a_deal_without_an_amount() {
    let fake = Fake::started(Account::default()).await;
    for _ in 0..2 {
        sent(&fake, &estimate_parcel()).await.expect("receipt");
    }
    let deals = fake.all("deals");
    let deal = &deals[0].1;
    assert_eq!((deals.len(), deal.get("amount")), (1, None));
    assert!(deal["description"].as_str().is_some_and(|text| text.contains("between 11500.00 and 15800.00 USD")));
}

#[tokio::test]
async fn a_refusal_names_its_cause() {
    let fake = Fake::started(Account::default()).await;
    let error = sent(&fake, &quote_parcel(&with_line(quote(), "Discount", "1", "-5"))).await.expect_err("refused");
    assert_eq!(error.verdict(), Verdict::Dead);
    assert!(error.to_string().contains("price must not be negative"), "{error}");

    let fake = Fake::started(Account { may_not: true, ..Account::default() }).await;
    let error = sent(&fake, &quote_parcel(&quote())).await.expect_err("not allowed");
    assert_eq!(error.verdict(), Verdict::Person);
    assert!(error.to_string().contains("deals lack the property signwright_id"), "{error}");

    let busy =
        answering(|_| Reply::new(429, "{\"message\": \"ten secondly limit\"}").header("retry-after", "10")).await;
    let error = push(&at(&busy.url()), Some(&Secret::new(TOKEN)), &estimate_parcel()).await.expect_err("busy");
    assert_eq!(error.verdict(), Verdict::Again { asked: Some(std::time::Duration::from_secs(10)), counts: true });
}

#[tokio::test]
async fn a_wrong_token_waits_for_a_person_and_is_not_said() {
    let fake = Fake::started(Account::default()).await;
    let to = at(&fake.server.url());
    let error = push(&to, Some(&Secret::new("pat-wrong-token")), &estimate_parcel()).await.expect_err("wrong");
    assert_eq!(error.verdict(), Verdict::Person);
    assert!(!format!("{error} {error:?}").contains("pat-wrong-token"));
    assert_eq!(push(&to, None, &estimate_parcel()).await.expect_err("none").verdict(), Verdict::Person);
    assert_eq!(probe(&to, Some(&Secret::new(TOKEN))).await.expect("it answers"), "HubSpot, account 4711");
}

#[tokio::test]
async fn what_was_won_and_lost_comes_back() {
    let fake = Fake::started(Account::default()).await;
    let closed = [("true", "true", ""), ("true", "false", "too dear"), ("false", "false", "")];
    for (closed, won, reason) in closed {
        let fields = json!({
            "dealname": "Sign", "hs_is_closed": closed, "hs_is_closed_won": won, "closed_lost_reason": reason,
        });
        fake.change(|account| account.add("deals", &fields));
    }
    let since = "2026-11-01T00:00:00Z".parse().expect("time");
    let pulled = pull(&at(&fake.server.url()), Some(&Secret::new(TOKEN)), since).await.expect("pulled");
    let outcomes: Vec<_> = pulled.iter().map(|one| (one.outcome, one.lost_reason.as_deref())).collect();
    let expected = [(PulledOutcome::Won, None), (PulledOutcome::Lost, Some("too dear")), (PulledOutcome::Open, None)];
    assert_eq!(outcomes, expected.map(|(outcome, reason)| (Some(outcome), reason)));
    assert_eq!(fake.server.seen()[0].json()["filterGroups"][0]["filters"][0]["value"], "1793491200000");
}

#[tokio::test]
async fn more_deals_than_one_search_gives_all_come_back_once() {
    const DEALS: usize = 10_450;
    let fake = Fake::started(Account::default()).await;
    let begun: jiff::Timestamp = "2026-11-02T00:00:00Z".parse().expect("time");
    fake.change(|account| {
        for deal in 0..DEALS {
            // Ten of them changed in the same second.
            let changed = begun + jiff::SignedDuration::from_secs(deal as i64 / 10);
            account.add("deals", &json!({"hs_lastmodifieddate": changed}));
        }
    });
    let pulled = pull(&at(&fake.server.url()), Some(&Secret::new(TOKEN)), begun).await.expect("pulled");
    let different: std::collections::BTreeSet<_> = pulled.iter().map(|one| &one.external_id).collect();
    assert_eq!((pulled.len(), different.len()), (DEALS, DEALS));
    assert!(pulled.is_sorted_by_key(|one| one.changed_at));
}

#[tokio::test]
async fn something_else_in_its_place_is_not_believed() {
    for body in ["{}", "[]", "null", "<html>Sign in</html>", r#"{"id": 5}"#] {
        let server = answering(move |_| Reply::new(200, body)).await;
        let error =
            push(&at(&server.url()), Some(&Secret::new(TOKEN)), &estimate_parcel()).await.expect_err("not HubSpot");
        assert_eq!(error.verdict(), Verdict::Again { asked: None, counts: true }, "{body}: {error}");
    }
}

#[tokio::test]
async fn what_is_shown_is_what_a_first_delivery_sends() {
    let properties = ["deals", "line_items"].map(str::to_owned).into();
    let fake = Fake::started(Account { properties, ..Account::default() }).await;
    let shown = preview(&at(&fake.server.url()), &quote_parcel(&two_lines())).expect("preview");
    sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    let deal = fake.all("deals")[0].0.to_string();
    let lines = fake.all("line_items");
    let filled = |text: &str| {
        let text =
            text.replace("<pipeline>", "default").replace("<stage>", "appointmentscheduled").replace("<deal>", &deal);
        lines
            .iter()
            .enumerate()
            .fold(text, |text, (place, (id, _))| text.replace(&format!("<line item {}>", place + 1), &id.to_string()))
    };
    let seen = fake.server.seen();
    for one in &shown {
        let url = |path: &str| format!("{}{path}", fake.server.url());
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        let same = seen.iter().find(|seen| seen.method == one.method && url(&seen.path) == one.url);
        let same = same.unwrap_or_else(|| panic!("{} {} was not sent", one.method, one.url));
        assert_eq!(json(&same.body), json(&filled(&one.body)));
        assert!(one.headers.contains(&("Authorization".into(), "Bearer •••".into())));
    }
    assert!(!format!("{shown:?}").contains("7777.77"));
    assert!(check(&at("https://api.hubapi.com")).is_ok());
}
