//! Delivery to a server on this machine that answers as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use signwright_domain::Task;
use signwright_domain::alert::{AlertRule, Condition, QuietHours, Side};
use signwright_domain::anomaly::AnomalySeverity;
use signwright_domain::connection::{Connection, Endpoint, ParcelKind};

use super::*;
use crate::alerts::{alert_channels, check_alerts, save_alert_channels, save_alert_rule};
use crate::commands::Nothing;
use crate::models::tests::history::Shop;
use crate::quotes::{ApproveQuote, QuoteRef, approve_quote, revise_quote, send_quote};
use crate::{Code, series};

/// A request as it came in: its head and its body.
struct Request {
    head: String,
    body: serde_json::Value,
}

/// Answers one request after the other with these statuses, then with 200.
fn server(statuses: &'static [&'static str]) -> (SocketAddr, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, requests) = channel();
    let mut statuses = statuses.iter().copied();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Some(request) = answered(stream.expect("a stream"), statuses.next().unwrap_or("200 OK")) else {
                continue;
            };
            if sender.send(request).is_err() {
                return;
            }
        }
    });
    (address, requests)
}

fn answered(mut stream: TcpStream, status: &str) -> Option<Request> {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).expect("a line") == 0 {
            return None;
        }
    }
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("a body");
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 12\r\nConnection: close\r\n\r\nno such sign");
    stream.write_all(answer.as_bytes()).expect("answered");
    Some(Request { head, body: serde_json::from_slice(&body).unwrap_or_default() })
}

fn webhook(address: SocketAddr, sends: &[ParcelKind]) -> Connection {
    let endpoint = Endpoint::Webhook { url: format!("http://{address}/in"), template: None };
    Connection { id: 0, name: "office".to_owned(), endpoint, sends: sends.to_vec(), enabled: true }
}

fn connect(shop: &Shop, connection: Connection, secret: Option<&str>) -> ConnectionStanding {
    let secret = secret.map(str::to_owned);
    save_connection(&shop.action(), SaveConnection { connection, secret, take_waiting: true }).expect("connected")
}

/// A quote that was sent.
fn sent_quote(shop: &Shop) -> i64 {
    shop.train();
    let id = shop.quote().id;
    approve_quote(&shop.action(), ApproveQuote { id, approval: None }).expect("approved");
    send_quote(&shop.action(), QuoteRef { id }).expect("sent");
    id
}

fn push(shop: &Shop) -> Pushed {
    deliver(&shop.action(), &Task::silent(), &PushOutbox::default()).expect("delivered")
}

/// Naming the connection, as a person does who does not want to wait.
fn push_now(shop: &Shop) -> Pushed {
    let connection = Some("office".to_owned());
    deliver(&shop.action(), &Task::silent(), &PushOutbox { connection }).expect("delivered")
}

fn messages(shop: &Shop) -> Vec<Message> {
    list_outbox(&shop.action(), MessageQuery::default()).expect("messages")
}

#[test]
fn a_quote_waits_for_a_connection_and_goes_out_once_signed() {
    let shop = Shop::new();
    sent_quote(&shop);
    assert_eq!(push(&shop), Pushed { waiting: 1, ..Pushed::default() });
    let (address, requests) = server(&[]);
    let secret = "a key that nobody may see";
    let standing = connect(&shop, webhook(address, &[ParcelKind::Quote]), Some(secret));
    assert!(standing.has_secret && standing.waiting == 1, "{standing:?}");
    let shown = show_message(&shop.action(), MessageRef { id: messages(&shop)[0].id }).expect("shown");
    let pushed = push(&shop);
    assert_eq!((pushed.sent.len(), pushed.waiting), (1, 0), "{pushed:?}");
    let request = requests.try_recv().expect("a request");
    let head = request.head.to_ascii_lowercase();
    assert!(head.starts_with("post /in ") && head.contains("idempotency-key: quote:q-"), "{head}");
    assert!(head.contains("x-signwright-signature: t="), "{head}");
    let seen: serde_json::Value = serde_json::from_str(&shown.outgoing[0].body).expect("json");
    assert_eq!(seen, request.body, "what was shown is what was sent");
    assert!(!request.body.to_string().contains("unit_cost"), "{}", request.body);
    assert_eq!(push(&shop), Pushed::default());
    assert!(requests.try_recv().is_err(), "once");
    assert_eq!(messages(&shop)[0].state, OutboxState::Sent);
    let file = std::fs::read(shop.action().shop_path()).expect("the shop file");
    assert!(!file.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()), "the secret is in the shop");
}

#[test]
fn what_does_not_get_through_is_tried_again_and_what_is_refused_is_repaired() {
    let shop = Shop::new();
    let (address, requests) = server(&["503 Service Unavailable", "422 Unprocessable Entity"]);
    connect(&shop, webhook(address, &[ParcelKind::Quote]), None);
    sent_quote(&shop);
    let pushed = push_now(&shop);
    assert_eq!((pushed.sent.len(), pushed.failed.len(), pushed.waiting), (0, 1, 1), "{pushed:?}");
    let waits = &messages(&shop)[0];
    assert_eq!((waits.state, waits.attempts), (OutboxState::Waiting, 1), "{waits:?}");
    let id = waits.id;
    retry_message(&shop.action(), MessageRef { id }).expect("at once");
    assert_eq!(push_now(&shop).failed.len(), 1);
    let dead = &messages(&shop)[0];
    assert_eq!(dead.state, OutboxState::Dead);
    assert!(dead.last_error.as_deref().expect("a reason").contains("no such sign"), "{dead:?}");
    assert_eq!(push_now(&shop), Pushed::default(), "given up");
    let payload = serde_json::json!({ "quotes": [{ "number": "Q-1" }] });
    repair_message(&shop.action(), RepairMessage { id, payload: payload.clone() }).expect("repaired");
    assert_eq!(push_now(&shop).sent.len(), 1);
    assert_eq!(requests.iter().take(3).last().expect("three").body, payload);
    assert_eq!(retry_message(&shop.action(), MessageRef { id }).expect_err("sent").code, Code::Conflict);
}

#[test]
fn a_connection_that_is_not_let_in_waits_for_a_person_and_loses_nothing() {
    let shop = Shop::new();
    let (address, _requests) = server(&["401 Unauthorized"]);
    let connection = connect(&shop, webhook(address, &[ParcelKind::Quote]), Some("wrong wrong")).connection;
    sent_quote(&shop);
    assert_eq!(push(&shop).failed.len(), 1);
    let standing = || list_connections(&shop.action(), Nothing {}).expect("connections").remove(0);
    assert!(standing().held.is_some());
    let resting = push(&shop);
    assert_eq!((resting.resting.len(), resting.waiting), (1, 1), "{resting:?}");
    assert_eq!(messages(&shop)[0].attempts, 0, "the message is not to blame");
    connect(&shop, connection, Some("right right right"));
    assert_eq!((standing().held, push(&shop).sent.len()), (None, 1));
}

#[test]
fn days_offline_make_no_dead_letters() {
    let shop = Shop::new();
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    connect(&shop, webhook(nobody, &[ParcelKind::Quote]), None);
    sent_quote(&shop);
    let id = messages(&shop)[0].id;
    for _ in 0..20 {
        assert_eq!(push_now(&shop).failed.len(), 1);
        // Its time has come again.
        shop.action().shop().write(|db| signwright_store::outbox::retry(db, id, shop.action().now)).expect("due");
    }
    assert_eq!((messages(&shop)[0].state, messages(&shop)[0].attempts), (OutboxState::Waiting, 0));
}

#[test]
fn a_system_that_fails_again_and_again_is_left_alone() {
    let shop = Shop::new();
    let (address, requests) = server(&["500 Oh"; 30]);
    connect(&shop, webhook(address, &[ParcelKind::Quote]), None);
    sent_quote(&shop);
    let id = messages(&shop)[0].id;
    for _ in 0..10 {
        push(&shop);
        shop.action().shop().write(|db| signwright_store::outbox::retry(db, id, shop.action().now)).expect("due");
    }
    assert_eq!(requests.try_iter().count(), 5);
    assert_eq!(push(&shop).resting.len(), 1);
    let standing = list_connections(&shop.action(), Nothing {}).expect("connections").remove(0);
    assert!(matches!(standing.breaker, Breaker::Open { .. }), "{standing:?}");
    let (answers, _requests) = server(&[]);
    let Endpoint::Webhook { template, .. } = standing.connection.endpoint.clone() else { panic!("a webhook") };
    let moved = Connection {
        endpoint: Endpoint::Webhook { url: format!("http://{answers}/in"), template },
        ..standing.connection
    };
    connect(&shop, moved, None);
    assert_eq!(push(&shop).sent.len(), 1, "one that was changed is tried at once");
}

#[test]
fn without_a_place_for_its_secret_nothing_is_connected() {
    let shop = Shop::new();
    // A folder cannot be made where a file is.
    let crate::SecretsIn::Folder(folder) = shop.action().options().secrets.clone() else { panic!("a folder") };
    std::fs::write(&folder, "in the way").expect("a file");
    let connection = webhook("127.0.0.1:9".parse().expect("an address"), &[ParcelKind::Quote]);
    let input = SaveConnection { connection, secret: Some("key".to_owned()), take_waiting: false };
    save_connection(&shop.action(), input).expect_err("nowhere to keep it");
    assert_eq!(list_connections(&shop.action(), Nothing {}).expect("connections").len(), 0);
}

#[test]
fn a_quote_that_is_revised_is_not_sent_as_it_was() {
    let shop = Shop::new();
    let (address, requests) = server(&[]);
    connect(&shop, webhook(address, &[ParcelKind::Quote]), None);
    let id = sent_quote(&shop);
    revise_quote(&shop.action(), QuoteRef { id }).expect("revised");
    assert_eq!(push(&shop), Pushed::default());
    let withdrawn = &messages(&shop)[0];
    assert_eq!(withdrawn.state, OutboxState::Withdrawn);
    assert_eq!(retry_message(&shop.action(), MessageRef { id: withdrawn.id }).expect_err("no").code, Code::Conflict);
    approve_quote(&shop.action(), ApproveQuote { id, approval: None }).expect("approved");
    send_quote(&shop.action(), QuoteRef { id }).expect("sent");
    assert_eq!(push(&shop).sent.len(), 1);
    assert!(requests.try_recv().expect("one").head.to_ascii_lowercase().contains(":v2\r\n"));
}

#[test]
fn an_alert_is_sent_where_alerts_are_taken_and_waits_for_the_end_of_quiet_hours() {
    let shop = Shop::new();
    let (address, requests) = server(&[]);
    connect(&shop, webhook(address, &[ParcelKind::Alert]), None);
    let usual =
        series::find(&shop.action(), "cost_per_square_foot").expect("a series").points.last().expect("a point").y;
    let rule = |title: &str, severity| AlertRule {
        id: 0,
        title: title.to_owned(),
        severity,
        any: false,
        conditions: vec![Condition::Series {
            name: "cost_per_square_foot".to_owned(),
            side: Side::Above,
            threshold: usual / 2.0,
            periods: 1,
        }],
        enabled: true,
        escalate_after: None,
    };
    let always = QuietHours {
        from: jiff::civil::time(0, 0, 0, 0),
        until: jiff::civil::time(23, 59, 59, 0),
        weekends: true,
        except_high: true,
    };
    let channels = alert_channels(&shop.action(), Nothing {}).expect("channels").channels;
    let quiet = signwright_domain::alert::AlertChannels { quiet: Some(always), ..channels };
    save_alert_channels(&shop.action(), quiet).expect("quiet");
    save_alert_rule(&shop.action(), rule("dear", AnomalySeverity::Medium)).expect("kept");
    save_alert_rule(&shop.action(), rule("far too dear", AnomalySeverity::High)).expect("kept");
    assert_eq!(check_alerts(&shop.action(), Nothing {}).expect("asked").fired.len(), 2);
    let pushed = push(&shop);
    assert_eq!((pushed.sent.len(), pushed.waiting), (1, 1), "{pushed:?}");
    let alert = requests.try_recv().expect("a request").body;
    assert_eq!(
        (alert["alert"]["title"].as_str(), alert["alert"]["what"].as_str()),
        (Some("far too dear"), Some("fired"))
    );
    let waits = messages(&shop).into_iter().find(|one| one.state == OutboxState::Waiting).expect("one waits");
    assert!(waits.next_at > shop.action().now, "{waits:?}");
}

#[test]
fn an_estimate_goes_where_estimates_are_taken_and_only_once() {
    let shop = Shop::new();
    sent_quote(&shop);
    let estimate = crate::estimates::EstimateRef { id: 1 };
    assert_eq!(send_estimate(&shop.action(), estimate).expect_err("nothing takes it").code, Code::Conflict);
    let (address, requests) = server(&[]);
    connect(&shop, webhook(address, &[ParcelKind::Estimate]), None);
    assert_eq!(send_estimate(&shop.action(), estimate).expect("in the outbox").len(), 1);
    assert_eq!(push(&shop).sent.len(), 1);
    let body = requests.try_recv().expect("a request").body;
    assert_eq!((body["estimate"]["id"].as_i64(), body["estimate"]["level"].as_i64()), (Some(1), Some(90)), "{body}");
    let number = |name: &str| body["estimate"][name].as_str().expect("an amount").parse::<f64>().expect("a number");
    assert!(number("low") < number("total") && number("total") < number("high"), "{body}");
    send_estimate(&shop.action(), estimate).expect("it is there");
    assert_eq!(push(&shop).sent.len(), 0);
}

/// A server that calls back before it answers.
fn interrupting(mut meanwhile: impl FnMut() + Send + 'static) -> (SocketAddr, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, requests) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            meanwhile();
            let Some(request) = answered(stream.expect("a stream"), "200 OK") else { continue };
            if sender.send(request).is_err() {
                return;
            }
        }
    });
    (address, requests)
}

#[test]
fn what_people_do_while_something_is_on_its_way_holds_at_once() {
    let shop = Shop::new();
    sent_quote(&shop);
    let action = shop.action();
    let (address, requests) = interrupting(move || {
        for message in list_outbox(&action, MessageQuery::default()).expect("messages") {
            // Both at the first request: the one that is on its way has gone, the other never goes.
            let _ = discard_message(&action, MessageRef { id: message.id });
        }
    });
    connect(&shop, webhook(address, &[ParcelKind::Quote, ParcelKind::Estimate]), None);
    send_estimate(&shop.action(), crate::estimates::EstimateRef { id: 1 }).expect("in the outbox");
    assert_eq!(push(&shop).sent.len(), 1);
    assert_eq!(requests.try_iter().count(), 1);
    let states: Vec<OutboxState> = messages(&shop).iter().map(|one| one.state).collect();
    assert_eq!(states, [OutboxState::Withdrawn, OutboxState::Sent]);
    send_estimate(&shop.action(), crate::estimates::EstimateRef { id: 1 }).expect("it waits again");
    assert_eq!(messages(&shop)[0].state, OutboxState::Waiting);
}

#[test]
fn a_connection_that_is_removed_while_it_sends_sends_no_more() {
    let shop = Shop::new();
    sent_quote(&shop);
    let action = shop.action();
    let (address, requests) = interrupting(move || {
        let all = list_connections(&action, Nothing {}).expect("connections");
        let Some(one) = all.first() else { return };
        remove_connection(&action, ConnectionRef { id: one.connection.id }).expect("removed");
    });
    connect(&shop, webhook(address, &[ParcelKind::Quote, ParcelKind::Estimate]), Some("a key of some length"));
    send_estimate(&shop.action(), crate::estimates::EstimateRef { id: 1 }).expect("in the outbox");
    assert_eq!(push(&shop).sent.len(), 1);
    assert_eq!(requests.try_iter().count(), 1);
    assert_eq!(messages(&shop)[0].state, OutboxState::Withdrawn);
}

#[test]
fn nothing_goes_out_unsigned_that_is_to_be_signed() {
    let shop = Shop::new();
    let (address, requests) = server(&[]);
    let standing = connect(&shop, webhook(address, &[ParcelKind::Quote]), Some("a key of some length"));
    sent_quote(&shop);
    let crate::SecretsIn::Folder(folder) = shop.action().options().secrets.clone() else { panic!("a folder") };
    std::fs::remove_dir_all(folder).expect("as on another computer");
    let pushed = push(&shop);
    assert_eq!((pushed.sent.len(), pushed.resting.len(), pushed.waiting), (0, 1, 1), "{pushed:?}");
    assert!(requests.try_recv().is_err(), "nothing went out");
    let moved = Connection {
        endpoint: Endpoint::Webhook { url: "https://elsewhere.example.com/in".to_owned(), template: None },
        ..standing.connection.clone()
    };
    let input = SaveConnection { connection: moved, secret: None, take_waiting: false };
    let refused = save_connection(&shop.action(), input).expect_err("the secret of another");
    assert_eq!(refused.code, Code::InvalidInput, "{refused}");
    connect(&shop, standing.connection, Some("a key of some length"));
    assert_eq!(push(&shop).sent.len(), 1);
}

#[test]
fn what_was_sent_while_a_connection_was_off_goes_out_when_it_is_on() {
    let shop = Shop::new();
    let (address, _requests) = server(&[]);
    let connection = connect(&shop, webhook(address, &[ParcelKind::Quote]), None).connection;
    let switch = |enabled| connect(&shop, Connection { enabled, ..connection.clone() }, None);
    switch(false);
    sent_quote(&shop);
    assert_eq!(push(&shop), Pushed { waiting: 1, ..Pushed::default() });
    switch(true);
    assert_eq!(push(&shop).sent.len(), 1);
}

#[test]
fn an_older_quote_never_goes_out_after_a_newer_one() {
    let shop = Shop::new();
    let (address, _requests) = server(&["422 Unprocessable Entity"]);
    connect(&shop, webhook(address, &[ParcelKind::Quote]), None);
    let id = sent_quote(&shop);
    assert_eq!(push(&shop).failed.len(), 1);
    let old = messages(&shop)[0].id;
    revise_quote(&shop.action(), QuoteRef { id }).expect("revised");
    assert_eq!(messages(&shop)[0].state, OutboxState::Withdrawn, "given up, and now taken back");
    approve_quote(&shop.action(), ApproveQuote { id, approval: None }).expect("approved");
    send_quote(&shop.action(), QuoteRef { id }).expect("sent");
    assert_eq!(push(&shop).sent.len(), 1);
    assert_eq!(retry_message(&shop.action(), MessageRef { id: old }).expect_err("outdated").code, Code::Conflict);
}

#[test]
fn what_cannot_be_a_connection_is_said() {
    let shop = Shop::new();
    let check = |url: &str, sends: &[ParcelKind]| {
        let endpoint = Endpoint::Webhook { url: url.to_owned(), template: None };
        let connection =
            Connection { id: 0, name: "office".to_owned(), endpoint, sends: sends.to_vec(), enabled: true };
        let input = SaveConnection { connection, secret: None, take_waiting: false };
        save_connection(&shop.action(), input).map(|_| ()).map_err(|error| error.code)
    };
    assert_eq!(check("http://example.com", &[]), Err(Code::InvalidInput), "everybody on the way could read it");
    assert_eq!(check("not an address", &[]), Err(Code::InvalidInput));
    assert_eq!(check("https://example.com/in", &[ParcelKind::Quote]), Ok(()));
    assert_eq!(check("https://example.com/in", &[]), Err(Code::InvalidInput), "its name is taken");
    let gone = ConnectionRef { id: 99 };
    assert_eq!(remove_connection(&shop.action(), gone).expect_err("none").code, Code::NotFound);
    assert_eq!(probe_connection(&shop.action(), gone).expect_err("none").code, Code::NotFound);
}
