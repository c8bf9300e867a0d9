//! The starter beside real shop files: who answers, what is said, and where nothing is.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::date;
use signwright_domain::driver::{self, DriverKind};
use signwright_domain::estimate::{Basis, Estimate};
use signwright_domain::job::{CostRecord, Job, JobStatus};
use signwright_domain::{Currency, DriverValue, Money, Specification, Task};
use signwright_store::{jobs, sha256};

use super::words::LABEL;
use super::{MODEL, Starter, show_starter};
use crate::commands::Nothing;
use crate::estimates::{CreateEstimate, create_estimate};
use crate::shop::{save_settings, shop_settings};
use crate::{App, CallError, Code, train};

struct Shop {
    _dir: tempfile::TempDir,
    app: App,
}

impl Shop {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("dir");
        let app = App::in_folder(dir.path());
        Self { _dir: dir, app }
    }

    fn estimate(&self, sign_type: &str, width: f64) -> Result<Estimate, CallError> {
        let specification = specification(sign_type, width);
        let quoted_on = Some(date(2026, 6, 1));
        let input =
            CreateEstimate { title: String::new(), specification, quoted_on, save: false, ..CreateEstimate::default() };
        create_estimate(&self.app.action("test"), input)
    }

    /// Finished jobs of these widths that cost so many times what the starter says.
    fn finish(&self, sign_type: &str, widths: &[f64], factor: f64) {
        let asked = Self::new();
        let add = |db: &signwright_store::Db<'_>| {
            widths.iter().enumerate().try_for_each(|(place, &width)| {
                let said = asked.estimate(sign_type, width).expect("the starter").cost;
                let total = Money::new((said.minor as f64 * factor) as i64, said.currency);
                let number = format!("{sign_type}-{place}");
                jobs::upsert(db, &finished(number, sign_type, width, total)).map(drop)
            })
        };
        self.app.shop().write(add).expect("jobs");
        self.app.forget_experience();
    }
}

fn specification(sign_type: &str, width: f64) -> Specification {
    let mut specification = Specification::default();
    specification.set("sign_type", DriverValue::Text(sign_type.to_owned()));
    specification.set("width", DriverValue::Number(width));
    specification.set("height", DriverValue::Number(3.0));
    specification
}

fn finished(number: String, sign_type: &str, width: f64, total: Money) -> Job {
    let days = (width * 7.0) as i64;
    Job {
        work_order: Some(number),
        status: JobStatus::Completed,
        sign_type: Some(sign_type.to_owned()),
        quoted_on: Some(date(2026, 1, 2).saturating_add(days.days())),
        completed_on: Some(date(2026, 2, 2).saturating_add(days.days())),
        actual: CostRecord { total: Some(total), ..CostRecord::default() },
        specification: specification(sign_type, width),
        ..Job::default()
    }
}

const WIDTHS: [f64; 7] = [4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];

#[test]
fn the_shipped_model_can_be_read_and_is_the_one_of_its_card() {
    let starter = Starter::shipped().expect("models/ is of another format of models: run `cargo xtask starter`");
    assert_eq!(starter.card.sha256, sha256(MODEL), "card and model do not belong together: run `cargo xtask starter`");
    assert!(MODEL.len() < 1_500_000, "{} bytes", MODEL.len());
    let Some(DriverKind::Choice { choices }) = driver::find("sign_type").map(|driver| &driver.kind) else {
        panic!("a sign has a type");
    };
    let known: BTreeSet<&str> = choices.iter().map(|choice| choice.value).collect();
    let made_for: BTreeSet<&str> = starter.card.types.iter().map(String::as_str).collect();
    assert_eq!(made_for, known, "a type was added: generate jobs of it and run `cargo xtask starter`");
    let readme = include_str!("../../../../models/README.md");
    assert!(
        readme.contains(starter.card.made_of[0].split(". ").next().expect("a sentence")),
        "run `cargo xtask starter`"
    );
}

#[test]
fn an_empty_shop_is_told_by_the_starter_and_told_so() {
    let shop = Shop::new();
    let starter = Starter::shipped().expect("a starter");
    for sign_type in &starter.card.types {
        let said = shop.estimate(sign_type, 6.0).expect("an answer");
        assert_eq!((said.basis, said.model_id), (Basis::Starter, None), "{sign_type}");
        assert!(said.basis_note.starts_with(LABEL) && said.basis_note.contains("January 2025"), "{}", said.basis_note);
        let parts: i64 = said.contributions.iter().map(|part| part.amount.minor).sum();
        assert_eq!(said.base.minor + parts, said.cost.minor, "{sign_type}: the drivers add up");
        // What is not known of a shop alone reaches 1.6 times up and down.
        let likely = said.ranges.iter().find(|range| range.level == 80).expect("a range");
        let cost = said.cost.minor as f64;
        assert!(likely.high.minor as f64 > 1.6 * cost && (likely.low.minor as f64) < cost / 1.6, "{sign_type}");
        assert!(
            said.ranges
                .windows(2)
                .all(|pair| pair[0].low.minor >= pair[1].low.minor && pair[0].high.minor <= pair[1].high.minor)
        );
    }
    let info = show_starter(&shop.app.action("test"), Nothing {}).expect("the card");
    assert!(info.in_use && info.correction.is_none(), "{}", info.reason);
    assert_eq!(
        crate::models::list_models(&shop.app.action("test"), Nothing {}),
        Ok(Vec::new()),
        "it is no model of the shop"
    );
}

#[test]
fn own_jobs_take_its_place_for_their_type_and_correct_it_for_the_others() {
    let shop = Shop::new();
    let alone = shop.estimate("pole", 8.0).expect("an answer");
    shop.finish("monument", &WIDTHS[..4], 1.3);
    let four = shop.estimate("pole", 8.0).expect("an answer");
    assert_eq!(four.cost, alone.cost, "four jobs say nothing");
    shop.finish("monument", &WIDTHS, 1.3);
    assert_eq!(shop.estimate("monument", 8.0).expect("an answer").basis, Basis::MedianOfType);

    let said = shop.estimate("pole", 8.0).expect("an answer");
    assert_eq!(said.basis, Basis::Starter);
    let correction =
        show_starter(&shop.app.action("test"), Nothing {}).expect("the card").correction.expect("seven jobs");
    assert_eq!(correction.jobs, 7);
    assert!((correction.measured - 1.3).abs() < 0.001 && correction.factor > 1.1 && correction.factor < 1.2);
    let (ratio, words) =
        (said.cost.minor as f64 / alone.cost.minor as f64, "your first 7 jobs cost 30 % more than it says");
    assert!((ratio - correction.factor).abs() < 0.001, "{ratio}");
    assert!(said.basis_note.contains(words), "{}", said.basis_note);
    let own = said.contributions.iter().find(|part| part.driver == "own_jobs").expect("it is among the reasons");
    assert_eq!(own.amount, said.cost - alone.cost);
    let parts: i64 = said.contributions.iter().map(|part| part.amount.minor).sum();
    assert_eq!(said.base.minor + parts, said.cost.minor);
    // More is known of the shop than before.
    let width = |estimate: &Estimate| estimate.ranges[0].high.minor as f64 / estimate.ranges[0].low.minor as f64;
    assert!(width(&said) < width(&alone), "{} {}", width(&said), width(&alone));
}

#[test]
fn jobs_without_a_size_say_nothing_of_it() {
    let shop = Shop::new();
    let add = |db: &signwright_store::Db<'_>| {
        (0..7).try_for_each(|place| {
            let mut job = finished(format!("W{place}"), "monument", 5.0, Money::new(900_000, Currency::USD));
            job.specification.drivers.remove("width");
            jobs::upsert(db, &job).map(drop)
        })
    };
    shop.app.shop().write(add).expect("jobs");
    shop.app.forget_experience();
    assert_eq!(show_starter(&shop.app.action("test"), Nothing {}).expect("the card").correction, None);
}

#[test]
fn other_currencies_and_other_types_are_refused_with_the_reason() {
    let shop = Shop::new();
    let mut settings = shop_settings(&shop.app.action("test"), Nothing {}).expect("settings");
    settings.currency = "EUR".parse().expect("a currency");
    save_settings(&shop.app.action("test"), settings).expect("saved");
    let refused = shop.estimate("monument", 8.0).expect_err("euros");
    assert_eq!(refused.code, Code::NotEnoughData);
    assert!(refused.message.contains("USD") && refused.message.contains("EUR"), "{}", refused.message);
    let info = show_starter(&shop.app.action("test"), Nothing {}).expect("the card");
    assert!(!info.in_use && info.reason.contains("EUR"), "{}", info.reason);

    let shop = Shop::new();
    let obelisk = finished("1".to_owned(), "obelisk", 8.0, Money::new(900_000, Currency::USD));
    shop.app.shop().write(|db| jobs::upsert(db, &obelisk).map(drop)).expect("a job");
    shop.app.forget_experience();
    let refused = shop.estimate("obelisk", 8.0).expect_err("a type of the shop's own");
    assert!(refused.message.contains("not made for signs of type obelisk"), "{}", refused.message);
}

#[test]
fn a_model_of_the_shop_ends_it() {
    let shop = Shop::new();
    let widths: Vec<f64> = (0..80).map(|place| 3.0 + f64::from(place) / 4.0).collect();
    shop.finish("monument", &widths, 1.1);
    let action = shop.app.action("test");
    assert!(show_starter(&action, Nothing {}).expect("the card").in_use);
    let model = train::train_shop(&action, &Task::silent(), Duration::from_secs(1)).expect("a model");
    let info = show_starter(&action, Nothing {}).expect("the card");
    assert_eq!((info.in_use, info.correction), (false, None));
    assert!(info.reason.contains(&format!("model {}", model.id)), "{}", info.reason);
    assert_ne!(shop.estimate("pole", 8.0).expect("an answer").basis, Basis::Starter);
}
