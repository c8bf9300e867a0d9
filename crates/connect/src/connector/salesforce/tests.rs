//! Against a server on this machine that follows the published formats; a real Salesforce has not been asked.

mod fake;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use signwright_domain::connection::{Endpoint, Outgoing, Parcel, PulledOutcome, Receipt};

use self::fake::{CLIENT_SECRET, Org, TOKEN};
use crate::connector::offer::tests::{estimate_parcel, quote_parcel};
use crate::connector::salesforce::quoted;
use crate::delivery::tests::{later, quote, two_lines, with_line};
use crate::test_server::{Fake, Lost, Reply, answering};
use crate::{PushError, Secret, Verdict, preview, probe, pull, push};

fn to(fake: &Fake<Org>) -> Endpoint {
    Endpoint::Salesforce { url: fake.server.url(), client_id: None }
}

fn token() -> Secret {
    Secret::new(TOKEN)
}

async fn sent(fake: &Fake<Org>, parcel: &Parcel) -> Result<Receipt, PushError> {
    push(&to(fake), Some(&token()), parcel).await
}

#[tokio::test]
async fn a_quote_arrives_whole_and_is_updated_but_never_doubled() {
    let fake = Fake::started(Org::default()).await;
    let receipt = sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    let (accounts, opportunities, quotes) = (fake.all("Account"), fake.all("Opportunity"), fake.all("Quote"));
    assert_eq!((accounts.len(), opportunities.len(), quotes.len()), (1, 1, 1));
    let known = [("Account", &accounts[0].0), ("Opportunity", &opportunities[0].0), ("Quote", &quotes[0].0)];
    assert_eq!(receipt.known, known.map(|(name, id)| (name.to_owned(), id.clone())).into());
    assert_eq!(receipt.said, format!("quote {} made", quotes[0].0));
    let (opportunity, sent_quote) = (&opportunities[0].1, &quotes[0].1);
    assert_eq!(
        (&opportunity["AccountId"], &sent_quote["OpportunityId"]),
        (&json!(accounts[0].0), &json!(opportunities[0].0))
    );
    assert_eq!((&opportunity["Amount"], &opportunity["CloseDate"]), (&json!(21617.98), &json!("2026-12-02")));
    assert_eq!((&sent_quote["Status"], &sent_quote["Pricebook2Id"]), (&json!("Presented"), &json!("01s1")));
    assert_eq!(sent_quote["Tax"], json!(1513.26));

    // Again, and a later version with a line more and another price, both without knowing what was made.
    sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    let before = fake.all("QuoteLineItem");
    let more = later(with_line(with_line(quote(), "Vinyl", "3", "20"), "Permit", "1", "450"));
    let receipt = sent(&fake, &quote_parcel(&more)).await.expect("receipt");
    assert_eq!(receipt.said, format!("quote {} updated", quotes[0].0));
    let lines = fake.all("QuoteLineItem");
    assert_eq!((before.len(), lines.len()), (2, 3));
    assert!(before.iter().zip(&lines).all(|(before, now)| before.0 == now.0), "lines keep their records");
    assert_eq!((&lines[1].1["Quantity"], &lines[1].1["UnitPrice"]), (&json!(3), &json!(20)));
    assert_eq!((fake.all("Account").len(), fake.all("Opportunity").len(), fake.all("Quote").len()), (1, 1, 1));

    // And one with fewer lines.
    sent(&fake, &quote_parcel(&later(later(quote())))).await.expect("receipt");
    assert_eq!(fake.all("QuoteLineItem").len(), 1);
}

#[tokio::test]
async fn whichever_answer_is_lost_the_quote_is_there_once_and_whole() {
    for lost in [Lost::BeforeItIsDone, Lost::AfterItIsDone] {
        for request in 0..5 {
            let fake = Fake::started(Org { lost: Some((request, lost)), ..Org::default() }).await;
            let error = sent(&fake, &quote_parcel(&two_lines())).await.expect_err("an answer was lost");
            assert_eq!(error.verdict(), Verdict::Again { asked: None, counts: true }, "{error}");
            let half = fake.all("QuoteLineItem").len();
            assert_eq!(half, if request == 4 && lost == Lost::AfterItIsDone { 2 } else { 0 });
            sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
            let counts = ["Account", "Opportunity", "Quote", "QuoteLineItem"].map(|object| fake.all(object).len());
            assert_eq!(counts, [1, 1, 1, 2], "{lost:?} {request}");
        }
    }
}

#[tokio::test]
async fn what_a_salesperson_moved_stays_where_it_is() {
    let fake = Fake::started(Org::default()).await;
    sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    fake.change(|org| {
        for (kind, record) in org.records.values_mut().filter(|(kind, _)| kind == "Opportunity") {
            record.insert("StageName".into(), json!("Negotiation/Review"));
            record.insert("CloseDate".into(), json!("2027-01-15"));
            assert_eq!(kind, "Opportunity");
        }
    });
    sent(&fake, &quote_parcel(&later(two_lines()))).await.expect("receipt");
    let opportunity = &fake.all("Opportunity")[0].1;
    assert_eq!(
        (&opportunity["StageName"], &opportunity["CloseDate"]),
        (&json!("Negotiation/Review"), &json!("2027-01-15"))
    );

    fake.change(|org| {
        let opportunity = org.records.values_mut().find(|(kind, _)| kind == "Opportunity").expect("it");
        opportunity.1.insert("IsClosed".into(), json!(true));
        opportunity.1.insert("StageName".into(), json!("Closed Won"));
    });
    let before = fake.change(|org| org.records.clone());
    let same = sent(&fake, &quote_parcel(&later(two_lines()))).await.expect("receipt");
    assert!(same.said.contains("is closed (Closed Won) and was left as it is"), "{}", same.said);
    let error = sent(&fake, &quote_parcel(&later(later(two_lines())))).await.expect_err("closed");
    assert_eq!(error.verdict(), Verdict::Dead);
    assert_eq!(fake.change(|org| org.records.clone()), before);
}

#[tokio::test]
async fn amounts_come_to_the_same_cents() {
    let fake = Fake::started(Org::default()).await;
    let odd = with_line(with_line(quote(), "Third", "0.333", "62.10"), "Four decimals", "3", "7.1234");
    sent(&fake, &quote_parcel(&odd)).await.expect("receipt");
    let lines = fake.all("QuoteLineItem");
    assert_eq!((&lines[1].1["Quantity"], &lines[1].1["UnitPrice"]), (&json!(1), &json!(20.68)));
    assert_eq!(lines[1].1["Description"], "Third, 0.333 each at 62.1");
    assert_eq!((&lines[2].1["Quantity"], &lines[2].1["UnitPrice"]), (&json!(1), &json!(21.37)));
}

#[tokio::test]
async fn an_estimate_is_an_opportunity_without_an_amount() {
    let fake = Fake::started(Org::default()).await;
    sent(&fake, &estimate_parcel()).await.expect("receipt");
    let receipt = sent(&fake, &estimate_parcel()).await.expect("receipt");
    let opportunities = fake.all("Opportunity");
    assert_eq!((opportunities.len(), receipt.said), (1, format!("opportunity {} updated", opportunities[0].0)));
    let opportunity = &opportunities[0].1;
    assert!(opportunity["Description"].as_str().is_some_and(|text| text.contains("between 11500.00 and 15800.00 USD")));
    assert_eq!((opportunity.get("Amount"), &opportunity["CloseDate"]), (None, &json!("2027-01-31")));
}

#[tokio::test]
async fn a_name_cannot_break_out_of_its_question() {
    let fake = Fake::started(Org::default()).await;
    let mut named = two_lines();
    named.customer = "O'Brien \\ Sons' OR Name != '".into();
    for _ in 0..2 {
        sent(&fake, &quote_parcel(&named)).await.expect("receipt");
    }
    let accounts = fake.all("Account");
    assert_eq!((accounts.len(), &accounts[0].1["Name"]), (1, &json!(named.customer)));
    assert_eq!(quoted("a'b\\c\nd\u{0}"), "'a\\'b\\\\c\\nd '");
}

#[tokio::test]
async fn a_client_secret_buys_a_token_and_neither_is_said() {
    let fake = Fake::started(Org::default()).await;
    let to = Endpoint::Salesforce { url: fake.server.url(), client_id: Some("app".into()) };
    push(&to, Some(&Secret::new(CLIENT_SECRET)), &estimate_parcel()).await.expect("receipt");
    let error = push(&to, Some(&Secret::new("another-secret")), &estimate_parcel()).await.expect_err("wrong secret");
    assert_eq!(error.verdict(), Verdict::Person);
    assert!(!format!("{error} {error:?}").contains("another-secret"), "{error:?}");
    let error = push(&self::to(&fake), Some(&Secret::new("stale-token")), &estimate_parcel()).await.expect_err("stale");
    assert_eq!(error.verdict(), Verdict::Person);
    assert_eq!(push(&to, None, &estimate_parcel()).await.expect_err("no secret").verdict(), Verdict::Person);
}

#[tokio::test]
async fn what_must_be_set_up_there_is_said() {
    let check = async |org: Org, said: &str| {
        let fake = Fake::started(org).await;
        let error = sent(&fake, &quote_parcel(&two_lines())).await.expect_err("not set up");
        assert_eq!(error.verdict(), Verdict::Person, "{error}");
        assert!(error.to_string().contains(said), "{error}");
    };
    check(Org { lacks_field: true, ..Org::default() }, "lacks the field Signwright_Id__c").await;
    check(Org { lacks_product: true, ..Org::default() }, "product with the code SIGNWRIGHT").await;
    let fake = Fake::started(Org { lacks_field: true, ..Org::default() }).await;
    assert!(probe(&to(&fake), Some(&token())).await.is_err());
    let fake = Fake::started(Org::default()).await;
    let said = probe(&to(&fake), Some(&token())).await.expect("it answers");
    assert_eq!(said, "Salesforce, organisation The Shop, with the field Signwright_Id__c");
}

#[tokio::test]
async fn a_refusal_changes_nothing_and_names_its_cause() {
    let check = async |refuses, verdict| {
        let fake = Fake::started(Org { refuses: Some(refuses), ..Org::default() }).await;
        let error = sent(&fake, &quote_parcel(&two_lines())).await.expect_err("refused");
        assert_eq!(error.verdict(), verdict, "{error}");
        assert!(error.to_string().contains(refuses.1), "{error}");
        assert!(fake.all("Account").is_empty());
    };
    check(("FIELD_CUSTOM_VALIDATION_EXCEPTION", "A region is needed"), Verdict::Dead).await;
    check(("UNABLE_TO_LOCK_ROW", "somebody has it"), Verdict::Again { asked: None, counts: true }).await;
    let busy = json!([{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]);
    let server = answering(move |_| Reply::json(403, &busy)).await;
    let to = Endpoint::Salesforce { url: server.url(), client_id: None };
    let error = push(&to, Some(&token()), &estimate_parcel()).await.expect_err("no more today");
    assert_eq!(error.verdict(), Verdict::Again { asked: None, counts: true });
}

#[tokio::test]
async fn what_was_won_and_lost_comes_back_page_by_page() {
    let fake = Fake::started(Org::default()).await;
    for number in 1..=3 {
        let mut one = two_lines();
        one.number = format!("Q-{number}");
        sent(&fake, &quote_parcel(&one)).await.expect("receipt");
    }
    fake.change(|org| {
        let mut opportunities = org.records.values_mut().filter(|(kind, _)| kind == "Opportunity");
        opportunities.next().expect("one").1.extend([("IsClosed".into(), json!(true)), ("IsWon".into(), json!(true))]);
        opportunities.next().expect("two").1.extend([("IsClosed".into(), json!(true)), ("IsWon".into(), json!(false))]);
    });
    let pulled = pull(&to(&fake), Some(&token()), "2026-11-01T00:00:00Z".parse().expect("time")).await.expect("pulled");
    let outcomes: Vec<_> = pulled.iter().map(|one| one.outcome).collect();
    assert_eq!(outcomes, [PulledOutcome::Won, PulledOutcome::Lost, PulledOutcome::Open].map(Some));
    assert_eq!(pulled[0].fields["Signwright_Id__c"], "Q-1");
    assert_eq!(pulled[0].fields["Account.Name"], "Riverside Clinic");
    assert!(!pulled[0].fields.contains_key("attributes"));
    let asked = fake.server.seen();
    assert!(asked.iter().any(|seen| seen.path.contains("SystemModstamp+%3E%3D+2026-11-01T00%3A00%3A00Z")), "{asked:?}");
}

#[tokio::test]
async fn the_token_is_not_carried_to_the_next_page_of_somebody_else() {
    let elsewhere = answering(|_| Reply::new(200, "{}")).await;
    let next = format!("{}/page", elsewhere.url());
    let server = answering(move |_| Reply::json(200, &json!({"records": [], "nextRecordsUrl": next}))).await;
    let to = Endpoint::Salesforce { url: server.url(), client_id: None };
    let since = "2026-11-01T00:00:00Z".parse().expect("time");
    let error = pull(&to, Some(&token()), since).await.expect_err("elsewhere");
    assert!(error.to_string().contains("next page is elsewhere"), "{error}");
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn what_is_shown_is_what_a_first_delivery_sends() {
    let fake = Fake::started(Org::default()).await;
    let shown = preview(&to(&fake), &quote_parcel(&two_lines())).expect("preview");
    sent(&fake, &quote_parcel(&two_lines())).await.expect("receipt");
    let seen = fake.server.seen();
    let address = |one: &Outgoing| (one.method.clone(), one.url.clone());
    let sent: Vec<_> =
        seen.iter().map(|one| (one.method.clone(), format!("{}{}", fake.server.url(), one.path))).collect();
    assert_eq!(shown.iter().map(address).collect::<Vec<_>>(), sent);
    let body = shown.last().expect("a body").body.replace("<price book entry>", "01u1").replace("<price book>", "01s1");
    assert_eq!(serde_json::from_str::<Value>(&body).expect("JSON"), seen.last().expect("a body").json());
    assert!(shown.iter().all(|one| one.headers.contains(&("Authorization".into(), "Bearer •••".into()))));
}

#[tokio::test]
async fn something_else_in_its_place_is_not_believed() {
    for body in ["{}", "[]", "null", "<html>Sign in</html>", r#"{"records": 5}"#] {
        let server = answering(move |_| Reply::new(200, body)).await;
        let to = Endpoint::Salesforce { url: server.url(), client_id: None };
        let error = push(&to, Some(&token()), &estimate_parcel()).await.expect_err("not Salesforce");
        assert_eq!(error.verdict(), Verdict::Again { asked: None, counts: true }, "{body}: {error}");
    }
}

#[test]
fn nothing_internal_leaves() {
    let to = Endpoint::Salesforce { url: "https://shop.my.salesforce.com".into(), client_id: Some("app".into()) };
    let shown = preview(&to, &quote_parcel(&two_lines())).expect("preview");
    assert!(!format!("{shown:?}").contains("7777.77"));
    assert!(shown[0].body.contains("client_secret=%E2%80%A2"), "{}", shown[0].body);
    let known: BTreeMap<String, String> = BTreeMap::new();
    assert_eq!(quote_parcel(&quote()).known, known);
}
