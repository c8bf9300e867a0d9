//! Where the simple rule is as good as the model, it answers; and the card says what it would take.

use signwright_domain::Task;

use super::shop::{params, shop};
use crate::{Column, Prediction, Table, TrainingSet, train};

/// Prices that repeat to the cent, one per class, with a few that were agreed otherwise.
fn price_list() -> TrainingSet {
    let set = shop(200, 0.1, 3);
    let column = set.table.column("sign_type").expect("column");
    let price = |row: usize| match column.data.cell(row) {
        crate::Cell::Category("cabinet") => 400.0,
        crate::Cell::Category("pole") => 900.0,
        _ => 120.0,
    };
    let target = (0..200).map(|row| price(row) * if row % 9 == 4 { 1.3 } else { 1.0 }).collect();
    TrainingSet { target, own_estimate: None, class_column: None, ..set }
}

#[test]
fn a_price_list_is_answered_by_the_rule_to_the_cent() {
    let set = price_list();
    let trained = train(&Task::silent(), &set, &params(1)).expect("trains");
    assert_eq!(trained.model.class(), Some("sign_type"), "found without being named");
    assert!(!trained.card.verdict.better_than_rule, "{}", trained.card.verdict.reason);
    let model = crate::CostModel::from_bytes(&trained.model.to_bytes()).expect("reads");
    let answers = model.answer(&set.table).expect("answers");
    for (row, answer) in answers.iter().enumerate().filter(|(row, _)| row % 9 != 4) {
        assert!(answer.by_rule);
        assert_eq!(answer.value, set.target[row]);
        let sum = answer.base + answer.contributions.iter().map(|(_, amount)| amount).sum::<f64>();
        assert!((sum - answer.value).abs() < 1e-9 * answer.value, "{sum}");
        assert!(answer.ranges.iter().all(|(_, low, high)| *low <= answer.value && answer.value <= *high));
    }
    let unknown = Table::new(vec![Column::category("sign_type", vec![Some("blimp".into())])]).expect("table");
    assert!(!model.answer(&unknown).expect("answers")[0].by_rule, "the rule knows no blimp");
}

#[test]
fn a_model_that_is_better_answers_itself_and_the_card_shows_how_it_learned() {
    let set = shop(600, 0.08, 3);
    let trained = train(&Task::silent(), &set, &params(1)).expect("trains");
    let mine = |answers: Vec<Prediction>| answers.iter().all(|answer| !answer.by_rule);
    assert!(mine(trained.model.answer(&set.table).expect("answers")));
    let curve = &trained.card.learning_curve;
    let jobs: Vec<u32> = curve.iter().map(|point| point.jobs).collect();
    assert_eq!(jobs, [trained.card.n_train / 4, trained.card.n_train / 2, trained.card.n_train]);
    assert!(curve[0].median_error > curve[2].median_error, "{curve:?}");
}

#[test]
fn words_of_a_note_are_drivers() {
    let mut set = shop(400, 0.08, 3);
    let note = |row: usize| format!("{} sign {row}, lot {}", ["plain", "lit", "double faced"][row % 3], row * 7);
    (0..400).for_each(|row| set.target[row] *= [1.0, 1.6, 2.5][row % 3]);
    let with = |set: &TrainingSet, column: Column| {
        let columns = set.table.columns().iter().cloned().chain([column]).collect();
        TrainingSet { table: Table::new(columns).expect("table"), ..set.clone() }
    };
    let error =
        |set: &TrainingSet| train(&Task::silent(), set, &params(1)).expect("trains").card.scores[0].median_error;
    let noted = with(&set, Column::category("note", (0..400).map(|row| Some(note(row))).collect()));
    let (with, without) = (error(&noted), error(&set));
    assert!(with < 0.6 * without, "{with} against {without}");
}

#[test]
fn a_shop_of_one_class_is_learned_from_and_read_again() {
    let set = shop(200, 0.1, 3);
    let one = |column: &Column| match column.name.as_str() {
        "sign_type" => Column::category("sign_type", vec![Some("pole".into()); 200]),
        _ => column.clone(),
    };
    let table = Table::new(set.table.columns().iter().map(one).collect()).expect("table");
    let set = TrainingSet { table, ..set };
    let trained = train(&Task::silent(), &set, &params(1)).expect("trains");
    assert!(!trained.card.learner.contains("median of type"), "{}", trained.card.learner);
    let again = crate::CostModel::from_bytes(&trained.model.to_bytes()).expect("reads");
    assert_eq!(again.values(&set.table), trained.model.values(&set.table));
}
