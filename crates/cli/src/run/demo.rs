//! `demo`: the sample shop, stage by stage.

use std::path::{Path, PathBuf};

use signwright_app::CallError;
use signwright_app::demo::{self, AnswerCheck, DemoReport, Stage};

use super::{anomalies, estimate, forecast, import, models, open, place, quote, shop, shown};
use crate::arguments::Demo;
use crate::output::Output;

pub(super) fn demo(named: Option<PathBuf>, input: &Demo, output: &Output) -> Result<(), CallError> {
    let file = match named {
        Some(file) => file,
        None => place::sample_shop()?,
    };
    let samples = place::sample_data(input.sample_data.as_deref())?;
    demo::sources(&samples)?;
    demo::set_aside_sample_shop(&file)?;
    let app = open(&file)?;
    output.note(&format!("sample shop: {}\nsample files: {}", file.display(), samples.display()));
    let report = demo::run(&app, &shown(output), &samples, &mut |stage| output.note(&stage_text(stage)))?;
    output.result(&report, summary);
    Ok(())
}

fn stage_text(stage: Stage<'_>) -> String {
    let titled = |number: u8, title: &str, text: String| format!("\n== {number}. {title}\n{text}");
    match stage {
        Stage::Imported(report) => titled(1, "Import", import_text(report)),
        Stage::ImportedAgain(report) => {
            let counts = report.counts;
            let text = format!(
                "the same {} files again: {} created, {} updated, {} unchanged",
                report.files.len(),
                counts.created,
                counts.updated,
                counts.unchanged
            );
            titled(2, "Import again", text)
        }
        Stage::Trained(model) => titled(3, "Train", models::model_text(model)),
        Stage::Estimated(estimate) => titled(4, "Estimate", estimate::estimate_text(estimate)),
        Stage::Forecast(answer) => titled(5, "Forecast", forecast::forecast_text(answer)),
        Stage::Anomalies(found, answers) => {
            titled(6, "Anomalies", format!("{}\n\n{}", anomalies::anomalies_text(found), answers_text(answers)))
        }
        Stage::Quoted(quote) => titled(7, "Quote", quote::quote_text(quote)),
        Stage::Written(files) => titled(8, "Files", files.join("\n")),
        Stage::Verified(verification) => titled(9, "Verify", shop::verification_text(verification)),
    }
}

/// Files of one folder and state are one line; what deserves a look keeps its own.
fn import_text(report: &signwright_app::import::ImportReport) -> String {
    let mut plain = report.clone();
    plain.files.retain(|file| file.message.is_some() || file.counts.rejected > 0 || file.counts.created > 1);
    let quiet = report.files.len() - plain.files.len();
    let text = import::report_text(&plain);
    let shown = format!("{} files in", plain.files.len());
    let all = format!("{} files ({quiet} of them one record each, all in order) in", report.files.len());
    text.replacen(&shown, &all, 1)
}

fn answers_text(answers: &AnswerCheck) -> String {
    let mut text = vec![
        format!("answer key: {} of {} planted data errors found", answers.found, answers.planted),
        format!(
            "  {} jobs were said to hold a wrong value, {} of them rightly",
            answers.flagged, answers.flagged_rightly
        ),
        format!(
            "  {} jobs were said to be unusual, {} of them overruns or errors that the key explains",
            answers.unusual, answers.unusual_explained
        ),
        format!("  {} of {} unreadable cells were refused", answers.unreadable_refused, answers.unreadable_planted),
    ];
    if !answers.missed.is_empty() {
        text.push(format!("  missed: {}", answers.missed.join(", ")));
    }
    text.join("\n")
}

fn summary(report: &DemoReport) -> String {
    let model = report.model.card.scores.first();
    let error =
        model.map_or(String::new(), |score| format!(", median error {:.1} % on the newest jobs", score.median_error));
    format!(
        "\n== Summary\n{} records from {} files, {} refused with reasons\nmodel on {} jobs{error}\nestimate {}: {}\nquote {}: {} in the outbox\nshop file: {}\neverything else: {}",
        report.import.counts.created,
        report.import.files.len(),
        report.import.counts.rejected,
        report.model.card.learned_from(),
        report.estimate.title,
        report.estimate.cost,
        report.quote.number,
        report.quote.active().totals.total,
        report.shop,
        Path::new(&report.shop).with_file_name("exports").display()
    )
}
