//! The watched folder, by the program as it runs: two of them at once, a file still being written, a broken one, a folder
//! that goes and comes back.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json as j};

use crate::program::{command, json, refused, run, text};

struct Place {
    dir: tempfile::TempDir,
    watchers: Vec<Child>,
}

impl Place {
    fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().expect("dir"), watchers: Vec::new() };
        fs::create_dir(place.folder()).expect("folder");
        place.call("set_watch", &j!({"folder": text(&place.folder()), "on": true}));
        place
    }

    fn shop(&self) -> PathBuf {
        self.dir.path().join("shop.signwright")
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("scans")
    }

    fn call(&self, name: &str, input: &Value) -> Value {
        json(&["--shop", text(&self.shop()), "call", name, &input.to_string()])
    }

    fn watch(&mut self) {
        let shop = self.shop();
        let mut watcher = command(&["--json", "--shop", text(&shop), "watch", "--every", "0.2"]);
        let child = watcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.watchers.push(child.expect("the program starts"));
    }

    fn until(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let late = Instant::now() + Duration::from_secs(60);
        loop {
            let now = self.call("show_watch", &j!({}));
            if holds(&now) {
                return now;
            }
            assert!(Instant::now() < late, "waited for {what}: {now:#}");
            sleep(Duration::from_millis(100));
        }
    }

    fn imports(&self) -> Vec<Value> {
        self.call("list_imports", &j!({})).as_array().expect("imports").clone()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for watcher in &mut self.watchers {
            let _ = watcher.kill();
            let _ = watcher.wait();
        }
    }
}

fn customers(rows: std::ops::Range<u32>) -> String {
    rows.map(|n| format!("C-{n},Customer number {n},Lakeside\n")).collect()
}

const HEADER: &str = "Customer ID,Customer,City\n";

#[test]
fn two_programs_take_each_file_once_and_only_when_it_is_whole() {
    let mut place = Place::new();
    place.watch();
    place.watch();
    place.until("a program that watches", |now| now["watching"] == true);
    let path = place.folder().join("customers.csv");
    let mut file = OpenOptions::new().create(true).append(true).open(&path).expect("a file");
    file.write_all(HEADER.as_bytes()).expect("write");
    for step in 0..15 {
        file.write_all(customers(step * 10..step * 10 + 10).as_bytes()).expect("write");
        file.flush().expect("flush");
        sleep(Duration::from_millis(80));
    }
    drop(file);
    let now = place.until("the file", |now| now["taken"] == 1);
    assert_eq!(now["files"][0]["state"], "read", "{now:#}");
    // The same bytes under another name, and again in a folder below: nothing new.
    fs::copy(&path, place.folder().join("copy.csv")).expect("copy");
    fs::create_dir(place.folder().join("march")).expect("folder");
    fs::copy(&path, place.folder().join("march/customers.csv")).expect("copy");
    let now = place.until("the copies", |now| now["taken"] == 3);
    assert_eq!(now["files"].as_array().expect("files").iter().filter(|one| one["state"] == "seen_before").count(), 2);
    let imports = place.imports();
    assert_eq!(imports.len(), 1, "two programs, three files, one import");
    assert_eq!(imports[0]["counts"]["created"], 150, "nothing was taken before it was whole");
}

#[test]
fn a_broken_file_is_shown_and_not_tried_again_until_it_changes_or_someone_asks() {
    let mut place = Place::new();
    let path = place.folder().join("quotes.xlsx");
    fs::write(&path, b"PK\x03\x04 this is no spreadsheet").expect("write");
    place.watch();
    let first = place.until("the broken file", |now| now["failed"] == 1);
    assert!(first["files"][0]["message"].as_str().is_some_and(|why| !why.is_empty()), "{first:#}");
    sleep(Duration::from_millis(1500));
    assert_eq!(place.call("show_watch", &j!({}))["files"], first["files"], "it is left alone");
    let imports = place.imports().len();
    place.call("retry_watched", &j!({}));
    let again = place.until("another look at it", |now| now["files"] != first["files"] && now["taken"] == 1);
    for said in ["state", "message", "import_id"] {
        assert_eq!(again["files"][0][said], first["files"][0][said], "it is as broken as before: {again:#}");
    }
    assert_eq!(again["failed"], 1);
    assert_eq!(place.imports().len(), imports, "the same bytes are kept once");
    fs::write(&path, format!("{HEADER}{}", customers(0..3))).expect("write");
    fs::rename(&path, path.with_extension("csv")).expect("rename");
    place.until("the mended file", |now| now["files"][0]["state"] == "read");
}

#[test]
fn a_table_of_which_every_row_is_refused_is_kept_once_and_comes_in_when_it_can_be_read() {
    let mut place = Place::new();
    // The number of the work order stands in a column that nobody would take for it.
    let list = "WO #,Slot,Customer,Total Cost\n,19100,Harbor,438.00\n,19101,Quay,12.50\n";
    fs::write(place.folder().join("list.csv"), list).expect("write");
    place.watch();
    let first = place.until("the refused table", |now| now["failed"] == 1);
    assert_eq!(first["files"][0]["state"], "refused");
    let rejects = || place.call("list_rejects", &j!({})).as_array().expect("rejects").len();
    let refused = rejects();
    assert!(refused > 0);
    for _ in 0..2 {
        let before = place.call("show_watch", &j!({}));
        place.call("retry_watched", &j!({}));
        let again = place.until("another look", |now| now["files"] != before["files"] && now["taken"] == 1);
        assert_eq!(again["files"][0]["import_id"], first["files"][0]["import_id"], "it is the same failed import");
        assert_eq!((place.imports().len(), rejects()), (1, refused));
    }
    let mapping = j!({
        "name": "Yard list", "kind": "work_order", "recognise": ["WO #", "Slot"],
        "columns": {"WO #": false, "Slot": "work_order"},
    });
    place.call("save_table_profile", &j!({"name": "Yard list", "mapping": mapping}));
    place.call("retry_watched", &j!({}));
    let read = place.until("the table", |now| now["files"][0]["state"] == "read");
    assert_eq!((&read["failed"], &read["taken"]), (&j!(0), &j!(1)));
    assert_eq!(place.call("list_jobs", &j!({}))["total"], 2);
    assert_eq!(rejects(), 0, "what was refused then is settled");
}

#[test]
fn what_the_shop_writes_itself_is_not_watched() {
    let place = Place::new();
    let exports = place.dir.path().join("exports/march");
    fs::create_dir_all(&exports).expect("folder");
    let shop = place.shop();
    let error = refused(&["--shop", text(&shop), "watch", text(&exports), "--status"]);
    assert_eq!(error["code"], "invalid_input");
    let about = place.folder().join("../exports");
    refused(&["--shop", text(&shop), "watch", text(&about), "--status"]);
}

#[test]
fn a_folder_that_goes_is_said_and_watched_again_when_it_is_back() {
    let mut place = Place::new();
    place.watch();
    place.until("a program that watches", |now| now["watching"] == true);
    let away = place.dir.path().join("away");
    fs::rename(place.folder(), &away).expect("rename");
    let gone = place.until("the folder to be missed", |now| now["problem"].is_string());
    assert!(gone["problem"].as_str().expect("a problem").contains("cannot be read"), "{gone:#}");
    fs::write(away.join("customers.csv"), format!("{HEADER}{}", customers(0..2))).expect("write");
    fs::rename(&away, place.folder()).expect("rename");
    place.until("the file", |now| now["taken"] == 1 && now["problem"].is_null());
}

#[test]
fn the_folder_is_taken_once_on_demand_and_left_alone_when_switched_off() {
    let place = Place::new();
    fs::write(place.folder().join("customers.csv"), format!("{HEADER}{}", customers(0..4))).expect("write");
    let shop = place.shop();
    let once = ["--shop", text(&shop), "watch", "--once", "--every", "0.2"];
    assert_eq!(json(&once).as_array().expect("files").len(), 1);
    assert_eq!(json(&once), j!([]), "nothing new");
    for n in 0..60 {
        let (name, rows) = (format!("more-{n}.csv"), customers(n + 10..n + 11));
        fs::write(place.folder().join(name), format!("{HEADER}{rows}")).expect("write");
    }
    assert_eq!(json(&once).as_array().expect("files").len(), 60, "all that came in are told");
    let off = json(&["--shop", text(&shop), "watch", "--off"]);
    assert_eq!((&off["on"], &off["taken"]), (&j!(false), &j!(61)));
    refused(&once);
    let missing = place.dir.path().join("nowhere");
    let error = refused(&["--shop", text(&shop), "watch", text(&missing), "--status"]);
    assert_eq!(error["code"], "invalid_input");
    let said = run(&["--shop", text(&shop), "watch", "--status"]);
    assert!(String::from_utf8_lossy(&said.stdout).contains("not watched"));
}
