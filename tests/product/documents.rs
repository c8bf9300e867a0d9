//! Locked, oversized and scanned documents: each ends in what can be known of it, and none harms another.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use crate::program::{clone, command, json, samples, text};

const PASSWORD: &str = "lantern 27";

/// Runs the program with this on standard input.
fn told(arguments: &[&str], line: &str) -> Output {
    let mut command = command(&[&["--json"], arguments].concat());
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(line.as_bytes()).expect("written");
    child.wait_with_output().expect("it ends")
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn locked() -> String {
    text(&clone().join("tests/fixtures/locked-bill.pdf")).to_owned()
}

#[test]
fn a_locked_document_is_read_with_its_password_and_without_it_says_so() {
    let file = locked();
    let read = |line: &str| answer(&told(&["extract", "--password-stdin", &file], line));
    let open = read(&format!("{PASSWORD}\n"));
    assert_eq!((&open["state"], &open["kind"]), (&json!("read"), &json!("vendor_bill")), "{open}");
    assert_eq!(read("lantern 28\n")["state"], "needs_password");
    assert_eq!(json(&["extract", &file])["state"], "needs_password");
    assert_eq!(told(&["extract", "--password-stdin", &file], "").status.code(), Some(1));
}

#[test]
fn a_document_locked_at_first_is_read_when_the_password_is_known_and_the_password_is_kept_nowhere() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = text(&dir.path().join("shop.signwright")).to_owned();
    let file = locked();
    let import = |line: &str| answer(&told(&["--shop", &shop, "import", "--password-stdin", &file], line));
    let first = json(&["--shop", &shop, "import", &file]);
    assert_eq!(first["files"][0]["state"], "needs_password", "{first}");
    assert_eq!(json(&["--shop", &shop, "import", &file])["files"][0]["state"], "seen_before");
    assert_eq!(import("wrong\n")["files"][0]["state"], "seen_before");
    let read = import(PASSWORD);
    assert_eq!(read["files"][0]["state"], "read", "{read}");
    assert_eq!(read["counts"]["created"], 1);
    assert_eq!(json(&["--shop", &shop, "rejects", "list"]), json!([]), "nothing is refused any more");
    assert_eq!(import(PASSWORD)["files"][0]["state"], "seen_before");
    let settled = json(&["--shop", &shop, "call", "list_rejects", "{\"status\": null}"]);
    assert_eq!(settled[0]["reopenable"], false, "it was settled by the password: {settled}");
    let unlock = "{\"id\": 1, \"password\": \"wrong\"}";
    let opened = json(&["--shop", &shop, "call", "unlock_import", unlock]);
    assert_eq!((&opened["state"], &opened["before"]), (&json!("seen_before"), &json!(2)), "it is open: {opened}");
    for entry in fs::read_dir(dir.path()).expect("dir") {
        let bytes = fs::read(entry.expect("entry").path()).expect("file");
        assert!(!bytes.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes()));
    }
}

/// One page with this content, as it stands or in a filter.
fn pdf(content: &[u8], filter: &str, more: &str) -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
        .to_vec();
    pdf.extend(format!("4 0 obj<</Length {}{filter}>>stream\n", content.len()).bytes());
    pdf.extend(content);
    pdf.extend(format!("\nendstream endobj\n{more}trailer<</Root 1 0 R/Size 6>>\n%%EOF").bytes());
    pdf
}

/// Runs of zeros in the run-length filter, each 128 for two bytes, and those again: much from little.
fn inflating() -> Vec<u8> {
    let blanks: Vec<u8> = std::iter::repeat_n([0x81, b' '], 4 << 20).flatten().collect();
    pdf(&blanks, "/Filter/RunLengthDecode", "")
}

#[test]
#[cfg(target_os = "linux")]
fn a_document_that_unpacks_beyond_the_limit_is_too_large_and_the_next_is_read() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = text(&dir.path().join("shop.signwright")).to_owned();
    let bomb = dir.path().join("a-bomb.pdf");
    fs::write(&bomb, inflating()).expect("write");
    let good = samples().join("cost-summaries/WO-19110.pdf");
    let report = json(&["--shop", &shop, "import", text(&good), text(&bomb), text(&locked_copy(dir.path()))]);
    let states: Vec<&Value> = report["files"].as_array().expect("files").iter().map(|file| &file["state"]).collect();
    assert_eq!(states, [&json!("read"), &json!("too_large"), &json!("needs_password")], "{report}");
    assert!(report["files"][1]["message"].as_str().expect("message").contains("256 MB"), "{report}");
}

#[cfg(target_os = "linux")]
fn locked_copy(dir: &Path) -> std::path::PathBuf {
    let copy = dir.join("locked.pdf");
    fs::copy(locked(), &copy).expect("copy");
    copy
}

/// A program that recognises, on any picture, the words of a small cost summary. It stands in for tesseract.
#[cfg(unix)]
fn recogniser(dir: &Path) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let lines = ["COST SUMMARY", "WORK ORDER 20431", "TOTAL LABOR COST    217.00", "TOTAL COST          217.00"];
    let mut table = String::new();
    for (top, line) in (200..).step_by(60).zip(lines) {
        table.push_str("4\t1\t1\t1\t1\t0\t0\t0\t0\t0\t-1\t\n");
        let mut from = 0;
        for word in line.split_whitespace() {
            from += line[from..].find(word).expect("it is there");
            let (left, width) = (100 + from * 25, word.len() * 25);
            table.push_str(&format!("5\t1\t1\t1\t1\t1\t{left}\t{top}\t{width}\t30\t96\t{word}\n"));
            from += word.len();
        }
    }
    let program = dir.join("recogniser");
    let script = format!("#!/bin/sh\n[ \"$1\" = --version ] && exit 0\ncat > /dev/null\ncat <<'END'\n{table}END\n");
    fs::write(&program, script).expect("write");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("mode");
    program
}

#[test]
#[cfg(unix)]
fn a_scan_is_recognised_where_a_program_for_it_is_there_and_its_values_wait_for_a_person() {
    let dir = tempfile::tempdir().expect("dir");
    let scan = dir.path().join("scan.pdf");
    let image = "5 0 obj<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8\
        /Length 4>>stream\nabcd\nendstream endobj\n";
    fs::write(&scan, pdf(b"q 612 0 0 792 0 0 cm /I Do Q", "", image)).expect("write");
    let extract = |program: &Path| {
        let mut command = command(&["--json", "extract", text(&scan)]);
        answer(&command.env("SIGNWRIGHT_TESSERACT", program).output().expect("the program starts"))
    };
    let without = extract(&dir.path().join("not there"));
    assert_eq!((&without["state"], &without["fields"]), (&json!("no_text_layer"), &json!([])));
    let with = extract(&recogniser(dir.path()));
    assert_eq!((&with["state"], &with["kind"]), (&json!("no_text_layer"), &json!("cost_summary")), "{with}");
    let fields = with["fields"].as_array().expect("fields");
    let total = fields.iter().find(|field| field["name"] == "total_cost").expect("the total");
    assert_eq!(total["raw"], "217.00");
    for field in fields {
        assert!(field["confidence"].as_f64().expect("a number") < 0.9, "{field}");
        assert!(field["found_by"].as_str().expect("words").contains("recognised"), "{field}");
    }
}
