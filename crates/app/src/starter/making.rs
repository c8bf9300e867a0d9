//! The starter model made from generated jobs, by the training that a shop's own models come from.
//!
//! What is not measured but assumed stands here, with its reason. The files it becomes are the business of
//! `cargo xtask starter`.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use signwright_domain::job::Job;
use signwright_domain::starter::StarterCard;
use signwright_domain::{Currency, Task};
use signwright_store::sha256;

use super::{Starter, published};
use crate::CallError;
use crate::estimates::PriceLevels;
use crate::train::{SEED, TEST_SHARE, params, training_set};

/// The model as it is shipped, with its card.
#[derive(Clone, Debug)]
pub struct MadeStarter {
    pub model: Vec<u8>,
    pub card: StarterCard,
}

/// Enough for a mixture of small trees and lines: more makes the file larger and hardly the model better.
const BUDGET: Duration = Duration::from_secs(8);
/// On its card, so that the same jobs make the same bytes: the day the recipe was last changed.
const MADE_AT: &str = "2026-11-22T00:00:00Z";
/// What the recipe's wages and prices are fitted to.
const PRICE_LEVEL: Date = date(2025, 1, 15);
/// How far shops lie apart, as standard deviation of the logarithm of what a job costs them: two things that nobody
/// knows of a shop, taken as independent. Prices and rates: published figures of one thing lie a factor of two apart,
/// read as what eight in ten shops lie within, ln 2 / (2 x 1.2816).
const RATE_SPREAD: f64 = 0.270;
/// Hours of a kind of work: a published guide fell short of what a shop counted by 1.39, read as the edge of the same
/// eight in ten, ln 1.39 / 1.2816.
const HOURS_SPREAD: f64 = 0.257;
/// Quantile of the normal distribution on either side of 80 per cent.
const OF_80: f64 = 1.281_552;

/// Trains on the jobs and measures on a fifth of them that the measured model has not seen.
///
/// # Errors
/// As training a model: too few jobs, or cancelled.
pub fn make_starter(task: &Task, jobs: &[Job]) -> Result<MadeStarter, CallError> {
    let made_at: Timestamp = MADE_AT.parse().map_err(|error| CallError::invalid(format!("{MADE_AT}: {error}")))?;
    let set = training_set(jobs, &PriceLevels::default());
    let trained = signwright_learn::train(task, &set, &params(made_at, BUDGET, SEED, TEST_SHARE))?;
    let model = trained.model.to_bytes();
    let types: BTreeSet<&str> = jobs.iter().filter_map(|job| job.sign_type.as_deref()).collect();
    let width = trained.card.coverage.iter().find(|coverage| coverage.level == 80).map_or(0.0, |held| held.width);
    let mut starter = Starter {
        card: StarterCard {
            title: "Starter model".to_owned(),
            made_of: made_of(jobs.len()),
            assumed: assumed(),
            not_for: not_for(),
            currency: Currency::USD,
            price_level: PRICE_LEVEL,
            types: types.into_iter().map(str::to_owned).collect(),
            rate_spread: RATE_SPREAD,
            hours_spread: HOURS_SPREAD,
            job_spread: (1.0 + width / 2.0).ln() / OF_80,
            published: Vec::new(),
            sha256: sha256(&model),
            measured: trained.card,
        },
        model: trained.model,
        correction: None,
    };
    starter.card.published = published::asked(&starter)?;
    let (inside, not_for) = published::words(&starter.card.published);
    starter.card.assumed.push(inside);
    starter.card.not_for.insert(2, not_for);
    Ok(MadeStarter { model, card: starter.card })
}

fn made_of(jobs: usize) -> Vec<String> {
    vec![
        format!("{jobs} generated jobs, as many of each sign type. No shop's data are in it."),
        "Hours, rates and prices of the trade's press and of published price lists (SignCraft, Signs of the Times, Sign \
         Media, Sign & Digital Graphics, list prices), put together by a recipe that gives published costs of known \
         signs within some per cent; wind and footings by ASCE 7 and IBC 1807."
            .to_owned(),
        "Burdened rates of 56 to 68 dollars an hour, labour at 2025 wages, material with 6 % use tax; no overhead, no \
         margin."
            .to_owned(),
        "Two in three of the jobs give only some of their drivers, so that it knows what a driver that is not given can mean."
            .to_owned(),
    ]
}

fn assumed() -> Vec<String> {
    vec![
        "Shops differ in prices and rates: published figures of one thing lie a factor of two apart (shop rates 50 to \
         105 dollars an hour over 350 shops, a 12 in channel letter 200 to 400 dollars, a crane 150 to 300 dollars an \
         hour), read as what eight in ten shops lie within. They differ in hours: a published guide fell short of a shop \
         that counted by 1.39, read as the edge of the same eight in ten. Together the same job costs eight in ten shops up \
         to 1.6 times more or less than it says. Every range is that much wider than generated jobs ask for."
            .to_owned(),
        "What own jobs are off by is prices and rates, which hold for everything, and hours, which hold for their kind of \
         work: jobs of one type correct the others by about half of it."
            .to_owned(),
        "Jobs miss the recipe as published overruns do: hours by 10 %, material by 4 %, and in one installed job of \
         eleven the site takes 1.3 to 2 times as long. Assumed, not counted in a shop."
            .to_owned(),
    ]
}

fn not_for() -> Vec<String> {
    vec![
        "Not for a binding price without your own look at hours and material: it knows nothing of your rates, your \
         machines, your people or your suppliers."
            .to_owned(),
        "Not as a measure of your ranges: how often they hold in your shop is not known before your own jobs are."
            .to_owned(),
        "Not for other currencies, nor for sign types that are not listed.".to_owned(),
        "Not for the prices of another day: they are those of its price level and do not move on; what changed since is \
         part of what your first jobs correct."
            .to_owned(),
        "Not for structures: wind and footings are for costing only, never a sealed design.".to_owned(),
    ]
}
