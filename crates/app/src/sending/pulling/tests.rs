//! Against a server on this machine that answers as HubSpot's search of deals does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use serde_json::json;
use signwright_domain::connection::{Connection, Endpoint, ParcelKind};

use super::*;
use crate::import::{ImportRef, show_import};
use crate::models::tests::history::Shop;
use crate::quotes::{ApproveQuote, approve_quote, send_quote};
use crate::sending::{SaveConnection, save_connection};

/// Answers one search after the other with these deals, then with none, and hands over what was asked.
fn hubspot(answers: Vec<Value>) -> (String, Receiver<Value>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, asked) = channel();
    let mut answers = answers.into_iter();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a stream");
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).expect("a line") > 0 {}
            let length =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            reader.read_exact(&mut body).expect("a body");
            let answer = json!({ "results": answers.next().unwrap_or_else(|| json!([])) }).to_string();
            let length = answer.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            stream.write_all(format!("{head}{answer}").as_bytes()).expect("answered");
            if sender.send(serde_json::from_slice(&body).unwrap_or_default()).is_err() {
                return;
            }
        }
    });
    (format!("http://{address}"), asked)
}

fn deal(id: &str, at: &str, closed: bool, won: bool) -> Value {
    json!({ "id": id, "properties": {
        "dealname": format!("Deal {id}"), "amount": "5200.00", "dealstage": "x", "closedate": "2026-11-03T00:00:00Z",
        "hs_is_closed": closed.to_string(), "hs_is_closed_won": won.to_string(), "hs_lastmodifieddate": at,
        "closed_lost_reason": if closed && !won { json!("Price") } else { json!(null) },
    }})
}

fn connect(shop: &Shop, url: String) -> i64 {
    let endpoint = Endpoint::Hubspot { url, pipeline: None, stage: None };
    let connection = Connection { id: 0, name: "crm".into(), endpoint, sends: vec![ParcelKind::Quote], enabled: true };
    let input = SaveConnection { connection, secret: Some("a token".into()), take_waiting: false };
    save_connection(&shop.action(), input).expect("connected").connection.id
}

/// A quote that was sent, and that the system calls by this id.
fn known_quote(shop: &Shop, connection: i64, deal: &str) -> Quote {
    let action = shop.action();
    let id = shop.quote().id;
    approve_quote(&action, ApproveQuote { id, approval: None }).expect("approved");
    let quote = send_quote(&action, QuoteRef { id }).expect("sent");
    let known = [("deal".to_owned(), deal.to_owned())].into();
    let keep = |db: &signwright_store::Db<'_>| {
        connections::set_known(db, connection, &format!("quote {}", quote.number), &known, action.now)
    };
    action.shop().write(keep).expect("known");
    quote
}

fn ask(shop: &Shop) -> Result<BroughtBack, CallError> {
    let input = PullConnection { connection: "crm".to_owned(), since: None };
    bring_back(&shop.action(), &Task::silent(), &input)
}

fn status(shop: &Shop, quote: &Quote) -> QuoteStatus {
    let found = quotes::get(&shop.action().shop().read(), quote.id).expect("read");
    found.expect("a quote").status
}

#[test]
fn quotes_are_decided_and_other_deals_come_in_as_an_import_once() {
    let shop = Shop::new();
    shop.train();
    let first = json!([
        deal("501", "2026-11-01T10:00:00Z", true, true),
        deal("502", "2026-11-01T11:00:00Z", true, false),
        deal("777", "2026-11-01T12:00:00Z", true, true),
    ]);
    // The last minutes are asked for again, and one of them has changed since.
    let second =
        json!([deal("777", "2026-11-01T12:00:00Z", true, true), deal("778", "2026-11-01T12:05:00Z", false, false),]);
    let (url, asked) = hubspot(vec![first, second]);
    let id = connect(&shop, url);
    let (won, lost) = (known_quote(&shop, id, "501"), known_quote(&shop, id, "502"));
    let back = ask(&shop).expect("brought back");
    assert_eq!(back.decided, [format!("{} won", won.number), format!("{} lost", lost.number)]);
    assert_eq!((status(&shop, &won), status(&shop, &lost)), (QuoteStatus::Won, QuoteStatus::Lost));
    let imported = back.imported.expect("one more deal");
    assert_eq!((imported.counts.created, imported.counts.rejected), (1, 0), "{imported:?}");
    let import = imported.files[0].import_id.expect("kept as an import");
    let records = show_import(&shop.action(), ImportRef { id: import }).expect("the import").records;
    assert_eq!(records.len(), 1);
    assert_eq!(
        (records[0].key.as_str(), records[0].text("title"), records[0].text("outcome")),
        ("777", Some("Deal 777"), Some("won"))
    );

    let again = ask(&shop).expect("brought back");
    assert_eq!((again.changed, again.decided.len()), (1, 0), "{again:?}");
    let asked: Vec<Value> = asked.try_iter().collect();
    let from = |at: usize| asked[at]["filterGroups"][0]["filters"][0]["value"].as_str().expect("a time").to_owned();
    let expected: Timestamp = "2026-11-01T11:50:00Z".parse().expect("moment");
    assert_eq!(from(1), expected.as_millisecond().to_string());
}

#[test]
fn a_quote_that_was_decided_otherwise_here_is_told_and_left() {
    let shop = Shop::new();
    shop.train();
    let (url, _asked) = hubspot(vec![json!([deal("501", "2026-11-01T10:00:00Z", true, true)])]);
    let id = connect(&shop, url);
    let quote = known_quote(&shop, id, "501");
    let lost = MarkQuoteLost { id: quote.id, reason: "Price".to_owned(), competitor_price: None };
    mark_quote_lost(&shop.action(), lost).expect("lost");
    let back = ask(&shop).expect("brought back");
    assert_eq!((back.decided.len(), back.disagree.len()), (0, 1), "{back:?}");
    assert!(back.disagree[0].contains("is won in crm"), "{back:?}");
    assert_eq!(status(&shop, &quote), QuoteStatus::Lost);
}

#[test]
fn what_cannot_be_asked_says_why_and_what_fails_is_asked_again() {
    let shop = Shop::new();
    let check = |code: Code, input: &str| {
        let input = PullConnection { connection: input.to_owned(), since: None };
        assert_eq!(bring_back(&shop.action(), &Task::silent(), &input).expect_err("refused").code, code);
    };
    check(Code::NotFound, "crm");
    let (url, _asked) = hubspot(vec![json!("no deals"), json!([deal("9", "2026-11-01T10:00:00Z", false, false)])]);
    connect(&shop, url);
    assert!(ask(&shop).is_err(), "an answer that is none");
    assert_eq!(ask(&shop).expect("brought back").changed, 1);
    let endpoint = Endpoint::Webhook { url: "http://127.0.0.1:9/in".to_owned(), template: None };
    let connection = Connection { id: 0, name: "hook".into(), endpoint, sends: vec![ParcelKind::Quote], enabled: true };
    save_connection(&shop.action(), SaveConnection { connection, secret: None, take_waiting: false })
        .expect("connected");
    check(Code::Conflict, "hook");
}
