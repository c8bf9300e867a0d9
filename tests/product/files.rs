//! Wrong input gets a clear error or a reject with a reason; nothing is lost and nothing is invented.

use std::fs;

use serde_json::Value;

use crate::program::{clone, json, refused, run, samples, text};
use crate::shop::Shop;

fn check_state(name: &str, bytes: &[u8], state: &str, reason: &str) {
    let shop = Shop::new();
    let path = shop.put(name, bytes);
    let outcome = shop.import(&path);
    assert_eq!(outcome["state"], state, "{name}: {outcome}");
    assert!(outcome["message"].as_str().is_some_and(|message| !message.is_empty()), "{name} says what is wrong");
    let rejects = shop.rejects();
    assert_eq!(rejects.len(), 1, "{name} is kept as one reject");
    assert_eq!(rejects[0]["reject"]["reason"], reason, "{name}");
}

#[test]
fn what_is_no_document_is_refused_with_a_reason() {
    let noise: Vec<u8> = (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    check_state("empty.pdf", b"", "damaged", "damaged");
    check_state("noise.pdf", &noise, "damaged", "damaged");
    check_state("page.pdf", b"<!doctype html><p>Sign in to download", "damaged", "damaged");
    check_state("notes.docx", b"PK\x03\x04", "refused", "wrong_shape");
    let whole = fs::read(samples().join("cost-summaries/WO-19110.pdf")).expect("sample");
    check_state("cut.pdf", &whole[..whole.len() / 8], "damaged", "damaged");
    let locked = fs::read(clone().join("tests/fixtures/needs-password.pdf")).expect("fixture");
    check_state("locked.pdf", &locked, "needs_password", "needs_password");
}

#[test]
fn a_table_that_cannot_be_understood_is_refused_with_what_was_seen() {
    for (name, bytes) in [
        ("wrong-delimiter.csv", &b"Quote No~Customer~Quote Date\nQ1~Alder Bank~2025-01-02\n"[..]),
        ("no-header.csv", b"1,2,3\n4,5,6\n"),
        ("empty.csv", b""),
        ("broken.xlsx", b"PK\x03\x04 this is not a workbook"),
    ] {
        let shop = Shop::new();
        let outcome = shop.import(&shop.put(name, bytes));
        assert_eq!(outcome["state"], "refused", "{name}: {outcome}");
        assert_eq!(outcome["counts"]["created"], 0);
        assert_eq!(shop.rejects().len(), 1, "{name}");
    }
}

#[test]
fn files_that_are_not_there_end_the_command_with_their_name() {
    let shop = Shop::new();
    let missing = shop.dir.path().join("no such file.pdf");
    let error = refused(&["--shop", text(&shop.file()), "import", text(&missing)]);
    assert_eq!(error["code"], "unreadable_file");
    assert!(error["message"].as_str().expect("message").contains("no such file.pdf"));
    let folder = shop.dir.path().join("nothing here");
    fs::create_dir(&folder).expect("folder");
    let error = refused(&["--shop", text(&shop.file()), "import", text(&folder)]);
    assert!(error["message"].as_str().expect("message").contains("nothing here"));
}

#[test]
fn an_unreadable_amount_is_a_reject_that_can_be_repaired() {
    let shop = Shop::new();
    let bytes = b"WO #,Customer,Status,Date Completed,Total Material Cost,Total Labor Cost,Total Cost\n\
                  501,Alder Bank,Completed,01/31/2025,12O.50,100.00,220.50\n\
                  502,Hill School,Completed,02/28/2025,50.00,60.00,110.00\n";
    let outcome = shop.import(&shop.put("work-orders.csv", bytes));
    assert_eq!((outcome["counts"]["created"].as_u64(), outcome["counts"]["rejected"].as_u64()), (Some(2), Some(1)));
    let file = shop.file();
    let job = json(&["--shop", text(&file), "jobs", "show", "501"]);
    assert_eq!(job["job"]["actual"]["material"], Value::Null, "what cannot be read is absent, never zero");
    let reject = &shop.rejects()[0];
    assert_eq!(
        (reject["reject"]["place"]["row"].as_u64(), reject["reject"]["place"]["column"].as_u64()),
        (Some(2), Some(5))
    );
    let id = reject["id"].to_string();
    assert_eq!(refused(&["--shop", text(&file), "rejects", "fix", &id, "12O"])["code"], "invalid_input");
    json(&["--shop", text(&file), "rejects", "fix", &id, "120.50"]);
    let job = json(&["--shop", text(&file), "jobs", "show", "501"]);
    assert_eq!(job["job"]["actual"]["material"]["minor"], 12_050);
    assert!(shop.rejects().is_empty());
}

#[test]
fn an_export_with_changed_rows_updates_those_and_no_others() {
    let shop = Shop::new();
    let head = "WO #,Customer,Status,Date Completed,Total Cost\n";
    let first = format!("{head}1,Alder Bank,Completed,01/31/2025,10.00\n2,Hill School,Completed,01/31/2025,20.00\n");
    let second = format!("{first}3,Harbor Dental,Completed,02/28/2025,30.00\n").replace("20.00", "25.00");
    shop.import(&shop.put("a.csv", first.as_bytes()));
    let outcome = shop.import(&shop.put("b.csv", second.as_bytes()));
    let counts = &outcome["counts"];
    assert_eq!((&counts["created"], &counts["updated"], &counts["unchanged"]), (&1.into(), &1.into(), &1.into()));
    let job = json(&["--shop", text(&shop.file()), "jobs", "show", "2"]);
    assert_eq!(job["job"]["actual"]["total"]["minor"], 2_500);
    let said: Vec<_> =
        job["sources"].as_array().expect("sources").iter().filter(|s| s["field"] == "total_cost").collect();
    assert_eq!(said.len(), 2, "the value of before is kept beside the one of now");
    let same = shop.import(&shop.dir.path().join("b.csv"));
    assert_eq!(same["state"], "seen_before");
}

#[test]
fn a_dry_run_counts_and_changes_nothing() {
    let shop = Shop::new();
    let path = samples().join("crm/customers.csv");
    let file = shop.file();
    let dry = json(&["--shop", text(&file), "import", "--dry-run", text(&path)]);
    assert!(dry["counts"]["created"].as_u64() > Some(100));
    assert_eq!(json(&["--shop", text(&file), "call", "list_imports"]).as_array().map(Vec::len), Some(0));
    let real = json(&["--shop", text(&file), "import", text(&path)]);
    assert_eq!(dry["counts"], real["counts"]);
}

#[test]
fn every_command_explains_itself_and_wrong_usage_ends_with_two() {
    for words in [
        "",
        "demo",
        "import",
        "extract",
        "rejects",
        "rejects fix",
        "jobs",
        "jobs list",
        "train",
        "predict",
        "estimate",
        "forecast",
        "anomalies",
        "quote",
        "quote new",
        "export",
        "export quotes",
        "models",
        "serve",
        "window",
        "backup",
        "restore",
        "verify",
        "call",
    ] {
        let mut arguments: Vec<&str> = words.split_whitespace().collect();
        arguments.push("--help");
        let output = run(&arguments);
        assert!(output.status.success() && output.stdout.len() > 100, "{words} --help");
    }
    for wrong in [&["fly"][..], &["import"], &["quote", "new"], &["estimate"], &["predict", "--input", "x"]] {
        assert_eq!(run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}
