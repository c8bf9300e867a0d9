//! The shop file: never half written, never taken for what it is not, shared by several programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::program::{command, json, refused, run, samples, text};

fn shop_in(dir: &Path) -> PathBuf {
    dir.join("shop.signwright")
}

#[test]
fn a_file_that_is_no_shop_is_refused_and_left_as_it_was() {
    let dir = tempfile::tempdir().expect("dir");
    let path = shop_in(dir.path());
    fs::write(&path, b"Dear diary, this is not a database.").expect("write");
    let error = refused(&["--shop", text(&path), "jobs", "list"]);
    assert_eq!(error["code"], "shop_file");
    assert!(error["hint"].as_str().is_some());
    assert_eq!(fs::read(&path).expect("read"), b"Dear diary, this is not a database.");
    assert_eq!(refused(&["--shop", text(dir.path()), "jobs", "list"])["code"], "shop_file", "a folder is no shop");
    let demo = run(&["--shop", text(&path), "demo"]);
    assert_eq!(demo.status.code(), Some(1), "a demo never replaces what it has not made");
    assert_eq!(fs::read(&path).expect("read"), b"Dear diary, this is not a database.");
}

#[test]
fn looking_at_a_shop_that_is_not_there_makes_none() {
    let dir = tempfile::tempdir().expect("dir");
    let path = shop_in(dir.path());
    for words in [&["jobs", "list"][..], &["verify"], &["anomalies"], &["backup", "copy.signwright"]] {
        let error = refused(&[&["--shop", text(&path)], words].concat());
        assert_eq!(error["code"], "shop_file", "{words:?}");
    }
    assert!(!path.exists());
}

#[test]
fn nothing_that_is_written_takes_the_place_of_a_shop_or_of_its_input() {
    let dir = tempfile::tempdir().expect("dir");
    let path = shop_in(dir.path());
    json(&["--shop", text(&path), "import", text(&samples().join("prices"))]);
    let written = refused(&["--shop", text(&path), "export", "quotes", "--output", text(&path)]);
    assert_eq!(written["code"], "conflict");
    assert_eq!(json(&["--shop", text(&path), "verify"])["sound"], true);
    let series = dir.path().join("series.csv");
    fs::write(&series, "unique_id,ds,y\na,2025-01-01,1\na,2025-02-01,2\na,2025-03-01,3\n").expect("write");
    let before = fs::read(&series).expect("read");
    let same = refused(&["forecast", "--input", text(&series), "--output", text(&series)]);
    assert_eq!(same["code"], "conflict");
    assert_eq!(fs::read(&series).expect("read"), before);
}

#[test]
fn an_export_to_a_lake_leaves_nothing_of_the_one_before() {
    let dir = tempfile::tempdir().expect("dir");
    let (path, lake) = (shop_in(dir.path()), dir.path().join("lake"));
    json(&["--shop", text(&path), "import", text(&samples().join("erp/work-orders.csv"))]);
    let first = json(&["--shop", text(&path), "export", "lake", text(&lake)]);
    assert!(first["jobs"].as_u64() > Some(1_000));
    let other = dir.path().join("other.signwright");
    let list = dir.path().join("list.csv");
    fs::write(&list, "WO #,Customer,Status,Date Completed,Total Cost\n1,Alder Bank,Completed,01/31/2025,10.00\n")
        .expect("write");
    json(&["--shop", text(&other), "import", text(&list)]);
    json(&["--shop", text(&other), "export", "lake", text(&lake)]);
    let years: Vec<_> =
        fs::read_dir(lake.join("jobs")).expect("jobs").map(|entry| entry.expect("entry").file_name()).collect();
    assert_eq!(years, ["year=2025"], "one job, one month");
    assert_eq!(refused(&["--shop", text(&path), "export", "lake", text(dir.path())])["code"], "conflict");
}

#[test]
fn an_import_killed_at_any_moment_leaves_the_shop_as_before_or_after_each_file() {
    let dir = tempfile::tempdir().expect("dir");
    let path = shop_in(dir.path());
    let jobs = samples().join("erp/work-orders.csv");
    let quotes = samples().join("crm/quotes.xlsx");
    json(&["--shop", text(&path), "import", text(&samples().join("prices"))]);
    // What each state of completion holds: nothing more, the first file, or both.
    let mut allowed = vec![(0, 0)];
    let whole = dir.path().join("whole.signwright");
    for file in [&jobs, &quotes] {
        json(&["--shop", text(&whole), "import", text(file)]);
        let page = json(&["--shop", text(&whole), "jobs", "list"]);
        let imports = json(&["--shop", text(&whole), "call", "list_imports"]);
        allowed.push((page["total"].as_u64().expect("total"), imports.as_array().expect("list").len() as u64));
    }
    for milliseconds in [30, 120, 300, 600, 1_000, 1_600, 2_400] {
        let copy = dir.path().join(format!("{milliseconds}.signwright"));
        fs::copy(&path, &copy).expect("copy");
        let mut child = command(&["--shop", text(&copy), "import", text(&jobs), text(&quotes)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("start");
        thread::sleep(Duration::from_millis(milliseconds));
        child.kill().expect("kill");
        child.wait().expect("wait");
        assert_eq!(json(&["--shop", text(&copy), "verify"])["sound"], true, "after {milliseconds} ms");
        let page = json(&["--shop", text(&copy), "jobs", "list"]);
        let imports = json(&["--shop", text(&copy), "call", "list_imports"]);
        // One import more than in the reference: the prices.
        let state = (page["total"].as_u64().expect("total"), imports.as_array().expect("list").len() as u64 - 1);
        assert!(
            allowed.contains(&state),
            "after {milliseconds} ms the shop is between: {state:?}, allowed {allowed:?}"
        );
    }
}

#[test]
fn two_programs_may_write_one_shop_and_nothing_is_lost() {
    let dir = tempfile::tempdir().expect("dir");
    let path = shop_in(dir.path());
    json(&["--shop", text(&path), "call", "shop_settings"]);
    let sources =
        ["crm/customers.csv", "erp/work-orders.csv", "prices/material-prices.csv"].map(|name| samples().join(name));
    let start = |file: &PathBuf| {
        command(&["--shop", text(&path), "--json", "import", text(file)])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("start")
    };
    let children: Vec<_> = sources.iter().map(start).collect();
    for child in children {
        let output = child.wait_with_output().expect("wait");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(json(&["--shop", text(&path), "call", "list_imports"]).as_array().map(Vec::len), Some(3));
    assert_eq!(json(&["--shop", text(&path), "verify"])["sound"], true);
}

#[test]
fn a_backup_brings_back_the_shop_byte_for_byte_sound() {
    let dir = tempfile::tempdir().expect("dir");
    let (path, copy) = (shop_in(dir.path()), dir.path().join("copy.signwright"));
    let document = samples().join("cost-summaries/WO-19110.pdf");
    json(&["--shop", text(&path), "import", text(&document)]);
    json(&["--shop", text(&path), "backup", text(&copy)]);
    assert_eq!(refused(&["--shop", text(&path), "backup", text(&copy)])["code"], "conflict", "never over another file");
    json(&["--shop", text(&path), "import", text(&samples().join("crm/customers.csv"))]);
    let restored = json(&["--shop", text(&path), "restore", text(&copy)]);
    assert!(restored["kept"].as_str().is_some_and(|kept| Path::new(kept).is_file()), "what was there is kept");
    let verification = json(&["--shop", text(&path), "verify"]);
    assert_eq!((&verification["sound"], &verification["documents"]), (&true.into(), &1.into()));
    fs::write(&copy, b"not a backup").expect("write");
    assert_eq!(refused(&["--shop", text(&path), "restore", text(&copy)])["code"], "shop_file");
    assert_eq!(json(&["--shop", text(&path), "verify"])["sound"], true, "a bad backup replaces nothing");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("dir");
    let closed = dir.path().join("closed");
    fs::create_dir(&closed).expect("folder");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("permissions");
    let path = shop_in(&closed);
    // The system's administrator may write anywhere; for one the file system of processes stands in.
    let path = if fs::write(closed.join("probe"), b"").is_ok() { PathBuf::from("/proc/shop.signwright") } else { path };
    let error = refused(&["--shop", text(&path), "import", text(&samples().join("prices"))]);
    assert_eq!(error["code"], "shop_file", "{error}");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions");
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_word_and_without_a_display_the_help_is_shown_as_wrong_usage() {
    let mut command = command(&[]);
    let output = command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("Usage: signwright"));
}
