//! Tables with a mapping: seen before they are stored, read as said, known again, changed by exactly what changed.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::program::{json, refused, text};
use crate::shop::Shop;

impl Shop {
    fn price(&self, job: &str) -> Value {
        self.run(&["jobs", "show", job])["job"]["quoted_price"]["minor"].clone()
    }
}

const LIST: &str = "Our Ref;Kunde;Netto;Groesse;Stand\n7001;Hafen;1.200,50;120 x 30;Y\n7002;Schule;900,00;48 x 24;N\n";
const MAP: &str = r#"
kind = "quote"
decimal = "comma"
[columns]
"Our Ref" = "quote_number"
Kunde = "customer"
Netto = "quoted_price"
Groesse = { unit = "in", split = { at = "x", into = ["width", "height"] } }
Stand = { field = "outcome", values = { Y = "won", N = "lost" } }
"#;

#[test]
fn a_mapping_is_tried_kept_and_known_again() {
    let desk = Shop::new();
    let (list, map) = (desk.put("liste.csv", LIST), desk.put("map.toml", MAP));
    assert_eq!(desk.import_with(&["--dry-run", text(&list)])["state"], "refused");
    let tried = desk.import_with(&["--dry-run", "--map", text(&map), text(&list)]);
    assert_eq!((tried["counts"]["created"].as_u64(), tried["import_id"].as_i64()), (Some(2), None));
    let column = &tried["tables"][0]["understood"]["columns"][2];
    assert_eq!((column["field"].as_str(), column["samples"][0].as_str()), (Some("quoted_price"), Some("1.200,50")));
    assert_eq!(tried["tables"][0]["mapping"]["columns"]["Kunde"], "customer");
    desk.import_with(&["--map", text(&map), "--save-profile", "Liste", text(&list)]);
    assert_eq!(desk.price("7001"), 120_050);
    let job = json(&["--shop", text(&desk.file()), "jobs", "show", "7001"]);
    assert_eq!(job["job"]["specification"]["width"].as_f64(), Some(10.0), "{job}");

    let again = desk.import_with(&["--dry-run", text(&list)]);
    assert_eq!(again["state"], "seen_before");
    let next = desk.put("next.csv", LIST.replace("900,00", "950,00"));
    let known = desk.import_with(&[text(&next)]);
    assert_eq!(known["tables"][0]["understood"]["profile"], "Liste");
    assert_eq!((known["counts"]["updated"].as_u64(), known["counts"]["unchanged"].as_u64()), (Some(1), Some(1)));
    assert_eq!((desk.price("7001"), desk.price("7002")), (120_050.into(), 95_000.into()));
}

#[test]
fn what_would_be_refused_is_grouped_by_what_repairs_it() {
    let desk = Shop::new();
    let rows: String = (0..5).map(|i| format!("{i},A,12O.50,31/31/2026\n")).collect();
    let list = desk.put("wo.csv", format!("WO #,Customer,Total Cost,Date Completed\n{rows},B,1.00,01/05/2026\n"));
    let tried = desk.import_with(&["--dry-run", text(&list)]);
    let groups: Vec<(u64, &str)> = tried["refused"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| (group["count"].as_u64().unwrap_or(0), group["reason"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(groups, [(5, "not_a_number"), (5, "not_a_date"), (1, "missing_key")]);
    assert!(tried["refused"][1]["repair"].as_str().is_some_and(|repair| repair.contains("month")));
}

#[test]
fn a_mapping_or_profile_that_cannot_be_used_is_refused_with_its_reason() {
    let desk = Shop::new();
    let (list, map) = (desk.put("l.csv", LIST), desk.put("m.toml", "kind = \"quote\"\n[columns]\nNetto = \"netto\"\n"));
    let shop = desk.file();
    let error = refused(&["--shop", text(&shop), "import", "--map", text(&map), text(&list)]);
    assert!(error["message"].as_str().expect("message").contains("a quote has no field netto"));
    let error = refused(&["--shop", text(&shop), "import", "--profile", "no such", text(&list)]);
    assert!(error["hint"].as_str().expect("hint").contains("HubSpot deals"));
}

#[test]
fn json_is_a_table() {
    let desk = Shop::new();
    let list = desk
        .put("q.json", r#"[{"Quote No": "J1", "Customer": "A", "Quoted Price": 12.5, "Quote Date": "2026-01-05"}]"#);
    assert_eq!(desk.import_with(&[text(&list)])["counts"]["created"], 1);
    assert_eq!(desk.price("J1"), 1_250);
}

#[test]
fn many_rows_are_found_and_searched_like_few() {
    let desk = Shop::new();
    let rows: String = (0..6000).map(|i| format!("{i},Customer {},{}.00,01/05/2026\n", i % 50, i + 1)).collect();
    let list = desk.put("wo.csv", format!("WO #,Customer,Total Cost,Date Completed\n{rows}"));
    assert_eq!(desk.import_with(&[text(&list)])["counts"]["created"], 6000);
    let shop = desk.file();
    let found = json(&["--shop", text(&shop), "jobs", "search", "5999"]);
    assert!(found.to_string().contains("5999"), "{found}");
    let next = desk.put(
        "next.csv",
        format!(
            "WO #,Customer,Total Cost,Date Completed\n{}",
            rows.replace("17,Customer 17,18.00", "17,Customer 17,19.00")
        ),
    );
    let report = desk.import_with(&[text(&next)]);
    assert_eq!((report["counts"]["updated"].as_u64(), report["counts"]["unchanged"].as_u64()), (Some(1), Some(5999)));
    assert_eq!(json(&["--shop", text(&shop), "verify"])["sound"], true);
}

#[test]
fn refused_rows_are_corrected_in_a_spreadsheet_and_brought_back() {
    let desk = Shop::new();
    let list = LIST.replace("900,00", "9OO,00").replace("7001;Hafen", ";=Hafen");
    let (list, map) = (desk.put("liste.csv", &list), desk.put("map.toml", MAP));
    assert_eq!(desk.import_with(&["--map", text(&map), text(&list)])["counts"]["rejected"], 2);
    let (shop, folder) = (desk.file(), desk.dir.path().join("refused"));
    let sheets = json(&["--shop", text(&shop), "rejects", "export", text(&folder)]);
    assert_eq!(sheets[0]["rows"], 2);
    let sheet = PathBuf::from(sheets[0]["file"].as_str().expect("a file"));
    let content = fs::read_to_string(&sheet).expect("a sheet");
    assert!(content.contains("'=Hafen"), "{content}");
    let corrected = content.replace("9OO,00", "900,00").replace(",'=Hafen", "7001,'=Hafen");
    assert_ne!(corrected, content);
    let report = desk.import_with(&[text(&desk.put("corrected.csv", &corrected))]);
    assert_eq!((report["state"].as_str(), report["counts"]["rejected"].as_u64()), (Some("read"), Some(0)), "{report}");
    assert_eq!((desk.price("7001"), desk.price("7002")), (120_050.into(), 90_000.into()));
    let job = json(&["--shop", text(&shop), "jobs", "show", "7001"]);
    assert_eq!(job["job"]["customer"], "=Hafen", "kept as a text, as it stood");
    assert_eq!(json(&["--shop", text(&shop), "rejects", "list"]).as_array().map(Vec::len), Some(0));
}
