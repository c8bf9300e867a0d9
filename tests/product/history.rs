//! What files say over time: read in another way, exported again, joined from several programs in either order.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::program::{json, text};

struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("dir") }
    }

    fn put(&self, name: &str, content: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, content).expect("write");
        path
    }

    fn run(&self, words: &[&str]) -> Value {
        json(&[&["--shop", text(&self.dir.path().join("shop.signwright"))], words].concat())
    }

    fn import(&self, name: &str, content: &str, more: &[&str]) -> Value {
        let path = self.put(name, content);
        self.run(&[&["import", text(&path)], more].concat())["files"][0].clone()
    }

    fn job(&self, number: &str) -> Value {
        self.run(&["jobs", "show", number])
    }

    fn numbers(&self) -> Vec<String> {
        let listed = self.run(&["call", "list_jobs", r#"{"sort":"number","descending":false}"#]);
        let jobs = listed["jobs"].as_array().expect("jobs").iter();
        let number = |job: &Value| job["work_order"].as_str().or(job["quote_number"].as_str()).map(str::to_owned);
        jobs.filter_map(number).collect()
    }
}

fn counts(file: &Value) -> [u64; 4] {
    ["created", "updated", "unchanged", "rejected"].map(|name| file["counts"][name].as_u64().expect("a count"))
}

#[test]
fn a_file_read_in_another_way_takes_back_what_it_was_read_to_say() {
    let desk = Desk::new();
    let list =
        "No,Old No,Customer,Total Cost,Date Completed\n1,A1,Harbor,10.00,01/05/2026\n2,A2,Quay,20.00,01/06/2026\n";
    let wrong = desk.put("wrong.toml", "kind = \"work_order\"\n[columns]\n\"Old No\" = \"work_order\"\nNo = false\n");
    let right = desk.put(
        "right.toml",
        "kind = \"work_order\"\n[columns]\nNo = \"work_order\"\n\"Old No\" = false\nCustomer = \"location\"\n",
    );
    let other = "WO #,Customer,Date Completed,Total Cost\nA2,Quay,01/06/2026,21.00\n";
    assert_eq!(counts(&desk.import("list.csv", list, &["--map", text(&wrong)])), [2, 0, 0, 0]);
    assert_eq!(counts(&desk.import("other.csv", other, &[])), [0, 1, 0, 0]);
    assert_eq!(desk.numbers(), ["A1", "A2"]);
    let again = desk.import("list.csv", list, &["--map", text(&right)]);
    assert_eq!(counts(&again), [2, 0, 0, 0]);
    assert!(again["message"].as_str().is_some_and(|text| text.contains("2 records of the earlier reading")), "{again}");
    // A2 stays, because another file speaks of it.
    assert_eq!(desk.numbers(), ["1", "2", "A2"]);
    assert_eq!(desk.job("1")["job"]["location"], "Harbor");
    assert_eq!(desk.job("A2")["job"]["actual"]["total"]["minor"], 2_100);
}

#[test]
fn a_mapping_that_reads_nothing_takes_nothing_back() {
    let desk = Desk::new();
    let list = "WO #,Customer,Total Cost,Date Completed,Crew\n1,Harbor,12O.00,01/05/2026,\n2,Quay,20.00,01/06/2026,\n";
    let wrong = desk.put("wrong.toml", "kind = \"work_order\"\n[columns]\n\"WO #\" = false\nCrew = \"work_order\"\n");
    assert_eq!(counts(&desk.import("list.csv", list, &[])), [2, 0, 0, 1]);
    assert_eq!(desk.import("list.csv", list, &["--map", text(&wrong)])["state"], "refused");
    assert_eq!(desk.numbers(), ["1", "2"]);
    let open = desk.run(&["rejects", "list"]);
    assert!(open.to_string().contains("12O.00"), "{open}");
}

#[test]
fn a_re_export_updates_what_changed_and_keeps_what_was_said_before() {
    let desk = Desk::new();
    let row = |number: u32, cost: u32| format!("{number},Harbor,{cost}.00,01/05/2026\n");
    let export = |cost: u32| {
        let rows: String = (1..=50).map(|number| row(number, if number == 7 { cost } else { 10 })).collect();
        format!("WO #,Customer,Total Cost,Date Completed\n{rows}")
    };
    assert_eq!(counts(&desk.import("january.csv", &export(70), &[])), [50, 0, 0, 0]);
    assert_eq!(counts(&desk.import("february.csv", &export(77), &[])), [0, 1, 49, 0]);
    assert_eq!(desk.run(&["verify"])["records"], 51, "what is unchanged is not stored again");
    let job = desk.job("7");
    assert_eq!(job["job"]["actual"]["total"]["minor"], 7_700);
    let costs: Vec<(&str, bool)> = job["sources"]
        .as_array()
        .expect("sources")
        .iter()
        .filter(|source| source["field"] == "total_cost")
        .map(|source| (source["raw"].as_str().unwrap_or_default(), source["chosen"] == true))
        .collect();
    assert_eq!(costs, [("77.00", true), ("70.00", false)]);
    // March says again what January said: that is a change.
    assert_eq!(counts(&desk.import("march.csv", &format!("{}\n", export(70)), &[])), [0, 1, 49, 0]);
    assert_eq!(counts(&desk.import("april.csv", &format!("{}\n", export(77)), &[])), [0, 1, 49, 0]);
    // Reading the oldest file again in another way does not make it the newest.
    let map = desk.put("map.toml", "kind = \"work_order\"\n[columns]\nCustomer = \"location\"\n");
    desk.import("january.csv", &export(70), &["--map", text(&map)]);
    assert_eq!(desk.job("7")["job"]["actual"]["total"]["minor"], 7_700);
}

#[test]
fn a_row_without_a_key_is_recognised_as_unchanged_and_never_as_changed() {
    let desk = Desk::new();
    let lines =
        "Estimate #,Item,Qty,Unit Price,Amount\nE-1,Panel,2,5.00,10.00\nE-1,Panel,2,5.00,10.00\nE-1,Post,1,7.00,7.00\n";
    assert_eq!(counts(&desk.import("a.csv", lines, &[])), [3, 0, 0, 0]);
    assert_eq!(counts(&desk.import("b.csv", &format!("{lines}\n"), &[])), [0, 0, 3, 0]);
    assert_eq!(counts(&desk.import("c.csv", &lines.replace("7.00,7.00", "8.00,8.00"), &[])), [1, 0, 2, 0]);
}

#[test]
fn a_refused_value_of_an_unchanged_row_is_repaired() {
    let desk = Desk::new();
    let list = "WO #,Customer,Total Cost,Date Completed\n1,Harbor,,01/05/2026\n";
    desk.import("a.csv", list, &[]);
    assert_eq!(counts(&desk.import("b.csv", &list.replace("Harbor,,", "Harbor,1O.00,"), &[])), [0, 0, 1, 1]);
    let open = desk.run(&["rejects", "list"]);
    let id = open[0]["id"].to_string();
    desk.run(&["rejects", "fix", &id, "10.00"]);
    assert_eq!(desk.job("1")["job"]["actual"]["total"]["minor"], 1_000);
}

/// The line items of a job after both files came in, each order.
fn items(files: [(&str, &str); 2], job: &str) -> Vec<(String, i64)> {
    let read = |order: [usize; 2]| -> Vec<(String, i64)> {
        let desk = Desk::new();
        for at in order {
            assert_eq!(desk.import(files[at].0, files[at].1, &[])["state"], "read");
        }
        let job = desk.job(job);
        let items = job["items"].as_array().expect("items").iter();
        let item = |item: &Value| {
            (item["description"].as_str().unwrap_or_default().to_owned(), item["amount"]["minor"].as_i64().unwrap_or(0))
        };
        items.map(item).collect()
    };
    let first = read([0, 1]);
    assert_eq!(read([1, 0]), first, "the order of the files makes no difference");
    first
}

#[test]
fn line_items_find_their_quote_by_the_id_of_the_program_that_exported_both() {
    let quotes = "Id,QuoteNumber,Name,OpportunityId,Status,GrandTotal,CreatedDate\n\
                  0Q0A,00000012,Pylon,006A,Accepted,1500.00,2026-01-05\n0Q0B,00000013,Face,006A,Draft,90.00,2026-01-05\n";
    let lines = "Id,QuoteId,LineNumber,Product2Id,Quantity,UnitPrice,Discount,TotalPrice,Description\n\
                 0QL1,0Q0A,1,01t,1,1200.00,,1200.00,Cabinet\n0QL2,0Q0A,2,01t,2,150.00,,300.00,Face\n\
                 0QL3,0Q0B,1,01t,1,90.00,,90.00,Vinyl\n";
    let found = items([("quotes.csv", quotes), ("lines.csv", lines)], "00000012");
    assert_eq!(found, [("Cabinet".to_owned(), 120_000), ("Face".to_owned(), 30_000)]);
}

#[test]
fn salesforce_ids_of_15_and_of_18_characters_name_one_record() {
    let desk = Desk::new();
    let opportunities =
        "Id,AccountId,Name,StageName,Amount,CloseDate\nOPP,001A0000006Vm9rIAC,Pylon,Closed Won,1500,2026-01-05\n";
    let quotes = "Id,QuoteNumber,Name,OpportunityId,Status,GrandTotal,CreatedDate\n\
                  QUOTE,00000012,Pylon,OPP,Draft,1500.00,2026-01-05\n";
    let lines = "Id,QuoteId,LineNumber,Product2Id,Quantity,UnitPrice,Discount,TotalPrice,Description\n\
                 0QL1,QUOTE,1,01t,1,1500.00,,1500.00,Cabinet\n";
    let (short, long) = (["0065g00000AbCdE", "0Q05g000000QaBc"], ["0065g00000AbCdEAAV", "0Q05g000000QaBcCAK"]);
    let named = |text: &str, ids: [&str; 2]| text.replace("OPP", ids[0]).replace("QUOTE", ids[1]);
    desk.import("opportunities.csv", &named(opportunities, long), &[]);
    desk.import("quotes.csv", &named(quotes, short), &[]);
    desk.import("lines.csv", &named(lines, long), &[]);
    let job = desk.job("00000012");
    assert_eq!((&job["job"]["outcome"], &job["items"][0]["description"]), (&"won".into(), &"Cabinet".into()));
    // A report with the short ids is about the same opportunity.
    let report = named(opportunities, short).replace("001A0000006Vm9rIAC", "001A0000006Vm9r");
    assert_eq!(counts(&desk.import("report.csv", &report, &[])), [0, 0, 1, 0]);
}

#[test]
fn line_items_of_a_deal_reach_the_job_that_was_quoted_for_it() {
    let quotes = "Quote No,Deal ID,Customer,Quoted Price,Quote Date\nQ-1,9001,Harbor,30.00,2026-01-05\n";
    let lines = "Record ID,Name,Description,Quantity,Unit price,Net price,Associated Deal IDs\n\
                 77,Vinyl,Window vinyl,3,10.00,30.00,9001\n78,Vinyl,Other,1,5.00,5.00,9002\n";
    let found = items([("lines.csv", lines), ("quotes.csv", quotes)], "Q-1");
    assert_eq!(found, [("Window vinyl".to_owned(), 3_000)]);
}

#[test]
fn order_lines_find_their_order_by_name_and_by_its_id() {
    let orders = r#"[{"id": 7, "name": "S00042", "date_order": "2026-01-05 10:00:00", "partner_id": [9, "Harbor"], "amount_total": 180.5, "state": "sale"}]"#;
    for order in [r#"[7, "S00042"]"#, "7"] {
        let lines = format!(
            r#"[{{"id": 31, "order_id": {order}, "name": "Panel", "product_uom_qty": 2, "price_unit": 50.0, "price_subtotal": 100.0}}]"#
        );
        let found = items([("orders.json", orders), ("lines.json", &lines)], "S00042");
        assert_eq!(found, [("Panel".to_owned(), 10_000)], "{order}");
    }
}

#[test]
fn labour_lines_join_the_work_order_that_a_list_gave() {
    let list = "WO #,Customer,Total Cost,Date Completed\n19100,Harbor,438.00,01/05/2026\n";
    let labour = "Work Order,Department,Work Code,Estimated Hours,Actual Hours,Job Cost\n\
                  19100,200,0210,4.00,5.25,336.00\n19100,300,0310,2.00,1.50,102.00\n";
    let desk = Desk::new();
    assert_eq!(counts(&desk.import("labour.csv", labour, &[])), [1, 0, 0, 0]);
    desk.import("list.csv", list, &[]);
    let job = desk.job("19100");
    assert_eq!((job["job"]["customer"].as_str(), job["job"]["actual_hours"].as_f64()), (Some("Harbor"), Some(6.75)));
    assert_eq!(job["lines"][1]["work_code"], "0310");
    assert_eq!(counts(&desk.import("next.csv", &labour.replace("1.50", "2.50"), &[])), [0, 1, 0, 0]);
    assert_eq!(desk.job("19100")["job"]["actual_hours"].as_f64(), Some(7.75));
}

const JANUARY: &str = "Work Order,Work Date,Employee,Department,Work Code,Actual Hours\n\
                       19100,01/05/2026,Ada,200,0210,6.00\n19100,01/05/2026,Ben,200,0210,4.00\n\
                       19100,01/06/2026,Ada,300,0310,2.50\n19101,01/06/2026,Ben,200,0210,8.00\n";

/// Hours of a job, and those of its labour lines by work code.
fn hours(desk: &Desk, number: &str) -> (Option<f64>, Vec<(String, f64)>) {
    let job = desk.job(number);
    let mut codes: std::collections::BTreeMap<String, f64> = std::collections::BTreeMap::new();
    for line in job["lines"].as_array().expect("lines") {
        let code = line["work_code"].as_str().expect("code").to_owned();
        *codes.entry(code).or_default() += line["actual_hours"].as_f64().expect("hours");
    }
    (job["job"]["actual_hours"].as_f64(), codes.into_iter().collect())
}

#[test]
fn timesheets_of_several_periods_add_up_and_a_newer_export_of_an_entry_replaces_it() {
    let desk = Desk::new();
    let code = |code: &str, hours: f64| (code.to_owned(), hours);
    desk.import("january.csv", JANUARY, &[]);
    assert_eq!(hours(&desk, "19100"), (Some(12.5), vec![code("0210", 10.0), code("0310", 2.5)]));
    let february = "Work Order,Work Date,Employee,Department,Work Code,Actual Hours\n\
                    19100,02/02/2026,Ada,200,0210,3.00\n19100,02/02/2026,Ada,200,0210,1.00\n";
    desk.import("february.csv", february, &[]);
    let both = (Some(16.5), vec![code("0210", 14.0), code("0310", 2.5)]);
    assert_eq!(hours(&desk, "19100"), both, "two stints of a day are two");
    // The same file, its rows under another name, and its rows among those of a longer period add nothing.
    assert_eq!(desk.import("february.csv", february, &[])["state"], "seen_before");
    assert_eq!(counts(&desk.import("copy.csv", &format!("{february}\n"), &[])), [0, 0, 1, 0]);
    let (_, rows) = february.split_once('\n').expect("a header");
    desk.import("quarter.csv", &format!("{JANUARY}{rows}"), &[]);
    assert_eq!(hours(&desk, "19100"), both);
    // Exported again with other hours: that entry alone is another one.
    let again =
        JANUARY.replace("Ben,200,0210,4.00", "Ben,200,0210,5.25").replace("19101,01/06/2026,Ben,200,0210,8.00\n", "");
    desk.import("again.csv", &again, &[]);
    assert_eq!(hours(&desk, "19100"), (Some(17.75), vec![code("0210", 15.25), code("0310", 2.5)]));
    assert_eq!(hours(&desk, "19101"), (Some(8.0), vec![code("0210", 8.0)]), "another work order is left alone");
}

#[test]
fn a_timesheet_entry_with_its_own_number_is_that_entry_whatever_else_changes() {
    let desk = Desk::new();
    let first = "Timesheet Line,Work Order,Work Date,Employee,Department,Work Code,Actual Hours\n\
                 T-1,19100,01/05/2026,Ada,200,0210,6.00\nT-2,19100,01/05/2026,Ada,200,0210,1.00\n";
    desk.import("first.csv", first, &[]);
    assert_eq!(hours(&desk, "19100").0, Some(7.0));
    desk.import(
        "moved.csv",
        &first.replace("T-2,19100,01/05/2026,Ada,200,0210,1.00", "T-2,19100,01/06/2026,Ada,300,0310,1.50"),
        &[],
    );
    assert_eq!(hours(&desk, "19100"), (Some(7.5), vec![("0210".to_owned(), 6.0), ("0310".to_owned(), 1.5)]));
}

#[test]
fn a_timesheet_over_the_end_of_a_month_counts_in_both_exports() {
    let desk = Desk::new();
    let june = "Timesheet ID,Work Order,Work Date,Employee,Department,Work Code,Actual Hours\n\
                77,19100,06/30/2026,Ada,200,0210,6.00\n77,19100,06/30/2026,Ben,200,0210,4.00\n";
    desk.import("june.csv", june, &[]);
    desk.import("july.csv", &june.replace("06/30", "07/01").replace("6.00", "3.00"), &[]);
    assert_eq!(hours(&desk, "19100").0, Some(17.0));
    desk.import("july-again.csv", &june.replace("06/30", "07/01").replace("6.00", "3.50"), &[]);
    assert_eq!(hours(&desk, "19100").0, Some(17.5));
}

#[test]
fn hours_of_a_day_that_nobody_is_named_for_are_not_added_up_over_files() {
    let desk = Desk::new();
    let crew = "Work Order,Work Date,Work Code,Actual Hours\n19100,01/05/2026,0210,8.00\n19100,01/05/2026,0310,1.00\n";
    desk.import("crew-a.csv", crew, &[]);
    assert_eq!(hours(&desk, "19100").0, Some(9.0));
    desk.import("crew-b.csv", &crew.replace("8.00", "6.00"), &[]);
    let all = vec![("0210".to_owned(), 14.0), ("0310".to_owned(), 2.0)];
    assert_eq!(hours(&desk, "19100"), (None, all), "neither erases the other, and no sum is claimed");
    let found = desk.run(&["rules", "check", "--rule", "hours-not-added"]);
    assert_eq!(found["flags"][0]["number"], "19100");
    let silent = desk.put("rules.toml", "[[rule]]\nname = \"hours-not-added\"\nseverity = \"off\"\n");
    assert_eq!(desk.run(&["rules", "set", text(&silent)])["total"], 0, "a shop that knows may silence it");
    assert_eq!(desk.run(&["rules", "reset"])["flags"][0]["flag"]["rule"], "hours-not-added");
    // Another day is another entry.
    desk.import("later.csv", "Work Order,Work Date,Work Code,Actual Hours\n19101,01/05/2026,0210,8.00\n", &[]);
    desk.import("latest.csv", "Work Order,Work Date,Work Code,Actual Hours\n19101,01/06/2026,0210,2.00\n", &[]);
    assert_eq!(hours(&desk, "19101").0, Some(10.0));
}

#[test]
fn a_newer_list_of_estimates_does_not_hide_the_hours_that_an_account_tells() {
    let desk = Desk::new();
    let account =
        "Work Order,Department,Work Code,Estimated Hours,Actual Hours,Job Cost\n19100,200,0210,12.00,11.00,704.00\n";
    desk.import("account.csv", account, &[]);
    desk.import("plan.csv", "Work Order,Department,Work Code,Estimated Hours\n19100,200,0210,14.00\n", &[]);
    assert_eq!(hours(&desk, "19100"), (Some(11.0), vec![("0210".to_owned(), 11.0)]));
}

#[test]
fn an_account_of_the_whole_job_is_believed_before_its_timesheets() {
    let desk = Desk::new();
    desk.import("january.csv", JANUARY, &[]);
    let whole =
        "Work Order,Department,Work Code,Estimated Hours,Actual Hours,Job Cost\n19100,200,0210,12.00,11.00,704.00\n";
    desk.import("labour.csv", whole, &[]);
    let told = (Some(11.0), vec![("0210".to_owned(), 11.0)]);
    assert_eq!(hours(&desk, "19100"), told);
    desk.import("february.csv", &JANUARY.replace("01/0", "02/0"), &[]);
    assert_eq!(hours(&desk, "19100"), told, "not both");
    assert_eq!(hours(&desk, "19101").0, Some(16.0), "where there is none, they count");
}

#[test]
fn a_job_that_takes_the_place_of_the_newest_is_found_by_its_words() {
    let desk = Desk::new();
    let row = |n: u32, other: &str| format!("{n},{other},Harbor,{n}.00,{n}.50,01/05/2026,\n");
    let rows: String = (1..5001).map(|n| row(n, &n.to_string())).collect();
    let list = format!(
        "WO #,Other No,Customer,Total Cost,Other Cost,Date Completed,Quote No\n{rows}5001,,Harbor,1.00,1.50,01/05/2026,ZEBRA77\n"
    );
    desk.import("orders.csv", &list, &[]);
    desk.import("quotes.csv", "Quote No,Customer,Quoted Price,Quote Date\nZEBRA77,Harbor,30.00,2026-01-05\n", &[]);
    // Read by another column, every order changes, and the newest of them is none any more: its quote is a job again.
    let map = desk.put(
        "map.toml",
        "kind = \"work_order\"\n[columns]\n\"WO #\" = false\n\"Other No\" = \"work_order\"\n\"Total Cost\" = false\n\
         \"Other Cost\" = \"total_cost\"\n",
    );
    assert_eq!(counts(&desk.import("orders.csv", &list, &["--map", text(&map)])), [0, 5000, 0, 1]);
    let found = desk.run(&["call", "list_jobs", r#"{"search":"zebra77"}"#]);
    assert_eq!((&found["total"], &found["jobs"][0]["work_order"]), (&Value::from(1), &Value::Null));
}

const LIST: &str = "WO #,Customer,Total Cost,Note,Date Completed\n1,Harbor,100.00,999.00,01/05/2026\n";
const BY_NOTE: &str = "kind = \"work_order\"\n[columns]\n\"Total Cost\" = false\nNote = \"total_cost\"\n";

/// What is said of a job's total cost, the value that counts first.
fn costs(desk: &Desk, number: &str) -> Vec<String> {
    let job = desk.job(number);
    let mut said: Vec<(bool, String)> = job["sources"]
        .as_array()
        .expect("sources")
        .iter()
        .filter(|source| source["field"] == "total_cost")
        .map(|source| (source["chosen"] != true, source["raw"].as_str().unwrap_or_default().to_owned()))
        .collect();
    said.sort();
    said.into_iter().map(|(_, raw)| raw).collect()
}

fn total(desk: &Desk, number: &str) -> Option<i64> {
    desk.job(number)["job"]["actual"]["total"]["minor"].as_i64()
}

#[test]
fn what_a_newer_file_said_once_more_stays_the_newest_when_the_older_one_turns_out_otherwise() {
    let desk = Desk::new();
    let map = desk.put("map.toml", BY_NOTE);
    desk.import("january.csv", LIST, &[]);
    assert_eq!(counts(&desk.import("february.csv", &format!("{LIST}\n"), &[])), [0, 0, 1, 0]);
    desk.import("january.csv", LIST, &["--map", text(&map)]);
    assert_eq!(costs(&desk, "1"), ["100.00", "999.00"]);
    assert_eq!(total(&desk, "1"), Some(10_000));
    // February's is its own now: read otherwise, it says the same as January's.
    desk.import("february.csv", &format!("{LIST}\n"), &["--map", text(&map)]);
    assert_eq!(total(&desk, "1"), Some(99_900));
    assert!(!costs(&desk, "1").contains(&"100.00".to_owned()));
}

#[test]
fn what_a_file_does_not_say_once_more_any_longer_is_not_kept_for_it() {
    let desk = Desk::new();
    let map = desk.put("map.toml", BY_NOTE);
    let other = desk.put("other.toml", "kind = \"work_order\"\n[columns]\n\"WO #\" = false\nNote = \"work_order\"\n");
    desk.import("a.csv", LIST, &[]);
    let b = format!("{LIST}\n");
    desk.import("b.csv", &b, &[]);
    desk.import("b.csv", &b, &["--map", text(&map)]);
    assert_eq!(costs(&desk, "1"), ["999.00", "100.00"]);
    // Nobody says 100 of job 1 now.
    desk.import("a.csv", LIST, &["--map", text(&other)]);
    assert_eq!(costs(&desk, "1"), ["999.00"]);
    assert_eq!(desk.run(&["verify"])["records"], 2);
}

#[test]
fn a_record_that_two_files_said_goes_with_the_last_of_them() {
    let desk = Desk::new();
    let other = desk.put("other.toml", "kind = \"work_order\"\n[columns]\n\"WO #\" = false\nNote = \"work_order\"\n");
    desk.import("a.csv", LIST, &[]);
    desk.import("b.csv", &format!("{LIST}\n"), &[]);
    desk.import("a.csv", LIST, &["--map", text(&other)]);
    assert_eq!(desk.numbers(), ["1", "999.00"]);
    desk.import("b.csv", &format!("{LIST}\n"), &["--map", text(&other)]);
    assert_eq!(desk.numbers(), ["999.00"]);
}

#[test]
fn a_corrected_value_stays_when_its_table_is_read_again() {
    let desk = Desk::new();
    let list = "WO #,Customer,Total Cost,Date Completed\n1,Harbor,12O.00,01/05/2026\n2,Quay,2O.00,01/06/2026\n";
    desk.import("list.csv", list, &[]);
    let open = desk.run(&["rejects", "list"]);
    desk.run(&["rejects", "fix", &open[0]["id"].to_string(), "120.00"]);
    assert_eq!(total(&desk, "1"), Some(12_000));
    desk.run(&["call", "retry_reject", &format!("{{\"id\":{}}}", open[1]["id"])]);
    assert_eq!(total(&desk, "1"), Some(12_000));
    let map = desk.put("map.toml", "kind = \"work_order\"\n[columns]\nCustomer = \"location\"\n");
    desk.import("list.csv", list, &["--map", text(&map)]);
    assert_eq!(desk.job("1")["job"]["location"], "Harbor");
    assert_eq!(total(&desk, "1"), Some(12_000));
    assert_eq!(total(&desk, "2"), None);
}

#[test]
fn an_old_price_list_read_again_does_not_replace_newer_prices() {
    let desk = Desk::new();
    let map = desk.put("map.toml", "kind = \"material_price\"\n[columns]\nPrice = false\nOld = \"price\"\n");
    let old = "Series,Month,Price,Old\nACM,2026-01,5.00,4.00\n";
    let last = || desk.run(&["call", "list_series", "{}"]).as_array().expect("series")[0]["last"].as_f64();
    desk.import("old.csv", old, &[]);
    desk.import("new.csv", "Series,Month,Price\nACM,2026-01,6.00\n", &[]);
    assert_eq!(last(), Some(6.0));
    assert_eq!(counts(&desk.import("old.csv", old, &["--map", text(&map)])), [0, 1, 0, 0]);
    assert_eq!(last(), Some(6.0));
}

#[test]
fn labour_lines_go_with_the_table_that_gave_them() {
    let desk = Desk::new();
    let list = "WO #,Customer,Total Cost,Date Completed\n1,Harbor,438.00,01/05/2026\n";
    let labour =
        "Work Order,New No,Department,Work Code,Estimated Hours,Actual Hours,Job Cost\n1,7,200,0210,4.00,5.25,336.00\n";
    let map = desk
        .put("map.toml", "kind = \"cost_summary\"\n[columns]\n\"Work Order\" = false\n\"New No\" = \"work_order\"\n");
    desk.import("list.csv", list, &[]);
    desk.import("labour.csv", labour, &[]);
    assert_eq!(desk.job("1")["lines"][0]["work_code"], "0210");
    desk.import("labour.csv", labour, &["--map", text(&map)]);
    assert_eq!(desk.job("7")["lines"][0]["work_code"], "0210");
    assert_eq!(desk.job("1")["lines"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_quote_read_under_another_number_leaves_no_job_to_its_line_items() {
    let desk = Desk::new();
    let quotes = "Quote No,New No,Customer,Quoted Price,Quote Date\nQ-1,N-1,Harbor,30.00,2026-01-05\n";
    let lines = "Quote No,Line,Description,Qty,Unit Price,Amount\nQ-1,1,Window vinyl,3,10.00,30.00\n";
    let map =
        desk.put("map.toml", "kind = \"quote\"\n[columns]\n\"Quote No\" = false\n\"New No\" = \"quote_number\"\n");
    desk.import("quotes.csv", quotes, &[]);
    desk.import("lines.csv", lines, &[]);
    assert_eq!(desk.job("Q-1")["items"].as_array().map(Vec::len), Some(1));
    desk.import("quotes.csv", quotes, &["--map", text(&map)]);
    assert_eq!(desk.numbers(), ["N-1"]);
}

#[test]
fn a_mapping_that_took_nothing_is_not_used_for_another_try() {
    let desk = Desk::new();
    let list = "WO #,Customer,Total Cost,Date Completed,Crew\n1,Harbor,12O.00,01/05/2026,\n2,Quay,20.00,01/06/2026,\n";
    let wrong = desk.put("wrong.toml", "kind = \"work_order\"\n[columns]\n\"WO #\" = false\nCrew = \"work_order\"\n");
    desk.import("list.csv", list, &[]);
    let id = desk.run(&["rejects", "list"])[0]["id"].clone();
    assert_eq!(desk.import("list.csv", list, &["--map", text(&wrong)])["state"], "refused");
    let tried = desk.run(&["call", "retry_reject", &format!("{{\"id\":{id}}}")]);
    assert_eq!(tried["status"], "open", "{tried}");
}

#[test]
fn a_reading_that_took_nothing_opens_only_what_it_closed() {
    let desk = Desk::new();
    let list = "WO #,Customer,Total Cost,Date Completed,Crew\n1,Harbor,12O.00,01/05/2026,\n2,Quay,20.00,01/06/2026,\n";
    let good = desk.put("good.toml", "kind = \"work_order\"\n[columns]\n\"Total Cost\" = false\n");
    let wrong = desk.put("wrong.toml", "kind = \"work_order\"\n[columns]\n\"WO #\" = false\nCrew = \"work_order\"\n");
    desk.import("list.csv", list, &[]);
    let id = desk.run(&["rejects", "list"])[0]["id"].clone();
    let status = || {
        let all = desk.run(&["rejects", "list", "--all"]);
        let found = all.as_array().expect("rejects").iter().find(|reject| reject["id"] == id).cloned();
        found.map(|reject| reject["status"].clone())
    };
    assert_eq!(status(), Some("open".into()));
    desk.import("list.csv", list, &["--map", text(&good)]);
    assert_eq!(status(), Some("fixed".into()));
    assert_eq!(desk.import("list.csv", list, &["--map", text(&wrong)])["state"], "refused");
    assert_eq!(status(), Some("fixed".into()));
}
