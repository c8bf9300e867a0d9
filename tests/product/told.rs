//! What the command line says when something is off: wrong usage, suspicious values, gaps, files that may not be written.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{command, json, refused, run, samples, text};

fn put(dir: &Path, name: &str, content: &str) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, content).expect("write");
    path
}

fn notes(written: &Value) -> String {
    written["notes"].as_array().expect("notes").iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
}

#[test]
fn wrong_usage_is_an_error_object_like_every_other() {
    for words in [&["jobs", "lost"][..], &["train", "--bugdet", "3"], &["rejects"], &["forecast"]] {
        let output = run(&[&["--json"], words].concat());
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(output.stdout.is_empty(), "{words:?}");
        let error: Value = serde_json::from_slice(&output.stderr).unwrap_or_else(|e| panic!("{words:?}: {e}"));
        assert_eq!(error["code"], "invalid_input");
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty() && !message.contains('\n')));
    }
    let help = run(&["--json", "train", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&help.stdout).contains("Examples:"));
}

#[test]
fn what_cannot_be_right_is_kept_and_said_and_not_learned_from() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = dir.path().join("shop.signwright");
    let list = put(
        dir.path(),
        "list.csv",
        "WO #,Customer,Sign Type,Status,Date Completed,Material Cost,Labour Cost,Total Cost\n\
         1,Alder Bank,Monument,Completed,05/15/2025,600.00,400.00,1000.00\n\
         2,Alder Bank,Monument,Completed,05/16/2025,-50.00,400.00,350.00\n\
         3,Alder Bank,Monument,Completed,05/17/2025,9000000000000000.00,400.00,9000000000000400.00\n\
         4,Alder Bank,Monument,Completed,05/18/2099,600.00,400.00,1000.00\n\
         5,Alder Bank,Monument,Completed,05/19/2025,600.00,400.00,1500.00\n",
    );
    let dry = json(&["--shop", text(&shop), "import", "--dry-run", text(&list)]);
    let report = json(&["--shop", text(&shop), "import", text(&list)]);
    assert_eq!(dry["files"][0]["warnings"], report["files"][0]["warnings"], "a dry run says the same");
    let warnings = report["files"][0]["warnings"].as_array().expect("warnings");
    let all: Vec<&str> = warnings.iter().filter_map(Value::as_str).collect();
    for (order, words) in [
        ("work order 2", "below zero"),
        ("work order 3", "more than any sign costs"),
        ("work order 4", "in the future"),
        ("work order 5", "not the sum of its parts"),
    ] {
        assert!(all.iter().any(|said| said.starts_with(order) && said.contains(words)), "{order}: {all:?}");
    }
    assert!(!all.iter().any(|said| said.starts_with("work order 1")), "{all:?}");
    let kept = json(&["--shop", text(&shop), "jobs", "show", "2"]);
    assert_eq!(kept["job"]["actual"]["material"]["minor"], -5_000, "the value is kept as it stood");
    assert_eq!(kept["anomalies"][0]["kind"], "impossible");
    let few = refused(&["--shop", text(&shop), "train"]);
    assert!(few["message"].as_str().expect("message").ends_with("there are 2"), "{few}");
}

#[test]
fn what_was_decided_about_a_reject_can_be_taken_back() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = dir.path().join("shop.signwright");
    let list = put(
        dir.path(),
        "list.csv",
        "WO #,Customer,Status,Date Completed,Total Cost\n1,Alder Bank,Completed,05/15/2025,12O.50\n\
         2,Alder Bank,Completed,05/16/2025,130.00\n3,Alder Bank,Completed,05/17/2025,140.00\n",
    );
    json(&["--shop", text(&shop), "import", text(&list)]);
    let total = || json(&["--shop", text(&shop), "jobs", "show", "1"])["job"]["actual"]["total"]["minor"].clone();
    let open = || json(&["--shop", text(&shop), "rejects", "list"]).as_array().expect("list").len();
    assert_eq!((total(), open()), (Value::Null, 1));
    json(&["--shop", text(&shop), "rejects", "fix", "1", "120.50"]);
    assert_eq!((total(), open()), (12_050.into(), 0));
    let listed =
        || json(&["--shop", text(&shop), "call", "list_rejects", "{\"status\": null}"])[0]["reopenable"].clone();
    assert_eq!(listed(), true, "a fix can be taken back");
    json(&["--shop", text(&shop), "rejects", "reopen", "1"]);
    assert_eq!((total(), open()), (Value::Null, 1));
    let twice = refused(&["--shop", text(&shop), "rejects", "reopen", "1"]);
    assert_eq!(twice["code"], "conflict");
    assert_eq!(listed(), false, "it is open");
    json(&["--shop", text(&shop), "rejects", "discard", "1", "--note", "not a job"]);
    assert_eq!(open(), 0);
    json(&["--shop", text(&shop), "rejects", "reopen", "1"]);
    assert_eq!((total(), open()), (Value::Null, 1));
    let events = json(&["--shop", text(&shop), "call", "list_events", "{\"subject\": \"reject 1\"}"]);
    assert_eq!(events.as_array().map(Vec::len), Some(4), "each decision and each step back is in the log");
    assert_eq!(events[0]["before"]["status"], "discarded");
}

#[test]
fn an_empty_shop_does_not_fit_or_misfit() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = dir.path().join("shop.signwright");
    json(&["--shop", text(&shop), "call", "shop_settings"]);
    let said = String::from_utf8(run(&["--shop", text(&shop), "anomalies"]).stdout).expect("text");
    assert!(said.contains("nothing to look at yet") && said.contains("signwright import"), "{said}");
    assert_eq!(json(&["--shop", text(&shop), "anomalies"])["jobs_examined"], 0);
}

#[test]
fn a_shop_file_with_a_broken_page_is_damaged_and_not_empty() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = dir.path().join("shop.signwright");
    json(&["--shop", text(&shop), "import", text(&samples().join("prices"))]);
    let mut bytes = fs::read(&shop).expect("read");
    // Everything behind the header and the first rows of the schema's page.
    bytes[1_000..20_000].fill(0x5a);
    fs::write(&shop, &bytes).expect("write");
    let output = run(&["--shop", text(&shop), "verify"]);
    assert_eq!(output.status.code(), Some(1));
    let (said, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains("0 documents"), "{said}");
    assert!(format!("{said}{error}").contains("damaged") && error.contains("signwright restore"), "{said}{error}");
}

#[test]
fn gaps_and_dates_of_a_file_are_told_and_never_guessed() {
    let dir = tempfile::tempdir().expect("dir");
    let output = dir.path().join("out.csv");
    let forecast = |name: &str, content: &str| {
        let input = put(dir.path(), name, content);
        json(&["forecast", "--input", text(&input), "--horizon", "3", "--output", text(&output)])
    };
    let (mut gappy, mut ambiguous, mut proven) = (String::new(), String::new(), String::new());
    for i in 0..36 {
        let (year, month, y) = (2022 + i / 12, 1 + i % 12, 100 + (i * 7) % 12);
        if i != 7 && i != 20 {
            writeln!(gappy, "a,{year}-{month:02}-01,{y}").expect("string");
        }
        writeln!(ambiguous, "a,{month:02}/01/{year},{y}").expect("string");
        writeln!(proven, "a;{:02}.{month:02}.{year};{y},5", if i == 0 { 31 } else { 1 }).expect("string");
    }
    let head = "unique_id,ds,y\n";
    let written = forecast("gappy.csv", &format!("{head}{gappy}"));
    assert!(notes(&written).contains("2 missing periods in 1 of 1 series"), "{written}");
    let input = put(dir.path(), "ambiguous.csv", &format!("{head}{ambiguous}"));
    let error = refused(&["forecast", "--input", text(&input), "--horizon", "3", "--output", text(&output)]);
    let message = error["message"].as_str().expect("message");
    assert!(message.contains("2022-02-01") && message.contains("2022-01-02"), "{message}");
    let input = put(
        dir.path(),
        "weeks.csv",
        &format!("{head}{}", {
            let days = [3, 10, 17, 24, 31].map(|day| format!("a,01/{day:02}/2022,{}\n", 100 + day));
            days.concat()
        }),
    );
    let weeks = json(&["forecast", "--input", text(&input), "--horizon", "1", "--output", text(&output)]);
    assert!(notes(&weeks).contains("with the month first"), "{weeks}");
    assert!(fs::read_to_string(&output).expect("read").contains("a,2022-02-07,"));
    let decimals = forecast("semicolons.csv", &format!("unique_id;ds;y\n{}", proven.replacen("31.01", "01.01", 1)));
    assert!(notes(&decimals).contains("with the day first"), "{decimals}");
    let doubled = put(dir.path(), "doubled.csv", "unique_id,ds,y,y\na,2022-01-01,1,2\n");
    let error = refused(&["forecast", "--input", text(&doubled), "--output", text(&output)]);
    assert_eq!(error["message"], "there are two columns named \"y\"");
}

#[test]
fn rows_without_a_target_are_counted_and_scores_have_a_threshold() {
    let dir = tempfile::tempdir().expect("dir");
    let (model, output) = (dir.path().join("m.model"), dir.path().join("out.csv"));
    let mut rows = "area,cost\n".to_owned();
    for i in 0..120_u32 {
        let cost = if i % 40 == 3 { String::new() } else { format!("{}", 300 + (i * 37) % 90) };
        writeln!(rows, "{},{cost}", 5 + (i * 31) % 77).expect("string");
    }
    let input = put(dir.path(), "rows.csv", &rows);
    let card = json(&["train", "--input", text(&input), "--target", "cost", "--budget", "2", "--model", text(&model)]);
    let limits = card["limits"].as_array().expect("limits");
    assert!(limits.iter().any(|l| l.as_str().is_some_and(|l| l.starts_with("3 of 120 rows have no \"cost\""))));
    assert_eq!(card["verdict"]["better_than_rule"], false, "the cost was drawn without the area");
    let written = json(&["predict", "--input", text(&input), "--model", text(&model), "--output", text(&output)]);
    assert!(notes(&written).contains("120 of 120 rows are the median of all rows"), "{written}");
    assert!(notes(&written).contains("Not clearly better than the simple rule"), "{written}");
    let scored = json(&["anomalies", "--input", text(&input), "--table", "--output", text(&output)]);
    assert_eq!(scored["from_score"], 0.95);
    let found = fs::read_to_string(&output).expect("read");
    let flagged = found.lines().skip(1).filter(|line| !line.contains(",low,")).count();
    assert_eq!(scored["anomalies"], flagged);
}

#[test]
fn a_dash_is_standard_output() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = dir.path().join("shop.signwright");
    json(&["--shop", text(&shop), "call", "shop_settings"]);
    let output = command(&["--shop", text(&shop), "export", "quotes", "--output", "-"])
        .current_dir(dir.path())
        .output()
        .expect("the program starts");
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.lines().next().is_some_and(|header| header.contains(',')), "{said}");
    assert!(!dir.path().join("-").exists(), "no file of that name");
}

#[cfg(unix)]
#[test]
fn a_shop_that_may_not_be_written_can_be_looked_at() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("dir");
    let closed = dir.path().join("closed");
    fs::create_dir(&closed).expect("folder");
    let shop = closed.join("shop.signwright");
    json(&["--shop", text(&shop), "import", text(&samples().join("prices"))]);
    let may = |folder: u32, file: u32| {
        fs::set_permissions(&shop, fs::Permissions::from_mode(file)).expect("permissions");
        fs::set_permissions(&closed, fs::Permissions::from_mode(folder)).expect("permissions");
    };
    may(0o555, 0o444);
    // The system's administrator may write anywhere.
    if fs::write(closed.join("probe"), b"").is_err() {
        let read = |words: &[&str]| json(&[&["--shop", text(&shop)], words].concat());
        assert_eq!(read(&["verify"])["sound"], true);
        assert!(!read(&["forecast", "--list"]).as_array().expect("list").is_empty());
        read(&["jobs", "list"]);
        let error = refused(&["--shop", text(&shop), "import", text(&samples().join("crm"))]);
        assert!(error["message"].as_str().expect("message").contains("read-only"), "{error}");
    }
    may(0o755, 0o644);
}
