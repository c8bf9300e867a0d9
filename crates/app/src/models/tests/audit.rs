//! What a model has learned from is kept, and makes it again.

use signwright_domain::Task;
use signwright_lake::{Columns, read_parquet};
use signwright_store::models as stored;

use super::history::{JOBS, Shop};
use crate::Code;
use crate::export::{ExportLake, export_lake};
use crate::models::{ModelRef, WriteModelData, rebuild_model, write_model_data};

#[test]
fn a_model_is_made_again_from_its_rows_bit_for_bit() {
    let shop = Shop::new();
    let model = shop.train();
    assert_eq!((model.card.budget, model.card.test_share), (Some(2.0), Some(0.2)));
    assert!(model.card.drivers.iter().any(|name| name == "width"), "{:?}", model.card.drivers);
    // Jobs that come later change nothing.
    shop.add(JOBS..JOBS + 30, 2.0);
    let again = rebuild_model(&shop.action(), &Task::silent(), ModelRef { id: model.id }).expect("made again");
    assert!(again.identical && again.measured_the_same, "{again:?}");
    assert_eq!((again.rows, &again.data_hash), (JOBS as usize, &model.card.data_hash));

    let path = shop.app.shop_path().with_file_name("rows.parquet");
    let input = WriteModelData { id: model.id, path: Some(path.display().to_string()) };
    write_model_data(&shop.action(), input).expect("written");
    let rows = read_parquet(&path).expect("a table");
    assert_eq!(rows.rows(), JOBS as usize);
    assert!(matches!(rows.column("driver:width"), Some(Columns::Number(_))));
    assert!(matches!(rows.column("job"), Some(Columns::Text(jobs)) if jobs[0].as_deref() == Some("10000")));
}

#[test]
fn models_of_the_same_rows_share_them() {
    let shop = Shop::new();
    let (first, second) = (shop.train(), shop.train());
    assert_eq!(first.card.data_hash, second.card.data_hash);
    let bytes = |id| stored::bytes(&shop.app.shop().read(), id).expect("read");
    assert_eq!(bytes(first.id), bytes(second.id));
}

#[test]
fn the_card_tells_estimators_and_sizes_apart() {
    let card = Shop::new().train().card;
    let tested = card.n_test;
    for groups in [&card.by_type, &card.by_estimator, &card.by_size] {
        assert_eq!(groups.iter().map(|group| group.n).sum::<u32>(), tested, "{groups:?}");
        assert!(groups.iter().all(|group| group.held_90 >= Some(group.held_80)), "{groups:?}");
    }
    let names: Vec<&str> = card.by_estimator.iter().map(|group| group.group.as_str()).collect();
    assert_eq!(names, ["Ada", "Ben"]);
    assert!(card.by_size[0].group.starts_with("up to ") && card.by_size[2].group.starts_with("above "));
}

#[test]
fn a_model_that_is_not_there_cannot_be_made_again() {
    let shop = Shop::new();
    let refused = rebuild_model(&shop.action(), &Task::silent(), ModelRef { id: 9 }).expect_err("none");
    assert_eq!(refused.code, Code::NotFound);
}

#[test]
fn the_lake_has_what_models_said_beside_what_jobs_cost() {
    let shop = Shop::new();
    let model = shop.train();
    let dir = shop.app.shop_path().with_file_name("lake");
    let input = || ExportLake { dir: dir.display().to_string() };
    let written = export_lake(&shop.action(), input()).expect("written");
    assert_eq!((written.jobs, written.predictions), (JOBS, model.card.n_test));
    // Again: what an earlier export wrote is replaced.
    assert_eq!(export_lake(&shop.action(), input()).expect("written anew"), written);
    let folders = |dir: std::path::PathBuf| {
        std::fs::read_dir(dir).expect("a folder").map(|one| one.expect("a folder").path()).collect::<Vec<_>>()
    };
    let months = folders(dir.join("predictions")).into_iter().flat_map(folders);
    let rows = months.map(|month| read_parquet(&month.join("part-0.parquet")).expect("a table").rows());
    assert_eq!(rows.sum::<usize>(), model.card.n_test as usize);
}
