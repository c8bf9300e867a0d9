//! The sanity rules as a shop sees them: told at import, listed, changed in a file, and minded by the estimate.

use crate::program::{refused, text};
use crate::shop::Shop;

/// Thirty cabinets of 20 square feet for about 2,000, and what is added.
fn work_orders(more: &str) -> String {
    let header = "Work Order,Customer,Sign Type,Status,Date Completed,Width (ft),Height (ft),Mounting,Total Material,\
                  Total Labor,Total Cost,Sale Price\n";
    let row = |i: u32| {
        let (material, labour) = (900 + 7 * i, 1_000 + 5 * i);
        let (total, price) = (material + labour, 3_400 + 20 * i);
        format!("{},Alder Bank,Cabinet,Completed,2025-03-02,5,4,flush,{material},{labour},{total},{price}\n", 700 + i)
    };
    let rows: String = (0..30).map(row).collect();
    format!("{header}{rows}{more}")
}

const SLIP: &str = "801,Alder Bank,Cabinet,Completed,2025-04-02,5,4,flush,9500,10500,20000,3700\n";

#[test]
fn a_job_unlike_its_peers_is_kept_flagged_and_found_again() {
    let shop = Shop::new();
    let outcome = shop.import(&shop.put("work-orders.csv", work_orders(SLIP)));
    assert_eq!(outcome["counts"]["created"], 31, "{outcome}");
    assert_eq!(outcome["flagged"], 2, "{outcome}");
    let told: Vec<&str> = outcome["flags"]
        .as_array()
        .expect("flags")
        .iter()
        .filter(|one| one["number"] == "801" && one["flag"]["rule"] == "peers")
        .filter_map(|one| one["flag"]["message"].as_str())
        .collect();
    let [price, cost] = told.as_slice() else { panic!("{told:?}") };
    assert!(price.starts_with("price to cost is 9.") && price.contains("below"), "{price}");
    assert!(cost.starts_with("cost per square foot is 9.") && cost.contains("above"), "{cost}");

    let listed = shop.run(&["jobs", "list", "--flagged"]);
    assert_eq!((listed["total"].as_u64(), listed["jobs"][0]["work_order"].as_str()), (Some(1), Some("801")));
    let job = shop.run(&["jobs", "show", "801"]);
    assert_eq!(job["job"]["actual"]["total"]["minor"], 2_000_000);
    assert_eq!(job["flags"][0]["rule"], "peers");

    // A corrected export takes the flag away.
    let corrected = SLIP.replace("9500,10500,20000", "950,1050,2000");
    shop.import(&shop.put("again.csv", work_orders(&corrected)));
    assert_eq!(shop.run(&["jobs", "list", "--flagged"])["total"], 0);
}

#[test]
fn a_shop_edits_its_rules_and_every_job_is_asked_again() {
    let shop = Shop::new();
    shop.import(&shop.put("work-orders.csv", work_orders("")));
    assert_eq!(shop.run(&["rules", "check"])["total"], 0);
    let shown = shop.run(&["rules", "show"]);
    assert_eq!(shown["own"], false);
    assert!(shown["text"].as_str().expect("a file").contains("high-without-lift"));

    let own = "[[rule]]\nname = \"cheap\"\nof = [\"job\"]\nseverity = \"error\"\nabout = \"total_cost\"\n\
               when = 'finished and total_cost < 1920'\nsay = \"cost only {total_cost}\"\n";
    let found = shop.run(&["rules", "set", text(&shop.put("rules.toml", own))]);
    assert_eq!(found["total"], 2, "{found}");
    assert_eq!(found["flags"][0]["flag"]["message"], "cost only $1,912.00");
    // What a rule says cannot be is among the anomalies, with the rule's sentence.
    let anomalies = shop.run(&["anomalies"]);
    let told = anomalies["jobs"].as_array().expect("jobs").iter().filter(|job| job["anomaly"]["kind"] == "impossible");
    assert_eq!(told.count(), 2);

    let broken = shop.put("broken.toml", own.replace("total_cost <", "totl_cost <"));
    let error = refused(&["--shop", text(&shop.file()), "rules", "set", text(&broken)]);
    let said = error["message"].as_str().expect("a sentence");
    assert!(said.contains("line 6") && said.contains("is total_cost meant?"), "{said}");
    assert_eq!(shop.run(&["rules", "show"])["own"], true);
    assert_eq!(shop.run(&["rules", "reset"])["total"], 0);
    let events = shop.run(&["call", "list_events", "{\"limit\": 10}"]).to_string();
    assert!(events.contains("\"subject\":\"rules\""), "{events}");
}

#[test]
fn an_estimate_minds_the_shops_own_ranges() {
    let shop = Shop::new();
    shop.import(&shop.put("work-orders.csv", work_orders("")));
    let spec = r#"{"sign_type": "cabinet", "width": 5, "height": 4, "wind_speed": 210}"#;
    let spec = shop.put("job.json", spec);
    let (file, spec) = (shop.file(), text(&spec).to_owned());
    let error = refused(&["--shop", text(&file), "estimate", "--spec", &spec]);
    assert!(error["message"].as_str().is_some_and(|said| said.contains("outside 90 to 200")), "{error}");
    shop.run(&["rules", "set", text(&shop.put("rules.toml", "[ranges]\nwind_speed = { max = 250 }\n"))]);
    assert_eq!(shop.run(&["estimate", "--spec", &spec])["warnings"], serde_json::json!([]));
}
