//! Figures on real data, read from the folder `cost` under `SIGNWRIGHT_DATA`; skipped, saying so, where it is not there.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;
use signwright_domain::Task;
use signwright_learn::{Column, MODEL, RULE, Table, TrainParams, Trained, TrainingSet, train};

/// The rows of a CSV file without quoted line breaks, or `None` with a word on why the test is skipped.
fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let Some(root) = std::env::var_os("SIGNWRIGHT_DATA") else {
        eprintln!("skipped: SIGNWRIGHT_DATA is not set");
        return None;
    };
    let path = PathBuf::from(root).join("cost").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no file {}", path.display());
        return None;
    };
    Some(text.lines().map(fields).collect())
}

fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.trim_start_matches('\u{feff}').chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    fields.push(field);
    fields
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

fn params() -> TrainParams {
    TrainParams {
        target: "cost".into(),
        seed: 1,
        created_at: Timestamp::UNIX_EPOCH,
        version: "test".into(),
        budget: Duration::from_secs(3),
        test_share: 0.2,
    }
}

fn undated(table: Table, target: Vec<f64>) -> TrainingSet {
    let rows = target.len();
    TrainingSet {
        table,
        target,
        known_from: vec![None; rows],
        known_to: vec![None; rows],
        group: None,
        time_column: None,
        group_column: None,
        class_column: None,
        insisted: Vec::new(),
        own_estimate: None,
    }
}

#[test]
fn construction_cost_of_residential_buildings() {
    let Some(rows) = rows("uci_residential_building.csv") else { return };
    let (header, rows) = rows.split_first().expect("header");
    let width = header.len() - 2;
    let column = |i: usize| Column::number(&header[i], rows.iter().map(|row| number(&row[i])).collect());
    let table = Table::new((0..width).map(column).collect()).expect("table");
    let target: Vec<f64> = rows.iter().map(|row| number(&row[width + 1])).collect();
    let (mut errors, start) = (Vec::new(), Instant::now());
    for fold in 0..5 {
        let (test, learn): (Vec<usize>, Vec<usize>) =
            (0..target.len()).partition(|row| (row * 7 + row / 5) % 5 == fold);
        let set = undated(table.select(&learn), learn.iter().map(|&row| target[row]).collect());
        let trained = train(&Task::silent(), &set, &params()).expect("trains");
        let predicted = trained.model.predict(&table.select(&test)).expect("predicts");
        errors.extend(test.iter().zip(predicted).map(|(&row, prediction)| prediction.value - target[row]));
    }
    let n = errors.len() as f64;
    let mae = errors.iter().map(|e| e.abs()).sum::<f64>() / n;
    let rmse = (errors.iter().map(|e| e * e).sum::<f64>() / n).sqrt();
    eprintln!("residential buildings, 5 folds: MAE {mae:.1}, RMSE {rmse:.1}, {:.1?} a training", start.elapsed() / 5);
    assert!(mae < 20.0 && rmse < 50.0, "{mae} {rmse}");
}

/// Permanent panels: price per square foot, one contract is one group, known from the letting on.
fn panels() -> Option<TrainingSet> {
    let rows = rows("mdot_sign_items_2014_2022.csv")?;
    let (header, rows) = rows.split_first()?;
    let at = |name: &str| header.iter().position(|column| column == name).expect("column");
    let (category, unit, price) = (at("category"), at("unit"), at("winner_unit_price"));
    let panel =
        |row: &&Vec<String>| row[category] == "permanent panel" && row[unit] == "Sft" && number(&row[price]) > 0.05;
    let rows: Vec<&Vec<String>> = rows.iter().filter(panel).collect();
    let text = |i: usize| rows.iter().map(|row| Some(row[i].clone())).collect::<Vec<_>>();
    let numbers = |i: usize| rows.iter().map(|row| number(&row[i])).collect::<Vec<_>>();
    let days: Vec<Option<Date>> = rows.iter().map(|row| row[at("date")].parse().ok()).collect();
    let year =
        |day: &Option<Date>| day.map_or(f64::NAN, |day| f64::from(day.year()) + f64::from(day.day_of_year()) / 366.0);
    let table = Table::new(vec![
        Column::category("item", text(at("item"))),
        Column::category("county_code", text(at("county_code"))),
        Column::number("qty", numbers(at("qty"))),
        Column::number("contract_eng_total", numbers(at("contract_eng_total"))),
        Column::number("contract_lines", numbers(at("contract_lines"))),
        Column::number("quote_date", days.iter().map(year).collect()),
    ]);
    Some(TrainingSet {
        table: table.expect("table"),
        target: numbers(price),
        known_from: days.clone(),
        known_to: days,
        group: Some(rows.iter().map(|row| row[at("proposal")].clone()).collect()),
        time_column: None,
        group_column: None,
        class_column: Some("item".into()),
        insisted: Vec::new(),
        own_estimate: Some(numbers(at("eng_est"))),
    })
}

#[test]
fn road_sign_panels_of_the_newest_year() {
    let Some(set) = panels() else { return };
    let start = Instant::now();
    let trained = train(&Task::silent(), &set, &params()).expect("trains");
    let card = &trained.card;
    eprintln!("{} rows, trained and tested in {:.1?}: {}", set.target.len(), start.elapsed(), card.learner);
    eprintln!("test from {:?}: {}", card.test_from, card.verdict.reason);
    for score in &card.scores {
        eprintln!(
            "{:>28}: n {} MAE {:.2}, median error {:.1} %, bias {:.1} %",
            score.method, score.n, score.mae, score.median_error, score.bias
        );
    }
    for coverage in &card.coverage {
        eprintln!("{} % range held {:.3}, width {:.2}", coverage.level, coverage.held, coverage.width);
    }
    print_speed(&trained, &set);
    let error = |method: &str| card.scores.iter().find(|score| score.method == method).expect("scored").median_error;
    assert!(error(MODEL) < 2.0 * error(RULE));
}

/// How long one estimate and its similar jobs take.
fn print_speed(trained: &Trained, set: &TrainingSet) {
    let history = set.table.select(&(0..20_000).map(|row| row % set.target.len()).collect::<Vec<_>>());
    let one = set.table.select(&[7]);
    let start = Instant::now();
    let predicted = trained.model.predict(&one).expect("predicts");
    let (elapsed, start) = (start.elapsed(), Instant::now());
    let found = trained.model.similar(&trained.model.neighbours(&history).expect("lays out"), &one, 3).expect("finds");
    eprintln!("one estimate {elapsed:.1?}, similar among 20,000 {:.1?}", start.elapsed());
    assert_eq!((predicted.len(), found.len()), (1, 3));
}
