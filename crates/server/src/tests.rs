//! The server as a client on this machine meets it: real HTTP over loopback, no library in between.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};
use signwright_app::{App, AppOptions};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::serving::{Address, serve_until};

/// A running server on a new shop.
struct Open {
    address: Address,
    folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
}

impl Open {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let shop = folder.path().join("test.signwright");
        let worker = std::env::current_exe().expect("our own path");
        let app = App::open(AppOptions {
            shop,
            worker,
            user: "test".to_owned(),
            secrets: signwright_app::SecretsIn::Keychain(None),
        })
        .expect("a new shop");
        let (opened, address) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = std::thread::spawn(move || {
            let announce = |address: &Address| opened.send(address.clone()).expect("the test waits");
            let stopped = async { stopped.await.unwrap_or_default() };
            serve_until(app, 0, announce, stopped).expect("serves until it is stopped");
        });
        let address = address.recv_timeout(Duration::from_secs(30)).expect("the server opens");
        Self { address, folder, stop: Some(stop), running: Some(running) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.address.port)).expect("the port is open");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
        stream
    }

    /// Sends a request with the given headers and nothing added but what HTTP demands.
    fn send(&self, request: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut stream = self.connect();
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let length = body.len();
        write!(stream, "{request} HTTP/1.1\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n")
            .expect("the server reads");
        stream.write_all(body).expect("the server reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("the server answers");
        Answer::read(&bytes)
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}", self.address.port)
    }

    fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.address.token)
    }

    /// As the UI sends it.
    fn ask(&self, request: &str, body: &[u8]) -> Answer {
        let origin = format!("Origin: http://127.0.0.1:{}", self.address.port);
        self.send(request, &[&self.host(), &origin, &self.bearer()], body)
    }

    fn call(&self, command: &str, input: &Value) -> Answer {
        self.ask(&format!("POST /api/v1/{command}"), input.to_string().as_bytes())
    }

    fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).expect("the server runs");
        }
        if let Some(running) = self.running.take() {
            running.join().expect("the server ends well");
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        }
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head ends");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is text").to_lowercase();
        let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
        let body = &bytes[end + 4..];
        let body = if head.contains("transfer-encoding: chunked") { joined(body) } else { body.to_vec() };
        Self { status, head, body }
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn code(&self) -> String {
        self.json()["code"].as_str().expect("a code").to_owned()
    }
}

/// The chunks of a body in pieces, put together.
fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n").expect("a size line");
        let size = std::str::from_utf8(&rest[..line]).expect("a size is text");
        let size = usize::from_str_radix(size, 16).expect("a size is hexadecimal");
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 2 + size + 2..];
    }
}

#[test]
fn a_command_is_answered_and_an_empty_body_is_no_input() {
    let open = Open::new();
    let answer = open.call("shop_settings", &json!({}));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.json().is_object());
    assert_eq!(open.ask("POST /api/v1/shop_settings", b"").json(), answer.json());
}

#[test]
fn without_the_token_of_this_run_nothing_is_answered() {
    let open = Open::new();
    let host = open.host();
    for request in ["POST /api/v1/shop_settings", "GET /api/v1", "GET /api/v1/events", "PUT /api/v1/files/a.pdf"] {
        for wrong in ["X-Other: 1", "Authorization: Bearer 00", "Authorization: Basic abc"] {
            let answer = open.send(request, &[&host, wrong], b"{}");
            assert_eq!((answer.status, answer.code().as_str()), (401, "unauthorized"), "{request} {wrong}");
        }
    }
    let in_query = format!("POST /api/v1/shop_settings?token={}", open.address.token);
    assert_eq!(open.send(&in_query, &[&host], b"{}").status, 401, "a call takes no token from its address");
    let described = format!("GET /api/v1?token={}", open.address.token);
    assert_eq!(open.send(&described, &[&host], b"").status, 200);
}

#[test]
fn another_host_or_another_page_is_refused_even_with_the_token() {
    let open = Open::new();
    let (bearer, host, port) = (open.bearer(), open.host(), open.address.port);
    let call = "POST /api/v1/shop_settings";
    for foreign in ["Host: evil.example".to_owned(), "Host: 127.0.0.1".to_owned(), format!("Host: evil.example:{port}")]
    {
        for request in [call, "GET /"] {
            assert_eq!(open.send(request, &[&foreign, &bearer], b"").status, 403, "{request} {foreign}");
        }
    }
    for foreign in ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"] {
        let origin = format!("Origin: {foreign}");
        assert_eq!(open.send(call, &[&host, &origin, &bearer], b"").status, 403, "{foreign}");
    }
    let (localhost, origin) = (format!("Host: localhost:{port}"), format!("Origin: http://localhost:{port}"));
    assert_eq!(open.send(call, &[&localhost, &origin, &bearer], b"").status, 200);
}

#[test]
fn what_is_wrong_is_said_with_a_code() {
    let open = Open::new();
    let unknown = open.call("shop_setings", &json!({}));
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "unknown_command"));
    let broken = open.ask("POST /api/v1/shop_settings", b"{not json");
    assert_eq!((broken.status, broken.code().as_str()), (400, "invalid_input"));
    assert_eq!(open.ask("GET /api/v2/nothing", b"").code(), "not_found");
    assert_eq!(open.ask("GET /api/v1/written/none", b"").code(), "not_found");
}

#[test]
fn an_upload_lies_in_a_folder_of_its_own_under_its_name() {
    let open = Open::new();
    let answer = open.ask("PUT /api/v1/files/WO%201.pdf", b"%PDF-1.7 content");
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json();
    let path = PathBuf::from(answer["path"].as_str().expect("a path"));
    assert_eq!(path.file_name(), Some("WO 1.pdf".as_ref()));
    assert_eq!(std::fs::read(&path).expect("the file is there"), b"%PDF-1.7 content");
    let again = open.ask("PUT /api/v1/files/WO%201.pdf", b"other").json();
    assert_ne!(again["path"], answer["path"], "a second file of the same name does not replace the first");
}

#[test]
fn the_name_of_an_upload_cannot_leave_its_folder() {
    let open = Open::new();
    for name in ["..%2F..%2Fescaped.pdf", "..", "%2e%2e", "..%5Cescaped.pdf", "%2Ftmp%2Fescaped.pdf", "a%00b.pdf"] {
        let answer = open.ask(&format!("PUT /api/v1/files/{name}"), b"x");
        assert!((400..=405).contains(&answer.status), "{name}: {} {}", answer.status, answer.text());
    }
}

#[test]
fn an_upload_that_announces_too_much_is_refused_before_it_comes() {
    let open = Open::new();
    let mut stream = open.connect();
    let (host, bearer) = (open.host(), open.bearer());
    write!(stream, "PUT /api/v1/files/big.pdf HTTP/1.1\r\n{host}\r\n{bearer}\r\nContent-Length: 300000000\r\n\r\n")
        .expect("the server reads");
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).expect("the server answers");
    assert_eq!(line.split(' ').nth(1), Some("413"));
}

#[test]
fn a_file_that_a_command_wrote_can_be_fetched() {
    let open = Open::new();
    let path = open.folder.path().join("Größe.backup");
    let written = open.call("write_backup", &json!({ "path": path }));
    assert_eq!(written.status, 200, "{}", written.text());
    let id = written.json()["id"].as_str().expect("an id").to_owned();
    let fetched = open.ask(&format!("GET /api/v1/written/{id}"), b"");
    assert_eq!(fetched.status, 200);
    assert_eq!(fetched.body, std::fs::read(path).expect("the backup is there"));
    assert!(fetched.head.contains("attachment"), "{}", fetched.head);
}

#[test]
fn the_event_stream_starts_at_once_and_tells_of_a_change() {
    let mut open = Open::new();
    let mut stream = open.connect();
    let (host, token) = (open.host(), open.address.token.clone());
    write!(stream, "GET /api/v1/events?token={token} HTTP/1.1\r\n{host}\r\n\r\n").expect("the server reads");
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.by_ref().any(|line| line == "event: ready"), "no first event");
    let mut settings = open.call("shop_settings", &json!({})).json();
    settings["name"] = json!("Harbor Signs");
    let saved = open.call("save_settings", &settings);
    assert_eq!(saved.status, 200, "{}", saved.text());
    let told = lines.by_ref().find_map(|line| line.strip_prefix("data: {\"event\":").map(str::to_owned));
    assert_eq!(told.as_deref(), Some("\"changed\",\"what\":\"settings\"}"));
    open.stop();
    assert!(lines.all(|line| !line.starts_with("data:")), "the stream ends when the server stops");
}

#[test]
fn pages_need_no_token_and_carry_a_strict_policy() {
    let open = Open::new();
    for address in ["/", "/estimate/12"] {
        let page = open.send(&format!("GET {address}"), &[&open.host()], b"");
        assert_eq!(page.status, 200, "{address}");
        assert!(page.text().to_lowercase().contains("<!doctype html>"), "{}", page.text());
        assert!(
            page.head.contains("default-src 'self'") && page.head.contains("frame-ancestors 'none'"),
            "{}",
            page.head
        );
    }
    assert_eq!(open.send("GET /assets/none.js", &[&open.host()], b"").status, 404);
    assert_eq!(open.send("POST /", &[&open.host()], b"").status, 405);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let open = Open::new();
    let folder = tempfile::tempdir().expect("a folder");
    let shop = folder.path().join("second.signwright");
    let app = App::open(AppOptions {
        shop,
        worker: PathBuf::new(),
        user: "test".to_owned(),
        secrets: signwright_app::SecretsIn::Keychain(None),
    })
    .expect("a new shop");
    let error = crate::serve(app, open.address.port, |_| panic!("must not open")).expect_err("the port is taken");
    assert!(error.to_string().contains(&open.address.port.to_string()), "{error}");
}

#[test]
fn a_kept_file_comes_back_byte_for_byte_and_to_nobody_without_the_token() {
    let open = Open::new();
    let table = b"Quote,Customer\r\nQ-1,Lakeside Library\r\n\x00\xff";
    let file = open.folder.path().join("quotes.csv");
    std::fs::write(&file, table).expect("a file");
    let started = open.call("start_import", &json!({"files": [file]})).json();
    let task = json!({"id": started["task_id"]});
    let sha256 = (0..600)
        .find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            let ended = open.call("show_task", &task).json()["state"] != "running";
            ended.then(|| open.call("list_imports", &json!({})).json()[0]["sha256"].as_str().map(str::to_owned))?
        })
        .expect("the file is kept");
    let request = format!("GET /api/v1/documents/{sha256}");
    assert_eq!(open.ask(&request, b"").body, table);
    assert_eq!(open.send(&request, &[&open.host()], b"").status, 401);
    assert_eq!(open.ask("GET /api/v1/documents/0000", b"").code(), "not_found");
}
