//! Input that cannot be learned from is refused with its reason; what can be worked around is, and the card says so.

use signwright_domain::Task;

use super::shop::{params, shop};
use crate::{Column, CostModel, LearnError, Table, TrainParams, Trained, TrainingSet, train};

fn attempt(set: &TrainingSet) -> Result<Trained, LearnError> {
    train(&Task::silent(), set, &params(1))
}

/// The shop with one more column.
fn with(set: &TrainingSet, column: Column) -> TrainingSet {
    let columns = set.table.columns().iter().cloned().chain([column]).collect();
    TrainingSet { table: Table::new(columns).expect("table"), ..set.clone() }
}

#[test]
fn what_cannot_be_learned_from_is_refused() {
    let set = shop(100, 0.1, 3);
    let check = |change: &dyn Fn(&mut TrainingSet), expected: LearnError| {
        let mut changed = set.clone();
        change(&mut changed);
        assert_eq!(attempt(&changed).err(), Some(expected));
    };
    let length = |what: &str, found| LearnError::LengthMismatch { what: what.into(), expected: 100, found };
    check(&|set| set.target = vec![5.0; 100], LearnError::ConstantTarget { target: "total_cost".into() });
    check(&|set| set.target[3] = f64::INFINITY, LearnError::TargetNotFinite { target: "total_cost".into(), row: 3 });
    check(&|set| set.target = vec![f64::NAN; 100], LearnError::TooFewRows { rows: 0, needed: 30 });
    check(&|set| set.target[5] = -1e300, LearnError::TargetNotFinite { target: "total_cost".into(), row: 5 });
    check(&|set| set.target.truncate(99), length("the target", 99));
    check(&|set| set.known_to.truncate(9), length("known_to", 9));
    check(&|set| set.group = Some(Vec::new()), length("the group", 0));
    check(&|set| set.class_column = Some("kind".into()), LearnError::NoColumn { column: "kind".into() });
    check(&|set| *set = set.select(&[0, 1, 2]), LearnError::TooFewRows { rows: 3, needed: 30 });
    check(&|set| set.group = Some(vec!["one contract".into(); 100]), LearnError::CannotSplit { train: 0, test: 100 });
    let nothing = Table::new(vec![Column::number("x", vec![f64::NAN; 100])]).expect("table");
    let useless = TrainingSet { table: nothing, class_column: None, ..set.clone() };
    assert_eq!(attempt(&useless).err(), Some(LearnError::NothingToLearnFrom { target: "total_cost".into() }));
    for share in [0.0, 0.6, f64::NAN] {
        let params = TrainParams { test_share: share, ..params(1) };
        assert!(matches!(train(&Task::silent(), &set, &params), Err(LearnError::TestShare { .. })), "{share}");
    }
}

#[test]
fn odd_columns_are_left_out_or_lived_with_and_the_card_says_so() {
    let set = shop(200, 0.1, 3);
    let invoiced = Column::number("invoiced", set.target.iter().map(|y| 1.1 * y).collect());
    let odd = [
        (invoiced, "Left out: invoiced (nearly equal to the target, so known only afterwards)."),
        (Column::number("nothing", vec![f64::NAN; 200]), "Left out: nothing (no job has a value)."),
        (
            Column::category("note", (0..200).map(|row| Some(format!("note {row}"))).collect()),
            "Left out: note (different in every job).",
        ),
        (
            Column::number("job_number", (0..200).map(|row| 20_000.0 + f64::from(row)).collect()),
            "Left out: job number (a running number, different in every job).",
        ),
    ];
    let all = odd.iter().fold(set, |set, (column, _)| with(&set, column.clone()));
    let Trained { model, card, .. } = attempt(&all).expect("trains");
    for (column, limit) in &odd {
        assert!(card.limits.iter().any(|said| said == limit), "{limit}: {:?}", card.limits);
        assert!(model.columns().all(|name| name != column.name));
    }
}

#[test]
fn ten_thousand_levels_do_no_harm() {
    let set = shop(300, 0.1, 3);
    let levels = (0..300).map(|row| Some(format!("level {}", (row * 7919) % 10_000 / 2))).collect();
    let trained = attempt(&with(&set, Column::category("many", levels))).expect("trains");
    assert!(trained.card.verdict.better_than_rule, "{}", trained.card.verdict.reason);
}

#[test]
fn without_dates_the_test_is_random_and_the_card_says_so() {
    let set = TrainingSet { known_from: vec![None; 200], known_to: vec![None; 200], ..shop(200, 0.1, 3) };
    let card = attempt(&set).expect("trains").card;
    assert!(card.limits[0].starts_with("Measured on jobs drawn at random"), "{:?}", card.limits);
    assert!(card.limits.iter().chain([&card.verdict.reason]).all(|said| !said.contains("newest")), "{:?}", card.limits);
    assert_eq!((card.test_from, card.scores[1].method.as_str()), (None, crate::UNDATED_RULE));
}

#[test]
fn targets_below_zero_and_thirty_rows_are_learned_from() {
    let mut set = shop(30, 0.1, 3);
    attempt(&set).expect("thirty rows");
    set = shop(200, 0.1, 3);
    set.target.iter_mut().for_each(|y| *y -= 2000.0);
    let trained = attempt(&set).expect("trains");
    for prediction in trained.model.predict(&set.table).expect("predicts") {
        let sum = prediction.base + prediction.contributions.iter().map(|(_, amount)| amount).sum::<f64>();
        assert!((sum - prediction.value).abs() <= 1e-9 * prediction.value.abs().max(1.0));
    }
}

#[test]
fn a_column_that_is_missing_counts_as_not_given_and_no_column_at_all_is_refused() {
    let set = shop(200, 0.1, 3);
    let model = attempt(&set).expect("trains").model;
    let only = |column: &str| Table::new(vec![set.table.column(column).expect("column").clone()]).expect("table");
    let predicted = model.predict(&only("face_area")).expect("predicts");
    assert!(predicted.iter().all(|prediction| prediction.value.is_finite() && prediction.value > 0.0));
    let other = Table::new(vec![Column::number("other", vec![1.0])]).expect("table");
    assert_eq!(model.predict(&other).err(), Some(LearnError::NoCommonColumn { example: "face_area".into() }));
    assert_eq!(model.predict(&only("face_area").select(&[])), Ok(vec![]));
    let text = Table::new(vec![Column::category("face_area", vec![Some("big".into())])]).expect("table");
    assert!(matches!(model.predict(&text), Err(LearnError::NotANumber { .. })));
}

#[test]
fn damaged_bytes_and_other_formats_are_told_apart() {
    let bytes = attempt(&shop(60, 0.1, 3)).expect("trains").model.to_bytes();
    for end in [0, 5, 11, 43, 44, 60, bytes.len() / 2, bytes.len() - 1] {
        assert!(matches!(CostModel::from_bytes(&bytes[..end]), Err(LearnError::DamagedModel { .. })), "{end}");
    }
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    assert!(matches!(CostModel::from_bytes(&changed), Err(LearnError::DamagedModel { .. })));
    let mut newer = bytes;
    newer[8] = 9;
    assert_eq!(CostModel::from_bytes(&newer).err(), Some(LearnError::ModelFormat { found: 9, known: 5 }));
}

#[test]
fn a_shop_table_is_aligned_with_what_a_model_reads() {
    let set = shop(100, 0.1, 3);
    let model = attempt(&set).expect("trains").model;
    let odd = Column::category("face_area", vec![Some("40".into()), Some("3A".into()), None]);
    let kind = Column::category("sign_type", vec![Some("pole".into()); 3]);
    let table = Table::new(vec![odd, kind]).expect("table");
    assert!(matches!(model.predict(&table), Err(LearnError::NotANumber { .. })), "a file is told");
    let aligned = model.aligned(table);
    let areas: Vec<crate::Cell<'_>> = (0..3).map(|row| aligned.cell("face_area", row)).collect();
    assert_eq!(areas, [crate::Cell::Number(40.0), crate::Cell::Missing, crate::Cell::Missing]);
    assert_eq!(model.values(&aligned).expect("predicts").len(), 3);
    let given = set.table.select(&[0, 1]);
    assert_eq!(model.aligned(given.clone()), given);
}
