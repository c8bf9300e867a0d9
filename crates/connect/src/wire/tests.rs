//! Servers that hang, drip, flood, lie and send elsewhere.

use std::time::Instant;

use reqwest::Method;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{interval, sleep};

use super::*;
use crate::failure::Verdict;
use crate::test_server::{Reply, answering, misbehaving, nobody};

const PATIENT: Limits = Limits {
    connect: Duration::from_secs(5),
    whole: Duration::from_secs(20),
    all: Duration::from_secs(60),
    read: 64 * 1024,
};
const SHORT: Limits = Limits { whole: Duration::from_millis(400), ..PATIENT };

async fn sent(url: &str, limits: Limits) -> Result<Answer, PushError> {
    let address = Address::parse(url).expect("address");
    let call = Call::new(Method::POST, address.url().clone()).text("application/json", "{\"n\":1}".to_owned());
    Wire::to(&address, limits)?.succeed(&call).await
}

async fn failure(url: &str, limits: Limits) -> PushError {
    match sent(url, limits).await {
        Ok(answer) => panic!("taken with {}", answer.status),
        Err(error) => error,
    }
}

/// What comes of it for who needs the body as well.
async fn body_failure(url: &str, limits: Limits) -> PushError {
    let wire = Wire::to(&Address::parse(url).expect("address"), limits).expect("wire");
    match sent(url, limits).await.and_then(|answer| wire.json(&answer)) {
        Ok(json) => panic!("understood as {json}"),
        Err(error) => error,
    }
}

async fn write_all(mut stream: TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
}

#[tokio::test]
async fn nobody_there_is_told_from_no_answer() {
    let error = failure(&nobody().await, SHORT).await;
    assert!(matches!(error, PushError::Unreachable { .. }), "{error}");
    assert_eq!(error.verdict(), Verdict::Again { asked: None, counts: false });

    let silent = misbehaving(|stream| async move {
        sleep(Duration::from_secs(60)).await;
        drop(stream);
    });
    let error = failure(&silent.await, SHORT).await;
    assert!(matches!(error, PushError::TimedOut { .. }), "{error}");
    assert_eq!(error.verdict(), Verdict::Again { asked: None, counts: true });
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_unreachable() {
    let error = failure("https://no-such-host.invalid/", PATIENT).await;
    assert!(matches!(error, PushError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn a_server_that_cannot_prove_who_it_is_gets_nothing() {
    let plain = answering(|_| Reply::new(200, "{}")).await;
    let error = failure(&plain.url().replace("http://", "https://"), PATIENT).await;
    assert!(matches!(error, PushError::Unreachable { .. }), "{error:?}");
    assert!(plain.seen().is_empty());
}

#[tokio::test]
async fn a_slow_drip_ends_with_the_whole_time() {
    let drip = misbehaving(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        let mut beat = interval(Duration::from_millis(20));
        while stream.write_all(b" ").await.is_ok() {
            beat.tick().await;
        }
    });
    let begun = Instant::now();
    let error = body_failure(&drip.await, SHORT).await;
    assert!(matches!(error, PushError::TimedOut { .. }), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn many_slow_answers_end_with_the_time_of_all() {
    let slow = misbehaving(|stream| async move {
        sleep(Duration::from_millis(100)).await;
        write_all(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
    });
    let address = Address::parse(&slow.await).expect("address");
    let limits = Limits { all: Duration::from_millis(450), ..PATIENT };
    let wire = Wire::to(&address, limits).expect("wire");
    let (mut answers, begun) = (0, Instant::now());
    let error = loop {
        match wire.send(&Call::new(Method::GET, address.url().clone())).await {
            Ok(answer) if answer.end == End::Whole => answers += 1,
            Ok(answer) => break wire.json(&answer).expect_err("no whole body"),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, PushError::TimedOut { .. }), "{error:?}");
    assert!((1..=4).contains(&answers) && begun.elapsed() < Duration::from_secs(10), "{answers}");
}

#[tokio::test]
async fn of_an_endless_body_only_the_beginning_is_read() {
    let flood = misbehaving(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&[b'x'; 16 * 1024]).await.is_ok() {}
    });
    let answer = sent(&flood.await, PATIENT).await.expect("its head is fine");
    assert_eq!(answer.end, End::Cut);
    assert_eq!(answer.body.len(), PATIENT.read);
}

#[tokio::test]
async fn endless_headers_end() {
    let flood = misbehaving(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
        while stream.write_all(b"X-Y: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\r\n").await.is_ok() {}
    });
    let error = failure(&flood.await, PATIENT).await;
    assert!(matches!(error, PushError::Unclear { .. }), "{error}");
}

#[tokio::test]
async fn what_breaks_off_or_is_no_http_may_have_arrived() {
    let check = async |bytes: &'static [u8]| {
        let url = misbehaving(move |stream| write_all(stream, bytes)).await;
        let error = body_failure(&url, PATIENT).await;
        assert!(matches!(error, PushError::Unclear { .. }), "{error:?}");
    };
    check(b"").await;
    check(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\"").await;
    check(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").await;
    check(b"220 mail.example.com ESMTP\r\n").await;
    check(b"\0\0\0\0").await;
}

#[tokio::test]
async fn a_head_that_says_taken_or_refused_counts_without_its_body() {
    let url = misbehaving(|stream| write_all(stream, b"HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\nth")).await;
    assert!(sent(&url, PATIENT).await.is_ok());
    let url = misbehaving(|stream| write_all(stream, b"HTTP/1.1 422 No\r\nContent-Length: 100\r\n\r\nbad field")).await;
    let error = failure(&url, PATIENT).await;
    assert!(error.verdict() == Verdict::Dead && error.to_string().contains("bad field"), "{error}");
}

#[tokio::test]
async fn nothing_is_carried_to_another_place() {
    let elsewhere = answering(|_| Reply::new(200, "{}")).await;
    let target = format!("{}/stolen?token=abcdef", elsewhere.url());
    for status in [301, 302, 303, 307, 308] {
        let target = target.clone();
        let here = answering(move |_| Reply::new(status, "").header("location", target.clone())).await;
        let error = failure(&here.url(), PATIENT).await;
        assert!(matches!(error, PushError::Misconnected { .. }), "{status}: {error}");
        assert!(error.to_string().contains("127.0.0.1") && !error.to_string().contains("abcdef"), "{error}");
        assert_eq!(error.verdict(), Verdict::Person);
    }
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn only_a_redirect_that_repeats_the_request_at_home_is_followed() {
    let moved = answering(|seen| match seen.path.as_str() {
        "/" => Reply::new(308, "").header("location", "/now"),
        _ => Reply::new(200, "{}"),
    });
    let moved = moved.await;
    assert!(sent(&moved.url(), PATIENT).await.is_ok());
    let seen = moved.seen();
    assert_eq!((seen[1].method.as_str(), seen[1].path.as_str(), seen[1].body.as_str()), ("POST", "/now", "{\"n\":1}"));

    let becomes_get = answering(|_| Reply::new(302, "").header("location", "/now")).await;
    assert!(sent(&becomes_get.url(), PATIENT).await.is_err());
    assert_eq!(becomes_get.seen().len(), 1);

    let circle = answering(|_| Reply::new(307, "").header("location", "/")).await;
    assert!(sent(&circle.url(), PATIENT).await.is_err());
    assert!(circle.seen().len() <= 1 + REDIRECTS);
}

#[tokio::test]
async fn a_refusal_is_told_from_a_moment_and_from_a_closed_door() {
    let check = async |status: u16, expected: Verdict| {
        let url = answering(move |_| Reply::new(status, "why not")).await.url();
        let error = failure(&url, PATIENT).await;
        assert_eq!(error.verdict(), expected, "{status} {error}");
        assert!(error.to_string().contains("why not"), "{status} {error}");
    };
    for status in [400, 404, 405, 409, 410, 413, 422, 501, 505, 506] {
        check(status, Verdict::Dead).await;
    }
    for status in [401, 403, 407] {
        check(status, Verdict::Person).await;
    }
    for status in [408, 425, 429, 500, 502, 503, 504, 507, 599] {
        check(status, Verdict::Again { asked: None, counts: true }).await;
    }
}

#[tokio::test]
async fn the_time_a_server_asks_for_is_read_and_bounded() {
    let now: Timestamp = "1994-11-06T08:49:37Z".parse().expect("time");
    let check = async |text: &'static str, seconds: Option<u64>| {
        let url = answering(move |_| Reply::new(503, "").header("retry-after", text)).await.url();
        let address = Address::parse(&url).expect("address");
        let wire = Wire::to(&address, PATIENT).expect("wire");
        let answer = wire.send(&Call::new(Method::POST, address.url().clone())).await.expect("answer");
        assert_eq!(answer.retry_after(now), seconds.map(Duration::from_secs), "{text}");
    };
    check("120", Some(120)).await;
    check("0", Some(0)).await;
    check("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)).await;
    check("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)).await;
    check("99999999999999999999999", Some(YEAR.as_secs())).await;
    check("Mon, 31 Dec 2998 23:59:59 GMT", Some(YEAR.as_secs())).await;
    check("-5", None).await;
    check("soon", None).await;
    check("", None).await;
}

#[tokio::test]
async fn what_a_server_says_is_short_and_clean() {
    let url = answering(|_| Reply::new(422, format!("bad\u{7}\r\n\tfield {}", "é".repeat(5000)))).await.url();
    let said = failure(&url, PATIENT).await.to_string();
    assert!(said.contains("HTTP 422, bad field éé") && said.chars().count() < 500, "{said}");
    assert!(!said.chars().any(char::is_control));

    let url = answering(|_| Reply::new(502, "<html><body>Bad gateway</body></html>")).await.url();
    assert!(failure(&url, PATIENT).await.to_string().ends_with("HTTP 502): a web page"));
}

#[tokio::test]
async fn a_secret_that_is_echoed_is_blanked() {
    let url = answering(|_| Reply::new(422, r#"{"sent": "Bearer tok-123456", "again": "tok-123456"}"#)).await.url();
    let address = Address::parse(&url).expect("address");
    let mut wire = Wire::to(&address, PATIENT).expect("wire");
    wire.hide(&Secret::new("tok-123456"));
    let call = Call::new(Method::POST, address.url().clone()).header("Authorization", "Bearer tok-123456");
    let Err(error) = wire.succeed(&call).await else { panic!("taken") };
    assert!(!format!("{error} {error:?}").contains("tok-123456"), "{error:?}");
    assert!(error.to_string().contains("Bearer •••"));
}

#[tokio::test]
async fn answers_are_json_whatever_they_call_themselves_or_nothing() {
    let check = async |reply: Reply, fine: bool| {
        let url = answering(move |_| reply.clone()).await.url();
        let address = Address::parse(&url).expect("address");
        let wire = Wire::to(&address, PATIENT).expect("wire");
        let answer = wire.send(&Call::new(Method::GET, address.url().clone())).await.expect("answer");
        assert_eq!(wire.json(&answer).is_ok(), fine);
    };
    check(Reply::new(200, "{}").header("content-type", "text/html"), true).await;
    check(Reply::new(200, "<html>Sign in</html>").header("content-type", "application/json"), false).await;
    check(Reply::new(200, ""), false).await;
    check(Reply::new(200, "{\"a\": "), false).await;
    check(Reply::new(200, format!("\"{}\"", "x".repeat(70_000))), false).await;
    check(Reply::new(200, "[".repeat(60_000)), false).await;
}

#[test]
fn a_header_cannot_be_broken_out_of() {
    let url = "http://127.0.0.1/".parse().expect("url");
    let call = Call::new(Method::POST, url).header("Idempotency-Key", "a\r\nX-Evil: 1");
    let said = call.header_map().expect_err("no header").to_string();
    assert!(said.contains("Idempotency-Key"), "{said}");
}
