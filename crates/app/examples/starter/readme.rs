//! The card in prose.

use signwright_domain::starter::StarterCard;

pub(crate) fn text(card: &StarterCard, bytes: usize) -> String {
    let sections = [
        format!("# {}\n\n{}", card.title, head(card, bytes)),
        section("What it was made of", &list(&card.made_of)),
        section("What was assumed", &list(&card.assumed)),
        section("What it must not be used for", &list(&card.not_for)),
        section("Measured on generated jobs", &measured(card)),
        section("Beside published jobs", &published(card)),
        section("Making it again", MAKING),
    ];
    sections.join("\n\n") + "\n"
}

const MAKING: &str = "\
`cargo xtask starter` makes the jobs, the model, `starter.json` and this file again from their seeds, the same bytes each
time on the same machine and build. A test of the product says when the format of models has changed and this must be run.";

fn section(title: &str, body: &str) -> String {
    format!("## {title}\n\n{body}")
}

fn list(sentences: &[String]) -> String {
    sentences.iter().map(|sentence| wrapped(sentence)).collect::<Vec<_>>().join("\n")
}

/// A point of a list in lines of some 115 letters.
fn wrapped(sentence: &str) -> String {
    let mut lines = vec!["-".to_owned()];
    for word in sentence.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < 115 => *line = format!("{line} {word}"),
            _ => lines.push(format!("  {word}")),
        }
    }
    lines.join("\n")
}

fn head(card: &StarterCard, bytes: usize) -> String {
    format!(
        "`starter.model` is what Signwright answers with in a shop that has no history yet. **It was made from published \
         hours\nand prices, not from any shop's jobs**, and every answer of it says so. It gives way to the median of a \
         type as soon\nas there are five finished jobs of it, and to a model of the shop's own as soon as one is \
         trained.\n\nIt speaks of US dollars ({}) at the prices of {}, and of {} sign types:\n{}.\nIts file has {} KB; its \
         card is `starter.json`.",
        card.currency,
        card.price_level.strftime("%B %Y"),
        card.types.len(),
        card.types.join(", ").replace('_', " "),
        bytes / 1000,
    )
}

fn measured(card: &StarterCard) -> String {
    let of = &card.measured;
    let mut text = format!(
        "On {} generated jobs that the measured model had not seen, after learning from {}. This says how well it knows the\n\
         recipe, not how well the recipe knows a shop.\n\n| way of estimating | median error | mean error |\n| --- | ---: | ---: |",
        of.n_test, of.n_train
    );
    for score in &of.scores {
        text += &format!("\n| {} | {:.1} % | ${:.0} |", score.method, score.median_error, score.mae);
    }
    text += "\n\n| range | held | width of the prediction |\n| --- | ---: | ---: |";
    for range in &of.coverage {
        text += &format!("\n| {} % | {:.1} % | {:.0} % |", range.level, 100.0 * range.held, 100.0 * range.width);
    }
    text += "\n\nThese ranges are without the shops' own spread, which is added to every answer.\n\n| sign type | jobs | median error |\n| --- | ---: | ---: |";
    for group in &of.by_type {
        text += &format!("\n| {} | {} | {:.1} % |", group.group.replace('_', " "), group.n, group.median_error);
    }
    text
}

fn published(card: &StarterCard) -> String {
    let mut text = "The recipe was fitted to the first ones, so they show only that the model kept it. The others are jobs \
                    of real shops\nwhose hours and material were published; three of them prove nothing, but they are what \
                    there is.\n\n| job | published | starter | 80 % range, shops included | inside | |\n| --- | ---: | ---: | ---: | --- | --- |"
        .to_owned();
    for job in &card.published {
        let inside = if job.is_inside() { "yes" } else { "no" };
        let kind = if job.fitted { "fitted to" } else { "independent" };
        text += &format!(
            "\n| {} | ${:.0} | ${:.0} | ${:.0} to ${:.0} | {inside} | {kind} |",
            job.job, job.cost, job.starter, job.low, job.high
        );
    }
    text
}
