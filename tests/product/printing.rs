//! Documents by the program's templates and by a shop's own, which may be wrong in any way.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::program::{json, refused, run, text};

/// A shop with two quotes of one estimate by the starter model.
struct Office {
    dir: tempfile::TempDir,
    shop: PathBuf,
    numbers: [String; 2],
}

impl Office {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("dir");
        let shop = dir.path().join("office.signwright");
        let spec = dir.path().join("spec.json");
        let drivers =
            r#"{"sign_type": "monument", "width": 10, "height": 6, "faces": 2, "lighting": "led", "permit": true}"#;
        std::fs::write(&spec, drivers).expect("written");
        // The first command makes the shop.
        json(&["--shop", text(&shop), "call", "shop_settings"]);
        let estimate = json(&["--shop", text(&shop), "estimate", "--spec", text(&spec), "--save"]);
        let id = estimate["id"].as_i64().expect("an id").to_string();
        let new = || json(&["--shop", text(&shop), "quote", "new", "--estimate", &id, "--customer", "Alder Bank"]);
        let numbers = [new(), new()].map(|quote| quote["number"].as_str().expect("a number").to_owned());
        Self { dir, shop, numbers }
    }

    fn with<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        [&["--shop", text(&self.shop)], arguments].concat()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn template(&self, name: &str, text: &str) -> PathBuf {
        let path = self.file(&format!("{name}.typ"));
        std::fs::write(&path, text).expect("written");
        path
    }
}

fn is_pdf(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
}

#[test]
fn every_document_of_a_quote_is_written() {
    let office = Office::new();
    for kind in ["quote", "why", "owner", "work-order"] {
        let path = office.file(&format!("{kind}.pdf"));
        json(&office.with(&["quote", "pdf", &office.numbers[0], "--kind", kind, "--output", text(&path)]));
        assert!(is_pdf(&path), "{kind}");
    }
}

#[test]
fn a_shop_prints_by_templates_of_its_own_and_by_the_programs_on_demand() {
    let office = Office::new();
    let [first, newest] = &office.numbers;
    let words = format!(
        "#import \"house.typ\": *\n#show: sheet\n\n#if data.number == \"{first}\" {{ panic(\"not this one\") }}\n#data.total"
    );
    let own = office.template("quote", &words);
    let list = json(&office.with(&["documents", "templates", "import", text(&own)]));
    let is_own =
        |name: &str| list.as_array().expect("a list").iter().any(|one| one["name"] == name && one["own"] == true);
    assert!(is_own("quote") && !is_own("why"));
    let path = office.file("out.pdf");
    json(&office.with(&["quote", "pdf", newest, "--output", text(&path)]));
    assert!(is_pdf(&path));
    let error = refused(&office.with(&["quote", "pdf", first, "--output", text(&office.file("no.pdf"))]));
    let message = error["message"].as_str().expect("a message");
    assert!(message.contains("quote.typ, line 4") && message.contains("not this one"), "{message}");
    assert!(!office.file("no.pdf").exists());
    json(&office.with(&["quote", "pdf", first, "--shipped", "--output", text(&office.file("shipped.pdf"))]));
    assert!(is_pdf(&office.file("shipped.pdf")));
    json(&office.with(&["documents", "templates", "reset", "quote"]));
    json(&office.with(&["quote", "pdf", first, "--output", text(&office.file("again.pdf"))]));
}

#[test]
fn a_template_reads_nothing_of_the_machine_and_is_ended_when_it_takes_too_long() {
    let office = Office::new();
    let refuses = |words: &str, why: &str| {
        let path = office.template("quote", words);
        let error = refused(&office.with(&["documents", "templates", "import", text(&path)]));
        let message = error["message"].as_str().expect("a message").to_owned();
        assert!(message.contains(why), "{message}");
    };
    refuses("#read(\"/etc/passwd\")", "quote.typ, line 1");
    refuses("one\n#import \"@preview/anything:0.1.0\": *", "quote.typ, line 2");
    refuses("#text(", "quote.typ, line 1");
    let begun = Instant::now();
    refuses("#for a in range(1000000) { for b in range(1000000) { let x = calc.sin(a * b) } }", "took longer");
    assert!(begun.elapsed() < Duration::from_secs(60));
    assert!(run(&office.with(&["verify"])).status.success());
}
