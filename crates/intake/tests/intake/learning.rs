//! After three confirmed documents of a layout that no reader knows, the next ones are read.

use std::collections::{BTreeMap, BTreeSet};

use signwright_domain::record::{
    ACCEPT, Check, Extraction, Field, Place, Record, RecordKind, RecordLine, Section, Value,
};
use signwright_domain::{Currency, Money};
use signwright_intake::profile::{self, LayoutProfile, Printed};
use signwright_intake::{Limits, read_pdf};

use crate::unseen::{Document, Layout};

fn printed(extraction: &Extraction) -> Printed<'_> {
    Printed::of(extraction, Currency::USD)
}

fn learned(layout: &Layout, numbers: std::ops::RangeInclusive<u64>) -> LayoutProfile {
    let mut known = None;
    for number in numbers {
        let document = layout.print(number);
        let extraction = extracted(&document);
        let record = confirmed(&document, &extraction);
        known = Some(profile::learn(known, &printed(&extraction), &record, false));
    }
    known.expect("at least one document")
}

/// What a profile makes of a document: how many of the printed values are right, how many there are, and the rest.
#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
    accepted_wrong: usize,
    accepted: usize,
    recognised: usize,
    documents: usize,
    checked: usize,
}

impl Tally {
    fn count(&mut self, known: &LayoutProfile, document: &Document) {
        let extraction = extracted(document);
        self.documents += 1;
        let truth: BTreeMap<&str, &str> =
            document.truth.iter().map(|(name, _, _, text)| (name.as_str(), text.as_str())).collect();
        self.all += truth.len();
        if profile::recognised([known], &printed(&extraction)).is_none() {
            return;
        }
        self.recognised += 1;
        let reading = profile::combined(&extraction.parsed, profile::read(known, &printed(&extraction)));
        self.checked += usize::from(!reading.checks.is_empty() && reading.checks.iter().all(Check::passed));
        let found = named(&reading.records[0]);
        let wrong_extra = found.keys().filter(|name| !truth.contains_key(name.as_str())).count();
        let right = truth.iter().filter(|(name, text)| found.get(**name).is_some_and(|(raw, _)| raw == *text)).count();
        self.right += right.saturating_sub(wrong_extra);
        let accepted = found.iter().filter(|(_, (_, confidence))| *confidence >= ACCEPT);
        for (name, (raw, _)) in accepted {
            self.accepted += 1;
            self.accepted_wrong += usize::from(truth.get(name.as_str()) != Some(&raw.as_str()));
        }
        if std::env::var_os("SHOW_WRONG").is_some() {
            for (name, text) in &truth {
                if found.get(*name).is_none_or(|(raw, _)| raw != text) {
                    eprintln!("{name}: \"{text}\" read as {:?}", found.get(*name));
                }
            }
            for name in found.keys().filter(|name| !truth.contains_key(name.as_str())) {
                eprintln!("{name} is not there: {:?}", found[name]);
            }
        }
    }

    fn share(&self) -> f64 {
        self.right as f64 / self.all as f64
    }
}

fn named(record: &Record) -> BTreeMap<String, (String, f64)> {
    let mut out: BTreeMap<String, (String, f64)> =
        record.fields.iter().map(|(name, field)| (name.clone(), (field.raw.clone(), field.confidence))).collect();
    // Hours that are the sum of the lines are not printed.
    out.retain(|_, (raw, _)| !raw.contains(" + "));
    out.retain(|name, _| name != "estimated_hours" && name != "actual_hours");
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for line in &record.lines {
        let row = rows.entry(format!("{:?}", line.section).to_lowercase()).or_insert(0);
        for (name, field) in &line.fields {
            out.insert(
                format!("{:?}.{row}.{name}", line.section).to_lowercase(),
                (field.raw.clone(), field.confidence),
            );
        }
        *row += 1;
    }
    out
}

#[test]
fn no_reader_knows_these_layouts() {
    for seed in 1..=12 {
        let extraction = extracted(&Layout::of(seed).print(1));
        let total = extraction.parsed.records.iter().any(|record| record.money("total_cost").is_some());
        assert!(!total, "layout {seed} is read without a profile");
    }
}

#[test]
fn after_three_documents_of_a_layout_the_next_ones_are_read() {
    let mut sum = Tally::default();
    for seed in 1..=12 {
        let layout = Layout::of(seed);
        let known = learned(&layout, 1..=3);
        let mut tally = Tally::default();
        for number in 4..=20 {
            tally.count(&known, &layout.print(number));
        }
        eprintln!(
            "layout {seed}: {} of {} ({:.4}), recognised {} of {}, add up {}, accepted {} of which wrong {}",
            tally.right,
            tally.all,
            tally.share(),
            tally.recognised,
            tally.documents,
            tally.checked,
            tally.accepted,
            tally.accepted_wrong
        );
        sum.right += tally.right;
        sum.all += tally.all;
        sum.accepted += tally.accepted;
        sum.accepted_wrong += tally.accepted_wrong;
        sum.documents += tally.documents;
        sum.recognised += tally.recognised;
        sum.checked += tally.checked;
    }
    eprintln!(
        "all: {} of {} ({:.4}), recognised {} of {}, add up {}, accepted {} of which wrong {}",
        sum.right,
        sum.all,
        sum.share(),
        sum.recognised,
        sum.documents,
        sum.checked,
        sum.accepted,
        sum.accepted_wrong
    );
    assert!(sum.share() >= 0.98, "{:.4} of the fields are right", sum.share());
    assert_eq!(sum.accepted_wrong, 0, "a wrong value is never taken without being looked at");
}

#[test]
fn what_is_shared_reads_the_same_and_holds_no_value() {
    let layout = Layout::of(5);
    let known = learned(&layout, 1..=3);
    assert_eq!(learned(&layout, 1..=1).shared(&BTreeSet::new()), Err(profile::ProfileError::TooFewExamples));
    let text = known.shared(&BTreeSet::new()).expect("three examples").to_json();
    let there = LayoutProfile::from_json(&text).expect("our own file");
    for number in 4..=20 {
        let extraction = extracted(&layout.print(number));
        assert!(profile::recognised([&there], &printed(&extraction)).is_some());
        let (here, there) =
            (profile::read(&known, &printed(&extraction)), profile::read(&there, &printed(&extraction)));
        // What one example alone has shown stays in the shop.
        let values = |one: &profile::Learned| {
            let proven = named(&one.record).into_iter().filter(|(_, (_, confidence))| *confidence > 0.8);
            proven.collect::<Vec<_>>()
        };
        assert!(values(&there).len() > 20);
        assert_eq!(values(&here), values(&there), "document {number}");
    }
    for number in 1..=3 {
        for (name, _, _, value) in layout.print(number).truth {
            let upper = value.to_uppercase();
            let words = upper.split_whitespace().filter(|word| word.len() > 3);
            for word in words {
                assert!(!text.contains(&format!("\"{word}\"")), "{word} of {name} is in the shared profile");
            }
        }
    }
}

#[test]
fn a_file_that_is_no_profile_is_refused() {
    for (text, expected) in [
        ("not json", "this is no layout profile"),
        ("{}", "it has no format"),
        ("{\"format\": 7}", "format 7"),
        ("{\"format\": 1, \"kind\": \"cost_summary\"}", "missing field"),
    ] {
        let error = LayoutProfile::from_json(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn another_layout_is_not_taken_for_a_known_one() {
    let known: Vec<LayoutProfile> = (1..=12).map(|seed| learned(&Layout::of(seed), 1..=3)).collect();
    let mut taken = 0;
    for seed in 1..=12_u64 {
        let extraction = extracted(&Layout::of(seed).print(30));
        let found = profile::recognised(&known, &printed(&extraction)).map(|(place, _)| place);
        taken += usize::from(found != Some(seed as usize - 1));
    }
    assert_eq!(taken, 0, "documents taken for another layout");
    let other = extracted(&Layout::of(40).print(1));
    assert!(profile::recognised(&known, &printed(&other)).is_none());
}

fn extracted(document: &Document) -> Extraction {
    read_pdf(&document.bytes, &Limits::default())
}

/// The record as a person confirms it: every value with the words that were pointed at.
fn confirmed(document: &Document, extraction: &Extraction) -> Record {
    let mut record =
        Record { kind: RecordKind::CostSummary, key: String::new(), fields: BTreeMap::new(), lines: Vec::new() };
    let mut rows: Vec<(String, RecordLine)> = Vec::new();
    for (name, page, at, text) in &document.truth {
        let bbox = pointed_at(extraction, *page, *at, text);
        let place = Place::Page { page: *page, bbox };
        let field = |name: &str| Field {
            value: value(name, text),
            raw: text.clone(),
            at: place.clone(),
            confidence: 1.0,
            found_by: "confirmed by tester".to_owned(),
        };
        match name.split('.').collect::<Vec<_>>().as_slice() {
            [section, row, column] => {
                let key = format!("{section}.{row}");
                let section = match *section {
                    "labour" => Section::Labour,
                    "material" => Section::Material,
                    _ => Section::Outplant,
                };
                if rows.last().is_none_or(|(last, _)| *last != key) {
                    rows.push((key, RecordLine { section, fields: BTreeMap::new() }));
                }
                rows.last_mut().expect("a row").1.fields.insert((*column).to_owned(), field(column));
            }
            _ => {
                record.fields.insert(name.clone(), field(name));
            }
        }
    }
    record.lines = rows.into_iter().map(|(_, line)| line).collect();
    record.key = record.fields["work_order"].raw.clone();
    record
}

fn pointed_at(extraction: &Extraction, page: u32, (x, y): (f32, f32), text: &str) -> [f64; 4] {
    let (x, y) = (f64::from(x), f64::from(y));
    let on_line = extraction
        .words
        .iter()
        .filter(|word| word.page == page && (word.bbox[3] - y - 2.0).abs() < 2.0 && word.bbox[0] > x - 1.0);
    let mut read = String::new();
    let mut bbox: Option<[f64; 4]> = None;
    for word in on_line {
        read = format!("{read} {}", word.text).trim().to_owned();
        let b = word.bbox;
        bbox = Some(bbox.map_or(b, |a| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]));
        if read == text {
            return bbox.expect("a word");
        }
    }
    panic!("\"{text}\" was printed at {x} {y} of page {page} and read as \"{read}\"")
}

fn value(name: &str, text: &str) -> Value {
    let number = || text.replace(',', "").parse::<rust_decimal::Decimal>().expect("a number");
    match name {
        "cost" | "material_cost" | "labour_cost" | "burden_cost" | "outplant_cost" | "use_tax" | "total_cost" => {
            Value::Money(Money::from_decimal(number(), Currency::USD).expect("an amount"))
        }
        "estimated_hours" | "actual_hours" | "quantity" => Value::Number(number()),
        "completed_on" => {
            let date = format!("{}-{}-{}", &text[6..], &text[..2], &text[3..5]);
            Value::Date(date.parse().expect("a date"))
        }
        _ => Value::Text(text.to_owned()),
    }
}
