//! The whole of training on shops whose truth is known.

use std::sync::{Arc, Mutex};

use signwright_domain::Task;
use signwright_domain::card::Card;

use super::shop::{params, shop};
use crate::search::Effort;
use crate::split::holdout;
use crate::stages::Stages;
use crate::train::learn::{Choice, Learned, learn};
use crate::train::{SEARCH, STAGES, evaluate::evaluate};
use crate::{
    Column, ColumnData, CostModel, LINEAR, LearnError, MODEL, OWN, RULE, Table, Trained, TrainingSet, promote, train,
};

fn near(model: &CostModel, history: &Table, one: &Table) -> Vec<(usize, f64)> {
    model.similar(&model.neighbours(history).expect("lays out"), one, 5).expect("finds")
}

fn trained(rows: usize, noise: f64) -> (TrainingSet, Trained) {
    let set = shop(rows, noise, 3);
    let trained = train(&Task::silent(), &set, &params(1)).expect("trains");
    (set, trained)
}

fn median_error(card: &Card, method: &str) -> f64 {
    card.scores.iter().find(|score| score.method == method).expect("scored").median_error
}

#[test]
fn the_model_finds_the_truth_and_beats_the_rules() {
    let (_, Trained { card, .. }) = trained(800, 0.08);
    let [model, rule, own, linear] = [MODEL, RULE, OWN, LINEAR].map(|method| median_error(&card, method));
    // The noise alone leaves a median error of about 0.67 x 0.1.
    assert!(model < 11.0, "{model}");
    assert!(model < 0.7 * linear && model < 0.7 * own && model < 0.4 * rule, "{model} {linear} {own} {rule}");
    assert!(card.verdict.better_than_rule, "{}", card.verdict.reason);
    assert!(promote(None, &card).promoted);
    assert_eq!((card.n_test, card.by_type.len()), (200, 4));
    assert!(card.train_to < card.test_from);
    let last = card.importance.last().expect("columns");
    assert_eq!((last.driver.as_str(), card.importance.len()), ("useless", 4), "{:?}", card.importance);
    assert!(card.limits.is_empty(), "{:?}", card.limits);
}

#[test]
fn ranges_hold_on_the_newest_jobs_as_often_as_they_say() {
    let (_, Trained { card, .. }) = trained(2400, 0.08);
    for coverage in &card.coverage {
        let off = 100.0 * coverage.held - f64::from(coverage.level);
        // Three points, and two standard errors of the 600 test jobs.
        let slack = 3.0 + 200.0 * (coverage.held * (1.0 - coverage.held) / 600.0).sqrt();
        assert!(off.abs() < slack, "{} held {}", coverage.level, coverage.held);
        assert!(coverage.n == 600 && coverage.width > 0.0);
    }
}

#[test]
fn contributions_add_up_and_ranges_are_nested() {
    let (set, Trained { model, .. }) = trained(300, 0.1);
    for prediction in model.predict(&set.table).expect("predicts") {
        let sum = prediction.base + prediction.contributions.iter().map(|(_, amount)| amount).sum::<f64>();
        assert!((sum - prediction.value).abs() <= 1e-9 * prediction.value, "{sum} against {}", prediction.value);
        let mut inner = (prediction.value, prediction.value);
        for &(_, low, high) in &prediction.ranges {
            assert!(0.0 <= low && low <= inner.0 && inner.1 <= high, "{:?}", prediction.ranges);
            inner = (low, high);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_model_and_bytes_bring_it_back() {
    let (set, first) = trained(300, 0.1);
    let (_, second) = trained(300, 0.1);
    assert_eq!(first.card, second.card);
    assert_eq!(first.model.to_bytes(), second.model.to_bytes());
    let again = CostModel::from_bytes(&first.model.to_bytes()).expect("reads");
    let predicted = first.model.predict(&set.table).expect("predicts");
    assert_eq!(again.predict(&set.table).expect("predicts"), predicted);
    assert_eq!(again.to_bytes(), first.model.to_bytes());
}

fn tested(set: &TrainingSet) -> (Learned, Vec<usize>) {
    let split = holdout(set, 0.25, 1);
    let effort = Effort { seconds: 2.0 * SEARCH, seed: 1 };
    let task = Task::silent();
    let stages = Stages::new(&task, STAGES);
    (learn(&stages, &set.select(&split.train), "total_cost", &Choice::Search(effort)).expect("learns"), split.test)
}

#[test]
fn what_happens_later_does_not_change_what_was_predicted_before() {
    let set = shop(300, 0.1, 3);
    let mut later = set.clone();
    let first_day = holdout(&set, 0.25, 1).from;
    let mut changed = 0;
    for row in 0..set.rows() {
        if set.completed(row) >= first_day {
            later.target[row] *= 3.0;
            changed += 1;
        }
    }
    assert!(changed > 80, "the test rows and those completed during the test: {changed}");
    let ((before, rows), (after, _)) = (tested(&set), tested(&later));
    let test = set.table.select(&rows);
    assert_eq!(before.model.predict(&test).expect("predicts"), after.model.predict(&test).expect("predicts"));
    // The rule of a test job rests on what was completed before its own quote.
    let split = holdout(&set, 0.25, 1);
    let rules = |set: &TrainingSet| evaluate(&before, set, &split, 1).expect("evaluates").rule;
    let last = set.rows() - 1;
    let mut last_changed = set.clone();
    last_changed.target[last] *= 9.0;
    assert_eq!(rules(&set), rules(&last_changed));
}

#[test]
fn a_model_that_only_sees_noise_gives_way_to_the_rule() {
    let mut set = shop(300, 0.1, 3);
    let shift = set.target.clone();
    (0..300).for_each(|row| set.target[row] = shift[(row * 7 + 131) % 300]);
    let card = train(&Task::silent(), &set, &params(1)).expect("trains").card;
    assert!(!card.verdict.better_than_rule, "{}", card.verdict.reason);
    assert!(card.verdict.reason.starts_with("Not clearly better"), "{}", card.verdict.reason);
    assert!(!promote(None, &card).promoted);
}

#[test]
fn the_verdict_says_where_own_estimates_are_ahead_in_money() {
    let mut set = shop(300, 0.1, 3);
    // A sixth of every job under 3,000 is missed, the large ones are known nearly exactly.
    let own = |y: &f64| if *y < 3000.0 { 0.83 * y } else { 0.99 * y };
    set.own_estimate = Some(set.target.iter().map(own).collect());
    let card = train(&Task::silent(), &set, &params(1)).expect("trains").card;
    assert!(median_error(&card, MODEL) < median_error(&card, OWN), "{:?}", card.scores);
    let mae = |method: &str| card.scores.iter().find(|score| score.method == method).expect("scored").mae;
    assert!(mae(OWN) < mae(MODEL), "{:?}", card.scores);
    let words = "; but your own estimates are closer on average in money: off by ";
    assert!(card.verdict.reason.contains(words), "{}", card.verdict.reason);
}

#[test]
fn novelty_names_what_is_unusual() {
    let (set, Trained { model, .. }) = trained(300, 0.1);
    let known = model.predict(&set.table).expect("predicts");
    let inside = known.iter().filter(|prediction| prediction.novelty.score <= 1.0).count();
    assert!(inside >= 285, "{inside} of 300 training jobs are inside experience");
    let strange = crate::Table::new(vec![
        crate::Column::number("face_area", vec![2000.0, 50.0]),
        crate::Column::number("overall_height", vec![10.0, 10.0]),
        crate::Column::category("sign_type", vec![Some("pole".into()), Some("blimp".into())]),
    ])
    .expect("table");
    let novelty: Vec<_> = model.predict(&strange).expect("predicts").into_iter().map(|p| p.novelty).collect();
    assert!(novelty.iter().all(|novelty| novelty.score > 1.0), "{novelty:?}");
    let reason = &novelty[0].reasons[0];
    assert!(reason.starts_with("Face area 2,000 sq ft is more than any job so far, at most 1"), "{reason}");
    assert_eq!(novelty[1].reasons, ["Type blimp has not been seen before"]);
}

/// The table without the values of these columns.
fn emptied(table: &crate::Table, lost: &[&str]) -> crate::Table {
    let gone = |column: &crate::Column| match &column.data {
        crate::ColumnData::Number(values) => crate::Column::number(&column.name, vec![f64::NAN; values.len()]),
        crate::ColumnData::Category(values) => crate::Column::category(&column.name, vec![None; values.len()]),
    };
    let column =
        |column: &crate::Column| if lost.contains(&column.name.as_str()) { gone(column) } else { column.clone() };
    crate::Table::new(table.columns().iter().map(column).collect()).expect("table")
}

fn held_80(model: &CostModel, table: &crate::Table, target: &[f64]) -> f64 {
    let predicted = model.predict(table).expect("predicts");
    let inside = |(p, y): &(&crate::Prediction, &f64)| (p.ranges[2].1..=p.ranges[2].2).contains(*y);
    predicted.iter().zip(target).filter(inside).count() as f64 / target.len() as f64
}

#[test]
fn ranges_widen_where_drivers_are_missing_and_the_reasons_name_them() {
    let (_, Trained { model, .. }) = trained(400, 0.08);
    let fresh = shop(400, 0.08, 77);
    for lost in [&["face_area"][..], &["sign_type"], &["face_area", "overall_height", "sign_type", "useless"]] {
        let held = held_80(&model, &emptied(&fresh.table, lost), &fresh.target);
        assert!((0.7..0.95).contains(&held), "{lost:?}: {held}");
    }
    let all = emptied(&fresh.table.select(&[0]), &["face_area", "overall_height", "sign_type", "useless"]);
    let prediction = model.predict(&all).expect("predicts").remove(0);
    let (_, low, high) = prediction.ranges[2];
    let quantile = |share| crate::statistics::quantile(&fresh.target, share);
    assert!(low < 1.3 * quantile(0.1) && high > 0.77 * quantile(0.9), "{low} {high}");
    assert!(prediction.novelty.score > 1.9 && prediction.novelty.reasons.len() == 3, "{:?}", prediction.novelty);
    let share = (100.0 * model.fitted.experience.share("face_area")).round();
    let expected = format!("no value for Face area, which explains {share} % of the cost");
    assert!(prediction.novelty.reasons.contains(&expected), "{:?}", prediction.novelty.reasons);
}

#[test]
fn columns_the_table_lacks_are_listed_by_what_they_matter() {
    let (set, Trained { model, .. }) = trained(300, 0.1);
    assert_eq!(model.missing_columns(&set.table), Vec::<String>::new());
    let only = crate::Table::new(vec![set.table.column("overall_height").expect("column").clone()]).expect("table");
    let missing = model.missing_columns(&only);
    assert_eq!((missing.len(), missing[2].as_str()), (3, "useless"));
    let predicted = model.predict(&only).expect("predicts");
    assert!(predicted.iter().all(|prediction| prediction.novelty.reasons.len() >= 2));
}

#[test]
fn similar_jobs_agree_in_what_moves_the_cost() {
    let (set, Trained { model, .. }) = trained(300, 0.1);
    let found = near(&model, &set.table, &set.table.select(&[17]));
    assert_eq!((found.len(), found[0]), (5, (17, 0.0)));
    for (row, distance) in &found[1..] {
        assert_eq!(set.table.cell("sign_type", *row), set.table.cell("sign_type", 17));
        assert!(*distance > 0.0 && set.target[*row] / set.target[17] < 2.0 && set.target[17] / set.target[*row] < 2.0);
    }
    assert_eq!(near(&model, &set.table.select(&[1, 2]), &set.table.select(&[17])).len(), 2);
    assert_eq!(near(&model, &set.table.select(&[]), &set.table.select(&[17])), []);
}

#[test]
fn a_job_that_says_little_yet_is_not_nearest_to_those_that_say_as_little() {
    let (set, Trained { model, .. }) = trained(300, 0.1);
    let kind = set.table.cell("sign_type", 17);
    let columns = set.table.columns().iter().map(|column| match &column.data {
        ColumnData::Number(values) => {
            let known =
                |(row, value): (usize, &f64)| if set.table.cell("sign_type", row) == kind { *value } else { f64::NAN };
            Column::number(column.name.clone(), values.iter().enumerate().map(known).collect())
        }
        ColumnData::Category(_) => column.clone(),
    });
    let history = Table::new(columns.collect()).expect("table");
    let column = set.table.select(&[17]).column("sign_type").expect("column").clone();
    let found = near(&model, &history, &Table::new(vec![column]).expect("table"));
    assert_eq!(found.len(), 5);
    assert!(found.iter().all(|(row, _)| set.table.cell("sign_type", *row) == kind), "{found:?}");
}

#[test]
fn progress_grows_and_a_stop_stops() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let task = Task::new(move |progress| log.lock().expect("lock").push((progress.done, progress.total)));
    train(&task, &shop(200, 0.1, 3), &params(1)).expect("trains");
    let seen = seen.lock().expect("lock");
    assert!(seen.len() > 5 && seen.windows(2).all(|pair| pair[0].0 < pair[1].0), "{seen:?}");
    assert!(seen.iter().all(|(done, total)| done < total));
    task.cancel();
    let stopped = train(&task, &shop(200, 0.1, 3), &params(1));
    assert_eq!(stopped.err(), Some(LearnError::Cancelled(signwright_domain::Cancelled)));
}

/// Contracts of one, two and three rows whose price falls with their size and rises with time; some rows have no price.
fn contracts() -> TrainingSet {
    let mut set = shop(600, 0.02, 5);
    let name = |row: usize| format!("contract {} {}", row / 6, [0, 1, 1, 2, 2, 2][row % 6]);
    let names: Vec<String> = (0..600).map(name).collect();
    let rows = |row: usize| names.iter().filter(|name| **name == names[row]).count() as f64;
    let days: Vec<f64> = (0..600).map(|row| 19_000.0 + 2.0 * row as f64).collect();
    set.target = (0..600).map(|row| 100.0 * (1.0 + days[row] / 19_000.0) / rows(row).sqrt()).collect();
    (0..600).step_by(50).for_each(|row| set.target[row] = f64::NAN);
    let mut columns = set.table.columns().to_vec();
    columns.push(Column::number("quoted", days));
    columns.push(Column::category("contract", names.iter().cloned().map(Some).collect()));
    set.table = Table::new(columns).expect("table");
    TrainingSet {
        group: Some(names),
        time_column: Some("quoted".into()),
        group_column: Some("contract".into()),
        own_estimate: None,
        ..set
    }
}

#[test]
fn day_and_contract_speak_in_training_and_prediction_alike() {
    let set = contracts();
    let Trained { model, card, .. } = train(&Task::silent(), &set, &params(1)).expect("trains");
    assert!(median_error(&card, MODEL) < 3.0, "{}", card.verdict.reason);
    assert_eq!((card.n_train + card.n_test <= 588, model.time_column()), (true, Some("quoted")));
    let columns: Vec<&str> = model.columns().collect();
    assert!(columns.contains(&"rows per contract") && columns.contains(&"quoted"), "{columns:?}");
    assert!(!columns.contains(&"contract"), "{columns:?}");
    let again = CostModel::from_bytes(&model.to_bytes()).expect("reads");
    let predicted = model.predict(&set.table).expect("predicts");
    assert_eq!(again.predict(&set.table).expect("predicts"), predicted);
    for (prediction, actual) in predicted.iter().zip(&set.target).filter(|(_, actual)| !actual.is_nan()) {
        assert!((prediction.value / actual - 1.0).abs() < 0.2, "{} for {actual}", prediction.value);
    }
    let bare = Table::new(set.table.columns().iter().filter(|column| column.name != "contract").cloned().collect());
    assert_eq!(model.missing_columns(&bare.expect("table")), ["contract"]);
}

#[test]
fn two_groups_and_drivers_that_are_only_given_or_not_make_a_model_that_can_be_read_back() {
    let mut set = shop(80, 0.05, 7);
    let flag: Vec<f64> = (0..80).map(|row| if row % 3 == 0 { f64::NAN } else { 1.0 }).collect();
    set.table = Table::new(vec![Column::number("permit", flag)]).expect("table");
    set.class_column = None;
    set.group = Some((0..80).map(|row| format!("{}", row % 2)).collect());
    (set.known_from, set.known_to) = (vec![None; 80], vec![None; 80]);
    let Trained { model, .. } = train(&Task::silent(), &set, &params(1)).expect("trains");
    let again = CostModel::from_bytes(&model.to_bytes()).expect("reads");
    assert_eq!(again.predict(&set.table).expect("predicts"), model.predict(&set.table).expect("predicts"));
}
