//! Invoices whose truth is known: the XML that ZUGFeRD files carry, hidden from the reader, and invoices with their expected
//! values beside them. Prints how many fields are right, wrong and left open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use signwright_domain::record::{ACCEPT, Check, DocumentKind, Extraction, Field, Place, RecordLine, Value};
use signwright_intake::{Limits, read_pdf};

/// Vendors, by words of the file's name, whose files are for development; all other vendors are held out.
const DEVELOPMENT: &[&str] = &[
    "Einfach",
    "SEPA",
    "Gutschrift",
    "Rechnungskorrektur",
    "Physiotherapeut",
    "Miete",
    "Sachversicherung",
    "Mustang",
    "python-factur-x",
    "ElektronischeAdresse",
    "fail1",
    "fail3",
];

const FIELDS: [&str; 4] = ["number", "date", "vendor", "total"];

/// What is known of one invoice: fields by name, and lines as description, quantity, price and amount.
struct Truth {
    fields: BTreeMap<&'static str, Value>,
    lines: Vec<[Option<Value>; 4]>,
}

#[derive(Default)]
struct Figures {
    right: BTreeMap<&'static str, usize>,
    wrong: BTreeMap<&'static str, usize>,
    open: BTreeMap<&'static str, usize>,
    accepted: usize,
    accepted_right: usize,
    files: usize,
    lines: usize,
    whole: usize,
}

impl Figures {
    fn share(&self) -> (usize, usize) {
        let sum = |counts: &BTreeMap<&str, usize>| counts.values().sum::<usize>();
        (sum(&self.right), sum(&self.right) + sum(&self.wrong) + sum(&self.open))
    }

    fn print(&self, title: &str) {
        eprintln!("{title}: {} files", self.files);
        for name in FIELDS {
            let count = |counts: &BTreeMap<&str, usize>| counts.get(name).copied().unwrap_or(0);
            let (right, wrong, open) = (count(&self.right), count(&self.wrong), count(&self.open));
            eprintln!(
                "  {name:8} right {right:3} wrong {wrong:3} open {open:3}   {}",
                wilson(right, right + wrong + open)
            );
        }
        let (right, all) = self.share();
        eprintln!("  all four: {right} of {all}   {}", wilson(right, all));
        eprintln!(
            "  accepted without a look: {} right of {}   {}",
            self.accepted_right,
            self.accepted,
            wilson(self.accepted_right, self.accepted)
        );
        eprintln!("  lines whole: {} of {}   {}", self.whole, self.lines, wilson(self.whole, self.lines));
    }

    fn count(&mut self, name: &str, truth: &Truth, read: &Extraction) {
        self.files += 1;
        let record = read.parsed.records.first();
        for field in FIELDS {
            let Some(expected) = truth.fields.get(field) else { continue };
            let found = record.and_then(|record| {
                record.fields.get(field).or_else(|| record.fields.get("bill_number").filter(|_| field == "number"))
            });
            let right = found.is_some_and(|found| same(&found.value, expected));
            let counts = match found {
                None => &mut self.open,
                Some(_) if right => &mut self.right,
                Some(_) => &mut self.wrong,
            };
            *counts.entry(field).or_default() += 1;
            let accepted = found.is_some_and(|found| found.confidence >= ACCEPT);
            self.accepted += usize::from(accepted);
            self.accepted_right += usize::from(accepted && right);
            if !right && shown(name) {
                let said = found.map(|found| {
                    format!("{:?} sure {:.2} by {}", found.value.to_string(), found.confidence, found.found_by)
                });
                eprintln!(
                    "    {name}: {field} is {:?}, read {}",
                    expected.to_string(),
                    said.unwrap_or("nothing".to_owned())
                );
            }
        }
        self.lines += truth.lines.len();
        let mut left: Vec<&RecordLine> = record.iter().flat_map(|record| &record.lines).collect();
        for expected in &truth.lines {
            match left.iter().position(|line| whole(line, expected)) {
                Some(at) => {
                    left.remove(at);
                    self.whole += 1;
                }
                None if shown(name) => {
                    let raw = |line: &&RecordLine| {
                        line.fields
                            .iter()
                            .map(|(name, field)| format!("{name}={}", field.raw))
                            .collect::<Vec<_>>()
                            .join("; ")
                    };
                    eprintln!(
                        "    {name}: line {expected:?}\n      not among {:#?}",
                        left.iter().map(raw).collect::<Vec<_>>()
                    );
                }
                None => {}
            }
        }
    }
}

/// Errors are shown for development files only, and only on request.
fn shown(name: &str) -> bool {
    std::env::var_os("SIGNWRIGHT_SHOW").is_some() && is_development(name)
}

fn is_development(name: &str) -> bool {
    DEVELOPMENT.iter().any(|word| name.contains(word)) || name.starts_with("own ")
}

/// A share with its Wilson bounds at 95 %.
fn wilson(right: usize, all: usize) -> String {
    let (n, z) = (all.max(1) as f64, 1.96_f64);
    let p = right as f64 / n;
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    format!("{:5.1} % ({:.1} to {:.1})", 100.0 * p, 100.0 * (middle - half).max(0.0), 100.0 * (middle + half).min(1.0))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Money(money) => Some(money.to_decimal()),
        Value::Number(number) => Some(*number),
        Value::Text(_) | Value::Date(_) | Value::Flag(_) => None,
    }
}

fn same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        // A firm may be called by its name with or without its legal form.
        (Value::Text(found), Value::Text(expected)) => {
            let (found, expected) = (plain(found), plain(expected));
            found == expected || (expected.len() > 8 && found.starts_with(&expected))
        }
        (Value::Date(found), Value::Date(expected)) => found == expected,
        _ => decimal(found).is_some() && decimal(found) == decimal(expected),
    }
}

/// A line is whole where all that is known of it was read; the description may go on where the truth's ends.
fn whole(line: &RecordLine, expected: &[Option<Value>; 4]) -> bool {
    ["description", "quantity", "unit_price", "amount"].into_iter().zip(expected).all(|(name, expected)| {
        let Some(expected) = expected else { return true };
        let Some(found) = line.fields.get(name) else { return false };
        match (&found.value, expected) {
            (Value::Text(found), Value::Text(expected)) => plain(found).starts_with(&plain(expected)),
            (found, expected) => same(found, expected),
        }
    })
}

/// What the attached XML says.
fn attached(bytes: &[u8]) -> Option<Truth> {
    let read = read_pdf(bytes, &Limits::default());
    (read.layout.as_deref() == Some("e-invoice")).then_some(())?;
    let record = read.parsed.records.into_iter().next()?;
    let fields = FIELDS.into_iter().filter_map(|name| Some((name, printed(record.fields.get(name))?))).collect();
    let of = |line: &RecordLine| {
        ["description", "quantity", "unit_price", "amount"].map(|name| printed(line.fields.get(name)))
    };
    Some(Truth { fields, lines: record.lines.iter().map(of).collect() })
}

/// A value that stands on the pages as well: some files carry the XML of another invoice.
fn printed(field: Option<&Field>) -> Option<Value> {
    let field = field?;
    matches!(field.at, Place::Page { bbox, .. } if bbox != [0.0; 4]).then(|| field.value.clone())
}

fn measured(files: &[PathBuf], keep: impl Fn(&str) -> bool) -> Figures {
    let mut figures = Figures::default();
    for path in files {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = std::fs::read(path).expect("a readable file");
        if let Some(truth) = keep(&name).then(|| attached(&bytes)).flatten() {
            let hidden = Limits { attachments: false, ..Limits::default() };
            figures.count(&name, &truth, &read_pdf(&bytes, &hidden));
        }
    }
    figures
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "pdf")).collect();
    files.sort();
    files
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/zugferd")
}

/// Fails when the reading of the invoices that ship with the tests gets worse.
#[test]
fn invoices_in_several_layouts_are_read_without_their_xml() {
    let figures = measured(&pdfs(&fixtures()), |_| true);
    figures.print("fixtures");
    let (right, all) = figures.share();
    assert!(figures.files == 8 && all >= 25, "{} files, {all} fields", figures.files);
    assert!(right * 100 >= all * FIELDS_RIGHT, "{right} of {all} fields");
    let wrong = figures.accepted - figures.accepted_right;
    assert!(figures.accepted >= 24 && wrong <= ACCEPTED_WRONG, "{wrong} wrong of {} accepted", figures.accepted);
    assert!(figures.whole * 100 >= figures.lines * LINES_WHOLE, "{} of {} lines", figures.whole, figures.lines);
}

/// Percent of the fixtures' fields and lines that are read right.
const FIELDS_RIGHT: usize = 90;
const LINES_WHOLE: usize = 70;
/// How many of the fixtures' fields may be accepted though they are wrong.
const ACCEPTED_WRONG: usize = 1;

#[test]
fn an_invoice_s_own_xml_is_believed() {
    let bytes = std::fs::read(fixtures().join("XML-Rechnung_FX_EN16931_Einfach.pdf")).expect("a fixture");
    let read = read_pdf(&bytes, &Limits::default());
    assert_eq!((read.kind, read.layout.as_deref()), (DocumentKind::Invoice, Some("e-invoice")));
    assert_eq!(read.parsed.rejects, []);
    assert!(read.parsed.checks.len() == 2 && read.parsed.checks.iter().all(Check::passed));
    let record = &read.parsed.records[0];
    assert_eq!((record.text("number"), record.text("currency")), (Some("471102"), Some("EUR")));
    assert_eq!((record.text("vendor"), record.text("customer")), (Some("Lieferant GmbH"), Some("Kunden AG Mitte")));
    assert_eq!(record.date("date").map(|date| date.to_string()).as_deref(), Some("2018-03-05"));
    let minor = ["subtotal", "tax", "total"].map(|name| record.money(name).map(|money| money.minor));
    assert_eq!(minor, [Some(47_300), Some(5_687), Some(52_987)]);
    assert_eq!(record.lines.len(), 2);
    assert_eq!(record.lines[0].fields["amount"].at, Place::Page { page: 2, bbox: amount_box(&read) });
}

/// Where the first line's amount is printed.
fn amount_box(read: &Extraction) -> [f64; 4] {
    read.words.iter().rfind(|word| word.page == 2 && word.text == "198,00").expect("printed").bbox
}

fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SIGNWRIGHT_DATA").map(|data| PathBuf::from(data).join(name)).filter(|f| f.is_dir());
    if folder.is_none() {
        eprintln!("SKIPPED: SIGNWRIGHT_DATA does not name a folder with \"{name}\"");
    }
    folder
}

#[test]
fn zugferd_invoices_with_their_xml_hidden() {
    let Some(folder) = data("documents/zugferd") else { return };
    let files = pdfs(&folder);
    measured(&files, is_development).print("development");
    measured(&files, |name| !is_development(name)).print("held out");
}

/// Real invoices with their expected values in a file of the same name.
#[test]
fn invoices_with_expected_values() {
    let Some(folder) = data("documents/invoices") else { return };
    let mut figures = Figures::default();
    for path in pdfs(&folder) {
        let expected = std::fs::read(path.with_extension("json")).expect("expected values");
        let expected: serde_json::Value = serde_json::from_slice(&expected).expect("JSON");
        let name =
            format!("own {}", path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
        let bytes = std::fs::read(&path).expect("a readable file");
        figures.count(&name, &stated(&expected[0]), &read_pdf(&bytes, &Limits::default()));
    }
    figures.print("real invoices");
}

fn stated(expected: &serde_json::Value) -> Truth {
    let text = |name: &str| expected[name].as_str().map(|text| Value::Text(text.to_owned()));
    let date = expected["date"].as_str().and_then(|date| date.parse().ok()).map(Value::Date);
    let total = expected["amount"].as_f64().and_then(|amount| format!("{amount:.2}").parse().ok()).map(Value::Number);
    let fields = [("number", text("invoice_number")), ("date", date), ("vendor", text("issuer")), ("total", total)];
    let lines = expected["lines"].as_array().into_iter().flatten().map(stated_line).collect();
    Truth { fields: fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(), lines }
}

fn stated_line(line: &serde_json::Value) -> [Option<Value>; 4] {
    let number = |name: &str| {
        let text =
            line[name].as_str().map(str::to_owned).or_else(|| line[name].as_f64().map(|number| number.to_string()))?;
        text.parse().ok().map(Value::Number)
    };
    let text = line["desc"].as_str().or_else(|| line["name"].as_str()).map(|text| Value::Text(text.to_owned()));
    [text, number("qty"), number("price").or_else(|| number("price_unit")), number("price_subtotal")]
}
