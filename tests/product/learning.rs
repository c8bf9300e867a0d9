//! A shop teaches a layout: three documents are corrected, the next ones are read, and another shop takes the profile over.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json as j};

use crate::program::{refused, samples, text};
use crate::shop::Shop;
use crate::unseen::{Document, Layout};

impl Shop {
    fn call(&self, command: &str, input: &Value) -> Value {
        self.run(&["call", command, &input.to_string()])
    }

    /// Imports documents; gives their hashes by number.
    fn import_documents(&self, documents: &BTreeMap<u64, Document>) -> BTreeMap<u64, String> {
        let folder = self.dir.path().join("in");
        fs::create_dir_all(&folder).expect("folder");
        for (number, document) in documents {
            fs::write(folder.join(format!("{number}.pdf")), &document.bytes).expect("write");
        }
        self.run(&["import", text(&folder)]);
        fs::remove_dir_all(&folder).expect("remove");
        let all = self.call("list_reviews", &j!({"all": true, "limit": 1000}));
        let listed = all["documents"].as_array().expect("documents");
        let of = |number: &u64| {
            let one = listed.iter().find(|one| one["file"] == format!("{number}.pdf"));
            one.and_then(|one| one["sha256"].as_str()).expect("the document is listed").to_owned()
        };
        documents.keys().map(|number| (*number, of(number))).collect()
    }

    /// What a person does with a document of an unknown layout: say what it is, point at each value, pull the tables.
    fn correct(&self, document: &Document, sha256: &str) {
        let mut review = self.call("show_review", &j!({"sha256": sha256}));
        if review["kind"] != "cost_summary" {
            review = self.call("set_document_kind", &j!({"sha256": sha256, "kind": "cost_summary"}));
        }
        for (name, page, at, value) in document.truth.iter().filter(|(name, ..)| !name.contains('.')) {
            let known = review["fields"].as_array().expect("fields").iter().find(|one| one["name"] == **name);
            if known.is_some_and(|one| one["field"]["raw"] == **value && one["waiting"] == false) {
                continue;
            }
            let bbox = pointed_at(&review, *page, *at, value);
            let place = j!({"in": "page", "page": page, "bbox": bbox});
            review = self.call("correct_field", &j!({"sha256": sha256, "field": name, "place": place}));
        }
        let before = named(&review);
        for table in tables(document, &review) {
            let stands = document.truth.iter().filter(|(name, page, ..)| {
                name.starts_with(table["section"].as_str().expect("section")) && *page == table["page"]
            });
            if stands.clone().any(|(name, _, _, value)| before.get(name) != Some(value)) {
                self.call("correct_table", &j!({"sha256": sha256, "table": table}));
            }
        }
        review = self.call("confirm_document", &j!({"sha256": sha256, "all": true}));
        assert_eq!(review["state"], "confirmed");
    }

    fn read(&self, sha256: &str) -> BTreeMap<String, String> {
        named(&self.call("show_review", &j!({"sha256": sha256})))
    }
}

/// What was read, by field or `section.row.field`.
fn named(review: &Value) -> BTreeMap<String, String> {
    let raw = |field: &Value| field["raw"].as_str().unwrap_or_default().to_owned();
    let fields = review["fields"].as_array().expect("fields").iter();
    let mut out: BTreeMap<String, String> = fields
        .filter(|one| !one["field"].is_null())
        .map(|one| (one["name"].as_str().expect("name").to_owned(), raw(&one["field"])))
        .filter(|(_, raw)| !raw.contains(" + "))
        .collect();
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for line in review["lines"].as_array().expect("lines") {
        let section = line["section"].as_str().expect("section");
        let row = rows.entry(section.to_owned()).or_insert(0);
        for (name, field) in line["fields"].as_object().expect("fields") {
            out.insert(format!("{section}.{row}.{name}"), raw(field));
        }
        *row += 1;
    }
    out
}

/// The box around the words that a text was printed as.
fn pointed_at(review: &Value, page: u32, (x, y): (f32, f32), value: &str) -> [f64; 4] {
    let (mut read, mut bbox) = (String::new(), [f64::INFINITY, f64::INFINITY, 0.0, 0.0]);
    for word in review["words"].as_array().expect("words") {
        let b: Vec<f64> = word["bbox"].as_array().expect("box").iter().filter_map(Value::as_f64).collect();
        let here = word["page"] == page && (b[3] - f64::from(y) - 2.0).abs() < 2.0 && b[0] > f64::from(x) - 1.0;
        if !here || read == value {
            continue;
        }
        read = format!("{read} {}", word["text"].as_str().expect("text")).trim().to_owned();
        bbox = [bbox[0].min(b[0]), bbox[1].min(b[1]), bbox[2].max(b[2]), bbox[3].max(b[3])];
    }
    assert_eq!(read, value, "what stands at {x} {y} of page {page}");
    bbox
}

/// The tables of a document page by page, with the edges between their columns where a person would pull them.
fn tables(document: &Document, review: &Value) -> Vec<Value> {
    let mut boxes: BTreeMap<(String, u32), BTreeMap<String, [f64; 4]>> = BTreeMap::new();
    for (name, page, at, value) in &document.truth {
        let [section, _, field] = name.split('.').collect::<Vec<_>>()[..] else { continue };
        let bbox = pointed_at(review, *page, *at, value);
        let columns = boxes.entry((section.to_owned(), *page)).or_default();
        let all = columns.entry(field.to_owned()).or_insert(bbox);
        *all = [all[0].min(bbox[0]), all[1].min(bbox[1]), all[2].max(bbox[2]), all[3].max(bbox[3])];
    }
    let table = |((section, page), columns): ((String, u32), BTreeMap<String, [f64; 4]>)| {
        let mut columns: Vec<(String, [f64; 4])> = columns.into_iter().collect();
        columns.sort_by(|a, b| a.1[0].total_cmp(&b.1[0]));
        let edge = |at: usize| (columns[at].1[2] + columns[at + 1].1[0]) / 2.0;
        let last = columns.len() - 1;
        let set = columns.iter().enumerate().map(|(at, (field, bbox))| {
            let left = if at == 0 { bbox[0] - 4.0 } else { edge(at - 1) };
            let right = if at == last { bbox[2] + 4.0 } else { edge(at) };
            j!({"field": field, "left": left, "right": right})
        });
        let top = columns.iter().map(|(_, bbox)| bbox[1]).fold(f64::INFINITY, f64::min);
        let bottom = columns.iter().map(|(_, bbox)| bbox[3]).fold(0.0, f64::max);
        j!({"section": section, "page": page, "top": top, "bottom": bottom, "columns": set.collect::<Vec<_>>()})
    };
    boxes.into_iter().map(table).collect()
}

fn right(document: &Document, read: &BTreeMap<String, String>) -> usize {
    let true_ones = document.truth.iter().filter(|(name, _, _, value)| read.get(name) == Some(value)).count();
    let extra = read.keys().filter(|name| !document.truth.iter().any(|(known, ..)| known == *name)).count();
    true_ones.saturating_sub(extra)
}

fn documents(layout: &Layout, numbers: std::ops::RangeInclusive<u64>) -> BTreeMap<u64, Document> {
    numbers.map(|number| (number, layout.print(number))).collect()
}

#[test]
fn a_shop_teaches_a_layout_and_another_shop_takes_it_over() {
    let layout = Layout::of(101);
    let (taught, later) = (documents(&layout, 1..=3), documents(&layout, 4..=20));
    let ours = Shop::new();
    let hashes = ours.import_documents(&taught);
    // One that came in together with the three and is not corrected: what was learned reads it as well.
    let waiting = ours.import_documents(&documents(&layout, 21..=21));
    for (number, document) in &taught {
        ours.correct(document, &hashes[number]);
    }
    let profiles = ours.run(&["profiles", "list"]);
    assert_eq!(profiles.as_array().map(Vec::len), Some(1), "{profiles}");
    assert_eq!(profiles[0]["examples"], 3);
    let fourth = ours.read(&waiting[&21]);
    assert!(right(&layout.print(21), &fourth) > 20, "the waiting document is read again: {fourth:?}");

    let (mut true_ones, mut all) = (0, 0);
    let hashes = ours.import_documents(&later);
    for (number, document) in &later {
        let read = ours.read(&hashes[number]);
        true_ones += right(document, &read);
        all += document.truth.len();
        let review = ours.call("show_review", &j!({"sha256": hashes[number]}));
        assert!(!review["checks"].as_array().expect("checks").is_empty(), "document {number} is checked");
    }
    eprintln!("{true_ones} of {all} fields right after three documents");
    assert!(true_ones * 100 >= all * 98, "{true_ones} of {all} fields are right");
    // What was read has become jobs.
    let work_order = later[&4].truth.iter().find(|(name, ..)| name == "work_order").expect("a number").3.clone();
    assert_eq!(ours.run(&["jobs", "show", &work_order])["job"]["work_order"], work_order.as_str());

    let shared = ours.dir.path().join("cost summary.layout.json");
    ours.run(&["profiles", "export", "1", "--output", text(&shared)]);
    no_value_in(&shared, &taught);
    let theirs = Shop::new();
    theirs.run(&["profiles", "import", text(&shared)]);
    theirs.run(&["profiles", "import", text(&shared)]);
    assert_eq!(theirs.run(&["profiles", "list"]).as_array().map(Vec::len), Some(1), "the same file comes in once");
    let there = theirs.import_documents(&later);
    for (number, document) in &later {
        let (mut here, there) = (ours.read(&hashes[number]), theirs.read(&there[number]));
        // What one document alone has shown stays in the shop that saw it.
        here.retain(|name, _| shown(&taught, name) >= 2);
        assert_eq!(here, there, "document {number} is read alike");
        assert!(right(document, &there) > 20, "document {number} is read");
    }
}

/// How many documents have a field, or lines of its section.
fn shown(taught: &BTreeMap<u64, Document>, name: &str) -> usize {
    let of = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let has = |document: &&Document| document.truth.iter().any(|(known, ..)| of(known) == of(name));
    taught.values().filter(has).count()
}

fn no_value_in(shared: &Path, taught: &BTreeMap<u64, Document>) {
    let text = fs::read_to_string(shared).expect("the profile");
    for (name, _, _, value) in taught.values().flat_map(|document| &document.truth) {
        for word in value.to_uppercase().split_whitespace().filter(|word| word.len() > 3) {
            assert!(!text.contains(&format!("\"{word}\"")), "{word} of {name} is in the shared profile");
        }
    }
}

#[test]
fn corrections_are_kept_with_who_and_when_and_survive_another_reading() {
    let layout = Layout::of(102);
    let shop = Shop::new();
    let made = documents(&layout, 1..=1);
    let hash = &shop.import_documents(&made)[&1];
    let error = refused(&[
        "--shop",
        text(&shop.file()),
        "call",
        "correct_field",
        &j!({"sha256": hash, "field": "customer", "value": "X"}).to_string(),
    ]);
    assert_eq!(error["code"], "conflict", "what the document is comes first");
    shop.correct(&made[&1], hash);
    let number = made[&1].truth.iter().find(|(name, ..)| name == "work_order").expect("a number").3.clone();
    let corrected = j!({"sha256": hash, "field": "total_cost", "value": "1,234.50"});
    shop.call("correct_field", &corrected);
    let bad = j!({"sha256": hash, "field": "total_cost", "value": "12O.50"}).to_string();
    let error = refused(&["--shop", text(&shop.file()), "call", "correct_field", &bad]);
    assert!(error["message"].as_str().expect("message").contains("is not an amount"));
    let review = shop.call("show_review", &j!({"sha256": hash}));
    let last = review["corrections"].as_array().expect("corrections").last().expect("one").clone();
    assert_eq!((last["field"].as_str(), last["who"].as_str()), (Some("total_cost"), Some("tester")));
    assert_eq!(last["after"]["value"]["value"]["minor"], 123_450);
    assert!(last["before"]["raw"].as_str().is_some());
    let job = shop.run(&["jobs", "show", &number]);
    assert_eq!(job["job"]["actual"]["total"]["minor"], 123_450, "the job is made anew");
    // A wrong number that is put right leaves no second job behind.
    shop.call("correct_field", &j!({"sha256": hash, "field": "work_order", "value": "77777"}));
    assert_eq!(shop.call("list_jobs", &j!({}))["total"], 1);
    assert_eq!(shop.run(&["jobs", "show", "77777"])["job"]["work_order"], "77777");
    assert_eq!(shop.run(&["verify"])["sound"], true);
}

#[test]
fn lines_are_added_joined_and_taken_out_by_hand() {
    let layout = Layout::of(103);
    let shop = Shop::new();
    let made = documents(&layout, 1..=1);
    let hash = &shop.import_documents(&made)[&1];
    shop.correct(&made[&1], hash);
    let lines = |review: &Value| review["lines"].as_array().expect("lines").clone();
    let before = lines(&shop.call("show_review", &j!({"sha256": hash})));
    let count = before.len();
    let labour = before.iter().rposition(|line| line["section"] == "labour").expect("labour");
    let described = before[labour]["fields"]["description"]["raw"].as_str().expect("a description").to_owned();

    let of = |line: usize, edit: &str| j!({"sha256": hash, "line": line, "edit": edit});
    let new = j!({"sha256": hash, "line": count, "section": "labour", "field": "description", "value": "second day"});
    let added = lines(&shop.call("correct_field", &new));
    assert_eq!((added.len(), &added[count]["section"]), (count + 1, &j!("labour")));

    let joined = lines(&shop.call("correct_line", &of(count, "join")));
    assert_eq!(joined.len(), count);
    assert_eq!(joined[labour]["fields"]["description"]["value"]["value"], format!("{described} second day"));
    let two_amounts = of(labour, "join").to_string();
    let error = refused(&["--shop", text(&shop.file()), "call", "correct_line", &two_amounts]);
    assert_eq!(error["code"], "conflict", "two amounts are never made one");

    let review = shop.call("correct_line", &of(labour, "remove"));
    assert_eq!(lines(&review).len(), count - 1);
    let gone = review["corrections"].as_array().expect("corrections").iter().filter(|one| one["after"].is_null());
    assert!(gone.count() > 1, "what was taken out is kept with who and when");
    let failed = review["checks"].as_array().expect("checks").iter().find(|one| one["printed"] != one["computed"]);
    assert!(failed.is_some(), "the sums are checked again without the line");
}

#[test]
fn all_that_is_certain_is_accepted_at_once_and_nothing_that_waits() {
    let shop = Shop::new();
    let summary = |number: u32| samples().join(format!("cost-summaries/WO-{number}.pdf"));
    // The sums of the last one do not fit together.
    for number in [19110, 19134, 19168] {
        shop.run(&["import", text(&summary(number))]);
    }
    let before = shop.call("list_reviews", &j!({}));
    assert_eq!((&before["certain"], &before["waiting"]), (&j!(2), &j!(1)));
    assert_eq!(shop.call("start_confirming", &j!({}))["documents"], 2);
    let after = shop.call("list_reviews", &j!({"all": true}));
    assert_eq!((&after["certain"], &after["waiting"]), (&j!(0), &j!(1)));
    let confirmed = after["documents"].as_array().expect("documents").iter().filter(|one| one["state"] == "confirmed");
    assert_eq!(confirmed.count(), 2);
    let error = refused(&["--shop", text(&shop.file()), "call", "start_confirming"]);
    assert_eq!(error["code"], "invalid_input");
}
