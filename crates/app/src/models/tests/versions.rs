//! Which model is used: decided on jobs that neither has learned from, or by a person, and taken back in one step.

use signwright_domain::card::{Model, Standing};
use signwright_domain::estimate::Basis;
use signwright_domain::{DriverValue, Specification};
use signwright_store::events::{self, EventQuery};
use signwright_store::models::{self as stored, NewModel};

use super::history::{JOBS, Shop};
use crate::Code;
use crate::estimates::{CreateEstimate, create_estimate};
use crate::models::{ModelRef, PromoteModel, RollbackModel, promote_model, rollback_model, show_model};

fn standing(shop: &Shop, id: i64) -> Standing {
    show_model(&shop.action(), ModelRef { id }).expect("a model").standing
}

fn reason(text: &str) -> RollbackModel {
    RollbackModel { reason: text.to_owned() }
}

#[test]
fn a_challenger_is_used_when_it_is_better_on_jobs_that_neither_knew() {
    let shop = Shop::new();
    let first = shop.train();
    assert_eq!(first.standing, Standing::Champion, "{}", first.card.verdict.reason);

    let same = shop.train();
    let trial = same.card.trial.as_ref().expect("the newest jobs of the same rows");
    assert!(!trial.clearly && trial.against == first.id, "{trial:?}");
    // The one was rounded to cents.
    assert!((trial.median_error - trial.against_median_error).abs() < 0.01, "{trial:?}");
    assert_eq!(same.standing, Standing::Challenger);

    shop.add(JOBS..JOBS + 10, 1.0);
    let few = shop.train();
    assert_eq!((few.standing, &few.card.trial), (Standing::Challenger, &None));
    assert!(few.card.verdict.reason.starts_with("Fewer than 20 jobs"), "{}", few.card.verdict.reason);

    shop.add(JOBS + 10..JOBS + 90, 1.5);
    let newer = shop.train();
    let trial = newer.card.trial.clone().expect("90 jobs");
    // What was quoted before the first of them was finished cannot be told dearer.
    assert!(trial.n == 90 && trial.clearly && trial.median_error < 0.9 * trial.against_median_error, "{trial:?}");
    assert_eq!((newer.standing, standing(&shop, first.id)), (Standing::Champion, Standing::Retired));

    rollback_model(&shop.action(), reason(" ")).expect_err("without a reason");
    let back = rollback_model(&shop.action(), reason("the estimates are too high")).expect("back");
    assert_eq!((back.id, standing(&shop, newer.id)), (first.id, Standing::Retired));
    let refused = promote_model(&shop.action(), PromoteModel { id: first.id, reason: "again".to_owned() });
    assert_eq!(refused.expect_err("it is in use").code, Code::Conflict);

    let events =
        events::list(&shop.app.shop().read(), &EventQuery { limit: 100, ..EventQuery::default() }).expect("events");
    let of_models = events.iter().filter(|event| event.subject.starts_with("model ")).count();
    assert_eq!(of_models, 5, "four trainings and a step back");
}

/// As a version with another layout of models would have left it.
fn written_by_another_version(shop: &Shop, model: &Model) -> i64 {
    let mut bytes = stored::bytes(&shop.app.shop().read(), model.id).expect("read").expect("bytes");
    bytes[8] = 1;
    let (standing, at) = (Standing::Champion, model.card.created_at);
    let new = NewModel { card: &model.card, bytes: &bytes, standing, reason: "better than the rule", at };
    let id = shop.app.shop().write(|db| stored::insert(db, &new)).expect("kept");
    shop.app.forget_experience();
    id
}

#[test]
fn a_champion_of_another_version_counts_as_none_until_a_model_is_trained() {
    let shop = Shop::new();
    let model = shop.train();
    let estimate = || {
        let mut specification = Specification::default();
        specification.set("sign_type", DriverValue::Text("monument".to_owned()));
        specification.set("width", DriverValue::Number(8.0));
        specification.set("height", DriverValue::Number(4.0));
        let quoted_on = Some(jiff::civil::date(2024, 4, 1));
        let input =
            CreateEstimate { title: String::new(), specification, quoted_on, save: false, ..CreateEstimate::default() };
        create_estimate(&shop.action(), input).expect("an estimate")
    };
    assert_eq!((estimate().basis, estimate().model_id), (Basis::Model, Some(model.id)));

    let foreign = written_by_another_version(&shop, &model);
    let by_rule = estimate();
    assert_eq!((by_rule.basis, by_rule.model_id), (Basis::MedianOfType, None));
    assert!(by_rule.basis_note.contains("another version"), "{}", by_rule.basis_note);

    // Nothing can be asked of it, so that nothing has to be better than it.
    let trained = shop.train();
    assert_eq!((trained.standing, standing(&shop, foreign)), (Standing::Champion, Standing::Retired));
    assert_eq!((estimate().basis, estimate().model_id), (Basis::Model, Some(trained.id)));
    let refused = rollback_model(&shop.action(), reason("it was fine")).expect_err("it cannot be read");
    assert_eq!(refused.code, Code::Conflict);
    assert_eq!(standing(&shop, trained.id), Standing::Champion);
}
