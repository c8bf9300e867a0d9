//! `train`, `predict`, `models`.

mod starter;

use std::time::Duration;

use jiff::Timestamp;
use signwright_app::commands::Nothing;
use signwright_app::models::bias::{BiasOf, EstimatorBias, accept_bias, list_biases, take_back_bias};
use signwright_app::models::watch::{
    MonthError, RetireModel, SetPromotion, StartWatching, Watching, accept_proposal, retire_model, set_promotion,
    show_watching, watch_model,
};
use signwright_app::models::{
    ModelRef, PromoteModel, Rebuilt, RollbackModel, WriteModelData, list_models, promote_model, rebuild_model,
    rollback_model, show_model, write_model_data,
};
use signwright_app::starter::show_starter;
use signwright_app::tables::{PredictFile, TrainFile, predict_file, train_file as train_on_file};
use signwright_app::{Action, App, CallError, train};
use signwright_domain::card::{Card, Model};
use signwright_domain::driver::PriceDriver;

use super::forecast::{tell, written_text};
use super::{action, destination, documents, explore, prices, shown};
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
        known: input.known.clone(),
        explain: input.explain,
        contingency: input.contingency,
    };
    let written = destination::written(&input.output, "csv", output, |out| predict_file(&request(out)))?;
    tell(written, output, written_text);
    Ok(())
}

pub(super) fn models(app: &App, input: &Models, output: &Output) -> Result<(), CallError> {
    let action = action(app, "models");
    match input {
        Models::List => {
            // What is listed is the registry; where nothing of it is in use, the starter is told of below it.
            let starter = show_starter(&action, Nothing {}).ok().filter(|starter| starter.in_use);
            let said = |models: &Vec<Model>| starter::below(list_text(models), starter.as_ref());
            output.result(&list_models(&action, Nothing {})?, said);
        }
        Models::Starter => output.result(&show_starter(&action, Nothing {})?, starter::text),
        Models::Card { id, pdf: Some(path) } => documents::model_pdf(&action, *id, path, output)?,
        Models::Card { id, pdf: None } => {
            let id = match id {
                Some(id) => *id,
                None => champion(&list_models(&action, Nothing {})?)?,
            };
            output.result(&show_model(&action, ModelRef { id })?, model_text);
        }
        Models::Prices { set, level } => prices::prices(&action, set, *level, output)?,
        Models::Words => explore::words(&action, output)?,
        Models::Promote { id, reason } => {
            let model = promote_model(&action, PromoteModel { id: *id, reason: reason.clone() })?;
            output.result(&model, |model| format!("model {} is the champion", model.id));
        }
        Models::Rollback { reason } => {
            let model = rollback_model(&action, RollbackModel { reason: reason.clone() })?;
            output.result(&model, |model| format!("model {} is the champion again", model.id));
        }
        Models::Watch { last, promote, budget } => {
            if let Some(promote) = promote {
                set_promotion(&action, SetPromotion { by_rule: promote == "yes" })?;
            }
            let watching = if *last {
                show_watching(&action, Nothing {})?
            } else {
                watch_model(&action, &shown(output), StartWatching { budget: Some(*budget) })?
            };
            output.result(&watching, watching_text);
        }
        Models::Accept { id } => {
            let model = accept_proposal(&action, ModelRef { id: *id })?;
            output.result(&model, |model| format!("model {} is the champion", model.id));
        }
        Models::Retire { id, reason } => {
            let model = retire_model(&action, RetireModel { id: *id, reason: reason.clone() })?;
            output.result(&model, |model| format!("model {} is retired", model.id));
        }
        Models::Bias { accept, take_back, code } => bias(&action, (accept, take_back), code, output)?,
        Models::Data { id, output: path } => {
            let path = Some(path.display().to_string());
            let written = write_model_data(&action, WriteModelData { id: *id, path })?;
            output.result(&written, |written| format!("{} ({} bytes)", written.path, written.bytes));
        }
        Models::Rebuild { id } => {
            output.result(&rebuild_model(&action, &shown(output), ModelRef { id: *id })?, rebuilt_text);
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

fn bias(
    action: &Action,
    (accept, take_back): (&[String], &[String]),
    code: &Option<String>,
    output: &Output,
) -> Result<(), CallError> {
    let of = |estimator: &String, sign_type: &String| BiasOf {
        estimator: estimator.clone(),
        sign_type: sign_type.clone(),
        work_code: code.clone(),
    };
    if let [estimator, sign_type] = accept {
        accept_bias(action, of(estimator, sign_type))?;
    }
    if let [estimator, sign_type] = take_back {
        take_back_bias(action, of(estimator, sign_type))?;
    }
    output.result(&list_biases(action, Nothing {})?, |biases| bias_text(biases));
    Ok(())
}

fn bias_text(biases: &[EstimatorBias]) -> String {
    let percent = |factor: f64| format!("{:+.0} %", 100.0 * (factor - 1.0));
    let row = |bias: &EstimatorBias| {
        vec![
            bias.of.estimator.clone(),
            bias.of.sign_type.clone(),
            bias.of.work_code.as_ref().map_or("cost".to_owned(), |code| format!("hours of {code}")),
            bias.jobs.to_string(),
            percent(bias.factor),
            format!("{} to {}", percent(bias.low), percent(bias.high)),
            match (&bias.accepted, bias.suggested) {
                (Some(accepted), _) => format!("in force: {}", percent(accepted.factor)),
                (None, true) => "suggested".to_owned(),
                (None, false) => String::new(),
            },
        ]
    };
    let rows: Vec<_> = biases.iter().map(row).collect();
    if rows.is_empty() {
        return "no estimator has three finished jobs of a type with an own estimate".to_owned();
    }
    table(&["estimator", "type", "of", "jobs", "took more", "surely", "correction"], &rows, &[3, 4])
}

fn watching_text(watching: &Watching) -> String {
    let Some(watch) = &watching.watch else {
        return "nothing to look at yet: a model must be in use (signwright train)".to_owned();
    };
    let month = |month: &MonthError| {
        vec![
            month.month.strftime("%Y-%m").to_string(),
            if month.tested { "test" } else { "since" }.to_owned(),
            month.n.to_string(),
            format!("{:.1} %", month.median_error),
            format!("{:+.1} %", month.bias),
            format!("{:.0} %", 100.0 * month.held_80),
        ]
    };
    let rows: Vec<_> = watch.months.iter().map(month).collect();
    let mut text = vec![
        format!("model {}, looked at {}", watch.model_id, watch.at.strftime("%Y-%m-%d %H:%M")),
        table(&["month", "jobs of", "jobs", "median error", "bias", "80 % held"], &rows, &[2, 3, 4, 5]),
    ];
    text.extend(watch.words.iter().cloned());
    if let Some(proposal) = &watch.proposal {
        text.push(format!("proposed: model {0}; take it with `signwright models accept {0}`", proposal.model_id));
    }
    if watching.stale {
        text.push("files were imported since; look again with `signwright models watch`".to_owned());
    }
    text.join("\n")
}

fn rebuilt_text(rebuilt: &Rebuilt) -> String {
    let same = if rebuilt.identical { "identical" } else { "different" };
    format!("model {}: {same}\n{}\nrows {}, data {}", rebuilt.id, rebuilt.note, rebuilt.rows, rebuilt.data_hash)
}

fn list_text(models: &[Model]) -> String {
    let row = |model: &Model| {
        let best = model.card.scores.first();
        vec![
            model.id.to_string(),
            format!("{:?}", model.standing).to_lowercase(),
            model.card.created_at.strftime("%Y-%m-%d %H:%M").to_string(),
            model.card.learned_from().to_string(),
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
    let prices: Vec<String> =
        card.drivers.iter().filter_map(|name| PriceDriver::of_column(name)).map(|of| of.label()).collect();
    if !prices.is_empty() {
        text.push(format!("goes by the {}", prices.join("; ").replace("Price of", "price of")));
    }
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
    for at_most in &card.at_most {
        text.push(format!(
            "P{}: {:.0} % of {} rows came to no more, usually {:.0} % above the prediction",
            at_most.percentile,
            at_most.held * 100.0,
            at_most.n,
            at_most.over * 100.0
        ));
    }
    for (what, groups) in [("by estimator", &card.by_estimator), ("by size", &card.by_size)] {
        let words = groups.iter().map(|g| format!("{} {:.1} % ({})", g.group, g.median_error, g.n));
        if groups.len() > 1 {
            text.push(format!("{what}: {}", words.collect::<Vec<_>>().join("; ")));
        }
    }
    let drivers = card.importance.iter().take(8).map(|i| format!("{} {:.0} %", i.label, i.share * 100.0));
    text.push(format!("what moves it: {}", drivers.collect::<Vec<_>>().join(", ")));
    text.push(format!("verdict: {}", card.verdict.reason));
    text.extend(card.limits.iter().map(|limit| format!("limit: {limit}")));
    text.join("\n")
}
