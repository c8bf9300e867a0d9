//! What Tryton, or something else in its place, can answer. What a real one does is in `tests/tryton`.

use serde_json::{Value, json};
use signwright_domain::connection::Endpoint;

use crate::connector::offer::tests::estimate_parcel;
use crate::test_server::{Reply, Seen, Server, answering};
use crate::{PushError, Secret, Verdict, push};

/// A Tryton that lets everybody in and answers everything else as told.
async fn tryton(answer: Reply) -> Server {
    answering(move |seen: &Seen| match seen.json()["method"].as_str() {
        Some("common.db.login") => Reply::json(200, &json!({"id": 0, "result": [1, "session-token", null]})),
        Some("model.res.user.get_preferences") => Reply::json(200, &json!({"id": 0, "result": {"company": 3}})),
        Some("common.db.logout") => Reply::json(200, &json!({"id": 0, "result": null})),
        _ => answer.clone(),
    })
    .await
}

async fn failure(server: &Server) -> PushError {
    let to = Endpoint::Tryton { url: server.url(), database: "crm".into(), user: "ana".into() };
    push(&to, Some(&Secret::new("hunter2hunter2")), &estimate_parcel()).await.expect_err("it is not taken")
}

#[tokio::test]
async fn what_tryton_refuses_is_told_from_what_may_pass() {
    let check = async |error: Value, verdict: Verdict, said: &str| {
        let server = tryton(Reply::json(200, &json!({"id": 0, "error": error}))).await;
        let failed = failure(&server).await;
        assert_eq!(failed.verdict(), verdict, "{failed}");
        assert!(failed.to_string().contains(said), "{failed}");
    };
    let again = Verdict::Again { asked: None, counts: true };
    check(json!(["UserError", ["The value is not in the domain", "", null]]), Verdict::Dead, "not in the domain").await;
    check(json!(["UserWarning", ["name", "Are you sure?", ""]]), Verdict::Dead, "it asks a person: Are you sure?")
        .await;
    check(json!(["ConcurrencyException", "stale"]), again, "somebody else").await;
    check(json!(["LoginException", ["otp", "Code", "char"]]), Verdict::Person, "Code").await;
    check(json!(["'sale.opportunity'", "Traceback ..."]), Verdict::Dead, "'sale.opportunity'").await;
    check(json!([]), again, "says nothing").await;
    check(json!("no"), again, "says nothing").await;
}

#[tokio::test]
async fn something_else_in_its_place_is_not_believed() {
    let again = Verdict::Again { asked: None, counts: true };
    for body in ["{}", "[]", "null", "17", "<html>Sign in</html>", "", r#"{"result": 5}"#, r#"{"result": {"a": 1}}"#] {
        let failed = failure(&tryton(Reply::new(200, body)).await).await;
        assert_eq!(failed.verdict(), again, "{body}: {failed}");
    }
    let anything = answering(|_| Reply::json(200, &json!({"id": 0, "result": []}))).await;
    assert!(failure(&anything).await.to_string().contains("none of Tryton's"));
}

#[tokio::test]
async fn a_session_that_ended_waits_for_nobody_but_is_said() {
    let failed = failure(&tryton(Reply::new(401, "")).await).await;
    assert_eq!(failed.verdict(), Verdict::Person);
}

#[tokio::test]
async fn a_user_without_a_company_is_told_what_to_do() {
    let server = answering(|seen: &Seen| match seen.json()["method"].as_str() {
        Some("common.db.login") => Reply::json(200, &json!({"id": 0, "result": [1, "session-token", null]})),
        _ => Reply::json(200, &json!({"id": 0, "result": {}})),
    });
    let failed = failure(&server.await).await;
    assert_eq!(failed.verdict(), Verdict::Person);
    assert!(failed.to_string().contains("the user ana works in no company there"), "{failed}");
}

#[tokio::test]
async fn neither_password_nor_session_is_repeated() {
    let server = answering(|seen: &Seen| match seen.json()["method"].as_str() {
        Some("common.db.login") => Reply::json(200, &json!({"id": 0, "result": [1, "session-token", null]})),
        Some("model.res.user.get_preferences") => Reply::json(200, &json!({"id": 0, "result": {"company": 3}})),
        _ => Reply::new(400, format!("session-token hunter2hunter2 {:?}", seen.headers)),
    });
    let server = server.await;
    let failed = failure(&server).await;
    let session = server.seen()[1].headers["authorization"].clone();
    let said = format!("{failed} {failed:?}");
    assert!(said.contains("•••"), "{said}");
    let key = session.strip_prefix("Session ").expect("a session");
    for secret in ["session-token", "hunter2", key] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}
