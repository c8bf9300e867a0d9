//! The model in use is looked at when actual costs arrive.

use jiff::Timestamp;
use signwright_domain::Task;
use signwright_domain::card::Standing;
use signwright_store::{jobs, leases};

use super::history::{JOBS, Shop, job};
use crate::Code;
use crate::commands::Nothing;
use crate::estimates::{CreateEstimate, create_estimate};
use crate::models::watch::{
    ModelWatch, RetireModel, SetPromotion, StartWatching, accept_proposal, retire_model, set_promotion, show_watching,
    watch_model,
};
use crate::models::{ModelRef, list_models, show_model};
use crate::quotes::{CreateQuote, create_quote};

impl Shop {
    fn look(&self) -> ModelWatch {
        let watching = watch_model(&self.action(), &Task::silent(), StartWatching { budget: Some(1) }).expect("a look");
        watching.watch.expect("a model is in use")
    }

    fn standing(&self, id: i64) -> Standing {
        show_model(&self.action(), ModelRef { id }).expect("a model").standing
    }
}

#[test]
fn jobs_as_before_leave_the_model_in_peace() {
    let shop = Shop::new();
    let model = shop.train();
    let early = shop.look();
    assert_eq!((early.model_id, early.jobs, early.ratio), (model.id, 0, None));
    assert!(early.months.iter().all(|month| month.tested) && !early.months.is_empty());
    shop.add(JOBS..JOBS + 60, 1.0);
    let watch = shop.look();
    assert_eq!((watch.jobs, watch.proposal.as_ref()), (60, None));
    assert!(watch.ratio.expect("jobs enough") < 1.5, "{:?}", watch.words);
    assert!(watch.drivers.iter().all(|driver| !driver.changed), "{:?}", watch.drivers);
    assert_eq!(watch.months.iter().filter(|month| !month.tested).map(|month| month.n).sum::<u32>(), 60);
    assert!(watch.words[0].starts_with("60 jobs were finished since it was trained: off by "), "{:?}", watch.words);
}

#[test]
fn a_model_that_has_become_worse_is_challenged_and_the_better_one_proposed() {
    let shop = Shop::new();
    let model = shop.train();
    shop.add(JOBS..JOBS + 80, 1.5);
    let watch = shop.look();
    assert!(watch.ratio.expect("jobs enough") > 1.5, "{:?}", watch.words);
    assert!(watch.coverage.iter().any(|coverage| coverage.too_narrow), "{:?}", watch.coverage);
    let proposal = watch.proposal.expect("a better one");
    assert_eq!((shop.standing(model.id), shop.standing(proposal.model_id)), (Standing::Champion, Standing::Challenger));
    // Looking again trains nothing anew.
    assert_eq!(shop.look().proposal.map(|again| again.model_id), Some(proposal.model_id));
    let reason = "tried on odd jobs".to_owned();
    let refused =
        retire_model(&shop.action(), RetireModel { id: model.id, reason: reason.clone() }).expect_err("in use");
    assert_eq!(refused.code, Code::Conflict);
    accept_proposal(&shop.action(), ModelRef { id: proposal.model_id }).expect("accepted");
    assert_eq!((shop.standing(model.id), shop.standing(proposal.model_id)), (Standing::Retired, Standing::Champion));
    let again = accept_proposal(&shop.action(), ModelRef { id: model.id }).expect_err("not proposed");
    assert_eq!(again.code, Code::Conflict);
}

#[test]
fn estimates_follow_the_actual_costs_of_jobs_since_training() {
    let shop = Shop::new();
    let model = shop.train();
    let of = |specification| CreateEstimate {
        title: String::new(),
        specification,
        quoted_on: None,
        save: false,
        ..CreateEstimate::default()
    };
    let mut specification = job(JOBS + 200, 1.0).specification;
    specification.set("sign_type", signwright_domain::DriverValue::Text("monument".to_owned()));
    let ask = || create_estimate(&shop.action(), of(specification.clone())).expect("an estimate");
    let before = ask();
    assert_eq!(before.model_id, Some(model.id));
    shop.add(JOBS..JOBS + 80, 1.3);
    let watch = shop.look();
    let after = ask();
    let reach = |of: &signwright_domain::estimate::Estimate| of.ranges[0].high.minor - of.cost.minor;
    assert_eq!(after.cost, before.cost, "the model is the same");
    assert!(reach(&after) > reach(&before) * 6 / 5, "{:?} {:?}", before.ranges, after.ranges);
    let told = |word: &String| word.contains("their 80 % ranges reach") && word.contains("further up");
    assert!(watch.words.iter().any(told), "{:?}", watch.words);
    // Looking again learns from the same jobs once.
    shop.look();
    assert_eq!(ask().ranges, after.ranges);
}

#[test]
fn a_challenger_that_a_person_retired_is_not_trained_again_from_the_same_jobs() {
    let shop = Shop::new();
    shop.train();
    shop.add(JOBS..JOBS + 80, 1.5);
    let proposal = shop.look().proposal.expect("a better one");
    let retired = RetireModel { id: proposal.model_id, reason: "tried on odd jobs".to_owned() };
    retire_model(&shop.action(), retired).expect("retired");
    assert_eq!(shop.look().proposal, None);
    let newest = list_models(&shop.action(), Nothing {}).expect("models").first().map(|model| model.id);
    assert_eq!(newest, Some(proposal.model_id));
}

#[test]
fn a_shop_that_says_so_promotes_by_rule() {
    let shop = Shop::new();
    let model = shop.train();
    set_promotion(&shop.action(), SetPromotion { by_rule: true }).expect("set");
    shop.add(JOBS..JOBS + 80, 1.5);
    let watching = watch_model(&shop.action(), &Task::silent(), StartWatching { budget: Some(1) }).expect("a look");
    assert!(watching.by_rule && watching.watch.is_none(), "nobody has looked at the new champion yet");
    assert_eq!(shop.standing(model.id), Standing::Retired);
}

#[test]
fn what_was_estimated_at_the_quote_counts_as_it_was_said() {
    let shop = Shop::new();
    let model = shop.train();
    let input = |spec| CreateEstimate {
        title: String::new(),
        specification: spec,
        quoted_on: None,
        save: true,
        ..CreateEstimate::default()
    };
    // The customer changed the size after the quote: the estimate is of another sign than the job.
    let mut finished = job(JOBS, 1.0);
    let mut specification = job(JOBS + 3, 1.0).specification;
    specification.set("sign_type", signwright_domain::DriverValue::Text("monument".to_owned()));
    let estimate = create_estimate(&shop.action(), input(specification)).expect("an estimate");
    assert_eq!(estimate.model_id, Some(model.id));
    let quote = CreateQuote { customer: "Harbor Dental".to_owned(), estimate_ids: vec![estimate.id], ..quote() };
    let quote = create_quote(&shop.action(), quote).expect("a quote");
    let open = shop.look().open.expect("an open quote");
    assert_eq!((open.quotes, open.estimates, open.cost), (1, 1, estimate.cost));
    finished.quote_number = Some(quote.number);
    finished.completed_on = Some(shop.action().today());
    shop.app.shop().write(|db| jobs::upsert(db, &finished).map(drop)).expect("the job");
    shop.add(JOBS + 1..JOBS + 3, 1.0);
    let watch = shop.look();
    assert_eq!((watch.jobs, watch.estimated), (3, 1));
    let said = signwright_store::predictions::of_model(&shop.app.shop().read(), model.id).expect("kept");
    assert!(said.iter().any(|said| said.value == estimate.cost), "the estimate of the quote is what is compared");
}

fn quote() -> CreateQuote {
    serde_json::from_str(r#"{"customer": "", "estimate_ids": []}"#).expect("a quote")
}

#[test]
fn one_look_at_a_time() {
    let shop = Shop::new();
    shop.train();
    let take =
        |db: &signwright_store::Db<'_>| leases::acquire(db, "watching the model", "another", Timestamp::now(), 60);
    assert_eq!(shop.app.shop().write(take), Ok(true));
    let refused = watch_model(&shop.action(), &Task::silent(), StartWatching::default()).expect_err("another looks");
    assert_eq!(refused.code, Code::Conflict);
    assert_eq!(show_watching(&shop.action(), Nothing {}).expect("read").watch, None);
}
