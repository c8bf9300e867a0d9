//! `train`, `predict`, `models`.

use std::time::Duration;

use jiff::Timestamp;
use signwright_app::commands::Nothing;
use signwright_app::models::{
    ModelRef, PromoteModel, RollbackModel, list_models, promote_model, rollback_model, show_model,
};
use signwright_app::tables::{PredictFile, TrainFile, predict_file, train_file as train_on_file};
use signwright_app::{App, CallError, train};
use signwright_domain::card::{Card, Model};

use super::forecast::{tell, written_text};
use super::{action, destination, shown};
use crate::arguments::{Models, Predict, Train};
use crate::output::{Output, table};

pub(super) fn train_shop(app: &App, input: &Train, output: &Output) -> Result<(), CallError> {
    if input.target != "total_cost" {
        return Err(CallError::invalid(format!("a shop's model predicts total_cost, not {}", input.target))
            .hint("Other targets are trained from a file: --input FILE --model OUT."));
    }
    let budget = Duration::from_secs(input.budget);
    let model = train::train_shop(&action(app, "train"), &shown(output), budget)?;
    output.result(&model, model_text);
    Ok(())
}

pub(super) fn train_file(now: &Timestamp, input: &Train, output: &Output) -> Result<(), CallError> {
    let (Some(file), Some(model)) = (&input.input, &input.model) else {
        return Err(CallError::invalid("a file is trained into a model: give --input and --model"));
    };
    let request = TrainFile {
        input: file.clone(),
        target: input.target.clone(),
        time: input.time.clone(),
        group: input.group.clone(),
        drop: input.drop.clone(),
        keep: input.keep.clone(),
        budget: Duration::from_secs(input.budget),
        model: model.clone(),
    };
    let card = train_on_file(*now, &shown(output), &request)?;
    output.result(&card, card_text);
    Ok(())
}

pub(super) fn predict(input: &Predict, output: &Output) -> Result<(), CallError> {
    let request = |out: &std::path::Path| PredictFile {
        input: input.input.clone(),
        model: input.model.clone(),
        output: out.to_owned(),
        explain: input.explain,
    };
    let written = destination::written(&input.output, "csv", output, |out| predict_file(&request(out)))?;
    tell(written, output, written_text);
    Ok(())
}

pub(super) fn models(app: &App, input: &Models, output: &Output) -> Result<(), CallError> {
    let action = action(app, "models");
    match input {
        Models::List => output.result(&list_models(&action, Nothing {})?, |models| list_text(models)),
        Models::Card { id } => {
            let id = match id {
                Some(id) => *id,
                None => champion(&list_models(&action, Nothing {})?)?,
            };
            output.result(&show_model(&action, ModelRef { id })?, model_text);
        }
        Models::Promote { id, reason } => {
            let model = promote_model(&action, PromoteModel { id: *id, reason: reason.clone() })?;
            output.result(&model, |model| format!("model {} is the champion", model.id));
        }
        Models::Rollback { reason } => {
            let model = rollback_model(&action, RollbackModel { reason: reason.clone() })?;
            output.result(&model, |model| format!("model {} is the champion again", model.id));
        }
    }
    Ok(())
}

fn champion(models: &[Model]) -> Result<i64, CallError> {
    use signwright_domain::card::Standing;
    let champion = models.iter().find(|model| model.standing == Standing::Champion);
    champion
        .map(|model| model.id)
        .ok_or_else(|| CallError::not_found("champion yet").hint("Train one: signwright train."))
}

fn list_text(models: &[Model]) -> String {
    let row = |model: &Model| {
        let best = model.card.scores.first();
        vec![
            model.id.to_string(),
            format!("{:?}", model.standing).to_lowercase(),
            model.card.created_at.strftime("%Y-%m-%d %H:%M").to_string(),
            (model.card.n_train + model.card.n_test).to_string(),
            best.map_or(String::new(), |score| format!("{:.1} %", score.median_error)),
        ]
    };
    let rows: Vec<_> = models.iter().map(row).collect();
    if rows.is_empty() {
        return "no model yet; train one: signwright train".to_owned();
    }
    table(&["id", "standing", "trained", "jobs", "median error"], &rows, &[0, 3, 4])
}

pub(super) fn model_text(model: &Model) -> String {
    format!("model {} ({})\n{}", model.id, format!("{:?}", model.standing).to_lowercase(), card_text(&model.card))
}

pub(super) fn card_text(card: &Card) -> String {
    let dates = |from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>| match (from, to) {
        (Some(from), Some(to)) => format!(" from {from} to {to}"),
        _ => String::new(),
    };
    let mut text = vec![format!(
        "{} predicts {}: trained on {} rows{}, tested on the newest {}{}",
        card.learner,
        card.target,
        card.n_train,
        dates(card.train_from, card.train_to),
        card.n_test,
        dates(card.test_from, card.test_to)
    )];
    let scores = card.scores.iter().map(|score| {
        vec![
            score.method.clone(),
            score.n.to_string(),
            format!("{:.1} %", score.median_error),
            format!("{:.2}", score.mae),
            format!("{:.2}", score.rmse),
            format!("{:+.1} %", score.bias),
        ]
    });
    let header = ["method", "rows", "median error", "mean error", "RMSE", "bias"];
    text.push(table(&header, &scores.collect::<Vec<_>>(), &[1, 2, 3, 4, 5]));
    for coverage in &card.coverage {
        text.push(format!(
            "the {} % range held {:.0} % of {} rows, median width {:.0} % of the prediction",
            coverage.level,
            coverage.held * 100.0,
            coverage.n,
            coverage.width * 100.0
        ));
    }
    let drivers = card.importance.iter().take(8).map(|i| format!("{} {:.0} %", i.label, i.share * 100.0));
    text.push(format!("what moves it: {}", drivers.collect::<Vec<_>>().join(", ")));
    text.push(format!("verdict: {}", card.verdict.reason));
    text.extend(card.limits.iter().map(|limit| format!("limit: {limit}")));
    text.join("\n")
}
