//! Learning, predicting, forecasting and looking for anomalies on any file, outside a shop.

mod anomalies;
mod dates;
mod forecast;
mod predict;
mod series;
mod train;
mod win;

pub use anomalies::{RowsScored, row_anomalies, series_anomalies};
pub use forecast::{forecast_file, write_forecasts};
pub use predict::{PredictFile, predict_file};
pub use train::{TrainFile, train_file};
pub use win::{ChancesWritten, WinFile, win_file};

use std::path::Path;

use serde::Serialize;
use signwright_lake::{Columns, Frame, read_table};
use signwright_learn::{Column, ColumnData, Table};

use crate::CallError;

/// What was written where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableWritten {
    pub path: String,
    pub rows: usize,
    /// What the reader of the file should know, in sentences.
    pub notes: Vec<String>,
}

impl AsRef<TableWritten> for TableWritten {
    fn as_ref(&self) -> &TableWritten {
        self
    }
}

/// A table with its dates understood, and notes on how.
fn open(path: &Path) -> Result<(Frame, Vec<String>), CallError> {
    dates::settled(read_table(path)?)
}

/// The drivers of a frame: every column but those left out. Dates become days since 1970.
fn drivers(frame: &Frame, left_out: &[&str]) -> Result<Table, CallError> {
    let columns = frame.columns().iter().filter(|column| !left_out.contains(&column.name.as_str()));
    let columns = columns.map(|column| Column { name: column.name.clone(), data: data(&column.values) });
    Ok(Table::new(columns.collect())?)
}

fn data(values: &Columns) -> ColumnData {
    let number = |value: Option<f64>| value.filter(|x| x.is_finite()).unwrap_or(f64::NAN);
    match values {
        Columns::Text(values) => ColumnData::Category(values.clone()),
        Columns::Number(values) => ColumnData::Number(values.iter().map(|x| number(*x)).collect()),
        Columns::Integer(values) => ColumnData::Number(values.iter().map(|x| number(x.map(|x| x as f64))).collect()),
        Columns::Flag(values) => {
            ColumnData::Number(values.iter().map(|x| number(x.map(|x| f64::from(u8::from(x))))).collect())
        }
        Columns::Date(values) => ColumnData::Number(
            values.iter().map(|x| number(x.map(|x| (x - jiff::civil::date(1970, 1, 1)).get_days().into()))).collect(),
        ),
    }
}

fn column<'a>(frame: &'a Frame, name: &str) -> Result<&'a Columns, CallError> {
    frame.column(name).ok_or_else(|| {
        let there: Vec<_> = frame.columns().iter().map(|column| column.name.as_str()).collect();
        CallError::invalid(format!("the file has no column named \"{name}\""))
            .hint(format!("Its columns are: {}.", there.join(", ")))
    })
}

/// A column of numbers, NaN where missing.
fn numbers(frame: &Frame, name: &str) -> Result<Vec<f64>, CallError> {
    match data(column(frame, name)?) {
        ColumnData::Number(values) => Ok(values),
        ColumnData::Category(values) => {
            let example = values.iter().flatten().find(|text| text.parse::<f64>().is_err());
            let example = example.map_or(String::new(), |text| format!(", such as \"{text}\""));
            Err(CallError::invalid(format!("column \"{name}\" holds values that are not numbers{example}"))
                .hint("Numbers are written as 1234.5, without signs for thousands or currency."))
        }
    }
}
