//! The whole way once: from the sample files to a quote, its figures checked.

use serde_json::Value;

use crate::program::{json, run, text};

fn minor(money: &Value) -> i64 {
    money["minor"].as_i64().unwrap_or_else(|| panic!("{money} is no amount"))
}

#[test]
fn the_demo_does_the_whole_job_and_its_figures_hold() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = dir.path().join("sample.signwright");
    let report = json(&["--shop", text(&shop), "demo"]);

    let import = &report["import"];
    assert!(import["files"].as_array().expect("files").len() >= 90, "all sample files are read");
    assert!(import["counts"]["created"].as_u64() > Some(5_000));
    assert_eq!(report["second_import"]["counts"]["created"], 0, "a second import changes nothing");
    assert_eq!(report["second_import"]["counts"]["updated"], 0);

    let card = &report["model"]["card"];
    let error = |method: &str| {
        let scores = card["scores"].as_array().expect("scores");
        let score = scores.iter().find(|score| score["method"].as_str().is_some_and(|name| name.starts_with(method)));
        score.unwrap_or_else(|| panic!("no score of {method}"))["median_error"].as_f64().expect("number")
    };
    assert!(error("model") < error("median of type"), "the model beats the simple rule on the newest jobs");
    for coverage in card["coverage"].as_array().expect("coverage") {
        let (level, held) =
            (coverage["level"].as_f64().expect("level") / 100.0, coverage["held"].as_f64().expect("held"));
        assert!((held - level).abs() < 0.08, "the {level} range held {held}");
    }

    let estimate = &report["estimate"];
    let parts: i64 = estimate["contributions"].as_array().expect("drivers").iter().map(|c| minor(&c["amount"])).sum();
    assert_eq!(minor(&estimate["base"]) + parts, minor(&estimate["cost"]), "drivers add up to the cent");
    assert!(estimate["similar"].as_array().expect("similar").len() >= 3);

    let answers = &report["answers"];
    // What two jobs alike cost cannot be told from a doubled entry when the customer really ordered twice, so not every
    // planted error can be found; most of what is flagged must be right.
    let (found, planted) = (answers["found"].as_f64().expect("found"), answers["planted"].as_f64().expect("planted"));
    assert!(found / planted >= 0.8, "{found} of {planted} planted errors found: {}", answers["missed"]);
    assert!(
        answers["flagged_rightly"].as_f64() >= answers["flagged"].as_f64().map(|flagged| flagged * 0.8),
        "{answers}"
    );

    let totals = &report["quote"]["versions"][0]["totals"];
    assert_eq!(minor(&totals["subtotal"]) + minor(&totals["tax"]), minor(&totals["total"]));
    assert_eq!(report["quote"]["status"], "sent");
    assert_eq!(report["verification"]["sound"], true);
    for file in report["files"].as_array().expect("files") {
        let path = std::path::Path::new(file.as_str().expect("path"));
        assert!(path.exists(), "{} was said to be written", path.display());
    }
    what_follows(&shop);
}

/// The shop that the demo leaves can be worked with, command by command.
fn what_follows(shop: &std::path::Path) {
    let shop = text(shop);
    let page = json(&["--shop", shop, "jobs", "list", "--limit", "3"]);
    assert!(page["total"].as_u64() > Some(1_000));
    let number = page["jobs"][0]["work_order"].as_str().expect("work order").to_owned();
    let detail = json(&["--shop", shop, "jobs", "show", &number]);
    assert!(detail["sources"].as_array().expect("sources").iter().any(|source| source["chosen"] == true));
    assert!(!json(&["--shop", shop, "rejects", "list"]).as_array().expect("rejects").is_empty());
    assert_eq!(json(&["--shop", shop, "models", "list"]).as_array().map(Vec::len), Some(1));
    assert_eq!(json(&["--shop", shop, "quote", "list"])["total"], 1);
    let outbox = json(&["--shop", shop, "call", "list_outbox"]);
    assert_eq!(outbox[0]["state"], "waiting");
    let events = json(&["--shop", shop, "call", "list_events", "{\"limit\": 5}"]);
    assert_eq!(events[0]["who"], "tester");
    let forecast = json(&["--shop", shop, "forecast", "--series", "booked_revenue", "--horizon", "6"]);
    assert_eq!(forecast["forecast"]["points"].as_array().map(Vec::len), Some(6));
    assert_eq!(json(&["--shop", shop, "quote", "revise", "Q-2026-0001"])["status"], "draft");
    let outbox = json(&["--shop", shop, "call", "list_outbox"]);
    assert_eq!(
        (&outbox[0]["state"], &outbox[0]["last_error"]),
        (&"withdrawn".into(), &"version 2 took its place".into())
    );
    // A demo makes its own shop anew, and only its own.
    let again = run(&["--shop", shop, "--json", "call", "shop_settings"]);
    assert!(again.status.success());
}
