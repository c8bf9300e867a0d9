//! A cost model on any table.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use signwright_domain::Task;
use signwright_domain::card::Card;
use signwright_lake::{Column, Columns, Frame};
use signwright_learn::{Table, TrainParams, TrainingSet};

use super::{column, data, dates as written_dates, drivers, numbers, open};
use crate::train::{SEED, TEST_SHARE};
use crate::{CallError, files};

/// One word in so many numbers is thought to be a slip.
const FEW_WORDS: usize = 10;

/// What is trained on which columns.
#[derive(Clone, Debug)]
pub struct TrainFile {
    pub input: PathBuf,
    pub target: String,
    pub time: Option<String>,
    pub group: Option<String>,
    pub drop: Vec<String>,
    /// Columns to learn from even where they look as if they were known only afterwards.
    pub keep: Vec<String>,
    pub budget: Duration,
    pub model: PathBuf,
}

/// Trains on the rows that have a target, writes the model, and gives back its card.
pub fn train_file(now: Timestamp, task: &Task, input: &TrainFile) -> Result<Card, CallError> {
    files::not_over_input(&input.input, &input.model)?;
    let (frame, notes) = open(&input.input)?;
    for name in input.drop.iter().chain(&input.keep) {
        column(&frame, name)?;
    }
    let set = training_set(&frame, input)?;
    let params = TrainParams {
        target: input.target.clone(),
        seed: SEED,
        created_at: now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        budget: input.budget,
        test_share: TEST_SHARE,
    };
    let mut trained = signwright_learn::train(task, &set, &params)?;
    let without = set.target.iter().filter(|target| target.is_nan()).count();
    if without > 0 {
        let name = &input.target;
        trained.card.limits.push(format!("{without} of {} rows have no \"{name}\" and were left out", frame.rows()));
    }
    if trained.card.limits.iter().any(|limit| limit.contains("known only afterwards")) {
        let words =
            "What was left out because it looks as if it were known only afterwards is used with --keep COLUMN.";
        trained.card.limits.push(words.to_owned());
    }
    trained.card.limits.extend(notes);
    let used =
        frame.columns().iter().filter(|column| column.name != input.target && !input.drop.contains(&column.name));
    trained.card.limits.extend(used.filter_map(worded));
    files::write(&input.model, &trained.model.to_bytes())?;
    Ok(trained.card)
}

fn training_set(frame: &Frame, input: &TrainFile) -> Result<TrainingSet, CallError> {
    let target = numbers(frame, &input.target)?;
    let time = input.time.as_deref().map(|name| dates(frame, name)).transpose()?;
    let group = input.group.as_deref().map(|name| texts(frame, name)).transpose()?;
    let mut left_out: Vec<&str> = vec![&input.target];
    let context = |name: &Option<String>| name.clone().filter(|name| !input.drop.contains(name));
    let (time_column, group_column) = (context(&input.time), context(&input.group));
    left_out.extend(input.drop.iter().map(String::as_str));
    let mut table = drivers(frame, &left_out)?;
    if let (Some(name), Some(time)) = (&time_column, &time) {
        table = with_days(&table, name, time)?;
    }
    let time = time.unwrap_or_else(|| vec![None; frame.rows()]);
    Ok(TrainingSet {
        table,
        target,
        known_from: time.clone(),
        known_to: time,
        group,
        time_column,
        group_column,
        class_column: None,
        insisted: input.keep.clone(),
        own_estimate: None,
    })
}

/// A column of numbers that a few words turn into text is learned from as text, which is seldom meant.
fn worded(column: &Column) -> Option<String> {
    let Columns::Text(values) = &column.values else { return None };
    let given: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
    let is_number = |text: &&&str| text.trim().parse::<f64>().is_ok_and(f64::is_finite);
    let words = given.iter().filter(|text| !is_number(text)).count();
    let example = given.iter().find(|text| !is_number(text))?;
    (words * FEW_WORDS <= given.len()).then(|| {
        format!(
            "column \"{}\" holds words in {words} of {} rows, such as \"{example}\", and was learned from as text: blank them to have \
             it count as numbers",
            column.name,
            given.len()
        )
    })
}

/// The drivers with a column of days in days since 1970.
pub(super) fn with_days(table: &Table, name: &str, days: &[Option<Date>]) -> Result<Table, CallError> {
    let mut columns = table.columns().to_vec();
    for column in columns.iter_mut().filter(|column| column.name == name) {
        column.data = data(&Columns::Date(days.to_vec()));
    }
    Ok(Table::new(columns)?)
}

pub(super) fn dates(frame: &Frame, name: &str) -> Result<Vec<Option<Date>>, CallError> {
    match column(frame, name)? {
        Columns::Date(dates) => Ok(dates.clone()),
        // A year, or any number that grows with time, orders rows as well as a date.
        Columns::Integer(values) => Ok(values.iter().map(|value| value.and_then(ordered)).collect()),
        Columns::Text(values) => Err(written_dates::refused(name, values)),
        Columns::Number(_) | Columns::Flag(_) => {
            Err(CallError::invalid(format!("column \"{name}\" holds neither dates nor whole numbers")))
        }
    }
}

fn ordered(value: i64) -> Option<Date> {
    if (1..=9999).contains(&value) {
        return i16::try_from(value).ok().and_then(|year| Date::new(year, 1, 1).ok());
    }
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(value).ok()?).ok()
}

pub(super) fn texts(frame: &Frame, name: &str) -> Result<Vec<String>, CallError> {
    let absent = |row: usize| format!("row {row}");
    Ok(match column(frame, name)? {
        Columns::Text(values) => {
            values.iter().enumerate().map(|(i, v)| v.clone().unwrap_or_else(|| absent(i))).collect()
        }
        Columns::Integer(values) => {
            values.iter().enumerate().map(|(i, v)| v.map_or_else(|| absent(i), |v| v.to_string())).collect()
        }
        Columns::Number(values) => {
            values.iter().enumerate().map(|(i, v)| v.map_or_else(|| absent(i), |v| v.to_string())).collect()
        }
        Columns::Date(values) => {
            values.iter().enumerate().map(|(i, v)| v.map_or_else(|| absent(i), |v| v.to_string())).collect()
        }
        Columns::Flag(values) => {
            values.iter().enumerate().map(|(i, v)| v.map_or_else(|| absent(i), |v| v.to_string())).collect()
        }
    })
}
