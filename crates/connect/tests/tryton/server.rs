//! A Tryton of its own for each test: a copy of a database that is made once, and a process that ends with the test.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use signwright_domain::connection::Endpoint;
use tempfile::TempDir;
use tokio::time::sleep;

pub(crate) const PASSWORD: &str = "a-password-of-tests";
/// An idle machine needs two seconds.
const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) struct Tryton {
    environment: PathBuf,
    folder: TempDir,
    port: u16,
    process: Option<Child>,
}

/// A sale as it stands there.
#[derive(Debug)]
pub(crate) struct Sale {
    pub(crate) id: i64,
    pub(crate) state: String,
    pub(crate) party: String,
    pub(crate) description: String,
    pub(crate) comment: String,
    pub(crate) untaxed: String,
    /// Description, quantity, price of one.
    pub(crate) lines: Vec<(String, String, String)>,
}

impl Tryton {
    /// Running, with a company that sells in dollars. `None`, and a word why, where there is no Tryton.
    pub(crate) async fn started() -> Option<Self> {
        let Some(environment) = std::env::var_os("SIGNWRIGHT_TRYTON").map(PathBuf::from) else {
            eprintln!("skipped: SIGNWRIGHT_TRYTON names no Python environment with Tryton");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let template = template(&environment);
        fs::copy(template, folder.path().join("crm.sqlite")).expect("a copy of the database");
        let mut tryton = Self { environment, folder, port: free_port(), process: None };
        tryton.start().await;
        tryton.set_up().await;
        Some(tryton)
    }

    pub(crate) async fn start(&mut self) {
        let config = config(self.folder.path(), self.port);
        let log = File::create(self.folder.path().join("log.txt")).expect("a log");
        let mut command = Command::new(self.environment.join("bin/trytond"));
        command.arg("-c").arg(config).args(["-d", "crm"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.process = Some(command.spawn().expect("trytond starts"));
        let begun = Instant::now();
        while self.raw("rpc/", "common.server.version", json!([]), None).await.is_none() {
            assert!(begun.elapsed() < PATIENCE, "trytond did not answer: {}", self.log());
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// At once, as a power cut does.
    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("it runs");
            process.wait().expect("it ends");
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.as_ref().expect("it runs").id()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        Endpoint::Tryton { url: self.url(), database: "crm".into(), user: "admin".into() }
    }

    pub(crate) async fn sales(&self, reference: &str) -> Vec<Sale> {
        let fields = json!(["state", "party.rec_name", "description", "comment", "untaxed_amount", "lines"]);
        let found =
            self.ask("model.sale.sale.search_read", json!([[["reference", "=", reference]], 0, null, null, fields]));
        let mut sales = Vec::new();
        for row in found.await.as_array().expect("rows") {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            sales.push(Sale {
                id: row["id"].as_i64().expect("an id"),
                state: text(&row["state"]),
                party: text(&row["party."]["rec_name"]),
                description: text(&row["description"]),
                comment: text(&row["comment"]),
                untaxed: text(&row["untaxed_amount"]["decimal"]),
                lines: self.lines(&row["lines"]).await,
            });
        }
        sales
    }

    /// The sale for a quote, which must be there exactly once.
    pub(crate) async fn only_sale(&self, reference: &str) -> Sale {
        let mut sales = self.sales(reference).await;
        assert_eq!(sales.len(), 1, "{sales:?}");
        sales.remove(0)
    }

    pub(crate) async fn count(&self, model: &str) -> i64 {
        let answer = self.ask(&format!("model.{model}.search_count"), json!([[]])).await;
        answer.as_i64().expect("a count")
    }

    pub(crate) async fn parties_called(&self, name: &str) -> i64 {
        self.ask("model.party.party.search_count", json!([[["name", "=", name]]])).await.as_i64().expect("a count")
    }

    pub(crate) async fn opportunity(&self, id: &str) -> Value {
        let id: i64 = id.parse().expect("an id");
        self.ask("model.sale.opportunity.read", json!([[id], ["description", "comment", "state"]])).await[0].take()
    }

    /// Presses a button of a record.
    pub(crate) async fn act(&self, method: &str, id: &str) {
        let id: i64 = id.parse().expect("an id");
        self.ask(method, json!([[id]])).await;
    }

    /// A sales tax at this rate.
    pub(crate) async fn add_tax(&self, rate: &str) {
        let made = |ids: Value| ids[0].as_i64().expect("an id");
        let kind = json!({"name": "Liability", "statement": "balance", "company": 1});
        let kind = made(self.ask("model.account.account.type.create", json!([[kind]])).await);
        let account = json!({"name": "Sales tax", "code": "2200", "type": kind, "company": 1});
        let account = made(self.ask("model.account.account.create", json!([[account]])).await);
        let tax = json!({
            "name": rate, "description": rate, "company": 1, "type": "percentage",
            "rate": {"__class__": "Decimal", "decimal": rate},
            "invoice_account": account, "credit_note_account": account,
        });
        self.ask("model.account.tax.create", json!([[tax]])).await;
    }

    pub(crate) async fn lose(&self, id: &str, reason: &str) {
        self.act("model.sale.opportunity.lost", id).await;
        let id: i64 = id.parse().expect("an id");
        self.ask("model.sale.opportunity.write", json!([[id], {"lost_reason": reason}])).await;
    }

    async fn lines(&self, ids: &Value) -> Vec<(String, String, String)> {
        let rows = self.ask("model.sale.line.read", json!([ids, ["description", "quantity", "unit_price"]])).await;
        let line = |row: &Value| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let price: rust_decimal::Decimal = text(&row["unit_price"]["decimal"]).parse().expect("a price");
            let quantity = format!("{:?}", row["quantity"].as_f64().expect("a quantity"));
            (text(&row["description"]), quantity, price.normalize().to_string())
        };
        rows.as_array().expect("rows").iter().map(line).collect()
    }

    async fn set_up(&self) {
        let made = |ids: Value| ids[0].as_i64().expect("an id");
        let dollars = json!({
            "name": "US Dollar", "code": "USD", "symbol": "$", "digits": 2,
            "rounding": {"__class__": "Decimal", "decimal": "0.01"},
        });
        let currency = made(self.ask("model.currency.currency.create", json!([[dollars]])).await);
        let party = made(self.ask("model.party.party.create", json!([[{"name": "The Shop"}]])).await);
        let company = json!({"party": party, "currency": currency});
        let company = made(self.ask("model.company.company.create", json!([[company]])).await);
        let works_there = json!({"companies": [["add", [company]]], "company": company});
        self.ask("model.res.user.write", json!([[1], works_there])).await;
    }

    /// Asks as admin, in a session of its own.
    async fn ask(&self, method: &str, mut params: Value) -> Value {
        let login = json!(["admin", {"password": PASSWORD}, "en"]);
        let session = self.raw("crm/rpc/", "common.db.login", login, None).await.expect("a session");
        let (user, token) = (&session["result"][0], session["result"][1].as_str().expect("a token"));
        let key = STANDARD.encode(format!("admin:{user}:{token}"));
        params.as_array_mut().expect("parameters").push(json!({"company": 1}));
        let answer = self.raw("crm/rpc/", method, params, Some(&key)).await.expect("an answer");
        assert!(answer.get("error").is_none(), "{method}: {answer}\n{}", self.log());
        answer["result"].clone()
    }

    async fn raw(&self, path: &str, method: &str, params: Value, session: Option<&str>) -> Option<Value> {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let request = client.post(format!("{}/{path}", self.url())).header("Content-Type", "application/json");
        let request = match session {
            Some(key) => request.header("Authorization", format!("Session {key}")),
            None => request,
        };
        let body = json!({"id": 1, "method": method, "params": params}).to_string();
        let answer = request.body(body).send().await.ok()?.text().await.ok()?;
        Some(serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{method}: {answer}\n{}", self.log())))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log.txt")).unwrap_or_default()
    }
}

impl Drop for Tryton {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// A database with the modules, made once for this version of Tryton and kept beside it.
fn template(environment: &Path) -> PathBuf {
    let trytond = Command::new(environment.join("bin/trytond")).arg("--version").output().expect("trytond");
    let version = String::from_utf8_lossy(&trytond.stdout).trim().replace(|c: char| !c.is_alphanumeric(), "-");
    let template = environment.join(format!("signwright-{version}.sqlite"));
    let lock = File::create(environment.join("signwright.lock")).expect("a lock");
    lock.lock().expect("the lock");
    if !template.exists() {
        let folder = tempfile::tempdir_in(environment).expect("a folder");
        made_in(environment, folder.path());
        fs::rename(folder.path().join("crm.sqlite"), &template).expect("kept");
    }
    template
}

fn made_in(environment: &Path, folder: &Path) {
    File::create(folder.join("crm.sqlite")).expect("an empty database");
    let password = folder.join("password");
    fs::write(&password, PASSWORD).expect("a password");
    let mut admin = Command::new(environment.join("bin/trytond-admin"));
    admin.arg("-c").arg(config(folder, 0)).args(["-d", "crm", "-u", "sale_opportunity", "sale"]);
    admin.args(["--activate-dependencies", "--email", "admin@example.com", "-l", "en"]);
    let made = admin.env("TRYTONPASSFILE", password).output().expect("trytond-admin");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

fn config(folder: &Path, port: u16) -> PathBuf {
    let path = folder.join("trytond.conf");
    let text = format!("[database]\nuri = sqlite://\npath = {}\n[web]\nlisten = 127.0.0.1:{port}\n", folder.display());
    fs::write(&path, text).expect("a configuration");
    path
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}
