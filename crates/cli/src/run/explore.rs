//! `estimate --over` and `models words`.

use signwright_app::commands::Nothing;
use signwright_app::estimates::{
    Dependence, ExploreDriver, ExplorePair, GridCell, PairGrid, explore_driver, explore_pair,
};
use signwright_app::model_words::{ModelWords, describe_model};
use signwright_app::{Action, CallError};
use signwright_domain::Specification;

use crate::output::{Output, table};

pub(super) fn over(
    action: &Action,
    specification: Specification,
    drivers: &[String],
    output: &Output,
) -> Result<(), CallError> {
    match drivers {
        [driver] => {
            let asked = ExploreDriver { specification, quoted_on: None, driver: driver.clone() };
            output.result(&explore_driver(action, asked)?, dependence_text);
        }
        [first, second] => {
            let (first, second) = (first.clone(), second.clone());
            let asked = ExplorePair { specification, quoted_on: None, first, second };
            output.result(&explore_pair(action, asked)?, grid_text);
        }
        _ => return Err(CallError::invalid("the cost is shown over one driver or two")),
    }
    Ok(())
}

const TOO_FEW: &str = "too few finished jobs of this type say what it was";

fn dependence_text(found: &Dependence) -> String {
    if found.points.is_empty() {
        return TOO_FEW.to_owned();
    }
    let rows: Vec<_> = found.points.iter().map(|point| vec![point.label.clone(), point.cost.to_string()]).collect();
    table(&[&found.label.to_lowercase(), "cost"], &rows, &[0, 1])
}

fn grid_text(found: &PairGrid) -> String {
    if found.cells.is_empty() {
        return TOO_FEW.to_owned();
    }
    let corner = format!("{} over {}", found.second.label.to_lowercase(), found.first.label.to_lowercase());
    let columns: Vec<&str> = found.first.values.iter().map(|value| value.label.as_str()).collect();
    let header: Vec<&str> = std::iter::once(corner.as_str()).chain(columns).collect();
    let now = found.first.now.zip(found.second.now);
    let rows: Vec<Vec<String>> = found
        .second
        .values
        .iter()
        .zip(&found.cells)
        .enumerate()
        .map(|(row, (value, cells))| {
            let cells = cells.iter().enumerate().map(|(column, cell)| cell_text(cell, now == Some((column, row))));
            std::iter::once(value.label.clone()).chain(cells).collect()
        })
        .collect();
    let right: Vec<usize> = (0..header.len()).collect();
    format!("{}\n* this job; ( ) no finished job of the type is near", table(&header, &rows, &right))
}

fn cell_text(cell: &GridCell, now: bool) -> String {
    let text = if cell.jobs == 0 { format!("({})", cell.cost) } else { cell.cost.to_string() };
    if now { format!("* {text}") } else { text }
}

pub(super) fn words(action: &Action, output: &Output) -> Result<(), CallError> {
    output.result(&describe_model(action, Nothing {})?, words_text);
    Ok(())
}

fn words_text(words: &ModelWords) -> String {
    let rows: Vec<_> =
        words.lines.iter().map(|line| vec![line.when.clone(), line.jobs.to_string(), line.cost.to_string()]).collect();
    let explained = 100.0 * words.explained;
    let mut text = vec![
        table(&["what makes jobs dear", "jobs", "cost"], &rows, &[1, 2]),
        format!("shows {explained:.0} % of the differences between what the model says of {} jobs", words.jobs),
    ];
    if !words.together.is_empty() {
        let rows: Vec<_> = words
            .together
            .iter()
            .map(|pair| vec![pair.words.clone(), format!("{:.0} %", 100.0 * pair.share)])
            .collect();
        text.push(String::new());
        text.push(table(&["what acts together", "of what both do"], &rows, &[1]));
    }
    text.join("\n")
}
