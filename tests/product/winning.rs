//! Won or lost: learned, measured, told; and refused where there is too little to learn from.

use std::fmt::Write;
use std::fs;

use crate::program::{json, refused, run, text};

/// Bids that are won where the price is below 1.3 times the cost, with every seventh the other way round; the last 30 are open.
fn bids(rows: u32) -> String {
    let mut csv = "client,day,total,our_cost,kind,won\n".to_owned();
    for i in 0..rows {
        let cost = 1000 + (i * 137) % 900;
        let ratio = 1.0 + f64::from((i * 29) % 61) / 100.0;
        let fair = (ratio < 1.3) != (i % 7 == 0);
        let won = match (i + 30 >= rows, fair) {
            (true, _) => "",
            (false, true) => "won",
            (false, false) => "lost",
        };
        let kind = ["pole", "blade"][(i % 2) as usize];
        let (month, day) = (1 + (i / 28) % 12, 1 + i % 28);
        let total = f64::from(cost) * ratio;
        writeln!(csv, "C{},{}-{month:02}-{day:02},{total:.2},{cost},{kind},{won}", i % 9, 2023 + i / 336)
            .expect("string");
    }
    csv
}

#[test]
fn chances_of_a_file_fall_with_the_price_and_are_measured() {
    let dir = tempfile::tempdir().expect("dir");
    let (input, output) = (dir.path().join("bids.csv"), dir.path().join("chances.csv"));
    fs::write(&input, bids(430)).expect("write");
    let columns = ["--price", "total", "--cost", "our_cost", "--customer", "client", "--time", "day"];
    let words = [&["win", "--input", text(&input), "--output", text(&output)][..], &columns[..]].concat();
    let told = json(&words);
    assert_eq!(told["card"]["outcomes"], 400);
    let measured = &told["card"]["measured"];
    assert!(measured["auc"].as_f64().expect("auc") > 0.75, "{measured}");
    assert!(measured["brier"].as_f64() < measured["brier_share"].as_f64(), "{measured}");
    assert!(told["words"][0].as_str().expect("words").contains("Price up to 1.29"), "{}", told["words"]);
    let written = fs::read_to_string(&output).expect("read");
    let mut lines = written.lines();
    assert_eq!(lines.next(), Some("row,chance,low,high,outside,best_price,best_from,best_to"));
    let bids: Vec<Vec<String>> =
        bids(430).lines().skip(401).map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let mut seen: Vec<(f64, f64)> = Vec::new();
    for (line, bid) in lines.zip(&bids) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |i: usize| cells[i].parse::<f64>().expect("number");
        assert!(number(2) <= number(1) && number(1) <= number(3), "{line}");
        assert!(number(6) <= number(5) && number(5) <= number(7), "{line}");
        let ratio = bid[2].parse::<f64>().expect("price") / bid[3].parse::<f64>().expect("cost");
        seen.push((ratio, number(1)));
    }
    assert_eq!(seen.len(), 30);
    let mean = |cheap: bool| {
        let of: Vec<f64> =
            seen.iter().filter(|(ratio, _)| (*ratio < 1.3) == cheap).map(|(_, chance)| *chance).collect();
        of.iter().sum::<f64>() / of.len() as f64
    };
    assert!(mean(true) > mean(false) + 0.4, "{} {}", mean(true), mean(false));
}

#[test]
fn too_few_outcomes_are_refused_with_how_many_there_are() {
    let dir = tempfile::tempdir().expect("dir");
    let (input, output) = (dir.path().join("bids.csv"), dir.path().join("chances.csv"));
    fs::write(&input, bids(70)).expect("write");
    let words = ["win", "--input", text(&input), "--output", text(&output), "--price", "total", "--cost", "our_cost"];
    let error = refused(&words);
    assert_eq!(
        (error["code"].as_str(), error["message"].as_str()),
        (Some("not_enough_data"), Some("a chance of winning needs 50 outcomes, there are 40"),)
    );
    assert!(!output.exists());
    let odd = refused(&[&words[..], &["--won", "kind"]].concat());
    assert!(odd["message"].as_str().expect("message").contains("neither won nor lost"), "{odd}");
}

#[test]
fn a_shop_without_outcomes_says_so() {
    let dir = tempfile::tempdir().expect("dir");
    let shop = dir.path().join("empty.signwright");
    assert!(run(&["--shop", text(&shop), "call", "shop_settings"]).status.success());
    let error = refused(&["--shop", text(&shop), "win", "--cost", "8200.00", "--price", "12900"]);
    assert_eq!(error["message"], "a chance of winning needs 50 outcomes, there are 0");
    assert_eq!(error["code"], "not_enough_data");
}
