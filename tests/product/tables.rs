//! Files outside a shop: train, predict, forecast, anomalies.

use std::fmt::Write;
use std::fs;

use crate::program::{json, refused, text};

/// Jobs whose cost is 200 + 12 a square foot, half as much again when lit, a little off by a fixed pattern.
fn jobs(rows: u32) -> String {
    let mut csv = "job,quoted,area,lit,material,cost\n".to_owned();
    for i in 0..rows {
        let area = 5 + (i * 37) % 90;
        let lit = if (i * 7) % 3 == 0 { "yes" } else { "no" };
        let base = 200.0 + 12.0 * f64::from(area);
        let cost = if lit == "yes" { base * 1.5 } else { base } * (1.0 + f64::from((i * 13) % 11) / 200.0);
        let material = ["steel", "acrylic", "wood"][(i % 3) as usize];
        let (year, month) = (2022 + i / 144, 1 + (i / 12) % 12);
        writeln!(csv, "J{i},{year}-{month:02}-{:02},{area},{lit},{material},{cost:.2}", 1 + i % 12).expect("string");
    }
    csv
}

#[test]
fn a_model_is_trained_on_any_table_and_its_reasons_add_up() {
    let dir = tempfile::tempdir().expect("dir");
    let (input, model, output) =
        (dir.path().join("jobs.csv"), dir.path().join("cost.model"), dir.path().join("out.csv"));
    fs::write(&input, jobs(400)).expect("write");
    let card = json(&[
        "train",
        "--input",
        text(&input),
        "--target",
        "cost",
        "--time",
        "quoted",
        "--drop",
        "job",
        "--budget",
        "5",
        "--model",
        text(&model),
    ]);
    let error = card["scores"][0]["median_error"].as_f64().expect("error");
    assert!(error < 8.0, "median error {error} %");
    json(&["predict", "--input", text(&input), "--model", text(&model), "--output", text(&output), "--explain"]);
    let written = fs::read_to_string(&output).expect("read");
    let mut lines = written.lines();
    let header: Vec<&str> = lines.next().expect("header").split(',').collect();
    assert_eq!(header[..9], ["row", "prediction", "lo-80", "hi-80", "lo-90", "hi-90", "lo-95", "hi-95", "novelty"]);
    let rows: Vec<Vec<f64>> =
        lines.map(|line| line.split(',').map(|cell| cell.parse().expect("number")).collect()).collect();
    assert_eq!(rows.len(), 400);
    for row in &rows {
        let sum: f64 = row[9..].iter().sum();
        assert!((sum - row[1]).abs() <= 1e-6 * row[1].abs(), "{sum} is not {}", row[1]);
        assert!(row[6] <= row[4] && row[4] <= row[2] && row[2] <= row[1] && row[1] <= row[3] && row[3] <= row[5]);
    }
    let contingency = dir.path().join("contingency.csv");
    let asked = ["predict", "--input", text(&input), "--model", text(&model), "--output", text(&contingency)];
    json(&[&asked[..], &["--contingency"]].concat());
    let written = fs::read_to_string(&contingency).expect("read");
    assert!(written.lines().next().expect("header").ends_with("novelty,p70,p80,p90"), "{written:.200}");
    for line in written.lines().skip(1) {
        let row: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("number")).collect();
        assert!(row[1] <= row[9] && row[9] <= row[10] && row[10] <= row[11] && row[11] == row[3], "{row:?}");
    }
    // Every job since has cost four tenths more: the ranges follow, the predictions do not.
    let known = dir.path().join("known.csv");
    let dearer = fs::read_to_string(&input).expect("read");
    let dearer: Vec<String> = dearer
        .lines()
        .enumerate()
        .map(|(number, line)| match line.rsplit_once(',') {
            Some((drivers, cost)) if number > 0 => format!("{drivers},{}", 1.4 * cost.parse::<f64>().expect("a cost")),
            _ => line.to_owned(),
        })
        .collect();
    fs::write(&known, dearer.join("\n")).expect("write");
    let all = ["predict", "--input", text(&input), "--model", text(&model), "--output", text(&output)];
    let followed = json(&[&all[..], &["--known", text(&known)]].concat());
    assert!(followed["notes"].to_string().contains("ranges follow 400 rows"), "{followed}");
    let stretched = fs::read_to_string(&output).expect("read");
    for (line, row) in stretched.lines().skip(1).zip(&rows) {
        let now: Vec<f64> = line.split(',').map(|cell| cell.parse().expect("number")).collect();
        assert!(now[1] == row[1] && now[3] > row[3] && now[2] > row[2], "{now:?} {row:?}");
    }
    let over = refused(&[
        "predict",
        "--input",
        text(&input),
        "--model",
        text(&model),
        "--known",
        text(&known),
        "--output",
        text(&known),
    ]);
    assert!(over["message"].as_str().expect("message").contains("known.csv"), "{over}");
    let nothing = refused(&["train", "--input", text(&input), "--target", "price", "--model", text(&model)]);
    assert!(nothing["message"].as_str().expect("message").contains("price"));
    fs::write(&model, &fs::read(&model).expect("read")[..100]).expect("cut");
    let cut = refused(&["predict", "--input", text(&input), "--model", text(&model), "--output", text(&output)]);
    assert_eq!(cut["code"], "unreadable_file");
}

#[test]
fn a_specification_that_nobody_understands_is_refused() {
    let dir = tempfile::tempdir().expect("dir");
    let (shop, spec) = (dir.path().join("shop.signwright"), dir.path().join("spec.json"));
    let jobs: String = (1..=8).map(|i| format!("{i},Alder Bank,Monument,Completed,0{i}/15/2026,{i}000.00\n")).collect();
    let list = dir.path().join("list.csv");
    fs::write(&list, format!("WO #,Customer,Sign Type,Status,Date Completed,Total Cost\n{jobs}")).expect("write");
    json(&["--shop", text(&shop), "import", text(&list)]);
    for (wrong, named) in [
        ("{}", "sign_type"),
        ("[1]", "JSON object"),
        ("{\"sign_type\": \"spaceship\"}", "spaceship"),
        ("{\"sign_type\": \"monument\", \"widht\": 10}", "widht"),
        ("{\"sign_type\": \"monument\", \"lighting\": \"plasma\"}", "plasma"),
        ("{\"sign_type\": \"monument\", \"width\": -4}", "width"),
    ] {
        fs::write(&spec, wrong).expect("write");
        let error = refused(&["--shop", text(&shop), "estimate", "--spec", text(&spec)]);
        let message = error["message"].as_str().expect("message").to_lowercase();
        assert!(message.contains(&named.to_lowercase()), "{wrong}: {message}");
    }
    fs::write(&spec, "{\"sign_type\": \"Monument\", \"width\": 8, \"height\": 4}").expect("write");
    let estimate = json(&["--shop", text(&shop), "estimate", "--spec", text(&spec)]);
    assert_eq!(estimate["basis"], "median_of_type", "without a model the rule stands in, and says so");
    assert_eq!(estimate["cost"]["minor"], 450_000);
}

#[test]
fn series_of_a_file_are_forecast_and_examined() {
    let dir = tempfile::tempdir().expect("dir");
    let (input, output) = (dir.path().join("series.csv"), dir.path().join("out.csv"));
    let mut csv = "unique_id,ds,y\n".to_owned();
    for i in 0..60_u32 {
        let season = [0.0, 3.0, 8.0, 12.0, 15.0, 14.0, 12.0, 9.0, 5.0, 2.0, -1.0, -2.0][(i % 12) as usize];
        let noise = f64::from((i * 17) % 7) / 10.0;
        let spike = if i == 41 { 60.0 } else { 0.0 };
        writeln!(csv, "hours,{}-{:02}-01,{}", 2021 + i / 12, 1 + i % 12, 100.0 + season + noise + spike)
            .expect("string");
    }
    csv.push_str("short,2025-01-01,1\n");
    fs::write(&input, csv).expect("write");
    let written = json(&["forecast", "--input", text(&input), "--horizon", "12", "--output", text(&output)]);
    assert_eq!(written["rows"], 12);
    assert!(written["notes"][0].as_str().expect("note").starts_with("short:"), "what cannot be forecast is named");
    let text_of = fs::read_to_string(&output).expect("read");
    assert!(text_of.starts_with("unique_id,ds,yhat,lo-80,hi-80,lo-95,hi-95,method\nhours,2026-01-01,"), "{text_of}");
    json(&["anomalies", "--input", text(&input), "--series", "--output", text(&output)]);
    let found = fs::read_to_string(&output).expect("read");
    assert!(found.contains("hours,2024-06-01,2024-06-01,point"), "{found}");
    let wrong = refused(&["forecast", "--input", text(&output), "--horizon", "3", "--output", text(&input)]);
    assert_eq!(wrong["code"], "invalid_input", "a file without the columns is refused");
}

#[test]
fn rows_of_a_table_are_scored_in_order() {
    let dir = tempfile::tempdir().expect("dir");
    let (input, output) = (dir.path().join("rows.csv"), dir.path().join("out.csv"));
    let mut csv = "hours,cost,name\n".to_owned();
    for i in 0..200_u32 {
        let hours = 10.0 + f64::from((i * 31) % 50) / 5.0;
        let cost = if i == 77 { hours * 640.0 } else { hours * 64.0 + f64::from(i % 5) };
        writeln!(csv, "{hours},{cost},n{i}").expect("string");
    }
    fs::write(&input, csv).expect("write");
    let written = json(&["anomalies", "--input", text(&input), "--table", "--output", text(&output)]);
    assert_eq!(written["rows"], 200);
    let found = fs::read_to_string(&output).expect("read");
    let score = |line: &str| line.split(',').nth(1).and_then(|cell| cell.parse::<f64>().ok()).expect("score");
    let strongest = found.lines().skip(1).max_by(|a, b| score(a).total_cmp(&score(b))).expect("rows");
    assert!(strongest.starts_with("77,"), "{strongest}");
}
