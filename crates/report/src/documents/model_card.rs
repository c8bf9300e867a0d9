//! The model card on paper: what a model is, what it learned from, how good it is, and where it should not be used.

use serde::Serialize;
use signwright_domain::Currency;
use signwright_domain::card::{Card, Model, Standing, Trial};

use super::manuscript::{Frame, Framing};
use super::quote::paper;
use super::{Letterhead, Manuscript, Template};
use crate::ReportError;
use crate::figures::{card_by_type, card_scores};
use crate::words::{cell, grouped, long_date, whole_money};

/// So many drivers stand on the card.
const DRIVERS: usize = 12;

/// A card in the currency of its shop.
pub fn model_card(model: &Model, currency: Currency, letterhead: &Letterhead) -> Result<Manuscript, ReportError> {
    let identity = format!("model card {} of {}", model.id, model.card.created_at);
    let (scores, types) = (card_scores(&model.card).ok(), card_by_type(&model.card).ok());
    let sheet = Sheet::of(model, currency, letterhead, (scores.is_some(), types.is_some()))?;
    let mut manuscript = Manuscript::new(Template::ModelCard, identity, &sheet)?.with_logo(letterhead);
    for (name, figure) in [("scores.svg", scores), ("types.svg", types)] {
        if let Some(figure) = figure {
            manuscript = manuscript.with_file(name, figure);
        }
    }
    Ok(manuscript)
}

#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(flatten)]
    frame: Frame,
    number: i64,
    standing: &'static str,
    title: String,
    headline_label: &'static str,
    headline: String,
    verdict: String,
    learner: String,
    facts: Vec<(&'static str, String)>,
    scores: Vec<Row>,
    scores_file: Option<&'static str>,
    coverage: Vec<Held>,
    types_file: Option<&'static str>,
    drivers: Vec<Driver>,
    curve: Vec<(String, String)>,
    limits: Vec<String>,
    trial: String,
    data_hash: String,
    seed: String,
    version: String,
}

#[derive(Debug, Serialize)]
struct Row {
    method: String,
    model: bool,
    jobs: String,
    median: String,
    mae: String,
    rmse: String,
    bias: String,
}

#[derive(Debug, Serialize)]
struct Held {
    name: String,
    held: String,
    jobs: String,
    width: String,
}

#[derive(Debug, Serialize)]
struct Driver {
    label: String,
    share: String,
    /// Of the largest one, 0 to 1.
    part: f64,
}

impl Sheet {
    fn of(
        model: &Model,
        currency: Currency,
        letterhead: &Letterhead,
        (scores_drawn, types_drawn): (bool, bool),
    ) -> Result<Self, ReportError> {
        let card = &model.card;
        let framing = Framing {
            paper: paper(currency),
            date: card.created_at.to_zoned(letterhead.time_zone.clone()).date(),
            title: &format!("Model card {}", model.id),
            running: &format!("Model {}", model.id),
            further: &format!("Card of model {}", model.id),
            internal: "Internal: measured on the shop's own jobs.",
        };
        let error = card.scores.iter().find(|score| score.method == "model").map(|score| score.median_error);
        Ok(Self {
            frame: Frame::of(letterhead, &framing)?,
            number: model.id,
            standing: match model.standing {
                Standing::Champion => "in use",
                Standing::Challenger => "a challenger",
                Standing::Retired => "not in use any more",
            },
            title: format!("What {} jobs teach about cost", grouped(&card.learned_from().to_string())),
            headline_label: "Median error",
            headline: error.map_or_else(|| "–".into(), |error| format!("{error:.1} %")),
            verdict: cell(&card.verdict.reason),
            learner: cell(&card.learner),
            facts: facts(card, letterhead),
            scores: scores(card, currency),
            scores_file: scores_drawn.then_some("scores.svg"),
            coverage: coverage(card),
            types_file: types_drawn.then_some("types.svg"),
            drivers: drivers(card),
            curve: card
                .learning_curve
                .iter()
                .map(|point| {
                    (format!("{} jobs", grouped(&point.jobs.to_string())), format!("{:.1} %", point.median_error))
                })
                .collect(),
            limits: card.limits.iter().map(|limit| cell(limit)).collect(),
            trial: card.trial.as_ref().map(trial).unwrap_or_default(),
            data_hash: card.data_hash.chars().take(16).collect(),
            seed: card.seed.to_string(),
            version: cell(&card.version),
        })
    }
}

fn facts(card: &Card, letterhead: &Letterhead) -> Vec<(&'static str, String)> {
    let span = |from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>| match (from, to) {
        (Some(from), Some(to)) => format!("{} to {}", long_date(from), long_date(to)),
        (Some(day), None) | (None, Some(day)) => long_date(day),
        (None, None) => "not known".into(),
    };
    vec![
        ("Predicts", card.target.replace('_', " ")),
        ("Made", long_date(card.created_at.to_zoned(letterhead.time_zone.clone()).date())),
        ("Columns to learn from", card.drivers.len().to_string()),
        ("Learned from, when measured", format!("{} jobs", grouped(&card.n_train.to_string()))),
        ("Completed", span(card.train_from, card.train_to)),
        ("Measured on the newest", format!("{} jobs", grouped(&card.n_test.to_string()))),
        ("Quoted", span(card.test_from, card.test_to)),
    ]
}

fn scores(card: &Card, currency: Currency) -> Vec<Row> {
    let money = |x: f64| if x.is_finite() { whole_money(x.round() as i64, currency) } else { "–".into() };
    let row = |score: &signwright_domain::card::Score| Row {
        method: cell(&score.method),
        model: score.method == "model",
        jobs: grouped(&score.n.to_string()),
        median: format!("{:.1} %", score.median_error),
        mae: money(score.mae),
        rmse: money(score.rmse),
        bias: format!("{:+.1} %", score.bias).replace('-', "−"),
    };
    card.scores.iter().map(row).collect()
}

fn coverage(card: &Card) -> Vec<Held> {
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let ranges = card.coverage.iter().map(|range| Held {
        name: format!("{} % range", range.level),
        held: percent(range.held),
        jobs: grouped(&range.n.to_string()),
        width: percent(range.width),
    });
    let at_most = card.at_most.iter().map(|bound| Held {
        name: format!("P{}: {} of 100 cost no more", bound.percentile, bound.percentile),
        held: percent(bound.held),
        jobs: grouped(&bound.n.to_string()),
        width: format!("+{}", percent(bound.over)),
    });
    ranges.chain(at_most).collect()
}

fn drivers(card: &Card) -> Vec<Driver> {
    let largest = card.importance.iter().map(|one| one.share).fold(0.0, f64::max);
    let driver = |one: &signwright_domain::card::Importance| Driver {
        label: cell(&one.label),
        share: format!("{:.1} %", one.share * 100.0),
        part: if largest > 0.0 { (one.share / largest).clamp(0.0, 1.0) } else { 0.0 },
    };
    card.importance.iter().filter(|one| one.share.is_finite()).take(DRIVERS).map(driver).collect()
}

fn trial(trial: &Trial) -> String {
    let verdict = if trial.clearly { "Better beyond chance" } else { "Not better beyond chance" };
    format!(
        "{verdict}: on {} jobs that neither had learned from, it missed half of them by {:.1} % or less, model {} by \
         {:.1} %. {}",
        trial.n,
        trial.median_error,
        trial.against,
        trial.against_median_error,
        cell(&trial.how),
    )
}
