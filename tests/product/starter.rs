//! A shop on its first day: the starter model answers, says what it is, and gives way to the shop's own jobs.

use std::fmt::Write as _;

use serde_json::{Value, json as j};

use crate::program::{refused, run, text};
use crate::shop::Shop;

const LABEL: &str = "the starter model: made from published hours and prices, not from your jobs";

fn estimate(shop: &Shop, sign_type: &str) -> Value {
    let spec = shop.put("spec.json", j!({"sign_type": sign_type, "width": 8, "height": 4}).to_string());
    shop.run(&["estimate", "--spec", text(&spec)])
}

/// Eight finished monuments, the dearest last.
fn jobs() -> String {
    let mut csv = "WO #,Customer,Sign Type,Width,Height,Status,Date Completed,Total Cost\n".to_owned();
    for i in 1..=8 {
        writeln!(csv, "{i},Alder Bank,Monument,{},4,Completed,0{i}/15/2026,{}.00", 5 + i, 11_000 + 1_000 * i)
            .expect("string");
    }
    csv
}

#[test]
fn a_shop_without_history_is_told_by_the_starter_model_and_told_so() {
    let shop = Shop::new();
    shop.run(&["call", "shop_settings"]);
    let said = estimate(&shop, "monument");
    assert_eq!((&said["basis"], &said["model_id"]), (&j!("starter"), &Value::Null));
    assert!(said["basis_note"].as_str().expect("a note").starts_with(LABEL), "{}", said["basis_note"]);
    assert!(!said["contributions"].as_array().expect("drivers").is_empty());
    let range = said["ranges"].as_array().expect("ranges").iter().find(|range| range["level"] == 80).expect("80 %");
    let (low, high) = (range["low"]["minor"].as_i64().expect("low"), range["high"]["minor"].as_i64().expect("high"));
    assert!(high > 2 * low, "{low} to {high}: nothing is known of this shop");

    // The registry stays empty; people are told of the starter beside it.
    assert_eq!(shop.run(&["models", "list"]), j!([]));
    let file = shop.file();
    let words = |arguments: &[&str]| {
        let output = run(&[&["--shop", text(&file)], arguments].concat());
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let list = words(&["models", "list"]);
    assert!(list.contains("no model yet") && list.contains("starter: made from published hours"), "{list}");
    let card = words(&["models", "starter"]);
    assert!(card.contains("measured on generated jobs, not in a shop") && card.contains("not for: "), "{card}");
    let spec = shop.put("spec.json", j!({"sign_type": "pole", "width": 8, "height": 4}).to_string());
    let printed = words(&["estimate", "--spec", text(&spec)]);
    assert!(printed.contains(LABEL) && printed.contains("80 % assumed"), "{printed}");
    assert!(!printed.contains("of such jobs"), "no coverage is claimed: {printed}");
}

#[test]
fn own_jobs_replace_it_for_their_type_and_correct_it_for_others() {
    let shop = Shop::new();
    shop.run(&["call", "shop_settings"]);
    let before = estimate(&shop, "pole");
    shop.import(&shop.put("list.csv", jobs()));
    assert_eq!(estimate(&shop, "monument")["basis"], "median_of_type");
    let after = estimate(&shop, "pole");
    assert_eq!(after["basis"], "starter");
    let note = after["basis_note"].as_str().expect("a note");
    assert!(note.starts_with(LABEL) && note.contains("your first 8 jobs cost"), "{note}");
    let info = shop.run(&["models", "starter"]);
    let factor = info["correction"]["factor"].as_f64().expect("a factor");
    let cost = |said: &Value| said["cost"]["minor"].as_f64().expect("a cost");
    assert!((cost(&after) / cost(&before) - factor).abs() < 0.001, "{info}");
}

#[test]
fn where_it_does_not_know_the_prices_it_says_so() {
    let shop = Shop::new();
    let mut settings = shop.run(&["call", "shop_settings"]);
    settings["currency"] = j!("EUR");
    shop.run(&["call", "save_settings", &settings.to_string()]);
    let spec = shop.put("spec.json", j!({"sign_type": "pole", "width": 8, "height": 4}).to_string());
    let error = refused(&["--shop", text(&shop.file()), "estimate", "--spec", text(&spec)]);
    assert_eq!(error["code"], "not_enough_data");
    let message = error["message"].as_str().expect("a message");
    assert!(message.contains("knows prices in USD of January 2025 alone"), "{message}");
    assert_eq!(shop.run(&["models", "starter"])["in_use"], false);
}
