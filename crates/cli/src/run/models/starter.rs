//! The starter model in words: below the registry where nothing of it is in use, and its card.

use signwright_app::starter::StarterInfo;
use signwright_domain::starter::{PublishedJob, StarterCard};

use super::card_text;
use crate::output::table;

/// The list of models, and that the starter stands in.
pub(super) fn below(list: String, starter: Option<&StarterInfo>) -> String {
    match starter {
        Some(starter) => format!("{list}\nstarter: {} (signwright models starter)", heading(&starter.card)),
        None => list,
    }
}

pub(super) fn text(starter: &StarterInfo) -> String {
    let card = &starter.card;
    let mut text = vec![format!("starter model: {}", heading(card)), starter.reason.clone()];
    for (what, sentences) in [("made of", &card.made_of), ("assumed", &card.assumed), ("not for", &card.not_for)] {
        text.extend(sentences.iter().map(|sentence| format!("{what}: {sentence}")));
    }
    text.push(format!("types: {}", card.types.join(", ")));
    text.push(String::new());
    text.push("measured on generated jobs, not in a shop:".to_owned());
    text.push(card_text(&card.measured));
    text.push(String::new());
    text.push(table(
        &["published job", "cost", "starter", "80 % assumed", "", ""],
        &card.published.iter().map(row).collect::<Vec<_>>(),
        &[1, 2],
    ));
    text.join("\n")
}

fn heading(card: &StarterCard) -> String {
    format!(
        "made from published hours and prices, not from your jobs; {} at prices of {}",
        card.currency,
        card.price_level.strftime("%B %Y")
    )
}

fn row(job: &PublishedJob) -> Vec<String> {
    vec![
        job.job.clone(),
        format!("{:.0}", job.cost),
        format!("{:.0}", job.starter),
        format!("{:.0} to {:.0}", job.low, job.high),
        if job.is_inside() { "inside" } else { "outside" }.to_owned(),
        if job.fitted { "the recipe was fitted to it" } else { "independent" }.to_owned(),
    ]
}
