//! A HubSpot as its documentation describes it, as far as it is asked here: deals and line items with a unique property,
//! batches of at most a hundred, default associations, pipelines, searches that page.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::connector::hubspot::KEY;
use crate::test_server::{Answers, Fake, Lost, Reply, Seen};

pub(super) const TOKEN: &str = "pat-na1-token";

/// When a deal was changed that says nothing of it.
const CHANGED: &str = "2026-11-02T15:04:05.000Z";

pub(super) type Record = Map<String, Value>;

#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    /// Deals, line items and companies by id.
    pub(super) records: BTreeMap<u64, (String, Record)>,
    /// Objects that have our property.
    pub(super) properties: BTreeSet<String>,
    /// From, to.
    pub(super) ties: BTreeSet<(u64, u64)>,
    /// Whether the token may make properties.
    pub(super) may_not: bool,
    pub(super) lost: Option<(usize, Lost)>,
    pub(super) asked: usize,
}

impl Answers for Account {
    fn answer(&mut self, seen: &Seen) -> Reply {
        self.asked += 1;
        let lost = self.lost.filter(|(at, _)| at + 1 == self.asked).map(|(_, when)| when);
        if lost == Some(Lost::BeforeItIsDone) {
            return Reply::new(503, "");
        }
        let reply = self.done(seen);
        if lost == Some(Lost::AfterItIsDone) { Reply::new(504, "") } else { reply }
    }
}

impl Fake<Account> {
    pub(super) fn all(&self, object: &str) -> Vec<(u64, Record)> {
        self.change(|account| account.all(object))
    }

    /// What is tied to a record.
    pub(super) fn tied(&self, to: u64) -> Vec<u64> {
        self.change(|account| account.ties.iter().filter(|(_, other)| *other == to).map(|(one, _)| *one).collect())
    }
}

impl Account {
    pub(super) fn add(&mut self, object: &str, fields: &Value) -> u64 {
        let id = 1000 + self.records.len() as u64 + 1;
        self.records.insert(id, (object.to_owned(), fields.as_object().expect("fields").clone()));
        id
    }

    fn all(&self, object: &str) -> Vec<(u64, Record)> {
        let records = self.records.iter().filter(|(_, (kind, _))| kind == object);
        records.map(|(id, (_, record))| (*id, record.clone())).collect()
    }

    fn done(&mut self, seen: &Seen) -> Reply {
        if seen.headers.get("authorization") != Some(&format!("Bearer {TOKEN}")) {
            return failed(401, "Authentication credentials not found");
        }
        let (path, query) = seen.path.split_once('?').unwrap_or((&seen.path, ""));
        let query: BTreeMap<_, _> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let path: Vec<String> = path.trim_start_matches('/').split('/').map(unescaped).collect();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let body = if seen.body.is_empty() { Value::Null } else { seen.json() };
        match (seen.method.as_str(), path.as_slice()) {
            ("GET", ["account-info", "v3", "details"]) => {
                Reply::json(200, &json!({"portalId": 4711, "timeZone": "US/Eastern"}))
            }
            ("GET", ["crm", "v3", "objects", "deals"]) => Reply::json(200, &json!({"results": []})),
            ("GET", ["crm", "v3", "pipelines", "deals"]) => Reply::json(200, &pipelines()),
            ("GET", ["crm", "v3", "properties", object, KEY]) if self.properties.contains(*object) => {
                Reply::json(200, &json!({}))
            }
            ("GET", ["crm", "v3", "properties", ..]) => failed(404, "Property does not exist"),
            ("POST", ["crm", "v3", "properties", object]) => self.make_property(object, &body),
            ("GET", ["crm", "v3", "objects", "deals", key]) => self.deal(key, &query),
            ("POST", ["crm", "v3", "objects", "deals"]) => self.make("deals", &body),
            ("PATCH", ["crm", "v3", "objects", "deals", id]) => self.patch(id, &body),
            ("POST", ["crm", "v3", "objects", "deals", "search"]) => self.search(&body),
            ("POST", ["crm", "v3", "objects", "companies", "search"]) => self.companies(&body),
            ("POST", ["crm", "v3", "objects", "line_items", "batch", what]) => self.batch(what, &body),
            ("GET", ["crm", "v4", "objects", "deals", id, "associations", "line_items"]) => self.lines_of(id, &query),
            ("PUT", ["crm", "v4", "objects", "deals", deal, "associations", "default", "companies", company]) => {
                self.ties.insert((number(company), number(deal)));
                Reply::json(200, &json!({"status": "COMPLETE", "results": []}))
            }
            ("POST", ["crm", "v4", "associations", "line_items", "deals", "batch", "associate", "default"]) => {
                self.tie(&body)
            }
            other => panic!("{other:?} is not asked"),
        }
    }

    fn make_property(&mut self, object: &str, body: &Value) -> Reply {
        assert_eq!((&body["name"], &body["hasUniqueValue"]), (&json!(KEY), &json!(true)));
        if self.may_not {
            return failed(403, "This app hasn't been granted all required scopes");
        }
        self.properties.insert(object.to_owned());
        Reply::json(201, body)
    }

    fn deal(&self, key: &str, query: &BTreeMap<String, String>) -> Reply {
        assert_eq!(query.get("idProperty").map(String::as_str), Some(KEY));
        if !self.properties.contains("deals") {
            return failed(400, "Property signwright_id does not exist");
        }
        match self.by_key("deals", key) {
            Some(id) => Reply::json(200, &self.shown(id)),
            None => failed(404, "Object not found"),
        }
    }

    fn make(&mut self, object: &str, body: &Value) -> Reply {
        let fields = &body["properties"];
        if fields.get(KEY).is_some() && !self.properties.contains(object) {
            return failed(400, "Property values were not valid: signwright_id does not exist");
        }
        if let Some(id) = fields[KEY].as_str().and_then(|key| self.by_key(object, key)) {
            return failed(409, &format!("Cannot set PropertyValueCoordinates: {id} already has that value"));
        }
        assert!(fields["dealname"].is_string() && fields["dealstage"].is_string(), "{fields}");
        texts(fields);
        let id = self.add(object, fields);
        Reply::json(201, &self.shown(id))
    }

    fn patch(&mut self, id: &str, body: &Value) -> Reply {
        texts(&body["properties"]);
        let (_, record) = self.records.get_mut(&number(id)).expect("a deal");
        record.extend(body["properties"].as_object().expect("properties").clone());
        Reply::json(200, &self.shown(number(id)))
    }

    fn batch(&mut self, what: &str, body: &Value) -> Reply {
        let inputs = body["inputs"].as_array().expect("inputs");
        assert!(!inputs.is_empty() && inputs.len() <= 100, "{} inputs", inputs.len());
        match what {
            "upsert" if !self.properties.contains("line_items") => failed(400, "Property signwright_id does not exist"),
            "upsert"
                if inputs
                    .iter()
                    .any(|input| input["properties"]["price"].as_str().is_some_and(|price| price.starts_with('-'))) =>
            {
                let error = json!({"status": "error", "message": "price must not be negative"});
                Reply::json(207, &json!({"status": "COMPLETE", "results": [], "numErrors": 1, "errors": [error]}))
            }
            "upsert" => {
                let rows: Vec<Value> = inputs.iter().map(|input| self.upsert(input)).collect();
                Reply::json(200, &json!({"status": "COMPLETE", "results": rows}))
            }
            "read" => {
                let rows: Vec<Value> =
                    inputs.iter().map(|input| self.shown(number(input["id"].as_str().expect("an id")))).collect();
                Reply::json(200, &json!({"status": "COMPLETE", "results": rows}))
            }
            "archive" => {
                for input in inputs {
                    let id = number(input["id"].as_str().expect("an id"));
                    self.records.remove(&id);
                    self.ties.retain(|(from, _)| *from != id);
                }
                Reply::new(204, "")
            }
            other => panic!("{other} is not asked"),
        }
    }

    fn upsert(&mut self, input: &Value) -> Value {
        assert_eq!(input["idProperty"], KEY);
        texts(&input["properties"]);
        let key = input["id"].as_str().expect("a key");
        let found = self.by_key("line_items", key);
        let id = found.unwrap_or_else(|| self.add("line_items", &json!({})));
        let (_, record) = self.records.get_mut(&id).expect("it is there");
        record.extend(input["properties"].as_object().expect("properties").clone());
        record.insert(KEY.to_owned(), json!(key));
        let mut row = self.shown(id);
        row["new"] = json!(found.is_none());
        row
    }

    fn tie(&mut self, body: &Value) -> Reply {
        let inputs = body["inputs"].as_array().expect("inputs");
        let id = |value: &Value| number(value["id"].as_str().expect("an id"));
        self.ties.extend(inputs.iter().map(|input| (id(&input["from"]), id(&input["to"]))));
        Reply::json(200, &json!({"status": "COMPLETE", "results": []}))
    }

    /// Two at a time, so that there are pages.
    fn lines_of(&self, deal: &str, query: &BTreeMap<String, String>) -> Reply {
        let from: usize = query.get("after").map_or(0, |after| after.parse().expect("a place"));
        let line = |id: &u64| self.records.get(id).is_some_and(|(kind, _)| kind == "line_items");
        let all: Vec<u64> =
            self.ties.iter().filter(|(id, to)| *to == number(deal) && line(id)).map(|(id, _)| *id).collect();
        let page: Vec<Value> =
            all.iter().skip(from).take(2).map(|id| json!({"toObjectId": id, "associationTypes": []})).collect();
        let mut answer = json!({"results": page});
        if from + 2 < all.len() {
            answer["paging"] = json!({"next": {"after": (from + 2).to_string()}});
        }
        Reply::json(200, &answer)
    }

    /// Oldest change first; at most two hundred at a time, and none beyond the ten thousandth.
    fn search(&self, body: &Value) -> Reply {
        let filter = &body["filterGroups"][0]["filters"][0];
        assert_eq!((&filter["propertyName"], &filter["operator"]), (&json!("hs_lastmodifieddate"), &json!("GTE")));
        assert_eq!(body["sorts"], json!([{"propertyName": "hs_lastmodifieddate", "direction": "ASCENDING"}]));
        let from: usize = body["after"].as_str().map_or(0, |after| after.parse().expect("a place"));
        let limit = usize::try_from(body["limit"].as_u64().expect("a limit")).expect("small");
        if limit > 200 || from + limit > 10_000 {
            return failed(400, "There was a problem with the request: paging beyond 10,000");
        }
        let since: i64 = filter["value"].as_str().expect("milliseconds").parse().expect("a number");
        let changed = |record: &Record| -> jiff::Timestamp {
            let text = record.get("hs_lastmodifieddate").and_then(Value::as_str).unwrap_or(CHANGED);
            text.parse().expect("a time")
        };
        let deals = self.records.iter().filter(|(_, (kind, _))| kind == "deals");
        let deals = deals.map(|(id, (_, record))| (changed(record).as_millisecond(), *id));
        let mut deals: Vec<(i64, u64)> = deals.filter(|(changed, _)| *changed >= since).collect();
        deals.sort_unstable();
        let rows: Vec<Value> = deals.iter().skip(from).take(limit).map(|(_, id)| self.shown(*id)).collect();
        let mut answer = json!({"total": deals.len(), "results": rows});
        if from + limit < deals.len() {
            answer["paging"] = json!({"next": {"after": (from + limit).to_string()}});
        }
        Reply::json(200, &answer)
    }

    fn companies(&self, body: &Value) -> Reply {
        let name = &body["filterGroups"][0]["filters"][0]["value"];
        let found = self.all("companies").into_iter().filter(|(_, company)| company["name"] == *name);
        let rows: Vec<Value> = found.map(|(id, _)| json!({"id": id.to_string()})).collect();
        Reply::json(200, &json!({"total": rows.len(), "results": rows}))
    }

    fn by_key(&self, object: &str, key: &str) -> Option<u64> {
        self.all(object).into_iter().find(|(_, record)| record.get(KEY) == Some(&json!(key))).map(|(id, _)| id)
    }

    fn shown(&self, id: u64) -> Value {
        let (_, record) = &self.records[&id];
        let mut properties = record.clone();
        properties.entry("hs_is_closed").or_insert(json!("false"));
        properties.entry("hs_lastmodifieddate").or_insert(json!(CHANGED));
        json!({"id": id.to_string(), "properties": properties, "archived": false})
    }
}

fn pipelines() -> Value {
    let stage = |id: &str, order: i64| json!({"id": id, "label": id, "displayOrder": order});
    json!({"results": [
        {"id": "service", "displayOrder": 1, "stages": [stage("asked", 0)]},
        {"id": "default", "displayOrder": 0, "stages": [stage("contractsent", 4), stage("appointmentscheduled", 0)]},
    ]})
}

fn failed(status: u16, message: &str) -> Reply {
    Reply::json(status, &json!({"status": "error", "message": message, "correlationId": "1"}))
}

/// All of HubSpot's property values are texts.
fn texts(properties: &Value) {
    assert!(properties.as_object().expect("properties").values().all(Value::is_string), "{properties}");
}

fn number(id: &str) -> u64 {
    id.parse().expect("an id")
}

fn unescaped(segment: &str) -> String {
    let query = format!("x={}", segment.replace('+', "%2B"));
    url::form_urlencoded::parse(query.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}
