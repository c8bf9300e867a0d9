//! A Salesforce as its REST documentation describes it, as far as it is asked here: queries, the composite resource with
//! `allOrNone`, upserts by external id, sObject collections, client credentials; which fields may be created and changed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::connector::salesforce::{KEY, PRODUCT, VERSION};
use crate::test_server::{Answers, Fake, Lost, Reply, Seen};

pub(super) const TOKEN: &str = "00D-session-token";
pub(super) const CLIENT_SECRET: &str = "client-secret-1";

pub(super) type Record = Map<String, Value>;

#[derive(Clone, Debug, Default)]
pub(super) struct Org {
    pub(super) records: BTreeMap<String, (String, Record)>,
    pub(super) made: u32,
    pub(super) lacks_field: bool,
    pub(super) lacks_product: bool,
    /// What every write is refused with: a code and a message.
    pub(super) refuses: Option<(&'static str, &'static str)>,
    /// The request that fails, counted from 0, and when.
    pub(super) lost: Option<(usize, Lost)>,
    pub(super) asked: usize,
}

impl Answers for Org {
    fn answer(&mut self, seen: &Seen) -> Reply {
        self.asked += 1;
        let lost = self.lost.filter(|(at, _)| at + 1 == self.asked).map(|(_, when)| when);
        if lost == Some(Lost::BeforeItIsDone) {
            return Reply::new(503, "");
        }
        let reply = self.done(seen);
        if lost == Some(Lost::AfterItIsDone) { Reply::new(502, "") } else { reply }
    }
}

impl Fake<Org> {
    /// The records of an object with their ids.
    pub(super) fn all(&self, object: &str) -> Vec<(String, Record)> {
        self.change(|org| org.all(object))
    }
}

impl Org {
    fn all(&self, object: &str) -> Vec<(String, Record)> {
        let records = self.records.iter().filter(|(_, (kind, _))| kind == object);
        records.map(|(id, (_, record))| (id.clone(), record.clone())).collect()
    }

    fn done(&mut self, seen: &Seen) -> Reply {
        let data = format!("/services/data/{VERSION}");
        if seen.path == "/services/oauth2/token" {
            let right =
                seen.body == format!("grant_type=client_credentials&client_id=app&client_secret={CLIENT_SECRET}");
            let wrong = json!({"error": "invalid_client", "error_description": format!("invalid {}", seen.body)});
            return if right { Reply::json(200, &json!({"access_token": TOKEN})) } else { Reply::json(400, &wrong) };
        }
        if seen.headers.get("authorization") != Some(&format!("Bearer {TOKEN}")) {
            return failed(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }
        if let Some(query) = seen.path.strip_prefix(&format!("{data}/query?q=")) {
            let query = format!("q={query}");
            let (_, soql) = url::form_urlencoded::parse(query.as_bytes()).next().expect("a query");
            return self.query(&soql);
        }
        if let Some(page) = seen.path.strip_prefix(&format!("{data}/query/page-")) {
            return self.page(page.parse().expect("a page"));
        }
        if seen.path == format!("{data}/composite") {
            return self.composite(&seen.json());
        }
        failed(404, "NOT_FOUND", "The requested resource does not exist")
    }

    fn query(&self, soql: &str) -> Reply {
        if soql.contains(KEY) && self.lacks_field {
            return failed(400, "INVALID_FIELD", &format!("No such column '{KEY}' on entity 'Opportunity'"));
        }
        let rows = if soql.contains("FROM Organization") {
            vec![json!({"Name": "The Shop"})]
        } else if soql.contains("FROM PricebookEntry") {
            assert!(soql.contains(&format!("Product2.ProductCode = '{PRODUCT}'")));
            if self.lacks_product { vec![] } else { vec![json!({"Id": "01u1", "Pricebook2Id": "01s1"})] }
        } else if soql.contains("FROM Account") {
            self.found("Account", "Name", &literal(soql, "Name = "))
        } else if soql.contains("FROM Quote WHERE") {
            self.found("Quote", KEY, &literal(soql, &format!("WHERE {KEY} = ")))
                .into_iter()
                .map(|row| self.with_lines(row))
                .collect()
        } else if soql.contains("SystemModstamp >=") {
            return self.page(0);
        } else if soql.contains("WHERE") {
            self.found("Opportunity", KEY, &literal(soql, &format!("WHERE {KEY} = ")))
        } else {
            vec![]
        };
        Reply::json(200, &json!({"totalSize": rows.len(), "done": true, "records": rows}))
    }

    /// Opportunities, one on a page.
    fn page(&self, page: usize) -> Reply {
        let all = self.all("Opportunity");
        let row = |(id, record): &(String, Record)| {
            let mut row = record.clone();
            row.insert("Id".into(), json!(id));
            row.insert("SystemModstamp".into(), json!("2026-11-02T15:04:05.000+0000"));
            row.insert("attributes".into(), json!({"type": "Opportunity"}));
            row.insert("Account".into(), json!({"attributes": {"type": "Account"}, "Name": "Riverside Clinic"}));
            Value::Object(row)
        };
        let records: Vec<Value> = all.iter().skip(page).take(1).map(row).collect();
        let mut answer = json!({"totalSize": all.len(), "done": page + 1 >= all.len(), "records": records});
        if page + 1 < all.len() {
            answer["nextRecordsUrl"] = json!(format!("/services/data/{VERSION}/query/page-{}", page + 1));
        }
        Reply::json(200, &answer)
    }

    fn found(&self, object: &str, field: &str, value: &str) -> Vec<Value> {
        let matching = self.all(object).into_iter().filter(|(_, record)| record.get(field) == Some(&json!(value)));
        matching
            .map(|(id, mut record)| {
                record.insert("Id".into(), json!(id));
                record.entry("IsClosed").or_insert(json!(false));
                Value::Object(record)
            })
            .collect()
    }

    fn with_lines(&self, mut quote: Value) -> Value {
        let lines: Vec<Value> = self
            .all("QuoteLineItem")
            .into_iter()
            .filter(|(_, line)| line["QuoteId"] == quote["Id"])
            .map(|(id, line)| json!({"Id": id, KEY: line.get(KEY)}))
            .collect();
        let none = lines.is_empty();
        quote["QuoteLineItems"] = if none { Value::Null } else { json!({"totalSize": lines.len(), "records": lines}) };
        quote
    }

    /// Everything or nothing.
    fn composite(&mut self, request: &Value) -> Reply {
        assert_eq!(request["allOrNone"], true);
        let parts = request["compositeRequest"].as_array().expect("parts");
        assert!(parts.len() <= 25);
        let mut tried = self.clone();
        let (mut answers, mut ids): (Vec<Value>, BTreeMap<String, String>) = (Vec::new(), BTreeMap::new());
        let mut broke = None;
        for (place, part) in parts.iter().enumerate() {
            let reference = part["referenceId"].as_str().expect("a reference").to_owned();
            let (status, body) = tried.part(part, &ids);
            let failed =
                status >= 300 || body.as_array().is_some_and(|all| all.iter().any(|one| one["success"] == false));
            if let Some(id) = body["id"].as_str() {
                ids.insert(reference.clone(), id.to_owned());
            }
            answers.push(json!({"httpStatusCode": status, "referenceId": reference, "body": body, "httpHeaders": {}}));
            if failed {
                broke = Some(place);
                break;
            }
        }
        if let Some(broke) = broke {
            for (place, part) in parts.iter().enumerate().filter(|(place, _)| *place != broke) {
                let halted = json!([{"errorCode": "PROCESSING_HALTED", "message": "The transaction was rolled back"}]);
                let answer = json!({"httpStatusCode": 400, "referenceId": part["referenceId"], "body": halted});
                if place < answers.len() { answers[place] = answer } else { answers.push(answer) }
            }
        } else {
            tried.asked = self.asked;
            *self = tried;
        }
        Reply::json(200, &json!({"compositeResponse": answers}))
    }

    fn part(&mut self, part: &Value, ids: &BTreeMap<String, String>) -> (u16, Value) {
        let url = part["url"]
            .as_str()
            .expect("a url")
            .strip_prefix(&format!("/services/data/{VERSION}/"))
            .expect("our version");
        let method = part["method"].as_str().expect("a method");
        let body = resolved(&part["body"], ids);
        let path: Vec<&str> = url.split('/').collect();
        let done = match (method, path.as_slice()) {
            ("POST", ["sobjects", object]) => {
                self.create(object, &body).map(|id| (201, json!({"id": id, "success": true})))
            }
            ("PATCH", ["sobjects", object, field, key]) => {
                assert_eq!(*field, KEY);
                self.upsert(object, &key.replace("%20", " "), &body)
            }
            ("POST" | "PATCH" | "DELETE", ["composite", rest]) => return (200, self.collection(method, rest, &body)),
            other => panic!("{other:?} is not asked"),
        };
        done.unwrap_or_else(|(code, message)| (400, json!([{"errorCode": code, "message": message}])))
    }

    fn upsert(&mut self, object: &str, key: &str, body: &Value) -> Result<(u16, Value), (String, String)> {
        let found = self.all(object).into_iter().find(|(_, record)| record.get(KEY) == Some(&json!(key)));
        match found {
            Some((id, _)) => {
                self.update(&id, body)?;
                Ok((200, json!({"id": id, "success": true, "errors": [], "created": false})))
            }
            None => {
                let mut body = body.clone();
                body[KEY] = json!(key);
                let id = self.create(object, &body)?;
                Ok((201, json!({"id": id, "success": true, "errors": [], "created": true})))
            }
        }
    }

    fn collection(&mut self, method: &str, rest: &str, body: &Value) -> Value {
        let answer = |done: Result<String, (String, String)>| match done {
            Ok(id) => json!({"id": id, "success": true, "errors": []}),
            Err((code, message)) => {
                json!({"success": false, "errors": [{"statusCode": code, "message": message, "fields": []}]})
            }
        };
        if method == "DELETE" {
            let ids = rest.strip_prefix("sobjects?ids=").and_then(|rest| rest.split('&').next()).expect("ids");
            let delete = |id: &str| {
                self.records.remove(id).map(|_| id.to_owned()).ok_or(("ENTITY_IS_DELETED".into(), id.into()))
            };
            return ids.split(',').map(delete).map(answer).collect::<Vec<_>>().into();
        }
        assert_eq!(rest, "sobjects");
        let records = body["records"].as_array().expect("records");
        assert!(records.len() <= 200);
        let mut answers = Vec::new();
        for record in records {
            let object = record["attributes"]["type"].as_str().expect("a type");
            let mut fields = record.clone();
            fields.as_object_mut().expect("fields").remove("attributes");
            answers.push(answer(match fields.as_object_mut().and_then(|fields| fields.remove("id")) {
                Some(id) => self
                    .update(id.as_str().expect("an id"), &fields)
                    .map(|()| id.as_str().unwrap_or_default().to_owned()),
                None => self.create(object, &fields),
            }));
        }
        answers.into()
    }

    fn create(&mut self, object: &str, body: &Value) -> Result<String, (String, String)> {
        let fields = body.as_object().expect("fields");
        self.fit(object, fields, true)?;
        let (_, required, _) = shape(object);
        if let Some(lacking) = required.iter().find(|name| fields.get(**name).is_none_or(Value::is_null)) {
            return Err(("REQUIRED_FIELD_MISSING".into(), format!("Required fields are missing: [{lacking}]")));
        }
        if let Some(key) = fields.get(KEY)
            && self.all(object).iter().any(|(_, record)| record.get(KEY) == Some(key))
        {
            return Err(("DUPLICATE_VALUE".into(), format!("duplicate value found: {KEY}")));
        }
        self.made += 1;
        let id = format!("{}{:012}", object[..3].to_uppercase(), self.made);
        self.records.insert(id.clone(), (object.to_owned(), fields.clone()));
        Ok(id)
    }

    fn update(&mut self, id: &str, body: &Value) -> Result<(), (String, String)> {
        let fields = body.as_object().expect("fields");
        let object = self.records.get(id).map(|(object, _)| object.clone());
        let object = object.ok_or_else(|| ("ENTITY_IS_DELETED".to_owned(), id.to_owned()))?;
        self.fit(&object, fields, false)?;
        let (_, record) = self.records.get_mut(id).expect("it was there");
        record.extend(fields.clone());
        Ok(())
    }

    fn fit(&self, object: &str, fields: &Record, new: bool) -> Result<(), (String, String)> {
        if let Some((code, message)) = self.refuses {
            return Err((code.into(), message.into()));
        }
        let (all, _, only_new) = shape(object);
        for name in fields.keys() {
            if !all.contains(&name.as_str()) {
                return Err(("INVALID_FIELD".into(), format!("No such column '{name}' on sobject of type {object}")));
            }
            if !new && only_new.contains(&name.as_str()) {
                return Err((
                    "INVALID_FIELD_FOR_INSERT_UPDATE".into(),
                    format!("Unable to create/update fields: {name}"),
                ));
            }
        }
        Ok(())
    }
}

/// Fields that we may write, those a new record needs, and those that cannot be changed afterwards.
fn shape(object: &str) -> (&'static [&'static str], &'static [&'static str], &'static [&'static str]) {
    match object {
        "Account" => (&["Name"], &["Name"], &[]),
        "Opportunity" => (
            &["Name", "Amount", "AccountId", "StageName", "CloseDate", "Description", KEY],
            &["Name", "StageName", "CloseDate"],
            &[],
        ),
        "Quote" => (
            &["Name", "Description", "ExpirationDate", "Tax", "Status", "OpportunityId", "Pricebook2Id", KEY],
            &["Name", "OpportunityId"],
            &["OpportunityId"],
        ),
        "QuoteLineItem" => (
            &["Description", "Quantity", "UnitPrice", "QuoteId", "PricebookEntryId", KEY],
            &["QuoteId", "PricebookEntryId", "Quantity", "UnitPrice"],
            &["QuoteId", "PricebookEntryId"],
        ),
        other => panic!("{other} is not written"),
    }
}

fn failed(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(status, &json!([{"errorCode": code, "message": message}]))
}

/// The text of SOQL behind these words.
fn literal(soql: &str, behind: &str) -> String {
    let (_, rest) = soql.split_once(behind).expect("a condition");
    let mut letters = rest.strip_prefix('\'').expect("a text").chars();
    let mut text = String::new();
    while let Some(c) = letters.next() {
        match c {
            '\'' => return text,
            '\\' => text.extend(letters.next()),
            c => text.push(c),
        }
    }
    panic!("{soql} has a text without end")
}

fn resolved(body: &Value, ids: &BTreeMap<String, String>) -> Value {
    let text = ids.iter().fold(body.to_string(), |text, (name, id)| text.replace(&format!("@{{{name}.id}}"), id));
    assert!(!text.contains("@{"), "{text}");
    serde_json::from_str(&text).expect("JSON")
}
