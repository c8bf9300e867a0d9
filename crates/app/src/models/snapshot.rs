//! The rows of a training as a Parquet table, and back: `job`, `job_id`, `quoted_on`, `completed_on`, `target`,
//! `own_estimate`, and `driver:NAME` for each driver. What is read back has the fingerprint of what was written.

use std::path::Path;

use signwright_domain::job::Job;
use signwright_lake::{Column, Columns, Frame, parquet_bytes, read_parquet_bytes};
use signwright_learn::{self as learn, ColumnData, Table, TrainingSet};
use signwright_store::training_data;

use crate::train::{CLASS, Lesson};
use crate::{Action, CallError, Code};

const DRIVER: &str = "driver:";

/// The rows of a training with the jobs they are of.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) jobs: Vec<i64>,
    pub(crate) set: TrainingSet,
}

/// The rows that are kept under a hash; `None` where they were not kept.
pub(crate) fn read(action: &Action, hash: &str) -> Result<Option<Snapshot>, CallError> {
    let Some(bytes) = training_data::parquet(&action.shop().read(), hash)? else { return Ok(None) };
    let frame = read_parquet_bytes(Path::new(&format!("training data {}", &hash[..12])), &bytes)?;
    let snapshot = of_frame(&frame)?;
    if snapshot.set.fingerprint() != hash {
        return Err(CallError::new(Code::ShopFile, format!("the training data {hash} are damaged"))
            .hint("Restore a backup: signwright restore FILE."));
    }
    Ok(Some(snapshot))
}

pub(crate) fn parquet(lesson: &Lesson<'_>) -> Result<Vec<u8>, CallError> {
    Ok(parquet_bytes(&frame(lesson)?)?)
}

fn frame(lesson: &Lesson<'_>) -> Result<Frame, CallError> {
    let Lesson { jobs, set } = lesson;
    let number = |values: &[f64]| Columns::Number(values.iter().map(|x| Some(*x).filter(|x| !x.is_nan())).collect());
    let text = |pick: fn(&Job) -> &str| Columns::Text(jobs.iter().map(|job| Some(pick(job).to_owned())).collect());
    let mut columns = vec![
        Column::new("job", text(Job::number)),
        Column::new("job_id", Columns::Integer(jobs.iter().map(|job| Some(job.id)).collect())),
        Column::new("quoted_on", Columns::Date(set.known_from.clone())),
        Column::new("completed_on", Columns::Date(set.known_to.clone())),
        Column::new("target", number(&set.target)),
        Column::new("own_estimate", number(set.own_estimate.as_deref().unwrap_or_default())),
    ];
    columns.extend(set.table.columns().iter().map(|column| {
        let values = match &column.data {
            ColumnData::Number(values) => number(values),
            ColumnData::Category(values) => Columns::Text(values.clone()),
        };
        Column::new(format!("{DRIVER}{}", column.name), values)
    }));
    Ok(Frame::new(columns)?)
}

fn of_frame(frame: &Frame) -> Result<Snapshot, CallError> {
    let missing = |name: &str| CallError::new(Code::ShopFile, format!("the training data have no column {name}"));
    let number = |name: &str| match frame.column(name) {
        Some(Columns::Number(values)) => Ok(values.iter().map(|x| x.unwrap_or(f64::NAN)).collect::<Vec<f64>>()),
        _ => Err(missing(name)),
    };
    let date = |name: &str| match frame.column(name) {
        Some(Columns::Date(values)) => Ok(values.clone()),
        _ => Err(missing(name)),
    };
    let jobs = match frame.column("job_id") {
        Some(Columns::Integer(values)) => values.iter().map(|id| id.unwrap_or_default()).collect(),
        _ => return Err(missing("job_id")),
    };
    let mut drivers = Vec::new();
    for column in frame.columns() {
        let Some(name) = column.name.strip_prefix(DRIVER) else { continue };
        drivers.push(match &column.values {
            Columns::Number(values) => {
                learn::Column::number(name, values.iter().map(|x| x.unwrap_or(f64::NAN)).collect())
            }
            Columns::Text(values) => learn::Column::category(name, values.clone()),
            Columns::Integer(_) | Columns::Date(_) | Columns::Flag(_) => return Err(missing(&column.name)),
        });
    }
    let set = TrainingSet {
        table: Table::new(drivers)?,
        target: number("target")?,
        known_from: date("quoted_on")?,
        known_to: date("completed_on")?,
        group: None,
        time_column: None,
        group_column: None,
        class_column: Some(CLASS.to_owned()),
        insisted: Vec::new(),
        own_estimate: Some(number("own_estimate")?),
    };
    Ok(Snapshot { jobs, set })
}
