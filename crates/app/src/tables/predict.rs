//! Predictions for every row of a file, in order.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use signwright_lake::{Column, Columns, Frame, write_table};
use signwright_learn::{AT_MOST, CostModel, Prediction, RANGE_LEVELS, Stretch, Table};

use super::train::{dates, with_days};
use super::{TableWritten, drivers, numbers, open};
use crate::{CallError, files};

/// Missing columns named at most.
const NAMED: usize = 5;

/// What is predicted with which model.
#[derive(Clone, Debug)]
pub struct PredictFile {
    pub input: PathBuf,
    pub model: PathBuf,
    pub output: PathBuf,
    /// Jobs of the same columns whose cost became known since the model was made, in the order of time: ranges follow them.
    pub known: Option<PathBuf>,
    /// Also write `contribution:base` and one `contribution:NAME` per driver; they add up to the prediction.
    pub explain: bool,
    /// Also write `p70, p80, p90`, last: what so many of 100 such rows come to at most.
    pub contingency: bool,
}

/// Writes `row, prediction, lo-80, hi-80, lo-90, hi-90, lo-95, hi-95, novelty` and, where asked for, the contributions and the contingencies.
pub fn predict_file(input: &PredictFile) -> Result<TableWritten, CallError> {
    files::not_over_input(&input.input, &input.output)?;
    let model = CostModel::from_bytes(&files::read(&input.model)?)?;
    let (frame, mut notes) = open(&input.input)?;
    let (table, _) = understood(&model, &frame, &mut notes)?;
    let mut predictions = model.answer(&table)?;
    notes.extend(doubts(&model, &predictions));
    notes.extend(lacking(&model, &table));
    notes.extend(outside(&predictions));
    if let Some(known) = &input.known {
        files::not_over_input(known, &input.output)?;
        let stretch = stretch(&model, known, &mut notes)?;
        for prediction in &mut predictions {
            prediction.ranges = model.stretched(prediction, &stretch);
        }
    }
    let mut columns = main_columns(&predictions);
    if input.explain {
        columns.extend(contributions(&predictions));
    }
    if input.contingency {
        columns.extend(AT_MOST.map(|(percentile, level)| at_most(&predictions, percentile, level)));
    }
    write_table(&Frame::new(columns)?, &input.output)?;
    Ok(TableWritten { path: input.output.display().to_string(), rows: predictions.len(), notes })
}

/// The table as the model reads it, and its days.
fn understood(
    model: &CostModel,
    frame: &Frame,
    notes: &mut Vec<String>,
) -> Result<(Table, Vec<Option<Date>>), CallError> {
    let table = drivers(frame, &[])?;
    let Some(name) = model.time_column().filter(|name| frame.column(name).is_some()) else {
        return Ok((table, vec![None; frame.rows()]));
    };
    // A day that cannot be read is not known; the rest of the row still tells.
    let days = dates(frame, name).unwrap_or_else(|error| {
        notes.push(format!("{}: its days count as not given", error.message));
        vec![None; frame.rows()]
    });
    Ok((with_days(&table, name, &days)?, days))
}

/// What jobs whose cost is known say of the ranges; by their days where these are known, else as they stand.
fn stretch(model: &CostModel, known: &Path, notes: &mut Vec<String>) -> Result<Stretch, CallError> {
    let (frame, found) = open(known)?;
    notes.extend(found);
    let actual = numbers(&frame, model.target())?;
    let (table, days) = understood(model, &frame, notes)?;
    let said = model.answer(&table)?;
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by_key(|&row| days[row]);
    let mut stretch = Stretch::default();
    order.into_iter().for_each(|row| stretch.learn(model, &said[row], actual[row]));
    let factors = stretch
        .sides
        .iter()
        .filter(|side| RANGE_LEVELS.contains(&side.level))
        .map(|side| format!("{} % range {:.2} and {:.2}", side.level, side.below, side.above));
    let factors = factors.collect::<Vec<_>>().join(", ");
    notes.push(match stretch.jobs {
        0 => {
            format!("{}: no row has a \"{}\", so the ranges are those of the training", known.display(), model.target())
        }
        jobs => format!(
            "ranges follow {jobs} rows whose \"{}\" is known; they must be newer than what the model has learned from. How far ranges \
             reach down and up, in times of what they did: {factors}{}",
            model.target(),
            if stretch.at_its_end() { ". That is as far as they are stretched: the model must be trained again" } else { "" }
        ),
    });
    Ok(stretch)
}

/// Columns that the model goes by and the file has not: named, because a column of another name is as good as none.
fn lacking(model: &CostModel, table: &Table) -> Option<String> {
    let missing = model.missing_columns(table);
    let named = missing.iter().take(NAMED).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let more = missing.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!missing.is_empty()).then(|| {
        format!(
            "the file has no column {named}{more}, the most important first: counted as not given, with wider ranges"
        )
    })
}

/// How many rows are unlike anything that was learned from.
fn outside(predictions: &[Prediction]) -> Option<String> {
    let far = predictions.iter().filter(|prediction| prediction.novelty.score > 1.0).count();
    let example = predictions.iter().position(|prediction| prediction.novelty.score > 1.0)?;
    let why = predictions[example].novelty.reasons.first().cloned().unwrap_or_default();
    Some(format!(
        "{far} of {} rows are outside of what was learned from (novelty above 1), such as row {example}: {why}",
        predictions.len()
    ))
}

/// That the simple rule answered in a model's place, or would do better if it is kept up to date, is said wherever the
/// model is used.
fn doubts(model: &CostModel, predictions: &[Prediction]) -> Option<String> {
    let doubted = model.verdict().filter(|verdict| !verdict.better_than_rule);
    let (rows, all) = (predictions.iter().filter(|prediction| prediction.by_rule).count(), predictions.len());
    if rows == 0 {
        return Some(format!("the simple rule, kept up to date, is as good as this model: {}", doubted?.reason));
    }
    let of = model.class().map_or_else(|| "of all rows".to_owned(), |class| format!("of the same \"{class}\""));
    let why = doubted.map_or("the model was not clearly closer than it", |verdict| &verdict.reason);
    Some(format!("{rows} of {all} rows are the median {of}, not the model's prediction: {why}"))
}

fn main_columns(predictions: &[Prediction]) -> Vec<Column> {
    let number = |name: &str, value: &dyn Fn(&Prediction) -> Option<f64>| {
        Column::new(name, Columns::Number(predictions.iter().map(value).collect()))
    };
    let row = (0..predictions.len()).map(|row| i64::try_from(row).ok()).collect();
    let mut columns =
        vec![Column::new("row", Columns::Integer(row)), number("prediction", &|prediction| Some(prediction.value))];
    for level in RANGE_LEVELS {
        let bound = |prediction: &Prediction, pick: fn(&(u8, f64, f64)) -> f64| {
            prediction.ranges.iter().find(|range| range.0 == level).map(pick)
        };
        columns.push(number(&format!("lo-{level}"), &|prediction| bound(prediction, |range| range.1)));
        columns.push(number(&format!("hi-{level}"), &|prediction| bound(prediction, |range| range.2)));
    }
    columns.push(number("novelty", &|prediction| Some(prediction.novelty.score)));
    columns
}

/// The upper end of the range that so many of 100 stay below.
fn at_most(predictions: &[Prediction], percentile: u8, level: u8) -> Column {
    let high = |prediction: &Prediction| prediction.ranges.iter().find(|range| range.0 == level).map(|range| range.2);
    Column::new(format!("p{percentile}"), Columns::Number(predictions.iter().map(high).collect()))
}

fn contributions(predictions: &[Prediction]) -> Vec<Column> {
    let base = Columns::Number(predictions.iter().map(|prediction| Some(prediction.base)).collect());
    let names = predictions.first().map_or(&[][..], |prediction| &prediction.contributions);
    let driver = |(i, (name, _)): (usize, &(String, f64))| {
        let amounts = predictions.iter().map(|prediction| prediction.contributions.get(i).map(|(_, amount)| *amount));
        Column::new(format!("contribution:{name}"), Columns::Number(amounts.collect()))
    };
    let mut columns = vec![Column::new("contribution:base", base)];
    columns.extend(names.iter().enumerate().map(driver));
    columns
}
